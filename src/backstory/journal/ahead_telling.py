"""Half a year ahead as values and in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from backstory.cause import TOO_LITTLE, UNCLEAR, Expected, Mornings
from backstory.plan.plan import FullSession
from backstory.plan.values import Candidate
from backstory.questions import load_rules

WARNING = (
    "This is a simulation: every session is done as planned, and your back answers as it did so far. It is no forecast "
    "of anybody's back."
)
UNIT, SETS = "kNm·reps", "working_sets"
LIGHT, MAIN = ("core", "gait"), ("squat", "hinge", "push", "pull", "lunge")  # families; slots by their first word
MOST_LIFTS, MOST_RULES = 6, 4
NO_SCORES = (
    "Fewer than 28 mornings of the last half year have a score, so no pain is simulated and painful days are not given."
)
NO_ANSWER = "There is no answer on your load yet, so it acts on no morning here: painful days are the same both ways."
AS_ASKED = "Sets are done just as asked and never better, so loads hardly rise; who does better gets more."
OPEN = "Your answer is still open, so all that it leaves possible is in the range."
OWN = "How your back answers to load, and the range, come from your own answer; what chance does comes on top."
Trained = Sequence[FullSession]  # of a week


@dataclass(frozen=True, slots=True)
class Before:
    """A week as before: low-back load [kNm·reps], days with sets, sets without lighter ones and core work."""

    load: float
    sessions: int
    sets: int


@dataclass(frozen=True, slots=True)
class Compared:
    """loads, trained: of each life, week by week; painful: by the plan, as before, and how many fewer; verdict: of the
    answer on the load, "" = there is none.
    """

    today: date
    begins: date
    loads: Sequence[Sequence[float]]
    trained: Sequence[Sequence[Trained]]
    before: Sequence[Before]
    mornings: Mornings | None
    painful: tuple[Expected, Expected, Expected] | None
    verdict: str

    @property
    def weeks(self) -> int:
        return len(self.before)


def told(compared: Compared) -> dict[str, Any]:
    """The contract."""
    weeks, lifts = [_week(compared, number) for number in range(compared.weeks)], _lifts(compared)
    painful = None
    if compared.painful is not None and compared.mornings is not None:
        ways = zip(("plan", "before", "fewer"), map(asdict, compared.painful), strict=True)
        painful = {"at_least": compared.mornings.painful, **dict(ways)}
    rules, exercises = _rules(compared)
    return {
        "simulated": True, "warning": WARNING, "made_on": compared.today.isoformat(),
        "from": compared.begins.isoformat(), "weeks": compared.weeks, "lives": len(compared.trained), "unit": UNIT,
        "by_week": weeks, "painful_days": painful, "lifts": lifts, "rules": rules,
        "planned_exercises": exercises, "text": [*_of_training(weeks), *_of_pain(compared), *_of_lifts(lifts)],
    }  # fmt: skip


def _week(compared: Compared, number: int) -> dict[str, Any]:
    loads = [life[number] for life in compared.loads]
    trained, before = [life[number] for life in compared.trained], compared.before[number]
    return {
        "week": (compared.begins + number * timedelta(days=7)).isoformat(),
        "load": {"plan": fmean(loads), "lo": min(loads), "hi": max(loads), "before": before.load},
        "sessions": {"plan": fmean(map(len, trained)), "before": before.sessions},
        SETS: {"plan": fmean(map(_working_sets, trained)), "before": before.sets},
    }  # fmt: skip


def _working_sets(week: Trained) -> int:
    chosen = (one for full in week for one in full.session.main)
    return sum(one.sets for one in chosen if one.candidate.family not in LIGHT)


def _candidates(weeks: Sequence[Trained]) -> Iterator[tuple[int, Candidate]]:
    """Each exercise of each session, with the number of its week."""
    for number, week in enumerate(weeks):
        yield from ((number, one.candidate) for full in week for one in full.session.main)


def _lifts(compared: Compared) -> list[dict[str, Any]]:
    """Main lifts that come early and late in every life, the most frequent first, as they begin and end."""
    found: list[dict[str, list[tuple[int, Candidate]]]] = []
    for weeks in compared.trained:
        by_exercise = defaultdict[str, list[tuple[int, Candidate]]](list)
        for number, one in _candidates(weeks):
            if one.load_kg is not None and not one.helps and one.reps and one.slot.partition("-")[0] in MAIN:
                by_exercise[one.exercise].append((number, one))
        found.append(by_exercise)
    stays = [
        name
        for name in found[0]
        if all(name in life and life[name][-1][0] - life[name][0][0] >= compared.weeks // 2 for life in found)
    ]
    often = sorted(stays, key=lambda name: (-sum(len(life[name]) for life in found), name))
    return [_lift([life[name] for life in found]) for name in often[:MOST_LIFTS]]


def _lift(lives: Sequence[Sequence[tuple[int, Candidate]]]) -> dict[str, Any]:
    first, last = ([life[at][1] for life in lives] for at in (0, -1))
    return {"exercise": first[0].exercise, "name": first[0].name, "start": _loads(first), "end": _loads(last)}


def _loads(many: Sequence[Candidate]) -> dict[str, float]:
    loads, reps = ([getattr(one, name) or 0 for one in many] for name in ("load_kg", "reps"))
    return {"lo_kg": min(loads), "hi_kg": max(loads), "lo_reps": min(reps), "hi_reps": max(reps)}


def _rules(compared: Compared) -> tuple[list[dict[str, Any]], int]:
    """The rules that chose load or repetitions of most exercises, and how many exercises there were in all lives."""
    known, counts, total = load_rules(), Counter[str](), 0
    for weeks in compared.trained:
        for _, one in _candidates(weeks):
            total += 1
            counts.update({rule for rule, _ in one.because if rule in known})
    often = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_RULES]
    return [{"id": rule, "text": known[rule].text, "exercises": count} for rule, count in often], total


def _of_training(weeks: Sequence[dict[str, Any]]) -> Iterator[str]:
    plan, before = (fmean(week["load"][way] for week in weeks) for way in ("plan", "before"))
    if before > 0:
        share = f"{plan / before:.0%}"
        yield f"By the plan the low back gets {share} of the load of your last eight weeks done over and over."
    sessions, sets = ({way: _mean(weeks, what, way) for way in ("plan", "before")} for what in ("sessions", SETS))
    yield (
        f"An average week holds {sessions['plan']} sessions with {sets['plan']} working sets; as before it would be "
        f"{sessions['before']} with {sets['before']}."
    )


def _of_lifts(lifts: Sequence[dict[str, Any]]) -> Iterator[str]:
    lighter = sum(one["end"]["hi_kg"] < one["start"]["lo_kg"] for one in lifts)
    yield AS_ASKED
    if lighter:
        yield (
            f"{lighter} of {len(lifts)} main lifts end lighter than they begin: after restless mornings and in flares "
            "the plan takes load off (R39, R41)."
        )


def _of_pain(compared: Compared) -> Iterator[str]:
    if compared.painful is None or compared.mornings is None:
        yield NO_SCORES
        return
    by_plan, as_before, fewer = compared.painful
    yield (
        f"Expected mornings with pain of {compared.mornings.painful} or more in {compared.weeks} weeks: "
        f"{_days(by_plan)} by the plan, {_days(as_before)} as before."
    )
    if not compared.verdict or compared.verdict == TOO_LITTLE:
        yield NO_ANSWER
        return
    if fewer.lo90 * fewer.hi90 > 0 and round(abs(fewer.days)):
        yield f"That is {_days(_positive(fewer))} {'fewer' if fewer.days > 0 else 'more'} by the plan."
    else:
        yield "The two are too close to call one of them better."
    yield OPEN if compared.verdict == UNCLEAR else OWN


def _mean(weeks: Sequence[dict[str, Any]], what: str, way: str) -> str:
    return f"{fmean(week[what][way] for week in weeks):.1f}".removesuffix(".0")


def _days(one: Expected) -> str:
    low, high = f"{one.lo90:.0f}", f"{one.hi90:.0f}"
    return f"{one.days:.0f}" if low == high else f"{one.days:.0f} ({low} to {high})"


def _positive(one: Expected) -> Expected:
    return one if one.days > 0 else Expected(-one.days, -one.hi90, -one.lo90)

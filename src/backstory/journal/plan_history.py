"""What the journal knows that a plan must know: what was done lately, how heavy, how hard, and how the back was."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from backstory.days import morning_scores
from backstory.journal.opening import Journal
from backstory.journal.plan_moving import Usual, active_days, hard_for_legs, moved, usual_moves, walked
from backstory.journal.plan_usual import USUAL_WEEKS, largest_session, usual_load
from backstory.load import Weighed
from backstory.model import SESSION_MOMENTS, CheckIn, Exercise, Outcome, Set
from backstory.plan.progress import Done
from backstory.plan.state import (
    SessionPain,
    State,
    flare,
    further_down,
    getting_worse,
    not_settled,
    short_nights,
)

WARM_UPS = ("warm-up",)
BACK_HOLD, SORENSEN = "back-hold", "sorensen-hold"  # the measure, and the exercise that it is
MOST_RIR = 10.0
SOME_SESSIONS, MANY_SESSIONS = 24, 150  # of the log: a few months, and a year and more
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class History:
    """done: sessions of each exercise; largest: the most low-back load of a session in 30 days, None = no session;
    hard: when a muscle was last trained hard; trained: days with sets; worst, mornings: pain by day; state: these days;
    holds: the longest one of each exercise [s]; usual: low-back load of a week by family, over the last two months;
    active: days that are none of rest, runs and the like included; moves: what is usual beside the weights, by weekday
    (Monday = 0); walks: minutes by day; usual_load: low-back load of a usual week with training, None = not known.
    """

    weighed: Sequence[Weighed]
    done: Mapping[str, tuple[Done, ...]]
    largest: float | None
    hard: Mapping[str, date]
    trained: tuple[date, ...]
    worst: Mapping[date, float]
    mornings: Mapping[date, float]
    state: State
    holds: Mapping[str, float]
    usual: Mapping[str, float] = field(default_factory=dict)
    active: tuple[date, ...] = ()
    moves: Mapping[int, Usual] = field(default_factory=dict)
    walks: Mapping[date, float] = field(default_factory=dict)
    usual_load: float | None = None

    @property
    def level(self) -> str:
        """By how many sessions the log holds."""
        sessions = len({item.day for item in self.weighed})
        return "long" if sessions >= MANY_SESSIONS else "some" if sessions >= SOME_SESSIONS else "new"

    @property
    def equipment(self) -> frozenset[str]:
        """What the log was done with."""
        used = (exercise for item in self.weighed for exercise in item.exercises if exercise)
        return frozenset(thing for exercise in used for thing in exercise.equipment)


def history(journal: Journal, first: date, everything: Sequence[Weighed]) -> History:
    """As it is on `first`, the plan's first day, with its session if that was done. everything: the whole log."""
    weighed = [item for item in everything if item.day <= first]
    check_ins = [one for one in journal.store.check_ins() if one.day <= first]
    trained = tuple(sorted({item.day for item in weighed if item.session.sets}))
    worst, mornings = worst_pain(check_ins), {d: s.pain for d, s in morning_scores(check_ins).items() if d <= first}
    sessions = session_pain(check_ins)
    state = State(
        flare=flare(worst, trained, first),
        cut=not_settled(mornings, sessions, trained[-1:]),
        hold=short_nights(_nightly(check_ins, "sleep_h"), _nightly(check_ins, "sleep_quality"), first),
        leg=further_down(sessions),
        worse=getting_worse(worst, sessions, first),
    )
    loads = [(item.day, item.load.power_sums[1] or 0.0) for item in weighed]
    moves = moved(weighed)
    return History(
        weighed, _done(weighed), largest_session(loads, state, first),
        latest(_hard(weighed), hard_for_legs(moves)), trained, worst, mornings, state,
        _holds(journal, weighed), usual_week(weighed, first), active_days(weighed, moves), usual_moves(moves, first),
        walked(moves), usual_load(loads, state, first),
    )  # fmt: skip


def latest(*days: Mapping[str, date]) -> dict[str, date]:
    """The latest day of each name."""
    return {name: max(one[name] for one in days if name in one) for name in {name for one in days for name in one}}


def usual_week(weighed: Sequence[Weighed], first: date) -> dict[str, float]:
    """Mean low-back load a week by family, over the last weeks before the first day, as far as the log goes back."""
    since = max(first - USUAL_WEEKS * WEEK, min((item.day for item in weighed), default=first))
    weeks = max((first - since) / WEEK, 1.0)
    totals: dict[str, float] = defaultdict(float)
    for item in weighed:
        for family, load in item.load.by_family.items() if item.day >= since else ():
            totals[family] += (load or 0.0) / weeks
    return dict(totals)


def worst_pain(check_ins: Sequence[CheckIn]) -> dict[date, float]:
    """Each day's worst score, sessions' own left out: they belong to the session."""
    worst: dict[date, float] = {}
    for one in check_ins:
        if one.pain is not None and one.session is None:
            worst[one.day] = max(one.pain, worst.get(one.day, 0.0))
    return worst


def session_pain(check_ins: Sequence[CheckIn]) -> list[SessionPain]:
    """What was said before, during and after sessions, by day."""
    said: dict[date, dict[str, CheckIn]] = defaultdict(dict)
    for one in check_ins:
        if one.session is not None:
            said[one.day][one.session] = one
    return [_of_session(day, moments) for day, moments in sorted(said.items())]


def _of_session(day: date, moments: Mapping[str, CheckIn]) -> SessionPain:
    before, during, after = (moments.get(name) for name in SESSION_MOMENTS)
    return SessionPain(
        day,
        before=before.pain if before else None,
        during=during.pain if during else None,
        after=after.pain if after else None,
        leg_before=before.leg_symptoms if before else None,
        leg_after=after.leg_symptoms if after else None,
    )


def _nightly(check_ins: Sequence[CheckIn], name: str) -> dict[date, float]:
    return {one.day: value for one in check_ins if (value := getattr(one, name)) is not None}


def _done(weighed: Sequence[Weighed]) -> dict[str, tuple[Done, ...]]:
    found: dict[str, list[Done]] = defaultdict(list)
    for item in weighed:
        by_exercise: dict[str, list[Set]] = defaultdict(list)
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
            if exercise is not None and one_set.kind not in WARM_UPS:
                by_exercise[exercise.id].append(one_set)
        for exercise_id, sets in by_exercise.items():
            found[exercise_id].append(_working(item.day, sets))
    return {exercise_id: tuple(sessions) for exercise_id, sessions in found.items()}


def _holds(journal: Journal, weighed: Sequence[Weighed]) -> dict[str, float]:
    """From the log, and from the measure of the back's endurance."""
    longest: dict[str, float] = {}
    for item in weighed:
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
            if exercise is not None and one_set.duration_s:
                longest[exercise.id] = max(longest.get(exercise.id, 0.0), one_set.duration_s)
    tested = [outcome.value for outcome in journal.store.entries(Outcome) if outcome.measure == BACK_HOLD]
    return longest | ({SORENSEN: max(tested[-1], longest.get(SORENSEN, 0.0))} if tested else {})


def _working(day: date, sets: Sequence[Set]) -> Done:
    """The sets at the heaviest load; of those without a load, all of them."""
    loads = [one.load_kg for one in sets if one.load_kg is not None]
    heaviest = max(loads, default=None)
    working = [one for one in sets if one.load_kg == heaviest]
    reps = tuple(one.reps for one in working if one.reps)
    rpe = [one.rpe for one in working if one.rpe is not None]
    return Done(day, heaviest, reps, MOST_RIR - rpe[-1] if rpe else None)


def _hard(weighed: Sequence[Weighed]) -> dict[str, date]:
    return {muscle: item.day for item in weighed for e in item.exercises if e for muscle in trained_hard(e)}


def trained_hard(exercise: Exercise) -> tuple[str, ...]:
    """Muscles that a logged exercise trained hard: those that do most of it, unless it is core work or minutes."""
    light = exercise.family in ("core", "gait") or exercise.motion.endurance
    return () if light else exercise.primary

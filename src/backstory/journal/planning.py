"""The next week, or a block of weeks: what the journal knows, handed to the plan's rules and its solver."""

from calendar import day_name
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backstory import catalogue
from backstory.catalogue.training import load_training
from backstory.errors import NotEnough
from backstory.journal.entering import person_of
from backstory.journal.feeling import feeling
from backstory.journal.helping import asks_for_a_doctor, stands
from backstory.journal.loading import day_table, weigh
from backstory.journal.opening import Journal
from backstory.journal.plan_ahead import lived
from backstory.journal.plan_balance import balances
from backstory.journal.plan_floor import gentle_session
from backstory.journal.plan_history import History, history
from backstory.journal.plan_moving import days_of
from backstory.journal.plan_slots import Given, slots
from backstory.journal.plan_surround import days_without, ready_to_walk, surrounded
from backstory.journal.plan_week import rest_of_this_week
from backstory.journal.plan_wish import Checked, Wish, checked
from backstory.load import Weighed
from backstory.model import FAMILIES, Person
from backstory.plan.around import cool_down_minutes, warm_up_minutes
from backstory.plan.choosing import Wishes
from backstory.plan.plan import FullSession, Plan
from backstory.plan.solve import solve
from backstory.plan.values import PlanDay, PlannedSession, Wanted

if TYPE_CHECKING:
    import pandas as pd

SPIKE = 1.1  # R20
GOOD_REPS = (8, 5)  # of a good set (R33), and where five are asked
LEAST_SCORES = 28  # before them there is no answer
LEG_MOST = {"flexion": 1, "compression": 1, "nerve": 0}  # R40: after a session that sent symptoms further down
RETURN, SETS_RETURN = "return", 6.0  # R24
SETS_MOST = {"new": 10.0, "some": 20.0, "long": 26.0}  # 20 is worth a note, and told
OLDER_YEARS = 65  # judgement
PAIN_WEIGHT = 30.0  # a point of expected pain costs about a third of what a main lift is worth (judgement)
WEEK_WEIGHT = 2000.0  # worth that a week costs with twice the usual low-back load; 1 % costs a fifth of a main lift
LESS_BY, GENTLE_SESSIONS = 0.75, 2  # R39; R01
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LIGHTER_EVERY, LIGHTER_MINUTES = 4, 0.75  # weeks of a block, the last of which is lighter (judgement)
ANYTHING = ""
ACCEPTABLE = (
    "Pain while training: up to 2 of 10, go on; 3 to 5, you may; above 5, stop that exercise. By the next morning it "
    "should be as usual again. (Weak evidence, from tendons and knees: R38, R39.)"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A week for each of the weeks asked for, and what was wanted."""

    wish: Checked
    weeks: tuple[Plan, ...]
    given: Given

    @property
    def holds(self) -> bool:
        """Whether there is a plan."""
        return all(not week.week.clashes for week in self.weeks)


def plan(journal: Journal, wish: Wish) -> Planned:
    """The plan. Raises InputError for a wish that cannot be, NotEnough where somebody has to have a look first."""
    asked = checked(journal, wish)
    judged = stands(journal).judgement
    if judged.plan == "none":
        raise NotEnough(judged.text)
    doctor = asks_for_a_doctor(journal)
    everything = weigh(journal)
    known = history(journal, asked.first, everything)
    asked = rest_of_this_week(asked, known)
    given = _given(journal, asked, known, doctor, everything)
    notes = _notes(asked, known, given, doctor)
    weeks = []
    for number in range(asked.weeks):
        lighter = asked.weeks >= LIGHTER_EVERY and (number + 1) % LIGHTER_EVERY == 0
        first = asked.first + number * WEEK
        here = replace(given, history=known, week=given.week + number, lighter=lighter, today=first)
        share = LIGHTER_MINUTES if lighter else 1.0
        days = tuple(PlanDay(day.day + number * WEEK, round(share * day.minutes)) for day in asked.days)
        this = replace(asked, days=days, first=first)
        here = replace(here, walk_minutes=ready_to_walk(here, this))
        made = week(here, this, notes if not number else ())
        weeks.append(made)
        if made.week.clashes:
            break
        known = lived(known, made)
    return Planned(asked, tuple(weeks), given)


def given_for(journal: Journal, wish: Wish) -> Given:
    """What a week would be made from. Raises InputError."""
    asked = checked(journal, wish)
    everything = weigh(journal)
    known = history(journal, asked.first, everything)
    given = _given(journal, asked, known, asks_for_a_doctor(journal), everything)
    return replace(given, walk_minutes=ready_to_walk(given, asked))


def week(given: Given, asked: Checked, notes: Sequence[str] = ()) -> Plan:
    """One week. given: what is known before it."""
    wanted = wish_of(given, asked)
    solved = solve(wanted)
    turn = given.week
    sessions = tuple(surrounded(given, session, turn + n) for n, session in enumerate(solved.sessions))
    return Plan(
        wanted, solved, sessions,
        tuple(days_without(given, asked, sessions)) if not solved.clashes else (),
        given.history.state, given.goal, _expected(given, solved.sessions),
        given.wishes.most, given.wishes.avoid, (*notes, *_kept_free(wanted, sessions)),
        given.wishes.older,
    )  # fmt: skip


def _kept_free(wanted: Wanted, sessions: Sequence[FullSession]) -> list[str]:
    """Asked days that stay free, since with the person's usual runs and the like there would be no day of rest."""
    busy = {*wanted.trained_before, *wanted.moving, *(one.day for one in sessions)}
    left = [day.day for day in wanted.days if day.day not in busy]
    runs = [{end - n * DAY for n in range(WEEK.days)} for end in (day + n * DAY for day in left for n in range(7))]
    return [
        f"{day:%A} stays free: with what you usually do on other days there would be no day of rest in seven (R18)."
        for day in left
        if wanted.moving and any(day in run and run <= busy | {day} for run in runs)
    ]


def wish_of(given: Given, asked: Checked) -> Wanted:
    """What the solver is asked."""
    state, known = given.history.state, given.history
    minutes = [day.minutes for day in asked.days]
    most_load = most_load_of(known, given.person)
    week_load = week_load_of(known, given.person, len(asked.days))
    missed = (1 - asked.done.left) * (week_load or 0.0)
    return Wanted(
        days=asked.days,
        slots=slots(given, most_load),
        warm_up=tuple(map(warm_up_minutes, minutes)),
        cool_down=tuple(map(cool_down_minutes, minutes)),
        most_load=most_load,
        sets_most=_sets_most(given),
        trained_before=tuple(day for day in sorted({*known.trained, *known.active}) if day >= asked.first - WEEK),
        moving=days_of(known.moves, asked.first, asked.span_days),
        hard_before=known.hard,
        done_sets=asked.done.sets,
        done_slots=asked.done.slots,
        pain_weight=PAIN_WEIGHT,
        week_load=week_load,
        week_weight=WEEK_WEIGHT,
        done_load=max(asked.done.load, missed),
        balances=balances(given, asked),
        more_sets=not (given.lighter or state.flare or given.wishes.easy),
    )


def _sets_most(given: Given) -> float:
    """Of a muscle in the week (R24): few for a back that comes back, and for who begins."""
    if given.goal == RETURN:
        return SETS_RETURN
    return SETS_MOST[given.wishes.level]


def most_load_of(known: History, person: Person) -> float | None:
    """The most low-back load of a session: R20, in a flare R41, but never less than the gentlest full session takes;
    None where no session of 30 days can be compared.
    """
    share = known.state.flare.share if known.state.flare else SPIKE
    return None if known.largest is None else max(known.largest * share, gentle_session(person))


def week_load_of(known: History, person: Person, days: int) -> float | None:
    """The low-back load that a week may have at no cost: the usual one, less in a flare or after a restless morning;
    never less than two of the gentlest full sessions take (R01); None where too few weeks can be compared.
    """
    if known.usual_load is None:
        return None
    share = known.state.flare.share if known.state.flare else LESS_BY if known.state.cut else 1.0
    return max(known.usual_load * share, min(days, GENTLE_SESSIONS) * gentle_session(person))


def _given(journal: Journal, asked: Checked, known: History, doctor: bool, everything: Sequence[Weighed]) -> Given:
    equipment = asked.equipment
    if equipment is None:
        equipment = known.equipment
    most: dict[str, int] = {}
    for preference in feeling(journal).preferences:
        for kind, limit in preference.most.items():
            most[kind] = min(limit, most.get(kind, limit))
    flare = known.state.flare
    good = GOOD_REPS[asked.goal == "strength"]
    easy = doctor or known.state.leg or (flare is not None and flare.easy)
    settling = doctor or known.state.leg or flare is not None
    if known.state.leg:
        most = {kind: min(limit, most.get(kind, limit)) for kind, limit in LEG_MOST.items()} | {
            kind: limit for kind, limit in most.items() if kind not in LEG_MOST
        }
    wishes = Wishes(
        equipment, asked.keep, asked.avoid, most, {}, easy=easy, settling=settling,
        level=asked.level or known.level, good_reps=good, older=_is_older(journal, asked.first),
    )  # fmt: skip
    average = sum(d.minutes - warm_up_minutes(d.minutes) - cool_down_minutes(d.minutes) for d in asked.days)
    return Given(
        catalogue.load(), load_training(), known, person_of(journal.store.profile()), wishes,
        "return" if doctor or flare else asked.goal, asked.first, asked.first.toordinal() // 7,
        average / max(len(asked.days), 1), _points(journal, everything),
    )  # fmt: skip


def _is_older(journal: Journal, first: date) -> bool:
    """By the year of birth, where the profile says it."""
    born = journal.store.profile().get("birth_year")
    return born is not None and first.year - int(born) >= OLDER_YEARS


def _points(journal: Journal, everything: Sequence[Weighed]) -> dict[str, tuple[float, float, float]]:
    """Expected pain a unit of low-back load, with its band, by the own answer; by family where that found one."""
    if sum(one.pain is not None for one in journal.store.check_ins()) < LEAST_SCORES or not everything:
        return {}
    from backstory import cause  # heavy, and of no use before there are scores
    from backstory.journal.answering import MAIN, around_scores

    table = around_scores(day_table(journal, everything).table)
    main = cause.explain(table, exposures=[MAIN])
    found = {} if main.missing else _a_unit(main.effects, {MAIN: ANYTHING})
    if main.verdict in (cause.WORSE, cause.BETTER):
        names = {f"load_{family}": family for family in FAMILIES if (table[f"load_{family}"] > 0).sum() >= 8}
        parts = cause.explain(table, exposures=list(names))
        if parts.effects["verdict"].isin([cause.WORSE, cause.BETTER]).any():  # then each family speaks for itself
            found = {ANYTHING: (0.0, 0.0, 0.0), **_a_unit(parts.effects, names)}
    return found


def _a_unit(effects: "pd.DataFrame", names: dict[str, str]) -> dict[str, tuple[float, float, float]]:
    rows = effects.set_index("exposure").loc[list(names)]
    return {
        names[str(name)]: (row["points"] / row["sd"], row["lo90"] / row["sd"], row["hi90"] / row["sd"])
        for name, row in rows.iterrows()
        if row["points"] == row["points"]
    }


def _expected(given: Given, sessions: Sequence[PlannedSession]) -> tuple[float, float, float] | None:
    """Points of pain more than after a usual week, over all mornings after it, with the band; None = not known."""
    told = [(one.candidate.points, one.sets) for session in sessions for one in session.main]
    if not told or any(points is None for points, _ in told):
        return None
    sums = [sum(points[k] * sets for points, sets in told if points is not None) for k in range(3)]
    points = given.points
    for family, load in given.history.usual.items():
        a_unit = points.get(family) or points[ANYTHING]
        sums = [total - load * one for total, one in zip(sums, a_unit, strict=True)]
    return (sums[0], min(sums[1:]), max(sums[1:]))


def _weekdays(days: Sequence[int]) -> str:
    return " and ".join(f"{day_name[day]}s" for day in days)


def _notes(asked: Checked, known: History, given: Given, doctor: bool) -> list[str]:
    """What to read before the first set."""
    state = known.state
    told = [
        (doctor, "Something of yours asks for a doctor. Until then this is an easy week."),
        (state.worse, "Your pain is up for two weeks, or was above 5 twice in a week: let somebody have a look (R42)."),
        (
            state.leg,
            "Leg symptoms came with your last session: the week is easy; stop what sends them further down (R40).",
        ),
        (
            state.flare is not None,
            f"A flare since {state.flare.since:%d %B}: less load for now (R41)." if state.flare else "",
        ),
        (
            state.cut and not state.flare,
            "Your back had not settled by the morning after your last session: less (R39).",
        ),
        (state.hold, "Short or poor nights: the loads stay as they are (R32)."),
        (
            asked.equipment is None and not known.equipment,
            "No equipment is known: body weight alone. --equipment changes it.",
        ),
        (
            given.wishes.most.get("nerve", 3) == 0,
            "Leg symptoms again and again are worth a look: `backstory help-first` says when.",
        ),
        (given.wishes.most.get("flexion", 3) <= 1, "No heavy bending in the first hour after getting up (R12)."),
        (bool(given.wishes.most), "What your back minds at the moment is kept low; see `backstory start`."),
        (
            bool(both := sorted({day.day.weekday() for day in asked.days} & known.moves.keys())),
            f"You usually do something else on {_weekdays(both)}, too: fine on a day with weights, best after them.",
        ),
        (
            given.wishes.older,
            "From 65 on, what your log does not know begins a step lower and a quarter lighter, with more balance "
            "work before (judgement; no study behind the numbers).",
        ),
        (
            known.largest is not None and most_load_of(known, given.person) == gentle_session(given.person),
            "Your log's sessions are light: a gentle full session is the least ceiling of a session's load (R20; "
            "judgement).",
        ),
        (not known.trained, "Your log holds no training yet, so loads begin light; it is a guess by your weight."),
    ]
    reminders = {one.id: one.text for one in given.training.rest_days.reminders}
    return [text for holds, text in told if holds] + [ACCEPTABLE, f"{reminders['hydration']} (R37)"]

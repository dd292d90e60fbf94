"""The plan's way to live a half year: a week is planned from what was written down, and done as asked.

Every Monday; and, where `Asked.again` says so, the rest of the week before a session if one was missed or the back asks
for something else than it did when the plan was made.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from backstory import catalogue, cause
from backstory.catalogue.training import load_training
from backstory.journal.plan_history import (
    MANY_SESSIONS,
    SOME_SESSIONS,
    SORENSEN,
    History,
    trained_hard,
)
from backstory.journal.plan_slots import Given
from backstory.journal.plan_usual import USUAL_WEEKS, largest_session, usual_load
from backstory.journal.plan_wish import Checked, WeekSoFar, plan_days
from backstory.journal.planning import ANYTHING, GOOD_REPS, LEAST_SCORES, week
from backstory.model import FAMILIES
from backstory.plan.around import cool_down_minutes, warm_up_minutes
from backstory.plan.choosing import Wishes
from backstory.plan.plan import Plan
from backstory.plan.progress import Done
from backstory.plan.rules import RULES
from backstory.plan.state import State, flare, getting_worse, not_settled, short_nights
from backstory.plan.values import Chosen
from half_year_people import WEEK, Lift, Log, Performed, Somebody, day_of, family_of, session_load, slot_of
from plan_checks import rule_faults

EQUIPMENT = frozenset(
    {"barbell", "bench", "dumbbell", "cable", "machine", "pull_up_bar", "band", "kettlebell", "box", "ab_wheel"}
)
DAY = timedelta(days=1)
HELPING, LEAST_FAMILY_DAYS = 0.5, 8
NEAR = 0.95
WORDS, WEEKDAYS = ("mon", "wed", "fri"), (0, 2, 4)


@dataclass(frozen=True)
class Asked:
    """Of the plan: goal, minutes a session; again: whether the rest of a week is planned anew; answer: whether the
    person's own answer is handed to it.
    """

    goal: str = "general"
    minutes: int = 60
    again: bool = True
    answer: bool = True


class ByPlan:
    """seen: what the plans were like, counted; broken: hard rules that they broke, and how often; limits: the most
    low-back load of each day's session; seconds: what each plan took.
    """

    def __init__(self, who: Somebody, asked: Asked) -> None:
        self.who, self.asked = who, asked
        self.lifts: dict[date, list[Lift]] = {}
        self.seen: Counter[str] = Counter()
        self.broken: Counter[str] = Counter()
        self.limits: dict[date, float] = {}
        self.seconds: list[float] = []
        self.state = State()

    def today(self, day: int, log: Log) -> list[Lift] | None:
        today = day_of(day)
        if day % WEEK == 0 or (self.asked.again and day % WEEK in WEEKDAYS and self._other(today, log)):
            self._plan(today, log)
        return self.lifts.get(today)

    def told(self, day: int, done: Sequence[Performed]) -> None:
        """What was done is in the log."""

    def _other(self, today: date, log: Log) -> bool:
        """Whether something came in between: a session was missed, or the back asks for other than it did."""
        monday = today - timedelta(days=today.weekday())
        missed = any(monday <= day < today and day not in log.sessions for day in self.lifts)
        state = history(log, today).state
        return missed or (state.cut, state.flare is not None) != (self.state.cut, self.state.flare is not None)

    def _plan(self, today: date, log: Log) -> None:
        given, asked = self._given(today, log)
        begun = time.perf_counter()
        made = week(given, asked)
        self.seconds.append(time.perf_counter() - begun)
        self.state = made.state
        self._looks(made)
        self.lifts = {day: lifts for day, lifts in self.lifts.items() if day < today}
        for full in made.sessions:
            self.lifts[full.day] = [_lift(chosen) for chosen in full.session.main]
            if made.wanted.most_load is not None:
                self.limits[full.day] = made.wanted.most_load

    def _looks(self, made: Plan) -> None:
        """What the plan says about itself, and whether a hard rule is broken: by its own words, and independently."""
        state, most = made.state, made.wanted.most_load
        self.seen.update({
            "plans": 1, "no_plan": bool(made.week.clashes), "not_optimal": not made.week.optimal,
            "in_flare": state.flare is not None, "cut": state.cut, "held_by_sleep": state.hold,
            "getting_worse": state.worse, "with_an_answer": made.points is not None,
        })  # fmt: skip
        broken = {rule.id for rule in RULES if rule.hard and rule.look(made).held is False and not made.week.clashes}
        self.broken.update(broken | set(rule_faults(made.wanted, made.week)))
        for full in made.sessions:
            self.seen.update(
                {"sessions": 1, "near_the_most_load": most is not None and full.session.load > NEAR * most}
            )
            for one in (chosen.candidate for chosen in full.session.main):
                if one.load_kg is not None and one.hard:
                    light = one.load_kg < least_kg(one.exercise)
                    self.seen.update({_because(one.because, one.load_kg, one.last_kg): 1, "below_the_least": light})

    def _given(self, today: date, log: Log) -> tuple[Given, Checked]:
        known, minutes = history(log, today), self.asked.minutes
        in_flare = known.state.flare
        sessions = len(known.trained)
        level = "long" if sessions >= MANY_SESSIONS else "some" if sessions >= SOME_SESSIONS else "new"
        good = GOOD_REPS[self.asked.goal == "strength"]
        wishes = Wishes(EQUIPMENT, easy=in_flare is not None and in_flare.easy, level=level, good_reps=good)
        given = Given(
            catalogue.load(), load_training(), known, self.who.person, wishes,
            "return" if in_flare else self.asked.goal, today, today.toordinal() // WEEK,
            float(minutes - warm_up_minutes(minutes) - cool_down_minutes(minutes)),
            points(log, today) if self.asked.answer else {},
        )  # fmt: skip
        days = plan_days(today, WORDS, (minutes,))
        asked = Checked(today, days, self.asked.goal, None, EQUIPMENT, frozenset(), frozenset(), 1)
        return given, _rest_of_the_week(asked, log)


def _rest_of_the_week(asked: Checked, log: Log) -> Checked:
    """Where sessions of this week were done already, the plan ends with the week, and they count."""
    monday = asked.first - timedelta(days=asked.first.weekday())
    so_far = [one for day, done in log.sessions.items() if monday <= day < asked.first for one in done]
    if not so_far:
        return asked
    sets: dict[str, float] = defaultdict(float)
    for one in so_far:
        exercise = catalogue.load().exercises[one.lift.exercise]
        if exercise.family == "core":  # counts by directions
            continue
        for muscle in exercise.primary:
            sets[muscle] += one.sets
        for muscle in exercise.secondary:
            sets[muscle] += HELPING * one.sets
    slots = Counter(slot_of(one.lift.exercise) for one in so_far)
    left = tuple(day for day in asked.days if day.day < monday + WEEK * DAY)
    span = (monday + WEEK * DAY - asked.first).days
    done = WeekSoFar(dict(sets), dict(slots), session_load(so_far), len(left) / len(asked.days))
    return replace(asked, days=left, span_days=span, done=done)


def history(log: Log, first: date) -> History:
    """What a journal with this log would know."""
    trained = tuple(sorted(log.sessions))
    done: dict[str, list[Done]] = defaultdict(list)
    hard: dict[str, date] = {}
    holds: dict[str, float] = {}
    usual: dict[str, float] = defaultdict(float)
    since = max(first - USUAL_WEEKS * WEEK * DAY, trained[0] if trained else first)
    for day in trained:
        for one in log.sessions[day]:
            name = one.lift.exercise
            done[name].append(Done(day, one.lift.load_kg, tuple(map(float, one.reps)), one.told_spare))
            hard |= dict.fromkeys(trained_hard(catalogue.load().exercises[name]), day)
            if one.lift.hold_s:
                holds[name] = max(holds.get(name, 0.0), one.lift.hold_s)
            if day >= since:
                usual[family_of(name)] += one.load / max((first - since).days / WEEK, 1.0)
    loads = [(day, session_load(log.sessions[day])) for day in trained]
    worst = log.scores
    state = State(
        flare(worst, trained, first), not_settled(worst, log.pain, trained[-1:]), short_nights(log.nights, {}, first),
        False, getting_worse(worst, log.pain, first),
    )  # fmt: skip
    return History(
        (), {name: tuple(times) for name, times in done.items()}, largest_session(loads, state, first), hard,
        trained, worst, worst, state, {name: value for name, value in holds.items() if name != SORENSEN}, dict(usual),
        usual_load=usual_load(loads, state, first),
    )  # fmt: skip


def points(log: Log, first: date) -> dict[str, tuple[float, float, float]]:
    """Points of pain a unit of low-back load by the person's own answer, as the journal hands them to a plan."""
    if len(log.scores) < LEAST_SCORES or not log.sessions:
        return {}
    begin = max(min(log.sessions), min(log.scores) - 4 * WEEK * DAY)
    days = [begin + number * DAY for number in range((max(log.scores) - begin).days + 1)]
    rows: dict[str, list[float]] = {name: [0.0] * len(days) for name in ("load", *(f"load_{f}" for f in FAMILIES))}
    for place, day in enumerate(days):
        for one in log.sessions.get(day, ()):
            rows["load"][place] += one.load
            rows[f"load_{family_of(one.lift.exercise)}"][place] += one.load
    scores = {"pain": [log.scores.get(day, np.nan) for day in days]}
    table = pd.DataFrame(scores | rows, index=pd.DatetimeIndex(days, name="date"))
    main = cause.explain(table, exposures=["load"])
    found = {} if main.missing else _a_unit(main.effects, {"load": ANYTHING})
    if main.verdict in (cause.WORSE, cause.BETTER):
        often = [family for family in FAMILIES if (table[f"load_{family}"] > 0).sum() >= LEAST_FAMILY_DAYS]
        names = {f"load_{family}": family for family in often}
        parts = cause.explain(table, exposures=list(names)).effects
        if parts["verdict"].isin([cause.WORSE, cause.BETTER]).any():
            found = {ANYTHING: (0.0, 0.0, 0.0), **_a_unit(parts, names)}
    return found


def _a_unit(effects: pd.DataFrame, names: dict[str, str]) -> dict[str, tuple[float, float, float]]:
    rows = effects.set_index("exposure").loc[list(names)]
    return {
        names[str(name)]: (row["points"] / row["sd"], row["lo90"] / row["sd"], row["hi90"] / row["sd"])
        for name, row in rows.iterrows()
        if row["points"] == row["points"]
    }


def least_kg(exercise: str) -> float:
    """The lightest that there is of what an exercise is loaded with."""
    weight = load_training().weight_of(catalogue.load().exercises[exercise])
    return weight.least_kg if weight else 0.0


def _lift(chosen: Chosen) -> Lift:
    one = chosen.candidate
    counts = [one.holds[min(at, len(one.holds) - 1)] for at in range(chosen.sets)] if one.holds else [one.reps or 1]
    reps = one.reps if one.hold_s is None else None
    return Lift(
        one.exercise, chosen.sets, reps, one.load_kg, one.hold_s, sum(counts) / len(counts), one.minutes, one.rir
    )


def _because(because: Sequence[tuple[str, str]], load_kg: float, last_kg: float | None) -> str:
    rule = because[0][0]
    if last_kg is None:
        return f"{rule} first"
    return f"{rule} {'up' if load_kg > last_kg else 'down' if load_kg < last_kg else 'same'}"

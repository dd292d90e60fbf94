"""Three ways to live a half year: by plain linear progression, by own habits, and by the plan.

A way says on a day's morning what is to be done, None = no session that day, and is told what became of it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import floor
from typing import Protocol

import numpy as np

from backstory.load.looking import SPIKE_WINDOW
from backstory.plan.state import SessionPain
from half_year_people import (
    EPLEY,
    LEAD_DAYS,
    SCORED_FROM,
    VALUE,
    WEEK,
    Life,
    Lift,
    Log,
    Performed,
    Somebody,
    day_of,
    maximum,
    session_load,
)
from half_year_plan import Asked, ByPlan

STEP_KG, FIVE, JUMP = 2.5, 5, 1.1
SQUAT, DEADLIFT, BENCH, PRESS, ROW = "squat", "deadlift", "bench-press", "overhead-press", "barbell-row"
IN_TURN = ((SQUAT, BENCH, ROW), (SQUAT, PRESS, DEADLIFT))
TEMPLATE = ((SQUAT, BENCH, ROW, "plank"), (DEADLIFT, PRESS, "lat-pulldown", "barbell-curl"))
LOWER = (SQUAT, DEADLIFT)
PLANK_S = 30.0
DAYS = {2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4)}  # weekdays, by sessions a week
GOOD_SESSIONS = 3
WAYS = ("plan", "linear", "habits")
SHORT_LINEAR, FEW_SETS = "linear 3 x 5", 3


class Way(Protocol):
    def today(self, day: int, log: Log) -> list[Lift] | None: ...
    def told(self, day: int, done: Sequence[Performed]) -> None: ...


class Linear:
    """Three fixed whole-body sessions a week; a fixed step up after each session, a tenth off after a miss."""

    def __init__(self, log: Log, sets: int) -> None:
        self.turn, self.sets, self.first = 0, sets, VALUE["linear"][5]
        self.loads = {name: self._begin(log, name) for name in dict.fromkeys(sum(IN_TURN, ()))}

    def today(self, day: int, log: Log) -> list[Lift] | None:
        if day % WEEK not in DAYS[3]:
            return None
        return [
            Lift(name, 1 if name == DEADLIFT else self.sets, VALUE["linear"][1], self.loads[name])
            for name in IN_TURN[self.turn % len(IN_TURN)]
        ]

    def told(self, day: int, done: Sequence[Performed]) -> None:
        self.turn += 1
        _, asked, step, deadlift_step, left, _ = VALUE["linear"]
        for one in done:
            name = one.lift.exercise
            if one.sets == one.lift.sets and min(one.reps) >= asked:
                self.loads[name] += deadlift_step if name == DEADLIFT else step
            else:
                self.loads[name] = _down(self.loads[name] * left)

    def _begin(self, log: Log, name: str) -> float:
        best = [
            (one.lift.load_kg or 0.0) * (1 + max(one.reps) / EPLEY)
            for done in log.sessions.values()
            for one in done
            if one.lift.exercise == name and one.reps
        ]
        return _down(self.first * max(best, default=20.0) / (1 + FIVE / EPLEY))


class Habits:
    """A template of one's own: much the same loads, now and then a big jump, weeks off, back at the old load."""

    def __init__(self, who: Somebody, days: int) -> None:
        rng = np.random.default_rng([*who.seed, 7])
        jump, low, high, off, longest, spare = VALUE["habits"]
        self.weekdays = DAYS[int(rng.choice(VALUE["habit_days"]))]
        self.lifts = {}
        for name in sum(TEMPLATE, ()):
            sets, reps = int(rng.integers(3, 5)), int(rng.choice([5, 8, 10]))
            able = maximum(who, name) / (1 + (reps + spare) / EPLEY) if name != "plank" else 0.0
            one = Lift(name, sets, reps, max(_down(able), STEP_KG))
            self.lifts[name] = one if name != "plank" else Lift(name, sets, None, hold_s=PLANK_S)
        self.jumps, self.sizes = rng.random(days) < jump, rng.uniform(low, high, days)
        self.more, self.off = rng.integers(1, 3, days), np.zeros(days, dtype=bool)
        for start in range(LEAD_DAYS, days, WEEK):
            if rng.random() < off:
                self.off[start : start + WEEK * int(rng.integers(1, longest + 1))] = True
        self.turn, self.good = 0, Counter[str]()

    def today(self, day: int, log: Log) -> list[Lift] | None:
        if day % WEEK not in self.weekdays or self.off[day]:
            return None
        return [self._jumped(self.lifts[name], day) for name in TEMPLATE[self.turn % len(TEMPLATE)]]

    def told(self, day: int, done: Sequence[Performed]) -> None:
        self.turn += 1
        for one in done:
            name, usual = one.lift.exercise, self.lifts[one.lift.exercise]
            if one.lift.load_kg is None or self.jumps[day]:
                continue
            self.good[name] = self.good[name] + 1 if min(one.reps) >= (usual.reps or 0) else 0
            if self.good[name] == GOOD_SESSIONS:
                self.good[name] = 0
                self.lifts[name] = replace(usual, load_kg=one.lift.load_kg + STEP_KG)

    def _jumped(self, lift: Lift, day: int) -> Lift:
        if not self.jumps[day] or lift.load_kg is None:
            return lift
        more = int(self.more[day]) if lift.exercise in LOWER else 0
        return replace(lift, sets=lift.sets + more, load_kg=_down(lift.load_kg * float(self.sizes[day])))


def _down(load_kg: float) -> float:
    return floor(round(load_kg / STEP_KG, 6)) * STEP_KG


@dataclass
class Half:
    """What the half year was. began: strength of each slot at its beginning; spikes: sessions with more low-back load
    than 10 % above the largest of the 30 days before; above_the_plan: with more than the plan allowed.
    """

    life: Life
    log: Log
    way: Way
    began: dict[str, float] = field(default_factory=dict)
    missed: int = 0
    sessions: int = 0
    spikes: int = 0
    above_the_plan: int = 0
    hard_sets: int = 0
    volume: float = 0.0
    load: float = 0.0

    def counts(self, day: int, done: Sequence[Performed]) -> None:
        """A session of the half year, before it is in the log."""
        load, today = session_load(done), day_of(day)
        before = [session_load(one) for when, one in self.log.sessions.items() if when >= today - SPIKE_WINDOW]
        self.spikes += bool(before) and load > JUMP * max(before) + 1e-6
        if isinstance(self.way, ByPlan) and today in self.way.limits:
            self.above_the_plan += load > self.way.limits[today] + 1e-6
        self.sessions += 1
        self.load += load
        self.hard_sets += sum(one.hard_sets for one in done)
        self.volume += sum(one.volume for one in done)

    @property
    def scores(self) -> list[int]:
        """Of every morning, told or not."""
        return self.life.scores[LEAD_DAYS:]


def lived(who: Somebody, kind: str, name: str, weeks: int, asked: Asked, sleep: bool = False) -> Half:
    """The lead-in by own habits, then the half year by a way (of WAYS, or SHORT_LINEAR). kind: of back."""
    life, log = Life(who, kind), Log()
    half = Half(life, log, Habits(who, LEAD_DAYS + WEEK * weeks))
    for day in range(LEAD_DAYS + WEEK * weeks):
        if day == LEAD_DAYS:
            half.began, half.way = dict(life.strength.fitness), _way(half, name, asked)
        _written(half, day, life.wakes(day), sleep)
        lifts = half.way.today(day, log)
        if not lifts or life.stays_away(day):
            half.missed += bool(lifts) and day >= LEAD_DAYS
            life.rests()
            continue
        hurt = SessionPain(day_of(day), during=life.worst_in_session(day))
        done = life.trains(day, lifts)
        if day >= LEAD_DAYS:
            half.counts(day, done)
        log.sessions[day_of(day)] = done
        log.pain.append(hurt)
        half.way.told(day, done)
    return half


def _way(half: Half, name: str, asked: Asked) -> Way:
    if name == "plan":
        return ByPlan(half.life.who, asked)
    if name == "habits":
        return half.way
    return Linear(half.log, FEW_SETS if name == SHORT_LINEAR else VALUE["linear"][0])


def _written(half: Half, day: int, score: int, sleep: bool) -> None:
    draws = half.life.who.draws
    if day >= SCORED_FROM and draws.recorded[day] < VALUE["scores_recorded"]:
        half.log.scores[day_of(day)] = float(score)
    if sleep and day >= SCORED_FROM:
        half.log.nights[day_of(day)] = float(draws.sleep_h[day])

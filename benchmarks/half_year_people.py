"""Simulated people who train: how strong they are, what a set leaves in them, and how their backs answer.

Nothing here knows how a plan is made. Every choice stands in half_year.toml with its source. A back answers to one
thing: spikes, sameness, long weeks, or nothing. It feels a load that differs from what the program computes.

The draws of a person and a day are the same whatever training they live by.
"""

import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from math import exp, floor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory import catalogue
from backstory.catalogue.training import load_training
from backstory.load.sets import set_loads
from backstory.model import FAMILIES, Person, Set
from backstory.plan.state import SessionPain

Array = NDArray[np.float64]
CHOICES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "half_year.toml").read_text("utf-8"))
VALUE: dict[str, Any] = {name: choice["value"] for name, choice in CHOICES.items()}
BACKS = ("spikes", "monotony", "cumulative", "nothing")
FIRST = date(2026, 1, 5)  # a Monday: the first day of the half year
LEAD_DAYS = 7 * VALUE["lead_in_weeks"]
SCORED_FROM = LEAD_DAYS // 2
WEEK, MONTH = 7, 30
EPLEY = 30.0  # Epley 1985, Poundage Chart: a load for r repetitions is max / (1 + r / 30)
MOST_TOLD, STOP_ABOVE, HIGHEST_PAIN, ENOUGH_PAIN_TO_STAY = 6.0, 5.0, 10.0, 8.0
LIGHT, UNKNOWN_START = ("core", "gait"), 0.1


@dataclass(frozen=True)
class Lift:
    """What is to be done. reps; or hold_s with holds (of a set, on average); or minutes. spare: repetitions in reserve
    that are asked for, None = the repetitions and no more.
    """

    exercise: str
    sets: int
    reps: int | None
    load_kg: float | None = None
    hold_s: float | None = None
    holds: float = 1.0
    minutes: float | None = None
    spare: int | None = None


@dataclass(frozen=True)
class Performed:
    """What became of it. reps: of each set done, () for holds and minutes; told_spare: as logged for the last set;
    volume: kg x repetitions; load: on the low back as the program computes it [kNm·reps].
    """

    lift: Lift
    sets: int
    reps: tuple[int, ...]
    told_spare: float | None
    hard_sets: int
    volume: float
    load: float


@dataclass(frozen=True)
class Draws:
    """One number a day (lead-in and half year), the same in all ways."""

    pain: Array  # what the day adds by itself, flares included [points]
    score: Array
    ready: Array
    busy: Array  # uniform: life
    hurts: Array  # uniform: whether pain keeps from training
    recorded: Array  # uniform
    in_session: Array  # standard normal
    told: Array  # standard normal: error of told repetitions in reserve
    life: Array  # load beside training, about 1
    sleep_h: Array
    away: NDArray[np.bool_]


@dataclass(frozen=True)
class Somebody:
    """A person without a back yet. threshold, sameness: of the backs that have one; families: what the low back feels
    of each family's load, in loads that the program computes.
    """

    seed: tuple[int, int]
    person: Person
    usual_pain: float
    sensitivity: float
    threshold: float
    sameness: float
    daily_life: float
    families: dict[str, float]
    level: dict[str, float]
    potential: float
    gain: float
    tells_reserve: bool
    draws: Draws

    def skill(self, exercise: str) -> float:
        """In this exercise beside the others of its slot."""
        return _skill(self.seed, exercise)


@cache
def _skill(seed: tuple[int, int], exercise: str) -> float:
    draw = np.random.default_rng([*seed, zlib.crc32(exercise.encode())]).standard_normal()
    return exp(VALUE["skill"] * float(draw))


def somebody(seed: int, number: int, weeks: int) -> Somebody:
    """The same seed and number are the same person."""
    rng = np.random.default_rng([seed, number])
    sex = str(rng.choice(["female", "male"]))
    low, high = (55.0, 80.0) if sex == "female" else (65.0, 100.0)
    person = Person(sex, round(float(rng.uniform(low, high))), (1.66 if sex == "female" else 1.79))
    _, between, slots = VALUE["strength"]
    overall = float(rng.normal(0, between))
    return Somebody(
        (seed, number), person, float(rng.uniform(*VALUE["usual_pain"])),
        exp(VALUE["sensitivity"] * float(rng.standard_normal())),
        float(rng.uniform(*VALUE["cumulative"][2:])), float(rng.uniform(*VALUE["monotony"][1:])),
        float(rng.uniform(*VALUE["daily_life"][:2])),
        {family: exp(float(rng.normal(0, VALUE["unlike_the_model"]))) for family in FAMILIES},
        {slot: exp(overall + float(rng.normal(0, slots))) for slot in load_training().slots},
        float(rng.uniform(*VALUE["potential"])), VALUE["gain"][0] * exp(float(rng.normal(0, VALUE["gain"][1]))),
        bool(rng.random() < 0.5), _draws(rng, weeks),
    )  # fmt: skip


def _draws(rng: np.random.Generator, weeks: int) -> Draws:
    days = LEAD_DAYS + WEEK * weeks
    chance, low, high = VALUE["flares_by_themselves"]
    pain = rng.normal(0, rng.uniform(*VALUE["pain_noise"]), days)
    pain += np.where(rng.random(days) < chance, rng.uniform(low, high, days), 0.0)
    away = np.zeros(days, dtype=bool)
    for week in rng.choice(
        max(weeks - 1, 1), min(int(rng.integers(VALUE["away"][0], VALUE["away"][1] + 1)), weeks - 1)
    ):
        away[LEAD_DAYS + WEEK * (int(week) + 1) :][:WEEK] = True
    mean, between, nightly = VALUE["sleep"]
    return Draws(
        pain, rng.normal(0, VALUE["score_noise"], days), rng.normal(0, VALUE["readiness"], days), rng.random(days),
        rng.random(days), rng.random(days), rng.standard_normal(days), rng.standard_normal(days),
        np.exp(VALUE["daily_life"][2] * rng.standard_normal(days)),
        rng.normal(rng.normal(mean, between), nightly, days), away,
    )  # fmt: skip


@dataclass
class Strength:
    """Of each slot, in strengths at the beginning: fitness that comes with hard sets, fatigue that goes in days."""

    who: Somebody
    fitness: dict[str, float] = field(default_factory=lambda: dict.fromkeys(load_training().slots, 1.0))
    fatigue: dict[str, float] = field(default_factory=lambda: dict.fromkeys(load_training().slots, 0.0))
    hard: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: {s: [] for s in load_training().slots})

    def next_day(self, day: int) -> None:
        """A night: fatigue goes, and strength where a slot was not trained for long."""
        after, share, least = VALUE["loss"]
        for slot, tired in self.fatigue.items():
            self.fatigue[slot] = VALUE["fatigue"][1] * tired
            if self.hard[slot] and day - self.hard[slot][-1][0] > after:
                self.fitness[slot] -= share * max(self.fitness[slot] - least, 0.0)

    def trained(self, day: int, slot: str, sets: int) -> None:
        """Hard sets: what they add to those of the last seven days counts, each less than the one before."""
        if not sets:
            return
        most = VALUE["gain"][2]
        before = sum(count for when, count in self.hard[slot] if when > day - WEEK)
        share = exp(-before / most) - exp(-(before + sets) / most)
        self.fitness[slot] += self.who.gain * share * max(self.who.potential - self.fitness[slot], 0.0)
        self.fatigue[slot] += VALUE["fatigue"][0] * sets
        self.hard[slot].append((day, sets))

    def now(self, slot: str) -> float:
        return self.fitness[slot] * (1 - self.fatigue[slot])


@dataclass
class Back:
    """One kind of back (BACKS) of somebody. loads: what it felt, day by day; above: pain above usual [points]."""

    who: Somebody
    kind: str
    above: float = 0.0
    loads: list[float] = field(default_factory=list)
    to_come: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def morning(self, day: int) -> float:
        """The pain of this morning [points], 0 to 10."""
        adds = self.to_come.pop(0) + self.who.sensitivity * self._every_day()
        self.to_come.append(0.0)
        self.above = VALUE["pain_memory"] * self.above + float(self.who.draws.pain[day]) + adds
        return min(max(self.who.usual_pain + self.above, 0.0), HIGHEST_PAIN)

    def evening(self, load: float) -> None:
        """load: of the day's session as this back feels it, 0 = none."""
        if self.kind == "spikes" and load > 0:
            points = self.who.sensitivity * self._spike(load)
            for at, share in enumerate(VALUE["mornings"]):
                self.to_come[at] += share * points
        self.loads.append(load)

    def _spike(self, load: float) -> float:
        """Beside nothing in 30 days: half of the largest ever stands for what the back still knows."""
        largest = max(self.loads[-MONTH:], default=0.0) or max(self.loads, default=0.0) / 2
        gain, most = VALUE["spike"]
        return float(gain * min(max(load / largest - 1, 0.0), most)) if largest else 0.0

    def _every_day(self) -> float:
        """What the last seven days add to a morning, before sensitivity."""
        if len(self.loads) < LEAD_DAYS or self.kind not in ("cumulative", "monotony"):
            return 0.0
        week, usual = np.array(self.loads[-WEEK:]), float(np.sum(self.loads[:LEAD_DAYS])) / VALUE["lead_in_weeks"]
        if self.kind == "cumulative":
            gain, most, *_ = VALUE["cumulative"]
            over = week.sum() / (usual * self.who.threshold) - 1
            return float(gain * min(max(over, 0.0), most))
        session = usual * VALUE["lead_in_weeks"] / max(np.count_nonzero(self.loads[:LEAD_DAYS]), 1)
        today = len(self.loads)
        days = week + session * self.who.daily_life * self.who.draws.life[today - WEEK : today]
        over = float(days.mean() / days.std()) - self.who.sameness
        return float(VALUE["monotony"][0] * max(over, 0.0) * min(week.sum() / usual, 1.0))


@dataclass
class Life:
    """Somebody with a back who gets up, trains or not, and gets stronger; lived day by day."""

    who: Somebody
    kind: str
    strength: Strength = field(init=False)
    back: Back = field(init=False)
    scores: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.strength, self.back = Strength(self.who), Back(self.who, self.kind)

    def wakes(self, day: int) -> int:
        """This morning's score."""
        self.strength.next_day(day)
        pain = self.back.morning(day) + float(self.who.draws.score[day])
        self.scores.append(round(min(max(pain, 0.0), HIGHEST_PAIN)))
        return self.scores[-1]

    def stays_away(self, day: int) -> bool:
        """Whether a session of today is left out."""
        busy, from_pain, chance = VALUE["missed"]
        draws, score = self.who.draws, self.scores[day]
        hurts = score >= from_pain and (draws.hurts[day] < chance or score >= ENOUGH_PAIN_TO_STAY)
        return bool(draws.away[day] or draws.busy[day] < busy or hurts)

    def worst_in_session(self, day: int) -> float:
        mean, sd = VALUE["pain_in_session"]
        pain = self.who.usual_pain + self.back.above + float(mean + sd * self.who.draws.in_session[day])
        return min(max(pain, 0.0), HIGHEST_PAIN)

    def trains(self, day: int, lifts: list[Lift]) -> list[Performed]:
        """Does what is to be done, as far as it goes, and feels it."""
        stops = self.worst_in_session(day) > STOP_ABOVE
        done = [self._performs(day, lift, stops) for lift in lifts]
        felt = [one.load * self.who.families[family_of(one.lift.exercise)] for one in done]
        self.back.evening(sum(felt))
        for one in done:
            self.strength.trained(day, slot_of(one.lift.exercise), one.hard_sets)
        return done

    def rests(self) -> None:
        self.back.evening(0.0)

    def can(self, day: int, exercise: str, load_kg: float | None) -> float:
        """Repetitions that a first set could have."""
        ready = 1 + float(self.who.draws.ready[day])
        if "low_back" in catalogue.load().exercises[exercise].primary + catalogue.load().exercises[exercise].secondary:
            from_pain, share = VALUE["pain_and_strength"]
            ready *= 1 - share * max(self.who.usual_pain + self.back.above - from_pain, 0.0)
        now = self.strength.now(slot_of(exercise)) * ready
        if load_kg is None or not load_kg or exercise.startswith("assisted"):
            return float(VALUE["own_body_reps"] * self.who.skill(exercise) * now**3)
        return EPLEY * (now * maximum(self.who, exercise) / load_kg - 1)

    def _performs(self, day: int, lift: Lift, stops: bool) -> Performed:
        exercise = catalogue.load().exercises[lift.exercise]
        stops = stops and "low_back" in exercise.primary + exercise.secondary
        sets = 1 if stops else lift.sets
        if lift.hold_s is not None or lift.minutes is not None or lift.reps is None:
            return Performed(lift, sets, (), None, 0, 0.0, low_back(self.who.person, lift, [None] * sets))
        first = self.can(day, lift.exercise, lift.load_kg)
        possible = [first - VALUE["reps_a_set"] * at for at in range(sets)]
        reps = [self._reps(lift, could) for could in possible]
        left = [could - count for could, count in zip(possible, reps, strict=True)]
        counts = exercise.family not in LIGHT
        hard = sum(one <= VALUE["hard_set"] and count > 0 for one, count in zip(left, reps, strict=True))
        told = left[-1] + VALUE["reserve_noise"] * float(self.who.draws.told[day])
        return Performed(
            lift, sets, tuple(reps),
            float(round(min(max(told, 0.0), MOST_TOLD))) if self.who.tells_reserve else None,
            hard if counts else 0, (lift.load_kg or 0.0) * max(exercise.load_factor, 0.0) * sum(reps),
            low_back(self.who.person, lift, reps),
        )  # fmt: skip

    def _reps(self, lift: Lift, could: float) -> int:
        """Who tells reserves does what is asked; who does not goes on to the asked reserve, two more at most."""
        asked = min(lift.reps or 0, max(floor(could), 0))
        if lift.spare is None or self.who.tells_reserve:
            return asked
        return max(asked, min((lift.reps or 0) + 2, floor(could - lift.spare)))


@dataclass
class Log:
    """What was written down. scores: of mornings; sessions: by day; pain: worst in each session; nights: hours."""

    scores: dict[date, float] = field(default_factory=dict)
    sessions: dict[date, list[Performed]] = field(default_factory=dict)
    pain: list[SessionPain] = field(default_factory=list)
    nights: dict[date, float] = field(default_factory=dict)


def session_load(done: Sequence[Performed]) -> float:
    return sum(one.load for one in done)


def maximum(who: Somebody, exercise: str) -> float:
    """One repetition at the beginning [kg, as logged]."""
    slot = slot_of(exercise)
    moves = [move for move in load_training().slots[slot].moves if move.exercise == exercise]
    start = moves[0].start.get(who.person.sex or "female", UNKNOWN_START) if moves else UNKNOWN_START
    return float(VALUE["strength"][0] * start * who.person.body_mass_kg * who.level[slot] * who.skill(exercise))


def low_back(person: Person, lift: Lift, reps: Sequence[int | None]) -> float:
    """The load on the low back of sets with these repetitions; None = a hold, or minutes [kNm·reps]."""
    held = lift.hold_s * lift.holds if lift.hold_s is not None else None
    seconds = 60 * lift.minutes if lift.minutes is not None else held
    each = [
        _of_a_set(person, lift.exercise, lift.load_kg, count, seconds if count is None else None)
        for count in reps
        if count is None or count > 0
    ]
    return sum(each)


@cache
def _of_a_set(person: Person, exercise: str, load_kg: float | None, reps: int | None, seconds: float | None) -> float:
    one = Set(exercise, load_kg=load_kg, reps=reps, duration_s=seconds)
    found = set_loads([one], [catalogue.load().exercises[exercise]], [person])
    return float(np.nansum(found.peak_moment_nm / 1000 * found.reps))


def slot_of(exercise: str) -> str:
    return load_training().slot_of(catalogue.load().exercises[exercise]) or "calves"


def family_of(exercise: str) -> str:
    return catalogue.load().exercises[exercise].family


def day_of(number: int) -> date:
    """The date of a day that is counted from the lead-in's first."""
    return FIRST + timedelta(days=number - LEAD_DAYS)

"""Runs, rides and walks of a log: what of it is training beside the weights, what is usual, how much is walked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from backstory.journal.loading import exercise_of_activity
from backstory.load import Weighed
from backstory.load.daily import LEAST_MIN, minutes
from backstory.model import Exercise

WEEK = timedelta(days=7)
WALKS = frozenset({"walk", "treadmill-walk", "hiking", "ruck"})
RESTFUL = frozenset({"walk", "treadmill-walk", "marching", "yoga", "mobility-work", "stretching"})  # R18
EASY_EFFORT, HARD_EFFORT, LONG_MINUTES = 3.0, 7.0, 60.0  # of 10; judgement, as are the two below
LEGS = frozenset({"quads", "hamstrings", "glutes", "calves"})
USUAL_WEEKS, USUAL_TIMES = 4, 3  # done on this weekday in three of the last four weeks


@dataclass(frozen=True, slots=True)
class Moved:
    """Minutes of something that is no lifting; exercise None = nobody knows it; alone: no weights in the session."""

    day: date
    exercise: Exercise | None
    minutes: float
    effort: float | None = None
    alone: bool = True

    @property
    def restful(self) -> bool:
        """Whether its day may still be one of rest: a walk, easy yoga, or what was told to be easy."""
        known = self.exercise is not None and self.exercise.id in RESTFUL
        return known or (self.effort is not None and self.effort <= EASY_EFFORT)


@dataclass(frozen=True, slots=True)
class Usual:
    """What a person does on a weekday: an exercise, and its usual minutes."""

    exercise: Exercise
    minutes: float


def moved(weighed: Iterable[Weighed]) -> list[Moved]:
    """Every activity of the log, and the minutes of sessions that hold some, oldest first."""
    found = []
    for item in weighed:
        if not item.session.sets:
            exercise = exercise_of_activity(item.session)
            found.append(Moved(item.day, exercise, minutes(item), item.session.effort))
            continue
        by_exercise: dict[str, float] = defaultdict(float)
        of = {exercise.id: exercise for exercise in item.exercises if exercise and exercise.motion.endurance}
        for exercise, took in zip(item.exercises, item.sets.minutes, strict=True):
            if exercise and exercise.id in of and took > 0:
                by_exercise[exercise.id] += float(took)
        alone = len(of) == len({exercise.id if exercise else None for exercise in item.exercises})
        found += [Moved(item.day, of[name], took, None, alone) for name, took in by_exercise.items()]
    return [one for one in found if one.minutes >= LEAST_MIN]


def active_days(weighed: Iterable[Weighed], moves: Iterable[Moved]) -> tuple[date, ...]:
    """Days that are none of rest (R18): with sets that are lifted, or with more than a walk."""
    lifted = {
        item.day
        for item in weighed
        if any(exercise is None or not exercise.motion.endurance for exercise in item.exercises)
    }
    return tuple(sorted(lifted | {one.day for one in moves if not one.restful}))


def hard_for_legs(moves: Iterable[Moved]) -> dict[str, date]:
    """When a long or hard run, ride or match last trained a muscle of the legs hard (R19)."""
    hard = [one for one in moves if one.minutes >= LONG_MINUTES or (one.effort or 0.0) >= HARD_EFFORT]
    return {
        muscle: one.day
        for one in hard
        if one.exercise is not None and one.exercise.id not in RESTFUL
        for muscle in LEGS.intersection(one.exercise.primary)
    }


def usual_moves(moves: Sequence[Moved], first: date) -> dict[int, Usual]:
    """What the person usually does by weekday (Monday = 0): on most of these days of the last four weeks."""
    times: dict[tuple[int, str], list[Moved]] = defaultdict(list)
    for one in moves:
        if one.exercise and one.alone and not one.restful and first - USUAL_WEEKS * WEEK <= one.day < first:
            times[one.day.weekday(), one.exercise.id].append(one)
    usual = {
        weekday: Usual(some[0].exercise, float(round(median(one.minutes for one in some))))
        for (weekday, _), some in sorted(times.items(), key=lambda item: len(item[1]))
        if some[0].exercise and len({one.day for one in some}) >= USUAL_TIMES
    }
    return dict(sorted(usual.items()))


def walked(moves: Iterable[Moved]) -> dict[date, float]:
    """Minutes of walking by day."""
    found: dict[date, float] = defaultdict(float)
    for one in moves:
        if one.exercise and one.exercise.id in WALKS:
            found[one.day] += one.minutes
    return dict(found)


def days_of(usual: Mapping[int, Usual], first: date, span_days: int) -> tuple[date, ...]:
    """The days of a plan on which the person usually runs or the like."""
    days = (first + timedelta(days=number) for number in range(span_days))
    return tuple(day for day in days if day.weekday() in usual)

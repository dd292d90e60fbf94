"""What a person wants of a plan: held against what can be, before anything is computed."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from backstory import catalogue
from backstory.catalogue.training_values import LEVELS
from backstory.errors import InputError
from backstory.journal.limits import limits
from backstory.journal.opening import Journal
from backstory.model import FAMILIES, Limits
from backstory.plan.values import GOALS, PlanDay

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_NAMES = dict(zip(WEEKDAYS, map(str.casefold, calendar.day_name), strict=True))
MOST_DAYS, MINUTES, WEEKS = 6, (15, 180), (1, 8)
USUAL_DAYS, USUAL_MINUTES = ("mon", "wed", "fri"), 45
FARTHEST = timedelta(days=60)
EVERYTHING = "everything"
AHEAD_WEEKS, USUAL_AHEAD = (4, 26), 26  # that can be simulated, and are unless others are asked for


@dataclass(frozen=True, slots=True)
class Wish:
    """As it was asked for; None or empty = not said. minutes: one for all days, or one a day."""

    first: date | None = None
    days: Sequence[str] = ()
    minutes: Sequence[int] = ()
    goal: str | None = None
    level: str | None = None
    equipment: Sequence[str] = ()
    keep: Sequence[str] = ()
    avoid: Sequence[str] = ()
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class WeekSoFar:
    """What the week of the first day holds already: sets a muscle, slots by their times, and low-back load; left: share
    of its sessions that are still to come. What was missed is not made up for.
    """

    sets: Mapping[str, float] = field(default_factory=dict)
    slots: Mapping[str, int] = field(default_factory=dict)
    load: float = 0.0
    left: float = 1.0


@dataclass(frozen=True, slots=True)
class Checked:
    """A wish that can be. level None = by the log; equipment None = what the log was done with; keep, avoid: ids and
    families. span_days: that the plan covers; done: what its week holds already.
    """

    first: date
    days: tuple[PlanDay, ...]
    goal: str
    level: str | None
    equipment: frozenset[str] | None
    keep: frozenset[str]
    avoid: frozenset[str]
    weeks: int
    span_days: int = 7
    done: WeekSoFar = field(default_factory=WeekSoFar)


def checked(journal: Journal, wish: Wish) -> Checked:
    """The wish with what the profile and a clinician's limits add. Raises InputError, UnknownExercise."""
    today, profile = journal.today(), journal.store.profile()
    first = wish.first or today
    if not today - timedelta(days=1) <= first <= today + FARTHEST:
        raise InputError(f"A plan begins today or within {FARTHEST.days} days, not on {first.isoformat()}.")
    if not WEEKS[0] <= wish.weeks <= WEEKS[1]:
        raise InputError(f"--weeks takes {WEEKS[0]} to {WEEKS[1]}, not {wish.weeks}.")
    goal = wish.goal or profile.get("goal") or "general"
    if goal not in GOALS:
        raise InputError(f"--goal takes {', '.join(GOALS)}, not {goal!r}.")
    if wish.level is not None and wish.level not in LEVELS:
        raise InputError(f"--level takes {', '.join(LEVELS)}, not {wish.level!r}.")
    told = limits(journal) or Limits(today)
    keep, avoid = ids_of(journal, wish.keep), ids_of(journal, wish.avoid)
    if both := sorted((keep & avoid) | (keep & set(told.avoid)) | (avoid & set(told.keep))):
        raise InputError(f"{', '.join(both)} cannot be both kept and avoided.")
    _keep_without_its_family(keep | set(told.keep), avoid | set(told.avoid))
    equipment = _equipment(wish.equipment or tuple(filter(None, profile.get("equipment", "").split(","))))
    return Checked(
        first, plan_days(first, wish.days, wish.minutes), goal, wish.level, equipment,
        keep | set(told.keep), avoid | set(told.avoid), wish.weeks,
    )  # fmt: skip


def check_ahead(weeks: int) -> None:
    """Raise InputError for a number of weeks that cannot be simulated."""
    if not AHEAD_WEEKS[0] <= weeks <= AHEAD_WEEKS[1]:
        raise InputError(f"A simulation takes {AHEAD_WEEKS[0]} to {AHEAD_WEEKS[1]} weeks, not {weeks}.")


def plan_days(first: date, days: Sequence[str], minutes: Sequence[int]) -> tuple[PlanDay, ...]:
    """The days of seven from the first one on. Raises InputError."""
    words = [word.strip().casefold()[:3] for word in days or USUAL_DAYS]
    names = {name for word in WEEKDAYS for name in (word, FULL_NAMES[word])}
    if unknown := [given for given in days if given.strip().casefold() not in names]:
        raise InputError(f"--days takes weekdays such as mon,wed,fri, not {', '.join(unknown)}.")
    if len(set(words)) < len(words):
        raise InputError("--days names a day twice.")
    if len(words) > MOST_DAYS:
        raise InputError(f"--days takes 1 to {MOST_DAYS} days: one in seven is for rest.")
    each = list(minutes or (USUAL_MINUTES,))
    if len(each) not in (1, len(words)):
        raise InputError(f"--minutes takes one number, or one a day: {len(words)}, not {len(each)}.")
    low, high = MINUTES
    if wrong := [number for number in each if not low <= number <= high]:
        raise InputError(f"--minutes takes {low} to {high}, not {wrong[0]}.")
    by_word = dict(zip(words, each * len(words) if len(each) == 1 else each, strict=False))
    week = [first + timedelta(days=number) for number in range(7)]
    return tuple(PlanDay(day, by_word[word]) for day in week if (word := WEEKDAYS[day.weekday()]) in by_word)


def ids_of(journal: Journal, names: Sequence[str]) -> frozenset[str]:
    """Exercises and families by their ids. Raises UnknownExercise."""
    known, own = catalogue.load(), journal.store.names()
    found = set()
    for name in names:
        word = name.strip().casefold()
        exercise = None if word in FAMILIES else known.exercises.get(word) or known.find(name, own)
        found.add(word if word in FAMILIES else (exercise or known.get(name)).id)
    return frozenset(found)


def _keep_without_its_family(keep: frozenset[str] | set[str], avoid: frozenset[str] | set[str]) -> None:
    known = catalogue.load().exercises
    for name in sorted(keep):
        family = known[name].family if name in known else name
        if family in avoid and name not in known:
            raise InputError(f"{name} cannot be both kept and avoided.")


def _equipment(things: Sequence[str]) -> frozenset[str] | None:
    """None where nothing is said. Raises InputError."""
    words = {thing.strip().casefold().replace(" ", "_").replace("-", "_") for thing in things if thing.strip()}
    if not words or EVERYTHING in words:
        return catalogue.load().equipment if words else None
    if words == {"none"}:
        return frozenset()
    if unknown := sorted(words - catalogue.load().equipment):
        known = ", ".join(sorted(catalogue.load().equipment))
        raise InputError(f"Equipment {', '.join(unknown)} is not known; what is: none, everything, {known}.")
    return frozenset(words)

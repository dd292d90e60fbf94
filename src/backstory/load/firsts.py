"""What a person had never done before, or not for long: exercises, activities, weights."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from backstory.load.looking import Weighed

AWAY = timedelta(days=182)  # half a year: longer than the work of a bout is remembered (Byrnes et al. 1985: six weeks)
LEAST_DAYS = 2  # on which an exercise was done before, to speak of its heaviest


@dataclass(frozen=True, slots=True)
class First:
    """An exercise or activity on the day it came; `away_days` since it was done before, None = never in the log."""

    day: date
    kind: str
    name: str
    away_days: int | None


@dataclass(frozen=True, slots=True)
class Top:
    """An exercise's heaviest set of a day [kg] beside the heaviest of all days before."""

    day: date
    name: str
    kg: float
    before_kg: float


def firsts(log: Sequence[Weighed]) -> list[First]:
    """Exercises and activities that were never done before, or not for half a year. log: oldest first.

    A name that the catalogue does not know stands for itself, as does an activity's title.
    """
    last: dict[tuple[str, str], date] = {}
    found = []
    for item in log:
        for kind, key, name in dict.fromkeys(_done(item)):
            before = last.get((kind, key))
            if before is None or item.day - before > AWAY:
                found.append(First(item.day, kind, name, None if before is None else (item.day - before).days))
            last[kind, key] = item.day
    return found


def _done(item: Weighed) -> Iterator[tuple[str, str, str]]:
    """Kind, key and name of what a session held."""
    for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
        name = one_set.exercise_name.strip()
        yield ("exercise", exercise.id, exercise.name) if exercise else ("exercise", name.casefold(), name)
    if not item.session.sets and item.session.title:
        title = item.session.title.strip()
        yield "activity", title.casefold(), title


def tops(log: Sequence[Weighed]) -> list[Top]:
    """The heaviest set of each exercise and day, where it was done on two days before. log: oldest first.

    Weights that help (a machine for pull-ups) are left out, as are sets that count by minutes.
    """
    days: dict[tuple[date, str], float] = defaultdict(float)
    names: dict[str, str] = {}
    for item in log:
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
            if exercise and one_set.load_kg and exercise.load_factor > 0 and not exercise.motion.endurance:
                days[item.day, exercise.id] = max(days[item.day, exercise.id], one_set.load_kg)
                names[exercise.id] = exercise.name
    heaviest: dict[str, float] = defaultdict(float)
    done: Counter[str] = Counter()
    found = []
    for (day, key), kg in days.items():
        if done[key] >= LEAST_DAYS:
            found.append(Top(day, names[key], kg, heaviest[key]))
        heaviest[key] = max(heaviest[key], kg)
        done[key] += 1
    return found


def longest_away(log: Sequence[Weighed], since: date) -> tuple[date, int] | None:
    """The longest stretch without any session that ended on `since` or later: the day it ended, and its days."""
    days = sorted({item.day for item in log})
    gaps = [(later, (later - earlier).days - 1) for earlier, later in pairwise(days) if later >= since]
    return max(gaps, key=lambda gap: gap[1], default=None)

"""Small logs for the tests of a look back: sessions by the number of their day."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from backstory.load import SessionLoad, SetLoads, Weighed
from backstory.load.daily import Daily, by_day
from backstory.model import Exercise, Motion, Session, Set

MONDAY = date(2024, 1, 1)
TWO_WEEKS = timedelta(days=14)
MOTION = Motion("m", "feet", {"hip": (0.0, 90.0)})
LIFT = Exercise("lift", ("Lift",), "hinge", (), (), (), MOTION)
SQUAT = Exercise("squat", ("Squat",), "squat", (), (), (), MOTION)


def lifted(
    day: int, load: float | None = 5.0, kg: float = 100.0, exercise: Exercise = LIFT, hard: int = 0, factor: float = 1.0
) -> Weighed:
    """Two sets of an exercise."""
    done = exercise if factor == 1 else Exercise("helped", ("Helped",), "pull", (), (), (), MOTION, factor)
    sets = tuple(Set(done.name, load_kg=kg, reps=5) for _ in range(2))
    loads = SetLoads(np.full(2, 200.0), np.full(2, 5.0), np.ones(2), np.zeros(2), np.zeros(2, int))
    total = SessionLoad({1: load, 2: load, 4: load}, {}, 2, hard_sets=hard)
    return Weighed(Session("test", MONDAY + timedelta(days=day), sets), total, loads, (done, done))


def activity(day: int, title: str = "Run", minutes: float | None = 30.0, km: float | None = None) -> Weighed:
    """A session without sets."""
    empty = np.zeros(0)
    done = Session(
        "test", MONDAY + timedelta(days=day), (), duration_s=None if minutes is None else 60 * minutes, title=title,
        distance_km=km,
    )  # fmt: skip
    total = SessionLoad({1: 0.0, 2: 0.0, 4: 0.0}, other_training=5 * (minutes or 0.0))
    return Weighed(done, total, SetLoads(empty, empty, empty, empty, np.zeros(0, int)), ())


def daily_of(log: Sequence[Weighed]) -> Daily:
    return by_day(log, TWO_WEEKS, lambda _item: False)

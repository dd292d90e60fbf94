"""A log as one row a day: what was done, where it is known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from backstory.body.masspoints import Array
from backstory.load.looking import Weighed
from backstory.load.summing import USUAL_EFFORT

Days = NDArray[np.bool_]
LEAST_MIN = 5.0
SETS, MOVING = ("load", "sets", "hard_sets"), ("minutes", "km", "effort_minutes")


@dataclass(frozen=True, slots=True)
class Daily:
    """The days from `first` to that of the last session, (T,) each.

    columns: load [kNm·reps], sets, hard_sets, minutes (of activities and endurance sets), km, effort_minutes
    [effort·min], sessions; NaN = not known. trained: days with a session that is more than a walk; covered: days on
    which the log goes on, so that no session means none.
    """

    first: date
    columns: dict[str, Array]
    trained: Days
    covered: Days

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.trained) - 1)


def by_day(log: Sequence[Weighed], longest_break: timedelta, easy: Callable[[Weighed], bool]) -> Daily:
    """One row a day. log: oldest first, at least one session; easy: what counts as a rest day, such as a walk.

    Days between two sessions no further apart than `longest_break` are known, those with sets and those with minutes
    each by their own kind: who stops writing down runs may go on running.
    """
    first = log[0].day
    place = np.array([(item.day - first).days for item in log])
    size = int(place[-1]) + 1
    rows = {name: np.zeros(size) for name in (*SETS, *MOVING, "sessions")}
    for at, item in zip(place, log, strict=True):
        rows["sessions"][at] += 1
        rows["load"][at] += np.nan if item.load.power_sums[1] is None else item.load.power_sums[1]
        rows["sets"][at] += len(item.session.sets)
        rows["hard_sets"][at] += item.load.hard_sets
        rows["minutes"][at] += minutes(item)
        rows["km"][at] += km(item)
        rows["effort_minutes"][at] += np.nan_to_num(item.load.other_training) if minutes(item) else 0.0
    lifted = _covered(place[[bool(item.session.sets) for item in log]], size, longest_break)
    moved = _covered(place[[minutes(item) > 0 for item in log]], size, longest_break)
    for names, known in ((SETS, lifted), (MOVING, moved), (("sessions",), lifted | moved)):
        for name in names:
            rows[name][~known] = np.nan
    trained = np.zeros(size, dtype=bool)
    trained[[at for at, item in zip(place, log, strict=True) if not easy(item)]] = True
    return Daily(first, rows, trained, lifted | moved)


def minutes(item: Weighed) -> float:
    """Of an activity, or of a session's endurance sets, if they are more than a warm-up [min]."""
    if item.session.sets:
        endurance = float(np.nansum(item.sets.minutes))
        return endurance if endurance >= LEAST_MIN else 0.0
    if item.session.duration_s:
        return item.session.duration_s / 60
    return item.load.other_training / (item.session.effort or USUAL_EFFORT)  # told by its distance alone


def km(item: Weighed) -> float:
    """Of an activity, or of a session's endurance sets [km]."""
    return (item.session.distance_km or 0.0) + sum(one.distance_km or 0.0 for one in item.session.sets)


def _covered(places: Iterable[int], size: int, longest_break: timedelta) -> Days:
    found = np.zeros(size, dtype=bool)
    days = sorted({int(place) for place in places})
    found[days] = True
    for earlier, later in pairwise(days):
        if later - earlier <= longest_break.days:
            found[earlier:later] = True
    return found

"""What was unusual in the four weeks before a day, beside how often the same came in other four weeks.

All criteria stand here and are the same for everybody; each is looked at for every bout, whatever came out. They were
fixed before any log was looked at: choosing them afterwards would find something before any day.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backstory.body.masspoints import Array
from backstory.load.daily import Daily, Days
from backstory.load.firsts import firsts, tops
from backstory.load.look_back import LEAST_DAYS, session_jumps
from backstory.load.looking import Weighed

STRETCH = 28  # days before a bout: what people who are asked think back to, and four of the body's weeks of habit
USUAL = 84  # days before these, that say what was usual
LEAST_COVERED = (21, 28)  # of the stretch's and of the usual's days: with fewer, nothing is said
AFTER = 7  # days after the last session on which a bout is still looked at: pain stops training
WEEK, BLOCKS, LEAST_BLOCKS = 7, 4, 3
ONE_BOUT = timedelta(days=14)
Values = Callable[["Log"], Array]


@dataclass(frozen=True, slots=True)
class Log:
    """Sessions, oldest first, and the same by day."""

    sessions: Sequence[Weighed]
    daily: Daily

    @property
    def size(self) -> int:
        """Days that a bout can begin on: from the first day to a week after the last."""
        return len(self.daily.trained) + AFTER + 1

    def place(self, day: date) -> int:
        return (day - self.daily.first).days


@dataclass(frozen=True, slots=True)
class Criterion:
    """Unusual is what lies above `limit`; why: where the limit comes from; values: one a day, of the stretch before it,
    NaN = not known, inf = there was none to compare with.
    """

    what: str
    text: str
    unit: str
    limit: float
    why: str
    values: Values
    told: Callable[[Log], bool] = lambda _log: True


@dataclass(frozen=True, slots=True)
class Looked:
    """Every criterion on every day that a bout can begin on, (C, D): its value, and whether it was unusual (False where
    not known). enough: days before which the log says enough, (D,).
    """

    first: date
    criteria: tuple[Criterion, ...]
    value: Array
    unusual: Days
    enough: Days

    def column(self, day: date) -> int | None:
        """The place of a day; None where the log does not tell what was before it."""
        place = (day - self.first).days
        return place if 0 <= place < len(self.enough) and self.enough[place] else None


def look(log: Log) -> Looked:
    """Every criterion that the log can tell of, on every day."""
    criteria = tuple(one for one in CRITERIA if one.told(log))
    value = np.array([one.values(log) for one in criteria])
    limits = np.array([[one.limit] for one in criteria])
    unusual = np.nan_to_num(value, nan=-np.inf, posinf=np.inf) > limits
    covered = _ending(log.daily.covered.astype(float), log.size, 0.0)
    here, usual = covered[:, -STRETCH:].sum(axis=1), covered[:, :USUAL].sum(axis=1)
    enough = (here >= LEAST_COVERED[0]) & (usual >= LEAST_COVERED[1])
    return Looked(log.daily.first, criteria, value, unusual & enough, enough)


def merged(days: Iterable[date]) -> list[tuple[date, tuple[date, ...]]]:
    """Days on which bouts began, and those within two weeks after each, which count as one with it."""
    found: list[tuple[date, list[date]]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][0] <= ONE_BOUT:
            found[-1][1].append(day)
        else:
            found.append((day, []))
    return [(began, tuple(others)) for began, others in found]


def other_stretches(looked: Looked, bouts: Sequence[date]) -> list[int]:
    """The days after four-week stretches that overlap neither each other nor the four weeks before a bout.

    As many as fit, counted back from the end of the log; only those of which the log says enough.
    """
    taken = np.zeros(len(looked.enough) + STRETCH, dtype=bool)
    for day in bouts:
        place = (day - looked.first).days
        taken[max(0, place - STRETCH) : max(0, place)] = True
    found, place = [], len(looked.enough) - 1
    while place >= STRETCH:
        if looked.enough[place] and not taken[place - STRETCH : place].any():
            found.append(place)
            place -= STRETCH
        else:
            place -= 1
    return found


def elsewhere(looked: Looked, others: Sequence[int]) -> list[tuple[int, int]]:
    """For each criterion, in how many of the other stretches it was unusual, and of how many that is known."""
    known = ~np.isnan(looked.value[:, others])
    times = looked.unusual[:, others].sum(axis=1)
    return [(int(a), int(b)) for a, b in zip(times, known.sum(axis=1), strict=True)]


def _ending(values: Array, size: int, missing: float) -> Array:
    """For each day the usual time and the stretch before it, (size, USUAL + STRETCH); `missing` outside the log."""
    before = USUAL + STRETCH
    padded = np.concatenate([np.full(before, missing), values, np.full(size - len(values), missing)])
    return np.asarray(sliding_window_view(padded, before)[:size])


def _week_beside_usual(column: str) -> Values:
    """The stretch's largest week over the mean week of the 12 before it; weeks are counted back from the day."""

    def values(log: Log) -> Array:
        days = _ending(log.daily.columns[column], log.size, np.nan)
        weeks = days[:, -STRETCH:].reshape(-1, BLOCKS, WEEK).sum(axis=2)
        known = ~np.isnan(days[:, :USUAL])
        count = known.sum(axis=1)
        usual = WEEK * np.where(known, days[:, :USUAL], 0.0).sum(axis=1) / np.maximum(count, 1)
        largest = np.where(np.isnan(weeks), 0.0, weeks).max(axis=1)
        there = (~np.isnan(weeks)).sum(axis=1) >= LEAST_BLOCKS
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(largest > 0, largest / usual, 0.0)
        return np.where(there & (count >= LEAST_COVERED[1]), ratio, np.nan)

    return values


def _largest(log: Log, days: Iterable[tuple[date, float]]) -> Array:
    """The largest value of each stretch; NaN where there is none. days: several a day may stand."""
    values = np.full(len(log.daily.trained), -np.inf)
    for day, value in days:
        values[log.place(day)] = max(values[log.place(day)], value)
    found = _ending(values, log.size, -np.inf)[:, -STRETCH:].max(axis=1)
    return np.where(np.isinf(found), np.nan, found)


def _session_beside_largest(log: Log) -> Array:
    return _largest(log, [(jump.day, jump.ratio) for jump in session_jumps(log.sessions, log.daily.first)])


def _weight_beside_heaviest(log: Log) -> Array:
    return _largest(log, [(top.day, top.kg / top.before_kg) for top in tops(log.sessions)])


def _new_exercises(log: Log) -> Array:
    """How many; not known where the log does not go back 12 weeks before the stretch: everything would be new."""
    counts = np.zeros(len(log.daily.trained))
    for one in firsts(log.sessions):
        counts[log.place(one.day)] += 1
    found = _ending(counts, log.size, 0.0)[:, -STRETCH:].sum(axis=1)
    found[: USUAL + STRETCH] = np.nan
    return np.asarray(found)


def _days_in_a_row(log: Log) -> Array:
    """The longest run of training days within the stretch."""
    trained = _ending(log.daily.trained.astype(float), log.size, 0.0)[:, -STRETCH:]
    longest = run = np.zeros(log.size)
    for day in trained.T:
        run = (run + 1) * day
        longest = np.maximum(longest, run)
    return longest


def _days_away(log: Log) -> Array:
    """The longest time without training that a session within the stretch ended [days]; 0 where none did."""
    places = [int(place) for place in np.flatnonzero(log.daily.trained)]
    ended = [
        (log.daily.first + timedelta(days=later), float(later - earlier - 1)) for earlier, later in pairwise(places)
    ]
    return np.nan_to_num(_largest(log, ended))


def _on_days(column: str) -> Callable[[Log], bool]:
    return lambda log: int((np.nan_to_num(log.daily.columns[column]) > 0).sum()) >= LEAST_DAYS


CRITERIA = (
    Criterion("week_load", "a week with more than 1.3 times your usual low-back load", "times", 1.3,
              "R21: a change of more than 30 % is told", _week_beside_usual("load"), _on_days("load")),
    Criterion("week_hard_sets", "a week with more than 1.3 times your usual hard sets", "times", 1.3,
              "as for the load", _week_beside_usual("hard_sets"), _on_days("hard_sets")),
    Criterion("week_activities", "a week with more than 1.3 times your usual runs and other activities", "times", 1.3,
              "as for the load", _week_beside_usual("effort_minutes"), _on_days("effort_minutes")),
    Criterion("session_jump", "a session of more than 1.1 times the largest of the 30 days before it", "times", 1.1,
              "R20: Frandsen et al. 2025, runners", _session_beside_largest),
    Criterion("new_exercise", "an exercise or activity new to you, or not done for half a year", "new", 0,
              "work that one is not used to makes sore: Byrnes et al. 1985", _new_exercises),
    Criterion("heavier", "a weight of more than 1.1 times your heaviest of that exercise", "times", 1.1,
              "R23: steps of up to 10 %", _weight_beside_heaviest, _on_days("load")),
    Criterion("no_rest_day", "seven training days in a row, or more", "days", 6,
              "R18: a rest day in each week", _days_in_a_row),
    Criterion("return", "training again after ten days or more without any", "days", 9,
              "judgement: a break of more than a week and a weekend", _days_away),
)  # fmt: skip

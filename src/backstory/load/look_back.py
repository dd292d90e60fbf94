"""What a log says by itself: a person's usual weeks, what is new, the largest jumps, rest days."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from backstory.body.masspoints import Array
from backstory.load.daily import Daily, km, minutes
from backstory.load.firsts import AWAY, First, Top, firsts, longest_away, tops
from backstory.load.looking import Weighed, balance, longest_run, spikes
from backstory.load.notes import ENOUGH_SESSIONS

HALF_YEAR, SIX_WEEKS, FOUR_WEEKS = timedelta(days=182), timedelta(days=42), timedelta(days=28)
WEEK = 7
LOW, HIGH = 10, 90  # percentiles
LEAST_WEEKS = 4  # whole ones, to speak of a usual range
LEAST_DAYS = 8  # with a run or a hard set: fewer, and there is nothing usual about them
BEFORE_NEW = timedelta(days=28)  # of log before the six weeks: with less, everything would be new
WEEKS_BEFORE = 4
UNITS = {
    "load": "kNm·reps", "sets": "sets", "hard_sets": "sets", "sessions": "sessions", "minutes": "min", "km": "km",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Usual:
    """A week's measure: 10th, 50th and 90th percentile of so many whole weeks; four in five or more lie within."""

    what: str
    low: float
    middle: float
    high: float
    weeks: int


@dataclass(frozen=True, slots=True)
class Jump:
    """A session beside the largest of the 30 days before it, or a week beside the mean of the four before.

    what: "load", or an activity's title; unit: of `value` and `before`; weeks_off: of the four, without any.
    """

    kind: str
    day: date
    what: str
    unit: str
    value: float
    before: float
    weeks_off: int = 0

    @property
    def ratio(self) -> float:
        return self.value / self.before


@dataclass(frozen=True, slots=True)
class Resting:
    """longest: training days in a row and the last of them; weeks: whole ones, `without` of them without a rest day;
    middle: rest days of the middle week.
    """

    longest: tuple[date, int] | None
    weeks: int
    without: int
    middle: float | None


@dataclass(frozen=True, slots=True)
class News:
    """What came in the last six weeks; None where the log begins too late to tell. `away`: a long break that ended."""

    firsts: tuple[First, ...]
    heavier: tuple[Top, ...]
    away: tuple[date, int] | None


def usual_weeks(daily: Daily) -> list[Usual]:
    """The person's own range over the whole weeks of the last half year, Monday to Sunday; [] with fewer than four.

    A measure that the log holds on fewer than eight of its days is left out.
    """
    found = []
    for what in UNITS:
        if (np.nan_to_num(daily.columns[what][-HALF_YEAR.days :]) > 0).sum() < LEAST_DAYS:
            continue
        sums = weekly(daily, what)
        recent = np.array([value for week, value in sums.items() if week > daily.last - HALF_YEAR])
        recent = recent[~np.isnan(recent)]
        if len(recent) >= LEAST_WEEKS:
            low = float(np.percentile(recent, LOW, method="lower"))  # weeks of one's own at both ends
            high = float(np.percentile(recent, HIGH, method="higher"))
            found.append(Usual(what, low, float(np.median(recent)), high, len(recent)))
    return found


def weekly(daily: Daily, what: str) -> dict[date, float]:
    """A column's sums by the Monday of each whole week; NaN where a day of it is not known."""
    rows, first = _whole_weeks(daily, daily.columns[what])
    return {first + timedelta(weeks=n): float(value) for n, value in enumerate(rows.sum(axis=1))}


def _whole_weeks(daily: Daily, values: Array) -> tuple[Array, date]:
    """Days in rows of a week, (n, 7), and the first Monday."""
    start = -daily.first.weekday() % WEEK
    count = max(0, (len(values) - start) // WEEK)
    return values[start : start + count * WEEK].reshape(count, WEEK), daily.first + timedelta(days=start)


def week_jumps(daily: Daily, what: str = "load") -> list[Jump]:
    """Each week of the last half year beside the mean of the four before it, where all five are known."""
    weeks = list(weekly(daily, what).items())
    found = []
    for n, (week, value) in enumerate(weeks):
        before = [sums for _, sums in weeks[max(0, n - WEEKS_BEFORE) : n]]
        if len(before) == WEEKS_BEFORE and week > daily.last - HALF_YEAR and sum(before) > 0 and value > 0:
            mean, off = sum(before) / WEEKS_BEFORE, sum(sums == 0 for sums in before)
            found.append(Jump("week", week, what, UNITS[what], value, mean, off))
    return [jump for jump in found if not np.isnan(jump.ratio)]


def session_jumps(log: Sequence[Weighed], since: date) -> list[Jump]:
    """Each session from `since` on beside the largest of the 30 days before it, where these held four or more.

    The measure of Frandsen et al. 2025, Br J Sports Med, who had runners' distances; here it is the low-back load of
    sessions with sets, and of each activity its distance, or its minutes where not all have one.
    """
    loads = [(item.day, item.load.power_sums[1]) for item in log if item.session.sets]
    series = [("load", UNITS["load"], [(day, load) for day, load in loads if load])]
    by_title: dict[str, list[Weighed]] = defaultdict(list)
    for item in log:
        if not item.session.sets and item.session.title:
            by_title[item.session.title.strip().casefold()].append(item)
    for items in by_title.values():
        unit, measure = ("km", km) if all(km(item) > 0 for item in items) else ("min", minutes)
        values = [(item.day, measure(item)) for item in items if measure(item) > 0]
        series.append(((items[-1].session.title or "").strip(), unit, values))
    return [
        Jump("session", spike.day, what, unit, spike.load, spike.largest_before)
        for what, unit, values in series
        for spike in spikes(values)
        if spike.largest_before and spike.compared_with >= ENOUGH_SESSIONS and spike.day >= since
    ]


def news(log: Sequence[Weighed]) -> News | None:
    """What came in the last six weeks: exercises and activities, and weights beyond every one before.

    What was not done for half a year because nothing was done for as long is told as one break.
    """
    since = log[-1].day - SIX_WEEKS + timedelta(days=1)
    if log[0].day > since - BEFORE_NEW:
        return None
    away = longest_away(log, since)
    away = away if away and away[1] >= SIX_WEEKS.days else None
    break_explains = away is not None and away[1] >= AWAY.days
    came = [one for one in firsts(log) if one.day >= since and not (break_explains and one.away_days is not None)]
    return News(tuple(came), tuple(_records([top for top in tops(log) if top.day >= since])), away)


def _records(recent: Sequence[Top]) -> list[Top]:
    """Each exercise's heaviest of these days beside the heaviest before them; the largest steps first."""
    found: dict[str, Top] = {}
    for top in recent:
        before = found.get(top.name)
        start = before.before_kg if before else top.before_kg
        if top.kg > top.before_kg:
            found[top.name] = Top(top.day, top.name, top.kg, start)
    return sorted(found.values(), key=lambda top: -top.kg / top.before_kg)


def balances(log: Sequence[Weighed]) -> list[dict[str, object]]:
    """Pulling to pushing and hinging to squatting, in sets: over the last four weeks, and over the half year."""
    recent, longer = (
        balance(Counter(e.family for item in log if item.day > log[-1].day - over for e in item.exercises if e))
        for over in (FOUR_WEEKS, HALF_YEAR)
    )
    return [
        {**row, "half_year": {"sets": usual["sets"], "ratio": usual["ratio"]}}
        for row, usual in zip(recent, longer, strict=True)
    ]


def resting(daily: Daily) -> Resting:
    """Days in a row and rest days of the last half year; weeks are whole ones on which the log goes on."""
    start = max(0, len(daily.trained) - HALF_YEAR.days)
    trained = [daily.first + timedelta(days=int(n)) for n in np.flatnonzero(daily.trained[start:]) + start]
    known = np.where(daily.covered, daily.trained.astype(float), np.nan)
    rows, first = _whole_weeks(daily, known)
    recent = [row for n, row in enumerate(rows) if first + timedelta(weeks=n) > daily.last - HALF_YEAR]
    rest = [WEEK - float(row.sum()) for row in recent if not np.isnan(row).any()]
    return Resting(
        longest_run(trained), len(rest), sum(days == 0 for days in rest), float(np.median(rest)) if rest else None
    )

"""A time line made ready to be drawn: every day of the calendar, weeks where there are many, ticks by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import isnan, nan
from statistics import fmean, median

from backstory.report.answer_values import Timeline

MEDIAN_DAYS, LEAST_SCORES = 14, 4  # scores that a median needs
WEEKS_FROM = 400  # days; longer time lines show the load by week, since a day would be thinner than a line
PAIN_GAP = 7  # mornings without a score from which that is shown as a gap
TICK_STEPS = (1, 2, 3, 4, 6)  # months, then years
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bin:
    """A bar, or a dot: `count` days from the day with ordinal `start`; its value a day (nan = not known)."""

    start: int
    count: int
    value: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every day from the first to the last.

    days, pain, load: as in Timeline, without holes; medians: the middle score of the 14 days around a day (nan = too
    few); bins: the bars, one a day or one a week (Monday to Sunday, cut at the ends).
    """

    days: Sequence[date]
    pain: Sequence[float]
    load: Sequence[float]
    medians: Sequence[float]
    bins: Sequence[Bin]
    weekly: bool


def calendar(timeline: Timeline) -> Calendar:
    """The time line on its calendar. Raises ValueError where it has no day."""
    if not timeline.days:
        raise ValueError("a time line needs a day")
    first, last = timeline.days[0], timeline.days[-1]
    days = [first + n * DAY for n in range((last - first).days + 1)]
    pain, load = (
        [told.get(day, nan) for day in days]
        for told in (dict(zip(timeline.days, values, strict=True)) for values in (timeline.pain, timeline.load))
    )
    weekly = len(days) > WEEKS_FROM
    bins = list(_weeks(days, load)) if weekly else [Bin(d.toordinal(), 1, x) for d, x in zip(days, load, strict=True)]
    return Calendar(days, pain, load, medians(pain), bins, weekly)


def medians(pain: Sequence[float]) -> list[float]:
    """The middle of the scores from seven days before each day to six after; nan where they are few, and in gaps."""
    half = MEDIAN_DAYS // 2
    found = []
    for n in range(len(pain)):
        scores = [score for score in pain[max(0, n - half) : n + half] if not isnan(score)]
        found.append(median(scores) if len(scores) >= LEAST_SCORES else nan)
    for start, end in unknown_spans([Bin(n, 1, score) for n, score in enumerate(pain)], PAIN_GAP):
        found[start:end] = [nan] * (end - start)
    return found


def _weeks(days: Sequence[date], load: Sequence[float]) -> Iterator[Bin]:
    """Means of the known days of each week; not known where that is less than half of them."""
    for _, group in groupby(zip(days, load, strict=True), key=lambda item: item[0].isocalendar()[:2]):
        week = list(group)
        known = [value for _, value in week if not isnan(value)]
        yield Bin(week[0][0].toordinal(), len(week), fmean(known) if 2 * len(known) >= len(week) else nan)


def unknown_spans(bins: Sequence[Bin], least: int = 1) -> list[tuple[int, int]]:
    """Where nothing is known for at least so many days: first ordinal, and the one after the last."""
    runs = [list(run) for unknown, run in groupby(bins, key=lambda item: isnan(item.value)) if unknown]
    spans = [(run[0].start, run[-1].start + run[-1].count) for run in runs]
    return [(start, end) for start, end in spans if end - start >= least]


def ticks(first: date, last: date, most: int) -> list[tuple[date, str, str]]:
    """Beginnings of months, at most so many, with their names; the first and every January with the year, else "".

    Of years where months are too many; where there are fewer than two months, the first and the last day.
    """
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    for step in TICK_STEPS:
        chosen = [month for month in months if (month.month - 1) % step == 0]
        if 2 <= len(chosen) <= most:
            return [(m, f"{m:%b}", str(m.year) if not n or m.month == 1 else "") for n, m in enumerate(chosen)]
    years = [month for month in months if month.month == 1]
    if len(years) >= 2:
        every = -(-len(years) // most)
        return [(year, str(year.year), "") for year in years if year.year % every == 0]
    return [(day, f"{day.day} {day:%b}", str(day.year)) for day in dict.fromkeys((first, last))]

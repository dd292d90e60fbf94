"""What is told every day, week by week: means from Monday to Sunday. A week of which nothing is known stays a gap."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from backstory.days.once import counted_once
from backstory.days.scores import DAYTIME, SLEEP, in_order_of_entry, morning_scores, told
from backstory.model import CheckIn, Session

EFFORT = "session_effort"
DAILY = ("pain", *SLEEP, *(name for name in DAYTIME if name == "stress"), EFFORT)
WEEK = timedelta(days=7)
LONGEST_MIN = 1440
ByDay = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday: the mean of what is known of it (None = nothing is), and of how many values."""

    monday: date
    mean: float | None
    values: int


def weekly_means(values: Iterable[tuple[date, float]]) -> list[Week]:
    """Every week from that of the first value to that of the last, Monday to Sunday; several values a day all count.

    >>> march = [(date(2026, 3, 2), 2.0), (date(2026, 3, 8), 4.0), (date(2026, 3, 16), 5.0)]
    >>> [week.mean for week in weekly_means(march)]
    [3.0, None, 5.0]
    """
    by_week: dict[date, list[float]] = defaultdict(list)
    for day, value in values:
        by_week[day - timedelta(days=day.weekday())].append(value)
    if not by_week:
        return []
    first = min(by_week)
    mondays = [first + n * WEEK for n in range((max(by_week) - first) // WEEK + 1)]
    return [
        Week(monday, fmean(by_week[monday]), len(by_week[monday])) if monday in by_week else Week(monday, None, 0)
        for monday in mondays
    ]


def daily_values(check_ins: Iterable[CheckIn], sessions: Sequence[Session]) -> Mapping[str, ByDay]:
    """What was told, by name and in the order of days: each of `DAILY`, () where nothing was.

    pain: each morning's score; sleep_h, sleep_quality, stress: as in the daily table (sleep belongs to the day before
    its night ended); session_effort: effort x minutes [effort·min] of each session that tells both (Foster et al. 2001,
    J Strength Cond Res), one that two apps logged counted once.
    """
    given = in_order_of_entry(check_ins)
    found: dict[str, list[tuple[date, float]]] = {name: [] for name in DAILY}
    found["pain"] = [(day, score.pain) for day, score in morning_scores(given).items()]
    for day, row in told(given).items():
        for name, value in row.items():
            if name in found:
                found[name].append((day, value))
    for session in counted_once(sessions):
        minutes = None if session.duration_s is None else session.duration_s / 60
        if session.effort is not None and minutes and minutes <= LONGEST_MIN:
            found[EFFORT].append((session.day, session.effort * minutes))
    return {name: tuple(sorted(values, key=lambda item: item[0])) for name, values in found.items()}

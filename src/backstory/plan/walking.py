"""How long the walks of the next week are: a little more each week (R03)."""

from collections.abc import Mapping
from datetime import date, timedelta

WEEK = timedelta(days=7)
GROWTH = 1.15  # a week; judgement within the 10 to 20 % that walking may grow by
MOST_MINUTES, MOST_A_WEEK = 30.0, 150.0  # R03: half an hour on five days
LOOK_BACK_WEEKS = 2


def walk_minutes(walks: Mapping[date, float], first: date, times: int, usual: float) -> float:
    """Minutes of each of the next week's walks.

    walks: minutes walked by day; times: walks in the week; usual: where the log knows of none. The better of the last
    two weeks counts, since not every walk is written down; nobody is asked for less than `usual`, nor for a
    walk that is much longer than the longest of them.

    >>> week = {date(2026, 11, day): 20.0 for day in (17, 19, 21)}
    >>> walk_minutes(week, date(2026, 11, 23), 3, 20.0), walk_minutes({}, date(2026, 11, 23), 3, 20.0)
    (23.0, 20.0)
    """
    weeks = [
        sum(took for day, took in walks.items() if first - n * WEEK <= day < first - (n - 1) * WEEK)
        for n in range(1, LOOK_BACK_WEEKS + 1)
    ]
    since = first - LOOK_BACK_WEEKS * WEEK
    longest = max((took for day, took in walks.items() if since <= day < first), default=0.0)
    aim = min(GROWTH * max(weeks) / max(times, 1), GROWTH * longest, MOST_A_WEEK / max(times, 1))
    return float(round(min(max(aim, usual), MOST_MINUTES)))


def walks_often(walks: Mapping[date, float], first: date, days: int) -> bool:
    """Whether last week held more walks than every other one of so many days of rest."""
    return sum(first - WEEK <= day < first for day in walks) > days / 2

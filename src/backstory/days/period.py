"""What check-ins say about a stretch of days: on how many days, and how much on average. Not told is not none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import nan
from statistics import fmean

from backstory.days.scores import DAY, DAYTIME, SLEEP, in_order_of_entry, morning_scores, told
from backstory.model import CheckIn

WORDS = ("where", "feels", "hurts")
AVERAGED = (*SLEEP, *(name for name in DAYTIME if name != "painkiller"))


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included.

    pain: the morning's score 0-10 of each day (nan = not scored); words: for where, feels and hurts, each word with the
    number of days on which it was told, most first; leg_symptoms, painkiller: days with them, and days that say; means:
    mean and number of days or nights by name, in the unit of the check-in.
    """

    first: date
    last: date
    pain: tuple[float, ...]
    words: Mapping[str, tuple[tuple[str, int], ...]]
    leg_symptoms: tuple[int, int]
    painkiller: tuple[int, int]
    means: Mapping[str, tuple[float, int]]


def period(check_ins: Iterable[CheckIn], first: date, last: date) -> Period:
    """What was told about these days; sleep told on a morning is that of the night before it, as in the daily table.

    The later entry about a day counts. Raises ValueError where `last` lies before `first`.
    """
    if last < first:
        raise ValueError(f"{last} lies before {first}")
    given = in_order_of_entry(check_ins)
    scores = morning_scores(given)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    inside = [check_in for check_in in given if first <= check_in.day <= last]
    rows = told(given)
    values = {name: [rows[day][name] for day in days if name in rows.get(day, {})] for name in (*SLEEP, *DAYTIME)}
    taken = values["painkiller"]
    return Period(
        first,
        last,
        tuple(scores[day].pain if day in scores else nan for day in days),
        {name: _days_with(inside, name) for name in WORDS},
        _legs(inside),
        (sum(value > 0 for value in taken), len(taken)),
        {name: (fmean(values[name]), len(values[name])) for name in AVERAGED if values[name]},
    )


def _days_with(check_ins: Sequence[CheckIn], name: str) -> tuple[tuple[str, int], ...]:
    """Each word with its number of days, most first, and by the alphabet where they are as many."""
    days: dict[str, set[date]] = defaultdict(set)
    for check_in in check_ins:
        for word in getattr(check_in, name):
            days[word].add(check_in.day)
    return tuple(sorted(((word, len(on)) for word, on in days.items()), key=lambda item: (-item[1], item[0])))


def _legs(check_ins: Sequence[CheckIn]) -> tuple[int, int]:
    """A day with them stays one, whatever its evening says."""
    told_on = {check_in.day for check_in in check_ins if check_in.leg_symptoms is not None}
    with_them = {check_in.day for check_in in check_ins if check_in.leg_symptoms}
    return len(with_them), len(told_on)

"""What the page for a doctor or trainer shows, as plain values that somebody else fills in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isinf

from backstory.report.answer_values import plain

PAPERS = ("a4", "letter")
LONGEST_NAME = 44  # letters
WEEK = 7


@dataclass(frozen=True, slots=True)
class Week:
    """Load of seven days: the sum of what is known of it, in the unit of `load_label`, and on how many days it is."""

    load: float
    days_known: int

    @property
    def mostly_known(self) -> bool:
        """Whether most of its days are."""
        return 2 * self.days_known > WEEK


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines, each one short paragraph. `urgent`: the first of them must not be overlooked."""

    heading: str
    lines: tuple[str, ...]
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class DoctorPage:
    """Everything on the page, in its order. Raises ValueError where pain and weeks do not cover the same days.

    made_on: the day that the page is from; first: of the days it covers; pain: each morning's score 0-10 (nan = not
    scored), whole weeks of seven days; weeks: one for each of them; load_label: what the load is, with its unit;
    captions: below the chart; footer: where it comes from.
    """

    title: str
    made_on: date
    first: date
    pain: Sequence[float]
    weeks: Sequence[Week]
    load_label: str
    captions: Sequence[str]
    sections: Sequence[Section]
    footer: Sequence[str]

    def __post_init__(self) -> None:
        if not len(self.pain) == WEEK * len(self.weeks) > 0:
            raise ValueError("pain and weeks must cover the same days")
        if any(isinf(value) for value in (*self.pain, *(week.load for week in self.weeks))):
            raise ValueError("pain and load must be finite, or nan")

    @property
    def last(self) -> date:
        """The last day it covers."""
        return self.first + timedelta(days=len(self.pain) - 1)


def few(words: Sequence[str], most: int, between: str = ", ") -> str:
    """The first ones, and how many there are beside them.

    >>> few(["a", "b", "c", "d"], 2), few(["a", "b"], 2), few([], 2)
    ('a, b and 2 more', 'a, b', '')
    """
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return between.join(words[:most]) + more


def shortened(name: str, most: int = LONGEST_NAME) -> str:
    """A name on one line, cut where it is too long for it.

    >>> shortened("Deadlift"), shortened("Single Leg Romanian Deadlift", 12)
    ('Deadlift', 'Single Leg…')
    """
    line = plain(name)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"

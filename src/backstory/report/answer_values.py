"""What the page of an answer shows, as plain values that somebody else fills in."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isinf, isnan

Band = tuple[str, float, float, float]  # name, pain points, ends of the 90 % range; nan = could not be computed
Effect = tuple[str, float, float, float, str]  # the same, and the verdict in words
Check = tuple[str, bool | None, str]  # name, passed (None = does not apply), a sentence
LAGS = 7


@dataclass(frozen=True, slots=True)
class Timeline:
    """Pain and load day by day. Raises ValueError for lengths that differ, days out of order, infinite numbers.

    days: the calendar, ascending; a day that is left out counts as not known; pain: the morning's score 0-10 (nan = not
    scored); load: in any unit (nan = not known, 0 = known to be none); load_label: what it is, with its unit;
    unit_note: a sentence that says what the unit means.
    """

    days: Sequence[date]
    pain: Sequence[float]
    load: Sequence[float]
    load_label: str
    unit_note: str

    def __post_init__(self) -> None:
        if not len(self.days) == len(self.pain) == len(self.load):
            raise ValueError("days, pain and load must be of one length")
        if any(later <= earlier for earlier, later in pairwise(self.days)):
            raise ValueError("days must ascend")
        if any(isinf(value) for value in (*self.pain, *self.load)):
            raise ValueError("pain and load must be finite, or nan")


@dataclass(frozen=True, slots=True)
class LagCurve:
    """Pain points on each of the seven mornings after a day like the example, with the ends of their 90 % ranges.

    example: "a day like 14 March 2026 (2.1 x your usual training day)". Raises ValueError where there are not seven.
    """

    label: str
    points: Sequence[float]
    lo90: Sequence[float]
    hi90: Sequence[float]
    example: str

    def __post_init__(self) -> None:
        if not len(self.points) == len(self.lo90) == len(self.hi90) == LAGS:
            raise ValueError(f"a curve has {LAGS} mornings")


@dataclass(frozen=True, slots=True)
class Fortnight:
    """What a lighter or heavier fortnight would be expected to bring: pain points a morning, on average."""

    text: str
    rows: Sequence[Band]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Everything on the page, in its order. What is empty or None is left out.

    sentence, paragraphs: the answer in words; effects_note: what the points of `effects` count; chances: what can be
    found by when, before there is an answer; footnotes: what the answer cannot know, days covered, the next step.
    """

    title: str
    sentence: str
    paragraphs: Sequence[str] = ()
    timeline: Timeline | None = None
    curves: Sequence[LagCurve] = ()
    fortnight: Fortnight | None = None
    effects: Sequence[Effect] = ()
    effects_note: str = ""
    checks: Sequence[Check] = ()
    evidence: Sequence[str] = ()
    chances: Sequence[str] = ()
    footnotes: Sequence[str] = ()
    versions: str = ""


def plain(text: str) -> str:
    """Text on one line, without characters that neither HTML nor SVG can hold."""
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return " ".join("".join(kept).split())


def points(value: float) -> str:
    """Pain points with their sign, to two decimals; a dash where there are none.

    >>> points(0.314), points(-0.2), points(-0.001), points(float("nan"))
    ('+0.31', '−0.20', '0.00', '–')
    """
    if isnan(value):
        return "–"
    rounded = round(value, 2)
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"


def amount(value: float) -> str:
    """A load, to three digits or to whole numbers.

    >>> amount(0), amount(1.2345), amount(1234.5), amount(2500000)
    ('0', '1.23', '1,234', '2,500,000')
    """
    return f"{value:.3g}" if abs(value) < 1000 and f"{value:.3g}" != "1e+03" else f"{value:,.0f}"


def shown(day: date) -> str:
    """A day as a person writes it."""
    return f"{day.day} {day:%b %Y}"

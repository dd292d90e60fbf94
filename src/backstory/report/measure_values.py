"""A measure over time as its charts show it: plain values that somebody else fills in, and the scale they stand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, isfinite, isnan, log10

STEPS = (1.0, 2.0, 5.0, 10.0)
SHOWN_WHOLE = 24  # points; a scale of up to so many is shown from end to end
LEAST_REACH = 2.0
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class MeasureChart:
    """Values by day, the oldest first; nan = not known that week, a gap. Raises ValueError for what cannot be drawn.

    name: of the measure; scale: what its numbers mean, such as "0 to 10, lower is better"; unit: "" for points; range:
    least and most possible value; band: ends of what is too near to the first value for people to notice, None = not
    known; weekly: whether values are means of the weeks that begin on these days; sentences: what is said of them;
    notes: smaller, below everything.
    """

    name: str
    scale: str
    unit: str
    range: tuple[float, float]
    days: Sequence[date]
    values: Sequence[float]
    band: tuple[float, float] | None = None
    weekly: bool = False
    sentences: Sequence[str] = ()
    notes: Sequence[str] = ()

    def __post_init__(self) -> None:
        if len(self.days) != len(self.values) or not self.known:
            raise ValueError("a chart needs a day for each value, and one value that is known")
        if any(later <= earlier for earlier, later in pairwise(self.days)):
            raise ValueError("days must ascend")
        if not all(isfinite(value) for value in self.known):
            raise ValueError("values must be finite, or nan")

    @property
    def known(self) -> list[float]:
        """The values without the gaps."""
        return [value for value in self.values if not isnan(value)]

    @property
    def description(self) -> str:
        """What the chart shows, for those who do not see it."""
        first, *_, last = (*self.known, self.known[-1])
        each = "means of weeks" if self.weekly else "values"
        told = f"{self.name}, {self.scale}: {len(self.known)} {each}, from {number(first)} to {number(last)}"
        spread = f"the least {number(min(self.known))}, the most {number(max(self.known))}"
        return f"{told}; {spread}." if len(self.known) > 1 else f"{self.name}, {self.scale}: {number(first)}."


def scale_marks(chart: MeasureChart, most: int) -> list[float]:
    """Even marks on the scale, at most so many steps: the whole of a short scale, of another what the values need.

    The first and the last mark are the ends of what is shown.
    """
    least, largest = chart.range
    if not chart.unit and largest - least <= SHOWN_WHOLE:
        return _whole(least, largest, most)
    low, high = min((*chart.known, *(chart.band or ()))), max((*chart.known, *(chart.band or ())))
    margin = max(0.0, LEAST_REACH - (high - low)) / 2 + 0.05 * (high - low)
    low, high = max(least, low - margin), min(largest, high + margin)
    step = _step(high - low, most)
    bottom, top = floor(low / step + TINY), ceil(high / step - TINY)
    while top - bottom > most:
        step = _step(step * most * 1.01, most)
        bottom, top = floor(low / step + TINY), ceil(high / step - TINY)
    return [round(n * step, 9) for n in range(bottom, top + 1)]


def _whole(least: float, largest: float, most: int) -> list[float]:
    """A scale of whole numbers from end to end, in the least whole steps that divide it."""
    span = round(largest - least)
    step = next(step for step in range(ceil(span / most), span + 1) if span % step == 0)
    return [least + n for n in range(0, span + 1, step)]


def _step(span: float, most: int) -> float:
    """The least round step with which so many reach over the span."""
    wanted = span / most
    size = 10.0 ** floor(log10(wanted))
    return next(size * step for step in STEPS if size * step >= wanted - TINY)


def number(value: float) -> str:
    """With one decimal where it is not whole.

    >>> number(4.0), number(4.25)
    ('4', '4.2')
    """
    return f"{value:.1f}".removesuffix(".0")

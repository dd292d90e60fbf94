"""A measure over time in a terminal: one letter a place, nothing but text."""

from math import isnan
from statistics import fmean

from backstory.report.measure_values import MeasureChart, number, scale_marks

DOT, BAND = "●", "░"
MOST_STEPS = 12
LEAST_WIDTH = 40


def lines(chart: MeasureChart, width: int = 80) -> list[str]:
    """The chart in lines of at most so many letters; a place that several values fall on shows their mean.

    Height goes by the nearest mark of the scale; the shaded rows are those inside the band, without its ends.
    """
    marks = scale_marks(chart, MOST_STEPS)
    labels = [number(mark) for mark in marks]
    gutter = max(map(len, labels)) + 2
    across = max(width, LEAST_WIDTH) - gutter - 1
    step = marks[1] - marks[0]
    places = {column: round((value - marks[0]) / step) for column, value in _columns(chart, across).items()}
    low, high = chart.band or (1.0, 0.0)
    drawn = []
    for row, (mark, label) in enumerate(zip(marks, labels, strict=True)):
        ground = BAND if low < mark < high else " "
        letters = [DOT if places.get(column) == row else ground for column in range(across)]
        drawn.append(f"{label:>{gutter - 1}} │{''.join(letters)}".rstrip())
    first, last = (day.isoformat() for day in (chart.days[0], chart.days[-1]))
    below = first if first == last else f"{first}{last:>{across - len(first)}}"
    return [*reversed(drawn), f"{' ' * gutter}└{'─' * across}", f"{' ' * (gutter + 1)}{below}"]


def _columns(chart: MeasureChart, across: int) -> dict[int, float]:
    """The value at each place of the time line that has one."""
    start, end = chart.days[0].toordinal(), chart.days[-1].toordinal()
    found: dict[int, list[float]] = {}
    for day, value in zip(chart.days, chart.values, strict=True):
        if not isnan(value):
            place = round((day.toordinal() - start) / max(1, end - start) * (across - 1))
            found.setdefault(place, []).append(value)
    return {place: fmean(values) for place, values in found.items()}

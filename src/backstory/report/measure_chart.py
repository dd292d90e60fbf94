"""A measure over time as SVG: dots and a line, the band of what people do not notice, gaps where nothing is known."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from math import isnan

from backstory.report.answer_calendar import ticks
from backstory.report.answer_style import DARK, LIGHT, ON_PAPER
from backstory.report.answer_values import plain, shown
from backstory.report.measure_values import MeasureChart, number, scale_marks

WIDE, NARROW = 704, 340  # units, about pixels
TOP, BELOW, RIGHT = 30, 40, 14
LETTER = 7.0  # units; what a figure is wide
HEIGHT = {WIDE: 240, NARROW: 190}  # of the panel
MOST_STEPS = 5
LARGE = 4.5
RADIUS = ((60, LARGE), (200, 2.5), (10**6, 1.4))  # of the dots, by how many there are at most
LEAST_SHOWN = 28  # days; a shorter time line does not fill the width
MARGIN = 28  # around a chart that stands alone
BAND = "Shaded: too near to the first value (dashed) for people to notice."
STYLE = (
    f"svg{{{LIGHT};background:var(--paper);color-scheme:light dark;font-family:system-ui,sans-serif}}"
    f"@media(prefers-color-scheme:dark){{svg{{{DARK}}}}}@media print{{svg{{{ON_PAPER};color-scheme:light}}}}"
)


def inside(chart: MeasureChart, width: int, kind: str = "") -> str:
    """One `<svg>` for a page that has the colours; kind: its class beside `chart`."""
    names = " ".join(("chart", kind)).strip()
    return f'<svg class="{names}" {_frame(chart, width)}>{_drawn(chart, width)}</svg>'


def alone(chart: MeasureChart) -> str:
    """A file of its own, with its colours and with the numbers in words."""
    told = (
        f"{shown(day)}: {'not known' if isnan(value) else number(value)}"
        for day, value in zip(chart.days, chart.values, strict=True)
    )
    words = [chart.description, *chart.sentences, *chart.notes, f"Values: {', '.join(told)}."]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {_frame(chart, WIDE, MARGIN)}><title>{_text(chart.name)}</title>'
        f"<desc>{_text(' '.join(words))}</desc><style>{STYLE}</style>"
        f'<rect x="{-MARGIN}" y="{-MARGIN}" width="100%" height="100%" fill="var(--paper)"/>'
        f'<text x="0" y="-8" fill="var(--ink)" font-size="14" font-weight="600">{_text(chart.name)}</text>'
        f"{_drawn(chart, WIDE)}{_caption(chart)}</svg>\n"
    )


def _frame(chart: MeasureChart, width: int, margin: int = 0) -> str:
    height = TOP + HEIGHT[width] + BELOW
    box = f"{-margin} {-margin} {width + 2 * margin} {height + 2 * margin}"
    return f'viewBox="{box}" font-size="12" role="img" aria-label="{_text(chart.description)}"'


def _caption(chart: MeasureChart) -> str:
    return _words(0, TOP + HEIGHT[WIDE] + BELOW + 14, BAND, "start") if chart.band else ""


def _drawn(chart: MeasureChart, width: int) -> str:
    return "".join(_Panel(chart, width).parts())


class _Panel:
    """The panel's scales, and what is drawn on them."""

    def __init__(self, chart: MeasureChart, width: int) -> None:
        self.chart, self.width = chart, width
        self.marks = scale_marks(chart, MOST_STEPS)
        self.left = LETTER * max(len(number(mark)) for mark in self.marks) + 12
        self.right, self.bottom = width - RIGHT, TOP + HEIGHT[width]
        first, last = chart.days[0].toordinal(), chart.days[-1].toordinal()
        self.first, self.span = first, max(last - first, LEAST_SHOWN)
        self.radius = next(radius for most, radius in RADIUS if len(chart.known) <= most)

    def x(self, day: int) -> float:
        """Across, of a day's ordinal: a dot's width inside both edges."""
        edge = 2 * LARGE
        return self.left + edge + (self.right - self.left - 2 * edge) * (day - self.first) / self.span

    def y(self, value: float) -> float:
        share = (value - self.marks[0]) / (self.marks[-1] - self.marks[0])
        return self.bottom - HEIGHT[self.width] * share

    def parts(self) -> Iterator[str]:
        scale = f"{self.chart.scale}, means of weeks" if self.chart.weekly else self.chart.scale
        yield f'<text x="0" y="14" fill="var(--ink)">{_text(scale[:1].upper() + scale[1:])}</text>'
        yield from self._band()
        for mark in self.marks:
            yield _line(self.left, self.y(mark), self.right, self.y(mark), "line", 0.8)
            yield _words(self.left - 8, self.y(mark) + 4, number(mark), "end")
        yield from self._months()
        yield from self._first_value()
        yield from self._values()

    def _band(self) -> Iterator[str]:
        if self.chart.band is None:
            return
        low, high = max(self.chart.band[0], self.marks[0]), min(self.chart.band[1], self.marks[-1])
        top, tall = self.y(high), self.y(low) - self.y(high)
        size = f'width="{self.right - self.left:.1f}" height="{tall:.1f}"'
        yield f'<rect x="{self.left:.1f}" y="{top:.1f}" {size} fill="var(--tint)" fill-opacity=".55"/>'

    def _first_value(self) -> Iterator[str]:
        if self.chart.band is not None:
            height = self.y(self.chart.known[0])
            yield _line(self.left, height, self.right, height, "quiet", 1.2, "5 4")

    def _months(self) -> Iterator[str]:
        for day, month, year in ticks(self.chart.days[0], self.chart.days[-1], self.width // 60):
            across = self.x(day.toordinal())
            yield _line(across, TOP, across, self.bottom, "line", 0.8)
            for word, below in ((month, 17), (year, 32)):
                if word:
                    yield _words(across, self.bottom + below, word, "middle")

    def _values(self) -> Iterator[str]:
        places = [
            (self.x(day.toordinal()), value) for day, value in zip(self.chart.days, self.chart.values, strict=True)
        ]
        for known, run in groupby(places, key=lambda place: not isnan(place[1])):
            if known:
                points = [(across, self.y(value)) for across, value in run]
                way = " ".join(f"{across:.1f},{height:.1f}" for across, height in points)
                if len(points) > 1:
                    yield f'<polyline points="{way}" fill="none" stroke="var(--ink)" stroke-width="1.4"/>'
                for across, height in points:
                    yield f'<circle cx="{across:.1f}" cy="{height:.1f}" r="{self.radius}" fill="var(--ink)"/>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, wide: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="var(--{colour})" stroke-width="{wide}"{dashed}/>'


def _words(x: float, y: float, words: str, side: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="var(--quiet)" text-anchor="{side}">{_text(words)}</text>'


def _text(text: str) -> str:
    return escape(plain(text))

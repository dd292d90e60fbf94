"""The charts of an answer as the page holds them: picture, words below it, and a table of the same numbers."""

from collections.abc import Iterable, Sequence
from html import escape
from math import isnan
from typing import TYPE_CHECKING

from backstory.report import answer_plots as plots
from backstory.report.answer_calendar import MEDIAN_DAYS, Calendar, calendar
from backstory.report.answer_values import Effect, LagCurve, Timeline, amount, plain, points, shown
from backstory.report.drawn import INK, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE, NARROW, PANEL = 704, 340, 320  # units, about pixels
RANGE = "{} is the best estimate; the shaded range holds the true value about 9 times in 10."


def timeline_figure(timeline: Timeline) -> str:
    """Pain above, load below, on one calendar."""
    known = calendar(timeline)
    first, last = shown(known.days[0]), shown(known.days[-1])
    bars = "average a day, week by week" if known.weekly else "day by day"
    words = [
        f"Above: a dot is a morning's pain score, the line the middle score of {MEDIAN_DAYS} days. "
        f"Below: {timeline.load_label}, {bars}.",
        "Hatched: not known, which is not the same as none.",
        timeline.unit_note,
    ]
    label = f"Pain and load from {first} to {last}"
    pictures = (
        svg(_two_panels(known, timeline.load_label, width), f"time-{kind}", label, kind)
        for width, kind in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return _figure(pictures, label, words, _day_table(known))


def curve_figure(curve: LagCurve, key: str, reach: tuple[float, float]) -> str:
    """One panel: the seven mornings after. reach: the least and most shown, the same for all panels."""
    figure, (axes,) = _sheet(PANEL, 204, [(10, 150)], left=44)
    plots.draw_curve(axes, curve, reach)
    label = f"{plain(curve.label)}: pain points on each of the seven mornings after"
    picture = svg(figure, key, label)
    rows = [
        [str(n + 1), points(value), points(low), points(high)]
        for n, (value, low, high) in enumerate(zip(curve.points, curve.lo90, curve.hi90, strict=True))
    ]
    table = _table(["Morning", "Points", "From", "To"], rows, "bands")
    heading = f"<h3>{_text(curve.label)}</h3>"
    return _figure([picture], label, [f"Pain points on morning 1 to 7 after {curve.example}."], table, heading)


def band_figure(rows: Sequence[Effect], key: str, label: str, words: Sequence[str]) -> str:
    """A dot and a range for each row. words: what the points count, and what else is said below."""
    pictures = []
    for width, kind in ((WIDE, "wide"), (NARROW, "narrow")):
        narrow = kind == "narrow"
        height = plots.ROW[narrow] * len(rows)
        figure, (axes,) = _sheet(width, height + 44, [(0, height)], left=1)
        plots.draw_bands(axes, rows, narrow=narrow)
        pictures.append(svg(figure, f"{key}-{kind}", label, kind))
    told = any(row[4] for row in rows)
    cells = [
        [name, points(value), points(low), points(high), *([said] if told else [])]
        for name, value, low, high, said in rows
    ]
    head = ["What", "Points", "From", "To", *(["In words"] if told else [])]
    return _figure(pictures, label, words, _table(head, cells, "worded" if told else "bands"))


def reach_of_curves(curves: Sequence[LagCurve]) -> tuple[float, float]:
    """The least and most that panels beside each other show."""
    values = [value for curve in curves for side in (curve.points, curve.lo90, curve.hi90) for value in side]
    known = [value for value in values if not isnan(value)]
    low, high = min([-plots.LEAST_REACH, *known]), max([plots.LEAST_REACH, *known])
    margin = (plots.ROOM - 1) * (high - low)
    return low - margin, high + margin


def _two_panels(known: Calendar, load_label: str, width: int) -> "Figure":
    pain_height, load_height = (180, 120) if width == WIDE else (140, 100)
    below = 28 + pain_height + 40
    figure, (above, under) = _sheet(width, below + load_height + 40, [(28, pain_height), (below, load_height)], left=44)
    plots.draw_pain(above, known)
    plots.draw_load(under, known)
    plots.draw_months(above, known, width // 60, named=False)
    plots.draw_months(under, known, width // 60, named=True)
    letters = plots.LINE_LETTERS[width == NARROW]
    for axes, words in ((above, "Pain in the morning, 0 to 10"), (under, load_label[:1].upper() + load_label[1:])):
        axes.set_title(
            plots.shorten(words, letters), loc="left", x=-44 / (width - 60), fontsize=plots.TEXT, color=INK,
            parse_math=False,
        )  # fmt: skip
    return figure


def _sheet(width: int, height: int, panels: Sequence[tuple[int, int]], left: int) -> tuple["Figure", list["Axes"]]:
    """A figure with panels below each other, all in units; panels: distance from the top, height."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    across = (width - left - 16) / width
    return figure, [
        figure.add_axes((left / width, 1 - (top + tall) / height, across, tall / height)) for top, tall in panels
    ]


def _day_table(known: Calendar) -> str:
    """Every day; where bars are weeks, their average beside the week's first day."""
    weeks = {bar.start: bar for bar in known.bins} if known.weekly else {}
    rows = []
    for day, pain, middle, load in zip(known.days, known.pain, known.medians, known.load, strict=True):
        cells = [
            shown(day), _or(f"{pain:g}", pain, "not scored"), _or(f"{middle:g}", middle, "–"),
            _or(amount(load), load, "not known"),
        ]  # fmt: skip
        bar = weeks.get(day.toordinal())
        rows.append([*cells, *([_or(amount(bar.value), bar.value, "not known")] if bar else [])])
    spans = [weeks[day.toordinal()].count if day.toordinal() in weeks else 0 for day in known.days]
    head = ["Day", "Pain", f"Middle of {MEDIAN_DAYS} days", "Load", *(["Over the week"] if weeks else [])]
    return _table(head, rows, "days", spans if weeks else ())


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], kind: str, spans: Sequence[int] = ()) -> str:
    """kind: its class; spans: over how many rows the last cell of a row goes, where it has one."""
    top = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in head)
    body = []
    for n, (first, *cells) in enumerate(rows):
        made = [f"<td>{_text(cell)}</td>" for cell in cells]
        if spans and spans[n] > 1:
            made[-1] = made[-1].replace("<td>", f'<td rowspan="{spans[n]}">', 1)
        body.append(f'<tr><th scope="row">{_text(first)}</th>{"".join(made)}</tr>\n')
    return f'<table class="{kind}"><thead><tr>{top}</tr></thead><tbody>\n{"".join(body)}</tbody></table>'


def _figure(pictures: Iterable[str], label: str, words: Sequence[str], table: str, heading: str = "") -> str:
    """label: what it shows; a table too wide for the screen scrolls by itself, with the keyboard too."""
    caption = "".join(f"<p>{_text(line)}</p>" for line in words if line)
    return (
        f"<figure>{heading}{''.join(pictures)}<figcaption>{caption}</figcaption>"
        "<details><summary>The same in numbers</summary>"
        f'<div class="scroll" role="region" aria-label="{_text(label)}: numbers" tabindex="0">{table}</div>'
        "</details></figure>\n"
    )


def _or(text: str, value: float, otherwise: str) -> str:
    return otherwise if isnan(value) else text


def _text(text: str) -> str:
    return escape(plain(text))

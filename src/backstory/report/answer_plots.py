"""The pictures of an answer. Each function draws on the axes it is given and returns them."""

from collections.abc import Sequence
from itertools import groupby
from math import isnan
from typing import TYPE_CHECKING, Any

from backstory.report.answer_calendar import PAIN_GAP, Bin, Calendar, ticks, unknown_spans
from backstory.report.answer_values import LAGS, Effect, LagCurve, amount, plain
from backstory.report.drawn import ACCENT, INK, LINE, QUIET, TINT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = {True: 76, False: 46}  # height of a row of names and bands, narrow and wide
LEAST_SHOWN = 28  # days; a shorter time line does not fill the width
LEAST_REACH = 0.2  # pain points on either side of none
DOT_AND_LINE = ((120, (5.0, 1.6)), (800, (3.2, 1.4)), (10**6, (1.8, 0.9)))  # widths on time lines up to so many days
BAR = 0.8  # of a day or week
TEXT = 12.0
ROOM = 1.12  # beyond the largest value
NAME_LETTERS, LINE_LETTERS = 40, {True: 42, False: 84}  # that fit: of a name, of a line (narrow, wide)


def draw_pain(axes: "Axes", known: Calendar) -> "Axes":
    """A dot for each morning's score, and the 14-day median as a line; weeks without a score are hatched."""
    start = known.days[0].toordinal()
    scored = [(start + n, score) for n, score in enumerate(known.pain) if not isnan(score)]
    bins = [Bin(start + n, 1, score) for n, score in enumerate(known.pain)]
    _hatched(axes, unknown_spans(bins, PAIN_GAP))
    size, line = next(look for most, look in DOT_AND_LINE if len(bins) <= most)
    draw_dots(axes, scored, size, QUIET)
    axes.plot(range(start, start + len(bins)), known.medians, color=INK, lw=line, clip_on=False)
    axes.set(ylim=(-0.4, 10.4), yticks=[0, 5, 10], yticklabels=["0", "5", "10"])
    return _bare(axes)


def draw_load(axes: "Axes", known: Calendar) -> "Axes":
    """Bars of load, one a day or one a week; days that are not known are hatched, days without have no bar."""
    bars = [(bar.start - 0.5 + bar.count / 2, bar.count, bar.value) for bar in known.bins if bar.value > 0]
    top = max((load for *_, load in bars), default=1.0) * ROOM
    _hatched(axes, unknown_spans(known.bins))
    corners = [
        [(x - BAR / 2 * days, 0.0), (x - BAR / 2 * days, load), (x + BAR / 2 * days, load), (x + BAR / 2 * days, 0.0)]
        for x, days, load in bars
    ]
    _shapes(axes, corners, facecolor=ACCENT, lw=0)
    axes.axhline(0, color=QUIET, lw=1, clip_on=False)
    from matplotlib.ticker import MaxNLocator

    marks = [float(mark) for mark in MaxNLocator(3).tick_values(0, top) if 0 <= mark <= top]
    axes.set(ylim=(0, top), yticks=marks, yticklabels=[_brief(mark) for mark in marks])
    return _bare(axes)


def draw_months(axes: "Axes", known: Calendar, most: int, *, named: bool) -> "Axes":
    """A fine line at the beginning of each month, or of every few; with its name below the last panel."""
    first, last = known.days[0], known.days[-1]
    marks = ticks(first, last, most)
    axes.set_xlim(first.toordinal() - 0.5, max(last.toordinal() + 0.5, first.toordinal() + LEAST_SHOWN - 0.5))
    axes.set_xticks([day.toordinal() for day, *_ in marks], [""] * len(marks))
    axes.grid(axis="x", color=LINE, lw=0.8, clip_on=False)
    for day, month, year in marks if named else ():
        for words, below in ((month, 16), (year, 31)):
            place: dict[str, Any] = {
                "xycoords": ("data", "axes fraction"),
                "textcoords": "offset points",
                "ha": "center",
            }
            axes.annotate(words, (day.toordinal(), 0), (0, -below), fontsize=TEXT, color=QUIET, **place)
    return axes


def draw_curve(axes: "Axes", curve: LagCurve, reach: tuple[float, float]) -> "Axes":
    """Pain points on each of the seven mornings after, with their range; reach: the least and most shown."""
    mornings = list(range(1, LAGS + 1))
    _shapes(axes, _band(mornings, curve.lo90, curve.hi90), facecolor=TINT, lw=0)
    axes.axhline(0, color=QUIET, lw=1, clip_on=False)
    axes.plot(mornings, curve.points, color=INK, lw=1.8, clip_on=False)
    draw_dots(axes, list(zip(mornings, curve.points, strict=True)), 6.5, INK)
    marks = _marks(*reach, 4)
    axes.set(xlim=(0.6, LAGS + 0.4), xticks=mornings, xticklabels=[str(morning) for morning in mornings])
    axes.set_xlabel("mornings after the day", fontsize=TEXT, color=QUIET)
    axes.set(ylim=reach, yticks=marks, yticklabels=[_signed(mark) for mark in marks])
    for height, side, words in ((1.0, "top", "↑ more pain"), (0.03, "bottom", "↓ less pain")):
        place: dict[str, Any] = {"transform": axes.transAxes, "va": side, "ha": "right"}
        axes.text(0.99, height, words, fontsize=TEXT - 1, color=QUIET, **place)
    return _bare(axes)


def draw_bands(axes: "Axes", rows: Sequence[Effect], *, narrow: bool) -> "Axes":
    """A dot and its range for each row, name and words above it; the stroke in the middle is none.

    The axes must be `ROW` units high for each row.
    """
    reach, unit = reach_of([value for row in rows for value in row[1:4]]), 1 / ROW[narrow]
    for n, (label, value, low, high, words) in enumerate(rows):
        axes.plot([-reach, reach], [-n, -n], color=LINE, lw=0.8, clip_on=False)
        axes.plot([0, 0], [9 * unit - n, -9 * unit - n], color=QUIET, lw=1, clip_on=False)
        if low <= high:
            axes.plot([low, high], [-n, -n], color=TINT, lw=9, solid_capstyle="butt", clip_on=False)
        draw_dots(axes, [(value, -float(n))], 9, INK)
        place: dict[str, Any] = {"parse_math": False, "va": "baseline", "fontsize": TEXT}
        name = shorten(label, NAME_LETTERS)
        said = shorten(words, LINE_LETTERS[narrow] - (0 if narrow else len(name)))
        axes.text(-reach, (32 if narrow else 15) * unit - n, name, color=INK, fontweight="bold", **place)
        across, side = (-reach, "left") if narrow else (reach, "right")
        axes.text(across, 15 * unit - n, said, color=QUIET, ha=side, **place)
    below = 14 * unit
    marks = _marks(-reach, reach, 4 if narrow else 6)
    axes.set(xlim=(-reach, reach), ylim=(1 - len(rows) - below, 1 - below))
    axes.set(yticks=[], xticks=marks, xticklabels=[_signed(mark) for mark in marks])
    for across, side, words in ((0, "left", "← less pain"), (1, "right", "more pain →")):
        end: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": side}
        axes.annotate(words, (across, 0), (0, -34), fontsize=TEXT, color=QUIET, **end)
    return _bare(axes)


def draw_dots(axes: "Axes", places: Sequence[tuple[float, float]], size: float, colour: str) -> "Axes":
    """Discs of this diameter: strokes of no length with round ends, in one path."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    known = [place for place in places if not isnan(place[1] + place[0])]
    if known:
        path = Path([corner for place in known for corner in (place, place)], [Path.MOVETO, Path.LINETO] * len(known))
        axes.add_patch(
            PathPatch(path, fill=False, edgecolor=colour, lw=size, capstyle="round", clip_on=False, zorder=3)
        )
    return axes


def reach_of(values: Sequence[float]) -> float:
    """How far an axis goes on either side of none, so that all of these are on it."""
    return ROOM * max([LEAST_REACH, *(abs(value) for value in values if not isnan(value))])


def shorten(text: str, letters: int) -> str:
    """A label that fits; the whole one stands in the table."""
    text = plain(text)
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _marks(low: float, high: float, most: int) -> list[float]:
    from matplotlib.ticker import MaxNLocator

    return [float(mark) for mark in MaxNLocator(most).tick_values(low, high) if low <= mark <= high]


def _brief(mark: float) -> str:
    return amount(mark) if mark < 1e5 else f"{mark / 1000:,.0f}k"


def _signed(mark: float) -> str:
    return f"{mark:+.3g}".replace("-", "−") if abs(mark) > 1e-9 else "0"


def _hatched(axes: "Axes", spans: Sequence[tuple[int, int]]) -> None:
    """Not known, over the whole height."""
    corners = [[(a - 0.5, 0.0), (a - 0.5, 1.0), (b - 0.5, 1.0), (b - 0.5, 0.0)] for a, b in spans]
    look: dict[str, Any] = {"facecolor": "none", "edgecolor": QUIET, "hatch": "////", "hatch_linewidth": 0.6, "lw": 0}
    _shapes(axes, corners, transform=axes.get_xaxis_transform(), **look)


def _band(xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> list[list[tuple[float, float]]]:
    """The area between two curves, in pieces where one of them is not known."""
    places = list(zip(xs, low, high, strict=True))
    pieces = [
        list(piece) for known, piece in groupby(places, key=lambda place: not isnan(place[1] + place[2])) if known
    ]
    return [[(x, a) for x, a, _ in piece] + [(x, b) for x, _, b in reversed(piece)] for piece in pieces]


def _shapes(axes: "Axes", corners: Sequence[Sequence[tuple[float, float]]], **look: Any) -> None:
    """Many filled shapes in one path."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if corners:
        codes = [[Path.MOVETO, *[Path.LINETO] * (len(shape) - 1), Path.CLOSEPOLY] for shape in corners]
        path = Path([place for shape in corners for place in (*shape, shape[0])], [c for code in codes for c in code])
        axes.add_patch(PathPatch(path, clip_on=False, **look))


def _bare(axes: "Axes") -> "Axes":
    """No frame; words and numbers in the page's colours."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelsize=TEXT, labelcolor=QUIET)
    axes.set_axisbelow(True)
    axes.patch.set_visible(False)
    return axes

"""What a chart shows, as static/charts.js takes it: views to choose from, each with panels one above the other.

A view has one line of places along it, the calendar or names, and every panel's series hold one value a place, None =
not known. Bars are hatched where nothing is known; dots and lines leave a gap.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

Values = Sequence[float | None]
Text = Callable[..., str]
Part = dict[str, Any]
DIGITS = 3


def chart(text: Text, name: str, *views: Part) -> Part:
    """A chart. text: the page's texts; name: what it shows, for whoever cannot see it."""
    words = {word: text(f"chart.{word}") for word in ("to", "unknown", "keys", "rest", "without")}
    return {"name": name, "views": list(views), "words": words}


def view(along: Part, *panels: Part, name: str = "", link: str = "", rest: str = "") -> Part:
    """Panels above each other. name: on the button that chooses it; link: where a place leads, with `{date}` in it;
    rest: what is said while no place is chosen.
    """
    return {"x": along, "panels": list(panels), "name": name, "link": link, "rest": rest}


def days(begins: date | str, count: int) -> Part:
    """One place a day."""
    return {"begins": str(begins), "step": 1, "count": count, "week": ""}


def weeks(text: Text, monday: date | str, count: int) -> Part:
    """One place a week."""
    return {"begins": str(monday), "step": 7, "count": count, "week": f"{text('chart.week')} "}


def names(short: Sequence[str], long: Sequence[str] = ()) -> Part:
    """One place a name; long: what a place is called where its values are read out."""
    return {"names": list(short), "long": list(long or short)}


def panel(
    *series: Part,
    title: str = "",
    height_px: int = 150,
    ends: tuple[float, float] | None = None,
    ticks: Sequence[float] = (),
    lines: Sequence[tuple[float, str]] = (),
) -> Part:
    """Series on one scale. ends: of the scale, None = those of the values, and 0; lines: to compare with, named."""
    made: Part = {"series": list(series), "title": title, "height": height_px}
    made["lines"] = [{"at": at, "name": name} for at, name in lines]
    if ends:
        made |= {"min": ends[0], "max": ends[1]}
    return made | ({"ticks": list(ticks)} if ticks else {})


def dots(name: str, values: Values, ink: str = "accent", unit: str = "") -> Part:
    """A dot a place."""
    return _series("dots", name, ink, unit, values=_rounded(values))


def line(name: str, values: Values, ink: str = "accent", unit: str = "", *, dashed: bool = False) -> Part:
    """A line, with gaps."""
    return _series("line", name, ink, unit, values=_rounded(values), dashed=dashed)


def bars(name: str, values: Values, ink: str = "load", unit: str = "") -> Part:
    """A bar a place."""
    return _series("bars", name, ink, unit, values=_rounded(values))


def band(name: str, low: Values, high: Values, ink: str = "accent", unit: str = "") -> Part:
    """A range a place."""
    return _series("band", name, ink, unit, lo=_rounded(low), hi=_rounded(high))


def _series(kind: str, name: str, ink: str, unit: str, **values: Any) -> Part:
    return {"kind": kind, "name": name, "ink": ink, "unit": unit, **values}


def _rounded(values: Values) -> list[float | None]:
    """Three digits after the point: more cannot be seen."""
    return [None if value is None else round(float(value), DIGITS) for value in values]

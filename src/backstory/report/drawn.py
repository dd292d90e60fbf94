"""From matplotlib's figures to SVG that a page can hold: its own colours, no styles, no names that meet others'."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from threading import RLock
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Colours that stand for the page's own, which change in the dark and in print
INK, QUIET, LINE, ACCENT, TINT, PAPER = (f"#00000{n}" for n in range(1, 7))
NAMES = {INK: "ink", QUIET: "quiet", LINE: "line", ACCENT: "accent", TINT: "tint", PAPER: "paper"}
SVG = "{http://www.w3.org/2000/svg}"
KEPT = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
)
PLACES: tuple[str, ...] = ("d", "x", "y")
NUMBER = re.compile(r"-?\d+\.\d+")
_one_at_a_time = RLock()  # matplotlib's settings belong to the whole process


@contextmanager
def drawing() -> Iterator[None]:
    """Matplotlib as it comes, whatever a person's own settings say; figures are made and written inside."""
    import matplotlib

    with _one_at_a_time, matplotlib.rc_context(), warnings.catch_warnings():
        # Letters that matplotlib's font lacks: the page's own fonts have them
        warnings.filterwarnings("ignore", message=r"Glyph \d+|Matplotlib currently does not", category=UserWarning)
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "none", "path.simplify": False})
        yield


def svg(figure: "Figure", key: str, label: str, kind: str = "") -> str:
    """A figure as one `<svg>`, the same bytes every time.

    key: sets its inner names apart from those of other figures on the page; label: what it shows, for those who do not
    see it; kind: its class. Text stays text, in the page's font.
    """
    import matplotlib

    matplotlib.rcParams["svg.hashsalt"] = key
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(written.getvalue())
    patterns = [_pattern(pattern, key) for pattern in root.iter(f"{SVG}pattern")]
    defs = f"<defs>{''.join(patterns)}</defs>" if patterns else ""
    inside = "".join(_shape(element, key) for element in _shapes(root))
    return (
        f'<svg class="{escape(" ".join(("chart", kind)).strip())}" viewBox="{root.attrib["viewBox"]}" role="img" '
        f'aria-label="{escape(label)}">{defs}{inside}</svg>'
    )


def _shapes(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Everything that is drawn, in its order; groups say nothing."""
    for child in parent:
        if child.tag in (f"{SVG}path", f"{SVG}text"):
            yield child
        elif child.tag == f"{SVG}g":
            yield from _shapes(child)


def _pattern(pattern: ElementTree.Element, key: str) -> str:
    path = pattern.find(f"{SVG}path")
    assert path is not None
    size = 'patternUnits="userSpaceOnUse" width="72" height="72"'
    return f'<pattern id="{key}-{pattern.attrib["id"]}" {size}>{_shape(path, key)}</pattern>'


def _shape(element: ElementTree.Element, key: str) -> str:
    style = dict(part.split(": ", 1) for part in element.attrib.get("style", "").split("; ") if part)
    kept = {name: style[name] for name in KEPT if name in style}
    if kept.get("fill", "none") == kept.get("stroke", "none") == "none" and element.tag == f"{SVG}path":
        return ""
    attributes = {name: element.attrib[name] for name in PLACES if name in element.attrib}
    attributes = {name: NUMBER.sub(_short, " ".join(value.split())) for name, value in attributes.items()}
    attributes |= {name: _paint(value, key) for name, value in kept.items()}
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    tag = element.tag.removeprefix(SVG)
    return f"<{tag}{written}>{escape(element.text or '')}</{tag}>" if tag == "text" else f"<{tag}{written}/>"


def _short(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 1) + 0.0:g}"


def _paint(value: str, key: str) -> str:
    if value.startswith("url(#"):
        return value.replace("url(#", f"url(#{key}-")
    return f"var(--{NAMES[value]})" if value in NAMES else value

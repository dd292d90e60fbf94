"""The still of an exercise's figure: its start and its hardest point, taken out of the animated picture."""

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from backstory.report.figures import SIDE

SVG = "{http://www.w3.org/2000/svg}"
WHOLE, STILL_BOX = f"0 0 {SIDE} {SIDE}", f"0 {SIDE // 4} {SIDE} {SIDE // 2}"
MOVES = re.compile(r'<g class="moves">.*?</g>', re.DOTALL)
KEPT = {"g": ("transform",), "polyline": ("class", "stroke-width", "points")}  # nothing else comes out


def still(svg: str) -> str:
    """The still of a picture that `figures.figure` drew, as SVG that stands inside a page with the figures' style.

    Built anew from lines and their places alone. Raises ValueError for anything that is no such picture.
    """
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ValueError(f"no figure of an exercise: {error}") from None
    part = root.find(f"{SVG}g[@class='still']")
    if part is None:
        raise ValueError("no figure of an exercise: it has no still")
    told = root.findtext(f"{SVG}desc") or ""
    lines = "".join(text for child in part for text in _built(child))
    return f'<svg class="bs" role="img" aria-label="{escape(told)}" viewBox="{STILL_BOX}">{lines}</svg>'


def cut_to_still(svg: str) -> str:
    """A picture that `figures.figure` drew, without what moves, as wide as its two poses."""
    return MOVES.sub("", svg).replace(f'viewBox="{WHOLE}"', f'viewBox="{STILL_BOX}"', 1)


def _built(element: ElementTree.Element) -> Iterator[str]:
    name = element.tag.removeprefix(SVG)
    if name not in KEPT:
        return
    held = "".join(f' {key}="{escape(value)}"' for key in KEPT[name] if (value := element.get(key)) is not None)
    yield f"<{name}{held}>"
    for child in element:
        yield from _built(child)
    yield f"</{name}>"

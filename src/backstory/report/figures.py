"""An exercise as an animated line figure: pure SVG, drawn from the exercise's own motion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from backstory.body.masspoints import Array
from backstory.model import Exercise
from backstory.report.figure_style import STYLE
from backstory.report.furniture import FURNITURE
from backstory.report.implements import IMPLEMENTS
from backstory.report.people import person, working
from backstory.report.posed import FRAMES, repetition_s, scenes
from backstory.report.strokes import Scene, Stroke, at, line
from backstory.report.telling import told

SIDE = 1000  # of the square that a figure is drawn in; places are whole numbers in it
MARGIN_M, LEAST_M = 0.10, 1.5
SECONDS = (1.2, 8.0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes in the plane, in the order they are drawn: kind, width, places (F, k, 2), all in whole units."""

    strokes: tuple[tuple[str, int, Array], ...]


def figures(exercises: Sequence[Exercise]) -> list[str]:
    """An SVG for each exercise; the still shows the start and what is farthest from it."""
    staged = scenes([exercise.motion for exercise in exercises])
    return [_svg(exercise, scene, None, False) for exercise, scene in zip(exercises, staged, strict=True)]


def figure(exercise: Exercise, load: Sequence[float] | None = None, with_load: bool = False, style: str = STYLE) -> str:
    """The figure of one exercise, as text.

    load: the low-back moment at FRAMES + 1 even times of a repetition: the still shows the hardest of them; with_load:
    draw it, below the figure; style: as `figure_style.style` gives it.
    """
    (scene,) = scenes([exercise.motion])
    return _svg(exercise, scene, load, with_load and load is not None, style)


def strokes_of(exercise: Exercise, scene: Scene) -> list[Stroke]:
    """Everything that a figure shows, what lies behind first."""
    found = [line("floor", 0.02, at(-9.0, -0.02, -9.0), at(9.0, -0.02, 9.0))]
    words = scene.motion.scene
    for word in words:
        draw = FURNITURE.get(word) or IMPLEMENTS[word]
        found += draw(scene)
    found += person(scene)
    found += working(scene, exercise.primary, exercise.secondary)
    return sorted(found, key=lambda stroke: stroke.layer)


def drawing(exercise: Exercise, scene: Scene) -> Drawing:
    """The strokes seen from the side or the front, fitted into the square."""
    strokes = strokes_of(exercise, scene)
    flat = [_seen(stroke.points, scene.motion.view) for stroke in strokes]
    reach = [
        np.concatenate([places.reshape(-1, 2) - stroke.width_m / 2, places.reshape(-1, 2) + stroke.width_m / 2])
        for stroke, places in zip(strokes, flat, strict=True)
        if stroke.kind != "floor"
    ]
    low, high = np.concatenate(reach).min(axis=0), np.concatenate(reach).max(axis=0)
    low[1] = min(low[1], -0.03)
    side = max(LEAST_M, *(high - low)) + 2 * MARGIN_M
    corner = np.array([(low[0] + high[0] - side) / 2, low[1] - MARGIN_M])
    scale = SIDE / side
    done = []
    for stroke, places in zip(strokes, flat, strict=True):
        units = np.rint((places - corner) * scale).astype(int)
        units[..., 1] = SIDE - units[..., 1]
        if stroke.kind == "floor":
            units[..., 0] = [0, SIDE]
        done.append((stroke.kind, max(4, round(stroke.width_m * scale)), units))
    return Drawing(tuple(done))


def _seen(points: Array, view: str) -> Array:
    """Forward is to the right; from the front, the person's left is."""
    return np.stack([points[..., 0] if view == "side" else -points[..., 2], points[..., 1]], axis=-1)


def _svg(exercise: Exercise, scene: Scene, load: Sequence[float] | None, with_load: bool, style: str = STYLE) -> str:
    name = escape(exercise.name)
    seconds = min(max(repetition_s(exercise.motion), SECONDS[0]), SECONDS[1])
    drawn = drawing(exercise, scene)
    below = SIDE // 5 if with_load else 0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE + below}" class="bs" role="img" '
        f'aria-label="{name}">',
        f"<title>{name}</title><desc>{escape(told(exercise, scene))}</desc><style>{style}</style>",
        '<g class="moves">',
        *(_moving(*stroke, seconds) for stroke in drawn.strokes),
        *(_load_line(load, seconds) if with_load and load is not None else []),
        '</g><g class="still">',
        *stills(drawn, hardest(scene, load)),
        "</g></svg>\n",
    ]
    return "".join(parts)


def stills(drawn: Drawing, frame: int) -> Iterator[str]:
    """Two poses side by side in the square: the start, and this frame."""
    for n, shown in enumerate((0, frame)):
        yield f'<g transform="translate({n * SIDE // 2} {SIDE // 4}) scale(.5)">'
        for kind, width, places in drawn.strokes:
            yield _polyline(kind, width, places[min(shown, len(places) - 1)])
        yield "</g>"


def hardest(scene: Scene, load: Sequence[float] | None) -> int:
    """The frame of the largest moment where it is known, else the one farthest from the start."""
    if load is not None:
        return int(np.argmax(np.abs(load)))
    places = np.concatenate(list(scene.joint.values()), axis=1)
    return int(((places - places[0]) ** 2).sum(axis=1).argmax())


def _moving(kind: str, width: int, places: Array, seconds: float) -> str:
    frames = [_points(frame) for frame in places]
    if len(set(frames)) == 1:
        return _polyline(kind, width, places[0])
    return (
        f'<polyline class="{kind}" stroke-width="{width}" points="{frames[0]}"><animate attributeName="points" '
        f'dur="{seconds:g}s" repeatCount="indefinite" values="{";".join(frames)}"/></polyline>'
    )


def _polyline(kind: str, width: int, places: Array) -> str:
    return f'<polyline class="{kind}" stroke-width="{width}" points="{_points(places)}"/>'


def _points(places: Array) -> str:
    """One place is written twice: a stroke of no length with round ends is a disc."""
    pairs = [f"{x} {y}" for x, y in places.tolist()]
    return " ".join(pairs if len(pairs) > 1 else pairs * 2)


def _load_line(load: Sequence[float], seconds: float) -> list[str]:
    """The size of the low-back moment through the repetition, a dot going along."""
    sizes = np.abs(np.array(load, dtype=float))
    top = max(float(sizes.max()), 1e-9)
    x = np.linspace(40, SIDE - 40, FRAMES + 1).round().astype(int)
    y = (SIDE + 175 - 130 * sizes / top).round().astype(int)
    places = np.stack([x, y], axis=1)
    return [
        _polyline("floor", 4, np.array([[40, SIDE + 180], [SIDE - 40, SIDE + 180]])),
        _polyline("load", 10, places),
        _moving("load", 40, places[:, None], seconds),
    ]

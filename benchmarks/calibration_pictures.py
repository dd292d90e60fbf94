"""The pictures of docs/validation/answer.md: they stand by themselves, light and dark, the same bytes every time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from backstory.report.answer_plots import draw_dots
from backstory.report.drawn import ACCENT, INK, LINE, PAPER, QUIET, drawing, svg
from calibration_tables import COVERAGE
from calibration_targets import GROUPS, Result, beside

LABELS = {
    "coverage": "Share of the load's 90 % bands that hold the truth, in each cell",
    "power": "Share of persons in whom the effect is found, by length of the log",
    "claims": "Share of persons without an effect to whom one is claimed: obvious analyses and Backstory",
}
WIDTH, ROW, HEAD, FOOT, NAMES_WIDTH, GAP = 760, 19, 34, 62, 232, 40
TEXT = 12.0
LIGHT = "--ink:#22303c;--quiet:#566471;--line:#d5dde3;--accent:#d9481c;--tint:#f3c3ae;--paper:#fff"
DARK = "--ink:#e8eef3;--quiet:#a3b3c0;--line:#3d4852;--accent:#ff6b3d;--tint:#8a4a33;--paper:#161c21"
STYLE = (
    f".chart{{{LIGHT};background:var(--paper);font-family:system-ui,sans-serif}}"
    f"@media(prefers-color-scheme:dark){{.chart{{{DARK}}}}}"
)
SIMULATORS = {"first": "first simulator", "second": "second simulator"}
OURS = {"one_look": "Backstory, one look", "weekly": "Backstory, weekly"}
MARKS = {"--": "\u2013 \u2013", "-": "\u2014", ":": "\u00b7\u00b7\u00b7\u00b7"}  # dashes beside a name
FULL, OPEN = INK, PAPER  # a dot's inside


@dataclass(frozen=True)
class Row:
    """One line of a picture: its name ("" = as above), and each figure's value, error and dot."""

    name: str
    figures: tuple[tuple[float, float, str], ...]
    ours: bool = False


def pictures(result: Result) -> dict[str, str]:
    """Name -> SVG, of what the result holds."""
    drawn: dict[str, Callable[[Result], Figure]] = {"coverage": coverage, "power": power, "claims": claims}
    found = {}
    with drawing():
        for name, draw in drawn.items():
            if shown(result, name):
                opened, rest = svg(draw(result), name, LABELS[name]).split(">", 1)
                opened = opened.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
                found[name] = f"{opened}><style>{STYLE}</style>{rest}\n"
    return found


def shown(result: Result, name: str) -> bool:
    """Whether there is anything to draw."""
    rows = result["parts"].get("naive" if name == "claims" else "cells", [])
    return bool(rows) and result["options"][{"claims": "without", "power": "having"}.get(name, "seed")] > 0


def coverage(result: Result) -> Figure:
    """A dot and its error for each cell, beside the range that was to be reached."""
    panels: dict[str, list[Row]] = {}
    for row in result["parts"]["cells"]:
        told = {group: row[group]["covers_each"]["load"] for group in GROUPS if group in row}
        dots = [(told[group]["value"], told[group]["mc_error"], DOTS[group]) for group in told]
        name = f"{row['days']} days, {beside(row['harmless'])}"
        panels.setdefault(row["simulator"], []).append(Row(name, tuple(dots)))
    values = [value - error for rows in panels.values() for row in rows for value, error, _ in row.figures]
    figure, axes = _panels(panels, (min([0.8, *values]) - 0.01, 1.0))
    for panel in axes:
        panel.axvspan(*COVERAGE, color=LINE, lw=0, zorder=0)
        panel.axvline(0.9, color=QUIET, lw=1)
    return _explained(
        figure, "Full dots: persons without an effect; rings: with one. The load's bands. Grey: to be reached."
    )


DOTS = {"without": FULL, "with": OPEN}


def claims(result: Result) -> Figure:
    """False claims of each analysis at each length, beside 5 %."""
    panels: dict[str, list[Row]] = {}
    cells = {(row["simulator"], row["days"]): row for row in result["parts"].get("cells", []) if not row["harmless"]}
    for simulator in dict.fromkeys(row["simulator"] for row in result["parts"]["naive"]):
        rows = [row for row in result["parts"]["naive"] if row["simulator"] == simulator]
        told = {name: [row["methods"][name].get("false_claims") for row in rows] for name in rows[0]["methods"]}
        ours = [cells.get((simulator, row["days"]), {}).get("without", {}) for row in rows]
        told |= {name: [one.get(rule, {}).get("false_claims") for one in ours] for rule, name in OURS.items()}
        panels[simulator] = [
            Row(f"{name}, {row['days']} days" if not at else f"{row['days']} days", _dot(figure), name in OURS.values())
            for name, figures in told.items() for at, (row, figure) in enumerate(zip(rows, figures, strict=True))
        ]  # fmt: skip
    values = [value + error for rows in panels.values() for row in rows for value, error, _ in row.figures]
    figure, axes = _panels(panels, (0.0, max([0.1, *values]) + 0.02))
    for panel in axes:
        panel.axvspan(0, 0.05, color=LINE, lw=0, zorder=0)
    return _explained(
        figure, "Persons in whom the load does nothing, the load alone. Grey: at most 5 %, to be reached."
    )


def _dot(figure: dict[str, float] | None) -> tuple[tuple[float, float, str], ...]:
    return ((figure["value"], figure["mc_error"], FULL),) if figure else ()


def power(result: Result) -> Figure:
    """What is found by the length of the log, with the fewest columns beside the load."""
    fewest = min(row["harmless"] for row in result["parts"]["cells"])
    cells = [row for row in result["parts"]["cells"] if row["harmless"] == fewest]
    known = {(row["simulator"], row["days"]): row["methods"] for row in result["parts"].get("known", [])}
    simulators = list(dict.fromkeys(row["simulator"] for row in cells))
    figure, axes = _sheet(len(simulators), 230, left=46)
    for simulator, panel in zip(simulators, axes, strict=True):
        rows = [row for row in cells if row["simulator"] == simulator]
        lines = {name: [row["with"][rule]["power"] for row in rows] for rule, name in OURS.items()}
        best = [figures["power"] for row in rows for figures in known.get((simulator, row["days"]), {}).values()]
        lines["who knows memory and delay"] = best
        for (name, told), look in zip(lines.items(), ((1, "--", INK), (0, "-", ACCENT), (2, ":", QUIET)), strict=True):
            _line(panel, name, told, look)
        panel.set(xlim=(-0.15, len(rows) - 0.85), xticks=range(len(rows)), ylim=(-0.02, 1.02))
        panel.set(xticklabels=[f"{row['days']} days" for row in rows], yticks=[0, 0.25, 0.5, 0.75, 1])
        panel.set_yticklabels(["0", "25", "50", "75", "100 %"] if panel is axes[0] else [""] * 5)
        panel.grid(axis="y", color=LINE, lw=0.8)
        _bare(panel, SIMULATORS[simulator])
    return _explained(
        figure, f"Share of persons told \u201cworse\u201d, one standard error either way; {beside(fewest)}."
    )


def _line(panel: Axes, name: str, told: Sequence[dict[str, float]], look: tuple[int, str, str]) -> None:
    """A method's figures, and its name in the corner, where no figure lies. look: the name's place, dashes, colour."""
    at, dashes, colour = look
    places = [(float(length), one["value"]) for length, one in enumerate(told)]
    panel.plot([x for x, _ in places], [y for _, y in places], color=colour, lw=1.6, ls=dashes)
    for (x, y), one in zip(places, told, strict=True):
        low, high = max(y - one["mc_error"], 0.0), min(y + one["mc_error"], 1.0)
        panel.plot([x, x], [low, high], color=colour, lw=3, solid_capstyle="butt")
    draw_dots(panel, places, 7, colour)
    if places:
        place: dict[str, Any] = {"transform": panel.transAxes, "ha": "right", "fontsize": TEXT - 1}
        panel.text(0.99, 0.05 + 0.075 * at, f"{MARKS[dashes]} {name}", color=colour, **place)


def _panels(panels: dict[str, list[Row]], reach: tuple[float, float]) -> tuple[Figure, list[Axes]]:
    """Rows of dots, one panel a simulator, the names at the left."""
    most = max(map(len, panels.values()))
    figure, axes = _sheet(len(panels), ROW * most, left=NAMES_WIDTH)
    for panel, (simulator, rows) in zip(axes, panels.items(), strict=True):
        panel.set(xlim=reach, ylim=(-most + 0.5, 0.5), yticks=[])
        marks = MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(*reach)
        ticks = [mark for mark in marks if reach[0] <= mark <= reach[1] + 1e-9]
        panel.set(xticks=ticks, xticklabels=[f"{100 * mark:.3g} %" for mark in ticks])
        for at, row in enumerate(rows):
            panel.plot(reach, (-at, -at), color=LINE, lw=0.8, zorder=0.5)
            _dots(panel, row, -float(at))
            if panel is axes[0]:
                look: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "va": "center"}
                look |= {"color": ACCENT if row.ours else INK, "fontsize": TEXT - 1}
                panel.annotate(row.name, (reach[0], -at), (-10, 0), **look)
        _bare(panel, SIMULATORS[simulator])
    return figure, axes


def _dots(panel: Axes, row: Row, y: float) -> None:
    """The figures of a row, one a little above the other."""
    colour, apart = ACCENT if row.ours else INK, 0.4 if len(row.figures) > 1 else 0.0
    for at, (value, error, inside) in enumerate(row.figures):
        height = y + apart * (0.5 - at)
        panel.plot([max(value - error, 0.0), min(value + error, 1.0)], [height] * 2, color=colour, lw=1.6)
        draw_dots(panel, [(value, height)], 7, colour)
        draw_dots(panel, [(value, height)] if inside == OPEN else [], 4, PAPER)


def _sheet(panels: int, height: float, left: float) -> tuple[Figure, list[Axes]]:
    """Panels side by side; units are pixels."""
    whole = HEAD + height + FOOT
    figure = Figure(figsize=(WIDTH / 72, whole / 72), dpi=72)
    figure.patch.set_visible(False)
    wide = (WIDTH - left - GAP * panels) / panels
    places = [(left + at * (wide + GAP), FOOT, wide, height) for at in range(panels)]
    boxes = [(x / WIDTH, y / whole, w / WIDTH, h / whole) for x, y, w, h in places]
    return figure, [figure.add_axes(box) for box in boxes]


def _bare(panel: Axes, name: str) -> None:
    panel.spines[:].set_visible(False)
    panel.patch.set_visible(False)
    panel.tick_params(length=0, labelsize=TEXT - 1, labelcolor=QUIET)
    panel.set_axisbelow(True)
    panel.set_title(name, fontsize=TEXT, color=INK, fontweight="bold", loc="left", pad=12)


def _explained(figure: Figure, words: str) -> Figure:
    height = figure.get_figheight() * 72
    figure.text(8 / WIDTH, 14 / height, words, fontsize=TEXT - 1, color=QUIET)
    return figure

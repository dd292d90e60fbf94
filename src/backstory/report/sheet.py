"""Every figure on one page, still: start and hardest point side by side."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from backstory.model import Exercise
from backstory.report.figure_style import STYLE
from backstory.report.figures import SIDE, drawing, hardest, stills
from backstory.report.posed import scenes

PAGE_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color-scheme:light dark}"
    "main{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem}"
    "figure{margin:0;border:1px solid #8884;border-radius:.5rem;padding:.5rem}"
    "figcaption{min-height:2.8em}svg{width:100%}"
)


def sheet(exercises: Sequence[Exercise], loads: Mapping[str, Sequence[float]] | None = None) -> str:
    """One HTML page of every exercise, family by family; loads: as in `figures.figure`, by id."""
    ordered = sorted(exercises, key=lambda exercise: (exercise.family, exercise.name.casefold()))
    staged = dict(zip([e.id for e in ordered], scenes([e.motion for e in ordered]), strict=True))
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory: figures</title>'
        f"<style>{PAGE_STYLE}{STYLE}</style><h1>Every exercise, as it is drawn</h1>"
        "<p>Start and hardest point. Written by <code>make figures</code>.</p>\n"
    ]
    for family, members in groupby(ordered, key=lambda exercise: exercise.family):
        parts.append(f"<h2>{family}</h2><main>\n")
        for exercise in members:
            scene = staged[exercise.id]
            name = escape(exercise.name)
            poses = "".join(stills(drawing(exercise, scene), hardest(scene, (loads or {}).get(exercise.id))))
            box = f'viewBox="0 {SIDE // 4} {SIDE} {SIDE // 2}"'
            svg = f'<svg class="bs" role="img" aria-label="{name}" {box}>{poses}</svg>'
            parts.append(f'<figure id="{exercise.id}">{svg}<figcaption>{name}</figcaption></figure>\n')
        parts.append("</main>")
    return "".join([*parts, "</html>\n"])

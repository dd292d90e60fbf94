"""Figures of exercises, with the course of the load on the back where it is asked for."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from backstory import catalogue, load, report
from backstory.errors import InputError, UnknownExercise
from backstory.journal.entering import person_of
from backstory.journal.opening import Journal
from backstory.model import Exercise, Person
from backstory.report.figure_style import COLOURS, style
from backstory.report.plan_still import cut_to_still

SHOWN_KG = 20.0  # where no weight was given: its course changes little with the weight
MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as SVG, and the policy (CSP) under which its own style, and nothing else, is allowed."""

    svg: str
    policy: str


def draw(journal: Journal, name_or_id: str, out: Path, with_load: bool, load_kg: float | None) -> Exercise:
    """Write the figure of an exercise as SVG. Raises UnknownExercise, InputError."""
    exercise = catalogue.load().get(name_or_id)
    moved_kg = (SHOWN_KG if exercise.needs_load else 0.0) if load_kg is None else load_kg
    course = load.course(exercise, person_of(journal.store.profile()), moved_kg, report.FRAMES)
    report.write_page(out, report.figure(exercise, course, with_load))
    return exercise


@lru_cache(MOST_KEPT)
def picture(exercise_id: str, theme: str = "auto", still: bool = False) -> Picture:
    """The figure of an exercise, the same for everybody. theme: auto, light or dark.

    Raises UnknownExercise, InputError.
    """
    exercise = catalogue.load().exercises.get(exercise_id)
    if exercise is None:
        raise UnknownExercise(f"There is no exercise {exercise_id!r}.")
    if theme not in COLOURS:
        raise InputError(f"A figure's theme is one of {', '.join(COLOURS)}, not {theme!r}.")
    course = load.course(exercise, Person(), SHOWN_KG if exercise.needs_load else 0.0, report.FRAMES)
    looks = style(theme, still)
    allowed = b64encode(sha256(looks.encode()).digest()).decode()
    svg = report.figure(exercise, course, False, looks)
    return Picture(cut_to_still(svg) if still else svg, f"default-src 'none'; style-src 'sha256-{allowed}'")

"""Figures of exercises, with the course of the load on the back where it is asked for."""

from pathlib import Path

from backstory import catalogue, load, report
from backstory.journal.entering import person_of
from backstory.journal.opening import Journal
from backstory.model import Exercise

SHOWN_KG = 20.0  # where no weight was given: its course changes little with the weight


def draw(journal: Journal, name_or_id: str, out: Path, with_load: bool, load_kg: float | None) -> Exercise:
    """Write the figure of an exercise as SVG. Raises UnknownExercise, InputError."""
    exercise = catalogue.load().get(name_or_id)
    moved_kg = (SHOWN_KG if exercise.needs_load else 0.0) if load_kg is None else load_kg
    course = load.course(exercise, person_of(journal.store.profile()), moved_kg, report.FRAMES)
    report.write_page(out, report.figure(exercise, course, with_load))
    return exercise

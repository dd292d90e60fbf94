"""A plan as people take it along: lines for the terminal, a calendar, Markdown, a page to print."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from backstory.model import Person
from backstory.report.plan_explained import explain_lines, swap_lines
from backstory.report.plan_text import plan_lines
from backstory.report.terminal_lines import Line

__all__ = ["Line", "PlanFiles", "explain_lines", "plan_lines", "swap_lines", "write_plan"]
REMINDER_MINUTES = 30


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """Where to write; None = not asked for."""

    ics: Path | None = None
    markdown: Path | None = None
    page: Path | None = None


def write_plan(
    told: Mapping[str, Any], files: PlanFiles, at: time, units: str, now: datetime, person: Person
) -> Sequence[Path]:
    """Write what was asked for; which files it was. at: when sessions begin. Raises InputError.

    What writes them is heavy to import, and most plans are only read.
    """
    from backstory.report.keeping import write_page

    written: list[Path] = []
    if files.ics is not None:
        write_page(files.ics, as_calendar(told, at, units, now))
        written.append(files.ics)
    if files.markdown is not None:
        write_page(files.markdown, as_markdown(told, units))
        written.append(files.markdown)
    if files.page is not None:
        write_page(files.page, as_page(told, person, units)[0])
        written.append(files.page)
    return written


def as_calendar(
    told: Mapping[str, Any], at: time, units: str, now: datetime, say: Callable[[str], str] = str
) -> bytes:  # fmt: skip
    """The plan as an iCalendar file, with a reminder before each session; say: its sentences in another language.

    Raises NotEnough for a plan without a day.
    """
    from backstory.report.plan_ics import calendar

    return calendar(dict(told), at, REMINDER_MINUTES, units, now, say)


def as_markdown(told: Mapping[str, Any], units: str, say: Callable[[str], str] = str) -> str:
    """The plan as Markdown; say: its sentences in another language."""
    from backstory.report.plan_markdown import markdown

    return markdown(dict(told), units, say)


def as_page(
    told: Mapping[str, Any], person: Person, units: str, say: Callable[[str], str] = str, language: str = "en"
) -> tuple[str, str]:  # fmt: skip
    """The plan as a page to print and write on, and the policy (CSP) that it stands under; say: in another language."""
    from backstory.report.plan_page import POLICY, page

    return page(dict(told), _figures(told, person), units, say, language), POLICY


def _figures(told: Mapping[str, Any], person: Person) -> dict[str, str]:
    """Each exercise's figure, by its id."""
    from backstory import catalogue, load, report

    known = catalogue.load().exercises
    shown = {one["exercise"]: one["load_kg"] or 0.0 for day in told["sessions"] for one in day["main"]}
    return {
        name: report.figure(known[name], load.course(known[name], person, kg, report.FRAMES), False)
        for name, kg in shown.items()
    }

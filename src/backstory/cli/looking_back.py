"""backstory look-back."""

import textwrap
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption, several, show, use
from backstory.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal.looking_back import LookedBack

DAY = "YYYY-MM-DD"


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("look-back")(look_back)


def look_back(
    bout: Annotated[
        list[str] | None, typer.Option(metavar=DAY, help="A day on which back pain began; may be given again.")
    ] = None,
    no_bout: Annotated[list[str] | None, typer.Option(metavar=DAY, help="Takes a marked day back.")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """What your log says by itself: usual weeks, what is new, jumps."""
    from backstory.journal.looking_back import look_back_on

    began, withdrawn = _days(bout, "--bout"), _days(no_bout, "--no-bout")
    with use(journal) as opened:
        looked = look_back_on(opened, began, withdrawn)
    show(looked.as_json(), as_json, lambda out: _render(out, looked))


def _render(out: "Console", looked: "LookedBack") -> None:
    for number, section in enumerate(looked.sections):
        if number:
            out.print()
        if section.heading:
            out.print(section.heading, style="bold")
        for line in section.lines:
            row, indent = line.startswith("  ") or not line, "  " if line.startswith("- ") else ""
            wrapped = textwrap.fill(line, out.width, subsequent_indent=indent, break_on_hyphens=False)
            out.print(line if row else wrapped, no_wrap=row)


def _days(given: list[str] | None, option: str) -> list[date]:
    """ISO dates, with commas or one by one. Raises InputError."""
    found = []
    for text in several(given):
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            raise InputError(f"{option} takes a date such as 2025-03-14, not {text!r}.") from None
    return found

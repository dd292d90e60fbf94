"""What every command shares: its two options, the open journal, and how a result is shown."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal import Journal

JournalOption = Annotated[
    str | None,
    typer.Option(
        "--journal", metavar="PATH_OR_URL", help="The journal [default: in your data folder; env: BACKSTORY_JOURNAL]."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
DateOption = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day [default: today].")]


@contextmanager
def use(location: str | None) -> Iterator["Journal"]:
    """The journal that was asked for."""
    from backstory.journal import open_journal
    from backstory.settings import journal_location

    with open_journal(journal_location(location)) as journal:
        yield journal


def show_help_alone(context: typer.Context) -> None:
    """Where a command has commands of its own and none was given: what there is."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def show(values: dict[str, Any], as_json: bool, render: "Callable[[Console], None]") -> None:
    """One JSON object, or what `render` prints for a person."""
    if as_json:
        json.dump(values, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
        return
    render(console())


def console(to_stderr: bool = False) -> "Console":
    """A console that prints names from files as they stand: no markup, no emoji codes."""
    from rich.console import Console

    return Console(stderr=to_stderr, markup=False, emoji=False, highlight=False, soft_wrap=False)


def several(given: list[str] | None) -> tuple[str, ...]:
    """An option that may be given again, or once with commas; spaces and underscores inside a word are hyphens."""
    words = (part.strip() for value in given or () for part in value.split(","))
    return tuple("-".join(word.casefold().replace("_", " ").split()) for word in words if word)


def parse_day(text: str | None) -> date | None:
    """An ISO date. Raises InputError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date takes a date such as 2026-03-14, not {text!r}.") from None

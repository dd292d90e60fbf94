"""backstory plan ahead."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.cli.common import JsonOption, console, show, use
from backstory.cli.planning import app
from backstory.model import POUND_KG

if TYPE_CHECKING:
    from rich.console import Console


def add_to(cli: typer.Typer) -> None:
    """Register this file's command, which is one of `plan`."""
    app.command("ahead")(ahead)


def ahead(
    context: typer.Context, weeks: Annotated[int, typer.Option(help="How many to simulate, 4 to 26.")] = 26,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Half a year by the plan, simulated on a copy of the journal, beside half a year as before."""
    from rich.progress import Progress

    from backstory.journal.ahead import ahead as simulate
    from backstory.journal.plan_wish import Wish
    from backstory.settings import passing_folder

    wish, journal = context.obj
    hidden = not sys.stderr.isatty()
    with (
        _stopped_as_by_hand(), use(journal) as opened, passing_folder() as folder,
        Progress(console=console(to_stderr=True), transient=True, disable=hidden) as progress,
    ):  # fmt: skip
        task = progress.add_task("Simulated weeks", total=None)
        values = simulate(
            opened, folder, weeks, None if wish == Wish() else wish,
            lambda done, of: progress.update(task, completed=done, total=of),
        )  # fmt: skip
        units = opened.store.profile().get("units", "kg")
    show(values, as_json, lambda out: _render(out, values, units))


@contextmanager
def _stopped_as_by_hand() -> Iterator[None]:
    """Who ends the program ends it like Ctrl-C, so that the copies are removed."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _render(out: "Console", values: dict[str, Any], units: str) -> None:
    from rich.table import Table

    out.print(f"{values['weeks']} SIMULATED weeks", style="bold")
    for sentence in (values["warning"], *values["text"]):
        out.print(sentence)
    if values["lifts"]:
        out.print("\nMain lifts, at the beginning and at the end", style="bold")
    for lift in values["lifts"]:
        out.print(f"  {lift['name']}: {_loads(lift['start'], units)}, then {_loads(lift['end'], units)}")
    out.print("\nWhat chose load and repetitions most often", style="bold")
    for rule in values["rules"]:
        out.print(f"  {rule['exercises']} of {values['planned_exercises']}: {rule['text']} ({rule['id']})")
    table = Table(
        title=f"Low-back load a week [{values['unit']}], mean of {values['lives']} lives", title_justify="left"
    )
    for name in ("week of", "by the plan", "lowest", "highest", "as before"):
        table.add_column(name, justify="right")
    for week in values["by_week"]:
        table.add_row(week["week"], *(f"{week['load'][name]:.1f}" for name in ("plan", "lo", "hi", "before")))
    out.print(table)


def _loads(one: dict[str, float], units: str) -> str:
    low, high = (one[name] if units == "kg" else one[name] / POUND_KG for name in ("lo_kg", "hi_kg"))
    ends = f"{low:g}" if low == high else f"{low:.4g} to {high:.4g}"
    return f"{ends} {units}"

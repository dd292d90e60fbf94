"""backstory demo."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption, show, use
from backstory.errors import JournalError

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal.demo import Demo


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("demo")(demo)


def demo(
    seed: Annotated[int, typer.Option(min=0, help="Another number, another simulated person.")] = 1,
    folder: Annotated[Path | None, typer.Option(help="Where to write the two CSV files [default: a new one].")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """One simulated year with a known truth; not your journal."""
    from backstory.journal.demo import demo as demonstrate
    from backstory.settings import private_folder

    place = private_folder(folder)
    with use(journal or str(place / "demo.db")) as opened:
        if not opened.store.is_empty():
            raise JournalError(f"{opened.store.shown} is not empty; a simulated year does not belong into it.")
        result = demonstrate(opened, place, seed)
    show(result.as_json(), as_json, lambda out: _render(out, result))


def _render(out: "Console", result: "Demo") -> None:
    truth = result.truth()
    out.print("A SIMULATED person: nobody's real year.", style="bold")
    out.print(
        f"{truth['training_days']} training days in {truth['days']} days, {truth['scored_mornings']} mornings scored. "
        "This person trains less when it hurts, rounds the score, and forgets one morning in five."
    )
    for file in result.files:
        out.print(f"Imported {file.path}: {file.new_sets} sets, {file.new_check_ins} check-ins")
    out.print("\nThe answer", style="bold")
    out.print(result.report.text)
    effect = result.report.effects()[0]
    out.print("\nTruth beside answer", style="bold")
    out.print("Pain points over the mornings after a day one standard deviation above the mean load:")
    out.print(f"  put in    {truth['points']:+.2f} over {truth['mornings']} mornings")
    if effect["points"] is not None:
        out.print(f"  found     {effect['points']:+.2f} (90 % range {effect['lo90']:+.2f} to {effect['hi90']:+.2f})")
    from backstory.journal.plan_files import plan_lines
    from backstory.journal.plan_told import as_json

    out.print("\nThe next week", style="bold")
    for line in plan_lines(as_json(result.week), out.width):
        out.print(str(line), style=line.style or None, soft_wrap=True)

"""backstory report."""

from pathlib import Path
from typing import Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption, show, use


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("report")(report)


def report(
    out: Annotated[Path, typer.Argument(metavar="OUT.(pdf|html)", help="The file to write.")],
    paper: Annotated[str, typer.Option(metavar="a4|letter", help="What it is printed on.")] = "a4",
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """One page for a doctor or trainer: the last 12 weeks."""
    from backstory.journal.doctor import write_report

    with use(journal) as opened:
        written = write_report(opened, out, paper.casefold())
    show(written.as_json(), as_json, lambda screen: screen.print(f"Wrote {out}. Write your name on it by hand."))

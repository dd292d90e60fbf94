"""backstory figure."""

from pathlib import Path
from typing import Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption, show, use


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    app.command("figure")(figure)


def figure(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", help="An id or any name the catalogue knows.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.svg", help="The file to write.")],
    load: Annotated[bool, typer.Option("--load", help="Below it, the load on the low back as it goes.")] = False,
    kg: Annotated[float | None, typer.Option(min=0, max=1000, help="The weight for --load.")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """An exercise as an animated picture (SVG)."""
    from backstory.journal.drawing import draw

    with use(journal) as opened:
        drawn = draw(opened, exercise, out, load, kg)
    show({"exercise": drawn.id, "path": str(out)}, as_json, lambda screen: screen.print(f"Wrote {out}: {drawn.name}."))

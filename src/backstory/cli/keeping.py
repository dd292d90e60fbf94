"""backstory export, restore, forget."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption, show, use
from backstory.errors import InputError


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    app.command("export")(export)
    app.command("restore")(restore)
    app.command("forget")(forget)


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The file to write.")],
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Everything in one zip file, to keep or to restore."""
    from backstory.journal import keeping

    with use(journal) as opened:
        rows = keeping.export(opened, out)
    text = f"Wrote {out}: {rows['sets']} sets, {rows['check_ins']} check-ins. It is health data: keep it to yourself."
    show({"path": str(out), "rows": rows}, as_json, lambda screen: screen.print(text))


def restore(
    source: Annotated[Path, typer.Argument(metavar="IN.zip", help="A file that export wrote.")],
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring an export back into an empty journal."""
    from backstory.journal import keeping

    with use(journal) as opened:
        rows = keeping.restore(opened, source)
    text = f"Restored {rows['sets']} sets and {rows['check_ins']} check-ins."
    show({"path": str(source), "rows": rows}, as_json, lambda screen: screen.print(text))


def forget(
    everything: Annotated[bool, typer.Option("--all", help="Yes, everything.")] = False,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete everything that was recorded. There is no way back; export first."""
    if not everything:
        raise InputError(
            "forget deletes the whole journal; say so with --all. To keep a copy: backstory export OUT.zip"
        )
    from backstory.journal import keeping

    with use(journal) as opened:
        if sys.stdin.isatty() and not as_json:
            typer.confirm(f"Delete everything in {opened.store.shown}?", abort=True, err=True)
        keeping.forget(opened)
        shown = opened.store.shown
    show({"forgotten": shown}, as_json, lambda out: out.print(f"Everything in {shown} was deleted."))

"""backstory import."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption, console, show, use
from backstory.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal.importing import ImportedFile

SHOWN = 8


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("import")(import_files)


def import_files(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help="Exports, folders or zip archives.")],
    units: Annotated[str | None, typer.Option(help="kg or lb, for files that do not say; remembered.")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read training logs and diaries; again adds only what is new."""
    from rich.progress import Progress

    from backstory.journal.importing import import_paths

    files, hidden = [], as_json or not sys.stderr.isatty()
    with use(journal) as opened, Progress(console=console(to_stderr=True), transient=True, disable=hidden) as progress:
        task = progress.add_task("Reading", total=None)
        for file in import_paths(opened, paths, units):
            files.append(file)
            progress.update(task, description=f"Read {len(files)} files")
    if not any(file.reader for file in files):
        raise InputError(_nothing_read(files))
    show({"files": [file.as_json() for file in files]}, as_json, lambda out: _render(out, files))


def _nothing_read(files: "list[ImportedFile]") -> str:
    first = files[0]
    message = first.problems[0].message
    named = message if first.path in message else f"{first.path}: {message}"
    return named if len(files) == 1 else f"None of the {len(files)} files could be read. {named}"


def _render(out: "Console", files: "list[ImportedFile]") -> None:
    for file in files:
        if file.reader is None:
            out.print(f"{file.path}: not read. {file.problems[0].message}", style="yellow")
            continue
        out.print(f"{file.path} ({file.reader})", style="bold")
        if file.sets:
            corrected = f", {file.corrected_sets} corrected" if file.corrected_sets else ""
            out.print(f"  {file.sessions} sessions, {file.sets} sets: {file.new_sets} new{corrected}")
            out.print(f"  {file.mapped_sets / file.sets:.1%} of the sets are exercises that Backstory knows")
        if file.check_ins:
            out.print(f"  {file.check_ins} check-ins: {file.new_check_ins} new")
        _render_unknown(out, file)
        for problem in file.problems[:SHOWN]:
            where = f"line {problem.line}: " if problem.line else ""
            out.print(f"  {where}{problem.message}", style="yellow")
        if len(file.problems) > SHOWN:
            out.print(f"  … and {len(file.problems) - SHOWN} more problems (--json shows all)", style="yellow")


def _render_unknown(out: "Console", file: "ImportedFile") -> None:
    for unknown in file.unmapped[:SHOWN]:
        close = ", ".join(exercise.id for exercise in unknown.suggestions)
        out.print(f"  Unknown: {unknown.name} ({unknown.sets} sets){'; is it ' + close + '?' if close else ''}")
    if len(file.unmapped) > SHOWN:
        out.print(f"  … and {len(file.unmapped) - SHOWN} more unknown names (backstory names list)")
    if file.unmapped:
        out.print('  To say what one is: backstory names set "NAME" EXERCISE_ID')

"""backstory serve."""

from typing import Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption
from backstory.errors import InputError


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("serve")(serve)


def serve(
    port: Annotated[int | None, typer.Option(help="0 = any that is free [default: 8765, or one after it].")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    host: Annotated[str, typer.Option(help="This machine alone: 127.0.0.1, localhost or ::1.")] = "127.0.0.1",
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """The app in your browser, on this machine alone."""
    from backstory.settings import journal_location
    from backstory.web.serving import serve as served

    if as_json:
        raise InputError("serve has nothing to print as JSON; the app's own JSON is at /api.")
    served(journal_location(journal), host, port, not no_browser, lambda line: typer.echo(line, err=True))

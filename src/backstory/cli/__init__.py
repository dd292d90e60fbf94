"""The command line. Thin: each command opens the journal, calls one use, and shows what comes back.

Heavy libraries are imported inside the commands, so that `backstory --help` answers at once.
"""

import gc
import sys
from collections.abc import Sequence
from contextlib import suppress

import typer

from backstory import __version__
from backstory.cli import (
    ahead,
    asking,
    demonstrating,
    doctor,
    drawing,
    entering,
    helping,
    importing,
    keeping,
    learning,
    looking_back,
    measuring,
    planning,
    serving,
    starting,
    trialling,
)
from backstory.errors import BackstoryError

USAGE_ERROR = 2
RARELY = 100_000  # objects: a command lives for a second, and looking for garbage costs a tenth of it
INTERRUPTED = 130

app = typer.Typer(
    name="backstory",
    help="Does working out hurt your back? Ask your own log. Nothing leaves this machine.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (
    starting, helping, importing, entering, looking_back, asking, trialling, planning, ahead, drawing, doctor,
    measuring, learning, demonstrating, keeping, serving,
):  # fmt: skip
    room.add_to(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"backstory {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    if context.invoked_subcommand is None:  # `backstory` alone opens the app
        serving.serve()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; whatever goes wrong becomes one line on stderr and an exit code."""
    gc.set_threshold(RARELY)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = _run(arguments)
    try:
        if not sys.stdout.closed:
            sys.stdout.flush()
    except BrokenPipeError:
        code = _nobody_listens()
    except OSError as error:
        code = _complain(f"The output cannot be written: {error.strerror or error}.", USAGE_ERROR)
        _nobody_listens()
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except BackstoryError as error:
        return _complain(str(error), error.exit_code)
    except typer.TyperException as error:
        return _complain(error.format_message(), USAGE_ERROR)
    except (typer.Abort, KeyboardInterrupt):
        return _complain("Stopped.", INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # typer leaves by itself only when nobody reads its output
        return _nobody_listens()
    except OSError as error:
        return _complain(f"{error.strerror or error}.", USAGE_ERROR)
    return code if isinstance(code, int) else 0


def _nobody_listens() -> int:
    """`backstory days | head`: whoever read the output has seen enough."""
    with suppress(OSError):
        sys.stdout.close()
    return 0


def _complain(message: str, code: int) -> int:
    line = " ".join(message.split())
    if line:
        typer.echo(f"backstory: {line}", err=True)
    return code

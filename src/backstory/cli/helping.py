"""backstory help-first."""

import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backstory.cli.common import JournalOption, JsonOption, console, show, use
from backstory.errors import InputError, JournalError

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal.helping import Screen, Told

PROMPT = "Numbers of those that are true, or none; Enter alone: no answer"
NUMBER_WIDTH = 4


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("help-first")(help_first)


def help_first(
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help='Answers, such as {"RF01": true}; some are enough.')
    ] = None,
    seen: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day on which a doctor or physio had a look.")
    ] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Does your back need a doctor first?"""
    from backstory.journal import helping

    seen_on = _day(seen)
    if answers is not None:
        given = helping.read_answers(answers)
    elif seen_on is None and sys.stdin.isatty() and not as_json:
        given = ask(console(to_stderr=True))
    else:
        given = None
    try:
        with use(journal) as opened:
            asked = given is not None or seen_on is not None
            told = helping.note(opened, given or {}, seen_on) if asked else helping.last(opened)
    except JournalError:
        judgement = helping.judge(given or {})
        if judgement.urgency == "emergency":  # is told, journal or not
            unkept = helping.Told(judgement)
            show(unkept.as_json(), as_json, lambda out: _render(out, unkept))
        raise
    show(told.as_json(), as_json, lambda out: _render(out, told))


def ask(out: "Console") -> dict[str, bool]:
    """What the person answers on the terminal; after an emergency nothing more is asked."""
    from backstory.journal import helping

    answers: dict[str, bool] = {}
    for screen in helping.screens():
        out.print("\n".join(screen_lines(screen, out.width)))
        answers |= _picked(out, screen)
        out.print()
        if helping.judge(answers).urgency == "emergency":
            break
    return answers


def _picked(out: "Console", screen: "Screen") -> dict[str, bool]:
    from backstory.journal import helping

    while True:
        words = typer.prompt(PROMPT, default="", show_default=False, err=True)
        try:
            return helping.picked(screen, words)
        except InputError as error:
            out.print(str(error))


def screen_lines(screen: "Screen", width: int) -> list[str]:
    """A screen as it is shown: heading, questions with their numbers, "none of these"."""
    items = [(str(number), text) for number, text in screen.items]
    lines = textwrap.wrap(screen.heading, width)
    for label, text in [*items, ("0", "None of these.")]:
        first, rest = f"{label:>{NUMBER_WIDTH - 2}}  ", " " * NUMBER_WIDTH
        lines += textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest)
    return lines


def _render(out: "Console", told: "Told") -> None:
    judgement = told.judgement
    out.print(judgement.text, style="bold" if judgement.urgency == "emergency" else None)
    asked_on = told.asked_on.isoformat() if told.asked_on else None
    since = {f"{flag['id']}: {flag['noted']}": flag["since"] for flag in told.open_flags}
    for noted in (*judgement.because, *(noted for noted in since if noted not in judgement.because)):
        earlier = since.get(noted, asked_on) != asked_on
        out.print(f"- {noted}" + (f" (open since {since[noted]})" if earlier else ""))
    for source in told.sources if judgement.urgency != "emergency" else ():
        out.print(f"{source['id']}: {source['source']} ({source['known']})", style="dim")
    if since:
        out.print("When a doctor or physio has seen you: backstory help-first --seen YYYY-MM-DD")


def _day(text: str | None) -> date | None:
    """The day of a visit. Raises InputError."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--seen takes a date such as 2026-03-14, not {text!r}.") from None

"""backstory start."""

import sys
import textwrap
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from backstory.cli.common import JournalOption, JsonOption, console, several, show, use
from backstory.errors import InputError, JournalError
from backstory.model import EARLIEST_DAY, MOVEMENTS, CheckIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from backstory.journal import Journal
    from backstory.journal.limits import Wanted
    from backstory.journal.started import Started

Taken = TypeVar("Taken")
PAIN_TODAY, NO_PAIN, TOLD = STARTS = ("pain-today", "no-pain", "told-by-clinician")
NONE = "Enter alone: no answer"
WHICH = f"1, 2 or 3? {NONE}"
HOW_BAD = f"How bad is your back now, 0 (no pain) to 10? {NONE}"
WHAT_HURTS = f"What hurts it? {', '.join(MOVEMENTS)}; several with commas. {NONE}"
AVOID = f"What are you to avoid? Exercises or families, with commas. {NONE}"
KEEP = f"What are you to keep doing? {NONE}"
WHO = f"Who said so? {NONE}"
ITEM_INDENT = "   "


def add_to(app: typer.Typer) -> None:
    """Register this file's command."""
    app.command("start")(start)


def start(
    which: Annotated[str | None, typer.Argument(metavar="[START]", help=f"{', '.join(STARTS)}.")] = None,
    pain: Annotated[float | None, typer.Option(help="pain-today: how bad it is now, 0 to 10.")] = None,
    hurts: Annotated[list[str] | None, typer.Option(help=f"pain-today: what hurts it: {', '.join(MOVEMENTS)}.")] = None,
    keep: Annotated[list[str] | None, typer.Option(help="told-by-clinician: what to do whatever else is done.")] = None,
    avoid: Annotated[
        list[str] | None, typer.Option(help="told-by-clinician: exercises or families to leave alone.")
    ] = None,
    prescribed_by: Annotated[str | None, typer.Option(help="told-by-clinician: who said so.")] = None,
    none: Annotated[bool, typer.Option("--none", help="told-by-clinician: what was told before has ended.")] = False,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """The first five minutes: pain today, no pain, or limits."""
    from backstory.journal import starting
    from backstory.journal.limits import Wanted

    _check(which, {"--pain": pain is not None, "--hurts": bool(hurts)}, PAIN_TODAY)
    wanted = Wanted(keep=_names(keep), avoid=_names(avoid), prescribed_by=prescribed_by or "")
    _check(which, {"--keep": keep, "--avoid": avoid, "--prescribed-by": prescribed_by, "--none": none}, TOLD)
    asks = sys.stdin.isatty() and not as_json
    with use(journal) as opened:
        if which is None:
            three = starting.offered(opened)
            show(three.as_json(), as_json, lambda out: _render(out, three))
            which = _chosen() if asks else None
            if which is None:
                return
            if which == TOLD:
                wanted = Wanted(avoid=_names([_asked(AVOID)]), keep=_names([_asked(KEEP)]), prescribed_by=_asked(WHO))
        if which == PAIN_TODAY:
            starting.first_check_in(opened, pain, several(hurts))
            if asks and _may_go_on(opened) and not starting.said_today(opened):
                starting.first_check_in(opened, *_how_it_is())
        elif which == TOLD:
            _note(opened, wanted, anew=none)
        started = starting.begin(opened, which)
    show(started.as_json(), as_json, lambda out: _render(out, started))


def _check(which: str | None, given: dict[str, object], belongs_to: str) -> None:
    """Raise InputError for a start that there is not, and for an option that belongs to another one."""
    if which is not None and which not in STARTS:
        raise InputError(f"There is no start {which!r}; there are {', '.join(STARTS)}.")
    wrong = [option for option, is_given in given.items() if is_given]
    if wrong and which != belongs_to:
        raise InputError(f"{', '.join(wrong)} goes with `backstory start {belongs_to}`.")


def _names(given: list[str] | None) -> tuple[str, ...]:
    """Names as they were typed, with commas or one by one."""
    parts = (part.strip() for value in given or () for part in value.split(","))
    return tuple(part for part in parts if part)


def _asked(question: str) -> str:
    words: str = typer.prompt(question, default="", show_default=False, err=True)
    return words.strip()


def _until_it_is_one(question: str, take: "Callable[[str], Taken]") -> "Taken | None":
    """Ask until what was typed can be taken; None = nothing was typed."""
    while words := _asked(question):
        try:
            return take(words)
        except InputError as error:
            typer.echo(str(error), err=True)
    return None


def _chosen() -> str | None:
    def take(words: str) -> str:
        by_number = {str(number): start for number, start in enumerate(STARTS, 1)}
        if words not in STARTS and words not in by_number:
            raise InputError(f"{words} is none of these.")
        return by_number.get(words, words)

    return _until_it_is_one(WHICH, take)


def _may_go_on(opened: "Journal") -> bool:
    """Ask when to get help, where that is due; whether nothing asks for it at once. That is told even when it cannot be
    kept.
    """
    from backstory.cli.helping import ask
    from backstory.journal import helping

    if due := helping.due_now(opened):
        out = console(to_stderr=True)
        out.print(due)
        answers = ask(out)
        try:
            helping.note(opened, answers)
        except JournalError:
            if helping.judge(answers).urgency == "emergency":
                console().print(helping.judge(answers).text, style="bold")
            raise
    return helping.stands(opened).judgement.urgency != "emergency"


def _how_it_is() -> tuple[float | None, tuple[str, ...]]:
    """Pain and the movements that hurt, as far as they are told."""

    def score(words: str) -> float:
        try:
            pain = float(words.replace(",", "."))
        except ValueError:
            raise InputError(f"{words} is no number from 0 to 10.") from None
        CheckIn(EARLIEST_DAY, pain=pain)  # refuses what cannot be; the day does not matter here
        return pain

    def movements(words: str) -> tuple[str, ...]:
        named = several([words])
        CheckIn(EARLIEST_DAY, hurts=named)
        return named

    return _until_it_is_one(HOW_BAD, score), _until_it_is_one(WHAT_HURTS, movements) or ()


def _note(opened: "Journal", wanted: "Wanted", anew: bool) -> None:
    """Limits that were told, or that those of before have ended, or both."""
    from backstory.journal.limits import add_limits, end_limits

    if wanted.says_something:
        add_limits(opened, wanted, anew)
    elif anew:
        end_limits(opened)


def _render(out: "Console", started: "Started") -> None:
    for section in started.sections:
        if section.heading:
            out.print()
            out.print(section.heading, style="bold")
        for line in section.lines:
            indent = ITEM_INDENT if line[0].isdigit() and line[1:3] == ". " else ""
            text = textwrap.fill(line, out.width, subsequent_indent=indent, break_on_hyphens=False)
            out.print(text, style=None if started.next_step else "bold")  # an emergency's stands alone
    if started.next_step:
        out.print()
        out.print(textwrap.fill(started.next_step, out.width, break_on_hyphens=False), style="bold")

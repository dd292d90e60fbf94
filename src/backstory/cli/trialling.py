"""backstory trial design, start, today, stop, answer, report."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from backstory.cli.common import DateOption, JournalOption, JsonOption, parse_day, show, show_help_alone, use

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal.trial_refusing import Told
    from backstory.journal.trialling import Design
    from backstory.model import Trial

NOTHING_TO_GIVE = 1
ASKED = {
    "pregnant": "Are you pregnant?",
    "recent_surgery": "Have you had surgery in the last months?",
    "help_first_open": "Is there something about your back that asks for a doctor and was not looked at?",
}
trial_app = typer.Typer(help="A self-trial: two ways in random order, and an answer.")
QuestionOption = Annotated[
    str, typer.Option("--question", metavar="QUESTION", help="heavy-hinging, warm-up, rest-days, ...; see the docs.")
]
FirstDayOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The first day [default: today].")
]
WorthOption = Annotated[float, typer.Option("--worth", help="The smallest difference worth knowing, points a morning.")]


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    trial_app.callback(invoke_without_command=True)(show_help_alone)
    for command in (design, start, today, stop, answer, report):
        trial_app.command(command.__name__)(command)
    app.add_typer(trial_app, name="trial")


def design(
    question: QuestionOption,
    weeks: Annotated[int | None, typer.Option(help="Only this length [default: 8 to 16].")] = None,
    block_days: Annotated[int | None, typer.Option(help="Only this block size [default: 3 to 6].")] = None,
    worth: WorthOption = 1.0,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """How long a trial must be to find what is worth knowing."""
    from backstory.journal.trialling import lay_out

    with use(journal) as opened:
        laid_out = lay_out(opened, question, weeks, block_days, worth)
    show(laid_out.as_json(), as_json, lambda out: _render_design(out, laid_out))


def _render_design(out: "Console", laid_out: "Design") -> None:
    from rich.table import Table

    question = laid_out.question
    out.print(f"A self-trial: {question.title}", style="bold")
    for letter, arm in zip("AB", laid_out.shown_arms, strict=True):
        out.print(f"{letter}, {arm.name}: {arm.text}")
    out.print(f"Within your usual: {question.usual_range}")
    blocks = sorted({cell.block_days for cell in laid_out.cells})
    table = Table("Weeks", *(f"blocks of {days}" for days in blocks), box=None, pad_edge=False)
    for weeks in sorted({cell.weeks for cell in laid_out.cells}):
        sizes = [cell.smallest_effect for cell in laid_out.cells if cell.weeks == weeks]
        table.add_row(str(weeks), *("-" if size is None else f"{size:.1f}" for size in sizes))
    out.print("The smallest difference, in points a morning, that is found four times of five:")
    out.print(table)
    shares = [cell.false_claims for cell in laid_out.cells]
    out.print(
        f"Where there is none, one is claimed in about {sum(shares) / len(shares):.0%} of such trials, and by the way "
        "it is tested in no more than 5%."
    )
    out.print(laid_out.text)
    out.print(f"Studies: {question.background}", style="dim")


def start(
    question: QuestionOption,
    weeks: Annotated[int, typer.Option(help="8 to 16.")],
    pregnant: Annotated[bool | None, typer.Option("--pregnant/--not-pregnant", help="Whether you are.")] = None,
    recent_surgery: Annotated[bool | None, typer.Option(help="Whether you had surgery in the last months.")] = None,
    help_first_open: Annotated[
        bool | None, typer.Option(help="Whether something that asks for a doctor was not looked at yet.")
    ] = None,
    block_days: Annotated[int, typer.Option(help="Days in one way together: 3 to 6.")] = 4,
    worth: WorthOption = 1.0,
    seed: Annotated[int | None, typer.Option(help="For the coins [default: drawn].")] = None,
    date: FirstDayOption = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fix the plan of a trial; begins today."""
    from backstory.journal import trialling
    from backstory.journal.trial_refusing import Told, known

    wanted = trialling.Wanted(question, weeks, block_days, worth, seed, parse_day(date))
    with use(journal) as opened:
        told = known(opened, Told(pregnant, recent_surgery, help_first_open))
        if told.missing and sys.stdin.isatty() and not as_json:
            told = _asked(told)
        trial = trialling.start(opened, wanted, told)
        first = trialling.day_of(opened, trial.starts)
    show(
        {**trialling.as_values(trial), "text": first["text"]},
        as_json,
        lambda out: _render_start(out, trial, first["text"]),
    )


def _asked(told: "Told") -> "Told":
    """Told with what the person answers on the terminal."""
    return replace(told, **{name: typer.confirm(ASKED[name], err=True) for name in told.missing})


def _render_start(out: "Console", trial: "Trial", text: str) -> None:
    out.print(f"{trial.title.capitalize()}: {trial.days} days, {trial.starts} to {trial.last_day}.", style="bold")
    if trial.smallest_effect is None:
        out.print("So laid out it hardly finds anything: more weeks or smaller blocks would (`backstory trial stop`).")
    else:
        out.print(f"It finds a difference of {trial.smallest_effect:.1f} points a morning four times of five.")
    out.print("Score every morning, and ask each day what it is: backstory trial today")
    out.print(text)


def today(date: DateOption = None, journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """What today is; ends the trial after three bad days."""
    from backstory.journal.trialling import day_of

    day = parse_day(date)
    with use(journal) as opened:
        found = day_of(opened, day)
    show(found, as_json, lambda out: out.print(found["text"]))
    if found["arm"] is None:
        raise typer.Exit(NOTHING_TO_GIVE)


def stop(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """End the running trial."""
    from backstory.journal import trialling

    with use(journal) as opened:
        trial = trialling.stop(opened)
        text = trialling.day_of(opened, trial.ended_on)["text"]
    show({**trialling.as_values(trial), "text": text}, as_json, lambda out: out.print(text))


def answer(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """What came out; no verdict before day 56."""
    from backstory.journal.trialling import answer as answered

    with use(journal) as opened:
        found = answered(opened)
    show(found.as_json(), as_json, lambda out: out.print(found.text))
    if not found.given:
        raise typer.Exit(NOTHING_TO_GIVE)


def report(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """The whole trial by CENT 2015, as Markdown."""
    from backstory.journal.trialling import report as reported

    with use(journal) as opened:
        items = reported(opened)
    title, *rest = items
    page = [f"# {title['text']}", *(f"## {item['number']}. {item['heading']}\n\n{item['text']}" for item in rest)]
    text = "\n\n".join(page)
    show({"title": title["text"], "items": items, "text": text}, as_json, lambda _out: typer.echo(text))

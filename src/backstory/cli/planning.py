"""backstory plan."""

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.cli.common import JournalOption, JsonOption, several, show, use
from backstory.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from backstory.journal.plan_files import Line
    from backstory.journal.plan_wish import Wish

NOTHING_TO_GIVE = 1
app = typer.Typer(help="The next week: what to train, why, and what to rest.", invoke_without_command=True)

FromOption = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day [default: today].")]
DaysOption = Annotated[list[str] | None, typer.Option("--days", help="Weekdays, such as mon,wed,fri.")]
MinutesOption = Annotated[list[str] | None, typer.Option("--minutes", help="Of a session: one number, or one a day.")]
LevelOption = Annotated[str | None, typer.Option(help="new, some or long: how long you have trained [default: log].")]
GoalOption = Annotated[str | None, typer.Option(help="strength, muscle, general or return [default: profile].")]
EquipmentOption = Annotated[list[str] | None, typer.Option("--equipment", help="What there is; none; everything.")]
KeepOption = Annotated[list[str] | None, typer.Option("--keep", help="Exercises or families that must come.")]
AvoidOption = Annotated[list[str] | None, typer.Option("--avoid", help="Exercises or families that must not.")]
WeeksOption = Annotated[int, typer.Option(help="1, or a block of up to 8; every fourth is lighter.")]


def add_to(cli: typer.Typer) -> None:
    """Register this file's commands."""
    cli.add_typer(app, name="plan")


@app.callback()
def plan(
    context: typer.Context,
    first: FromOption = None,
    days: DaysOption = None,
    minutes: MinutesOption = None,
    goal: GoalOption = None,
    level: LevelOption = None,
    equipment: EquipmentOption = None,
    keep: KeepOption = None,
    avoid: AvoidOption = None,
    weeks: WeeksOption = 1,
    why: Annotated[bool, typer.Option("--why", help="A line for each choice.")] = False,
    ics: Annotated[Path | None, typer.Option(metavar="OUT.ics", help="A calendar with reminders.")] = None,
    at: Annotated[str, typer.Option(metavar="HH:MM", help="When sessions begin, for the calendar.")] = "18:00",
    markdown: Annotated[Path | None, typer.Option(metavar="OUT.md", help="As Markdown.")] = None,
    page: Annotated[Path | None, typer.Option(metavar="OUT.html", help="To print, with figures.")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """The next week: what to train, why, and when to rest."""
    wish = _wish(first, days, minutes, goal, level, equipment, keep, avoid, weeks)
    context.obj = (wish, journal)
    if context.invoked_subcommand is not None:
        return
    from backstory.journal.plan_files import PlanFiles, write_plan
    from backstory.journal.plan_told import as_json as told
    from backstory.journal.planning import plan as planned

    begins = _time(at)
    with use(journal) as opened:
        made, now = planned(opened, wish), opened.clock()
        units = opened.store.profile().get("units", "kg")
    values = told(made)
    files = PlanFiles(ics, markdown, page) if made.holds else PlanFiles()
    for written in write_plan(values, files, begins, units, now, made.given.person):
        typer.echo(f"Written: {written}", err=True)
    show(values, as_json, lambda out: _render(out, values, why, units))
    if not made.holds:
        raise typer.Exit(NOTHING_TO_GIVE)


@app.command()
def explain(context: typer.Context, as_json: JsonOption = False) -> None:
    """Why each exercise is there, and which rule objects to the others."""
    from backstory.journal.plan_why import explained
    from backstory.journal.planning import plan as planned

    wish, journal = context.obj
    with use(journal) as opened:
        rows = explained(planned(opened, wish))

    def render(out: "Console") -> None:
        from backstory.journal.plan_files import explain_lines

        for row in rows:
            _print(out, explain_lines(row, out.width))

    show({"exercises": rows}, as_json, render)


@app.command()
def swap(
    context: typer.Context, exercise: Annotated[str, typer.Argument(help="What is to be replaced.")],
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """Exercises that could stand in, with their load on the back."""
    from backstory.journal.plan_why import swapped
    from backstory.journal.planning import given_for

    wish, journal = context.obj
    with use(journal) as opened:
        found = swapped(given_for(opened, wish), exercise)

    def render(out: "Console") -> None:
        from backstory.journal.plan_files import swap_lines

        _print(out, swap_lines(found, out.width))

    show(found, as_json, render)


def _wish(
    first: str | None, days: list[str] | None, minutes: list[str] | None, goal: str | None, level: str | None,
    equipment: list[str] | None, keep: list[str] | None, avoid: list[str] | None, weeks: int,
) -> "Wish":  # fmt: skip
    from backstory.cli.common import parse_day
    from backstory.journal.plan_wish import Wish

    if days is not None and not several(days):
        raise InputError("--days takes 1 to 6 weekdays such as mon,wed,fri.")
    return Wish(
        first=None if first == "today" else parse_day(first), days=several(days), minutes=_numbers(minutes),
        goal=goal, level=level, equipment=several(equipment), keep=_names(keep), avoid=_names(avoid), weeks=weeks,
    )  # fmt: skip


def _names(given: list[str] | None) -> tuple[str, ...]:
    """Names may hold spaces and brackets; commas part them."""
    return tuple(part.strip() for value in given or () for part in value.split(",") if part.strip())


def _numbers(given: list[str] | None) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in several(given))
    except ValueError:
        raise InputError(f"--minutes takes whole numbers such as 45, not {', '.join(given or ())!r}.") from None


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise InputError(f"--at takes a time such as 18:00, not {text!r}.") from None


def _render(out: "Console", values: dict[str, Any], why: bool, units: str) -> None:
    from backstory.journal.plan_files import plan_lines

    _print(out, plan_lines(values, out.width, units, why))


def _print(out: "Console", lines: "Sequence[Line]") -> None:
    for line in lines:
        out.print(str(line), style=line.style or None, soft_wrap=True)

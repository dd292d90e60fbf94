"""backstory measure."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.cli.common import DateOption, JournalOption, JsonOption, console, parse_day, show, show_help_alone, use
from backstory.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal.measuring import History, Item, Listed, Measure, Taken, Way

STDIN = Path("-")
VALUES_SHOWN, WEEKS_SHOWN = 12, 8
HEADINGS = {
    "asked": "Questions: backstory measure take ID",
    "done": "To do yourself, against your own earlier values; stop when pain starts",
    "daily": "From your check-ins and sessions, never asked twice",
}
HEADS = {
    "pain": "Pain", "session-effort": "Effort x min", "sleep-hours": "Sleep, h", "sleep-quality": "Sleep, 0 to 10",
}  # fmt: skip
measure_app = typer.Typer(help="Questionnaires and holds, kept and compared over time.")


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    measure_app.callback(invoke_without_command=True)(show_help_alone)
    measure_app.command("list")(list_all)
    measure_app.command("take")(take)
    measure_app.command("show")(show_values)
    app.add_typer(measure_app, name="measure")


def list_all(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """What there is, how long it takes, when it was last done."""
    from backstory.journal.measuring import list_measures

    with use(journal) as opened:
        listed, waiting = list_measures(opened)
    values = {"measures": [one.as_json() for one in listed], "waiting": waiting}
    show(values, as_json, lambda out: _render_list(out, listed, waiting))


def _render_list(out: "Console", listed: "list[Listed]", waiting: list[str]) -> None:
    from rich.table import Table

    for kind, heading in HEADINGS.items():
        of_kind = [one for one in listed if one.way.kind == kind]
        if not of_kind:
            continue
        out.print(heading, style="bold")
        table = Table("Id", "Measure", *(["Takes"] if kind != "daily" else []), "Last", box=None, pad_edge=False)
        for one in of_kind:
            last = f"{with_unit(one.last.value, one.measure)} on {one.last.day.isoformat()}" if one.last else "-"
            takes = [f"{one.way.minutes:g} min"] if one.way.minutes else []
            table.add_row(one.measure.id, one.measure.name, *takes, last)
        out.print(table)
        out.print()
    if waiting:
        out.print(
            "Holds and the reach test wait, because something of yours asks for a doctor: `backstory help-first`."
        )


def take(
    measure: Annotated[str, typer.Argument(metavar="ID", help="As in `backstory measure list`.")],
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE.json|-", help='Answers, such as {"pain": 5}; - reads standard input.')
    ] = None,
    date: DateOption = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer or do one, and keep its value; on a terminal item by item."""
    from backstory.journal import measuring

    day = parse_day(date)
    with use(journal) as opened:
        wanted, way = measuring.ready(opened, measure, day)
        if answers == STDIN:
            given = measuring.answers_of(sys.stdin.read(), "Standard input")
        elif answers is not None:
            given = measuring.read_answers(answers)
        elif sys.stdin.isatty() and not as_json:
            given = _asked(console(to_stderr=True), wanted, way)
        else:
            items = ", ".join(item.id for item in wanted.items)
            raise InputError(f"{wanted.name}: give --answers FILE.json with {items}, or ask on a terminal.")
        taken = measuring.take(opened, measure, given, day)
    show(taken.as_json(), as_json, lambda out: _render_taken(out, taken))


def _asked(out: "Console", measure: "Measure", way: "Way") -> dict[str, float | bool]:
    """What the person answers on the terminal, item by item."""
    out.print(measure.name, style="bold")
    out.print(measure.how)
    if way.before:
        out.print(way.before, style="bold")
    out.print("Enter alone: no answer.\n")
    found = {}
    for count, item in enumerate(measure.items, 1):
        out.print(item.text)
        place = f"{count}/{len(measure.items)}  " if len(measure.items) > 1 else ""
        found[item.id] = _answer(out, item, f"  {place}{ends(item)}")
    return {name: answer for name, answer in found.items() if answer is not None}


def _answer(out: "Console", item: "Item", prompt: str) -> float | bool | None:
    from backstory.journal.measuring import answer_of

    while True:
        typed = typer.prompt(prompt, default="", show_default=False, err=True)
        try:
            return answer_of(item, typed)
        except ValueError as error:
            out.print(str(error))


def ends(item: "Item") -> str:
    """What can be answered: a number with what its ends mean, or yes and no."""
    if item.least is None or item.most is None:
        return "y or n"
    (low, least), (high, most) = item.least, item.most
    return f"{low:g} to {high:g} {most}" if least == most else f"{low:g} = {least}, {high:g} = {most}"


def _render_taken(out: "Console", taken: "Taken") -> None:
    out.print(f"{taken.measure.name}: {with_unit(taken.value, taken.measure)}, kept for {taken.day.isoformat()}.")
    for line in (taken.note, f"Since the one before, {taken.change}" if taken.change else ""):
        if line:
            out.print(line)


def show_values(
    measure: Annotated[str | None, typer.Argument(metavar="[ID]", help="One measure; without it, all of them.")] = None,
    page: Annotated[
        Path | None, typer.Option(metavar="OUT.html", help="Chart, words and table as a page of your own.")
    ] = None,
    svg: Annotated[Path | None, typer.Option(metavar="OUT.svg", help="The chart alone.")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Values over time, and the change that matters."""
    from backstory.journal import measuring
    from backstory.journal.measure_drawing import write_measure

    if measure is None:
        if page or svg:
            raise InputError("--page and --svg take one measure, such as `backstory measure show peg --page peg.html`.")
        with use(journal) as opened:
            found = measuring.histories(opened)
        show({"measures": [one.as_json() for one in found]}, as_json, lambda out: _render_all(out, found))
        return
    with use(journal) as opened:
        history = measuring.history(opened, measure)
    write_measure(history, page, svg)
    for path in (page, svg):
        if path is not None:
            typer.echo(f"Written: {path}", err=True)
    show(history.as_json(), as_json, lambda out: _render_one(out, history))


def _render_one(out: "Console", history: "History") -> None:
    from rich.table import Table

    from backstory.journal.measure_drawing import scale, sources, tell, terminal

    out.print(history.measure.name, style="bold")
    out.print(f"{scale(history.measure)}, means of weeks" if history.weekly else scale(history.measure))
    out.print("\n".join(terminal(history, out.width)) or "One value so far; a chart and a change take two.")
    heads = ["Week of", "Mean", "Over"] if history.weekly else ["Day", "Value"]
    table = Table(*heads, box=None, pad_edge=False)
    for reading in history.readings[-VALUES_SHOWN:]:
        count = [str(reading.count)] if history.weekly else []
        table.add_row(reading.day.isoformat(), number(reading.value), *count)
    out.print(table)
    if (more := len(history.readings) - VALUES_SHOWN) > 0:
        out.print(f"and {more} earlier: `backstory measure show {history.measure.id} --json`")
    for line in tell(history):
        out.print(line)
    for line in sources(history.measure):
        out.print(line, style="dim")


def _render_all(out: "Console", found: "list[History]") -> None:
    """Those that were taken with first and last value, then the last weeks of what is told every day."""
    from rich.table import Table

    taken, weekly = ([one for one in found if one.weekly is kind] for kind in (False, True))
    if taken:
        table = Table("Measure", "First", "", "Last", "", "Values", box=None, pad_edge=False)
        for one in taken:
            first, last = one.known[0], one.known[-1]
            dated = [
                text
                for reading in (first, last)
                for text in (with_unit(reading.value, one.measure), reading.day.isoformat())
            ]
            table.add_row(one.measure.name, *dated, str(len(one.known)))
        out.print(table)
        for one in taken:
            if one.change:
                out.print(f"- {one.change}")
    if weekly:
        out.print("Week by week, from check-ins and sessions (- = nothing known)", style="bold")
        out.print(_weeks_table(weekly))


def _weeks_table(weekly: "list[History]") -> Any:
    from rich.table import Table

    means = [{reading.day: reading.value for reading in one.readings} for one in weekly]
    weeks = sorted({day for by_day in means for day in by_day})[-WEEKS_SHOWN:]
    heads = [HEADS.get(one.measure.id, one.measure.name) for one in weekly]
    table = Table("Week of", *heads, box=None, pad_edge=False)
    for week in weeks:
        table.add_row(week.isoformat(), *(number(by_day.get(week)) for by_day in means))
    return table


def with_unit(value: float | None, measure: "Measure") -> str:
    """A value in its measure's unit; points have none."""
    return f"{number(value)} {measure.unit}".strip()


def number(value: float | None) -> str:
    """With one decimal where it is not whole; a dash where nothing is known."""
    return "-" if value is None else f"{value:.1f}".removesuffix(".0")

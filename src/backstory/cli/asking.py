"""backstory load, set, days, answer."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.cli.common import DateOption, JournalOption, JsonOption, parse_day, show, use
from backstory.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

WEEKS_SHOWN, MUSCLES_SHOWN, NOTES_SHOWN = 8, 12, 6
SLOWEST_S = 60.0
NOTHING_TO_GIVE = 1
DetailsOption = Annotated[bool, typer.Option("--details", help="Newtons and newton-metres too.")]


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    app.command("load")(load)
    app.command("set")(one_set)
    app.command("days")(days)
    app.command("answer")(answer)


def load(
    date: DateOption = None,
    details: DetailsOption = False,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """What training did: weeks, muscles, balance, notes, sets."""
    from backstory.journal.reporting import load_report, sets_of_day

    day = parse_day(date)
    with use(journal) as opened:
        if day is not None:
            sets = sets_of_day(opened, day)
            show({"date": day.isoformat(), "sets": sets}, as_json, lambda out: _render_sets(out, sets, details))
            return
        report = load_report(opened)
    show(report, as_json, lambda out: _render_load(out, report, details))


def _render_load(out: "Console", report: dict[str, Any], details: bool) -> None:
    from rich.table import Table

    head = ["Week of", "Days", "Rest", "Sets", "Hard", "Breaks", "Low-back load"]
    weeks = Table(*head, *(["kNm·reps"] if details else []), box=None, pad_edge=False)
    for week in report["weeks"][-WEEKS_SHOWN:]:
        row = [week["week"], str(week["training_days"]), str(week["rest_days"]), str(week["sets"])]
        row += [str(week["hard_sets"]), _minutes(week["break_s"]), _beside_usual(week)]
        weeks.add_row(*row, *([_number(week["load"])] if details else []))
    out.print(f"The last {min(WEEKS_SHOWN, len(report['weeks']))} of {len(report['weeks'])} weeks with training")
    out.print(weeks)
    last = report["muscles"][-1]["week"] if report["muscles"] else None
    if last:
        counts = [f"{m['muscle'].replace('_', ' ')} {m['sets']:g}" for m in report["muscles"] if m["week"] == last]
        out.print(f"Sets a muscle, week of {last}: {', '.join(counts[:MUSCLES_SHOWN])}")
    for pair in report["balance"]:
        out.print(f"Sets {pair['pair'].replace(':', ' to ')}, four weeks: {pair['sets'][0]} to {pair['sets'][1]}")
    for note in report["notes"][:NOTES_SHOWN]:
        out.print(f"Note: {note['text']}")
        out.print(f"  {note['says']} ({note['grade']}; {note['source']})", style="dim")
    if len(report["notes"]) > NOTES_SHOWN:
        out.print(f"and {len(report['notes']) - NOTES_SHOWN} more notes: `backstory load --json`")
    if details:
        out.print("Load: repetitions x moment on the low back, in kNm. It is no limit.")
    if report["assumed"]:
        out.print(f"Computed with an assumed {' and '.join(report['assumed'])}; `backstory profile` takes yours.")


def _beside_usual(week: dict[str, Any]) -> str:
    """A week beside the median of the three months before it."""
    if week["load"] is None:
        return "not known"
    unknown = f" + {week['sessions_not_known']} not known" if week["sessions_not_known"] else ""
    if not week["whole"]:
        return "not a whole week" + unknown
    return ("first weeks" if week["times_usual"] is None else f"{week['times_usual']:.1f} x usual") + unknown


def _render_sets(out: "Console", sets: list[dict[str, Any]], details: bool) -> None:
    from rich.table import Table

    most = max((row["peak_moment_nm"] or 0.0 for row in sets), default=0.0)
    shown = Table("Set", "kg", "Reps", "Of the day's hardest", box=None, pad_edge=False)
    if details:
        for name in ("Nm", "from - to", "Nm·s"):
            shown.add_column(name)
    for row in sets:
        moment = row["peak_moment_nm"]
        share = "not known" if moment is None else f"{100 * moment / most:.0f} %" if moment and most else "-"
        band = "" if moment is None else " - ".join(f"{value:.0f}" for value in row["peak_moment_nm_band"])
        extra = [_number(moment, 0), band, _number(row["impulse_nms"], 0)] if details else []
        shown.add_row(row["name"], _number(row["load_kg"]), _number(row["reps"], 0), share, *extra)
    out.print(shown)


def _number(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:.1f} min"


def one_set(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", help="An id or any name the catalogue knows.")],
    kg: Annotated[float, typer.Option(min=0, max=1000, help="The weight, as you would log it.")] = 0.0,
    reps: Annotated[int, typer.Option(min=0, max=1000, help="Repetitions.")] = 1,
    tempo: Annotated[str | None, typer.Option(metavar="S-S-S", help="Lowering-pause-lifting, in seconds.")] = None,
    details: DetailsOption = False,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """What one set of an exercise does to the low back."""
    from backstory.journal.loading import told_set, usual_peak_nm, weigh_set

    with use(journal) as opened:
        found, person, peak = weigh_set(opened, exercise, kg, reps, _tempo(tempo))
        usual = None if as_json else usual_peak_nm(opened)
        values = told_set(found, person, peak)

    def render(out: "Console") -> None:
        low, high = peak.moment_band_nm
        pair = f"2 x {kg:g}" if found.load_factor == 2 else f"{kg:g}"
        helps = " of help" if found.load_factor < 0 else ""
        out.print(f"{found.name}, {pair} kg{helps} x {reps}", style="bold")
        if found.motion.endurance:
            out.print("  In a log it counts by its minutes; this is what one repetition asks for.")
        if usual:
            out.print(f"  {peak.moment_nm / usual:.1f} x the hardest set of your usual training day")
        if details or not usual:
            out.print(f"  low-back moment  about {peak.moment_nm:.0f} Nm ({low:.0f} to {high:.0f})")
        if details:
            out.print(f"  compression      {peak.compression_band_n[0]:.0f} to {peak.compression_band_n[1]:.0f} N")
            out.print(f"  impulse          about {peak.impulse_nms:.0f} Nm·s")
        out.print("  What training asks of a back; compare it with your other sets. It is no limit.")
        out.print(
            f"  from: {values['source']}"
            if details
            else "  --details: newton-metres, newtons, and where they come from"
        )

    show(values, as_json, render)


def _tempo(text: str | None) -> tuple[float, float, float] | None:
    """Seconds of lowering, pause and lifting, such as 3-1-1. Raises InputError."""
    if text is None:
        return None
    try:
        down, pause, up = (float(part) for part in text.split("-"))
    except ValueError:
        raise InputError(f"--tempo takes three numbers of seconds such as 3-1-1, not {text!r}.") from None
    if not (0.1 <= down <= SLOWEST_S and 0 <= pause <= SLOWEST_S and 0.1 <= up <= SLOWEST_S):
        raise InputError("--tempo: lowering and lifting take 0.1 to 60 seconds, a pause 0 to 60.")
    return down, pause, up


def days(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """The daily table as CSV or JSON; empty = not known."""
    from backstory.journal.loading import day_records, day_table

    with use(journal) as opened:
        if as_json:
            show({"days": day_records(opened)}, as_json, lambda _out: None)
            return
        table = day_table(opened).table
    table.to_csv(sys.stdout, float_format="%.6g", date_format="%Y-%m-%d", lineterminator="\n")


def answer(
    short: Annotated[bool, typer.Option("--short", help="One sentence.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="What studies of many people say, too.")] = False,
    page: Annotated[
        Path | None, typer.Option(metavar="OUT.html", help="Everything, with pictures, as a page of your own.")
    ] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Does working out hurt my back? Which part, how surely?"""
    from backstory.journal.answering import answer as answered

    with use(journal) as opened:
        report = answered(opened)
    if page is not None:
        from backstory.journal.picturing import write_answer

        write_answer(page, report)
        typer.echo(f"Written: {page}", err=True)

    def render(out: "Console") -> None:
        out.print(report.sentence if short else report.text)
        if evidence:
            out.print("Studies of many people, apart from your own answer:", style="bold")
            for text in report.evidence:
                out.print(f"- {text}")

    show(report.as_json(), as_json, render)
    if report.verdict == "not enough data":
        raise typer.Exit(NOTHING_TO_GIVE)

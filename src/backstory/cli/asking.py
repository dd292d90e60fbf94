"""backstory load, set, days, answer."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.cli.common import JournalOption, JsonOption, show, use

if TYPE_CHECKING:
    from rich.console import Console

WEEKS_SHOWN, MUSCLES_SHOWN, JUMPS_SHOWN = 8, 12, 3
ENOUGH_SESSIONS = 4  # in the 30 days before, to speak of a jump
JUMP = 1.1  # R20: a session more than 10 % over the largest of the last 30 days; a note, never an alarm
NOTHING_TO_GIVE = 1


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    app.command("load")(load)
    app.command("set")(one_set)
    app.command("days")(days)
    app.command("answer")(answer)


def load(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """What training did: weeks, muscles, balance, jumps."""
    from backstory.journal.loading import load_report

    with use(journal) as opened:
        report = load_report(opened)
    show(report, as_json, lambda out: _render_load(out, report))


def _render_load(out: "Console", report: dict[str, Any]) -> None:
    from rich.table import Table

    weeks = Table("Week of", "Days", "Sets", "Load", box=None, pad_edge=False)
    for week in report["weeks"][-WEEKS_SHOWN:]:
        load = "not known" if week["load"] is None else f"{week['load']:.1f}"
        unknown = f" + {week['sessions_not_known']} not known" if week["load"] and week["sessions_not_known"] else ""
        weeks.add_row(week["week"], str(week["training_days"]), str(week["sets"]), load + unknown)
    out.print(f"The last {min(WEEKS_SHOWN, len(report['weeks']))} of {len(report['weeks'])} weeks with training")
    out.print(weeks)
    out.print("Load: repetitions x moment on the low back, in kNm")
    last = report["muscles"][-1]["week"] if report["muscles"] else None
    if last:
        counts = [f"{m['muscle'].replace('_', ' ')} {m['sets']:g}" for m in report["muscles"] if m["week"] == last]
        out.print(f"Sets a muscle, week of {last}: {', '.join(counts[:MUSCLES_SHOWN])}")
    for pair in report["balance"]:
        out.print(f"Sets {pair['pair'].replace(':', ' to ')}, whole log: {pair['sets'][0]} to {pair['sets'][1]}")
    settled = [spike for spike in report["spikes"] if spike["compared_with"] >= ENOUGH_SESSIONS]
    jumps = [spike for spike in settled if spike["ratio"] > JUMP][-JUMPS_SHOWN:]
    for spike in jumps:
        out.print(f"{spike['date']}: a bigger jump than your last 30 days ({spike['ratio']:.1f} x the largest of them)")
    if report["assumed"]:
        out.print(f"Computed with an assumed {' and '.join(report['assumed'])}; `backstory profile` takes yours.")


def one_set(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", help="An id or any name the catalogue knows.")],
    kg: Annotated[float, typer.Option(min=0, max=1000, help="The weight, as you would log it.")] = 0.0,
    reps: Annotated[int, typer.Option(min=0, max=1000, help="Repetitions.")] = 1,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """What one set of an exercise does to the low back."""
    from backstory.journal.loading import weigh_set

    with use(journal) as opened:
        found, person, peak = weigh_set(opened, exercise, kg, reps)
    assumed = f"; assumed: {' and '.join(person.assumed)}" if person.assumed else ""
    source = (
        f"statics of the hardest point, {person.body_mass_kg:g} kg and {person.height_m:.2f} m{assumed}; segments "
        "de Leva 1996, compression Cholewicki 1991; bands are judgement"
    )
    values = {
        "exercise": found.id,
        "peak_moment_nm": peak.moment_nm,
        "peak_moment_nm_band": list(peak.moment_band_nm),
        "peak_compression_n_band": list(peak.compression_band_n),
        "impulse_nms": peak.impulse_nms,
        "source": source,
    }

    def render(out: "Console") -> None:
        low, high = peak.moment_band_nm
        pair = f"2 x {kg:g}" if found.load_factor == 2 else f"{kg:g}"
        helps = " of help" if found.load_factor < 0 else ""
        out.print(f"{found.name}, {pair} kg{helps} x {reps}", style="bold")
        out.print(f"  low-back moment  about {peak.moment_nm:.0f} Nm ({low:.0f} to {high:.0f})")
        out.print(f"  compression      {peak.compression_band_n[0]:.0f} to {peak.compression_band_n[1]:.0f} N")
        out.print(f"  impulse          about {peak.impulse_nms:.0f} Nm·s")
        out.print("  What training asks of a back; compare it with your other sets. It is no limit.")
        out.print(f"  from: {source}")

    show(values, as_json, render)


def days(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """The daily table as CSV or JSON; empty = not known."""
    from backstory.journal.loading import day_table

    with use(journal) as opened:
        table = day_table(opened).table
    if as_json:
        rows = table.reset_index()
        rows["date"] = rows["date"].dt.strftime("%Y-%m-%d")
        records = rows.astype(object).where(rows.notna(), None).to_dict("records")
        show({"days": records}, as_json, lambda _out: None)
        return
    table.to_csv(sys.stdout, float_format="%.6g", date_format="%Y-%m-%d", lineterminator="\n")


def answer(journal: JournalOption = None, as_json: JsonOption = False) -> None:
    """Does working out hurt my back? Which part, how surely?"""
    from backstory.journal.answering import answer as answered

    with use(journal) as opened:
        report = answered(opened)
    show(report.as_json(), as_json, lambda out: out.print(report.text))
    if report.verdict == "not enough data":
        raise typer.Exit(NOTHING_TO_GIVE)

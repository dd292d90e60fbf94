"""backstory check-in, log, profile, names."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backstory.cli.common import DateOption, JournalOption, JsonOption, parse_day, several, show, show_help_alone, use
from backstory.model import (
    AREAS,
    FEELS,
    MOVEMENTS,
    OTHER_LOADS,
    SESSION_MOMENTS,
    SLEEP_POSITIONS,
    TIMES_OF_DAY,
    TRAINED,
    words,
)

if TYPE_CHECKING:
    from rich.console import Console

    from backstory.journal.entering import NameChoice

names_app = typer.Typer(help="What the exercises in your log are called.")


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    app.command("check-in")(check_in)
    app.command("log")(log)
    app.command("profile")(profile)
    names_app.callback(invoke_without_command=True)(show_help_alone)
    names_app.command("list")(list_names)
    names_app.command("set")(set_name)
    app.add_typer(names_app, name="names")


def check_in(
    date: DateOption = None,
    pain: Annotated[float | None, typer.Option(help="0 = none, 10 = the worst you can imagine.")] = None,
    when: Annotated[str | None, typer.Option(help=f"{' or '.join(TIMES_OF_DAY)}; best every morning.")] = None,
    where: Annotated[list[str] | None, typer.Option(help=f"{', '.join(AREAS)}; several with commas.")] = None,
    feels: Annotated[list[str] | None, typer.Option(help=f"{', '.join(FEELS)}; several with commas.")] = None,
    hurts: Annotated[
        list[str] | None, typer.Option(help=f"What hurts it: {', '.join(MOVEMENTS)}; several with commas.")
    ] = None,
    leg_symptoms: Annotated[bool | None, typer.Option(help="Pain, tingling or numbness down a leg.")] = None,
    sleep_h: Annotated[float | None, typer.Option(help="Hours slept last night.")] = None,
    sleep_quality: Annotated[float | None, typer.Option(help="0 to 10.")] = None,
    slept: Annotated[str | None, typer.Option(help=", ".join(SLEEP_POSITIONS) + ".")] = None,
    sitting_h: Annotated[float | None, typer.Option(help="Hours sat.")] = None,
    stress: Annotated[float | None, typer.Option(help="0 to 10.")] = None,
    painkiller: Annotated[bool | None, typer.Option(help="Whether one was taken.")] = None,
    trained: Annotated[str | None, typer.Option(help=f"{', '.join(TRAINED)}.")] = None,
    other_load: Annotated[str | None, typer.Option(help=f"{', '.join(OTHER_LOADS)}: work, garden, moving.")] = None,
    session: Annotated[str | None, typer.Option(help=f"{', '.join(SESSION_MOMENTS)}: pain about a session.")] = None,
    note: Annotated[str | None, typer.Option(help="In your own words.")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """How the back is: ten seconds a day."""
    from backstory.journal import entering, rhythm
    from backstory.journal.said_back import STANDS_FOR_MORNING, said_back

    with use(journal) as opened:
        entry = entering.check_in(
            opened, day=parse_day(date), pain=pain, when=when, where=several(where), feels=several(feels),
            hurts=several(hurts), leg_symptoms=leg_symptoms, sleep_h=sleep_h, sleep_quality=sleep_quality, slept=slept,
            sitting_h=sitting_h, stress=stress, painkiller=painkiller, trained=trained, other_load=other_load,
            session=session, note=note,
        )  # fmt: skip
        told, suggested = said_back(opened, entry), rhythm.suggestion(opened)
    values: dict[str, Any] = {**asdict(entry), "day": entry.day.isoformat(), "entered_at": None}
    if entry.entered_at:
        values["entered_at"] = entry.entered_at.isoformat()
    best = {STANDS_FOR_MORNING: f"{STANDS_FOR_MORNING[:-1]} (best: --when morning)."}
    text = " ".join(
        [f"Noted for {entry.day.isoformat()}.", *(best.get(line, line) for line in told), suggested]
    ).strip()
    shown = {"check_in": values, "recalled": entry.recalled, "suggestion": suggested or None}
    show(shown, as_json, lambda out: out.print(text))


def log(
    kind: Annotated[str, typer.Argument(metavar="KIND", help='run, yoga, football, "moving house", ...')],
    minutes: Annotated[float | None, typer.Option(help="How long.")] = None,
    effort: Annotated[float | None, typer.Option(help="0 to 10; unknown counts as 5.")] = None,
    km: Annotated[float | None, typer.Option(help="How far.")] = None,
    date: DateOption = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note an activity that no file holds."""
    from backstory.journal.entering import log_activity

    with use(journal) as opened:
        session = log_activity(opened, kind, parse_day(date), minutes, effort, km)
    values = {"date": session.day.isoformat(), "kind": session.title, "minutes": minutes, "effort": effort, "km": km}
    show({"activity": values}, as_json, lambda out: out.print(f"Noted for {session.day.isoformat()}: {session.title}."))


def profile(
    sex: Annotated[str | None, typer.Option(help="female or male: which body proportions to compute with.")] = None,
    birth_year: Annotated[int | None, typer.Option()] = None,
    height_cm: Annotated[float | None, typer.Option()] = None,
    body_mass_kg: Annotated[float | None, typer.Option()] = None,
    goal: Annotated[str | None, typer.Option(help="strength, muscle, general or return (after a flare).")] = None,
    equipment: Annotated[list[str] | None, typer.Option(help="What there is: barbell,bench,cable.")] = None,
    units: Annotated[str | None, typer.Option(help="kg or lb, for files that do not say.")] = None,
    rhythm: Annotated[str | None, typer.Option(help="daily or weekly: how often you want to check in.")] = None,
    language: Annotated[str | None, typer.Option(help="en or de: the language of the pages.")] = None,
    theme: Annotated[str | None, typer.Option(help="auto, light or dark: the look of the pages.")] = None,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show or change who you are, and how the pages look."""
    from backstory.journal import entering

    given = {
        "sex": sex, "birth_year": birth_year, "height_cm": height_cm, "body_mass_kg": body_mass_kg, "goal": goal,
        "equipment": ",".join(several(equipment)) or None, "units": units,
        "rhythm": rhythm, "language": language, "theme": theme,
    }  # fmt: skip
    with use(journal) as opened:
        stored = entering.profile(opened, given)
    person = entering.person_of(stored)
    shown = {name: stored.get(name) for name in entering.PROFILE}
    computed = {
        "body_mass_kg": person.body_mass_kg,
        "height_cm": person.height_m * entering.CENTIMETRES,
        "assumed": list(person.assumed),
    }

    def render(out: "Console") -> None:
        for name, value in shown.items():
            out.print(f"{words(name):<18} {value or f'not given ({entering.PROFILE[name]})'}")
        if person.assumed:
            out.print(
                f"Loads are computed for {person.body_mass_kg:g} kg and {person.height_m:.2f} m: "
                f"{' and '.join(person.assumed)} not given."
            )

    show({"profile": shown, "computed_with": computed}, as_json, render)


def list_names(
    everything: Annotated[bool, typer.Option("--all", help="Every exercise there is, instead.")] = False,
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every name in your log and what it is taken for."""
    from backstory.journal.entering import all_exercises
    from backstory.journal.entering import list_names as listed

    if everything:
        exercises = all_exercises()
        known = [{"id": e.id, "name": e.name, "family": e.family} for e in exercises]
        show({"exercises": known}, as_json, lambda out: out.print("\n".join(f"{e.id:<40} {e.name}" for e in exercises)))
        return
    with use(journal) as opened:
        choices = listed(opened)
    values = [
        {
            "name": choice.name,
            "sets": choice.sets,
            "exercise": choice.exercise.id if choice.exercise else None,
            "own_choice": choice.own,
            "suggestions": [exercise.id for exercise in choice.suggestions],
        }
        for choice in choices
    ]
    show({"names": values}, as_json, lambda out: _render_names(out, choices))


def _render_names(out: "Console", choices: "list[NameChoice]") -> None:
    from rich.table import Table
    from rich.text import Text

    if not choices:
        out.print("There is no training in the journal yet.")
        return
    table = Table("Name", "Sets", "Exercise", box=None, pad_edge=False)
    for choice in choices:
        close = ", ".join(exercise.id for exercise in choice.suggestions)
        known = choice.exercise.id if choice.exercise else (f"? {close}" if close else "?")
        table.add_row(Text(choice.name), str(choice.sets), known + (" (your choice)" if choice.own else ""))
    out.print(table)


def set_name(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name in your log.")],
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE_ID", help="The exercise it is.")],
    journal: JournalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a name of yours is; it is remembered."""
    from backstory.journal.entering import set_name as remember

    with use(journal) as opened:
        chosen = remember(opened, name, exercise)
    show({"name": name, "exercise": chosen.id}, as_json, lambda out: out.print(f"{name} is {chosen.name} from now on."))

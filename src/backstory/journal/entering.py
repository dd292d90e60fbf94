"""What a person enters by hand: check-ins, activities, the profile, names of exercises."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backstory import catalogue
from backstory.days import Said, said_on
from backstory.errors import InputError
from backstory.journal.opening import Journal
from backstory.model import LIMITS, CheckIn, Exercise, Person, Session, check_profile, plain

BY_HAND = "backstory"
CENTIMETRES = 100
ASSUMED = Person()
PROFILE = {
    "sex": "female or male", "birth_year": "a year", "height_cm": "centimetres", "body_mass_kg": "kilograms",
    "goal": "strength, muscle, general or return", "equipment": "what there is, with commas", "units": "kg or lb",
    "rhythm": "daily or weekly", "language": "en or de: of the pages", "theme": "auto, light or dark: of the pages",
}  # fmt: skip
LONGEST_LIFE = 120


@dataclass(frozen=True, slots=True)
class NameChoice:
    """A name in the log: how many sets bear it, the exercise it means, and whether the person chose so."""

    name: str
    sets: int
    exercise: Exercise | None
    own: bool
    suggestions: tuple[Exercise, ...] = ()


def check_in(journal: Journal, **values: Any) -> CheckIn:
    """Save one check-in and give back what is stored; its day defaults to today. Raises InputError.

    Where the newest one of that day, time of day and moment of a session says just the same, nothing is added.
    """
    day = values.pop("day", None) or journal.today()
    if values.get("note"):
        values["note"] = plain(values["note"])
    entry = CheckIn(day=day, entered_at=journal.clock(), **values)
    refuse_future(journal, day)
    if not entry.says_something:
        raise InputError("A check-in needs something to say, such as --pain 3 or --trained no.")
    return journal.store.add_check_in(entry, journal.clock())


def check_ins_of(journal: Journal, day: date) -> list[CheckIn]:
    """A day's check-ins, in the order in which they were given."""
    return journal.store.check_ins(day)


def said_so_far(journal: Journal, day: date | None = None) -> Said:
    """What was said on a day (today by default), taken together: the later entry counts."""
    day = day or journal.today()
    return said_on(journal.store.check_ins(day), day)


def log_activity(
    journal: Journal, kind: str, day: date | None, minutes: float | None, effort: float | None, km: float | None
) -> Session:
    """Save an activity that no file holds: a run, yoga, moving house. Raises InputError."""
    kind = " ".join(plain(kind).split())
    if not kind:
        raise InputError("An activity needs a name, such as run, yoga, football.")
    if minutes is None and km is None:
        raise InputError("An activity needs --minutes or --km.")
    limits = {"Minutes": (minutes, 1440), "Effort": (effort, LIMITS["effort"]), "Kilometres": (km, 1000)}
    for name, (value, limit) in limits.items():
        if value is not None and not 0 <= value <= limit:
            raise InputError(f"{name} must be between 0 and {limit}, not {value:g}.")
    day = day or journal.today()
    refuse_future(journal, day)
    session = Session(
        source=BY_HAND,
        day=day,
        duration_s=None if minutes is None else minutes * 60,
        title=kind,
        effort=effort,
        distance_km=km,
    )
    journal.store.add_session(session, journal.clock())
    return session


def refuse_future(journal: Journal, day: date) -> None:
    """Raise InputError for a day that is still to come."""
    if day > journal.today() + timedelta(days=1):
        raise InputError(f"{day.isoformat()} is still to come.")


def profile(journal: Journal, values: Mapping[str, object]) -> dict[str, str]:
    """Save what was given, if anything, and return the whole profile. Raises InputError."""
    given = {name: str(value).strip() for name, value in values.items() if value is not None}
    for name, value in given.items():
        check_profile(name, value)
    if "equipment" in given:
        given["equipment"] = _equipment(given["equipment"])
    if "birth_year" in given:
        year, this_year = int(given["birth_year"]), journal.today().year
        if not this_year - LONGEST_LIFE <= year <= this_year:
            raise InputError(f"birth-year must be between {this_year - LONGEST_LIFE} and {this_year}, not {year}.")
    merged = journal.store.profile() | given
    if given:
        journal.store.set_profile(given, journal.clock())
    return merged


def _equipment(text: str) -> str:
    known = catalogue.load().equipment
    things = [thing.strip().casefold().replace(" ", "_").replace("-", "_") for thing in text.split(",")]
    if unknown := [thing for thing in things if thing and thing not in known]:
        raise InputError(f"Equipment {', '.join(unknown)} is not known; what is: {', '.join(sorted(known))}.")
    return ",".join(thing for thing in things if thing)


def person_of(stored: Mapping[str, str]) -> Person:
    """The body that loads are computed for; what the profile does not say is assumed, and named."""
    mass, height = stored.get("body_mass_kg"), stored.get("height_cm")
    assumed = tuple(name for name, value in (("body mass", mass), ("height", height)) if value is None)
    return Person(
        sex=stored.get("sex"),
        body_mass_kg=float(mass) if mass else ASSUMED.body_mass_kg,
        height_m=float(height) / CENTIMETRES if height else ASSUMED.height_m,
        assumed=assumed,
    )


def set_name(journal: Journal, name: str, exercise_id: str) -> Exercise:
    """Remember what a name means to this person. Raises UnknownExercise, InputError."""
    known = catalogue.load()
    exercise = known.get(exercise_id)
    key = known.words.key(name)
    if not key:
        raise InputError("The name is empty.")
    journal.store.set_name(plain(name), key, exercise.id, journal.clock())
    return exercise


def equipment_there_is() -> list[str]:
    """Every kind of equipment, by name."""
    return sorted(catalogue.load().equipment)


def all_exercises() -> list[Exercise]:
    """Every exercise of the catalogue, by id."""
    return sorted(catalogue.load().exercises.values(), key=lambda exercise: exercise.id)


def find_exercises(query: str, most: int = 20) -> list[Exercise]:
    """Exercises with all of these words in a name or id, the shortest names first; else those that look like it."""
    words = plain(query).casefold().split()
    if not words:
        return []
    close: dict[str, int] = {}
    for exercise in all_exercises():
        for name in (exercise.id, *exercise.names):
            if all(word in name.casefold() for word in words):
                close[exercise.id] = min(len(name), close.get(exercise.id, len(name)))
    known = catalogue.load()
    if not close:
        return known.suggest(" ".join(words), most)
    return [known.exercises[exercise_id] for exercise_id in sorted(close, key=lambda one: (close[one], one))[:most]]


def list_names(journal: Journal) -> list[NameChoice]:
    """Every name in the log, those without an exercise first, then by number of sets."""
    known, own = catalogue.load(), journal.store.names()
    counts = Counter(one_set.exercise_name for session in journal.store.sessions() for one_set in session.sets)
    choices = []
    for name, sets in counts.items():
        exercise = known.find(name, own)
        suggestions = () if exercise else tuple(known.suggest(name))
        choices.append(NameChoice(name, sets, exercise, known.words.key(name) in own, suggestions))
    return sorted(choices, key=lambda choice: (choice.exercise is not None, -choice.sets))

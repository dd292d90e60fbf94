"""The log's sets with their load on the low back, and the daily table that everything else is computed from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from backstory import catalogue, load
from backstory.days import ESTIMATED, DayTable, build, counted_once
from backstory.errors import NotEnough
from backstory.journal.entering import person_of
from backstory.journal.opening import Journal
from backstory.load import EXPOSURE_UNITS, Weighed
from backstory.load.summing import VARIANT_UNITS
from backstory.model import Exercise, LoadedSession, Person, Session

NOTHING_YET = (
    "The journal is empty. Import a training log (`backstory import FILE`) or start with `backstory check-in`."
)
USUAL_OVER = timedelta(days=90)
ACTIVITY_EXERCISES = {"run": "running", "walk": "walking", "ride": "cycling", "bike": "cycling", "swim": "swimming"}


def weigh(journal: Journal, day: date | None = None) -> list[Weighed]:
    """Every session of the journal, or of one day, with its load, each training counted once, oldest first.

    Of one day, what is new to the person is not known: that takes the sessions before it.
    """
    sessions = counted_once([one for one in journal.store.sessions() if day is None or one.day == day])
    people = _people(journal, sessions)
    known, own = catalogue.load(), journal.store.names()
    names = {one_set.exercise_name for session in sessions for one_set in session.sets}
    found = {name: known.find(name, own) for name in names}
    exercises = [tuple(found[one_set.exercise_name] for one_set in session.sets) for session in sessions]
    sets = load.set_loads(
        [one_set for session in sessions for one_set in session.sets],
        [exercise for row in exercises for exercise in row],
        [person for session, person in zip(sessions, people, strict=True) for _ in session.sets],
    )
    timed = [session if session.sets else _timed(session) for session in sessions]
    loads = load.session_loads(timed, sets, exercises)
    ends = list(accumulate(map(len, exercises)))
    return [
        Weighed(session, total, sets[end - len(row) : end], row)
        for session, total, row, end in zip(sessions, loads, exercises, ends, strict=True)
    ]


def _people(journal: Journal, sessions: list[Session]) -> list[Person]:
    """The person as heavy as on each session's day: by the last weighing before it, else by the profile."""
    stored = journal.store.profile()
    person = person_of(stored)
    masses = sorted((m.day, m.value) for m in journal.store.measures() if m.name == "body_mass_kg")
    people, place = [], 0
    for session in sorted(sessions, key=lambda session: session.day):
        while place < len(masses) and masses[place][0] <= session.day:
            person = person_of({**stored, "body_mass_kg": str(masses[place][1])})
            place += 1
        people.append((id(session), person))
    by_session = dict(people)
    return [by_session[id(session)] for session in sessions]


def exercise_of_activity(session: Session) -> Exercise | None:
    """What a session without sets was, by its title, such as "run"; None where nobody knows."""
    title = (session.title or "").strip().casefold()
    return catalogue.load().find(ACTIVITY_EXERCISES.get(title, title)) if title and not session.sets else None


def _timed(session: Session) -> Session:
    """An activity that was logged with its distance alone takes as long as that distance usually does."""
    if session.duration_s or not session.distance_km or not session.title:
        return session
    exercise = exercise_of_activity(session)
    minutes = load.endurance_minutes(exercise, session) if exercise else None
    return replace(session, duration_s=60 * minutes) if minutes else session


def day_table(journal: Journal, weighed: Sequence[Weighed] | None = None) -> DayTable:
    """One row a day. weighed: the sessions, where they have been weighed. Raises NotEnough for an empty journal."""
    loaded = [
        LoadedSession(
            item.session,
            {**item.load.exposures(), **item.load.variants(), ESTIMATED: float(item.load.estimated_sets)},
        )
        for item in (weigh(journal) if weighed is None else weighed)
    ]
    check_ins, measures = journal.store.check_ins(), journal.store.measures()
    table = build(loaded, check_ins, measures, list(EXPOSURE_UNITS), list(VARIANT_UNITS))
    if table is None:
        raise NotEnough(NOTHING_YET)
    return table


def day_records(journal: Journal) -> list[dict[str, Any]]:
    """The daily table, one entry a day; None = not known. Raises NotEnough for an empty journal."""
    rows = day_table(journal).table.reset_index()
    rows["date"] = rows["date"].dt.strftime("%Y-%m-%d")
    records = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return [{str(name): value for name, value in one.items()} for one in records]


def weigh_set(
    journal: Journal,
    name_or_id: str,
    load_kg: float,
    reps: float | None,
    tempo_s: tuple[float, float, float] | None = None,
) -> tuple[Exercise, Person, load.PeakLoad]:
    """What one set of an exercise would do to this person's low back. Raises UnknownExercise, InputError."""
    exercise = catalogue.load().get(name_or_id)
    person = person_of(journal.store.profile())
    return exercise, person, load.peak_load(exercise, person, load_kg, reps, tempo_s)


def told_set(exercise: Exercise, person: Person, peak: load.PeakLoad) -> dict[str, Any]:
    """The same as the command line's contract has it."""
    assumed = f"; assumed: {' and '.join(person.assumed)}" if person.assumed else ""
    return {
        "exercise": exercise.id,
        "peak_moment_nm": peak.moment_nm,
        "peak_moment_nm_band": list(peak.moment_band_nm),
        "peak_compression_n_band": list(peak.compression_band_n),
        "impulse_nms": peak.impulse_nms,
        "source": f"the motion's dynamics for {person.body_mass_kg:g} kg and {person.height_m:.2f} m{assumed}; "
        "segments de Leva 1996, compression Cholewicki 1991; bands are judgement",
    }


def usual_peak_nm(journal: Journal) -> float | None:
    """The largest moment of a usual training day of the last three months; None where no sets are recorded."""
    weighed = [item for item in weigh(journal) if item.session.sets and item.sets.known.any()]
    if not weighed:
        return None
    recent = [item for item in weighed if item.day > weighed[-1].day - USUAL_OVER]
    peaks = sorted(float(item.sets.peak_moment_nm[item.sets.known].max()) for item in recent)
    return peaks[len(peaks) // 2]

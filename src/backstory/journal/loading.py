"""The log's sets with their load on the low back, and the daily table that everything else is computed from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backstory import catalogue, load
from backstory.days import DayTable, build, counted_once
from backstory.errors import NotEnough
from backstory.journal.entering import person_of
from backstory.journal.opening import Journal
from backstory.load import EXPOSURE_UNITS, PeakLoad, SessionLoad
from backstory.model import Exercise, LoadedSession, Person, Session

NOTHING_YET = (
    "The journal is empty. Import a training log (`backstory import FILE`) or start with `backstory check-in`."
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A session, its load, and the exercise of each of its sets (None = unknown name)."""

    session: Session
    load: SessionLoad
    exercises: tuple[Exercise | None, ...]


def weigh(journal: Journal) -> list[Weighed]:
    """Every session of the journal with its load, each training counted once, oldest first."""
    stored = journal.store.profile()
    masses = sorted((m.day, m.value) for m in journal.store.measures() if m.name == "body_mass_kg")
    known, own = catalogue.load(), journal.store.names()
    found: dict[str, Exercise | None] = {}
    weighed = []
    for session in counted_once(journal.store.sessions()):
        mass = next((value for day, value in reversed(masses) if day <= session.day), None)
        person = person_of(stored if mass is None else {**stored, "body_mass_kg": str(mass)})
        for one_set in session.sets:
            if one_set.exercise_name not in found:
                found[one_set.exercise_name] = known.find(one_set.exercise_name, own)
        weighed.append(_weigh_session(session, person, found))
    return weighed


def _weigh_session(session: Session, person: Person, found: Mapping[str, Exercise | None]) -> Weighed:
    exercises = tuple(found[one_set.exercise_name] for one_set in session.sets)
    loads = [
        load.set_load(exercise, person, one_set) if exercise else None
        for exercise, one_set in zip(exercises, session.sets, strict=True)
    ]
    return Weighed(session, load.session_load(session, loads), exercises)


def day_table(journal: Journal) -> DayTable:
    """One row a day. Raises NotEnough for an empty journal."""
    loaded = [LoadedSession(item.session, item.load.exposures()) for item in weigh(journal)]
    table = build(loaded, journal.store.check_ins(), journal.store.measures(), list(EXPOSURE_UNITS))
    if table is None:
        raise NotEnough(NOTHING_YET)
    return table


def load_report(journal: Journal) -> dict[str, Any]:
    """What training did to the low back: by day and week, by muscle, in balance, and where it jumped.

    Raises NotEnough where no training is recorded.
    """
    weighed = [item for item in weigh(journal) if item.session.sets]
    if not weighed:
        raise NotEnough("No sets are recorded yet. Import a training log: `backstory import FILE`.")
    days = [_day(item) for item in weighed]
    loads = [(item.session.day, item.load.power_sums[1]) for item in weighed]
    sets = [(item.session.day, exercise) for item in weighed for exercise in item.exercises if exercise]
    muscles = load.muscle_sets(sets)
    return {
        "unit": EXPOSURE_UNITS["load"],
        "assumed": list(person_of(journal.store.profile()).assumed),
        "days": days,
        "weeks": _weeks(weighed),
        "muscles": [
            {"week": week.isoformat(), "muscle": muscle, "sets": count}
            for week, counts in sorted(muscles.items())
            for muscle, count in counts.items()
        ],
        "balance": load.balance(Counter(exercise.family for _, exercise in sets)),
        "spikes": [
            {
                "date": spike.day.isoformat(),
                "load": spike.load,
                "largest_before": spike.largest_before,
                "ratio": spike.ratio,
                "compared_with": spike.compared_with,
            }
            for spike in load.spikes([(day, value) for day, value in loads if value])
        ],
    }


def _day(item: Weighed) -> dict[str, Any]:
    sums = item.load.power_sums
    return {
        "date": item.session.day.isoformat(), "load": sums[1], "load_squared": sums[2], "load_fourth": sums[4],
        "sets": item.load.sets, "estimated_sets": item.load.estimated_sets, "hard_sets": item.load.hard_sets,
        "families": dict(item.load.by_family),
    }  # fmt: skip


def _weeks(weighed: list[Weighed]) -> list[dict[str, Any]]:
    weeks: dict[str, list[Weighed]] = {}
    for item in weighed:
        weeks.setdefault(load.monday(item.session.day).isoformat(), []).append(item)
    return [
        {
            "week": week,
            "load": _known_sum([item.load.power_sums[1] for item in items]),
            "sessions": len(items),
            "sessions_not_known": sum(item.load.power_sums[1] is None for item in items),
            "training_days": len({item.session.day for item in items}),
            "sets": sum(item.load.sets for item in items),
            "hard_sets": sum(item.load.hard_sets for item in items),
        }
        for week, items in sorted(weeks.items())
    ]


def _known_sum(loads: list[float | None]) -> float | None:
    known = [value for value in loads if value is not None]
    return sum(known) if known else None


def weigh_set(
    journal: Journal, name_or_id: str, load_kg: float, reps: float | None
) -> tuple[Exercise, Person, PeakLoad]:
    """What one set of an exercise would do to this person's low back. Raises UnknownExercise, InputError."""
    exercise = catalogue.load().get(name_or_id)
    person = person_of(journal.store.profile())
    return exercise, person, load.peak_load(exercise, person, load_kg, reps)

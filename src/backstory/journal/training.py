"""Training as it is done: sets of the plan are ticked off one by one, and stand in the log at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from backstory import catalogue, store
from backstory.errors import InputError
from backstory.journal.entering import BY_HAND, refuse_future
from backstory.journal.opening import Journal
from backstory.model import Exercise, Session, Set, plain

TITLE = "Training"
MOST_RIR = 10.0  # rpe = 10 - repetitions in reserve
LONGEST_TICK, LONGEST_TITLE, LONGEST_ID = 200, 100, 15


class How(TypedDict, total=False):
    """How a set was done. rir: repetitions in reserve; kind: one of SET_KINDS; title: of the day's session; tick: a key
    of the client's for this planned set, so that one sent twice is one set.
    """

    rir: float | None
    duration_s: float | None
    kind: str
    title: str
    tick: str | None


@dataclass(frozen=True, slots=True)
class Ticked:
    """A set that was ticked off: `id` as `unlog_set` takes it, and how it was done."""

    id: str
    tick: str | None
    load_kg: float | None
    reps: float | None
    rir: float | None
    duration_s: float | None
    kind: str


@dataclass(frozen=True, slots=True)
class Logged:
    """An exercise with its sets of a day, in the order in which they were ticked off; `exercise` None = not known."""

    name: str
    exercise: Exercise | None
    sets: tuple[Ticked, ...]


def log_set(
    journal: Journal, day: date, exercise_id: str, load_kg: float | None, reps: float | None, **how: Unpack[How]
) -> str:
    """Note one set as done, in that day's session of that title, made where it is missing; the entry's id.

    The same tick again is the same entry: it takes the values sent last, and comes back where it was removed. Raises
    UnknownExercise, InputError.
    """
    refuse_future(journal, day)
    tick, title, rir = how.get("tick"), _title(how.get("title", TITLE)), how.get("rir")
    if rir is not None and not 0 <= rir <= MOST_RIR:
        raise InputError(f"Repetitions in reserve must be between 0 and {MOST_RIR:g}, not {rir:g}.")
    if not reps and not how.get("duration_s"):
        raise InputError("A set needs repetitions or seconds.")
    if tick is not None and not 0 < len(tick) <= LONGEST_TICK:
        raise InputError(f"A tick is a key of 1 to {LONGEST_TICK} characters.")
    done = Set(
        name_of(catalogue.load().get(exercise_id), journal.store.names()),
        load_kg=load_kg,
        reps=reps,
        duration_s=how.get("duration_s"),
        rpe=None if rir is None else MOST_RIR - rir,
        kind=how.get("kind", "normal"),
    )
    session = Session(BY_HAND, day, (done,), title=title)
    return f"set:{store.tick_set(journal.store, session, tick, journal.clock())}"


def unlog_set(journal: Journal, entry_id: str) -> None:
    """Take a set back that was ticked off; one that was taken back before stays so. Raises InputError."""
    kind, _, number = entry_id.partition(":")
    set_id = int(number) if kind == "set" and number.isdecimal() and len(number) <= LONGEST_ID else 0
    found = store.source_of_set(journal.store, set_id)
    if found is None or found[0] != BY_HAND:
        raise InputError("There is no set that was ticked off under this id.")
    if found[1]:
        store.remove(journal.store, "sets", set_id, journal.clock())


def logged_today(journal: Journal, day: date | None = None) -> list[Logged]:
    """What was ticked off on a day (today by default), by exercise, in the order of their first sets."""
    known, own = catalogue.load(), journal.store.names()
    by_name: dict[str, list[Ticked]] = defaultdict(list)
    for one in store.ticked(journal.store, BY_HAND, day or journal.today()):
        done = one.done
        rir = None if done.rpe is None else MOST_RIR - done.rpe
        told = Ticked(f"set:{one.id}", one.tick, done.load_kg, done.reps, rir, done.duration_s, done.kind)
        by_name[done.exercise_name].append(told)
    return [Logged(name, known.find(name, own), tuple(sets)) for name, sets in by_name.items()]


def _title(text: str) -> str:
    title = " ".join(plain(text).split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise InputError(f"A title has 1 to {LONGEST_TITLE} characters.")
    return title


def name_of(exercise: Exercise, own: Mapping[str, str]) -> str:
    """A name that means this exercise in this person's log, where some may mean another one. Raises InputError."""
    known = catalogue.load()
    for name in exercise.names:
        if known.find(name, own) is exercise:
            return name
    raise InputError(f"Every name of {exercise.id} means another exercise to you; see `backstory names list`.")

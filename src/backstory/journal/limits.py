"""What a clinician said about exercises. Whatever chooses exercises asks `allowed`, and nothing else decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from backstory import catalogue
from backstory.errors import InputError, NotEnough
from backstory.journal.opening import Journal
from backstory.model import FAMILIES, Exercise, Limits, plain

NOTHING_GIVEN = "--keep and --avoid take exercises: an id, a name or a family; --prescribed-by: who said so."


@dataclass(frozen=True, slots=True, kw_only=True)  # keep and avoid must not change places
class Wanted:
    """What is to be kept and avoided as it was typed, and who said so."""

    keep: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    prescribed_by: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to note."""
        return bool(self.keep or self.avoid or self.prescribed_by)


def limits(journal: Journal) -> Limits | None:
    """The limits that hold now; None = there are none, or they were ended."""
    told = journal.store.entries(Limits)
    return told[-1] if told and (told[-1].keep or told[-1].avoid) else None


def allowed(exercise: Exercise, limits: Limits | None) -> bool:
    """Whether a clinician's limits leave an exercise open. One that is avoided by name never is, one that is to be kept
    by name always, and any other unless its family is avoided.
    """
    if limits is None:
        return True
    own_name = exercise.id not in FAMILIES  # "squat" alone speaks of every squat
    if own_name and exercise.id in limits.avoid:
        return False
    return (own_name and exercise.id in limits.keep) or exercise.family not in limits.avoid


def add_limits(journal: Journal, wanted: Wanted, anew: bool = False) -> Limits:
    """Note limits beside those that hold, or in their place. What is told last counts: an exercise that was to be
    avoided and is now to be kept changes sides. Raises UnknownExercise, InputError; nothing is changed then.
    """
    held = None if anew else limits(journal)
    keep, avoid = (ids_of(journal, names) for names in (wanted.keep, wanted.avoid))
    said = Limits(journal.today(), keep, avoid, " ".join(plain(wanted.prescribed_by).split()))
    if not keep and not avoid and held is None:
        raise InputError(f"Who said so needs what was said. {NOTHING_GIVEN}")
    if held is not None:
        said = replace(
            said,
            keep=_joined(held.keep, keep, avoid),
            avoid=_joined(held.avoid, avoid, keep),
            prescribed_by=said.prescribed_by or held.prescribed_by,
        )
    journal.store.save_entry(said, journal.clock())
    return said


def end_limits(journal: Journal) -> None:
    """No limits hold from now on. Raises NotEnough where none do."""
    if limits(journal) is None:
        raise NotEnough("No limits hold, so there are none to end.")
    journal.store.save_entry(Limits(journal.today()), journal.clock())


def told_as(entry: str) -> str:
    """An id or a family as people read it."""
    if entry in FAMILIES:
        return f"every {entry} exercise"
    found = catalogue.load().exercises.get(entry)
    return found.name if found else entry


def ids_of(journal: Journal, names: Iterable[str]) -> tuple[str, ...]:
    """Ids of exercises and families, from whatever they were called. Raises UnknownExercise."""
    known, own = catalogue.load(), journal.store.names()
    found = []
    for name in names:
        word = name.strip().casefold()
        exercise = None if word in FAMILIES else known.exercises.get(word) or known.find(name, own)
        found.append(word if word in FAMILIES else (exercise or known.get(name)).id)
    return tuple(dict.fromkeys(found))


def _joined(held: tuple[str, ...], new: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(entry for entry in held if entry not in other), *new]))

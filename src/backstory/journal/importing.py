"""Files into the journal: read, match names with exercises, save; one transaction a file."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from backstory import catalogue
from backstory.errors import InputError, UnreadableFile
from backstory.journal.opening import Journal
from backstory.model import CheckIn, Exercise, Measure, Problem, Session, UnitTaken, plain
from backstory.readers import Member, ReadOptions, ReadResult, members, read_member


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A name that no exercise is known for, how many sets bear it, and what it might be."""

    name: str
    sets: int
    suggestions: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file; `reader` is None where none could read it."""

    path: str
    reader: str | None = None
    sessions: int = 0
    sets: int = 0
    new_sets: int = 0
    corrected_sets: int = 0
    mapped_sets: int = 0
    check_ins: int = 0
    new_check_ins: int = 0
    unmapped: tuple[Unmapped, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def unit_taken(self) -> str | None:
        """kg or lb, where the file names no unit and nobody did."""
        return next((one.unit for one in self.problems if isinstance(one, UnitTaken)), None)

    def as_json(self) -> dict[str, Any]:
        """The file's part of the command line's contract."""
        values = {name: getattr(self, name) for name in self.__slots__}
        values["unmapped"] = [
            {"name": u.name, "sets": u.sets, "suggestions": [exercise.id for exercise in u.suggestions]}
            for u in self.unmapped
        ]
        values["problems"] = [{"line": p.line, "message": p.message} for p in self.problems]
        return values


Found = Member | ImportedFile  # a file to read, or one of which it is plain already that it cannot be


def import_paths(journal: Journal, paths: Sequence[Path], units: str | None = None) -> Iterator[ImportedFile]:
    """Import files, folders and zip archives, one file after the other. Raises InputError for a unit that is none.

    units: of weights in files that name none; what was given is remembered in the profile.
    """
    return import_found(journal, found_in((str(path), path) for path in paths), units)


def found_in(named: Iterable[tuple[str, Path]]) -> list[Found]:
    """The files behind what a person calls so: those in folders and zip archives, too."""
    found: list[Found] = []
    for called, path in named:
        try:
            found += members(path, called)
        except (InputError, OSError) as error:
            found.append(_unread(plain(called), error))
    return found


def import_found(journal: Journal, found: Sequence[Found], units: str | None = None) -> Iterator[ImportedFile]:
    """Import these files, one after the other; as `import_paths`."""
    remembered = journal.store.profile().get("units")
    options = ReadOptions(units=units or remembered)
    for one in found:
        if isinstance(one, ImportedFile):
            yield one
            continue
        file = import_member(journal, one, options, correct_units=units is not None)
        if units and units != remembered and file.reader:
            journal.store.set_profile({"units": units}, journal.clock())
            remembered = units
        yield file


def import_member(journal: Journal, member: Member, options: ReadOptions, correct_units: bool = False) -> ImportedFile:
    """Import one file; what is wrong with it stands in its problems."""
    try:
        with collection_paused():
            result = without_future(read_member(member, options), journal)
            saved = journal.store.save_import(
                member.name,
                result.reader,
                result.sessions,
                result.check_ins,
                result.measures,
                journal.clock(),
                correct_units,
            )
    except (InputError, OSError) as error:
        return _unread(member.name, error)
    unmapped = unmapped_names(result.sessions, journal.store.names())
    return ImportedFile(
        path=member.name,
        reader=result.reader,
        sessions=len(result.sessions),
        sets=result.set_count,
        new_sets=saved.sets,
        corrected_sets=saved.corrected_sets,
        mapped_sets=result.set_count - sum(one.sets for one in unmapped),
        check_ins=len(result.check_ins),
        new_check_ins=saved.check_ins,
        unmapped=tuple(unmapped),
        problems=result.problems,
    )


@contextmanager
def collection_paused() -> Iterator[None]:
    """A file makes many objects and no cycles; searching them for cycles would take an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def unmapped_names(sessions: Sequence[Session], own: dict[str, str]) -> list[Unmapped]:
    """Names without an exercise, the most used first."""
    known = catalogue.load()
    counts = Counter(one_set.exercise_name for session in sessions for one_set in session.sets)
    missing = [(name, sets) for name, sets in counts.most_common() if known.find(name, own) is None]
    return [Unmapped(name, sets, tuple(known.suggest(name))) for name, sets in missing]


def without_future(result: ReadResult, journal: Journal) -> ReadResult:
    """The result without entries of days that are still to come, which become problems. Raises UnreadableFile."""
    latest = journal.today() + timedelta(days=1)  # a day's grace for those who travel
    entries: list[Session | CheckIn | Measure] = [*result.sessions, *result.check_ins, *result.measures]
    late = sorted({entry.day for entry in entries if entry.day > latest})
    if not late:
        return result
    days = ", ".join(day.isoformat() for day in late[:3]) + (" …" if len(late) > 3 else "")
    problem = Problem(None, f"Days that are still to come were left out: {days}.")
    kept = replace(
        result,
        sessions=tuple(s for s in result.sessions if s.day <= latest),
        check_ins=tuple(c for c in result.check_ins if c.day <= latest),
        measures=tuple(m for m in result.measures if m.day <= latest),
        problems=(*result.problems, problem),
    )
    if kept.is_empty:
        raise UnreadableFile(problem.message)
    return kept


def _unread(name: str, error: Exception) -> ImportedFile:
    reason = getattr(error, "strerror", None) or error
    message = str(error) if isinstance(error, InputError) else f"It cannot be read: {reason}."
    return ImportedFile(name, problems=(Problem(None, message),))

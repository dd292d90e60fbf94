"""Saving and loading. One transaction an import; importing again adds nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from backstory.errors import JournalError
from backstory.model import (
    Begun,
    Bout,
    CheckIn,
    Entry,
    Limits,
    Measure,
    Outcome,
    PastAnswer,
    PlanWish,
    Session,
    Set,
    Trial,
)
from backstory.store import tables as t
from backstory.store.entries import entry_of, entry_row, kind_of
from backstory.store.helping import AskedRow, asked_of, asked_row
from backstory.store.saving import (
    GIVEN,
    SESSION_FIELDS,
    SET_FIELDS,
    begin_import,
    check_in_of,
    check_in_row,
    measure_of,
    newest_check_in,
    save_check_ins,
    save_measures,
    save_sessions,
    there,
)
from backstory.store.stamp import STAMP
from backstory.store.trials import answer_of, answer_row, trial_of, trial_row

AnyEntry = TypeVar("AnyEntry", Limits, Outcome, Bout, PlanWish, Begun)
WRITE = "backstory_writes"
BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Saved:
    """What an import added to the journal, and the loads that it corrected."""

    sets: int = 0
    check_ins: int = 0
    measures: int = 0
    corrected_sets: int = 0


@dataclass(frozen=True, slots=True)
class Store:
    """An open journal; `shown` is what to call it in front of people."""

    engine: Engine
    shown: str

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, one writer at a time: all of it or, when anything fails, nothing. Raises JournalError."""
        options: dict[str, Any] = {WRITE: True}
        if self.engine.dialect.name != "sqlite":  # which takes one writer at a time anyway
            options["isolation_level"] = "SERIALIZABLE"
        with self._told(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            if self.engine.dialect.name == "postgresql":  # which lets readers read on, and writers wait
                connection.exec_driver_sql("LOCK TABLE imports IN EXCLUSIVE MODE")
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for looking. Raises JournalError."""
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What a database complains of, as one line."""
        try:
            yield
        except SQLAlchemyError as error:
            raise JournalError(f"The journal {self.shown} cannot be used: {first_line(error)}.") from error

    def save_import(
        self,
        path: str,
        reader: str,
        sessions: Iterable[Session],
        check_ins: Iterable[CheckIn],
        measures: Iterable[Measure],
        now: datetime,
        correct_units: bool = False,
    ) -> Saved:
        """All of a file, or, when anything fails, nothing of it.

        correct_units: sets that are there already take load and distance of this import; the unit was wrong before.
        """
        with self.write() as connection:
            import_id = begin_import(connection, path, reader, now)
            new_sets, corrected = save_sessions(connection, import_id, sessions, now, correct_units)
            new_check_ins = save_check_ins(connection, import_id, check_ins, now)
            new_measures = save_measures(connection, import_id, measures, now)
            begun = connection.execute(select(t.sessions.c.id).where(t.sessions.c.import_id == import_id)).first()
            if not (begun or new_sets or corrected or new_check_ins or new_measures):
                connection.execute(delete(t.imports).where(t.imports.c.id == import_id))
        return Saved(new_sets, new_check_ins, new_measures, corrected)

    def add_check_in(self, check_in: CheckIn, now: datetime) -> CheckIn:
        """One check-in that was given by hand; an earlier one of the same day stays, and the later one counts.

        Where the newest one of the same moment says just the same, nothing is added; what is stored comes back.
        """
        with self.write() as connection:
            newest = newest_check_in(connection, check_in)
            if newest is not None and replace(newest, entered_at=check_in.entered_at) == check_in:
                return newest
            connection.execute(insert(t.check_ins), [check_in_row(check_in, None, now)])
            return check_in

    def add_session(self, session: Session, now: datetime) -> None:
        """One session that was logged by hand."""
        with self.write() as connection:
            import_id = begin_import(connection, "", BY_HAND, now)
            save_sessions(connection, import_id, [session], now, key=now.isoformat())

    def sessions(self) -> list[Session]:
        """All sessions with their sets, oldest first."""
        with self.read() as connection:
            columns = [t.sets.c.session_id, *(t.sets.c[name] for name in SET_FIELDS)]
            sets: dict[int, list[Set]] = defaultdict(list)
            in_order = select(*columns).order_by(t.sets.c.session_id, t.sets.c.position, t.sets.c.id)
            for session_id, *values in connection.execute(in_order.where(t.sets.c.removed_at.is_(None))):
                sets[session_id].append(Set(*values))
            order = (t.sessions.c.day, t.sessions.c.started_at, t.sessions.c.id)
            rows = connection.execute(there("sessions").order_by(*order)).mappings()
            return [Session(**{f: row[f] for f in SESSION_FIELDS}, sets=tuple(sets[row["id"]])) for row in rows]

    def check_ins(self, day: date | None = None) -> list[CheckIn]:
        """All check-ins, or those of a day, in the order in which they were given."""
        with self.read() as connection:
            given = there("check_ins").order_by(GIVEN, t.check_ins.c.id)
            of_it = given if day is None else given.where(t.check_ins.c.day == day)
            return [check_in_of(row) for row in connection.execute(of_it).mappings()]

    def measures(self) -> list[Measure]:
        """All measures, in the order in which they were made."""
        with self.read() as connection:
            rows = connection.execute(there("measures").order_by(t.measures.c.id)).mappings()
            return [measure_of(row) for row in rows]

    def profile(self) -> dict[str, str]:
        """The last value of each entry of the profile."""
        with self.read() as connection:
            return {row.name: row.value for row in connection.execute(select(t.profile).order_by(t.profile.c.id))}

    def set_profile(self, values: Mapping[str, str], now: datetime) -> None:
        """New values; the old ones stay on record."""
        with self.write() as connection:
            connection.execute(insert(t.profile), [{"name": n, "value": v, "made_at": now} for n, v in values.items()])

    def names(self) -> dict[str, str]:
        """The person's own choices: key of a name → id of an exercise."""
        with self.read() as connection:
            return {row.key: row.exercise_id for row in connection.execute(there("names").order_by(t.names.c.id))}

    def set_name(self, name: str, key: str, exercise_id: str, now: datetime) -> None:
        """What a name means to this person, from now on."""
        values = {"name": name, "key": key, "exercise_id": exercise_id, "made_at": now}
        with self.write() as connection:
            connection.execute(insert(t.names).values(values))

    def save_trial(self, trial: Trial) -> None:
        """A new self-trial. Raises JournalError where another one is still running then."""
        with self.write() as connection:
            held = [trial_of(row) for row in connection.execute(select(t.trials)).mappings()]
            if any(other.is_running(trial.starts) for other in held):
                raise JournalError("Another self-trial is running; nothing was changed.")
            connection.execute(insert(t.trials).values(trial_row(trial)))

    def trials(self) -> list[Trial]:
        """Every self-trial, in the order in which they were started."""
        with self.read() as connection:
            return [trial_of(row) for row in connection.execute(select(t.trials).order_by(t.trials.c.id)).mappings()]

    def end_trial(self, trial_id: int, on: date, because: str) -> bool:
        """Whether it ended with this: one that had ended before keeps its day and reason. Raises InputError."""
        of_it = t.trials.c.id == trial_id
        with self.write() as connection:
            row = connection.execute(select(t.trials).where(of_it)).mappings().first()
            if row is None or row["ended_on"] is not None:
                return False
            ended = replace(trial_of(row), ended_on=on, ended_because=because)
            connection.execute(update(t.trials).where(of_it).values(trial_row(ended)))
            return True

    def save_answer(self, answer: PastAnswer) -> None:
        """What an answer said of one exposure, so that a later one can be held against it."""
        with self.write() as connection:
            connection.execute(insert(t.answers).values(answer_row(answer)))

    def last_answer(self, exposure: str) -> PastAnswer | None:
        """The newest answer about an exposure; None where there is none."""
        of_it = select(t.answers).where(t.answers.c.exposure == exposure).order_by(t.answers.c.id.desc()).limit(1)
        with self.read() as connection:
            row = connection.execute(of_it).mappings().first()
            return None if row is None else answer_of(row)

    def save_help_first(self, answers: Mapping[str, bool], seen_on: date | None, now: datetime) -> None:
        """What was answered to the questions on when to get help, and the day of a visit that was told. InputError."""
        with self.write() as connection:
            connection.execute(insert(t.help_first).values(asked_row(AskedRow(now, answers, seen_on))))

    def help_first(self) -> list[AskedRow]:
        """Everything that was answered there, in the order in which it was."""
        with self.read() as connection:
            rows = connection.execute(there("help_first").order_by(t.help_first.c.id))
            return [asked_of(row) for row in rows.mappings()]

    def save_entry(self, entry: Entry, now: datetime) -> None:
        """Limits from a clinician, answers to a measure, or when a bout began."""
        with self.write() as connection:
            connection.execute(insert(t.entries).values(entry_row(entry) | {"made_at": now}))

    def entries(self, kind: type[AnyEntry]) -> list[AnyEntry]:
        """All of a kind, in the order in which they were made."""
        of_it = there("entries").where(t.entries.c.kind == kind_of(kind)).order_by(t.entries.c.id)
        with self.read() as connection:
            found = [entry_of(row) for row in connection.execute(of_it).mappings()]
            return [entry for entry in found if isinstance(entry, kind)]

    def last_entry(self, kind: type[AnyEntry]) -> AnyEntry | None:
        """The newest of a kind; None where there is none."""
        there = select(t.entries).where(t.entries.c.removed_at.is_(None), t.entries.c.kind == kind_of(kind))
        with self.read() as connection:
            row = connection.execute(there.order_by(t.entries.c.id.desc()).limit(1)).mappings().first()
        found = None if row is None else entry_of(row)
        return found if isinstance(found, kind) else None

    def stamp(self) -> str:
        """Changes with everything that an answer may rest on: what was added, changed, removed or undone."""
        with self.read() as connection:
            values = connection.execute(STAMP).one()
        return sha256(repr(tuple(values)).encode()).hexdigest()[:16]

    def is_empty(self) -> bool:
        """Whether nothing at all was ever written into it."""
        with self.read() as connection:
            return not any(
                connection.execute(select(func.count()).select_from(table)).scalar()
                for table in t.metadata.sorted_tables
            )

    def clear(self) -> None:
        """Delete everything that was recorded, and overwrite it where the database can."""
        with self.write() as connection:
            for table in reversed(t.metadata.sorted_tables):
                connection.execute(delete(table))
        if self.engine.dialect.name == "sqlite":
            raw = self.engine.raw_connection()
            raw.cursor().execute("VACUUM")
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def first_line(error: Exception) -> str:
    """What a database says, without the statement and what was in it."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")

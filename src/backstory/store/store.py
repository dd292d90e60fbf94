"""Saving and loading. One transaction an import; importing again adds nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Table, delete, func, insert, select, update

from backstory.model import CheckIn, Measure, Session, Set
from backstory.store import tables as t

WRITE = "backstory_writes"
BY_HAND = "by hand"
LISTS = ("where", "feels")
LIST_SEPARATOR = "|"
SESSION_FIELDS = tuple(f.name for f in fields(Session) if f.name != "sets")
SET_FIELDS = tuple(f.name for f in fields(Set))
SET_IDENTITY = ("exercise_name", "logged_load", "reps", "distance_km", "duration_s")
set_values, set_identity = attrgetter(*SET_FIELDS), attrgetter(*SET_IDENTITY)
CHECK_IN_FIELDS = tuple(f.name for f in fields(CheckIn))


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
        """One transaction: all of it or, when anything fails, nothing."""
        options: dict[str, Any] = {WRITE: True}
        if self.engine.dialect.name != "sqlite":  # which takes one writer at a time anyway
            options["isolation_level"] = "SERIALIZABLE"
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def save_import(
        self,
        path: str,
        reader: str,
        sessions: Iterable[Session],
        check_ins: Iterable[CheckIn],
        measures: Iterable[Measure],
        now: datetime,
        correct_loads: bool = False,
    ) -> Saved:
        """All of a file, or, when anything fails, nothing of it.

        correct_loads: sets that are there already take the load of this import, for a file whose unit was wrong before.
        """
        with self.write() as connection:
            import_id = _begin_import(connection, path, reader, now)
            new_sets, corrected = _save_sessions(connection, import_id, sessions, now, correct_loads)
            new_check_ins = _save_check_ins(connection, import_id, check_ins, now)
            new_measures = _save_measures(connection, import_id, measures, now)
            if not (new_sets or new_check_ins or new_measures):
                connection.execute(delete(t.imports).where(t.imports.c.id == import_id))
        return Saved(new_sets, new_check_ins, new_measures, corrected)

    def add_check_in(self, check_in: CheckIn, now: datetime) -> None:
        """One check-in that was given by hand; an earlier one of the same day stays, and the later one counts."""
        with self.write() as connection:
            connection.execute(insert(t.check_ins), [_check_in_row(check_in, None, None, now)])

    def add_session(self, session: Session, now: datetime) -> None:
        """One session that was logged by hand."""
        with self.write() as connection:
            import_id = _begin_import(connection, "", BY_HAND, now)
            _save_sessions(connection, import_id, [session], now, key=now.isoformat())

    def sessions(self) -> list[Session]:
        """All sessions with their sets, oldest first."""
        with self.engine.connect() as connection:
            columns = [t.sets.c.session_id, *(t.sets.c[name] for name in SET_FIELDS)]
            sets: dict[int, list[Set]] = defaultdict(list)
            for session_id, *values in connection.execute(
                select(*columns).order_by(t.sets.c.session_id, t.sets.c.position)
            ):
                sets[session_id].append(Set(*values))
            order = (t.sessions.c.day, t.sessions.c.started_at, t.sessions.c.id)
            rows = connection.execute(select(t.sessions).order_by(*order)).mappings()
            return [Session(**{f: row[f] for f in SESSION_FIELDS}, sets=tuple(sets[row["id"]])) for row in rows]

    def check_ins(self) -> list[CheckIn]:
        """All check-ins, in the order in which they were made."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(t.check_ins).order_by(t.check_ins.c.made_at, t.check_ins.c.id)).mappings()
            return [_check_in(row) for row in rows]

    def measures(self) -> list[Measure]:
        """All measures, in the order in which they were made."""
        with self.engine.connect() as connection:
            columns = (t.measures.c.day, t.measures.c.name, t.measures.c.value)
            return [Measure(*row) for row in connection.execute(select(*columns).order_by(t.measures.c.id))]

    def profile(self) -> dict[str, str]:
        """The last value of each entry of the profile."""
        with self.engine.connect() as connection:
            return {row.name: row.value for row in connection.execute(select(t.profile).order_by(t.profile.c.id))}

    def set_profile(self, values: Mapping[str, str], now: datetime) -> None:
        """New values; the old ones stay on record."""
        with self.write() as connection:
            connection.execute(insert(t.profile), [{"name": n, "value": v, "made_at": now} for n, v in values.items()])

    def names(self) -> dict[str, str]:
        """The person's own choices: key of a name → id of an exercise."""
        with self.engine.connect() as connection:
            return {row.key: row.exercise_id for row in connection.execute(select(t.names).order_by(t.names.c.id))}

    def set_name(self, name: str, key: str, exercise_id: str, now: datetime) -> None:
        """What a name means to this person, from now on."""
        values = {"name": name, "key": key, "exercise_id": exercise_id, "made_at": now}
        with self.write() as connection:
            connection.execute(insert(t.names).values(values))

    def is_empty(self) -> bool:
        """Whether nothing at all was ever written into it."""
        with self.engine.connect() as connection:
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


def _begin_import(connection: Connection, path: str, reader: str, now: datetime) -> int:
    values = {"path": path, "reader": reader, "made_at": now}
    result: CursorResult[Any] = connection.execute(insert(t.imports).values(values))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def _save_sessions(
    connection: Connection,
    import_id: int,
    sessions: Iterable[Session],
    now: datetime,
    correct_loads: bool = False,
    key: str | None = None,
) -> tuple[int, int]:
    """Numbers of new and of corrected sets. Of n identical sets in a session, those beyond the ones there are new."""
    keyed = _with_keys(sessions, key)
    ids = _session_ids(connection, import_id, keyed, now)
    there = _sets_there(connection, {ids[session.source, k] for k, session in keyed})
    new, corrected = [], []
    for session_key, session in keyed:
        session_id = ids[session.source, session_key]
        unmatched = there.get(session_id, {})
        for position, one in enumerate(session.sets):
            same = unmatched and unmatched.get(set_identity(one))
            if not same:
                new.append((import_id, session_id, position, *set_values(one)))
                continue
            set_id, load_kg = same.pop()
            if correct_loads and load_kg != one.load_kg:
                corrected.append((set_id, one.load_kg))
    _insert_many(connection, t.sets, ("import_id", "session_id", "position", *SET_FIELDS), new)
    for set_id, load_kg in corrected:
        connection.execute(update(t.sets).where(t.sets.c.id == set_id).values(load_kg=load_kg))
    return len(new), len(corrected)


def _insert_many(connection: Connection, table: Table, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Straight to SQLite's driver, which takes half the time; other databases get SQLAlchemy's way."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", rows)
    else:
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


def _with_keys(sessions: Iterable[Session], key: str | None) -> list[tuple[str, Session]]:
    """Sessions with what tells them apart inside their source: when they began, or the day."""
    counts: Counter[tuple[str, str]] = Counter()
    keyed = []
    for session in sessions:
        own = key or (session.started_at or session.day).isoformat()
        counts[session.source, own] += 1
        nth = counts[session.source, own]
        keyed.append((own if nth == 1 else f"{own}#{nth}", session))
    return keyed


def _session_ids(
    connection: Connection, import_id: int, keyed: list[tuple[str, Session]], now: datetime
) -> dict[tuple[str, str], int]:
    """Database ids by (source, key); sessions that are not there yet are added."""
    sources = {session.source for _, session in keyed}
    columns = select(t.sessions.c.source, t.sessions.c.key, t.sessions.c.id).where(t.sessions.c.source.in_(sources))
    ids = {(source, key): identity for source, key, identity in connection.execute(columns)}
    new = [
        {"import_id": import_id, "key": key, "made_at": now, **{f: getattr(session, f) for f in SESSION_FIELDS}}
        for key, session in keyed
        if (session.source, key) not in ids
    ]
    if new:
        connection.execute(insert(t.sessions), new)
        ids = {(source, key): identity for source, key, identity in connection.execute(columns)}
    return ids


def _sets_there(
    connection: Connection, session_ids: set[int]
) -> dict[int, dict[tuple[Any, ...], list[tuple[int, float | None]]]]:
    """session id → what a set is known by → (id, load) of such sets, the last first."""
    there: dict[int, dict[tuple[Any, ...], list[tuple[int, float | None]]]] = {}
    columns = [t.sets.c[name] for name in ("session_id", "id", "load_kg", *SET_IDENTITY)]
    known = select(*columns).where(t.sets.c.session_id >= min(session_ids, default=0))
    for session_id, set_id, load_kg, *identity in connection.execute(known.order_by(t.sets.c.id.desc())):
        if session_id in session_ids:
            there.setdefault(session_id, {}).setdefault(tuple(identity), []).append((set_id, load_kg))
    return there


def _save_check_ins(connection: Connection, import_id: int, check_ins: Iterable[CheckIn], now: datetime) -> int:
    counts: Counter[str] = Counter()
    rows = []
    for check_in in check_ins:
        content = "|".join(str(value) for value in asdict(check_in).values())
        counts[content] += 1
        rows.append(_check_in_row(check_in, f"{content}#{counts[content]}", import_id, now))
    there = set(connection.execute(select(t.check_ins.c.key)).scalars()) if rows else set()
    new = [row for row in rows if row["key"] not in there]
    if new:
        connection.execute(insert(t.check_ins), new)
    return len(new)


def _save_measures(connection: Connection, import_id: int, measures: Iterable[Measure], now: datetime) -> int:
    wanted = dict.fromkeys((m.day, m.name, m.value) for m in measures)
    there = (
        set(connection.execute(select(t.measures.c.day, t.measures.c.name, t.measures.c.value))) if wanted else set()
    )
    new = [
        {"import_id": import_id, "day": day, "name": name, "value": value, "made_at": now}
        for day, name, value in wanted
        if (day, name, value) not in there
    ]
    if new:
        connection.execute(insert(t.measures), new)
    return len(new)


def _check_in_row(check_in: CheckIn, key: str | None, import_id: int | None, now: datetime) -> dict[str, Any]:
    values = {name: getattr(check_in, name) for name in CHECK_IN_FIELDS}
    values |= {name: LIST_SEPARATOR.join(values[name]) or None for name in LISTS}
    return {**values, "recalled": check_in.recalled, "key": key, "import_id": import_id, "made_at": now}


def _check_in(row: Mapping[Any, Any]) -> CheckIn:
    values = {name: row[name] for name in CHECK_IN_FIELDS}
    values |= {name: tuple((values[name] or "").split(LIST_SEPARATOR)) if values[name] else () for name in LISTS}
    entered: datetime | None = values["entered_at"]
    if entered is not None and entered.tzinfo is None:  # SQLite keeps no zones; what is stored is UTC
        values["entered_at"] = entered.replace(tzinfo=UTC)
    return CheckIn(**values)

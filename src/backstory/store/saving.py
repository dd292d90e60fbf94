"""Sessions, check-ins and measures into rows, inside the caller's transaction; what is there already stays as it is."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Select, Table, exists, func, insert, or_, select, update

from backstory.model import CheckIn, Measure, Session, Set
from backstory.store import tables as t
from backstory.store.rows import from_json

GIVEN = func.coalesce(t.check_ins.c.entered_at, t.check_ins.c.made_at)
LISTS = ("where", "feels", "hurts")
LIST_SEPARATOR = "|"
SESSION_FIELDS = tuple(f.name for f in fields(Session) if f.name != "sets")
SET_FIELDS = tuple(f.name for f in fields(Set))
SET_KNOWN_BY = ("exercise_name", "load_kg", "logged_load", "reps", "duration_s")
set_values, set_known_by = attrgetter(*SET_FIELDS), attrgetter(*SET_KNOWN_BY)
Entry = TypeVar("Entry", CheckIn, Measure)
CHECK_IN_FIELDS = tuple(f.name for f in fields(CheckIn))


def begin_import(connection: Connection, path: str, reader: str, now: datetime) -> int:
    """The id of a new import, which dates everything that comes with it."""
    values = {"path": path, "reader": reader, "made_at": now}
    result: CursorResult[Any] = connection.execute(insert(t.imports).values(values))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def save_sessions(
    connection: Connection,
    import_id: int,
    sessions: Iterable[Session],
    now: datetime,
    correct_units: bool = False,
    key: str | None = None,
) -> tuple[int, int]:
    """Numbers of new and of corrected sets. Of n identical sets in a session, those beyond the ones there are new."""
    keyed = _without_removed(connection, _with_keys(sessions, key))
    ids = _session_ids(connection, import_id, keyed, now)
    there = _sets_there(connection, {ids[session.source, k] for k, session in keyed})
    new, corrected = [], []
    for session_key, session in keyed:
        session_id = ids[session.source, session_key]
        unmatched = there.get(session_id, {})
        for position, one in enumerate(session.sets):
            same = unmatched and unmatched.get(identity(*set_known_by(one)))
            if not same:
                new.append((import_id, session_id, position, *set_values(one)))
                continue
            set_id, *measured = same.pop()
            if correct_units and set_id is not None and tuple(measured) != (one.load_kg, one.distance_km):
                corrected.append((set_id, one))
    _insert_many(connection, t.sets, ("import_id", "session_id", "position", *SET_FIELDS), new)
    for set_id, one in corrected:
        values = {"load_kg": one.load_kg, "distance_km": one.distance_km}
        connection.execute(update(t.sets).where(t.sets.c.id == set_id).values(values))
    return len(new), len(corrected)


def identity(
    name: str, load_kg: float | None, logged_load: float | None, reps: float | None, duration_s: float | None
) -> tuple[Any, ...]:
    """What makes sets of a session the same in two exports, whatever unit they are in.

    The logged number where the file names no unit, else kilograms to 100 g; not the distance, nor what may be edited.
    """
    load = logged_load if logged_load is not None else load_kg and round(load_kg, 1)
    return name, logged_load is not None, load, reps, duration_s


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
    """Sessions with what tells them apart inside their source: when they began, or the day.

    Those that began in the same minute become one, so that their order in a file does not count.
    """
    keyed: dict[tuple[str, str], Session] = {}
    for session in sessions:
        own = session.source, key or (session.started_at or session.day).isoformat()
        before = keyed.get(own)
        keyed[own] = session if before is None else replace(before, sets=before.sets + session.sets)
    return [(own, session) for (_, own), session in keyed.items()]


def _without_removed(connection: Connection, keyed: list[tuple[str, Session]]) -> list[tuple[str, Session]]:
    """Without those that were removed by hand: they stay so."""
    columns = select(t.sessions.c.source, t.sessions.c.key).where(t.sessions.c.removed_at.is_not(None))
    removed = {(source, key) for source, key in connection.execute(columns)}
    return [(key, session) for key, session in keyed if (session.source, key) not in removed]


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
) -> dict[int, dict[tuple[Any, ...], list[tuple[int | None, float | None, float | None]]]]:
    """session id → what a set is known by → (id, load, distance) of such sets, the last first.

    One that was changed by hand is known by what it was imported as; no id = its load is the person's own word.
    """
    there: dict[int, dict[tuple[Any, ...], list[tuple[int | None, float | None, float | None]]]] = {}
    before = as_they_came(connection, t.sets)
    columns = [t.sets.c[name] for name in ("session_id", "id", "load_kg", "distance_km", *SET_KNOWN_BY)]
    known = select(*columns).where(t.sets.c.session_id >= min(session_ids, default=0))
    for session_id, set_id, load_kg, distance_km, *known_by in connection.execute(known.order_by(t.sets.c.id.desc())):
        if session_id in session_ids:
            came = before.get(set_id)
            own = identity(*(came[name] for name in SET_KNOWN_BY) if came else known_by)
            same = there.setdefault(session_id, {}).setdefault(own, [])
            by_hand = came and (came["load_kg"], came["distance_km"]) != (load_kg, distance_km)
            same.append((None if by_hand else set_id, load_kg, distance_km))
    return there


def save_check_ins(connection: Connection, import_id: int, check_ins: Iterable[CheckIn], now: datetime) -> int:
    """Number of new check-ins: those that go on from what imports have said of the same moment so far."""
    given = _by(_moment_of, check_ins)
    if not given:
        return 0
    imported = select(t.check_ins).where(t.check_ins.c.import_id.is_not(None)).order_by(t.check_ins.c.id)
    before = as_they_came(connection, t.check_ins)
    rows = connection.execute(imported).mappings()
    there = _by(_moment_of, (check_in_of(before.get(row["id"], row)) for row in rows))
    new = [check_in for slot, told in given.items() for check_in in _going_on(there.get(slot, []), told)]
    if new:
        connection.execute(insert(t.check_ins), [check_in_row(check_in, import_id, now) for check_in in new])
    return len(new)


def save_measures(connection: Connection, import_id: int, measures: Iterable[Measure], now: datetime) -> int:
    """Number of new measures, by the same rule."""
    given = _by(_measured_of, measures)
    if not given:
        return 0
    before = as_they_came(connection, t.measures)
    rows = connection.execute(select(t.measures).order_by(t.measures.c.id)).mappings()
    there = _by(_measured_of, (measure_of(before.get(row["id"], row)) for row in rows))
    new = [measure for slot, told in given.items() for measure in _going_on(there.get(slot, []), told)]
    if new:
        values = [{"import_id": import_id, "made_at": now, **asdict(measure)} for measure in new]
        connection.execute(insert(t.measures), values)
    return len(new)


def measure_of(row: Mapping[Any, Any]) -> Measure:
    """A row of its table as a measure."""
    return Measure(row["day"], row["name"], row["value"])


def as_they_came(connection: Connection, table: Table) -> dict[int, dict[str, Any]]:
    """The rows of a table that were changed by hand, by id, as they were before the first change that still stands."""
    columns = select(t.changes.c.row_id, t.changes.c.before)
    stand = columns.where(t.changes.c.table_name == table.name, t.changes.c.undone_at.is_(None))
    newest_first = connection.execute(stand.order_by(t.changes.c.id.desc()))
    return {row_id: from_json(table, before) for row_id, before in newest_first}


_moment_of, _measured_of = attrgetter("day", "when", "session"), attrgetter("day", "name")


def _by(slot: Callable[[Entry], Hashable], entries: Iterable[Entry]) -> dict[Hashable, list[Entry]]:
    found: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[slot(entry)].append(entry)
    return found


def _going_on(there: list[Entry], told: list[Entry]) -> list[Entry]:
    """What is told beyond the end of what is there: a file that says the same adds nothing, one that changed its mind
    adds its new word, even when it is an old one."""
    known = next(n for n in range(len(told), -1, -1) if there[len(there) - n :] == told[:n])
    return told[known:]


def newest_check_in(connection: Connection, like: CheckIn) -> CheckIn | None:
    """The one that was given last of the same day, time of day and moment of a session."""
    columns = (t.check_ins.c[name] == getattr(like, name) for name in ("day", "when", "session"))
    of_it = select(t.check_ins).where(*columns, t.check_ins.c.removed_at.is_(None))
    row = connection.execute(of_it.order_by(GIVEN.desc(), t.check_ins.c.id.desc()).limit(1)).mappings().first()
    return None if row is None else check_in_of(row)


def there(name: str) -> Select[Any]:
    """The rows of a table that were not removed: no session whose every set was, no set of a session that was."""
    table = t.metadata.tables[name]
    asked = select(table).where(table.c.removed_at.is_(None)) if "removed_at" in table.c else select(table)
    if table is t.sets:
        return asked.join(t.sessions).where(t.sessions.c.removed_at.is_(None))
    if table is t.sessions:
        own = t.sets.c.session_id == t.sessions.c.id
        any_set, any_left = exists().where(own), exists().where(own, t.sets.c.removed_at.is_(None))
        return asked.where(or_(any_left, ~any_set))
    return asked


def check_in_row(check_in: CheckIn, import_id: int | None, now: datetime) -> dict[str, Any]:
    """A check-in as a row of its table."""
    values = {name: getattr(check_in, name) for name in CHECK_IN_FIELDS}
    values |= {name: LIST_SEPARATOR.join(values[name]) or None for name in LISTS}
    return {**values, "recalled": check_in.recalled, "import_id": import_id, "made_at": now}


def check_in_of(row: Mapping[Any, Any]) -> CheckIn:
    """A row of its table as a check-in. Raises InputError for one that cannot be."""
    values = {name: row[name] for name in CHECK_IN_FIELDS}
    values |= {name: tuple((values[name] or "").split(LIST_SEPARATOR)) if values[name] else () for name in LISTS}
    entered: datetime | None = values["entered_at"]
    if entered is not None and entered.tzinfo is None:  # SQLite keeps no zones; what is stored is UTC
        values["entered_at"] = entered.replace(tzinfo=UTC)
    return CheckIn(**values)

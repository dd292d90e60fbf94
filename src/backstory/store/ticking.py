"""Sets that are ticked off one by one: each is a row at once, and the same tick sent again is the same row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, func, insert, select, update

from backstory.errors import InputError
from backstory.model import Session, Set
from backstory.store import tables as t
from backstory.store.changing import live_row, newest_of, put, take_back
from backstory.store.checking import check
from backstory.store.saving import SET_FIELDS, begin_import, save_sessions
from backstory.store.store import BY_HAND, Store

KEY = "sets"  # with day and title: what tells a session of ticked sets from others of the same source

SENT = ("exercise_name", "load_kg", "reps", "duration_s", "rpe", "kind")  # with a tick; notes come from elsewhere


@dataclass(frozen=True, slots=True)
class TickedSet:
    """A set that was ticked off; `tick`: the key that it was sent with, None = with none."""

    id: int
    tick: str | None
    done: Set


def tick_set(store: Store, session: Session, tick: str | None, now: datetime) -> int:
    """Add the one set of this session to those of its source, day and title; the row's id.

    A tick that is there already keeps its row, which takes these values and comes back where it was removed. Raises
    InputError for a tick of another day.
    """
    (done,) = session.sets
    check("sets", [asdict(done)])
    with store.write() as connection:
        if tick is not None and (held := _held(connection, tick)) is not None:
            if held["day"] != session.day:
                raise InputError(f"This set was ticked off on {held['day'].isoformat()} already.")
            if held["there"]:
                return _again(connection, held["id"], done, now)
            connection.execute(update(t.sets).where(t.sets.c.id == held["id"]).values(tick=None))
        import_id = begin_import(connection, "", BY_HAND, now)
        session_id = _session(connection, import_id, session, now)
        last = select(func.max(t.sets.c.position)).where(t.sets.c.session_id == session_id)
        position = connection.execute(last).scalar()
        row = {"import_id": import_id, "session_id": session_id, "position": 0 if position is None else position + 1}
        result: CursorResult[Any] = connection.execute(insert(t.sets).values(row | asdict(done) | {"tick": tick}))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])


def ticked(store: Store, source: str, day: date) -> list[TickedSet]:
    """The sets of a source on a day that are there, in the order in which they were ticked off."""
    columns = [t.sets.c.id, t.sets.c.tick, *(t.sets.c[name] for name in SET_FIELDS)]
    there = (t.sets.c.removed_at.is_(None), t.sessions.c.removed_at.is_(None))
    of_it = select(*columns).join(t.sessions).where(t.sessions.c.source == source, t.sessions.c.day == day, *there)
    with store.read() as connection:
        rows = connection.execute(of_it.order_by(t.sets.c.session_id, t.sets.c.position, t.sets.c.id))
        return [TickedSet(set_id, tick, Set(*values)) for set_id, tick, *values in rows]


def source_of_set(store: Store, set_id: int) -> tuple[str, bool] | None:
    """The source of a set's session, and whether the set is still there; None = it never was."""
    columns = (t.sessions.c.source, t.sets.c.removed_at, t.sessions.c.removed_at)
    with store.read() as connection:
        row = connection.execute(select(*columns).join(t.sets).where(t.sets.c.id == set_id)).first()
    return None if row is None else (row[0], row[1] is None and row[2] is None)


def _held(connection: Connection, tick: str) -> Mapping[Any, Any] | None:
    """The row of a tick with its session's day; `there`: whether that session was not removed."""
    columns = (t.sets.c.id, t.sessions.c.day, t.sessions.c.removed_at.is_(None).label("there"))
    return connection.execute(select(*columns).join(t.sessions).where(t.sets.c.tick == tick)).mappings().first()


def _again(connection: Connection, set_id: int, done: Set, now: datetime) -> int:
    """A set that is sent once more: back where it was removed, with these values where they are others."""
    newest = newest_of(connection, "sets", set_id)
    if newest is not None and newest.removed:
        take_back(connection, newest, now)
    put(connection, "sets", live_row(connection, "sets", set_id), {name: getattr(done, name) for name in SENT}, now)
    return set_id


def _session(connection: Connection, import_id: int, session: Session, now: datetime) -> int:
    """The id of the day's session of that title that holds ticked sets; made where it is missing."""
    key = f"{KEY} {session.day.isoformat()} {session.title}"
    same = (t.sessions.c.source == session.source, t.sessions.c.key.startswith(f"{KEY} ", autoescape=True))
    of_it = (t.sessions.c.day == session.day, t.sessions.c.title == session.title, t.sessions.c.removed_at.is_(None))
    asked = select(t.sessions.c.id).where(*same, *of_it).order_by(t.sessions.c.id).limit(1)
    found = connection.execute(asked).scalar()
    if found is None:
        taken = connection.execute(select(t.sessions.c.id).where(same[0], t.sessions.c.key == key)).first()
        key = f"{key} {now.isoformat()}" if taken else key
        save_sessions(connection, import_id, [replace(session, sets=())], now, key=key)
        found = connection.execute(asked).scalar_one()
    return int(found)

"""Rows that are changed or removed by hand. How each was before is kept, so that everything can be undone.

A removed row stays in its table with the moment of its removal: an undo gives back the very same row, and an import
that brings it again knows it. Nothing that reads the journal sees it, nor a session whose every set was removed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, insert, select, update

from backstory.errors import InputError
from backstory.store import tables as t
from backstory.store.checking import check
from backstory.store.rows import as_json, from_json
from backstory.store.saving import there
from backstory.store.store import Store

Row = Mapping[str, Any]
NOT_THERE = "There is no such entry; it may have been removed."


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that was changed or removed by hand, before and after; `undone`: it is as before again."""

    id: int
    made_at: datetime
    table: str
    row_id: int
    before: Row
    after: Row
    undone: bool

    @property
    def removed(self) -> bool:
        """Whether the row was removed with it."""
        return self.after["removed_at"] is not None


def change(store: Store, table: str, row_id: int, make: Callable[[Row], Row], now: datetime) -> Changed | None:
    """Give a row the values that `make` finds for it as it is; None where nothing differs. Raises InputError."""
    with store.write() as connection:
        row = live_row(connection, table, row_id)
        return put(connection, table, row, make(row), now)


def remove(store: Store, table: str, row_id: int, now: datetime) -> Changed:
    """Take a row away. Raises InputError where it is not there."""
    with store.write() as connection:
        done = put(connection, table, live_row(connection, table, row_id), {"removed_at": now}, now)
        assert done is not None
        return done


def undo(store: Store, change_id: int | None, now: datetime) -> Changed:
    """Make a change undone; None = the last one. Raises InputError for one that a newer change rests on."""
    with store.write() as connection:
        done = _last(connection) if change_id is None else _found(connection, t.changes.c.id == change_id)
        if done is None or done.undone:
            raise InputError("There is nothing to undo." if change_id is None else "That is undone already.")
        of_it = (t.changes.c.table_name == done.table) & (t.changes.c.row_id == done.row_id)
        if _found(connection, of_it & (t.changes.c.id > done.id) & t.changes.c.undone_at.is_(None)):
            raise InputError("The same entry was changed again later; undo that first.")
        take_back(connection, done, now)
        return done


def last_change(store: Store) -> Changed | None:
    """The newest change that is not undone."""
    with store.read() as connection:
        return _last(connection)


def live_row(connection: Connection, table: str, row_id: int) -> dict[str, Any]:
    """A row that nobody removed. Raises InputError."""
    row = connection.execute(there(table).where(t.metadata.tables[table].c.id == row_id)).mappings().first()
    if row is None:
        raise InputError(NOT_THERE)
    return {str(name): value for name, value in row.items()}


def put(connection: Connection, table: str, row: Row, new: Row, now: datetime) -> Changed | None:
    """New values into a row, checked and noted; None where they are the old ones. Raises InputError."""
    new = {name: value for name, value in new.items() if value != row[name]}
    if not new:
        return None
    after = {**row, **new}
    check(table, [after])
    of_it = t.metadata.tables[table]
    connection.execute(update(of_it).where(of_it.c.id == row["id"]).values(new))
    noted = {"made_at": now, "table_name": table, "row_id": row["id"], "before": as_json(row), "after": as_json(after)}
    result: CursorResult[Any] = connection.execute(insert(t.changes).values(noted))
    assert result.inserted_primary_key is not None
    return Changed(int(result.inserted_primary_key[0]), now, table, row["id"], dict(row), after, undone=False)


def take_back(connection: Connection, done: Changed, now: datetime) -> None:
    """What a change gave a row goes back to what it was."""
    of_it = t.metadata.tables[done.table]
    old = {name: value for name, value in done.before.items() if value != done.after[name]}
    connection.execute(update(of_it).where(of_it.c.id == done.row_id).values(old))
    connection.execute(update(t.changes).where(t.changes.c.id == done.id).values(undone_at=now))


def newest_of(connection: Connection, table: str, row_id: int) -> Changed | None:
    """The last change of a row that is not undone."""
    of_it = (t.changes.c.table_name == table) & (t.changes.c.row_id == row_id)
    return _found(connection, of_it & t.changes.c.undone_at.is_(None))


def _last(connection: Connection) -> Changed | None:
    return _found(connection, t.changes.c.undone_at.is_(None))


def _found(connection: Connection, which: Any) -> Changed | None:
    """The newest of these."""
    asked = select(t.changes).where(which).order_by(t.changes.c.id.desc()).limit(1)
    row = connection.execute(asked).mappings().first()
    if row is None:
        return None
    table = t.metadata.tables[row["table_name"]]
    before, after = from_json(table, row["before"]), from_json(table, row["after"])
    made_at = row["made_at"] if row["made_at"].tzinfo else row["made_at"].replace(tzinfo=UTC)
    return Changed(row["id"], made_at, table.name, row["row_id"], before, after, row["undone_at"] is not None)

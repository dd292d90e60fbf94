"""What stands in the journal, newest first, page by page and searched; the database does the looking."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, exists, false, or_, select, text

from backstory.errors import InputError
from backstory.model import AREAS, FEELS, MOVEMENTS
from backstory.store import tables as t
from backstory.store.saving import SET_FIELDS, there
from backstory.store.store import Store

Row = Mapping[str, Any]
CURSOR = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d)\.(\d{1,18})")
OF_TABLE: Mapping[str, tuple[str, ...]] = {  # in the order in which one day's stand below each other
    "check_ins": ("check-in",), "sessions": ("session", "activity"), "measures": ("measure",),
    "entries": ("limits", "outcome", "bout"), "help_first": ("help-first",), "names": ("name",), "trials": ("trial",),
    "profile": ("profile",),
}  # fmt: skip
TABLES = tuple(OF_TABLE)
KINDS = tuple(kind for kinds in OF_TABLE.values() for kind in kinds)
DAYS = {"trials": "starts"}
MOMENTS = {"help_first": "asked_at", "names": "made_at", "profile": "made_at"}  # they have no day of their own
SEARCHED = {
    "check_ins": ("note", "where", "feels", "hurts"), "sessions": ("title", "note", "source"), "measures": ("name",),
}  # fmt: skip
# Each name in the log once, by stepping through the index: SQLite's own DISTINCT would look at every set.
NAMES = text("""
    WITH RECURSIVE step(name) AS (
        SELECT min(exercise_name) FROM sets
        UNION ALL
        SELECT (SELECT min(exercise_name) FROM sets WHERE exercise_name > step.name) FROM step WHERE name IS NOT NULL
    )
    SELECT name FROM step WHERE name IS NOT NULL
""")
LISTED = {"where": AREAS, "feels": FEELS, "hurts": MOVEMENTS}


class Place(NamedTuple):
    """Where an entry stands in the list: its day, its table's place in `TABLES`, its row's id."""

    day: date
    table: int
    id: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.table}.{self.id}"

    @property
    def order(self) -> tuple[int, int, int]:
        """Ascending = newest first."""
        return -self.day.toordinal(), self.table, -self.id


@dataclass(frozen=True, slots=True)
class Found:
    """A row, and what it is."""

    kind: str
    place: Place
    row: Row


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. words: in small letters, each must be there; spans: days, each [from, to); before: None =
    from the newest on; limit: so many at most of each table.
    """

    kinds: frozenset[str]
    words: tuple[str, ...] = ()
    spans: tuple[tuple[date, date], ...] = ()
    before: Place | None = None
    limit: int = 50


def place_of(cursor: str) -> Place:
    """A cursor as a page named it. Raises InputError."""
    try:
        day, table, row_id = CURSOR.fullmatch(cursor).groups()  # type: ignore[union-attr]
        return Place(date.fromisoformat(day), int(table), int(row_id))
    except (AttributeError, ValueError):
        raise InputError("There is no such page of the journal.") from None


def local_day(moment: datetime) -> date:
    """The person's day of a moment of writing; one that names no zone is in UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone().date()


def look(store: Store, asked: Asked) -> list[Found]:
    """The rows that may be on the page, in no order. Of small tables words are not looked for here: what they are told
    in is not in them.
    """
    with store.read() as connection:
        return [
            found
            for number, name in enumerate(TABLES)
            if asked.kinds & {*OF_TABLE[name]}
            for found in _of_table(connection, number, name, asked)
        ]


def searched_here(kind: str) -> bool:
    """Whether `look` has held the words against a row of this kind already."""
    return any(kind in OF_TABLE[name] for name in SEARCHED)


def sets_of(store: Store, session_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The sets that stand in these sessions, in their order, by session: id, tick and what a set consists of."""
    ids = list(session_ids)
    found: dict[int, list[dict[str, Any]]] = {session_id: [] for session_id in ids}
    if not ids:
        return found
    columns = (t.sets.c[name] for name in ("session_id", "id", "tick", *SET_FIELDS))
    theirs = select(*columns).where(t.sets.c.session_id.in_(ids), t.sets.c.removed_at.is_(None))
    with store.read() as connection:
        for row in _rows(connection, theirs.order_by(t.sets.c.position, t.sets.c.id)):
            found[row.pop("session_id")].append(row)
    return found


def row_of(store: Store, table: str, row_id: int, removed: bool = False) -> Row | None:
    """One row; None where there is none, or where it was removed and removed ones are not asked for."""
    of_it = t.metadata.tables[table]
    with store.read() as connection:
        asked = select(of_it) if removed else there(table)
        return next(iter(_rows(connection, asked.where(of_it.c.id == row_id))), None)


def _of_table(connection: Connection, number: int, name: str, asked: Asked) -> list[Found]:
    table = t.metadata.tables[name]
    query = there(name).where(*_kinds(table, asked.kinds & {*OF_TABLE[name]}))
    if table is t.sessions:
        query = query.add_columns(_any_set().label("has_sets"))
    if name in MOMENTS:
        return _of_moments(connection, number, query, asked)
    day = table.c[DAYS.get(name, "day")]
    query = query.where(*(and_(day >= first, day < end) for first, end in asked.spans))
    if asked.before is not None:
        query = query.where(_beyond(day, table, number, asked.before))
    if name in SEARCHED:
        query = query.where(*_words(connection, table, asked.words))
    if name in SEARCHED or not asked.words:
        query = query.limit(asked.limit)
    rows = _rows(connection, query.order_by(day.desc(), table.c.id.desc()))
    return [Found(_kind(name, row), Place(row[day.name], number, row["id"]), row) for row in rows]


def _of_moments(connection: Connection, number: int, query: Select[Any], asked: Asked) -> list[Found]:
    """Rows that are dated by a moment; the person's day of it is worked out here."""
    found = []
    name = TABLES[number]
    for row in _rows(connection, query):
        place = Place(local_day(row[MOMENTS[name]]), number, row["id"])
        if asked.before is not None and place.order <= asked.before.order:
            continue
        if all(first <= place.day < end for first, end in asked.spans):
            found.append(Found(_kind(name, row), place, row))
    return found


def _any_set() -> ColumnElement[bool]:
    return exists().where(t.sets.c.session_id == t.sessions.c.id, t.sets.c.removed_at.is_(None))


def _kinds(table: Table, kinds: frozenset[str]) -> list[ColumnElement[bool]]:
    """Where a table holds several kinds and not all of them are looked for; what is wanted of a plan is no record."""
    if table is t.entries:
        return [table.c.kind.in_(kinds)]
    return [] if kinds == {*OF_TABLE[table.name]} else [_any_set() if "session" in kinds else ~_any_set()]


def _kind(table: str, row: Row) -> str:
    if table == "entries":
        return str(row["kind"])
    return OF_TABLE[table][0 if table != "sessions" or row["has_sets"] else 1]


def _beyond(day: ColumnElement[date], table: Table, number: int, before: Place) -> ColumnElement[bool]:
    """What comes after a place in the list."""
    if number > before.table:
        return day <= before.day
    same_day = and_(day == before.day, table.c.id < before.id) if number == before.table else false()
    return or_(day < before.day, same_day)


def _words(connection: Connection, table: Table, words: Iterable[str]) -> list[ColumnElement[bool]]:
    """Each word, somewhere in the row; of a session in its sets, too."""
    conditions = []
    for word in words:
        places = [_contains(connection, table.c[name], word) for name in SEARCHED[table.name] if _may(name, word)]
        if table is t.sessions:
            known = connection.execute(NAMES).scalars()
            names = [name for name in known if word in name.lower()]
            noted = and_(t.sets.c.note.is_not(None), _contains(connection, t.sets.c.note, word))
            for which in (t.sets.c.exercise_name.in_(names), noted):
                theirs = select(t.sets.c.session_id).where(which, t.sets.c.removed_at.is_(None))
                places.append(table.c.id.in_(theirs))
        conditions.append(or_(*places))
    return conditions


def _may(column: str, word: str) -> bool:
    """Whether a column may hold a word: some hold none but those of a list."""
    return column not in LISTED or any(word in known for known in LISTED[column])


def _contains(connection: Connection, column: Column[Any], word: str) -> ColumnElement[bool]:
    """Whatever the case. What SQLite does by itself for ASCII takes a tenth of the time."""
    if connection.dialect.name == "sqlite" and word.isascii():
        return column.contains(word, autoescape=True)
    return column.icontains(word, autoescape=True)


def _rows(connection: Connection, asked: Select[Any]) -> list[dict[str, Any]]:
    """Rows by column; a page holds a thousand sets, and SQLAlchemy's own mappings would take half of its time."""
    result = connection.execute(asked)
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]

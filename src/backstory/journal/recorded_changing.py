"""Changing, removing and bringing back what was recorded. Nothing is lost: everything can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any

from backstory import catalogue, store
from backstory.errors import InputError
from backstory.journal.entering import refuse_future
from backstory.journal.limits import ids_of
from backstory.journal.opening import Journal
from backstory.journal.recorded_telling import FIELDS, REMOVABLE, Entry, finder, told, with_ids
from backstory.model import Outcome, plain, words
from backstory.questions.help_first import judge
from backstory.questions.measures import score
from backstory.store import Changed, Found, Place, entry_of, rewriting

Row = Mapping[str, Any]
LONGEST_NAME, LONGEST_TEXT = 200, 5000
NOT_THERE = "There is no such entry; it may have been removed."
TABLES: Mapping[str, str] = {
    **{kind: table for table, kinds in store.OF_TABLE.items() for kind in kinds}, "set": "sets",
}  # fmt: skip
REWRITE: Mapping[str, Callable[[Row, Row], Row]] = {
    "check-in": rewriting.check_in, "session": rewriting.session, "activity": rewriting.session,
    "limits": rewriting.entry, "outcome": rewriting.entry, "bout": rewriting.entry,
    "help-first": rewriting.help_first,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as it was `before` it was changed; `after` None = it was removed. undone: it is as before again."""

    id: int
    made_at: datetime
    before: Entry
    after: Entry | None
    undone: bool


def entry(journal: Journal, entry_id: str) -> Entry:
    """One entry, or one set of a session. Raises InputError where it is not there."""
    kind, row_id = _parsed(entry_id)
    row = store.row_of(journal.store, TABLES[kind], row_id)
    if row is None or _kind_of(journal, TABLES[kind], row) != kind:
        raise InputError(NOT_THERE)
    return _told(journal, TABLES[kind], row)


def change(journal: Journal, entry_id: str, values: Mapping[str, Any]) -> Change | None:
    """Give an entry other values; None where they are the ones it has. Raises InputError; then nothing is changed.

    values: those of `editable` that change. Days are dates or ISO text, lists and answers as the entry holds them.
    """
    was = entry(journal, entry_id)
    if fixed := sorted(set(values) - set(was.editable)):
        raise InputError(f"{', '.join(map(words, fixed))} cannot be changed here.")
    given = {name: _taken(journal, FIELDS[was.kind][name], name, value) for name, value in values.items()}
    table, row_id = TABLES[was.kind], _parsed(entry_id)[1]
    done = store.change(
        journal.store, table, row_id, lambda row: _rewritten(journal, was.kind, row, given), journal.clock()
    )
    return None if done is None else _change(journal, done)


def remove(journal: Journal, entry_id: str) -> Change:
    """Take an entry away, a session with its sets. Raises InputError where it is not there or has to stay."""
    was = entry(journal, entry_id)
    if was.kind not in REMOVABLE:
        raise InputError(f"{was.title} stays on record.")
    return _change(journal, store.remove(journal.store, TABLES[was.kind], _parsed(entry_id)[1], journal.clock()))


def undo(journal: Journal, change_id: int | None = None) -> Change:
    """Make a change undone, None = the last one that is not; the very same entry is there again. Raises InputError."""
    return _change(journal, store.undo(journal.store, change_id, journal.clock()), undone=True)


def last_change(journal: Journal) -> Change | None:
    """The last change that can be undone; None = there is none."""
    done = store.last_change(journal.store)
    return None if done is None else _change(journal, done)


def _parsed(entry_id: str) -> tuple[str, int]:
    kind, _, number = entry_id.partition(":")
    if kind not in TABLES or not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise InputError(NOT_THERE)
    return kind, int(number)


def _change(journal: Journal, done: Changed, undone: bool = False) -> Change:
    before = _told(journal, done.table, done.before)
    after = None if done.removed else _told(journal, done.table, done.after)
    return Change(done.id, done.made_at, before, after, undone or done.undone)


def _told(journal: Journal, table: str, row: Row) -> Entry:
    kind = _kind_of(journal, table, row)
    sets = store.sets_of(journal.store, [row["id"]])[row["id"]] if kind == "session" else []
    found = Found(kind, Place(_day(journal, table, row), 0, row["id"]), row)
    return told(found, with_ids(sets), finder(journal.store.names()))


def _kind_of(journal: Journal, table: str, row: Row) -> str:
    if table == "sets":
        return "set"
    if table == "sessions":
        return "session" if store.sets_of(journal.store, [row["id"]])[row["id"]] else "activity"
    return str(row["kind"]) if table == "entries" else store.OF_TABLE[table][0]


def _day(journal: Journal, table: str, row: Row) -> date:
    """The day that a row is about; of a set that of its session."""
    if table == "sets":
        row, table = store.row_of(journal.store, "sessions", row["session_id"], removed=True) or {}, "sessions"
    if table in store.MOMENTS:
        return store.local_day(row[store.MOMENTS[table]])
    day: date = row[store.DAYS.get(table, "day")]
    return day


def _rewritten(journal: Journal, kind: str, row: Row, given: Row) -> Row:
    """The columns that change. What only the catalogue or the questions know is asked there. Raises InputError."""
    if kind == "name":
        return {"exercise_id": catalogue.load().get(given["exercise_id"]).id} if given else {}
    if kind == "limits":
        given = {**given, **{name: ids_of(journal, given[name]) for name in ("keep", "avoid") if name in given}}
    if kind == "help-first":
        judge(given.get("answers", {}))
    if kind == "outcome" and "answers" in given:
        held = entry_of(row)
        assert isinstance(held, Outcome)
        given = {**given, "value": score(held.measure, given["answers"]).value}
    return REWRITE.get(kind, rewriting.plainly)(row, given)


def _taken(journal: Journal, wanted: str, name: str, value: Any) -> Any:
    """A value as a row may hold it. Raises InputError in one line."""
    if wanted in ("number", "value"):
        return _number(name, value, wanted == "value")
    if wanted in ("text", "name"):
        return _text(name, value, wanted == "name")
    if wanted in ("day", "some day"):
        return None if value is None and wanted == "some day" else _as_day(journal, name, value)
    if wanted == "flag" and (value is None or isinstance(value, bool)):
        return value
    if wanted == "words" and isinstance(value, list | tuple) and all(isinstance(word, str) for word in value):
        return tuple(value)
    if wanted == "answers" and isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: one if isinstance(one, bool) else _number(key, one, True) for key, one in value.items()}
    kinds = {"flag": "yes, no or nothing", "words": "a list of words", "answers": "answers by question"}
    raise InputError(f"{words(name)} must be {kinds[wanted]}.")


def _number(name: str, value: Any, needed: bool) -> float | None:
    if value is None and not needed:
        return None
    try:
        number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")
    except OverflowError:  # a whole number with hundreds of digits
        number = float("nan")
    if not isfinite(number):
        raise InputError(f"{words(name)} must be a number.")
    return number


def _text(name: str, value: Any, needed: bool) -> str | None:
    if value is not None and not isinstance(value, str):
        raise InputError(f"{words(name)} must be words.")
    text = plain(value or "").strip()
    longest = LONGEST_NAME if needed or name == "title" else LONGEST_TEXT
    if len(text) > longest or (needed and not text):
        raise InputError(f"{words(name)} must have {'1 to' if needed else 'at most'} {longest} characters.")
    return text or ("" if name == "prescribed_by" else None)


def _as_day(journal: Journal, name: str, value: Any) -> date:
    try:
        day = value if type(value) is date else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(f"{words(name)} must be a day such as 2026-03-14.") from None
    refuse_future(journal, day)
    return day

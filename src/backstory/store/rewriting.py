"""New values for what a row holds, as its columns take them: through the model, which refuses what cannot be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from backstory.errors import InputError
from backstory.store.entries import entry_of, entry_row
from backstory.store.helping import asked_of, asked_row
from backstory.store.saving import check_in_of, check_in_row

Row = Mapping[str, Any]


def check_in(row: Row, values: Row) -> Row:
    """A check-in with other values. Raises InputError for one that says nothing any more."""
    changed = replace(check_in_of(row), **values)
    if not changed.says_something:
        raise InputError("A check-in needs something to say; to take it away, remove it.")
    told = check_in_row(changed, None, row["made_at"])
    return {name: told[name] for name in (*values, "recalled")}


def session(row: Row, values: Row) -> Row:
    """A session with other values; on another day it began at the same time of day."""
    began, day = row["started_at"], values.get("day", row["day"])
    moved = {} if began is None else {"started_at": datetime.combine(day, began.time())}
    return {**values, **moved}


def entry(row: Row, values: Row) -> Row:
    """Limits, an outcome or a bout with other values. Raises InputError."""
    told = entry_row(replace(entry_of(row), **values))
    return {name: told[name] for name in ("day", "content")}


def help_first(row: Row, values: Row) -> Row:
    """Answers on when to get help with other values. Raises InputError."""
    told = asked_row(asked_of(row)._replace(**values))
    return {name: told[name] for name in ("answers", "seen_on")}


def plainly(_: Row, values: Row) -> Row:
    """Where every value has a column of its own."""
    return values

"""Rows that come back from an export, or are changed by hand, are held to the same rules as what a person enters."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backstory.errors import InputError
from backstory.model import LIMITS, MEASURE_RANGES, SET_KINDS, check_day, check_profile, words
from backstory.store.entries import entry_of
from backstory.store.helping import asked_of
from backstory.store.rows import from_json
from backstory.store.saving import check_in_of
from backstory.store.tables import REMOVABLE, metadata
from backstory.store.trials import answer_of, trial_of

Row = Mapping[str, Any]


def check(table: str, rows: Sequence[Row]) -> None:
    """Raise InputError for a row that could not have been entered."""
    for row in rows if table in CHECKS else ():
        CHECKS[table](row)


def _numbers(row: Row) -> None:
    for name, limit in LIMITS.items():
        value = row.get(name)
        if value is not None and not 0 <= value <= limit:
            raise InputError(f"{words(name)} must be between 0 and {limit:g}, not {value:g}.")


def _session(row: Row) -> None:
    check_day(row["day"])
    _numbers(row)


def _set(row: Row) -> None:
    _numbers(row)
    if row["kind"] not in SET_KINDS:
        raise InputError(f"Kind must be one of {', '.join(SET_KINDS)}, not {row['kind']!r}.")


def _measure(row: Row) -> None:
    check_day(row["day"])
    low, high = MEASURE_RANGES.get(row["name"], (-math.inf, math.inf))
    value = row["value"]
    if not math.isfinite(value):
        raise InputError(f"{words(row['name'])} must be a number.")
    if not low <= value <= high:
        raise InputError(f"{words(row['name'])} must be between {low:g} and {high:g}, not {value:g}.")


def _change(row: Row) -> None:
    if row["table_name"] not in REMOVABLE:
        raise InputError(f"{row['table_name']} is no table whose rows are changed by hand")
    table = metadata.tables[row["table_name"]]
    for told in (row["before"], row["after"]):
        if not {"id", "removed_at"} <= from_json(table, told).keys():
            raise InputError("A change is not whole.")


CHECKS: Mapping[str, Callable[[Row], object]] = {
    "sessions": _session,
    "sets": _set,
    "check_ins": check_in_of,
    "measures": _measure,
    "profile": lambda row: check_profile(row["name"], row["value"]),
    "trials": trial_of,
    "answers": answer_of,
    "help_first": asked_of,
    "entries": entry_of,
    "changes": _change,
}

"""Rows that come back from an export are held to the same rules as what a person enters."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backstory.errors import InputError
from backstory.model import LIMITS, MEASURE_RANGES, SET_KINDS, check_day, check_profile
from backstory.store.entries import entry_of
from backstory.store.helping import asked_of
from backstory.store.saving import check_in_of
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
            raise InputError(f"{name} is {value}")


def _session(row: Row) -> None:
    check_day(row["day"])
    _numbers(row)


def _set(row: Row) -> None:
    _numbers(row)
    if row["kind"] not in SET_KINDS:
        raise InputError(f"{row['kind']} is no kind of set")


def _measure(row: Row) -> None:
    check_day(row["day"])
    low, high = MEASURE_RANGES.get(row["name"], (-math.inf, math.inf))
    if not low <= row["value"] <= high or not math.isfinite(row["value"]):
        raise InputError(f"{row['name']} is {row['value']}")


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
}

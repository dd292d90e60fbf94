"""Backstory's own diary: one check-in a row, in a CSV that a person can keep in any spreadsheet."""

from datetime import UTC
from typing import Any, BinaryIO

from backstory.errors import InputError
from backstory.model import MEASURE_RANGES, CheckIn, Measure, Problem
from backstory.readers import cells, columns
from backstory.readers.gathering import leave_out
from backstory.readers.result import ReadOptions, ReadResult
from backstory.readers.table import header_of, open_table

NAME = "diary"
LABEL = "Backstory's diary (CSV)"

NUMBERS = {"pain": 10, "sleep_h": 24, "sleep_quality": 10, "sitting_h": 24, "stress": 10}
WORDS = ("when", "slept", "trained", "other_load", "session")
LISTS = ("where", "feels", "hurts")
FLAGS = ("leg_symptoms", "painkiller")
FIELDS = ("date", *NUMBERS, *WORDS, *LISTS, *FLAGS, *MEASURE_RANGES, "note", "entered_at")
COLUMNS = {field: (field, field.replace("_", " ")) for field in FIELDS}
YES, NO = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}
LIST_SEPARATOR = "|"


def claims(head: bytes) -> bool:
    """Whether a file begins like a diary: a date, a pain score, and nothing that the diary does not know."""
    header = header_of(head)
    return columns.has(header, COLUMNS, "date", "pain") and all(
        name.replace(" ", "_") in COLUMNS for name in header if name
    )


def read(source: BinaryIO, options: ReadOptions) -> ReadResult:
    """Check-ins and measures of a diary. A pain score of 0 is a score; an empty cell is none."""
    table = open_table(source)
    where = columns.locate(table.header, COLUMNS)
    check_ins: list[CheckIn] = []
    measures: list[Measure] = []
    for line, row in table.rows():
        try:
            padded = columns.fit(row, len(table.header), where["date"] + 1)
            values = {field: padded[index].strip() for field, index in where.items()}
            check_in, measured = _parse(values)
        except (ValueError, InputError) as error:
            leave_out(line, error, table.problems)
            continue
        measures += measured
        if check_in.says_something:
            check_ins.append(check_in)
        elif not measured:
            table.problems.append(Problem(line, "This line holds a date and nothing else; it was left out."))
    return ReadResult(NAME, check_ins=tuple(check_ins), measures=tuple(measures), problems=table.told())


def _parse(values: dict[str, str]) -> tuple[CheckIn, list[Measure]]:
    day = cells.iso_day(values["date"])
    fields: dict[str, Any] = {field: _score(values[field], limit) for field, limit in NUMBERS.items()}
    fields |= {field: values[field].casefold() or None for field in WORDS}
    fields |= {field: tuple(w for w in values[field].casefold().split(LIST_SEPARATOR) if w) for field in LISTS}
    fields |= {field: _flag(values[field]) for field in FLAGS}
    entered = cells.iso_moment(values["entered_at"]).astimezone(UTC) if values["entered_at"] else None
    check_in = CheckIn(day=day, note=cells.note(values["note"]), entered_at=entered, **fields)
    return check_in, [Measure(day, field, _measured(field, values[field])) for field in MEASURE_RANGES if values[field]]


def _score(text: str, limit: float) -> float | None:
    """Unlike the gym apps' cells, a 0 here is a 0."""
    return None if not text else cells.number(text, limit) or 0.0


def _measured(field: str, text: str) -> float:
    low, high = MEASURE_RANGES[field]
    value = _score(text, high)
    if value is None or value < low:
        raise ValueError(f"{field} must be between {low:g} and {high:g}")
    return value


def _flag(text: str) -> bool | None:
    word = text.casefold()
    if not word:
        return None
    if word in YES | NO:
        return word in YES
    raise ValueError(f"{text!r} is neither yes nor no")

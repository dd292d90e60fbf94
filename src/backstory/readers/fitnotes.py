"""Exports of FitNotes for Android: one session a day; the format does not quote, so a name may hold commas."""

from collections.abc import Hashable, Iterable, Iterator
from typing import BinaryIO

from backstory.model import Session, Set
from backstory.readers import cells, columns, units
from backstory.readers.gathering import DISTANCE_LIMIT, LOAD_LIMIT_KG, REPS_LIMIT, gather
from backstory.readers.result import ReadOptions, ReadResult
from backstory.readers.table import header_of, open_table

NAME = "fitnotes"
LABEL = "FitNotes for Android (CSV)"

COLUMNS = {
    "date": ("date",), "exercise": ("exercise",), "category": ("category",),
    "weight": ("weight", "weight (kg)", "weight (kgs)", "weight (lbs)", "weight (lb)"), "weight_unit": ("weight unit",),
    "reps": ("reps",), "distance": ("distance",), "distance_unit": ("distance unit",), "time": ("time",),
    "note": ("comment", "notes"),
}  # fmt: skip
UNIT_BY_COLUMN = {"weight (kg)": "kg", "weight (kgs)": "kg", "weight (lbs)": "lb", "weight (lb)": "lb"}


def claims(head: bytes) -> bool:
    """Whether a file begins like an export of FitNotes."""
    return columns.has(header_of(head), COLUMNS, "date", "exercise", "category", "weight", "reps")


def read(source: BinaryIO, options: ReadOptions) -> ReadResult:
    """Sessions and sets of a FitNotes export; every row is a set, also one that equals the row before."""
    table = open_table(source, quoted=False)
    where = columns.locate(table.header, COLUMNS)
    width, needed = len(table.header), 1 + max(where["weight"], where["reps"])
    rows = list(_rejoined(table.rows(), where["exercise"], width, table.delimiter))
    unit = file_unit = UNIT_BY_COLUMN.get(table.header[where["weight"]].casefold())
    if unit is None:
        unit, said = units.judge_unit(units.without_unit(rows, where["weight"], where["weight_unit"]), options.units)
        if said is not None:
            table.problems.append(said)
    to_kg = units.TO_KG[unit or options.units or "kg"]
    body = columns.picker(
        where, "date", "exercise", "weight", "weight_unit", "reps", "distance", "distance_unit", "time", "note"
    )

    def parse(row: list[str]) -> tuple[Hashable, Set]:
        date, exercise, weight, unit_text, reps, distance, distance_unit, time, note = body(
            columns.fit(row, width, needed)
        )
        kg = units.factor(units.TO_KG, unit_text, to_kg)
        load = cells.number(weight, LOAD_LIMIT_KG / kg)
        far = cells.number(distance, DISTANCE_LIMIT)
        return cells.iso_day(date), Set(
            exercise_name=cells.name(exercise),
            load_kg=load and load * kg,
            reps=cells.number(reps, REPS_LIMIT),
            distance_km=far and far * units.factor(units.TO_KM, distance_unit, 1.0),
            duration_s=cells.duration_s(time),
            note=cells.note(note),
            logged_load=None if unit_text or file_unit else load,
        )

    def begin(row: list[str]) -> Session:
        return Session(source=NAME, day=cells.iso_day(row[where["date"]]))

    sessions = gather(rows, parse, begin, table.problems)
    return ReadResult(NAME, sessions=sessions, problems=table.told())


def _rejoined(
    rows: Iterable[tuple[int, list[str]]], exercise: int, width: int, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    """Rows with surplus delimiters put back into the exercise's name."""
    for line, row in rows:
        surplus = len(row) - width
        if surplus > 0:
            end = exercise + surplus + 1
            yield line, [*row[:exercise], delimiter.join(row[exercise:end]), *row[end:]]
        else:
            yield line, row

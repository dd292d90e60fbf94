"""Exports of the Strong app: comma or semicolon, all versions since 2016, English or German header."""

from collections.abc import Hashable
from typing import BinaryIO

from backstory.model import MILE_KM, Session, Set
from backstory.readers import cells, columns, units
from backstory.readers.gathering import (
    DISTANCE_LIMIT,
    LOAD_LIMIT_KG,
    REPS_LIMIT,
    RPE_LIMIT,
    SECONDS_LIMIT,
    gather,
)
from backstory.readers.result import ReadOptions, ReadResult
from backstory.readers.table import Table, header_of, open_table

NAME = "strong"
LABEL = "Strong (CSV)"

COLUMNS = {
    "date": ("date", "datum"),
    "title": ("workout name", "workout-name"),
    "duration": ("duration", "workout duration", "duration (sec)", "dauer"),
    "exercise": ("exercise name", "name der übung"),
    "order": ("set order", "reihenfolge festlegen"),
    "weight": ("weight", "weight (kg)", "weight (lbs)", "weight (lb)", "lb", "lbs", "kg", "gewicht", "gewicht (kg)"),
    "weight_unit": ("weight unit",),
    "reps": ("reps", "wiederh."),
    "distance": ("distance", "distance (meters)", "distance (km)", "distance (miles)", "mi", "km", "entfernung"),
    "distance_unit": ("distance unit",),
    "seconds": ("seconds", "sekunden"),
    "note": ("notes", "notizen"),
    "session_note": ("workout notes", "workout-notizen"),
    "rpe": ("rpe",),
}
UNIT_BY_COLUMN = {
    "weight (kg)": "kg",
    "kg": "kg",
    "gewicht (kg)": "kg",
    "weight (lbs)": "lb",
    "weight (lb)": "lb",
    "lb": "lb",
    "lbs": "lb",
}
KM_BY_COLUMN = {"distance (meters)": 1e-3, "distance (miles)": MILE_KM, "mi": MILE_KM}
NO_SETS = {"rest timer", "note"}
KINDS = {"w": "warm-up", "f": "failure", "d": "drop"}


def claims(head: bytes) -> bool:
    """Whether a file begins like an export of Strong."""
    return columns.has(header_of(head), COLUMNS, "date", "title", "exercise", "order")


def read(source: BinaryIO, options: ReadOptions) -> ReadResult:
    """Sessions and sets of a Strong export. Zeros mean "not recorded"; rest timers and notes are no sets."""
    table = open_table(source)
    where = columns.locate(table.header, COLUMNS)
    rows = list(table.rows())
    file_unit = _file_unit(table, where)
    to_kg, to_km = _units(table, where, rows, file_unit, options)
    width, needed = len(table.header), 1 + max(where[f] for f in ("exercise", "order", "weight", "reps"))
    head = columns.picker(where, "date", "title", "duration", "session_note")
    body = columns.picker(
        where, "date", "title", "exercise", "order", "weight", "weight_unit", "reps", "distance", "distance_unit",
        "seconds", "rpe", "note",
    )  # fmt: skip

    def parse(row: list[str]) -> tuple[Hashable, Set | None]:
        date, title, exercise, order, weight, unit, reps, distance, distance_unit, seconds, rpe, note = body(
            columns.fit(row, width, needed)
        )
        kind = order.strip().casefold()
        if kind in NO_SETS:
            return (date, title), None
        kg = units.factor(units.TO_KG, unit, to_kg) if unit else to_kg
        km = units.factor(units.TO_KM, distance_unit, to_km) if distance_unit else to_km
        load, far = cells.number(weight, LOAD_LIMIT_KG / kg), cells.number(distance, DISTANCE_LIMIT)
        return (date, title), Set(
            cells.name(exercise),
            load and load * kg,
            cells.number(reps, REPS_LIMIT),
            far and far * km,
            cells.number(seconds, SECONDS_LIMIT),
            cells.number(rpe, RPE_LIMIT),
            KINDS.get(kind, "normal"),
            cells.note(note) if note else None,
            None if unit or file_unit else load,
        )

    def begin(row: list[str]) -> Session:
        date, title, duration, note = head(columns.fit(row, width, needed))
        start = cells.iso_moment(date)
        return Session(
            source=NAME,
            day=start.date(),
            started_at=start,
            duration_s=cells.duration_or_none(duration),
            title=cells.note(title),
            note=cells.note(note),
        )

    sessions = gather(rows, parse, begin, table.problems)
    return ReadResult(NAME, sessions=sessions, problems=table.told())


def _file_unit(table: Table, where: dict[str, int]) -> str | None:
    """The unit that the name of the weights' column holds."""
    return None if where["weight"] == columns.MISSING else UNIT_BY_COLUMN.get(table.header[where["weight"]].casefold())


def _units(
    table: Table, where: dict[str, int], rows: list[tuple[int, list[str]]], unit: str | None, options: ReadOptions
) -> tuple[float, float]:
    """Factors to kg and km for rows that name no unit of their own; an assumption is told as a problem."""
    if unit is None and where["weight"] != columns.MISSING:
        unit, said = units.judge_unit(units.without_unit(rows, where["weight"], where["weight_unit"]), options.units)
        if said is not None:
            table.problems.append(said)
    unit = unit or options.units or "kg"
    distance = table.header[where["distance"]].casefold() if where["distance"] != columns.MISSING else ""
    miles = unit == "lb" and distance == "distance"
    return units.TO_KG[unit], KM_BY_COLUMN.get(distance, MILE_KM if miles else 1.0)

"""Exports of the Hevy app: kilograms or pounds, kilometres or miles, months in the person's language."""

from collections.abc import Hashable
from datetime import datetime
from typing import BinaryIO

from backstory.model import MILE_KM, POUND_KG, Session, Set
from backstory.readers import cells, columns
from backstory.readers.gathering import (
    DISTANCE_LIMIT,
    LOAD_LIMIT_KG,
    REPS_LIMIT,
    RPE_LIMIT,
    SECONDS_LIMIT,
    gather,
)
from backstory.readers.months import moment
from backstory.readers.result import ReadOptions, ReadResult
from backstory.readers.table import header_of, open_table

NAME = "hevy"
LABEL = "Hevy (CSV)"

COLUMNS = {
    "title": ("title",), "start": ("start_time",), "end": ("end_time",), "session_note": ("description",),
    "exercise": ("exercise_title",), "note": ("exercise_notes",), "index": ("set_index",), "kind": ("set_type",),
    "weight_kg": ("weight_kg",), "weight_lb": ("weight_lbs", "weight_lb"), "reps": ("reps",),
    "distance_km": ("distance_km",), "distance_mi": ("distance_miles", "distance_mi"),
    "seconds": ("duration_seconds",), "rpe": ("rpe",),
}  # fmt: skip
KINDS = {"warmup": "warm-up", "failure": "failure", "dropset": "drop", "drop": "drop"}


def claims(head: bytes) -> bool:
    """Whether a file begins like an export of Hevy."""
    return columns.has(header_of(head), COLUMNS, "start", "exercise", "index")


def read(source: BinaryIO, options: ReadOptions) -> ReadResult:
    """Sessions and sets of a Hevy export."""
    table = open_table(source)
    where = columns.locate(table.header, COLUMNS)
    kg, weight = (1.0, "weight_kg") if where["weight_kg"] != columns.MISSING else (POUND_KG, "weight_lb")
    km, distance = (1.0, "distance_km") if where["distance_km"] != columns.MISSING else (MILE_KM, "distance_mi")
    width, needed = len(table.header), 1 + max(where[f] for f in ("exercise", "index", weight, "reps"))
    head = columns.picker(where, "title", "start", "end", "session_note")
    body = columns.picker(
        where, "title", "start", "exercise", "kind", weight, "reps", distance, "seconds", "rpe", "note"
    )

    def parse(row: list[str]) -> tuple[Hashable, Set]:
        title, start, exercise, kind, load_text, reps, far_text, seconds, rpe, note = body(
            columns.fit(row, width, needed)
        )
        load = cells.number(load_text, LOAD_LIMIT_KG / kg)
        far = cells.number(far_text, DISTANCE_LIMIT)
        return (start, title), Set(
            exercise_name=cells.name(exercise),
            load_kg=load and load * kg,
            reps=cells.number(reps, REPS_LIMIT),
            distance_km=far and far * km,
            duration_s=cells.number(seconds, SECONDS_LIMIT),
            rpe=cells.number(rpe, RPE_LIMIT),
            kind=KINDS.get(kind.strip().casefold(), "normal"),
            note=cells.note(note),
        )

    def begin(row: list[str]) -> Session:
        title, start_text, end_text, note = head(columns.fit(row, width, needed))
        start = moment(start_text)
        seconds = _seconds_until(end_text, start)
        return Session(
            source=NAME,
            day=start.date(),
            started_at=start,
            duration_s=seconds,
            title=cells.note(title),
            note=cells.note(note),
        )

    sessions = gather(table.rows(), parse, begin, table.problems)
    return ReadResult(NAME, sessions=sessions, problems=table.told())


def _seconds_until(end: str, start: datetime) -> float | None:
    """How long a session took; None where its end is not known or cannot be."""
    try:
        seconds = (moment(end) - start).total_seconds()
    except ValueError:
        return None
    return seconds if seconds > 0 else None

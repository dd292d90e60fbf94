"""The other way round: sessions as a Strong export, check-ins as a diary; both are read back the same."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from backstory.errors import InputError
from backstory.model import MEASURE_RANGES, CheckIn, Session
from backstory.readers.diary import FIELDS, LIST_SEPARATOR

STRONG_HEADER = (
    "Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight (kg)", "Reps", "Distance", "Seconds",
    "Notes", "Workout Notes", "RPE",
)  # fmt: skip
ORDER = {"warm-up": "W", "failure": "F", "drop": "D"}


def write_strong(path: Path, sessions: Iterable[Session]) -> None:
    """Sessions as a Strong export in kilograms, readable by its owner alone. Raises InputError where a file is."""
    rows = []
    for session in sessions:
        minutes = round((session.duration_s or 0) / 60)
        start = session.started_at or session.day
        for order, one_set in enumerate(session.sets, start=1):
            rows.append([
                f"{start:%Y-%m-%d %H:%M:%S}", session.title or "", f"{minutes // 60}h {minutes % 60}m",
                one_set.exercise_name, ORDER.get(one_set.kind, order), one_set.load_kg or 0, one_set.reps or 0,
                one_set.distance_km or 0, one_set.duration_s or 0, one_set.note or "", session.note or "",
                "" if one_set.rpe is None else one_set.rpe,
            ])  # fmt: skip
    _write(path, STRONG_HEADER, rows)


def write_diary(path: Path, check_ins: Iterable[CheckIn]) -> None:
    """Check-ins as a diary, readable by its owner alone."""
    fields = [field for field in FIELDS if field not in MEASURE_RANGES]
    _write(
        path, fields, [[_cell(getattr(c, "day" if field == "date" else field)) for field in fields] for c in check_ins]
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    try:
        number = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None
    with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)

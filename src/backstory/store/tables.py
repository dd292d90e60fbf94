"""The journal's tables. A change here needs a migration; a test compares the two."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

# The tables of the first migration, which every journal has; and since which migration there are the others.
FIRST = ("imports", "sessions", "sets", "check_ins", "measures", "profile", "names")
SINCE = {"trials": "0002", "answers": "0002", "help_first": "0003", "entries": "0004", "changes": "0005"}
REMOVABLE = ("sessions", "sets", "check_ins", "measures", "names", "help_first", "entries")
LATER = {  # columns that came after their table
    ("check_ins", "hurts"): "0004", ("sets", "tick"): "0005",
    **{(table, "removed_at"): "0005" for table in REMOVABLE},
}  # fmt: skip

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _made_at() -> Column[object]:
    return Column("made_at", DateTime(timezone=True), nullable=False)


def _removed_at() -> Column[object]:
    """None = it is there. What was removed stays, so that it can come back, and so that an import knows it."""
    return Column("removed_at", DateTime(timezone=True))


def _index_of_some(name: str, column: str, rows: str, unique: bool = False) -> Index:
    """An index over some rows alone."""
    return Index(name, column, unique=unique, sqlite_where=text(rows), postgresql_where=text(rows))


imports = Table(
    "imports", metadata,
    Column("id", Integer, primary_key=True),
    Column("path", String, nullable=False),
    Column("reader", String, nullable=False),
    _made_at(),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id")),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("started_at", DateTime),
    Column("duration_s", Float),
    Column("title", String),
    Column("note", String),
    Column("effort", Float),
    Column("distance_km", Float),
    _made_at(),
    _removed_at(),
    UniqueConstraint("source", "key"),
    Index(None, "day"),
)  # fmt: skip

sets = Table(
    "sets", metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id"), nullable=False),  # which keeps when it was made
    Column("session_id", Integer, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("exercise_name", String, nullable=False),
    Column("load_kg", Float),
    Column("reps", Float),
    Column("distance_km", Float),
    Column("duration_s", Float),
    Column("rpe", Float),
    Column("kind", String, nullable=False),
    Column("note", String),
    Column("logged_load", Float),
    Column("tick", String),  # of a planned set that was ticked off: one row, however often it is sent
    _removed_at(),
    Index(None, "session_id"),
    Index("ix_sets_exercise_name", "exercise_name", "session_id", "removed_at"),
    _index_of_some("ix_sets_noted", "session_id", "note IS NOT NULL"),
    _index_of_some("ix_sets_tick", "tick", "tick IS NOT NULL", unique=True),
)  # fmt: skip

check_ins = Table(
    "check_ins", metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id")),
    Column("day", Date, nullable=False),
    Column("pain", Float),
    Column("when", String),
    Column("where", String),
    Column("feels", String),
    Column("leg_symptoms", Boolean),
    Column("sleep_h", Float),
    Column("sleep_quality", Float),
    Column("slept", String),
    Column("sitting_h", Float),
    Column("stress", Float),
    Column("painkiller", Boolean),
    Column("trained", String),
    Column("other_load", String),
    Column("session", String),
    Column("note", String),
    Column("entered_at", DateTime(timezone=True)),
    Column("recalled", Boolean, nullable=False),
    _made_at(),
    Column("hurts", String),
    _removed_at(),
    Index(None, "day"),
)  # fmt: skip

measures = Table(
    "measures", metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id")),
    Column("day", Date, nullable=False),
    Column("name", String, nullable=False),
    Column("value", Float, nullable=False),
    _made_at(),
    _removed_at(),
    Index(None, "day"),
)  # fmt: skip

profile = Table(
    "profile", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("value", String, nullable=False),
    _made_at(),
)  # fmt: skip

names = Table(
    "names", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("key", String, nullable=False),
    Column("exercise_id", String, nullable=False),
    _made_at(),
    _removed_at(),
)  # fmt: skip

trials = Table(
    "trials", metadata,
    Column("id", Integer, primary_key=True),
    Column("question", String, nullable=False),
    Column("parameters", String, nullable=False),  # JSON: the arms in words, and what was known at the start
    Column("starts", Date, nullable=False),
    Column("days", Integer, nullable=False),
    Column("block_days", Integer, nullable=False),
    Column("schedule", String, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_on", Date),
    Column("ended_because", String),
)  # fmt: skip

answers = Table(
    "answers", metadata,
    Column("id", Integer, primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("exposure", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("versions", String, nullable=False),  # JSON: of program, model and catalogue
    Column("fingerprint", String, nullable=False),
)  # fmt: skip

help_first = Table(
    "help_first", metadata,
    Column("id", Integer, primary_key=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("answers", String, nullable=False),  # JSON: a question's id → true or false
    Column("seen_on", Date),
    _removed_at(),
)  # fmt: skip

entries = Table(
    "entries", metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("content", String, nullable=False),  # JSON: the rest of it
    _made_at(),
    _removed_at(),
    Index(None, "kind", "day"),
)  # fmt: skip

changes = Table(
    "changes", metadata,
    Column("id", Integer, primary_key=True),
    _made_at(),
    Column("table_name", String, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", String, nullable=False),  # JSON: the row as it was
    Column("after", String, nullable=False),  # JSON: as it became; `removed_at` tells a removal
    Column("undone_at", DateTime(timezone=True)),
    Index(None, "table_name", "row_id"),
)  # fmt: skip

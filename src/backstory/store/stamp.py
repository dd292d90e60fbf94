"""What tells whether anything was written since, in one question to the database."""

from collections.abc import Iterator

from sqlalchemy import text

from backstory.store.tables import metadata

OF_ITSELF = "answers"  # what an answer leaves of itself changes no answer
WRITTEN = {"trials": "started_at", "help_first": "asked_at"}
DATED_BY_IMPORTS = ("sets",)


def _asked() -> Iterator[str]:
    """Of each table the number of rows, the last one and when it was made; and what changes rows that are there."""
    for table in metadata.sorted_tables:
        if table.name == OF_ITSELF:
            continue
        yield f"(SELECT count(*) FROM {table.name})"
        yield f"(SELECT max(id) FROM {table.name})"
        if table.name not in DATED_BY_IMPORTS:
            made = WRITTEN.get(table.name, "made_at")
            yield f"(SELECT {made} FROM {table.name} ORDER BY id DESC LIMIT 1)"
    yield "(SELECT count(undone_at) FROM changes)"
    yield "(SELECT max(undone_at) FROM changes)"
    yield "(SELECT count(ended_on) FROM trials)"


STAMP = text(f"SELECT {', '.join(_asked())}")

"""Everything in one zip, and back: one JSON Lines file a table, so that nothing is lost and anybody can read it."""

import json
import os
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError

from backstory import __version__
from backstory.errors import InputError, JournalError
from backstory.store import tables as t
from backstory.store.checking import check
from backstory.store.opening import HEAD
from backstory.store.rows import as_json, value_of
from backstory.store.store import Store

MANIFEST = "backstory.json"
LARGEST_TABLE = 1024**3
UNREADABLE = (
    OSError, zipfile.BadZipFile, zlib.error, RuntimeError, ArithmeticError, LookupError, ValueError, TypeError,
    AttributeError, InputError, JournalError, SQLAlchemyError,
)  # fmt: skip
README = """This is everything that one Backstory journal holds: one file a table, one JSON object a line.
`backstory restore THIS.zip` brings it back into an empty journal. It is health data: keep it to yourself.
"""


class NewerExport(InputError):
    """An export of a program that is newer than this one."""


def export(store: Store, target: Path) -> dict[str, int]:
    """Write the journal into a new zip file, readable by its owner alone; rows a table. Raises InputError."""
    if target.exists() and not _is_export(target):
        raise InputError(f"{target} exists and is no export of Backstory's; choose another name.")
    part = target.with_name(target.name + ".part")
    counts: dict[str, int] = {}
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive, store.read() as connection:
                for table in t.metadata.sorted_tables:
                    rows = connection.execute(select(table).order_by(table.c.id)).mappings()
                    lines = [as_json(row) for row in rows]
                    archive.writestr(f"{table.name}.jsonl", "".join(f"{line}\n" for line in lines))
                    counts[table.name] = len(lines)
                manifest = {"program": "backstory", "version": __version__, "schema": HEAD, "rows": counts}
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
                archive.writestr("README.txt", README)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{target} cannot be written: {error.strerror or error}.") from None
    return counts


def restore(store: Store, source: Path) -> dict[str, int]:
    """Bring an export back into an empty journal, in one transaction; rows a table. Raises InputError, JournalError."""
    if not store.is_empty():
        raise JournalError(
            f"{store.shown} is not empty; nothing was changed. Restore into a new journal: --journal NEW.db"
        )
    counts: dict[str, int] = {}
    try:
        with zipfile.ZipFile(source) as archive, store.write() as connection:
            schema = _schema(json.loads(_text(archive, MANIFEST)))
            for table in t.metadata.sorted_tables:
                there = t.SINCE.get(table.name, schema) <= schema  # what an older program wrote lacks the newer tables
                lines = _text(archive, f"{table.name}.jsonl").split("\n") if there else []
                rows = [_row(table, json.loads(line), schema) for line in lines if line]
                check(table.name, rows)
                if rows:
                    connection.execute(insert(table), rows)
                    _count_on(connection, table)
                counts[table.name] = len(rows)
    except FileNotFoundError:
        raise InputError(f"{source} does not exist.") from None
    except NewerExport:
        raise
    except UNREADABLE:
        raise InputError(f"{source} is no whole export of Backstory's; nothing was restored.") from None
    return counts


def _is_export(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _count_on(connection: Connection, table: Table) -> None:
    """Ids that were brought back must not be given again; SQLite sees to that itself."""
    if connection.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        connection.exec_driver_sql(f"SELECT setval({sequence}, (SELECT max(id) FROM {table.name}))")


def _schema(manifest: dict[str, Any]) -> str:
    """Which migration the exporting program had. Raises ValueError, NewerExport."""
    schema = str(manifest["schema"])
    if manifest.get("program") != "backstory":
        raise ValueError("another program's")
    if schema > HEAD:
        raise NewerExport(
            f"This export was written by Backstory {manifest.get('version')}, which is newer; update first."
        )
    return schema


def _text(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > LARGEST_TABLE:
        raise ValueError("too large")
    stream: IO[bytes]
    with archive.open(name) as stream:
        return stream.read().decode("utf-8")


def _row(table: Table, row: dict[str, Any], schema: str) -> dict[str, Any]:
    """What a program wrote that did not know a column yet is None there."""
    later = {column.name for column in table.columns if t.LATER.get((table.name, column.name), schema) > schema}
    return {c.name: None if c.name in later else value_of(c.type, row[c.name]) for c in table.columns}

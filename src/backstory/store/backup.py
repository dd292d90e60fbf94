"""Everything in one zip, and back: one JSON Lines file a table, so that nothing is lost and anybody can read it."""

import json
import os
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from backstory import __version__
from backstory.errors import InputError, JournalError
from backstory.model import PROFILE_SHOWN
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


class NotEmpty(JournalError):
    """A journal that holds something already."""


class NewerExport(InputError):
    """An export of a program that is newer than this one."""


def export(store: Store, target: Path) -> dict[str, int]:
    """Write the journal into a new zip file, readable by its owner alone; rows a table. Raises InputError."""
    if target.exists() and not _is_export(target):
        raise InputError(f"{target} exists and is no export of Backstory's; choose another name.")
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as raw:
            counts = export_into(store, raw)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{target} cannot be written: {error.strerror or error}.") from None
    return counts


def export_into(store: Store, raw: IO[bytes]) -> dict[str, int]:
    """Write the journal as a zip file into an open one; rows a table."""
    counts: dict[str, int] = {}
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive, store.read() as connection:
        for table in t.metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(table.c.id)).mappings()
            lines = [as_json(row) for row in rows]
            archive.writestr(f"{table.name}.jsonl", "".join(f"{line}\n" for line in lines))
            counts[table.name] = len(lines)
        manifest = {"program": "backstory", "version": __version__, "schema": HEAD, "rows": counts}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        archive.writestr("README.txt", README)
    return counts


def restore(store: Store, source: Path | IO[bytes]) -> dict[str, int]:
    """Bring an export back into a journal that holds nothing yet but how it is shown, in one transaction; rows a table.

    source: a file, or an open one that can be sought in. Raises InputError, JournalError.
    """
    shown = str(source) if isinstance(source, Path) else "This file"
    counts: dict[str, int] = {}
    try:
        with store.write() as connection:
            settings = _make_room(connection, store.shown)
            with zipfile.ZipFile(source) as archive:
                schema = _schema(json.loads(_text(archive, MANIFEST)))
                for table in t.metadata.sorted_tables:
                    there = t.SINCE.get(table.name, schema) <= schema  # an older program wrote no newer tables
                    lines = _text(archive, f"{table.name}.jsonl").split("\n") if there else []
                    rows = [_row(table, json.loads(line), schema) for line in lines if line]
                    check(table.name, rows)
                    if rows:
                        connection.execute(insert(table), rows)
                        _count_on(connection, table)
                    counts[table.name] = len(rows)
            _keep(connection, settings)
    except FileNotFoundError:
        raise InputError(f"{shown} does not exist.") from None
    except (NewerExport, NotEmpty):
        raise
    except UNREADABLE:
        raise InputError(f"{shown} is no whole export of Backstory's; nothing was restored.") from None
    return counts


def _make_room(connection: Connection, shown: str) -> list[dict[str, Any]]:
    """The language and theme that were chosen in a journal that holds nothing else; it holds nothing then. NotEmpty."""
    chosen = t.profile.c.name.in_(PROFILE_SHOWN)
    held = [select(table.c.id).limit(1) for table in t.metadata.sorted_tables if table is not t.profile]
    held.append(select(t.profile.c.id).where(~chosen).limit(1))
    if any(connection.execute(one).first() for one in held):
        raise NotEmpty(f"{shown} is not empty; nothing was changed. Restore into a new journal: --journal NEW.db")
    rows = connection.execute(select(t.profile).order_by(t.profile.c.id)).mappings()
    settings = [{str(name): value for name, value in row.items() if name != "id"} for row in rows]
    connection.execute(delete(t.profile))
    return settings


def _keep(connection: Connection, settings: list[dict[str, Any]]) -> None:
    """What was chosen before, where the export says nothing about it."""
    told = set(connection.execute(select(t.profile.c.name)).scalars())
    if kept := [row for row in settings if row["name"] not in told]:
        connection.execute(insert(t.profile), kept)


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

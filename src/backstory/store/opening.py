"""From a path or a database URL to an open store, created or migrated where needed."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from backstory.errors import JournalError
from backstory.store.store import WRITE, Store

HEAD = "0001"  # the newest migration; a test compares it with the scripts
BUSY_S = 30
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def open_store(path_or_url: str) -> Store:
    """The journal there; a new one where there is none. Raises JournalError."""
    url = _url(path_or_url)
    if url.get_backend_name() == "sqlite":
        _prepare_file(url)
    try:
        engine = _engine(url)
        _bring_up_to_date(engine, url)
    except ModuleNotFoundError as error:
        raise JournalError(
            f"This database needs {error.name}: install backstory with its extra, backstory[postgres]."
        ) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise JournalError(f"The journal {_shown(url)} cannot be opened: {_reason(error)}.") from None
    return Store(engine, _shown(url))


def _url(path_or_url: str) -> URL:
    if "://" not in path_or_url:
        return URL.create("sqlite+pysqlite", database=str(Path(path_or_url).expanduser().absolute()))
    try:
        url = make_url(path_or_url)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise JournalError(
            f"{path_or_url.rsplit('@', maxsplit=1)[-1]!r} is no database URL that is known here: {_reason(error)}."
        ) from None
    if url.drivername == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    return url


def _prepare_file(url: URL) -> None:
    """A file that nobody else can read, before the first byte is written."""
    if not url.database or url.database == ":memory:":
        return
    path = Path(url.database)
    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
        if path.stat().st_mode & 0o077 and os.name == "posix":
            path.chmod(PRIVATE_FILE)
    except OSError as error:
        raise JournalError(f"The journal {path} cannot be opened: {error.strerror or error}.") from None


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's `begin` starts transactions, so that DDL is inside them too
    connection.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Who is going to write takes the lock at once: waiting for it half-way through could never succeed."""
    writes = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, url: URL) -> None:
    with engine.connect() as connection:
        version = _version(connection, url)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise JournalError(f"The journal {_shown(url)} was written by a newer Backstory; update the program.")
    from backstory.store.migrating import migrate

    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        migrate(connection)


def _version(connection: Connection, url: URL) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise JournalError(f"{_shown(url)} is a database, but no journal of Backstory's; nothing was changed.")
    return None


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0].rstrip(".")

"""From a path or a database URL to an open store, created or migrated where needed."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from backstory.errors import JournalError
from backstory.model import plain
from backstory.store.store import WRITE, Store, first_line
from backstory.store.tables import FIRST

HEAD = "0005"  # the newest migration; a test compares it with the scripts
BUSY_S = 30
WAITS_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
T = TypeVar("T")
SQLITE_MAGIC = b"SQLite format 3\0"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def open_store(path_or_url: str) -> Store:
    """The journal there; a new one where there is none. Raises JournalError."""
    url = _url(path_or_url)
    shown = _shown(url)
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        _prepare_file(Path(str(url.database)))
    try:
        engine = _engine(url)
        _bring_up_to_date(engine, shown)
    except ModuleNotFoundError as error:
        raise JournalError(f"This database needs {error.name}; install backstory[postgres].") from None
    except (SQLAlchemyError, sqlite3.Error, TypeError, ValueError) as error:
        raise JournalError(f"The journal {shown} cannot be opened: {first_line(error)}.") from None
    return Store(engine, shown)


def _url(path_or_url: str) -> URL:
    if "://" not in path_or_url:
        try:
            path = Path(path_or_url).expanduser().absolute()
        except RuntimeError:
            raise JournalError(f"There is no home folder for {plain(path_or_url)}.") from None
        return URL.create("sqlite+pysqlite", database=str(path))
    try:
        url = make_url(path_or_url)
        url.get_dialect()
    except (SQLAlchemyError, ValueError, ImportError):  # what they say may hold the password
        known = "such as postgresql://user:password@host/database"
        raise JournalError(f"This is no database URL that is known here; it should be one {known}.") from None
    if "@" in (url.host or ""):
        raise JournalError("This database URL has an @ too many; in a password it is written %40.")
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _prepare_file(path: Path) -> None:
    """A file that nobody else can read, before the first byte is written; files of others are left as they are."""
    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise JournalError(f"{plain(str(path))} is no ordinary file and cannot hold a journal.")
        if path.exists() and path.stat().st_size:
            _check_own(path)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
        if path.stat().st_mode & 0o077 and os.name == "posix":
            path.chmod(PRIVATE_FILE)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise JournalError(f"The journal {plain(str(path))} cannot be opened: {reason}.") from None


def _check_own(path: Path) -> None:
    """Raise JournalError for a file that is no journal, without changing it."""
    with path.open("rb") as file:
        magic = file.read(len(SQLITE_MAGIC))
    if magic == SQLITE_MAGIC:
        try:
            names = _patiently(lambda: _table_names(path))
        except sqlite3.Error as error:
            raise JournalError(f"The journal {plain(str(path))} cannot be opened: {error}.") from None
        if not names or {"alembic_version", *FIRST} <= names:
            return
    raise JournalError(f"{plain(str(path))} is no journal of Backstory's; nothing was changed.")


def _table_names(path: Path) -> set[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_S)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _patiently(action: Callable[[], T]) -> T:
    """Try again while another process sets the same journal up: there SQLite does not wait by itself."""
    for wait_s in WAITS_S:
        try:
            return action()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            time.sleep(wait_s)
    return action()


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
    _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own knows no Ä


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text


def _begin_sqlite(connection: Connection) -> None:
    """Who is going to write takes the lock at once: waiting for it half-way through could never succeed."""
    writes = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, shown: str) -> None:
    with engine.connect() as connection:
        version = _version(connection, shown)
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise JournalError(f"The journal {shown} was written by a newer Backstory; update the program.")
    from backstory.store.migrating import migrate

    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        migrate(connection)


def _version(connection: Connection, shown: str) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise JournalError(f"{shown} is a database, but no journal of Backstory's; nothing was changed.")
    return None


def _shown(url: URL) -> str:
    """What to call it in front of people: never with a password, wherever in a URL it stands."""
    if url.get_backend_name() == "sqlite":
        return plain(str(url.database))
    return plain(f"{url.get_backend_name()} database {url.database} on {url.host or 'this machine'}")

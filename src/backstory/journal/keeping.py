"""The journal as a whole: take it along, bring it back, delete it."""

from io import BytesIO
from pathlib import Path
from typing import IO

from backstory import store
from backstory.errors import InputError
from backstory.journal.opening import Journal


def export(journal: Journal, target: Path) -> dict[str, int]:
    """Everything into one zip; rows a table. Raises InputError."""
    if target.suffix != ".zip":
        raise InputError(f"An export is a zip file: call it {target.stem or 'backstory'}.zip.")
    return store.export(journal.store, target)


def export_bytes(journal: Journal) -> bytes:
    """The same zip, for somebody who takes it over a wire."""
    raw = BytesIO()
    store.export_into(journal.store, raw)
    return raw.getvalue()


def restore(journal: Journal, source: Path | IO[bytes]) -> dict[str, int]:
    """An export, a file or an open one, into an empty journal; rows a table. Raises InputError, JournalError."""
    return store.restore(journal.store, source)


def forget(journal: Journal) -> None:
    """Delete everything that was recorded."""
    journal.store.clear()

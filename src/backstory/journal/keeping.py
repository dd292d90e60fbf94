"""The journal as a whole: take it along, bring it back, delete it."""

from pathlib import Path

from backstory import store
from backstory.errors import InputError
from backstory.journal.opening import Journal


def export(journal: Journal, target: Path) -> dict[str, int]:
    """Everything into one zip; rows a table. Raises InputError."""
    if target.suffix != ".zip":
        raise InputError(f"An export is a zip file: call it {target.stem or 'backstory'}.zip.")
    return store.export(journal.store, target)


def restore(journal: Journal, source: Path) -> dict[str, int]:
    """An export into an empty journal; rows a table. Raises InputError, JournalError."""
    return store.restore(journal.store, source)


def forget(journal: Journal) -> None:
    """Delete everything that was recorded."""
    journal.store.clear()

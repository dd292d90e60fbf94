"""An open journal: the store, and the clock that dates its entries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from backstory.store import Store, open_store


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Journal:
    """What every use works with. `clock` gives the moment of writing, in UTC."""

    store: Store
    clock: Callable[[], datetime] = _now

    def today(self) -> date:
        """The person's local day."""
        return self.clock().astimezone().date()

    def stamp(self) -> str:
        """Changes with the local day, and with everything that is written but for what an answer leaves of itself."""
        return f"{self.today()} {self.store.stamp()}"


@contextmanager
def open_journal(path_or_url: str, clock: Callable[[], datetime] = _now) -> Iterator[Journal]:
    """The journal at a path or database URL; made where it is missing. Raises JournalError."""
    store = open_store(path_or_url)
    try:
        yield Journal(store, clock)
    finally:
        store.close()

"""What the app works with while it runs: the open journal, what is kept of it, and the work under way."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from backstory.journal import Journal, open_journal
from backstory.journal.remembering import remembering
from backstory.web.kept import Shelf
from backstory.web.working import AtOnce, Workshop

log = logging.getLogger("backstory.web")  # says what failed and where, never what anybody recorded


@dataclass(frozen=True, slots=True)
class Desk:
    """One for the whole app."""

    location: str
    journal: Journal
    shelf: Shelf
    workshop: Workshop


@contextmanager
def opened(location: str, at_once: bool = False) -> Iterator[Desk]:
    """The desk of a journal. at_once: nothing runs in the background. Raises JournalError."""
    workshop = AtOnce(location) if at_once else Workshop(location)
    with open_journal(location) as just_opened:
        journal = remembering(just_opened)
        shelf = Shelf(workshop, journal.stamp, _complain)
        try:
            yield Desk(location, journal, shelf, workshop)
        finally:
            workshop.close()


def _complain(error: BaseException) -> None:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "another process"
    log.error("work in the background failed: %s at %s", type(error).__name__, where)

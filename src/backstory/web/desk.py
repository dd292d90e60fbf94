"""What the app works with while it runs: the open journal, what is kept of it, and the work under way."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from backstory.journal import Journal, keeping, open_journal
from backstory.journal.remembering import Remembering, remembering
from backstory.web import bounded
from backstory.web.demo_person import DemoPerson
from backstory.web.jobs import Job, Jobs, JobsAtOnce
from backstory.web.kept import Shelf
from backstory.web.rendered import Rendered
from backstory.web.uploads import Uploads, uploads
from backstory.web.working import AtOnce, Workshop

log = logging.getLogger("backstory.web")  # says what failed and where, never what anybody recorded


@dataclass(frozen=True, slots=True)
class Desk:
    """One for the whole app. own_address: in an app that shows a simulated person, the way back; else empty."""

    location: str
    journal: Journal
    shelf: Shelf
    workshop: Workshop
    jobs: Jobs
    uploads: Uploads
    demo: DemoPerson
    own_address: str = ""
    rendered: Rendered = field(default_factory=Rendered)


@contextmanager
def opened(location: str, at_once: bool = False, own_address: str = "") -> Iterator[Desk]:
    """The desk of a journal. at_once: nothing runs in the background. Raises JournalError."""
    workshop = AtOnce(location) if at_once else Workshop(location)
    with open_journal(location) as just_opened, uploads() as place:
        journal = remembering(just_opened)
        assert isinstance(journal.store, Remembering)
        jobs = (JobsAtOnce if at_once else Jobs)(location, _complain, journal.store.look_again, has_a_question)
        shelf = Shelf(workshop, journal.stamp, lambda error: _complain(bounded.where(error)))
        demo = DemoPerson(place)
        try:
            yield Desk(location, journal, shelf, workshop, jobs, place, demo, own_address)
        finally:
            demo.close()
            jobs.close()
            workshop.close()


def forget_everything(desk: Desk) -> None:
    """Delete everything that was recorded, and all that is kept of it; what is being read is ended first."""
    desk.jobs.forget()
    keeping.forget(desk.journal)
    desk.shelf.forget()
    desk.rendered.forget()


def has_a_question(job: Job) -> bool:
    """Whether a job's files are kept for a while, because the person may say that their weights are in another unit."""
    return any(part.get("unit_taken") for part in job.parts)


def _complain(what: str) -> None:
    log.error("work in the background failed: %s", what)

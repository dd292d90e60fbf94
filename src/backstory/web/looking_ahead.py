"""The simulation of half a year as a piece of long work: one at a time, its result kept until the app ends."""

from dataclasses import dataclass
from typing import Any

from backstory.journal.plan_wish import check_ahead
from backstory.web.desk import Desk
from backstory.web.jobs import DONE, Job

KIND = "ahead"


@dataclass(frozen=True, slots=True)
class Ahead:
    """job: the last one; told: what the last one that was finished gave; older: the journal has changed since."""

    job: Job | None
    told: dict[str, Any] | None
    older: bool

    @property
    def under_way(self) -> bool:
        return self.job is not None and self.job.under_way


def begin(desk: Desk, weeks: int) -> Job:
    """Simulate, unless that is under way. Raises InputError, and NotEnough where too much waits."""
    check_ahead(weeks)
    job = _last(desk)
    if job is not None and job.under_way:
        return job
    folder = desk.uploads.folder()
    return desk.jobs.start(KIND, {"folder": str(folder), "weeks": weeks}, folder)


def cancel(desk: Desk) -> None:
    """End what is under way, if anything is."""
    job = _last(desk)
    if job is not None and job.under_way:
        desk.jobs.cancel(job.id)


def standing(desk: Desk) -> Ahead:
    """How far it is, and what is known."""
    done = next((job for job in desk.jobs.all() if job.kind == KIND and job.state == DONE), None)
    if done is None:
        return Ahead(_last(desk), None, False)
    return Ahead(_last(desk), done.value["told"], done.value["stamp"] != desk.journal.stamp())


def _last(desk: Desk) -> Job | None:
    return next((job for job in desk.jobs.all() if job.kind == KIND), None)

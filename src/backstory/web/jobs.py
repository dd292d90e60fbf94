"""Long work with progress and cancel, one after the other; it goes on whoever looks, and is listed while the app runs.

Cancelling ends the process: what it wrote in whole transactions stays, and nothing half-written does.
"""

import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from secrets import token_hex
from typing import Any

from backstory.errors import NotEnough
from backstory.web import bounded
from backstory.web.bounded import Failed, Plain, Progress
from backstory.web.kept import UNEXPECTED
from backstory.web.working import Made

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
STATES = (WAITING, RUNNING, DONE, FAILED, CANCELLED)
MOST_LISTED = 20
MOST_WAITING = 10
ENDS_IN_S = 3.0
KEEPS_S = 900.0  # how long files wait for an answer to what was asked about them


@dataclass(slots=True)
class Job:
    """One piece of long work. `parts`: what is finished of it; `folder`: its files, removed with it."""

    id: str
    kind: str
    given: Mapping[str, Any]
    folder: Path | None
    begun_at: datetime
    state: str = WAITING
    progress: Progress = field(default_factory=lambda: Progress(0, 0))
    parts: list[Plain] = field(default_factory=list)
    made: Made | None = None
    unwanted: bool = False

    @property
    def under_way(self) -> bool:
        """Whether it goes on, or will."""
        return self.state in (WAITING, RUNNING)

    @property
    def why_not(self) -> str:
        """Why it failed, in one line."""
        return self.made.why_not if self.made else ""

    @property
    def value(self) -> Plain:
        """What came of it; empty where nothing did."""
        return (self.made.value or {}) if self.made else {}

    @property
    def has_files(self) -> bool:
        """Whether what was sent is still there, to be read once more."""
        return self.folder is not None and self.folder.is_dir()


@dataclass(slots=True)
class Jobs:
    """All of them, the oldest first. wrote: called when one has ended; keeps_files: do its files wait?"""

    location: str
    complain: Callable[[str], None]
    wrote: Callable[[], None] = lambda: None
    keeps_files: Callable[[Job], bool] = lambda job: False
    _jobs: dict[str, Job] = field(default_factory=dict)
    _waiting: "deque[Job]" = field(default_factory=deque)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _process: BaseProcess | None = None
    _worker: threading.Thread | None = None
    _closed: bool = False

    def start(self, kind: str, given: Mapping[str, Any], folder: Path | None = None) -> Job:
        """Begin, or wait for what is before it. Raises NotEnough where too many wait; the folder is removed then."""
        job = Job(token_hex(8), kind, given, folder, datetime.now(UTC))
        with self._changed:
            if len(self._waiting) >= MOST_WAITING:
                _remove(folder)
                raise NotEnough("A lot is under way already; wait until it is done.")
            self._jobs[job.id] = job
            self._waiting.append(job)
            self._forget_oldest()
        self._go_on()
        return job

    def all(self) -> list[Job]:
        """The newest first."""
        self._drop_old_files()
        with self._changed:
            return list(reversed(self._jobs.values()))

    def get(self, job_id: str) -> Job:
        """Raises NotEnough where there is none."""
        self._drop_old_files()
        if job_id not in self._jobs:
            raise NotEnough("There is no such import; they are listed until the app is ended.")
        return self._jobs[job_id]

    def cancel(self, job_id: str) -> Job:
        """End it; one that is done stays so. Raises NotEnough where there is none."""
        job = self.get(job_id)
        with self._changed:
            job.unwanted = job.under_way
            if job.state == WAITING:
                self._waiting.remove(job)
                self._finish(job, None)
            elif job.state == RUNNING and self._process is not None:
                self._process.terminate()
        return job

    def take_files(self, job_id: str) -> tuple[Job, Path]:
        """A job's files, for another one. Raises NotEnough where they are not there any more."""
        job = self.get(job_id)
        with self._changed:
            folder, job.folder = job.folder, None
        if folder is None or job.under_way:
            raise NotEnough("These files are not here any more; send them again.")
        return job, folder

    def wait(self, job: Job, most_s: float) -> Job:
        """Until it is done, or as long as that."""
        ends_s = time.monotonic() + most_s
        while job.under_way and time.monotonic() < ends_s:
            time.sleep(0.02)
        return job

    def forget(self) -> None:
        """Cancel and drop everything; nothing of it writes any more afterwards."""
        for job in self.all():
            self.cancel(job.id)
        for job in self.all():
            self.wait(job, 2 * ENDS_IN_S)
        with self._changed:
            for job in self._jobs.values():
                _remove(job.folder)
            self._jobs = {job.id: job for job in self._jobs.values() if job.under_way}

    def close(self) -> None:
        """End everything."""
        self._closed = True
        self.forget()
        with self._changed:
            self._changed.notify_all()
        if self._worker is not None:
            self._worker.join(2 * ENDS_IN_S)

    def _go_on(self) -> None:
        """Let the worker know, which works through what waits."""
        with self._changed:
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._worker.start()
            self._changed.notify_all()

    def _work(self) -> None:
        while job := self._next():
            try:
                made = self._done(job)
            except OSError as error:  # no process can be begun
                self.complain(bounded.where(error))
                made = Made(why_not=UNEXPECTED, exit_code=2)
            self._finish(job, made)

    def _next(self) -> Job | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait(60.0)
                self._drop_old_files()
            if self._closed:
                return None
            job = self._waiting.popleft()
            job.state = RUNNING
            return job

    def _done(self, job: Job) -> Made | None:
        """What came of a job that ran in a process of its own; None = it was cancelled."""
        context = get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(
            target=bounded.run, args=(there, self.location, job.kind, job.given), name=job.kind, daemon=True
        )
        with here:
            process.start()
            there.close()
            with self._changed:
                self._process = process
                if job.unwanted:
                    process.terminate()
            made = self._listen(here, job)
            process.join(ENDS_IN_S)
            if process.is_alive():
                process.kill()
                process.join()
        with self._changed:
            self._process = None
        if made is None and not job.unwanted:
            return Made(why_not=bounded.line_for(process.exitcode), exit_code=2)
        return made

    def _listen(self, pipe: "Connection[Any, Any]", job: Job) -> Made | None:
        """Take in what a process tells, until it has told what came of it, or ended."""
        while True:
            try:
                told = pipe.recv()
            except (EOFError, OSError):
                return None
            if (made := self._take_in(job, told)) is not None:
                return made

    def _take_in(self, job: Job, told: bounded.Message) -> Made | None:
        if isinstance(told, Progress):
            job.progress = told
            if told.part is not None:
                job.parts.append(told.part)
            return None
        if isinstance(told, Failed):
            self.complain(told.what)
            return Made(why_not=UNEXPECTED, exit_code=2)
        return told

    def _finish(self, job: Job, made: Made | None) -> None:
        if not self.keeps_files(job):
            _remove(job.folder)
            job.folder = None
        self.wrote()
        job.made = made
        job.state = CANCELLED if made is None else FAILED if made.why_not else DONE

    def _forget_oldest(self) -> None:
        done = [job for job in self._jobs.values() if not job.under_way]
        for job in done[: max(0, len(self._jobs) - MOST_LISTED)]:
            _remove(job.folder)
            del self._jobs[job.id]

    def _drop_old_files(self) -> None:
        now = datetime.now(UTC)
        with self._changed:
            jobs = list(self._jobs.values())
        for job in jobs:
            if job.folder and not job.under_way and (now - job.begun_at).total_seconds() > KEEPS_S:
                _remove(job.folder)
                job.folder = None


class JobsAtOnce(Jobs):
    """Works in this process, at once: for tests, and where nobody waits."""

    def _go_on(self) -> None:
        job = self._waiting.popleft()

        def tell(told: bounded.Progress) -> None:
            self._take_in(job, told)

        self._finish(job, self._take_in(job, bounded.outcome(self.location, job.kind, job.given, tell)))


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)

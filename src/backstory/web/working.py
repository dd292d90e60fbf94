"""What takes too long for a page, done in a process of its own: pages show what it made last.

Each kind of work is a file in `work/` with `make(journal, **given)`, which gives plain values: they cross a process
boundary, and the API shows them as JSON.
"""

import time
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from backstory.errors import BackstoryError

WORK = "backstory.web.work"
LEAST_PAUSE_S, PAUSE_SHARE = 1.0, 2.0  # after a piece of work: however much changes, a third of a core at most


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a piece of work: its value or why not in one line; took_s: the work alone."""

    value: Any = None
    why_not: str = ""
    exit_code: int = 0
    took_s: float = field(default=0.0, compare=False)


def work(location: str, kind: str, given: Mapping[str, Any]) -> Made:
    """Do one piece of work on the journal there; what the program raises on purpose becomes a line."""
    from backstory.journal import open_journal

    begun_s = time.monotonic()
    try:
        with open_journal(location) as journal:
            made = Made(import_module(f"{WORK}.{kind}").make(journal, **given))
    except BackstoryError as error:
        made = Made(why_not=str(error), exit_code=error.exit_code)
    return replace(made, took_s=time.monotonic() - begun_s)


class Workshop:
    """One process that works, started again should it die; `begin` gives what it will have made."""

    def __init__(self, location: str) -> None:
        self.location = location
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, kind: str, given: Mapping[str, Any]) -> "Future[Made]":
        """Raises nothing: a process that died is replaced."""
        try:
            return self._process().submit(work, self.location, kind, dict(given))
        except RuntimeError:  # also BrokenProcessPool
            self._pool = None
            return self._process().submit(work, self.location, kind, dict(given))

    def pause(self, took_s: float) -> float:
        """How long to wait before the same work is done anew [s]."""
        return max(LEAST_PAUSE_S, PAUSE_SHARE * took_s)

    def close(self) -> None:
        """End the process, whatever it is at."""
        pool, self._pool = self._pool, None
        if pool is not None:
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()

    def _process(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        return self._pool


class AtOnce(Workshop):
    """Works in this process, at once: for tests, and where nobody waits."""

    def begin(self, kind: str, given: Mapping[str, Any]) -> "Future[Made]":
        done: Future[Made] = Future()
        done.set_result(work(self.location, kind, given))
        return done

    def pause(self, took_s: float) -> float:
        return 0.0

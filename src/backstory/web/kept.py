"""Values that take long to make: pages show the last one at once; a new one is made once the journal has changed."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from backstory.web.working import Made, Workshop

MOST_KEPT = 64
UNEXPECTED = "This could not be worked out; the program's log says why."


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known now. fresh: it is of the journal as it stands; `made` None: it is being made for the first time."""

    made: Made | None
    fresh: bool

    @property
    def value(self) -> Any:
        """None where there is none yet, or none can be given."""
        return self.made.value if self.made else None

    @property
    def why_not(self) -> str:
        return self.made.why_not if self.made else ""


@dataclass(slots=True)
class _Entry:
    stamp: str = ""
    made: Made | None = None
    under_way: "Future[Made] | None" = None
    under_way_for: str = ""
    not_before_s: float = 0.0


@dataclass(slots=True)
class Shelf:
    """Everything that is kept, the least used thrown out first. stamp: tells journals apart that answer differently."""

    workshop: Workshop
    stamp: Callable[[], str]
    complain: Callable[[BaseException], None]
    _entries: "OrderedDict[str, _Entry]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, kind: str, /, wait_s: float = 0.0, **given: Any) -> Kept:
        """The value, as new as there is; begins to make a newer one where that is due.

        wait_s: how long to wait for a fresh one.
        """
        now, key = self.stamp(), json.dumps([kind, given], sort_keys=True, default=str)
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > MOST_KEPT:
                self._entries.popitem(last=False)
            self._take_in(entry)
            if entry.stamp != now and entry.under_way is None and time.monotonic() >= entry.not_before_s:
                entry.under_way_for = now
                entry.under_way = self.workshop.begin(kind, given)
                self._take_in(entry)
            waits_for = entry.under_way
        if waits_for is not None and wait_s > 0:
            self._wait(waits_for, wait_s)
            with self._lock:
                self._take_in(entry)
        fresh, made = entry.stamp == now, entry.made
        holds = fresh or (made is not None and made.value is not None)  # a refusal may not, once the journal changed
        return Kept(made if holds else None, fresh)

    def forget(self) -> None:
        """Drop everything, such as after the journal was deleted."""
        with self._lock:
            self._entries.clear()

    def _wait(self, under_way: "Future[Made]", wait_s: float) -> None:
        try:
            under_way.exception(timeout=wait_s)
        except TimeoutError:
            return

    def _take_in(self, entry: _Entry) -> None:
        """Put what is ready in its place."""
        done = entry.under_way
        if done is None or not done.done():
            return
        entry.under_way, entry.stamp = None, entry.under_way_for
        failed = done.exception()
        if failed is None:
            entry.made = done.result()
        else:
            self.complain(failed)
            entry.made = Made(why_not=UNEXPECTED, exit_code=2)
        entry.not_before_s = time.monotonic() + self.workshop.pause(entry.made.took_s)

"""A journal that stays open and is asked the same again and again: what was read is known until something changes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection

from backstory.journal.opening import Journal
from backstory.model import CheckIn, Measure, Session, Trial
from backstory.store import Store

LOOKS_AGAIN_S = 0.2  # what another process writes is seen so late at most; what this one writes, at once
Read = TypeVar("Read")


@dataclass(slots=True)
class Memory:
    """What was read, and of which state of the journal."""

    stamp: str = ""
    looked_s: float = float("-inf")
    writes: int = 0
    read: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remembering(Store):
    """A store that reads whole tables once. Lists are given out as they were read: nobody may change them."""

    memory: Memory = field(default_factory=Memory)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As the store does; what was read before is read again."""
        try:
            with Store.write(self) as connection:
                yield connection
        finally:
            self.memory.writes += 1
            self.memory.looked_s = float("-inf")

    def stamp(self) -> str:
        """As the store tells it, looked up a few times a second."""
        memory, now = self.memory, time.monotonic()
        if now - memory.looked_s > LOOKS_AGAIN_S:
            writes, stamp = memory.writes, Store.stamp(self)
            if stamp != memory.stamp:
                memory.read, memory.stamp = {}, stamp
            memory.looked_s = now if writes == memory.writes else float("-inf")
        return memory.stamp

    def look_again(self) -> None:
        """Another process has written."""
        self.memory.looked_s = float("-inf")

    def sessions(self) -> list[Session]:
        return self._once("sessions", lambda: Store.sessions(self))

    def check_ins(self, day: date | None = None) -> list[CheckIn]:
        return self._once(f"check_ins {day}", lambda: Store.check_ins(self, day))

    def measures(self) -> list[Measure]:
        return self._once("measures", lambda: Store.measures(self))

    def profile(self) -> dict[str, str]:
        return dict(self._once("profile", lambda: Store.profile(self)))

    def names(self) -> dict[str, str]:
        return dict(self._once("names", lambda: Store.names(self)))

    def trials(self) -> list[Trial]:
        return self._once("trials", lambda: Store.trials(self))

    def is_empty(self) -> bool:
        return self._once("is_empty", lambda: Store.is_empty(self))

    def _once(self, what: str, look: Callable[[], Read]) -> Read:
        """What is remembered, else what is found; a write that comes between is never covered up."""
        self.stamp()
        read, writes = self.memory.read, self.memory.writes
        if what not in read:
            found = look()
            if writes != self.memory.writes:
                return found
            read[what] = found
        known: Read = read[what]
        return known


def remembering(journal: Journal) -> Journal:
    """The same journal, for a face that stays."""
    store = journal.store
    return replace(journal, store=Remembering(store.engine, store.shown))

"""A plan as it is handed over: sessions with warm-up and cool-down, rest days, and what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from backstory.plan.state import State
from backstory.plan.values import PlannedSession, Wanted, Week


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a warm-up, a cool-down or a rest day. static: a stretch that is held."""

    exercise: str
    name: str
    minutes: float
    kind: str
    static: bool = False


@dataclass(frozen=True, slots=True)
class FullSession:
    """A session with what surrounds it; kind: in a word or two, such as "whole body"."""

    session: PlannedSession
    warm_up: tuple[Part, ...]
    cool_down: tuple[Part, ...]
    kind: str

    @property
    def day(self) -> date:
        return self.session.day


@dataclass(frozen=True, slots=True)
class RestDay:
    """A day without a session, and what may be done on it. usual: what the person does on it anyway, such as a run; no
    day of rest, then.
    """

    day: date
    suggestion: str
    minutes: float
    exercise: str = ""
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """wanted, week: what was asked of the solver, and what it gave; points: expected pain of the week with its band, by
    the person's own answer, None = it says nothing; notes: what a person should read before the first set; older:
    whether the person is of an age for more balance work.
    """

    wanted: Wanted
    week: Week
    sessions: tuple[FullSession, ...]
    rest_days: tuple[RestDay, ...]
    state: State
    goal: str
    points: tuple[float, float, float] | None = None
    most: Mapping[str, int] = field(default_factory=dict)
    avoid: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    older: bool = False

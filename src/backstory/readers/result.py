"""What a reader takes and what it gives."""

from dataclasses import dataclass

from backstory.errors import InputError
from backstory.model import PROFILE_CHOICES, CheckIn, Measure, Problem, Session


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`units`: the unit of weights in a file that does not say (kg or lb); None = the reader judges and says so."""

    units: str | None = None

    def __post_init__(self) -> None:
        if self.units is not None and self.units not in PROFILE_CHOICES["units"]:
            raise InputError(f"A unit of weight is kg or lb, not {self.units!r}.")


@dataclass(frozen=True, slots=True)
class ReadResult:
    """Everything that a file holds, and what in it could not be taken."""

    reader: str
    sessions: tuple[Session, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    measures: tuple[Measure, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def set_count(self) -> int:
        return sum(len(session.sets) for session in self.sessions)

    @property
    def is_empty(self) -> bool:
        return not (self.sessions or self.check_ins or self.measures)

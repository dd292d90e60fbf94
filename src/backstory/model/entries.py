"""What a person writes down now and then: limits from a clinician, answers to a measure, when a bout began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

from backstory.errors import InputError
from backstory.model.words import check_day


@dataclass(frozen=True, slots=True)
class Limits:
    """What a clinician said about exercises, told on a day; ids of exercises or families. The newest stands alone.

    `keep`: to be done whatever else is; `avoid`: never; `prescribed_by`: who said so, in the person's words.
    """

    day: date
    keep: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    prescribed_by: str = ""

    def __post_init__(self) -> None:
        check_day(self.day)
        if both := sorted({*self.keep} & {*self.avoid}):
            raise InputError(f"{', '.join(both)} cannot be both kept and avoided.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure that was answered or done: its id, the answers by item, and its value."""

    day: date
    measure: str
    answers: Mapping[str, float | bool]
    value: float

    def __post_init__(self) -> None:
        check_day(self.day)
        if not self.measure or not isfinite(self.value):
            raise InputError("A measure needs its name and a value.")
        if not all(isinstance(answer, bool) or isfinite(answer) for answer in self.answers.values()):
            raise InputError("An answer to a measure is a number, or true or false.")


@dataclass(frozen=True, slots=True)
class Bout:
    """A spell of back pain, by the day on which the person remembers it to have begun; `withdrawn`: it was not one."""

    day: date
    withdrawn: bool = False

    def __post_init__(self) -> None:
        check_day(self.day)


Entry = Limits | Outcome | Bout

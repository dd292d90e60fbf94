"""What a person writes down now and then: limits from a clinician, answers to a measure, when a bout began; what is
wanted of a plan, and the session that was begun by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

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


SESSION_PARTS = {"date": str, "kind": str, "warm_up": list, "main": list, "cool_down": list}
PART = {"exercise": str, "minutes": (int, float)}
LIFT = {
    "exercise": str, "sets": int, "reps": (int, type(None)), "hold_s": (int, float, type(None)), "holds": list,
    "minutes": (int, float, type(None)), "load_kg": (int, float, type(None)), "rir": (int, float, type(None)),
    "rest_s": (int, float, type(None)), "ramp": list, "why": str,
}  # fmt: skip
STEP = {"kg": (int, float), "reps": int}
WISH = {
    "days": str, "minutes": int, "goal": str, "level": str, "equipment": str, "keep": str, "avoid": str, "weeks": int,
}  # fmt: skip
ONE = ("goal", "level", "weeks")  # the others are lists of these
MOST_PARTS, MOST_SETS = 40, 20


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What somebody wants of the weeks to come, by its name as `backstory plan` takes it. The newest stands alone."""

    day: date
    wish: Mapping[str, Any]

    def __post_init__(self) -> None:
        check_day(self.day)
        for name, value in self.wish.items():
            each = [value] if name in ONE else value
            if name not in WISH or not isinstance(each, list) or not all(type(one) is WISH[name] for one in each):
                raise InputError(f"{name} of what is wanted of a plan cannot be {value!r}.")


@dataclass(frozen=True, slots=True)
class Begun:
    """The session of a plan that was begun on a day, as it was planned; it stays so while the log grows by its sets."""

    day: date
    session: Mapping[str, Any]

    def __post_init__(self) -> None:
        check_day(self.day)
        session = self.session
        whole = _holds(session, SESSION_PARTS)
        for name, wanted in (("warm_up", PART), ("main", LIFT), ("cool_down", PART)):
            whole = whole and len(session[name]) <= MOST_PARTS and all(_holds(one, wanted) for one in session[name])
        if not whole or not all(_counts(one) for one in session["main"]):
            raise InputError("A session that was begun is not whole.")


def _holds(values: Any, wanted: Mapping[str, Any]) -> bool:
    return isinstance(values, Mapping) and all(isinstance(values.get(name), kind) for name, kind in wanted.items())


def _counts(lift: Mapping[str, Any]) -> bool:
    """Whether its sets, holds and lighter sets can be."""
    holds = all(isinstance(one, int) and 0 < one <= MOST_PARTS for one in lift["holds"])
    return 0 < lift["sets"] <= MOST_SETS and holds and all(_holds(step, STEP) for step in lift["ramp"])


Entry = Limits | Outcome | Bout | PlanWish | Begun

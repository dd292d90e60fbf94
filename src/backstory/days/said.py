"""What was said on one day, taken together: the later entry counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from backstory.days.scores import DAY, DAYTIME, SLEEP, in_order_of_entry, morning_scores, told
from backstory.model import CheckIn

WORDS = ("where", "feels", "hurts", "leg_symptoms", "slept", "trained", "other_load")


@dataclass(frozen=True, slots=True)
class Said:
    """A day as it was told so far; None and () = not said.

    morning, evening: pain 0-10, the evening's also where no time of day was named; sessions: the last word about each
    moment of a session; painkiller: whether one was taken; notes: in the order in which they were given.
    """

    day: date
    morning: float | None = None
    evening: float | None = None
    where: tuple[str, ...] = ()
    feels: tuple[str, ...] = ()
    hurts: tuple[str, ...] = ()
    leg_symptoms: bool | None = None
    sleep_h: float | None = None
    sleep_quality: float | None = None
    slept: str | None = None
    sitting_h: float | None = None
    stress: float | None = None
    painkiller: bool | None = None
    trained: str | None = None
    other_load: str | None = None
    sessions: tuple[CheckIn, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing was said yet."""
        return self == Said(self.day)


def said_on(check_ins: Iterable[CheckIn], day: date) -> Said:
    """The check-ins of one day as one; where a pain is about a session, the whole entry stands under `sessions`."""
    given = [check_in for check_in in in_order_of_entry(check_ins) if check_in.day == day]
    scores, rows = morning_scores(given), told(given)
    of_day = [one for one in given if one.session is None]
    last: dict[str, Any] = {
        name: value for one in of_day for name in WORDS if (value := getattr(one, name)) not in (None, ())
    }
    night: dict[str, Any] = {name: rows[day - DAY][name] for name in SLEEP if name in rows.get(day - DAY, {})}
    daytime: dict[str, Any] = {name: rows[day][name] for name in DAYTIME if name in rows.get(day, {})}
    taken = daytime.pop("painkiller", None)
    return Said(
        day,
        morning=scores[day].pain if day in scores else None,
        evening=scores[day + DAY].pain if day + DAY in scores else None,
        painkiller=None if taken is None else bool(taken),
        sessions=tuple({one.session: one for one in given if one.session is not None}.values()),
        notes=tuple(dict.fromkeys(one.note for one in of_day if one.note)),
        **last,
        **night,
        **daytime,
    )

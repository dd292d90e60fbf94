"""What a person says about a day, and what is measured on it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from backstory.errors import InputError
from backstory.model.people import PROFILE_RANGES
from backstory.model.words import check_day, words

AREAS = (
    "neck", "upper-back", "mid-back", "low-back", "low-back-left", "low-back-right",
    "buttock-left", "buttock-right", "hip-left", "hip-right", "leg-left", "leg-right",
)  # fmt: skip
FEELS = ("ache", "sharp", "shooting", "cramp", "stiff", "numb")
TIMES_OF_DAY = ("morning", "evening")
SLEEP_POSITIONS = ("back", "side", "front")
TRAINED = ("yes", "no", "not-logged")
OTHER_LOADS = ("none", "some", "a-lot")
MOVEMENTS = ("bending", "arching", "twisting", "lifting", "sitting", "standing", "walking", "lying")
SESSION_MOMENTS = ("before", "during", "after")
RECALLED_AFTER = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a person said about a day. `hurts`: movements that hurt; `when` None = no time of day; `entered_at` None =
    not known.
    """

    day: date
    pain: float | None = None
    when: str | None = None
    where: tuple[str, ...] = ()
    feels: tuple[str, ...] = ()
    leg_symptoms: bool | None = None
    sleep_h: float | None = None
    sleep_quality: float | None = None
    slept: str | None = None
    sitting_h: float | None = None
    stress: float | None = None
    painkiller: bool | None = None
    trained: str | None = None
    other_load: str | None = None
    session: str | None = None
    note: str | None = None
    entered_at: datetime | None = None
    hurts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_day(self.day)
        for name, (low, high) in CHECK_IN_RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise InputError(f"{words(name)} must be between {low:g} and {high:g}, not {value:g}.")
        for name, allowed in CHECK_IN_CHOICES.items():
            value = getattr(self, name)
            for word in value if isinstance(value, tuple) else (value,):
                if word is not None and word not in allowed:
                    raise InputError(f"{words(name)} must be one of {', '.join(allowed)}, not {word!r}.")

    @property
    def recalled(self) -> bool:
        """Entered more than 36 h after the moment it is about: 8:00 for a morning, 20:00 for an evening or a day."""
        if self.entered_at is None:
            return False
        about = datetime.combine(self.day, time(8 if self.when == "morning" else 20))
        entered = self.entered_at.astimezone().replace(tzinfo=None) if self.entered_at.tzinfo else self.entered_at
        return entered - about > RECALLED_AFTER

    @property
    def says_something(self) -> bool:
        """Whether anything stands in it beside the day itself."""
        empty = (None, ())
        return any(getattr(self, f.name) not in empty for f in fields(self) if f.name not in CHECK_IN_FRAME)


CHECK_IN_FRAME = ("day", "when", "session", "entered_at")
CHECK_IN_RANGES: Mapping[str, tuple[float, float]] = {
    "pain": (0, 10), "sleep_h": (0, 24), "sleep_quality": (0, 10), "sitting_h": (0, 24), "stress": (0, 10),
}  # fmt: skip
CHECK_IN_CHOICES: Mapping[str, tuple[str, ...]] = {
    "when": TIMES_OF_DAY, "where": AREAS, "feels": FEELS, "slept": SLEEP_POSITIONS, "trained": TRAINED,
    "hurts": MOVEMENTS, "other_load": OTHER_LOADS, "session": SESSION_MOMENTS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured value of a day, such as body mass or steps."""

    day: date
    name: str
    value: float


MEASURE_RANGES: Mapping[str, tuple[float, float]] = {
    "body_mass_kg": PROFILE_RANGES["body_mass_kg"], "steps": (0, 200_000),
}  # fmt: skip

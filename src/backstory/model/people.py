"""Who trains: the profile, and the body that loads are computed for."""

from collections.abc import Mapping
from dataclasses import dataclass

from backstory.errors import InputError

PROFILE_CHOICES: Mapping[str, tuple[str, ...]] = {
    "sex": ("female", "male"), "units": ("kg", "lb"), "goal": ("strength", "muscle", "general", "return"),
    "rhythm": ("daily", "weekly"), "language": ("en", "de"), "theme": ("auto", "light", "dark"),
}  # fmt: skip
PROFILE_SHOWN = ("language", "theme")  # how things are shown, and nothing about the person
PROFILE_RANGES: Mapping[str, tuple[float, float]] = {
    "height_cm": (120, 220), "body_mass_kg": (25, 300), "birth_year": (1850, 2200),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """What the load on a back needs to know. Unknown mass or height are 75 kg and 1.75 m; `assumed` names them."""

    sex: str | None = None
    body_mass_kg: float = 75.0
    height_m: float = 1.75
    assumed: tuple[str, ...] = ()


def check_profile(name: str, value: str) -> None:
    """Raise InputError for an entry of the profile that cannot be."""
    called = name.replace("_", "-")
    if name in PROFILE_CHOICES and value not in PROFILE_CHOICES[name]:
        raise InputError(f"{called} must be {' or '.join(PROFILE_CHOICES[name])}, not {value!r}.")
    if name in PROFILE_RANGES:
        low, high = PROFILE_RANGES[name]
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise InputError(f"{called} must be between {low:g} and {high:g}, not {value}.")

"""Words for what was asked about, and for numbers: load, range and note, one decimal."""

from collections.abc import Sequence
from math import ceil

from backstory.cause.estimating import RISE

LABELS = {
    "load": "load on the low back", "load_squat": "squatting", "load_hinge": "hinging", "load_push": "pushing",
    "load_pull": "pulling", "load_carry": "carrying", "load_lunge": "lunging", "load_core": "core work",
    "load_gait": "walking and running", "load_other": "other exercises", "hard_sets": "hard sets",
    "unaccustomed_sets": "sets of exercises new to you", "other_training": "other training", "sleep_h": "sleep",
    "sleep_quality": "sleep quality", "sitting_h": "sitting", "steps": "steps", "stress": "stress",
    RISE: "weeks that rise above your usual", "painkiller": "painkillers",
}  # fmt: skip
TRAINING = (*(name for name in LABELS if name.startswith("load")), "hard_sets", "other_training")
NIGHTS = ("sleep_h", "sleep_quality")
UNITS = {
    "sleep_h": " h", "sleep_quality": " of 10", "sitting_h": " h", "steps": " steps", "stress": " of 10",
    "unaccustomed_sets": " sets",
}  # fmt: skip
# A day with more of it, and what a day with less is called; the others are "days with more ...".
WITH_MORE = {
    "sleep_h": "longer nights", "sleep_quality": "better nights", RISE: "weeks that rise above your usual",
}  # fmt: skip
WITH_LESS = {
    "load": "rest days", "other_training": "days without it", "sleep_h": "shorter ones", "sleep_quality": "worse ones",
    RISE: "the others",
}  # fmt: skip
# What `backstory trial` can ask about it.
TRIALS = {
    "load_hinge": "heavy hinging against light hinging", "load_squat": "heavy squatting against light squatting",
    "load_core": "core work against none", "load_gait": "a walk every day against none",
}  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")
CLOSE = 1e-9


def label(exposure: str) -> str:
    """An exposure as people call it."""
    return LABELS.get(exposure, exposure.replace("_", " "))


def with_more(exposure: str) -> str:
    """Days with more of it."""
    return WITH_MORE.get(exposure, f"days with more {label(exposure)}")


def with_less(exposure: str) -> str:
    """What stands against them."""
    return WITH_LESS.get(exposure, "days without it" if exposure in TRAINING else "days with less")


def begun(text: str) -> str:
    """With a capital letter in front, the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str], last: str = " and ") -> str:
    """a, b and c."""
    return last.join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def more(value: float) -> str:
    """The word for a change's direction."""
    return "more" if value > 0 else "less"


def size(value: float) -> str:
    """A number of points without its direction.

    >>> size(0.31), size(-1.0), size(0.02)
    ('about 0.3 points', 'about 1.0 points', 'less than 0.1 points')
    """
    return f"about {abs(value):.1f} points" if tenths(value) else "less than 0.1 points"


def band(low: float, high: float) -> str:
    """A range of points; where it lies on one side of zero, whose direction has been said, from the nearer end.

    >>> band(0.42, 1.38), band(-1.38, -0.42), band(-0.9, 0.7), band(-0.04, 0.7)
    ('0.4 to 1.4', '0.4 to 1.4', '0.9 less to 0.7 more', '0.0 to 0.7 more')
    """
    if (low > 0) == (high > 0):
        near, far = sorted((abs(low), abs(high)))
        return f"{near:.1f} to {far:.1f}"
    return fitting(low, high)


def fitting(low: float, high: float) -> str:
    """A range of points with the direction of its ends.

    >>> fitting(-0.9, 0.7), fitting(0.1, 1.2), fitting(-0.04, 0.7)
    ('0.9 less to 0.7 more', '0.1 to 1.2 more', '0.0 to 0.7 more')
    """
    below, above = tenths(low), tenths(high)
    if below * above < 0:
        return f"{-below:.1f} less to {above:.1f} more"
    direction = "more" if above > 0 else "less" if below < 0 else "more or less"
    near, far = sorted((abs(below), abs(above)))
    return f"{near:.1f} to {far:.1f} {direction}"


def tenths(value: float) -> float:
    """To one decimal, without a negative zero."""
    return round(value, 1) + 0.0


def at_most(value: float) -> float:
    """The tenth above: what is said not to be passed must not be passed by rounding either.

    >>> at_most(0.31), at_most(0.3), at_most(-0.2)
    (0.4, 0.3, 0.0)
    """
    return max(ceil(10 * value - CLOSE), 0) / 10


def amount(value: float) -> str:
    """How much of something a day had.

    >>> amount(7.25), amount(8210.4)
    ('7.2', '8,210')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}"

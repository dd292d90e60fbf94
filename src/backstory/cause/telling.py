"""An answer in words: load, range and note; never more certain than the numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

NOTICED = 2.0  # points of 10; Ostelo et al. 2008, Spine 33:90: the change in pain that matters to people
LIKE = 0.15  # standard deviations: how near to "one above the mean" a day must be to serve as the example

LABELS = {
    "load": "load on the low back", "load_squat": "squatting", "load_hinge": "hinging", "load_push": "pushing",
    "load_pull": "pulling", "load_carry": "carrying", "load_lunge": "lunging", "load_core": "core work",
    "load_gait": "walking and running", "load_other": "other exercises", "hard_sets": "hard sets",
    "other_training": "other training", "sleep_h": "sleep", "sitting_h": "sitting", "stress": "stress",
    "steps": "steps",
}  # fmt: skip
LIMITS = (
    "It cannot know what nobody recorded: pain that was felt and not scored, and other causes that come and go with "
    "your training."
)
WEEKLY = "You may look every week: until an exact rule is built in, a stricter threshold is used for that."


def tell(effects: pd.DataFrame, days: pd.DataFrame, missing: Sequence[str], *, weekly: bool) -> str:
    """Paragraphs, one to an exposure, and what the answer cannot know."""
    if missing:
        return f"There is no answer yet. It takes {' and '.join(missing)}."
    lines = [_sentence(row, days) for row in effects.to_dict("records")]
    return "\n".join([*lines, LIMITS, *([WEEKLY] if weekly else [])])


def label(exposure: str) -> str:
    """An exposure as people call it."""
    return LABELS.get(exposure, exposure.replace("_", " "))


def _sentence(row: dict[Any, Any], days: pd.DataFrame) -> str:
    name = label(row["exposure"])
    if row["verdict"] == "not enough data":
        return f"{name.capitalize()}: it does not vary enough, or not apart from the rest, to say anything."
    example = like(days[row["exposure"]], row["mean"], row["sd"])
    band = f"{row['lo90']:+.1f} to {row['hi90']:+.1f}"
    if row["verdict"] == "no clear effect":
        return (
            f"{name.capitalize()}: no clear effect so far. Over the seven mornings after {example} it adds up to "
            f"{row['points']:+.1f} points of pain ({band}; people notice {NOTICED:g})."
        )
    more = "more" if row["verdict"] == "worse" else "less"
    count = int(row["mornings"])
    mornings = "the morning" if count == 1 else f"each of {_NUMBERS[count]} mornings"
    return (
        f"More {name} is followed by {more} pain. On {mornings} after {example} your back hurt about "
        f"{abs(row['points_per_morning']):.1f} points {more}, {abs(row['points']):.1f} in all ({band}; people notice "
        f"{NOTICED:g}). The middle of it comes {row['delay_days']:.1f} days later."
    )


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")


def like(column: pd.Series, mean: float, sd: float) -> str:
    """A day one standard deviation above the mean, in the person's own terms."""
    distance = (column - mean - sd).abs() / sd
    if not distance.min() <= LIKE:
        return f"a day with {mean + sd:.3g} (your average is {mean:.3g})"
    day = distance[distance <= LIKE].index[-1]
    value, usual = column[day], column[column > 0].median()
    when = f"{day.day} {day:%B %Y}"
    if not str(column.name).startswith("load") or not np.isfinite(usual) or not usual > 0:
        return f"a day like {when} ({value:.3g}; your average is {mean:.3g})"
    return f"a day like {when} ({value / usual:.1f} x your usual training day)"

"""An answer in words: load, range and note; never more certain than the numbers."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from backstory.cause.verdicts import TOO_LITTLE, UNCLEAR, WORSE

NOTICED = 2.0  # points of 10; Ostelo et al. 2008, Spine 33:90: the change in pain that matters to people
LIKE = 0.15  # standard deviations: how near to "one above the mean" the example must be to stand for it

LABELS = {
    "load": "load on the low back", "load_squat": "squatting", "load_hinge": "hinging", "load_push": "pushing",
    "load_pull": "pulling", "load_carry": "carrying", "load_lunge": "lunging", "load_core": "core work",
    "load_gait": "walking and running", "load_other": "other exercises", "hard_sets": "hard sets",
    "other_training": "other training", "sleep_h": "sleep", "sitting_h": "sitting",
}  # fmt: skip
LIMITS = (
    "It cannot know what nobody recorded: pain that was felt and not scored, and other causes that come and go with "
    "your training."
)
WEEKLY = "You may look every week: until an exact rule is built in, a stricter threshold is used for that."
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")


def tell(effects: pd.DataFrame, days: pd.DataFrame, missing: Sequence[str]) -> str:
    """What was found: one paragraph an exposure."""
    if missing:
        return f"There is no answer yet. It takes {' and '.join(missing)}."
    return "\n".join(sentence(row, days[row["exposure"]]) for row in effects.to_dict("records"))


def caveats(missing: Sequence[str], *, weekly: bool) -> str:
    """What goes with every answer; nothing where there is none yet."""
    return "" if missing else "\n".join([LIMITS, *([WEEKLY] if weekly else [])])


def tell_parts(effects: pd.DataFrame, days: pd.DataFrame, lockstep: Sequence[Sequence[str]] = ()) -> str:
    """The same for the parts of a whole that was found: what was found in full, the rest in a line.

    lockstep: groups of parts that were not asked about, since they always come together.
    """
    rows = effects.to_dict("records")
    found = [row for row in rows if row["verdict"] not in (TOO_LITTLE, UNCLEAR)]
    still_open = [row for row in rows if row["verdict"] == UNCLEAR]
    lines = [sentence(row, days[row["exposure"]]) for row in found]
    if still_open:
        ranges = []
        for row in still_open:
            _, times = like(days[row["exposure"]], row["mean"], row["sd"])
            ranges.append(f"{label(row['exposure'])} ({signed(times * row['lo90'], times * row['hi90'])})")
        lines.append(f"Still open, in points over the seven mornings after a day of it: {', '.join(ranges)}.")
    too_little = [label(row["exposure"]) for row in rows if row["verdict"] == TOO_LITTLE]
    if too_little:
        lines.append(f"Too little to say anything: {', '.join(too_little)}.")
    for group in lockstep:
        names = [label(exposure) for exposure in group]
        together = f"{', '.join(names[:-1])} and {names[-1]}".capitalize()
        lines.append(f"{together} always come together here: they cannot be told apart.")
    return "\n".join(lines)


def label(exposure: str) -> str:
    """An exposure as people call it."""
    return LABELS.get(exposure, exposure.replace("_", " "))


def signed(low: float, high: float) -> str:
    """A range of points that may go both ways."""
    return " to ".join(f"{round(value, 1) + 0.0:+.1f}" for value in (low, high))


def band(low: float, high: float) -> str:
    """A range of points whose direction has been said: from the nearer end, without signs."""
    near, far = sorted((abs(low), abs(high)))
    return f"{near:.1f} to {far:.1f}"


def sentence(row: dict[Any, Any], column: pd.Series) -> str:
    """What is said of one exposure. row: as in `Answer.effects`; column: its days."""
    name = label(row["exposure"])
    if row["verdict"] == TOO_LITTLE:
        return f"{name.capitalize()}: it does not vary enough, or not apart from the rest, to say anything."
    example, times = like(column, row["mean"], row["sd"])
    points, low, high = (times * row[key] for key in ("points", "lo90", "hi90"))
    if row["verdict"] == UNCLEAR:
        in_all, a_morning = (f"{round(value, 1) + 0.0:+.1f}" for value in (points, points / row["mornings"]))
        return (
            f"{name.capitalize()}: no clear effect so far. Over the seven mornings after {example} it adds up to "
            f"{in_all} points of pain, {a_morning} a morning ({signed(low, high)} in all; people notice a change of "
            f"{NOTICED:g})."
        )
    more = "more" if row["verdict"] == WORSE else "less"
    count = int(row["mornings"])
    mornings = "the morning" if count == 1 else f"each of {NUMBERS[count]} mornings"
    in_all = f", {abs(points):.1f} in all" if count > 1 else ""
    days_later = f"{row['delay_days']:.0f} day{'s' if round(row['delay_days']) != 1 else ''}"
    return (
        f"Days with more {name} are followed by {more} pain. On {mornings} after {example} your back hurt about "
        f"{abs(points) / count:.1f} points {more}{in_all} ({band(low, high)}; people notice a change of {NOTICED:g}). "
        f"On average it comes {days_later} later."
    )


def like(column: pd.Series, mean: float, sd: float) -> tuple[str, float]:
    """A day of the person's own that stands for one standard deviation above the mean, and how many it really is."""
    above = (column[column > mean] - mean) / sd
    distance = (above - 1).abs()
    near = distance[distance <= max(LIKE, distance.min())]
    day = near.index[-1]
    times = 1.0 if distance[day] <= LIKE else float(above[day])
    when = f"a day like {day.day} {day:%B %Y}"
    usual = column[column > 0].median()
    if str(column.name).startswith("load"):
        return f"{when} ({column[day] / usual:.1f} x your usual training day)", times
    return f"{when} ({column[day]:.3g}; your average is {mean:.3g})", times

"""What is known of one exposure, in points of pain for a day that the person knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from backstory.cause.estimating import RISE, Estimate
from backstory.cause.verdicts import BETTER, TOO_LITTLE, WORSE
from backstory.cause.wording import NIGHTS, TRAINING, UNITS, amount, label

LIKE = 0.15  # standard deviations: how near to "one above the mean" the example must be to stand for it
LEAST_REST_DAYS = 8  # to speak of them
MOST_MORNINGS = 3  # over which what was not found is taken to spread; where nothing stands out their number is chance


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of `Answer.effects`, made ready to be told.

    example: a day of the person's own, in words; points, low, high: after it, over the seven mornings (the rise: on one
    morning); mornings: how many hold most of it; in_a_row: whether these are the first ones, None = not known;
    delay_days with its band; rest: points, low, high after a day without any of it beside an average day, None where
    there are hardly any. nan = not known.
    """

    exposure: str
    verdict: str
    example: str = ""
    points: float = nan
    low: float = nan
    high: float = nan
    mornings: int = 1
    in_a_row: bool | None = None
    delay_days: tuple[float, float, float] = (nan, nan, nan)
    rest: tuple[float, float, float] | None = None

    @property
    def found(self) -> bool:
        """Whether there is an effect."""
        return self.verdict in (WORSE, BETTER)

    @property
    def a_morning(self) -> float:
        """Points on each of the mornings that hold most of it, as in `Answer.effects`."""
        return self.points / self.mornings

    @property
    def ends(self) -> tuple[float, float]:
        """The band's ends for one morning, of an effect that was not found."""
        spread = min(self.mornings, MOST_MORNINGS)
        return self.low / spread, self.high / spread


def finding(row: Mapping[Any, Any], days: pd.DataFrame, found: Estimate | None, main: str) -> Finding:
    """row: as in `Answer.effects`; days: the table that it comes from; main: the column whose rise was asked about."""
    name, verdict = str(row["exposure"]), str(row["verdict"])
    if verdict == TOO_LITTLE:
        return Finding(name, verdict)
    effect = np.array([row["points"], row["lo90"], row["hi90"]], dtype=float)
    if name == RISE and name not in days.columns:
        share = (row["mean"] + row["sd"]) / days[main].mean()
        example = f"a week with {share:.0%} more {label(main)} than your usual one"
        return Finding(name, verdict, example, *effect.tolist())
    column = days[name]
    example, times = like(column, float(row["mean"]), float(row["sd"]))
    rested = name in TRAINING and int((column == 0).sum()) >= LEAST_REST_DAYS
    points, low, high = (times * effect).tolist()
    rest, *ends = (effect * -row["mean"] / row["sd"]).tolist()
    mornings = int(row["mornings"])
    return Finding(
        name, verdict, example, points, low, high, mornings,
        in_a_row=None if found is None else _in_a_row(found, name, mornings),
        delay_days=(float(row["delay_days"]), float(row["delay_lo90"]), float(row["delay_hi90"])),
        rest=(rest, min(ends), max(ends)) if rested else None,
    )  # fmt: skip


def _in_a_row(found: Estimate, name: str, mornings: int) -> bool:
    """Whether the largest of the seven are the first."""
    curve = np.abs(found.lag_means(name))
    return set(np.argsort(-curve, kind="stable")[:mornings].tolist()) == set(range(mornings))


def like(column: pd.Series, mean: float, sd: float) -> tuple[str, float]:
    """A day of the person's own that stands for one standard deviation above the mean, and how many it really is."""
    above = (column[column > mean] - mean) / sd
    distance = (above - 1).abs()
    near = distance[distance <= max(LIKE, distance.min())]
    day, name = near.index[-1], str(column.name)
    times = 1.0 if distance[day] <= LIKE else float(above[day])
    when = f"{day.day} {day:%B %Y}"
    if name in TRAINING:
        usual = "training day" if name == "load" else f"day of {label(name)}"
        return f"a day like {when} ({column[day] / column[column > 0].median():.1f} x your usual {usual})", times
    such = f"a night like that of {when}" if name in NIGHTS else f"a day like {when}"
    return f"{such} ({amount(column[day])}{UNITS.get(name, '')}; your average is {amount(mean)})", times

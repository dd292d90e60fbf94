"""How many mornings would hurt under another training, from a person's own mornings and the fitted effect of the load.

A morning is what is left of one of the person's own once the effect of its load is taken off, and the effect of the
other load put on. So the same training brings the same mornings, whatever the effect is.
"""

from dataclasses import dataclass
from math import ceil
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from backstory.cause.design import LAGS, lagged
from backstory.cause.estimating import BAND
from backstory.cause.explaining import Answer

Array = NDArray[np.float64]
LEAST_PAINFUL, ABOVE_USUAL = 3.0, 2.0  # 2 points are what people notice (Ostelo et al. 2008, Spine 33:90); 3: judgement
HIGHEST = 10.0
BLOCK = 7  # mornings that are drawn together, since pain stays for days
PLACES = 41  # of the effect's band, at which painful days are reckoned


@dataclass(frozen=True, slots=True)
class Effect:
    """Points on all mornings together that follow a day's unit of load, as a normal distribution, and how they are
    shared out to the seven mornings after it, (7,).
    """

    mean: float
    sd: float
    shares: Array

    def places(self) -> Array:
        """Values that stand for the whole distribution, each for as much of it as the others."""
        normal = NormalDist()
        return np.array([self.mean + self.sd * normal.inv_cdf((n + 0.5) / PLACES) for n in range(PLACES)])


NO_EFFECT = Effect(0.0, 0.0, np.full(LAGS, 1 / LAGS))


def effect_of(answer: Answer) -> Effect | None:
    """The main exposure's, shared out by the size of each morning's part; None where the answer says nothing of it."""
    row = answer.effects.iloc[0]
    if answer.estimate is None or not np.isfinite(row["points_per_unit"]):
        return None
    curve = np.abs(answer.estimate.lag_means(str(row["exposure"])))
    width = NormalDist().inv_cdf(BAND[1]) - NormalDist().inv_cdf(BAND[0])
    sd = float(row["hi90"] - row["lo90"]) / width / float(row["sd"])
    return Effect(float(row["points_per_unit"]), sd, curve / curve.sum())


@dataclass(frozen=True, slots=True)
class Mornings:
    """A person's scored mornings, oldest first, (n,) each. pulls: what a unit of effect adds to each [load];
    mean_load: of a day, which adds nothing.
    """

    scores: Array
    pulls: Array
    mean_load: float
    effect: Effect

    @property
    def painful(self) -> int:
        """The least score of a painful morning: so much, and so much above the usual."""
        return ceil(max(LEAST_PAINFUL, float(self.scores.mean()) + ABOVE_USUAL))

    def pulls_of(self, loads: Array) -> Array:
        """loads: of days in a row; what a unit of effect adds to each morning from the eighth on."""
        return pulls_of(loads, self.mean_load, self.effect.shares)[LAGS:]

    def left(self, a_unit: float) -> Array:
        """The scores without the effect of load."""
        return self.scores - a_unit * self.pulls

    def painful_days(self, loads: Array, a_unit: float) -> float:
        """Expected number among the mornings from the eighth day on, where a unit of load adds so many points.

        A whole score stands for half a point below and above it, so that small changes count for as much as they are.
        """
        felt = self.left(a_unit)[None, :] + a_unit * self.pulls_of(loads)[:, None]
        return float(np.clip(felt - self.painful + 1, 0.0, 1.0).mean(axis=1).sum())

    def drawn(self, rng: np.random.Generator, count: int, a_unit: float) -> Array:
        """What is left of so many mornings in a row, drawn a week at a time."""
        left = self.left(a_unit)
        begins = rng.integers(len(left), size=-(-count // BLOCK))
        places = (begins[:, None] + np.arange(BLOCK)).ravel()[:count] % len(left)
        return np.asarray(left[places])


def pulls_of(loads: Array, mean_load: float, shares: Array) -> Array:
    """Of each day: Σ_l share_l (load l days before - mean); what lies before the first day counts as the mean."""
    return np.asarray(lagged(loads - mean_load) @ shares)


def score(left: float, pull: float, a_unit: float) -> float:
    """A drawn morning as it would be told: a whole number from 0 to 10."""
    return float(np.clip(round(left + a_unit * pull), 0.0, HIGHEST))


def mornings_of(table: pd.DataFrame, load: str, effect: Effect) -> Mornings:
    """table: one row a day with `pain` and the load's column; a load that is not known counts as the mean one."""
    loads = table[load].to_numpy(dtype=float)
    mean = float(np.nanmean(loads))
    pulls = pulls_of(np.where(np.isnan(loads), mean, loads), mean, effect.shares)
    pain = table["pain"].to_numpy(dtype=float)
    scored = np.isfinite(pain)
    return Mornings(pain[scored], pulls[scored], mean, effect)


@dataclass(frozen=True, slots=True)
class Expected:
    """Days, with the ends of the 90 % band that comes from the effect's."""

    days: float
    lo90: float
    hi90: float


def expected(mornings: Mornings, ways: list[Array], others: list[Array]) -> tuple[Expected, Expected, Expected]:
    """Painful days by one way, by another, and how many fewer by the first; means over the loads given for each."""
    at = mornings.effect.places()
    first, second = (
        np.array([np.mean([mornings.painful_days(loads, float(one)) for loads in way]) for one in at])
        for way in (ways, others)
    )
    return _spread(first), _spread(second), _spread(second - first)


def _spread(days: Array) -> Expected:
    low, high = np.quantile(days, BAND)
    return Expected(float(days.mean()), float(low), float(high))

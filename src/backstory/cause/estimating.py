"""From a table of days to the posterior of its effects, and from that to one row an exposure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from backstory.cause import grid, unknown
from backstory.cause.design import (
    LAGS,
    SAME,
    columns,
    expected,
    rise_over_usual,
    standard_scores,
    standardised,
    together,
    varies,
    weekdays,
)
from backstory.cause.memory import Array, Mornings
from backstory.cause.mixture import quantiles
from backstory.cause.verdicts import TOO_LITTLE, UNCLEAR, threshold, verdict

RISE = "rise"  # asked about by this name: the last week's load over the three weeks before it
TAKEN_FOR_PAIN = ("painkiller",)  # follows pain, so it is held constant and never called a cause
BAND = (0.05, 0.95)
MOST_OF_EFFECT = 0.8
DRAWS, SEED = 400, 20260105

COLUMNS = (
    "exposure", "points", "points_per_morning", "lo90", "hi90", "points_per_unit", "mornings", "delay_days",
    "delay_lo90", "delay_hi90", "mean", "sd", "verdict",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """The posterior and what it speaks of: `names` in its order, the rise last; `unit`: points of pain in an sd of y;
    `sd`: (m,) of each name in its own unit; `mean` likewise.
    """

    posterior: grid.Posterior
    names: tuple[str, ...]
    unit: float
    mean: Array
    sd: Array

    def part(self, name: str) -> int:
        """Where a name stands."""
        return self.names.index(name)

    def mixture(self, name: str) -> tuple[Array, Array, Array, int]:
        """The effect in points as a mixture: weight, mean, scale, degrees."""
        k, posterior = self.part(name), self.posterior
        return posterior.weight, posterior.mean[:, k] * self.unit, posterior.scale[:, k] * self.unit, posterior.degrees

    def bands(self) -> Array:
        """The 90 % band of each name's effect [points], (m, 2)."""
        mean, scale = self.posterior.mean.T * self.unit, self.posterior.scale.T * self.unit
        return quantiles(np.array(BAND), self.posterior.weight, mean, scale, self.posterior.degrees)

    def if_none(self, name: str) -> tuple[float, float]:
        """How often an estimate would lie this far above, and this far below, zero if there were no effect."""
        return self.posterior.test.if_none(self.part(name))

    def lag_means(self, name: str) -> Array:
        """Points on each of the seven mornings, (7,)."""
        curve = self.posterior.weight @ self.posterior.b[:, grid.lags_of(self.part(name))]
        return np.asarray(curve * self.unit)

    def lag_curve(self, name: str) -> tuple[Array, Array, Array]:
        """Points on each of the seven mornings, with the ends of their bands, (7,) each."""
        means, covariances = self.posterior.lags(self.part(name))
        scales = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
        bands = quantiles(np.array(BAND), self.posterior.weight, means.T, scales.T, self.posterior.degrees)
        return self.lag_means(name), bands[:, 0] * self.unit, bands[:, 1] * self.unit

    def delays(self, name: str) -> Array:
        """Draws of the effect's delay, the mean of the mornings weighed by the size of their part [days], (DRAWS,)."""
        rng = np.random.default_rng(SEED)
        means, covariances = self.posterior.lags(self.part(name))
        points = rng.choice(len(means), size=DRAWS, p=self.posterior.weight)
        factors = np.linalg.cholesky(covariances)[points]
        b = np.abs(means[points] + (factors @ rng.standard_normal((DRAWS, LAGS, 1)))[..., 0])
        return np.asarray(b @ np.arange(1, LAGS + 1) / b.sum(axis=1))


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def estimate(table: pd.DataFrame, outcome: str, asked: Sequence[str]) -> Estimate | None:
    """The effects of what was asked about and varies; None where nothing does.

    table: checked days; asked: columns, the main one first, and perhaps the rise. The matrices are small: several
    threads would only wait for each other.
    """
    with _threads().limit(limits=1, user_api="blas"):
        return _estimate(table, outcome, asked)


def _estimate(table: pd.DataFrame, outcome: str, asked: Sequence[str]) -> Estimate | None:
    names = usable(table, [name for name in asked if name in table.columns])
    if not names:
        return None
    values = columns(table, [*names, outcome])
    both, mean, sd = standardised(values)
    scores, y, unit = both[:, :-1], both[:, -1], float(sd[-1])
    mean, sd = mean[:-1], sd[:-1]
    filled, left = expected(scores, weekdays(table))
    rise = _rise(filled) if RISE in asked and RISE not in table.columns and names[0] == asked[0] else None
    if rise is not None:
        mean, sd = np.append(mean, rise.mean() * sd[0]), np.append(sd, rise.std(ddof=1) * sd[0])

    def fit(known: Array, near: Mornings | None) -> grid.Posterior:
        return grid.fit(y, known, None if rise is None else standard_scores(_rise(known))[:, 0], near)

    cells = unknown.unknown_cells(scores, left, ~np.isnan(y))
    posterior = fit(filled, None) if cells is None else unknown.integrated(y, filled, cells, fit)
    return Estimate(posterior, (*names, *([] if rise is None else [RISE])), unit, mean, sd)


def _rise(scores: Array) -> NDArray[np.float64]:
    return rise_over_usual(scores[:, 0])[:, None]


def usable(table: pd.DataFrame, asked: Sequence[str]) -> list[str]:
    """Exposures that vary and are not the same as one asked before them."""
    found: dict[str, Array] = {}
    for name in asked:
        column = table[name].to_numpy(dtype=float)
        if varies(column) and not any(abs(together(column, other)) > SAME for other in found.values()):
            found[name] = column
    return list(found)


def effects(found: Estimate | None, table: pd.DataFrame, asked: Sequence[str], *, weekly: bool) -> pd.DataFrame:
    """One row an exposure, as in `Answer.effects`."""
    questions = sum(name not in TAKEN_FOR_PAIN for name in asked)
    scored = 0 if found is None else found.posterior.degrees + 1
    limit = threshold(max(questions, 1), scored, weekly=weekly)
    told = {} if found is None else dict(zip(found.names, found.bands().tolist(), strict=True))
    rows = [
        _row(found, name, told[name], limit) if found is not None and name in told else _nothing(table, name)
        for name in asked
    ]
    return pd.DataFrame({column: [row[column] for row in rows] for column in COLUMNS})


def _row(found: Estimate, name: str, band: Sequence[float], limit: float) -> dict[str, object]:
    k, posterior = found.part(name), found.posterior
    points = float(posterior.weight @ posterior.mean[:, k]) * found.unit
    said = UNCLEAR if name in TAKEN_FOR_PAIN else verdict(*found.if_none(name), limit)
    mornings, delay, ends = 1, np.nan, (np.nan, np.nan)
    if name != RISE:
        curve = np.abs(found.lag_means(name))
        mornings, delay = _mornings(curve), float(np.arange(1, LAGS + 1) @ curve / curve.sum())
        if said != UNCLEAR:
            ends = tuple(np.quantile(found.delays(name), BAND))
    return {
        "exposure": name, "points": points, "points_per_morning": points / mornings, "lo90": band[0], "hi90": band[1],
        "points_per_unit": points / found.sd[k], "mornings": mornings, "delay_days": delay, "delay_lo90": ends[0],
        "delay_hi90": ends[1], "mean": float(found.mean[k]), "sd": float(found.sd[k]), "verdict": said,
    }  # fmt: skip


def _mornings(size: Array) -> int:
    """The fewest mornings that hold 80 % of Σ|b_l|."""
    largest_first = np.sort(size)[::-1]
    share = np.cumsum(largest_first) / largest_first.sum()
    return int(np.searchsorted(share, MOST_OF_EFFECT - 1e-12) + 1)


def _nothing(table: pd.DataFrame, name: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(COLUMNS, np.nan)
    known = table[name] if name in table.columns else pd.Series(dtype=float)
    return row | {"exposure": name, "mean": known.mean(), "sd": known.std(), "verdict": TOO_LITTLE}

"""The obvious analyses of a log, as a spreadsheet or a sports department does them, to stand beside the answer.

Each takes a table with one row a day, without gaps in the calendar: `pain` (the morning's score, NaN = not recorded),
then the load asked about (NaN = not known); columns after it are not looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr

Array = NDArray[np.float64]

LEVEL = 0.05  # two-sided
LAGS = range(1, 8)
LEAST_SPARE_DAYS = 10  # rows beyond the unknowns; with fewer nothing is claimed


@dataclass(frozen=True)
class Claim:
    """What a method says: `claimed` is "worse", "better" or None; `points` as in `explain`, NaN if it has none."""

    name: str
    claimed: str | None
    points: float = nan


def same_day_correlation(table: pd.DataFrame) -> Claim:
    """Does the load go with the pain of the same date?"""
    pain, load = _columns(table)
    return Claim("same-day correlation", _claimed(*_correlation(load, pain)))


def any_lag_correlation(table: pd.DataFrame) -> Claim:
    """Does the load go with the pain one to seven mornings later, on any of them? The clearest is told."""
    pain, load = _columns(table)
    found = [_correlation(lagged, pain) for lagged in _lagged(load).T]
    return Claim("any-lag correlation", _claimed(*min(found, key=lambda slope_and_p: slope_and_p[1])))


def acute_chronic_ratio(table: pd.DataFrame) -> Claim:
    """Does the mean load of 7 days over that of 28 (Hulin et al. 2014, Br J Sports Med 48:708) go with the next pain?

    Coupled rolling means of the known days, at least half of them.
    """
    pain, load = _columns(table)
    series = pd.Series(load)
    acute, chronic = series.rolling(7, min_periods=4).mean(), series.rolling(28, min_periods=14).mean()
    ratio = (acute / chronic.where(chronic > 0)).shift(1).to_numpy()
    return Claim("acute:chronic ratio", _claimed(*_correlation(ratio, pain)))


def lag_regression(table: pd.DataFrame) -> Claim:
    """Least squares of pain on the loads of the seven days before; the sum of the slopes is tested."""
    pain, load = _columns(table)
    slopes, p = _summed(pain, load, np.empty((len(pain), 0)))
    total = float(slopes[:7].sum())
    return Claim("lag regression", _claimed(total, p), total * _sd(load))


def lag_regression_past_pain(table: pd.DataFrame) -> Claim:
    """The same beside the pain of the morning before; points: with what each morning's pain hands on to the next."""
    pain, load = _columns(table)
    slopes, p = _summed(pain, load, np.concatenate([[nan], pain[:-1]])[:, None])
    handed_on, morning, total = float(slopes[7]), 0.0, 0.0
    for slope in slopes[:7]:
        morning = float(slope) + handed_on * morning
        total += morning
    return Claim("lag regression with past pain", _claimed(float(slopes[:7].sum()), p), total * _sd(load))


NAIVE: tuple[Callable[[pd.DataFrame], Claim], ...] = (
    same_day_correlation,
    any_lag_correlation,
    acute_chronic_ratio,
    lag_regression,
    lag_regression_past_pain,
)


def _columns(table: pd.DataFrame) -> tuple[Array, Array]:
    main = next(name for name in table.columns if name != "pain")
    return table["pain"].to_numpy(dtype=float), table[main].to_numpy(dtype=float)


def _lagged(load: Array) -> Array:
    """(n,) -> (n, 7) the load 1 to 7 days before; NaN before the first."""
    lagged = np.full((len(load), len(LAGS)), nan)
    for column, lag in enumerate(LAGS):
        lagged[lag:, column] = load[:-lag]
    return lagged


def _sd(load: Array) -> float:
    known = load[~np.isnan(load)]
    return float(known.std(ddof=1)) if len(known) > 1 else nan


def _claimed(slope: float, p: float) -> str | None:
    return None if not p < LEVEL else "worse" if slope > 0 else "better"


def _correlation(x: Array, y: Array) -> tuple[float, float]:
    """Pearson's r over the rows where both are known, and its p; 0 and 1 where there is too little."""
    both = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[both], y[both]
    if len(x) < 2 + LEAST_SPARE_DAYS or not np.ptp(x) or not np.ptp(y):
        return 0.0, 1.0
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1 + 1e-12, 1 - 1e-12))
    freedom = len(x) - 2
    return r, 2 * float(stdtr(freedom, -abs(r) * np.sqrt(freedom / (1 - r**2))))


def _summed(pain: Array, load: Array, beside: Array) -> tuple[Array, float]:
    """Slopes of the seven lags and of what is `beside` them, and p of the lags' sum; NaN and 1 with too little."""
    predictors = np.column_stack([_lagged(load), beside, np.ones(len(pain))])
    complete = ~np.isnan(predictors).any(axis=1) & ~np.isnan(pain)
    X, y = predictors[complete], pain[complete]
    freedom = len(y) - X.shape[1]
    if freedom < LEAST_SPARE_DAYS or not np.ptp(y) or np.linalg.matrix_rank(X) < X.shape[1]:
        return np.full(X.shape[1], nan), 1.0
    unscaled = np.linalg.inv(X.T @ X)
    slopes: Array = unscaled @ (X.T @ y)
    summing = np.concatenate([np.ones(len(LAGS)), np.zeros(X.shape[1] - len(LAGS))])
    error = np.sqrt(float(np.sum((y - X @ slopes) ** 2)) / freedom * float(summing @ unscaled @ summing))
    if not error > 0:
        return np.full(X.shape[1], nan), 1.0
    return slopes, 2 * float(stdtr(freedom, -abs(float(summing @ slopes)) / error))

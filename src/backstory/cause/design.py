"""From one row a day to the regression's columns: standard scores, lags, the usual level, the rise over it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from backstory.cause.memory import Array

LAGS = 7
WEEK, USUAL = 7, 28  # days
SAME_VALUE = 1e-9  # of the largest: smaller differences are rounding
SAME = 0.999  # two exposures that go together more than this cannot be told apart
WEEKDAY_RIDGE = 1.0  # standard deviations: what a weekday is expected to differ from the mean, before any day is seen


def varies(column: pd.Series | Array) -> bool:
    """Whether there is more in a column than one value and its rounding."""
    known = np.asarray(column, dtype=float)
    known = known[~np.isnan(known)]
    return len(known) > 1 and float(np.ptp(known)) > SAME_VALUE * float(np.abs(known).max())


def columns(table: pd.DataFrame, names: Sequence[str]) -> Array:
    """The table's columns of these names as numbers, (T, k). Raises TypeError or ValueError where they hold none."""
    return np.column_stack([table[name].to_numpy(dtype=float, na_value=np.nan) for name in names])


def standardised(values: Array) -> tuple[Array, Array, Array]:
    """Standard scores over known days, each column by itself, NaN kept; their mean and sd; (T, k) → (T, k), (k,), (k,).

    Every column must vary.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    mean = values.sum(axis=0, where=known) / n
    off = values - mean
    sd = np.sqrt((off * off).sum(axis=0, where=known) / (n - 1))
    return off / sd, mean, sd


def standard_scores(values: Array) -> Array:
    """(x − mean) / sd, as in `standardised`."""
    return standardised(values)[0]


def lagged(x: Array) -> Array:
    """x at lags 1 to 7, (T,) → (T, 7); before the first day everything was as usual (0)."""
    padded = np.concatenate([np.zeros(LAGS), x])
    return np.lib.stride_tricks.sliding_window_view(padded[:-1], LAGS)[:, ::-1]


def usual_level(x: Array) -> Array:
    """Mean of the three weeks before the last one, (T,) → (T,); what lies before the first day is 0."""
    total, ends = _running_total(x)
    return np.asarray((total[ends - WEEK] - total[ends - USUAL]) / (USUAL - WEEK))


def rise_over_usual(x: Array) -> Array:
    """Positive part of (mean of the last 7 days − mean of the 21 before them), (T,) → (T,)."""
    total, ends = _running_total(x)
    return np.asarray(np.maximum((total[ends] - total[ends - WEEK]) / WEEK - usual_level(x), 0.0))


def changed_routine(x: Array) -> Array:
    """-1/2 before and 1/2 from the day on which the routine changed most, (T,) → (T,).

    The day is where the sum of x's deviations from its mean is largest (CUSUM: Page 1954, Biometrika 41:100).
    """
    deviations = np.cumsum(x - x.mean())
    return np.asarray(np.where(np.arange(len(x)) <= int(np.argmax(np.abs(deviations[:-1]))), -0.5, 0.5))


def _running_total(x: Array) -> tuple[Array, NDArray[np.int_]]:
    """total[USUAL + t] is the sum of x before day t; the second value is those places."""
    return np.concatenate([np.zeros(USUAL + 1), np.cumsum(x)]), np.arange(USUAL, USUAL + len(x))


def expected(scores: Array, weekday: NDArray[np.int_]) -> tuple[Array, Array]:
    """What is to be expected of each value, from its weekday and the other columns of its day; and what is left over.

    A ridge regression on the days where the value is known (Hoerl & Kennard 1970, Technometrics 12:55).
    scores: (T, k) standard scores, NaN = not known; weekday: (T,). Returns (T, k) without NaN and (k,) the spread of
    known values about it [sd].
    """
    unknown = np.isnan(scores)
    filled, left = np.where(unknown, 0.0, scores), np.ones(scores.shape[1])
    days = (np.asarray(weekday)[:, None] == np.arange(WEEK)).astype(float)
    means = filled.copy()
    for k in np.flatnonzero(unknown.any(axis=0)):
        known = ~unknown[:, k]
        told = np.column_stack([days, np.delete(means, k, axis=1)])
        weights = np.linalg.solve(
            told[known].T @ told[known] + WEEKDAY_RIDGE * np.eye(told.shape[1]), told[known].T @ scores[known, k]
        )
        forecast = told @ weights
        left[k] = max(float(np.std(scores[known, k] - forecast[known])), SAME_VALUE)
        filled[~known, k] = forecast[~known]
    return filled, left


def weekdays(table: pd.DataFrame) -> NDArray[np.int_]:
    """Each day's weekday, Monday = 0, (T,)."""
    return np.asarray(pd.DatetimeIndex(table.index).day_of_week)


def in_lockstep(table: pd.DataFrame, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Columns that always come together, in groups: the days cannot tell them apart."""
    groups: list[list[str]] = []
    for name in columns:
        group = next((g for g in groups if abs(together(table[name], table[g[0]])) > SAME), None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    return [tuple(group) for group in groups if len(group) > 1]


def together(a: pd.Series | Array, b: pd.Series | Array) -> float:
    """Correlation over the days on which both are known; 0 where one of them does not vary there."""
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = x[both], y[both]
    if not varies(x) or not varies(y):
        return 0.0
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))

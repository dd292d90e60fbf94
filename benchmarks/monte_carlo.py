"""Figures of simulated persons, each with its Monte-Carlo error: the standard error that more persons would lower."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Figure = dict[str, float]  # value, mc_error, n = persons


def share(hits: Sequence[bool] | NDArray[np.bool_]) -> Figure:
    """A share of persons. Its error is never 0: a share of none out of n may be one in n."""
    n = len(hits)
    if not n:
        return figure(math.nan, math.nan, 0)
    mean = float(np.mean(hits))
    return figure(mean, math.sqrt(max(mean * (1 - mean), 1 / n) / n), n)


def share_in_groups(hits: Array) -> Figure:
    """A share over persons and columns, (n, m), NaN = not asked. The columns of a person go together, so the error is
    that of a ratio of persons' sums (Cochran 1977, Sampling Techniques, ch. 6).
    """
    asked, hit = (~np.isnan(hits)).sum(axis=1), np.nansum(hits, axis=1)
    n = int((asked > 0).sum())
    if not n:
        return figure(math.nan, math.nan, 0)
    ratio = float(hit.sum() / asked.sum())
    error = math.sqrt(float(((hit - ratio * asked) ** 2).sum())) / float(asked.sum())
    return figure(ratio, max(error, 1 / n), n)


def mean(values: Array) -> Figure:
    """A mean."""
    n = len(values)
    if n < 2:
        return figure(math.nan, math.nan, n)
    return figure(float(values.mean()), float(values.std(ddof=1)) / math.sqrt(n), n)


def rmse(errors: Array) -> Figure:
    """Root mean square of errors; its own error by the delta method."""
    square = mean(errors**2)
    root = math.sqrt(square["value"])
    return figure(root, square["mc_error"] / (2 * root) if root > 0 else math.nan, len(errors))


def quantile(values: Array, at: float) -> Figure:
    """A quantile; its error from the order statistics about one standard error off."""
    n = len(values)
    off = math.sqrt(at * (1 - at) / n)
    low, high = np.quantile(values, [max(at - off, 0.0), min(at + off, 1.0)])
    return figure(float(np.quantile(values, at)), float(high - low) / 2, n)


def figure(value: float, mc_error: float, n: int) -> Figure:
    """One figure."""
    return {"value": value, "mc_error": mc_error, "n": n}

"""Loads that are not known, integrated over.

An unknown standard score is normal about what its weekday and the other columns of its day let expect. What the pain
afterwards says about it is used too: effects and unknown scores are drawn in turn, each given the other (data
augmentation: Tanner & Wong 1987, J Am Stat Assoc 82:528), in several short chains that start from the expected values.
The answer is the mixture of the posteriors after the chains' last draws.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstory.cause import grid
from backstory.cause.design import LAGS
from backstory.cause.memory import Array, Mornings, inverse_times

CHAINS, SWEEPS = 4, 2
FEW = 0.02  # of the scores: one chain is enough where hardly any is unknown
SEED = 20260105  # the same days give the same answer
BLOCK, ABOUT_DAYS = 150, 30  # unknown scores drawn at once; days of mornings about them
MOST_OF_GRID = 0.9  # of the weight: the part of the grid that the chains move on

Fit = Callable[[Array, Mornings | None], grid.Posterior]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Standard scores that are not known: their day and exposure, and their spread about what is expected; (u,)."""

    day: NDArray[np.int_]
    exposure: NDArray[np.int_]
    spread: Array


def unknown_cells(scores: Array, left: Array, scored: Mornings) -> Unknown | None:
    """The unknown scores (T, k) that a scored morning can depend on; None where there are none. left: (k,)."""
    matters = np.zeros(len(scores), dtype=bool)
    for lag in range(1, LAGS + 1):
        matters[:-lag] |= scored[lag:]
    day, exposure = np.nonzero(np.isnan(scores) & matters[:, None])
    return Unknown(day, exposure, left[exposure]) if len(day) else None


def integrated(y: Array, expected: Array, unknown: Unknown, fit: Fit) -> grid.Posterior:
    """The posterior of the effects, whatever the unknown scores are.

    y: (T,) standardised pain; expected: (T, k) standard scores, the expected ones where unknown; fit: (scores, part of
    the grid) → posterior.
    """
    rng = np.random.default_rng(SEED)
    start = fit(expected, None)
    near = _most_of(start)
    found = []
    for _ in range(CHAINS if len(unknown.day) > FEW * expected.size else 1):
        posterior = start
        for _ in range(SWEEPS):
            posterior = fit(drawn(y, expected, unknown, posterior, rng), near)
        found.append(posterior)
    return grid.mixed(found)


def _most_of(posterior: grid.Posterior) -> Mornings:
    """The points of phi and rho that hold most of the weight, (56,)."""
    phi, rho = grid.POINTS
    of_point = np.array(
        [posterior.weight[(posterior.phi == p) & (posterior.rho == r)].sum() for p, r in zip(phi, rho, strict=True)]
    )
    heaviest = np.argsort(-of_point)
    needed = int(np.searchsorted(np.cumsum(of_point[heaviest]), MOST_OF_GRID)) + 1
    near = np.zeros(len(phi), dtype=bool)
    near[heaviest[:needed]] = True
    return near


def drawn(y: Array, expected: Array, unknown: Unknown, posterior: grid.Posterior, rng: np.random.Generator) -> Array:
    """The scores with the unknown ones drawn, given effects drawn from their posterior.

    With residuals r = y - Z b and B the effect of each unknown score on each scored morning, r = B d + u + e and
    d ~ N(0, spread2): d's posterior is normal, with precision B'V^-1 B / s2 + 1 / spread2. Many unknown scores are
    drawn block after block, each given the mornings about it.
    """
    point = rng.choice(len(posterior.weight), p=posterior.weight)
    s2 = posterior.s2[point] * posterior.degrees / rng.chisquare(posterior.degrees)
    factor = np.linalg.cholesky(posterior.precision[point])
    b = posterior.b[point] + np.sqrt(s2) * np.linalg.solve(factor.T, rng.standard_normal(len(factor)))
    when, size = np.flatnonzero(~np.isnan(y)), expected.shape[1]
    Z = grid.design(expected, None)[when]
    r = y[when] - Z @ b[: Z.shape[1]]
    lags = np.stack([b[grid.lags_of(k)] for k in range(size)])
    memory = posterior.phi[point], posterior.rho[point]
    scores = expected.copy()
    for first in range(0, len(unknown.day), BLOCK):
        block = slice(first, first + BLOCK)
        day, exposure, spread = unknown.day[block], unknown.exposure[block], unknown.spread[block]
        near = slice(*np.searchsorted(when, (day[0] - ABOUT_DAYS, day[-1] + ABOUT_DAYS)))
        lag = when[near, None] - day
        B = np.where((lag >= 1) & (lag <= LAGS), lags[exposure, np.clip(lag, 1, LAGS) - 1], 0.0)
        d = _normal(B, r[near], inverse_times(B, np.diff(when[near]), *memory), s2, spread, rng)
        scores[day, exposure] += d
        r[near] -= B @ d
    return scores


def _normal(B: Array, r: Array, weighted: Array, s2: float, spread: Array, rng: np.random.Generator) -> Array:
    """A draw of d, (u,); weighted: V^-1 B."""
    factor = np.linalg.cholesky(B.T @ weighted / s2 + np.diag(1 / spread**2))
    middle = np.linalg.solve(factor.T, np.linalg.solve(factor, weighted.T @ r / s2))
    return np.asarray(middle + np.linalg.solve(factor.T, rng.standard_normal(len(factor))))

"""What a self-trial's scores are held to: pain with a memory, and one number, the difference between the arms.

    y_t = b0 + b1 t + theta sum_{l=1..7} k_l z_{t-l} + u_t + e_t,   u_t = phi u_{t-1} + eta_t
    Var u = s2 (1 - rho),  Var e = s2 rho,  k_l = exp(-(l-1)/D) / sum of it,  z = 1/2 in arm A, -1/2 in arm B

Before the trial z is 0. theta is pain points a morning in arm A against arm B, held long enough; k says over how many
mornings a day's part of it spreads, which is the carry-over from one block into the next. b1 is the period effect. Flat
priors for b0, b1 and log s2, theta ~ N(0, TAU^2 s2); phi, rho and D are averaged over a grid. For each point of it the
rest is conjugate (Gelman et al. 2013, Bayesian Data Analysis, ch. 14).

The schedule is a sum over pairs of blocks, z = sum_p c_p B_p with coins c_p = +1 or -1, so everything that the scores
say about any order that the coins might have given is a vector and a matrix over pairs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstory.cause.memory import weighted_products

Array = NDArray[np.float64]

LAGS = 7
PHI = (0.0, 0.3, 0.5, 0.65, 0.78, 0.88, 0.95)
RHO = (0.05, 0.2, 0.4, 0.6, 0.85)
DECAY = (0.25, 0.7, 1.5, 4.0)  # days; over 1.0 to 3.0 mornings on average
TAU = 2.0  # standard deviations of a morning's pain: nearly nothing is held against a large difference
HALF = 0.5
FLAT = 2  # coefficients without a prior: mean and trend
LEAST_SQUARE = 1e-9  # for scores that lie on a line


@dataclass(frozen=True, slots=True)
class Mornings:
    """What the scored mornings say beside their mean and trend, at each point g of the grid of phi and rho.

    square: (g,) y' W y, W being V^-1 with mean and trend taken out; score: (g, d, pairs) and information: (g, d, pairs,
    pairs), the same of each pair's course with y and with each other, for each of DECAY; log_weight: (g,) of the grid
    where theta is 0; degrees: scored mornings less two.
    """

    square: Array
    score: Array
    information: Array
    log_weight: Array
    degrees: int


def grid_points() -> tuple[Array, Array]:
    """phi and rho of each point of the grid, (g,) each."""
    phi, rho = np.meshgrid(PHI, RHO, indexing="ij")
    return phi.ravel(), rho.ravel()


def weigh(pain: Array, courses: Array) -> Mornings:
    """pain: (T,) points, NaN = not scored, at least three scored; courses: (d, pairs, T), as of `pair_courses`."""
    scored = ~np.isnan(pain)
    columns = np.column_stack([np.nan_to_num(pain), courses.reshape(-1, len(pain)).T])
    gram, log_det = without_trend(columns, scored, *grid_points())
    square, degrees = np.maximum(gram[:, 0, 0], LEAST_SQUARE), int(scored.sum()) - FLAT
    score = gram[:, 1:, 0].reshape(len(gram), *courses.shape[:2])
    log_weight = -0.5 * (log_det + degrees * np.log(square))
    return Mornings(square, score, of_each_decay(gram[:, 1:, 1:], len(courses)), log_weight, degrees)


def normalised(log_weight: Array) -> Array:
    """Weights that sum to 1."""
    weight = np.exp(log_weight - log_weight.max())
    return np.asarray(weight / weight.sum())


def without_trend(columns: Array, scored: NDArray[np.bool_], phi: Array, rho: Array) -> tuple[Array, Array]:
    """Z' W Z with W = V^-1 - V^-1 X (X'V^-1X)^-1 X'V^-1 and X = [1, t], and log |V| + log |X'V^-1X|.

    columns: Z, (T, c); scored: (T,); phi, rho: (g,). Returns (g, c, c) and (g,).
    """
    X = np.column_stack([np.ones(len(columns)), np.linspace(-1, 1, len(columns))])
    products, log_det = weighted_products(np.column_stack([X, columns]), scored, phi, rho)
    flat, across, own = products[:, :FLAT, :FLAT], products[:, :FLAT, FLAT:], products[:, FLAT:, FLAT:]
    left = own - across.swapaxes(1, 2) @ np.linalg.solve(flat, across)
    return np.asarray(left), np.asarray(log_det + np.linalg.slogdet(flat)[1])


def of_each_decay(gram: Array, d: int) -> Array:
    """The blocks on the diagonal, (..., d pairs, d pairs) → (..., d, pairs, pairs)."""
    pairs = gram.shape[-1] // d
    blocks = gram.reshape(*gram.shape[:-2], d, pairs, d, pairs)
    return np.asarray(np.stack([blocks[..., k, :, k, :] for k in range(d)], axis=-3))


def lag_shares() -> Array:
    """k_l for each of DECAY, (d, 7); each row sums to 1."""
    shares = np.exp(-np.arange(LAGS) / np.array(DECAY)[:, None])
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def pair_courses(days: int, block_days: int, shares: Array) -> Array:
    """What each pair of blocks adds to each morning when its arm A comes first and theta is 1, (d, pairs, days).

    shares: (d, l), how a day's part of it spreads over the mornings that follow.
    """
    pairs = -(-days // (2 * block_days))
    pattern = np.zeros((pairs, pairs * 2 * block_days))
    for pair in range(pairs):
        at = 2 * block_days * pair
        pattern[pair, at : at + block_days] = HALF
        pattern[pair, at + block_days : at + 2 * block_days] = -HALF
    pattern = pattern[:, :days]
    courses = np.zeros((len(shares), pairs, days))
    for lag in range(1, shares.shape[1] + 1):
        courses[..., lag:] += shares[:, lag - 1, None, None] * pattern[:, :-lag]
    return courses

"""The estimator: a distributed-lag regression with autocorrelated pain, averaged over a grid of what is not known.

    y_t = b0 + b1 t + sum_k sum_{l=1..7} b_kl x_{k,t-l} + c R_t + u_t + e_t,   u_t = phi u_{t-1} + eta_t
    Var u = s2 (1 - rho),  Var e = s2 rho

y and x are standardised, an unknown x is 0 (its mean), time runs from -1 to 1. Priors: b0 flat, b1 ~ N(0, 4 s2),
c ~ N(0, s2), b_k ~ N(0, s2 K) with K_lm = tau2 d_l d_m exp(-|l-m|/2), d_l = exp(-(l-1)/D) + .02; p(s2) = 1/s2.
For each point of the grid `memory` weighs [y, X] by the covariance of u + e at the mornings that have a score; the rest
is conjugate regression (Gelman et al. 2013, Bayesian Data Analysis, ch. 14).
"""

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from backstory.cause.memory import Array, weighted_products

VERSION = "1"  # of the model; goes up when the same days would give another answer
LAGS = 7
PHI = (0.0, 0.25, 0.45, 0.6, 0.72, 0.82, 0.9, 0.96)
RHO = (0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
TAU = (0.6, 2.0)
DECAY = (1.0, 2.0, 4.0)
SLOPE_VARIANCE, RISE_VARIANCE = 4.0, 1.0
LEAST_WEIGHT = 1e-7  # of the best grid point; lighter ones change nothing


@dataclass(frozen=True, slots=True)
class Posterior:
    """Effects as a mixture over the grid, in standard deviations of y for one standard deviation of x.

    weight: (g,); mean, scale: (g, k), Student-t with `degrees` degrees of freedom; lag_mean: (k, 7).
    """

    weight: Array
    mean: Array
    scale: Array
    degrees: int
    lag_mean: Array


def fit(y: Array, X: Array, rise: Array) -> Posterior:
    """The posterior of the effects.

    y: (T,) standardised pain, NaN = not recorded; X: (T, k) standardised exposures, unknown = 0; rise: (T,).
    """
    scored = ~np.isnan(y)
    design = np.column_stack([np.ones(len(y)), np.linspace(-1, 1, len(y)), *(lagged(x) for x in X.T), rise])
    columns = np.column_stack([np.nan_to_num(y), design])
    gram, log_covariance = weighted_products(columns, scored, PHI, RHO)  # (g, 1 + p, 1 + p), (g,)
    precision, log_prior = prior(X.shape[1])  # (h, p, p), (h,)
    A = gram[:, None, 1:, 1:] + precision  # (g, h, p, p)
    sums = np.zeros((design.shape[1], X.shape[1]))  # theta_k = sums[:, k]' b
    for k in range(X.shape[1]):
        sums[2 + k * LAGS : 2 + (k + 1) * LAGS, k] = 1.0
    xy = gram[:, None, 1:, :1]
    right = np.concatenate([xy, np.broadcast_to(sums, (len(xy), 1, *sums.shape))], axis=-1)
    solved = np.linalg.solve(A, right)  # (g, h, p, 1 + k)
    b = solved[..., 0]  # (g, h, p)
    n = int(scored.sum())
    S = gram[:, None, 0, 0] - np.einsum("ghp,gp->gh", b, xy[:, 0, :, 0])
    log_det = 2 * np.log(np.diagonal(np.linalg.cholesky(A), axis1=-2, axis2=-1)).sum(-1)
    log_weight = -0.5 * (log_covariance[:, None] + log_det - log_prior + (n - 1) * np.log(S))
    variance = np.einsum("pk,ghpk->ghk", sums, solved[..., 1:]) * (S / (n - 1))[..., None]
    return _mixture(log_weight, b, np.einsum("pk,ghp->ghk", sums, b), variance, n - 1)


def _mixture(log_weight: Array, b: Array, mean: Array, variance: Array, degrees: int) -> Posterior:
    weight = np.exp(log_weight - log_weight.max()).ravel()
    keep = weight > LEAST_WEIGHT
    weight = weight / weight.sum()
    lag_mean = (weight @ b.reshape(len(weight), -1))[2:-1].reshape(-1, LAGS)
    mean, variance = (part.reshape(len(weight), -1)[keep] for part in (mean, variance))
    return Posterior(weight[keep] / weight[keep].sum(), mean, np.sqrt(variance), degrees, lag_mean)


def lagged(x: Array) -> Array:
    """x at lags 1 to 7, (T,) → (T, 7); before the first day everything was as usual (0)."""
    padded = np.concatenate([np.zeros(LAGS), x])
    return np.stack([padded[LAGS - lag : len(padded) - lag] for lag in range(1, LAGS + 1)], axis=1)


def rise_over_usual(x: Array) -> Array:
    """Positive part of (mean of the last 7 days − mean of the 21 before them), (T,) → (T,)."""
    total = np.concatenate([np.zeros(29), np.cumsum(x)])  # total[28 + t] = sum of x before day t
    ends = np.arange(28, 28 + len(x))
    week = (total[ends] - total[ends - 7]) / 7
    before = (total[ends - 7] - total[ends - 28]) / 21
    return np.asarray(np.maximum(week - before, 0.0))


@cache
def prior(exposures: int) -> tuple[Array, Array]:
    """Prior precision of the coefficients for each (tau, D), (h, p, p), and its log determinant without b0's, (h,)."""
    lags = np.arange(LAGS)
    precisions, logs = [], []
    for tau, decay in product(TAU, DECAY):
        d = np.exp(-lags / decay) + 0.02
        K = tau**2 * np.outer(d, d) * np.exp(-np.abs(np.subtract.outer(lags, lags)) / 2)
        inverse = np.linalg.inv(K)
        P = np.zeros((3 + exposures * LAGS, 3 + exposures * LAGS))
        P[1, 1], P[-1, -1] = 1 / SLOPE_VARIANCE, 1 / RISE_VARIANCE
        for k in range(exposures):
            at = slice(2 + k * LAGS, 2 + (k + 1) * LAGS)
            P[at, at] = inverse
        precisions.append(P)
        logs.append(np.linalg.slogdet(P[1:, 1:])[1])
    return np.array(precisions), np.array(logs)

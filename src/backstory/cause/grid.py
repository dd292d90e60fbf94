"""The estimator: a distributed-lag regression with autocorrelated pain, averaged over a grid of what is not known.

    y_t = b0 + b1 t + b2 H_t + sum_k (sum_{l=1..7} b_kl x_{k,t-l} + g_k U_kt) + c R_t + u_t + e_t
    u_t = phi u_{t-1} + eta_t,   Var u = s2 (1 - rho),  Var e = s2 rho

y and x are standardised, time runs from -1 to 1. U_k, the mean of the three weeks before the last, takes what belongs
to the level of a routine and not to its days (Mundlak 1978, Econometrica 46:69), and H, a step on the day on which the
main routine changed most, what came with that: a routine and a pain level that change together make no effect. R is the
rise over the usual, standardised, where it is asked about. Priors: b0 flat, b1, b2 ~ N(0, 4 s2), g ~ N(0, 16 s2),
c ~ N(0, tau2 s2), b_k ~ N(0, s2 K) with K_lm = tau2 d_l d_m exp(-|l-m|/3), d_l = exp(-(l-1)/D) + .02; p(s2) = 1/s2;
every point (phi, rho, tau, D) of the grid is as likely as any other. For each `memory` weighs the columns by the
covariance of u + e at the mornings that have a score; the rest is conjugate regression (Gelman et al. 2013, Bayesian
Data Analysis, ch. 14).

Besides the posterior there is a test: what the estimate would do if an exposure had no effect. It is linear in the
scores, so without b_k its variance is s2 (c'A^-1 c - c'A^-1 P_k A^-1 c), A being the posterior's precision and P_k the
prior's part of k. Verdicts are decided by that, so that one threshold means the same for any routine. The test has a
prior of its own, TESTED, which looks for small effects that fade over a few mornings: a wide one spends its power on
effects that nobody could miss. What prior it has changes what it finds, not how often it is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from backstory.cause.design import LAGS, changed_routine, lagged, usual_level
from backstory.cause.memory import Array, Mornings, weighted_products
from backstory.cause.mixture import below

VERSION = "2"  # of the model; goes up when the same days would give another answer
PHI = (0.0, 0.25, 0.45, 0.6, 0.72, 0.82, 0.9, 0.96)
RHO = (0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9)
TAU = (0.8, 2.4)
DECAY = (1.0, 1.6, 3.0)
LAG_LENGTH = 3.0  # days over which neighbouring lags are alike
TESTED = ((0.5, 2.0, 6.0),)  # tau, D and lag length of the test's own prior
SLOPE_VARIANCE, CHANGE_VARIANCE, USUAL_VARIANCE = 4.0, 4.0, 16.0
POINTS = (np.repeat(PHI, len(RHO)), np.tile(RHO, len(PHI)))  # phi and rho of the grid of both
BEFORE = 3  # columns before the lags: mean, trend, change of routine
MIDDLE = 1  # of DECAY, by which the grid of phi and rho is thinned out
NODES = (0, 2, 4, 6)  # of RHO, at which the thinning looks
THIN = 8.0  # e-folds below the best point
LEAST_WEIGHT = 1e-4  # of the best grid point; lighter ones change nothing
Points = tuple[tuple[float, float, float], ...]
CORNER = 1e12  # keeps a Cholesky factor real where rows are appended for their products alone


@dataclass(frozen=True, slots=True)
class Test:
    """Estimates and how they scatter where there is no effect, over the grid of phi and rho.

    weight: (g,); mean, scale: (g, m), m as in Posterior; degrees: (g,).
    """

    weight: Array
    mean: Array
    scale: Array
    degrees: Array

    def if_none(self, k: int) -> tuple[float, float]:
        """How often an estimate would lie this far above, and this far below, zero if there were no effect."""
        scale = np.maximum(self.scale[:, k], np.finfo(float).tiny)
        above = float(below(0.0, self.weight, self.mean[:, k], scale, self.degrees))
        return above, 1 - above


@dataclass(frozen=True, slots=True)
class Posterior:
    """Effects as a mixture over the grid, in standard deviations of y for one standard deviation of x.

    weight: (g,); mean, scale: (g, m), Student-t with `degrees` degrees of freedom, m = exposures and, last, the rise
    where it was asked about; test: of the same. Behind them: b, its precision and s2 at each point, (g, p), (g, p, p),
    (g,), and the points' phi and rho.
    """

    weight: Array
    mean: Array
    scale: Array
    degrees: int
    test: "Test"
    b: Array
    precision: Array
    s2: Array
    phi: Array
    rho: Array

    def lags(self, k: int) -> tuple[Array, Array]:
        """Mean and covariance of exposure k's lags at each point, (g, 7) and (g, 7, 7)."""
        covariance = np.linalg.inv(self.precision)[:, lags_of(k), lags_of(k)]
        return self.b[:, lags_of(k)], covariance * self.s2[:, None, None]


def fit(y: Array, X: Array, rise: Array | None = None, near: Mornings | None = None) -> Posterior:
    """The posterior of the effects.

    y: (T,) standardised pain, NaN = not recorded; X: (T, k) standardised exposures, all known; rise: (T,) where it is
    asked about; near: the grid's points (56,) of phi and rho to look at, where that is known already.
    """
    scored, degrees, size = ~np.isnan(y), int((~np.isnan(y)).sum()) - 1, X.shape[1]
    columns = np.column_stack([design(X, rise), np.nan_to_num(y)])
    near = _near(columns, scored, size) if near is None else near
    phi, rho = POINTS[0][near], POINTS[1][near]
    gram, log_v = weighted_products(columns, scored, phi, rho)
    asked = asked_sums(size, columns.shape[1] - 1, rise is not None)
    precision, log_prior = prior(size, rise is not None)
    log_p, mean, variance, rest = _marginal(gram, precision, asked, degrees)
    log_p += 0.5 * (log_prior - log_v[:, None])
    heavy = log_p > log_p.max() + np.log(LEAST_WEIGHT)
    at, under = np.nonzero(heavy)
    weight = np.exp(log_p[heavy] - log_p.max())
    A = gram[at][:, :-1, :-1] + precision[under]
    return Posterior(
        weight / weight.sum(), mean[heavy], np.sqrt(variance[heavy]), degrees,
        test=_test(gram, log_v, asked, effective_degrees(degrees, phi, rho), degrees),
        b=np.asarray(np.linalg.solve(A, gram[at][:, :-1, -1:])[..., 0]), precision=A, s2=rest[heavy] / degrees,
        phi=phi[at], rho=rho[at],
    )  # fmt: skip


def _test(gram: Array, log_v: Array, asked: Array, effective: Array, degrees: int) -> Test:
    """effective: (g,) degrees of freedom of each point; the rest as in `_marginal`."""
    rise = asked.shape[1] > 0 and bool(asked[-1, -1])
    size = len(asked) - rise
    precision, _ = prior(size, rise, TESTED)
    log_p, mean, variance, rest = _marginal(gram, precision, asked, degrees)
    weight = np.exp(log_p[:, 0] - 0.5 * log_v - (log_p[:, 0] - 0.5 * log_v).max())
    solved = np.linalg.solve(gram[:, :-1, :-1] + precision[0], np.broadcast_to(asked.T, (len(gram), *asked.T.shape)))
    held_back = _held_back(solved, precision[0], size) * (rest / degrees)
    scale = np.sqrt(np.maximum(variance[:, 0] - held_back, 0.0))
    return Test(weight / weight.sum(), mean[:, 0], scale, effective)


def mixed(posteriors: Sequence[Posterior]) -> Posterior:
    """Posteriors that are each as likely as the others, as one."""
    test = Test(**_joined([one.test for one in posteriors], ("mean", "scale", "degrees")))
    names = ("mean", "scale", "b", "precision", "s2", "phi", "rho")
    return Posterior(degrees=posteriors[0].degrees, test=test, **_joined(posteriors, names))


def _joined(parts: Sequence[Posterior] | Sequence[Test], names: Sequence[str]) -> dict[str, Array]:
    weight = np.concatenate([part.weight / len(parts) for part in parts])
    return {"weight": weight} | {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}


def _near(columns: Array, scored: Mornings, size: int) -> Mornings:
    """Points of phi and rho that can have weight, (56,): by a regression on one sum of lags an exposure at every second
    rho, which is quick. columns: as in `fit`, y last.
    """
    shape = np.exp(-np.arange(LAGS) / DECAY[MIDDLE])
    sums = [columns[:, lags_of(k)] @ shape for k in range(size)]
    few = np.column_stack([*columns[:, :BEFORE].T, *sums, *columns[:, BEFORE + size * LAGS :].T])
    gram, log_v = weighted_products(few, scored, np.repeat(PHI, len(NODES)), np.tile(np.take(RHO, NODES), len(PHI)))
    A = gram[:, :-1, :-1] + np.diag([0.0, *[1.0] * (few.shape[1] - 2)])
    degrees = int(scored.sum()) - 1
    factor = np.linalg.cholesky(A)
    rest = gram[:, -1, -1] - (gram[:, -1, :-1] * np.linalg.solve(A, gram[:, :-1, -1:])[..., 0]).sum(-1)
    log_p = -np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(-1) - 0.5 * (log_v + degrees * np.log(rest))
    everywhere = (log_p.reshape(len(PHI), len(NODES)) @ _between()).ravel()
    return np.asarray(everywhere > everywhere.max() - THIN)


@cache
def _between() -> Array:
    """From the values at NODES of rho to those at all of them by the cubic through them, (4, 7)."""
    places = np.arange(len(RHO))
    others = [[node for node in NODES if node != own] for own in NODES]
    return np.array(
        [np.prod([(places - m) / (own - m) for m in rest], axis=0) for own, rest in zip(NODES, others, strict=True)]
    )


def design(X: Array, rise: Array | None) -> Array:
    """The regression's columns, (T, p): mean, trend, change of the main routine; lags and usual level of each exposure;
    rise.
    """
    before = [np.ones(len(X)), np.linspace(-1, 1, len(X)), changed_routine(X[:, 0])]
    parts = [*before, *(lagged(x) for x in X.T), *(usual_level(x) for x in X.T)]
    return np.column_stack(parts if rise is None else [*parts, rise])


def asked_sums(size: int, width: int, rise: bool) -> Array:
    """What is asked of the coefficients, (m, p): the sum of each exposure's lags, and the rise."""
    asked = np.zeros((size + rise, width))
    for k in range(size):
        asked[k, lags_of(k)] = 1.0
    if rise:
        asked[-1, -1] = 1.0
    return asked


def effective_degrees(degrees: int, phi: Array, rho: Array) -> Array:
    """Degrees of freedom that autocorrelated scores really have, (g,).

    n (1 - r) / (1 + r), r = (1 - rho) phi being a score's correlation with the next morning's (Zwiers & von Storch
    1995, J Climate 8:336).
    """
    r = (1 - rho) * phi
    return np.maximum(degrees * (1 - r) / (1 + r), 1.0)


@cache
def prior(exposures: int, rise: bool, points: Points | None = None) -> tuple[Array, Array]:
    """Prior precision of the coefficients for each (tau, D, lag length), (h, p, p), and its log determinant without
    b0's, (h,); points: the grid's, unless others are given.
    """
    lags = np.arange(LAGS)
    precisions, logs = [], []
    for tau, decay, length in points or tuple((*point, LAG_LENGTH) for point in product(TAU, DECAY)):
        d = np.exp(-lags / decay) + 0.02
        K = tau**2 * np.outer(d, d) * np.exp(-np.abs(np.subtract.outer(lags, lags)) / length)
        usual = BEFORE + exposures * LAGS
        P = np.zeros((usual + exposures + rise, usual + exposures + rise))
        P[1, 1], P[2, 2] = 1 / SLOPE_VARIANCE, 1 / CHANGE_VARIANCE
        for k in range(exposures):
            P[lags_of(k), lags_of(k)] = np.linalg.inv(K)
            P[usual + k, usual + k] = 1 / USUAL_VARIANCE
        if rise:
            P[-1, -1] = 1 / tau**2
        precisions.append(P)
        logs.append(np.linalg.slogdet(P[1:, 1:])[1])
    return np.array(precisions), np.array(logs)


def _marginal(gram: Array, precision: Array, asked: Array, degrees: int) -> tuple[Array, Array, Array, Array]:
    """Log marginal likelihood but for |V| and the prior, means and variances of what is asked, residual sum of squares.

    All are products of L^-1 with y's and the asked rows, L being A's Cholesky factor; so these rows are appended to A.
    gram: (g, p + 1, p + 1), y last; precision: (h, p, p); asked: (m, p). Returns (g, h), (g, h, m) twice and (g, h).
    """
    g, h, p, m = len(gram), len(precision), precision.shape[1], len(asked)
    rows = np.zeros((g, h, p + 1 + m, p + 1 + m))
    rows[..., :p, :p] = gram[:, None, :p, :p] + precision
    rows[..., p, :p] = gram[:, None, p, :p]
    rows[..., p + 1 :, :p] = asked
    corner = np.arange(p, p + 1 + m)
    rows[..., corner, corner] = CORNER
    factor = np.linalg.cholesky(rows)
    of_y, of_asked = factor[..., p, :p], factor[..., p + 1 :, :p]
    rest = gram[:, None, p, p] - (of_y**2).sum(-1)
    log_det = 2 * np.log(np.diagonal(factor, axis1=-2, axis2=-1)[..., :p]).sum(-1)
    variance = (of_asked**2).sum(-1) * (rest / degrees)[..., None]
    return -0.5 * (log_det + degrees * np.log(rest)), (of_asked @ of_y[..., None])[..., 0], variance, rest


def _held_back(solved: Array, precision: Array, size: int) -> Array:
    """c'A^-1 P_k A^-1 c for what is asked of exposure k, (g, m); solved: A^-1 c, (g, p, m); precision: (p, p)."""
    taken = np.empty((len(solved), solved.shape[2]))
    for k in range(size):
        block = solved[:, lags_of(k), k]
        taken[:, k] = np.einsum("gi,ij,gj->g", block, precision[lags_of(k), lags_of(k)], block)
    if solved.shape[2] > size:
        taken[:, -1] = solved[:, -1, -1] ** 2 * precision[-1, -1]
    return taken


def lags_of(k: int) -> slice:
    """Where exposure k's lags stand among the coefficients."""
    return slice(BEFORE + k * LAGS, BEFORE + (k + 1) * LAGS)

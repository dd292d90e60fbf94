"""What a person's days alone say of an effect: the estimator's posterior without the prior on the effect itself.

Summaries that are pooled must not be drawn towards zero first, by each person's own prior, and then towards the group's
mean. At a point of the grid an effect θ, a sum of lags, has the prior N(0, s2 v0) and the posterior N(m, s2 v).
Dividing one by the other gives θ a flat prior and keeps the prior on how it spreads over the mornings, and on all else:

    estimate m / a,   a = 1 - v / v0

The weight of the point is multiplied by the integral of that ratio, v0 (v0 - v)^-1/2 (S / S')^(d/2) once s2 is
integrated out, where S is the residual sum of squares, d its degrees of freedom and S' = S - m2 / (v0 - v).

What the pooling needs is how such estimates scatter about a person's effect. The posterior's sd is too wide for that:
it also holds that effects may spread over the mornings in unlikely ways. m is linear in the scores; their noise moves
it by s2 (v - c'A^-1 P A^-1 c), as in `grid`'s test, and m / a by that over a2. The difference between points of the
grid comes on top. (A refit with the largest tau alone would be drawn less, but still, and scatters more.)
"""

import numpy as np
from numpy.typing import NDArray

from backstory.cause import grid
from backstory.cause.design import LAGS
from backstory.cause.estimating import Estimate
from backstory.cause.memory import Array


def unshrunk(found: Estimate, name: str) -> tuple[float, float]:
    """An effect and its standard error [points for one sd of the exposure]."""
    k, posterior = found.part(name), found.posterior
    mean, s2, degrees = posterior.mean[:, k], posterior.s2, posterior.degrees
    v = posterior.scale[:, k] ** 2 / s2
    v0, held_back = _by_prior(posterior, k)
    left = np.maximum(v0 - v, np.finfo(float).eps * v0)
    log_w = np.log(posterior.weight) + np.log(v0) - 0.5 * np.log(left)
    log_w -= 0.5 * degrees * np.log1p(-(mean**2) / (left * s2 * degrees))
    weight = np.exp(log_w - log_w.max())
    weight /= weight.sum()
    estimates, scatter = mean * v0 / left, s2 * np.maximum(v - held_back, 0.0) * (v0 / left) ** 2
    points = float(weight @ estimates)
    return points * found.unit, float(np.sqrt(weight @ (scatter + (estimates - points) ** 2))) * found.unit


def _by_prior(posterior: grid.Posterior, k: int) -> tuple[Array, Array]:
    """v0 and c'A^-1 P A^-1 c for effect k at each point, (g,) each."""
    width, effects = posterior.precision.shape[1], posterior.mean.shape[1]
    exposures = (width - grid.BEFORE - effects) // LAGS
    asked = grid.asked_sums(exposures, width, effects > exposures)[k]
    own = np.flatnonzero(asked)
    precision = grid.prior(exposures, effects > exposures)[0][:, own[:, None], own][_which_prior(posterior)]
    solved = np.linalg.solve(posterior.precision, asked[:, None])[:, own]
    held_back = solved.transpose(0, 2, 1) @ precision @ solved
    return np.linalg.inv(precision).sum(axis=(1, 2)), held_back[:, 0, 0]


def _which_prior(posterior: grid.Posterior) -> NDArray[np.int_]:
    """Which tau and D each point has, (g,).

    Points that share phi and rho stand together, and their precisions differ by their priors' alone. A point that
    stands by itself has the widest prior: where the others have no weight the scores say so much that it is all one.
    """
    lags = grid.lags_of(0)
    priors, precision = grid.prior(1, False)[0][:, lags, lags], posterior.precision[:, lags, lags]
    between = priors[:, None] - priors  # (first, other)
    changes = np.diff(posterior.phi).astype(bool) | np.diff(posterior.rho).astype(bool)
    found = []
    for together in np.split(precision, np.flatnonzero(changes) + 1):
        off = np.abs(between[:, :, None] - (together[0] - together)).sum(axis=(-2, -1))  # (first, other, point)
        first = len(priors) - 1 - int(off.min(axis=1).sum(axis=1)[::-1].argmin())
        found.append(off[first].argmin(axis=0))
    return np.concatenate(found)

"""Probabilities and quantiles of a mixture of Student-t distributions."""

import numpy as np
from scipy.special import gammaln, stdtr, stdtrit

from backstory.cause.memory import Array

STEPS, CLOSE = 60, 1e-7


def below(value: float | Array, weight: Array, mean: Array, scale: Array, degrees: int | Array) -> Array:
    """P(θ < value), (...,) → (...,). weight: (g,); mean, scale: (..., g); degrees: of all, or (g,)."""
    z = (np.asarray(value)[..., None] - mean) / scale
    return np.asarray(stdtr(degrees, z) @ weight)


def density(value: Array, weight: Array, mean: Array, scale: Array, degrees: int) -> Array:
    """The mixture's density, (...,) → (...,)."""
    z = (value[..., None] - mean) / scale
    height = np.exp(gammaln((degrees + 1) / 2) - gammaln(degrees / 2)) / np.sqrt(degrees * np.pi)
    return np.asarray(height * ((1 + z**2 / degrees) ** (-(degrees + 1) / 2) / scale) @ weight)


def quantiles(shares: Array, weight: Array, mean: Array, scale: Array, degrees: int) -> Array:
    """Values below which these shares lie of one mixture, or of several with the same weights: Newton's steps, kept
    inside a bracket. shares: (q,); mean, scale: (..., g) → (..., q).
    """
    mean, scale = mean[..., None, :], scale[..., None, :]
    parts = mean + scale * stdtrit(degrees, shares)[:, None]  # a mixture's quantile lies among its parts'
    low, high = parts.min(axis=-1), parts.max(axis=-1)
    value = parts @ weight
    for _ in range(STEPS):
        off = below(value, weight, mean, scale, degrees) - shares
        low, high = np.where(off < 0, value, low), np.where(off < 0, high, value)
        step = value - off / density(value, weight, mean, scale, degrees)
        inside = (step >= low) & (step <= high)
        step = np.where(inside, step, (low + high) / 2)
        if np.all(np.abs(step - value) <= CLOSE * scale.max(axis=-1)):
            return np.asarray(step)
        value = step
    return np.asarray(value)

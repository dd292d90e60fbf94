"""The estimator against an independent one: dense covariance matrices, no Kalman filter, no shared code."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.linalg import cho_factor, cho_solve

from backstory.cause import grid, mixture
from backstory.cause.memory import Array, weighted_products


def dense_posterior(y: Array, x: Array, rise: Array) -> tuple[Array, Array, Array, Array]:
    """Weights, means, scales and lag means over the whole grid, written from the formulas of the issue."""
    T, n = len(y), int(np.isfinite(y).sum())
    k = x.shape[1]
    seen = np.isfinite(y)
    columns = [np.ones(T), np.linspace(-1, 1, T)]
    for j in range(k):
        for lag in range(1, 8):
            columns.append(np.array([x[t - lag, j] if t >= lag else 0.0 for t in range(T)]))
    X = np.column_stack([*columns, rise])[seen]
    z = y[seen]
    when = np.arange(T)[seen]
    logs, means, scales, lags = [], [], [], []
    for phi, rho in product(grid.PHI, grid.RHO):
        V = (1 - rho) * np.float64(phi) ** np.abs(when[:, None] - when) + rho * np.eye(n)
        factor = cho_factor(V, lower=True)
        log_v = 2 * np.log(np.diag(factor[0])).sum()
        for tau, D in product(grid.TAU, grid.DECAY):
            d = np.array([np.exp(-(lag - 1) / D) + 0.02 for lag in range(1, 8)])
            K = np.array([[tau**2 * d[a] * d[b] * np.exp(-abs(a - b) / 2) for b in range(7)] for a in range(7)])
            covariance = np.zeros((X.shape[1] - 1, X.shape[1] - 1))
            covariance[0, 0], covariance[-1, -1] = 4.0, 1.0
            for j in range(k):
                covariance[1 + 7 * j : 8 + 7 * j, 1 + 7 * j : 8 + 7 * j] = K
            P = np.zeros((X.shape[1], X.shape[1]))
            P[1:, 1:] = np.linalg.inv(covariance)
            A = X.T @ cho_solve(factor, X) + P
            c = X.T @ cho_solve(factor, z)
            b = np.linalg.solve(A, c)
            S = z @ cho_solve(factor, z) - b @ c
            log_p = -0.5 * (log_v + np.linalg.slogdet(A)[1] + np.linalg.slogdet(covariance)[1] + (n - 1) * np.log(S))
            ones = np.zeros((k, X.shape[1]))
            for j in range(k):
                ones[j, 2 + 7 * j : 9 + 7 * j] = 1
            logs.append(log_p)
            means.append(ones @ b)
            scales.append([np.sqrt(o @ np.linalg.solve(A, o) * S / (n - 1)) for o in ones])
            lags.append(b[2:-1])
    weight = np.exp(np.array(logs) - max(logs))
    return weight / weight.sum(), np.array(means), np.array(scales), np.array(lags)


@pytest.mark.parametrize("exposures", [1, 2])
def test_the_posterior_is_that_of_the_dense_formulas(exposures: int) -> None:
    rng = np.random.default_rng(3)
    T = 60
    x = rng.normal(size=(T, exposures)) * (rng.random((T, exposures)) < 0.5)
    y = np.convolve(rng.normal(size=T + 4), np.ones(5) / 2, "valid") + 0.5 * np.roll(x[:, 0], 1)
    y[rng.random(T) < 0.25] = np.nan
    rise = grid.rise_over_usual(x[:, 0])
    found = grid.fit(y, x, rise)
    weight, mean, scale, lag_mean = dense_posterior(y, x, rise)
    assert found.degrees == np.isfinite(y).sum() - 1
    np.testing.assert_allclose(found.weight @ found.mean, weight @ mean, rtol=1e-5, atol=1e-8)
    np.testing.assert_allclose(found.lag_mean.ravel(), weight @ lag_mean, rtol=1e-5, atol=1e-8)
    for k in range(exposures):
        parts = (found.weight, found.mean[:, k], found.scale[:, k], found.degrees)
        low, high = mixture.quantiles(np.array([0.05, 0.95]), *parts)
        for value, share in ((low, 0.05), (high, 0.95)):
            dense = weight @ stats.t.cdf((value - mean[:, k]) / scale[:, k], found.degrees)
            assert dense == pytest.approx(share, abs=1e-5)
        dense = weight @ stats.t.cdf(-mean[:, k] / scale[:, k], found.degrees)
        assert mixture.below(0.0, *parts) == pytest.approx(dense, abs=1e-5)


def test_rise_is_the_last_week_over_the_three_before() -> None:
    x = np.random.default_rng(1).normal(size=50)
    padded = np.concatenate([np.zeros(28), x])
    by_hand = [max(0.0, padded[t + 21 : t + 28].mean() - padded[t : t + 21].mean()) for t in range(50)]
    np.testing.assert_allclose(grid.rise_over_usual(x), by_hand, atol=1e-12)


def test_lags_look_back_and_never_at_the_day_itself() -> None:
    x = np.arange(1.0, 11.0)
    lags = grid.lagged(x)
    assert lags[0].tolist() == [0.0] * 7
    assert lags[9].tolist() == [9, 8, 7, 6, 5, 4, 3]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(-3, 3), min_size=1, max_size=8),
    st.floats(0.05, 3),
    st.integers(3, 400),
    st.floats(0.001, 0.999),
)
def test_a_quantile_has_its_share_below_it(means: list[float], scale: float, degrees: int, share: float) -> None:
    mean = np.array(means)
    parts = (np.full(len(mean), 1 / len(mean)), mean, np.full(len(mean), scale), degrees)
    value = mixture.quantiles(np.array([share]), *parts)
    assert mixture.below(value, *parts)[0] == pytest.approx(share, abs=1e-8)


def test_density_is_the_slope_of_the_distribution() -> None:
    parts = (np.array([0.3, 0.7]), np.array([0.0, 1.0]), np.array([0.5, 1.5]), 30)
    at = np.linspace(-2, 3, 11)
    slope = (mixture.below(at + 1e-5, *parts) - mixture.below(at - 1e-5, *parts)) / 2e-5
    np.testing.assert_allclose(mixture.density(at, *parts), slope, rtol=1e-6)


def test_products_are_those_of_a_kalman_pass_that_skips_mornings() -> None:
    """The textbook filter, one value at a time, for one memory and one noise."""
    rng = np.random.default_rng(8)
    z, scored, phi, rho = rng.normal(size=(50, 3)), rng.random(50) < 0.7, 0.72, 0.35
    state, spread, log_det, errors = np.zeros(3), 1 - rho, 0.0, []
    for t in range(50):
        if t:
            state, spread = phi * state, phi**2 * spread + (1 - rho) * (1 - phi**2)
        if scored[t]:
            variance = spread + rho
            error = z[t] - state
            errors.append(error / np.sqrt(variance))
            state, spread = state + spread / variance * error, spread * (1 - spread / variance)
            log_det += np.log(variance)
    white = np.array(errors)
    products, log_dets = weighted_products(z, scored, (phi,), (rho,))
    np.testing.assert_allclose(products[0], white.T @ white, rtol=1e-10)
    assert log_dets[0] == pytest.approx(log_det)

"""The estimator against an independent one: dense covariance matrices, no Kalman filter, no shared code."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.linalg import cho_factor, cho_solve

from backstory.cause import design, grid, mixture
from backstory.cause.memory import Array, weighted_products


def columns_by_hand(x: Array) -> Array:
    """The regression's columns, written from the formulas: mean, trend, change of routine, lags, usual levels."""
    T, k = x.shape
    moved = np.abs(np.cumsum(x[:, 0] - x[:, 0].mean()))[:-1]
    step = [0.5 if t > int(np.argmax(moved)) else -0.5 for t in range(T)]
    columns = [np.ones(T), np.linspace(-1, 1, T), np.array(step)]
    for j in range(k):
        for lag in range(1, 8):
            columns.append(np.array([x[t - lag, j] if t >= lag else 0.0 for t in range(T)]))
    for j in range(k):
        columns.append(np.array([sum(x[t - lag, j] for lag in range(8, 29) if t >= lag) / 21 for t in range(T)]))
    return np.column_stack(columns)


def dense_posterior(y: Array, x: Array, rise: Array, test: bool = False) -> dict[str, Array]:
    """Weights, means, scales, scales without effect and lag means over the whole grid, from the formulas."""
    n, k = int(np.isfinite(y).sum()), x.shape[1]
    seen = np.isfinite(y)
    X, z = np.column_stack([columns_by_hand(x), rise])[seen], y[seen]
    when = np.arange(len(y))[seen]
    found: dict[str, list[Array]] = {name: [] for name in ("log", "mean", "scale", "null_scale", "null_degrees", "lag")}
    for phi, rho in product(grid.PHI, grid.RHO):
        V = (1 - rho) * np.float64(phi) ** np.abs(when[:, None] - when) + rho * np.eye(n)
        factor = cho_factor(V, lower=True)
        log_v = 2 * np.log(np.diag(factor[0])).sum()
        for tau, D, length in grid.TESTED if test else [(*point, 3.0) for point in product(grid.TAU, grid.DECAY)]:
            d = np.array([np.exp(-(lag - 1) / D) + 0.02 for lag in range(1, 8)])
            K = np.array([[tau**2 * d[a] * d[b] * np.exp(-abs(a - b) / length) for b in range(7)] for a in range(7)])
            prior = np.zeros((X.shape[1], X.shape[1]))
            prior[1, 1] = prior[2, 2] = 4.0
            for j in range(k):
                prior[3 + 7 * j : 10 + 7 * j, 3 + 7 * j : 10 + 7 * j] = K
                prior[3 + 7 * k + j, 3 + 7 * k + j] = 16.0
            prior[-1, -1] = tau**2
            P = np.zeros_like(prior)
            P[1:, 1:] = np.linalg.inv(prior[1:, 1:])
            A = X.T @ cho_solve(factor, X) + P
            c = X.T @ cho_solve(factor, z)
            b = np.linalg.solve(A, c)
            S = z @ cho_solve(factor, z) - b @ c
            log_prior = np.linalg.slogdet(prior[1:, 1:])[1]
            found["log"].append(-0.5 * (log_v + np.linalg.slogdet(A)[1] + log_prior + (n - 1) * np.log(S)))
            ones = np.zeros((k + 1, X.shape[1]))
            own = [np.zeros_like(P) for _ in range(k + 1)]
            for j in range(k):
                ones[j, 3 + 7 * j : 10 + 7 * j] = 1
                own[j][3 + 7 * j : 10 + 7 * j, 3 + 7 * j : 10 + 7 * j] = np.linalg.inv(K)
            ones[-1, -1], own[-1][-1, -1] = 1, 1 / tau**2
            s2, inverse, r = S / (n - 1), np.linalg.inv(A), (1 - rho) * phi
            found["mean"].append(ones @ b)
            found["scale"].append(np.array([np.sqrt(s2 * o @ inverse @ o) for o in ones]))
            without = [o @ inverse @ (A - q) @ inverse @ o for o, q in zip(ones, own, strict=True)]
            found["null_scale"].append(np.sqrt(s2 * np.array(without)))
            found["null_degrees"].append(np.array(max((n - 1) * (1 - r) / (1 + r), 1.0)))
            found["lag"].append(np.asarray(b[3 : 3 + 7 * k]))
    weight = np.exp(np.array(found["log"]) - max(found["log"]))
    return {name: np.array(values) for name, values in found.items()} | {"weight": weight / weight.sum()}


@pytest.mark.parametrize("exposures", [1, 2])
def test_the_posterior_is_that_of_the_dense_formulas(exposures: int) -> None:
    rng = np.random.default_rng(3)
    T = 60
    x = rng.normal(size=(T, exposures)) * (rng.random((T, exposures)) < 0.5)
    y = np.convolve(rng.normal(size=T + 4), np.ones(5) / 2, "valid") + 0.5 * np.roll(x[:, 0], 1)
    y[rng.random(T) < 0.25] = np.nan
    rise = design.standard_scores(design.rise_over_usual(x[:, 0])[:, None])[:, 0]
    found, dense, tested = grid.fit(y, x, rise), dense_posterior(y, x, rise), dense_posterior(y, x, rise, test=True)
    weight = dense["weight"]
    assert found.degrees == np.isfinite(y).sum() - 1
    np.testing.assert_allclose(found.weight @ found.mean, weight @ dense["mean"], rtol=2e-3, atol=1e-4)
    lags = found.weight @ found.b[:, 3 : 3 + 7 * exposures]
    np.testing.assert_allclose(lags, weight @ dense["lag"], rtol=2e-3, atol=1e-4)
    for k in range(exposures + 1):
        parts = (found.weight, found.mean[:, k], found.scale[:, k], found.degrees)
        low, high = mixture.quantiles(np.array([0.05, 0.95]), *parts)
        for value, share in ((low, 0.05), (high, 0.95)):
            there = weight @ stats.t.cdf((value - dense["mean"][:, k]) / dense["scale"][:, k], found.degrees)
            assert there == pytest.approx(share, abs=1e-3)
        z = -tested["mean"][:, k] / tested["null_scale"][:, k]
        none = tested["weight"] @ stats.t.cdf(z, tested["null_degrees"])
        assert found.test.if_none(k) == pytest.approx((none, 1 - none), abs=1e-3)


def test_the_whole_grid_gives_exactly_the_dense_weights() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(50, 1)), rng.normal(size=50)
    rise = design.standard_scores(design.rise_over_usual(x[:, 0])[:, None])[:, 0]
    found, dense = grid.fit(y, x, rise, np.ones(56, dtype=bool)), dense_posterior(y, x, rise)
    heavy = dense["weight"] > grid.LEAST_WEIGHT * dense["weight"].max()
    np.testing.assert_allclose(found.weight, dense["weight"][heavy] / dense["weight"][heavy].sum(), rtol=1e-6)
    tested = dense_posterior(y, x, rise, test=True)
    np.testing.assert_allclose(found.test.weight, tested["weight"], rtol=1e-5, atol=1e-12)
    np.testing.assert_allclose(found.test.scale, tested["null_scale"], rtol=1e-5)


def test_without_an_effect_estimates_scatter_as_the_verdict_expects() -> None:
    """The estimate is linear in the scores, so its spread over many series without effect can be counted."""
    rng = np.random.default_rng(6)
    x = np.tile([1.0, -0.5, 1.2, -0.6, 0.9, -1.0, -1.0], 20)[:, None] + 0.2 * rng.normal(size=(140, 1))
    near = (grid.POINTS[0] == 0.0) & (grid.POINTS[1] == 0.5)
    means, expected = [], []
    for _ in range(300):
        found = grid.fit(rng.normal(size=140), x, None, near)
        means.append(found.test.mean[0, 0])
        expected.append(found.test.scale[0, 0])
    assert np.std(means) == pytest.approx(np.mean(expected), rel=0.15)


def test_rise_is_the_last_week_over_the_three_before() -> None:
    x = np.random.default_rng(1).normal(size=50)
    padded = np.concatenate([np.zeros(28), x])
    by_hand = [max(0.0, padded[t + 21 : t + 28].mean() - padded[t : t + 21].mean()) for t in range(50)]
    np.testing.assert_allclose(design.rise_over_usual(x), by_hand, atol=1e-12)


def test_lags_look_back_and_never_at_the_day_itself() -> None:
    x = np.arange(1.0, 11.0)
    lags = design.lagged(x)
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
    products, log_dets = weighted_products(z, scored, np.array([phi]), np.array([rho]))
    np.testing.assert_allclose(products[0], white.T @ white, rtol=1e-10)
    assert log_dets[0] == pytest.approx(log_det)

"""Pooling: one person's summary against dense formulas, the group's model against brute force and a published table."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from backstory.cause import Pooled, Summary, explain, grid, pool, summary
from backstory.cause.design import rise_over_usual, standard_scores
from backstory.cause.estimating import estimate
from backstory.cause.memory import Array
from backstory.cause.simulate import SimulatedYear, simulate
from backstory.cause.unshrunk import unshrunk
from backstory.errors import InputError, NotEnough

BAND = [0.05, 0.95]
SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]
# Gelman et al. 2013, Bayesian Data Analysis, table 5.3: medians of 200 draws.
PUBLISHED = [10, 8, 7, 8, 5, 6, 10, 8]


def table_of(year: SimulatedYear) -> pd.DataFrame:
    index = pd.date_range("2025-01-01", periods=len(year.pain), name="date")
    return pd.DataFrame({"pain": year.pain, "load": year.load}, index=index)


def two_loads(days: int, points: float, seed: int = 5) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return table_of(simulate(rng, days, points)).assign(sleep_h=rng.normal(7, 1, days))


def summaries(points: Sequence[float] | Array, se: Sequence[float] | Array) -> list[Summary]:
    return [Summary(float(p), float(s), 90, 10.0) for p, s in zip(points, se, strict=True)]


def without_prior(table: pd.DataFrame, asked: list[str], k: int) -> tuple[float, float]:
    """Effect k in sds of pain, and its scatter, from dense covariance matrices over the whole grid: the effect's own
    prior is made enormous, its spread over the mornings is not, and coefficients of others are noise like the rest.
    """
    enormous = 1e7
    exposures = [name for name in asked if name in table]
    x = standard_scores(table[exposures].to_numpy())
    rise = standard_scores(rise_over_usual(x[:, 0])[:, None])[:, 0] if len(exposures) < len(asked) else None
    scored = table["pain"].notna().to_numpy()
    y, when = standard_scores(table[["pain"]].to_numpy())[scored, 0], np.flatnonzero(scored)
    Z = grid.design(x, rise)[scored]
    c = grid.asked_sums(len(exposures), Z.shape[1], rise is not None)[k]
    own, d = c > 0, len(y) - 1
    logs, estimates, scatters = [], [], []
    for (phi, rho), prior in product(
        zip(*grid.POINTS, strict=True), grid.prior(len(exposures), rise is not None)[0][:, 1:, 1:]
    ):
        V = (1 - rho) * np.float64(phi) ** np.abs(when[:, None] - when) + rho * np.eye(len(y))
        K = np.zeros((Z.shape[1], Z.shape[1]))
        K[1:, 1:] = np.linalg.inv(prior)
        shape = K @ c / (c @ K @ c)
        noise, wide = K * np.outer(~own, ~own), K + enormous * np.outer(shape, shape)
        wide[0, 0] = enormous  # b0
        C = V + Z @ wide @ Z.T
        solved = np.linalg.solve(C, y)
        logs.append(-0.5 * (np.linalg.slogdet(C)[1] + d * np.log(y @ solved)))
        estimates.append(c @ wide @ Z.T @ solved)
        h = np.linalg.solve(C, Z @ wide @ c)
        scatters.append(h @ (V + Z @ noise @ Z.T) @ h * (y @ solved) / d)
    weight = np.exp(np.array(logs) - max(logs))
    weight /= weight.sum()
    middle = weight @ np.array(estimates)
    return float(middle), float(np.sqrt(weight @ (np.array(scatters) + (np.array(estimates) - middle) ** 2)))


@pytest.mark.parametrize("name", ["load", "sleep_h", "rise"])
def test_a_summary_is_that_of_dense_formulas_with_an_enormous_prior_on_the_effect(name: str) -> None:
    asked = ["load", "sleep_h", "rise"]
    table = two_loads(55, 0.8)
    found = estimate(table, "pain", asked)
    assert found is not None
    points, se = without_prior(table, asked, asked.index(name))
    assert unshrunk(found, name)[0] / found.unit == pytest.approx(points, rel=2e-3, abs=2e-3)
    # S, and so s2, is that of the posterior in one and without the prior in the other: it hardly moves.
    assert unshrunk(found, name)[1] / found.unit == pytest.approx(se, rel=0.03)


def test_a_summary_is_in_natural_units_and_the_same_from_an_answer_and_its_estimate() -> None:
    answer = explain(two_loads(120, 1.0), exposures=["load", "sleep_h"])
    assert answer.estimate is not None
    ten, one = summary(answer, "sleep_h"), summary(answer.estimate, "sleep_h", unit=1.0)
    assert (ten.n, ten.unit, ten.exposure) == (answer.pain_days, 10.0, "sleep_h")
    assert (ten.points, ten.se) == pytest.approx((10 * one.points, 10 * one.se))
    points, _ = unshrunk(answer.estimate, "sleep_h")
    assert one.points == pytest.approx(points / answer.effects.set_index("exposure")["sd"]["sleep_h"])


def test_a_summary_is_not_drawn_towards_zero() -> None:
    off, drawn = [], []
    for seed in range(40):
        year = simulate(np.random.default_rng([4, seed]), 75, 1.5)
        found = estimate(table_of(year), "pain", ["load"])
        assert found is not None
        weight, mean, _, _ = found.mixture("load")
        off.append(unshrunk(found, "load")[0] - year.true_points)
        drawn.append(float(weight @ mean) - year.true_points)
    assert np.mean(drawn) < np.mean(off) - 0.05
    assert abs(np.mean(off)) < 2.5 * np.std(off) / np.sqrt(len(off))


def test_loads_that_are_not_known_can_be_summed_up_too() -> None:
    table = two_loads(100, 1.0)
    known = summary(explain(table, exposures=["load"]), "load", unit=1.0)
    table.iloc[5::9, 1] = np.nan
    some = summary(explain(table, exposures=["load"]), "load", unit=1.0)
    assert abs(some.points - known.points) < 2 * known.se and 0.8 < some.se / known.se < 2


def test_what_cannot_be_summed_up_is_one_clear_line() -> None:
    table = two_loads(90, 0.5).assign(painkiller=lambda days: (days["pain"] > 4).astype(float), steps=5000.0)
    answer = explain(table)
    with pytest.raises(InputError, match="stress was not asked about"):
        summary(answer, "stress")
    with pytest.raises(InputError, match="because of pain"):
        summary(answer, "painkiller")
    with pytest.raises(InputError, match="number above 0"):
        summary(answer, "load", unit=0.0)
    with pytest.raises(NotEnough, match="about steps"):
        summary(answer, "steps")
    with pytest.raises(NotEnough, match="about load"):
        summary(explain(table.head(20)), "load")


def by_brute_force(y: Array, se: Array, scale: float) -> dict[str, Array]:
    """5 %, mean and 95 % of mu, tau, somebody new and each person: p(mu, tau) on a fine grid; the rest drawn."""
    mu, tau = np.linspace(-9, 9, 1201), np.linspace(0.0005, 6 * scale, 900)
    fit = np.sum(stats.norm.logpdf(y, mu[:, None, None], np.hypot(se, tau[:, None])), axis=2)
    p = np.exp(fit - fit.max() - 0.5 * (tau / scale) ** 2)
    p /= p.sum()
    rng = np.random.default_rng(2)
    at = rng.choice(p.size, 400_000, p=p.ravel())
    m, t, noise = mu[at // len(tau)], tau[at % len(tau)], rng.normal(size=len(at))
    drawn = {"mu": m, "tau": t, "new": m + t * noise}
    for i in range(len(y)):
        precision = 1 / se[i] ** 2 + 1 / t**2
        drawn[f"{i}"] = (y[i] / se[i] ** 2 + m / t**2) / precision + noise / np.sqrt(precision)
    return {name: np.array([np.quantile(x, 0.05), x.mean(), np.quantile(x, 0.95)]) for name, x in drawn.items()}


def test_three_persons_come_to_what_brute_force_comes_to() -> None:
    y, se = np.array([0.9, 0.1, -0.4]), np.array([0.3, 0.5, 0.2])
    found, brute = pool(summaries(y, se), scale=0.7), by_brute_force(y, se, 0.7)
    np.testing.assert_allclose([found.lo90, found.mean, found.hi90], brute["mu"], atol=0.02)
    np.testing.assert_allclose([found.sd_lo90, found.sd_hi90], brute["tau"][[0, 2]], atol=0.01)
    np.testing.assert_allclose([found.new_lo90, found.new_hi90], brute["new"][[0, 2]], atol=0.02)
    for i in range(3):
        row = found.personal.iloc[i]
        np.testing.assert_allclose([row["lo90"], row["points"], row["hi90"]], brute[f"{i}"], atol=0.01)


def test_the_eight_schools_come_to_what_was_published() -> None:
    found = pool(summaries(*SCHOOLS), scale=1e4)  # nearly flat, as in the book
    assert 7.7 < found.mean < 8.2
    np.testing.assert_allclose(found.personal["points"], PUBLISHED, atol=1.5)
    assert found.personal["points"].idxmax() == 0 and found.personal["points"].idxmin() == 4
    assert 4 < found.sd_between < 7 and found.sd_lo90 < 1


def test_one_person_alone_keeps_their_own_estimate() -> None:
    found = pool(summaries([0.6], [0.2]))
    own = found.personal.iloc[0]
    np.testing.assert_allclose(own, 0.6 + 0.2 * stats.norm.ppf([0.5, *BAND]), atol=1e-6)
    assert found.hi90 - found.lo90 > 3 * (own["hi90"] - own["lo90"])  # one person says little of others
    between = stats.halfnorm.ppf([0.05, 0.5, 0.95])  # the prior: nothing was learnt
    np.testing.assert_allclose([found.sd_lo90, found.sd_between, found.sd_hi90], between, rtol=0.02)


def test_five_thousand_people_find_the_group_and_come_closer_to_themselves() -> None:
    rng = np.random.default_rng(6)
    truth, se = rng.normal(0.3, 0.2, 5000), rng.uniform(0.2, 0.6, 5000)
    own = truth + se * rng.normal(size=5000)
    found = pool(summaries(own, se))
    assert found.lo90 <= 0.3 <= found.hi90 and found.hi90 - found.lo90 < 0.03
    assert abs(found.sd_between - 0.2) < 0.03 and found.sd_hi90 - found.sd_lo90 < 0.05
    covered = (found.personal["lo90"] <= truth) & (truth <= found.personal["hi90"])
    assert 0.88 < covered.mean() < 0.92
    assert np.std(found.personal["points"] - truth) < 0.6 * np.std(own - truth)


people = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.05, 2)), min_size=1, max_size=6)


def numbers(found: Pooled) -> Array:
    """All that is in points."""
    ends = [found.mean, found.lo90, found.hi90, found.new_lo90, found.new_hi90]
    return np.concatenate([ends, found.personal.to_numpy().ravel()])


@settings(max_examples=40, deadline=None)
@given(people, st.floats(-5, 5), st.floats(0.1, 50))
def test_another_zero_and_another_unit_change_nothing_else(
    group: list[tuple[float, float]], up: float, by: float
) -> None:
    y, se = (np.array(column) for column in zip(*group, strict=True))
    usual, moved = pool(summaries(y, se)), pool(summaries(by * (y + up), by * se), scale=by)
    np.testing.assert_allclose(numbers(moved) / by, numbers(usual) + up, atol=1e-4)
    assert moved.sd_between / by == pytest.approx(usual.sd_between, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(people)
def test_the_order_of_people_does_not_count(group: list[tuple[float, float]]) -> None:
    usual, other = (pool(summaries(*zip(*some, strict=True))) for some in (group, group[::-1]))
    np.testing.assert_allclose(other.personal[::-1], usual.personal, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(people)
def test_a_personal_effect_lies_between_its_own_estimate_and_the_others(group: list[tuple[float, float]]) -> None:
    found = pool(summaries(*zip(*group, strict=True)))
    own = np.array([points for points, _ in group])
    points = found.personal["points"].to_numpy()
    assert np.all(points >= own.min() - 1e-9) and np.all(points <= own.max() + 1e-9)
    assert np.all(found.personal["lo90"] < points) and np.all(points < found.personal["hi90"])
    assert found.new_hi90 - found.new_lo90 > found.hi90 - found.lo90


@pytest.mark.parametrize(
    ("group", "scale", "line"),
    [
        ([], 1.0, "nobody to pool"),
        (summaries([1.0, 0.5], [0.2, 0.0]), 1.0, "Summary 2: the standard error"),
        (summaries([1.0], [-0.1]), 1.0, "Summary 1: the standard error"),
        (summaries([1.0], [np.nan]), 1.0, "Summary 1: the standard error"),
        (summaries([1.0], [np.inf]), 1.0, "Summary 1: the standard error"),
        (summaries([np.nan], [0.1]), 1.0, "Summary 1: the effect"),
        (summaries([1.0], [0.1]), 0.0, "scale"),
        (summaries([1.0], [0.1]), np.nan, "scale"),
        ([Summary(1.0, 0.1, 90, 10.0), Summary(1.0, 0.1, 90, 1.0)], 1.0, "another exposure or unit"),
        ([Summary(1.0, 0.1, 90, 1.0), Summary(1.0, 0.1, 90, 1.0, "sleep_h")], 1.0, "another exposure or unit"),
    ],
)
def test_what_cannot_be_pooled_is_one_clear_line(group: list[Summary], scale: float, line: str) -> None:
    with pytest.raises(InputError, match=line) as raised:
        pool(group, scale)
    assert "\n" not in str(raised.value)


def test_bands_of_groups_and_persons_hold_what_they_promise_where_all_is_normal() -> None:
    rng = np.random.default_rng(12)
    group: list[bool] = []
    personal: list[bool] = []
    new: list[bool] = []
    for _ in range(300):
        mu, tau, se = rng.normal(0, 2), abs(rng.normal(0, 1)), rng.uniform(0.2, 1.0, 5)
        truth = rng.normal(mu, tau, 5)
        found = pool(summaries(rng.normal(truth, se), se))
        group.append(found.lo90 <= mu <= found.hi90)
        new.append(found.new_lo90 <= rng.normal(mu, tau) <= found.new_hi90)
        personal.extend((found.personal["lo90"] <= truth) & (truth <= found.personal["hi90"]))
    assert 0.86 < np.mean(group) < 0.94
    assert 0.86 < np.mean(new) < 0.94
    assert 0.87 < np.mean(personal) < 0.93


def test_bands_hold_what_they_promise_for_groups_of_simulated_days() -> None:
    group: list[bool] = []
    personal: list[bool] = []
    own: list[float] = []
    steadied: list[float] = []
    mu = 0.8 * simulate(np.random.default_rng(0), 30, 1.0).points_per_unit
    for number in range(16):
        rng = np.random.default_rng([8, number])
        years = [simulate(rng, 75, rng.normal(0.8, 0.4)) for _ in range(8)]
        estimates = [estimate(table_of(year), "pain", ["load"]) for year in years]
        each = [summary(found, "load", unit=1.0) for found in estimates if found is not None]
        found = pool(each, scale=2.0)
        truth = np.array([year.points_per_unit for year in years])
        group.append(found.lo90 <= mu <= found.hi90)
        personal.extend((found.personal["lo90"] <= truth) & (truth <= found.personal["hi90"]))
        own.extend([one.points for one in each] - truth)
        steadied.extend(found.personal["points"] - truth)
    assert np.mean(group) >= 0.75
    assert 0.83 <= np.mean(personal) <= 0.97
    assert np.std(steadied) < 0.85 * np.std(own)


def test_the_words_hold_the_numbers_and_say_what_it_is_about() -> None:
    found = pool([Summary(0.4, 0.1, 80, 10.0), Summary(0.2, 0.1, 90, 10.0)])
    assert found.words.startswith(
        "2 people. A day with 10 kNm·reps more load on the low back goes with 0.30 points more"
    )
    assert f"differs by about {found.sd_between:.2f}" in found.words
    sleep = pool([Summary(-0.4, 0.1, 80, 1.0, "sleep_h")]).words
    assert sleep.startswith("One person. A day with 1 h more sleep goes with 0.40 points less pain")
    rise = pool([Summary(0.4, 0.1, 80, 10.0, "rise")]).words
    assert "A week with 10 kNm·reps a day more than the three before" in rise and "on that morning" in rise
    for said in (found.words, sleep, rise):
        assert not any(word in said.lower() for word in ("damage", "safe", "diagnos", "risk", "dose", "exposure", "%"))

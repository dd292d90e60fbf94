"""The self-trial's numbers: against a plain regression, against trying every order, and as promised to people."""

import json
import math
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from backstory.cause import Variability, analyse_trial, design_trial, draw_schedule
from backstory.cause.trial_analysis import ALL_ORDERS, coins_of, possible_orders, posterior, randomisation
from backstory.cause.trial_design import TYPICAL, recommend, variability_of
from backstory.cause.trial_model import DECAY, PHI, RHO, TAU, Mornings, lag_shares, normalised, pair_courses, weigh
from test_validation import benchmark

Array = NDArray[np.float64]


def exposed(schedule: str, shares: Array) -> Array:
    """Σ k_l z_{t-l}, day by day, without any matrix."""
    z = [0.5 if letter == "A" else -0.5 for letter in schedule]
    return np.array([
        sum(share * z[day - lag] for lag, share in enumerate(shares, start=1) if day >= lag) for day in range(len(z))
    ])  # fmt: skip


def a_person(seed: int, schedule: str, points: float, missing: float = 0.2) -> Array:
    rng = np.random.default_rng(seed)
    drift, pain = 0.0, np.empty(len(schedule))
    for day in range(len(schedule)):
        drift = 0.7 * drift + rng.normal(0, 0.5)
        pain[day] = 3 + drift + rng.normal(0, 0.5)
    pain += points * exposed(schedule, np.array([0.5, 0.3, 0.2]))
    scores: Array = np.clip(np.rint(pain), 0, 10)
    scores[rng.random(len(schedule)) < missing] = np.nan
    return scores


def at_points(mornings: Mornings, g: list[int]) -> Mornings:
    """The same at some points of the grid alone."""
    square, score, information = mornings.square[g], mornings.score[g], mornings.information[g]
    return Mornings(square, score, information, mornings.log_weight[g], mornings.degrees)


@pytest.mark.parametrize(("days", "block_days"), [(84, 4), (60, 5), (57, 3)])
def test_the_pairs_add_up_to_the_schedule(days: int, block_days: int) -> None:
    schedule = draw_schedule(days, block_days, 7)
    courses = pair_courses(days, block_days, lag_shares())
    coins = coins_of(schedule, block_days)
    for row, course in zip(lag_shares(), courses, strict=True):
        assert coins @ course == pytest.approx(exposed(schedule, row))
    assert lag_shares().sum(axis=1) == pytest.approx(np.ones(len(DECAY)))


def test_the_posterior_is_that_of_a_plain_regression_when_memory_and_noise_are_known() -> None:
    """Against the joint normal-inverse-gamma posterior with b0, b1 nearly flat, computed from the covariance itself."""
    schedule = draw_schedule(84, 4, 2)
    pain = a_person(1, schedule, 1.0)
    phi, rho = PHI[3], RHO[2]
    when = np.flatnonzero(~np.isnan(pain))
    row = lag_shares()[1]
    mornings = weigh(pain, pair_courses(84, 4, row[None]))
    _, mean, scale = posterior(at_points(mornings, [3 * len(RHO) + 2]), coins_of(schedule, 4))

    gaps = np.abs(when[:, None] - when[None, :])
    V = (1 - rho) * phi**gaps + rho * np.eye(len(when))
    X = np.column_stack([np.ones(len(when)), when / 41.5 - 1, exposed(schedule, row)[when]])
    prior = np.diag([1e-9, 1e-9, 1 / TAU**2])
    A = X.T @ np.linalg.solve(V, X) + prior
    b = np.linalg.solve(A, X.T @ np.linalg.solve(V, pain[when]))
    left = pain[when] @ np.linalg.solve(V, pain[when]) - b @ A @ b
    degrees = len(when) - 2
    assert mean[0] == pytest.approx(b[2], rel=1e-6)
    assert scale[0] == pytest.approx(np.sqrt(left / degrees * np.linalg.inv(A)[2, 2]), rel=1e-5)


def test_the_grid_is_weighed_by_the_marginal_likelihood() -> None:
    """Ratios of weights against a multivariate t density with b0, b1 integrated out by a wide prior."""
    schedule = draw_schedule(60, 4, 4)
    pain = a_person(3, schedule, 0.5, missing=0.4)
    when = np.flatnonzero(~np.isnan(pain))
    mornings = weigh(pain, pair_courses(60, 4, lag_shares()))
    course = np.array([exposed(schedule, row)[when] for row in lag_shares()])
    points = [(PHI[g // len(RHO)], RHO[g % len(RHO)]) for g in (7, 21, 33)]
    weight, _, _ = posterior(at_points(mornings, [7, 21, 33]), coins_of(schedule, 4))
    logs = []
    X = np.column_stack([np.ones(len(when)), np.linspace(-1, 1, 60)[when]])
    wide = 1e7
    for (memory, noise), row in product(points, course):
        V = (1 - noise) * memory ** np.abs(when[:, None] - when[None, :]) + noise * np.eye(len(when))
        V = V + wide * X @ X.T + TAU**2 * np.outer(row, row)
        # p(s2) = 1/s2 and two flat coefficients: n - 2 degrees of freedom
        quadratic = pain[when] @ np.linalg.solve(V, pain[when])
        logs.append(-0.5 * (np.linalg.slogdet(V)[1] + (len(when) - 2) * np.log(quadratic)))
    expected = np.exp(np.array(logs) - max(logs))
    assert weight == pytest.approx(expected / expected.sum(), rel=1e-3)


def test_the_randomisation_counts_every_order_by_its_own_evidence() -> None:
    """Against trying every order one by one, written apart."""
    schedule = draw_schedule(56, 4, 9)
    pain = a_person(5, schedule, 1.2)
    when = np.flatnonzero(~np.isnan(pain))
    mornings = weigh(pain, pair_courses(56, 4, lag_shares()))
    as_strong, orders = randomisation(mornings, coins_of(schedule, 4))
    variance = mornings.square / mornings.degrees
    weight = normalised(mornings.log_weight)
    X = np.column_stack([np.ones(len(when)), np.linspace(-1, 1, 56)[when]])
    residual = np.zeros((len(when), len(when)))
    for (memory, noise), share in zip(product(PHI, RHO), weight / variance, strict=True):
        V = (1 - noise) * memory ** np.abs(when[:, None] - when[None, :]) + noise * np.eye(len(when))
        Q = np.linalg.inv(V)
        residual += share * (Q - Q @ X @ np.linalg.inv(X.T @ Q @ X) @ X.T @ Q)
    wide = TAU**2 * float(weight @ variance)

    def strength(tried: str) -> float:
        total = 0.0
        for row in lag_shares():
            s = exposed(tried, row)[when]
            u, i = float(s @ residual @ pain[when]), float(s @ residual @ s)
            total += math.exp(0.5 * u**2 * wide / (1 + wide * i)) / math.sqrt(1 + wide * i)
        return total

    every = ["".join("AAAABBBB" if first else "BBBBAAAA" for first in row) for row in product((True, False), repeat=7)]
    assert orders == len(every) == 128
    real = strength(schedule)
    assert as_strong == sum(strength(tried) >= real - 1e-9 for tried in every)


def test_possible_orders_begin_with_the_real_one_and_hold_every_one_once_while_they_are_few() -> None:
    coins = np.array([1.0, -1.0, 1.0])
    orders = possible_orders(coins)
    assert orders[0].tolist() == coins.tolist() and len({tuple(row) for row in orders}) == len(orders) == 8
    many = possible_orders(np.ones(ALL_ORDERS + 3))
    assert len(many) == 2**ALL_ORDERS and (many[0] == 1).all() and set(np.unique(many)) == {-1.0, 1.0}


def test_turning_the_arms_round_turns_the_answer_round() -> None:
    schedule = draw_schedule(84, 4, 11)
    pain = a_person(12, schedule, 2.0)
    there = analyse_trial(pain, schedule, 4)
    back = analyse_trial(pain, schedule.translate(str.maketrans("AB", "BA")), 4)
    assert (there.verdict, back.verdict) == ("worse", "better")
    assert there.points_per_morning == pytest.approx(-(back.points_per_morning or 0))
    assert (there.lo90, there.hi90) == pytest.approx((-(back.hi90 or 0), -(back.lo90 or 0)))
    assert there.as_strong == back.as_strong


def test_a_large_difference_is_found_with_the_right_sign_and_size() -> None:
    found = [analyse_trial(a_person(n, s, 2.0), s, 4) for n in range(20) for s in [draw_schedule(84, 4, n)]]
    assert sum(result.verdict == "worse" for result in found) >= 18
    assert not any(result.verdict == "better" for result in found)
    assert np.mean([result.points_per_morning or 0 for result in found]) == pytest.approx(2.0, abs=0.4)


def test_an_early_look_asks_for_more_than_the_end() -> None:
    verdicts = []
    for n in range(30):
        schedule = draw_schedule(84, 4, n)
        pain = a_person(n, schedule, 0.9)
        verdicts.append([analyse_trial(pain, schedule, 4, complete).verdict for complete in (False, True)])
    early, late = ([row[k] == "worse" for row in verdicts] for k in (0, 1))
    assert sum(early) < sum(late)
    assert not any(e and not at_end for e, at_end in zip(early, late, strict=True))


@pytest.mark.parametrize("pain", [[], [3.0] * 84, [3.0, 4.0] * 10 + [float("nan")] * 40])
def test_too_few_scores_or_all_the_same_give_no_verdict(pain: list[float]) -> None:
    result = analyse_trial(np.array(pain), draw_schedule(84, 4, 1), 4)
    assert result.verdict == "not enough data" and result.lo90 is None and result.as_strong is None
    assert result.mornings == len(pain)


def test_scores_on_a_line_do_not_break_it() -> None:
    result = analyse_trial(np.linspace(1, 9, 60), draw_schedule(84, 4, 1), 4)
    assert result.verdict == "no clear effect" and abs(result.points_per_morning or 0) < 0.01


def test_own_variability_is_found_again() -> None:
    rng = np.random.default_rng(4)
    found = []
    for _ in range(12):
        drift, pain = rng.normal(), np.empty(180)
        for day in range(180):
            drift = 0.75 * drift + rng.normal(0, np.sqrt(1 - 0.75**2))
            pain[day] = 5 + 1.5 * (np.sqrt(0.7) * drift + np.sqrt(0.3) * rng.normal())
        pain[rng.random(180) < 0.3] = np.nan
        found.append(variability_of(np.concatenate([np.full(50, 9.0), pain])))
    assert np.mean([person.sd for person in found]) == pytest.approx(1.5, abs=0.2)
    assert np.mean([person.memory for person in found]) == pytest.approx(0.75, abs=0.1)
    assert np.mean([person.noise_share for person in found]) == pytest.approx(0.3, abs=0.12)
    assert np.mean([person.missing for person in found]) == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize("pain", [np.array([]), np.full(200, 2.0), np.arange(27.0) % 5])
def test_who_has_too_few_scores_is_taken_for_a_typical_person(pain: Array) -> None:
    assert variability_of(pain) == TYPICAL


def test_the_table_is_the_same_again_and_longer_trials_find_less() -> None:
    person = Variability(sd=1.2, memory=0.7, noise_share=0.3, missing=0.1, scores=100)
    cells = design_trial(person, [8, 12, 16], [4])
    assert cells == design_trial(person, [8, 12, 16], [4])
    sizes = [cell.smallest_effect or np.inf for cell in cells]
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] > 0.5
    for cell in cells:
        assert cell.false_claims <= 0.05 + 3 * cell.false_claims_error
    twice = design_trial(Variability(2.4, 0.7, 0.3, 0.1, 100), [12], [4])[0]
    assert twice.smallest_effect == pytest.approx(2 * sizes[1])


def test_the_recommended_length_is_the_shortest_that_finds_what_is_worth_knowing() -> None:
    cells = design_trial(TYPICAL, [8, 12, 16], [4])
    eight, twelve, sixteen = (cell.smallest_effect or 0 for cell in cells)
    assert recommend(cells, 4, round(twelve, 1)) == cells[1]
    assert recommend(cells, 4, eight + 1) == cells[0]
    assert recommend(cells, 4, sixteen / 2) is None and recommend(cells, 5, 5.0) is None


def test_what_the_design_promises_is_what_trials_find() -> None:
    """Four of five trials of the smallest effect claim it, in the whole analysis; 120 trials, error 4 %."""
    promised = design_trial(Variability(1.0, 0.7, 0.4, 0.1, 90), [12], [4])[0].smallest_effect
    assert promised is not None
    rng = np.random.default_rng(6)
    hits = 0
    for n in range(120):
        schedule = draw_schedule(84, 4, n)
        drift, pain = rng.normal(), np.empty(84)
        for day in range(84):
            drift = 0.7 * drift + rng.normal(0, np.sqrt(1 - 0.7**2))
            pain[day] = np.sqrt(0.6) * drift + np.sqrt(0.4) * rng.normal()
        pain += promised * exposed(schedule, np.array([0.5, 0.3, 0.2]))
        pain[rng.random(84) < 0.1] = np.nan
        hits += analyse_trial(pain, schedule, 4).verdict == "worse"
    assert 0.66 <= hits / 120 <= 0.90


def test_false_claims_and_coverage_are_within_bounds_on_simulated_persons(capsys: pytest.CaptureFixture[str]) -> None:
    """A small run of the benchmark; bounds leave room for 150 persons' chance (binomial, one in a thousand)."""
    benchmark("trial").main(["--people", "150", "--days", "84", "--points", "0", "1", "--look-every", "14"])
    none, one = json.loads(capsys.readouterr().out)["cells"]
    worst = stats.binom.ppf(0.999, 150, 0.05) / 150
    assert none["false_claims"]["share"] <= worst
    assert none["false_claims_with_early_looks"]["share"] <= worst
    for cell in (none, one):
        low, high = stats.binom.interval(0.999, 150, 0.905)
        assert low <= 150 * cell["band_covers"]["share"] <= high
    assert one["claimed_worse"]["share"] > 0.5 and one["claimed_better"]["share"] <= 0.02
    assert one["true_points"] == pytest.approx(1.0, abs=0.02)


def test_the_benchmark_tells_missed_days_and_the_stop_rule(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--people", "6", "--days", "56", "--points", "2", "--kept", "0.9", "--block", "5", "--look-every", "0"]
    benchmark("trial").main(arguments)
    (cell,) = json.loads(capsys.readouterr().out)["cells"]
    assert cell["true_points"] == pytest.approx(1.6, abs=0.1), "one day in ten goes the other way"
    assert 0 <= cell["stop_rule_met"]["share"] <= 1 and "false_claims" not in cell

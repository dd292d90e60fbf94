"""The second simulator's truth is what its persons would really record; the naive methods find what is plain to see."""

import warnings
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_validation import benchmark

second: ModuleType = benchmark("second_simulator")
naive: ModuleType = benchmark("naive")
WARM_UP: int = second.WARM_UP


def person(seed: int, days: int = 120, points: float = 0.0, **asked: Any) -> Any:
    return second.simulate_person(np.random.default_rng(seed), days, points, **asked)


def at_floor(log: pd.DataFrame) -> float:
    return float((log["pain"] == 0).sum() / log["pain"].notna().sum())


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    days=st.integers(42, 200),
    points=st.sampled_from([0.0, 0.8, -0.5, 3.0]),
    harmless=st.integers(0, 4),
)
def test_a_log_is_one_a_person_could_keep(seed: int, days: int, points: float, harmless: int) -> None:
    simulated = person(seed, days, points, harmless=harmless, main="hinge")
    table = simulated.table
    assert list(table.columns) == ["pain", "hinge", *second.HARMLESS[:harmless]]
    assert len(table) == days and (np.diff(table.index) == np.timedelta64(1, "D")).all()
    scores = table["pain"].dropna()
    assert scores.between(0, 10).all() and (scores == scores.round()).all()
    assert (table.drop(columns="pain").fillna(0) >= 0).all(axis=None)
    assert set(simulated.true_points) == {*table.columns, "rise"} - {"pain"}
    assert np.isfinite(list(simulated.true_points.values())).all()


def test_what_does_nothing_has_a_truth_of_exactly_nothing() -> None:
    for seed in range(20):
        assert set(person(seed, harmless=4).true_points.values()) == {0.0}
        with_rise = person(seed, harmless=4, rise_points=0.4).true_points
        assert with_rise.pop("rise") > 0 and set(with_rise.values()) == {0.0}
        with_load = person(seed, points=-0.8, harmless=4).true_points
        assert with_load.pop("load") < 0 and set(with_load.values()) == {0.0}


def test_the_same_seed_is_the_same_person_whatever_is_recorded_beside() -> None:
    one, other = person(3, points=0.8), person(3, points=0.8, harmless=4)
    pd.testing.assert_frame_equal(one.table, other.table[["pain", "load"]])
    assert one.true_points["load"] == other.true_points["load"]
    assert not one.table.equals(person(4, points=0.8).table)
    unmoved = person(3, points=0.0).hidden
    np.testing.assert_array_equal(unmoved.own, one.hidden.own)


def test_other_logs_than_can_be_made_are_refused() -> None:
    with pytest.raises(ValueError, match="harmless"):
        person(0, harmless=5)
    with pytest.raises(ValueError, match="42 days"):
        person(0, days=41)


def brute_force(simulated: Any, seed: int, others: int) -> float:
    """Every day lived again, whole, with `others` loads of the person's own; least squares through the outcomes."""
    rng, hidden, load = np.random.default_rng(seed), simulated.hidden, simulated.hidden.load
    as_it_was, products, squares = hidden.scores(load), 0.0, 0.0
    for day in range(WARM_UP, len(load) - 7):
        for other in rng.choice(load[WARM_UP:], others):
            changed = load.copy()
            changed[day] = other
            gained = (hidden.scores(changed) - as_it_was)[day + 1 : day + 8].sum()
            products += (other - load[day]) * gained
            squares += (other - load[day]) ** 2
    return float(products / squares * simulated.table["load"].std())


def test_the_truth_is_what_living_the_days_again_gives() -> None:
    people = [person(seed, 90, 0.8) for seed in range(14)]
    without_flares = [one for one in people if one.hidden.response.trigger == 0][:8]
    off = [one.true_points["load"] - brute_force(one, seed, 6) for seed, one in enumerate(without_flares)]
    assert len(off) == 8 and max(map(abs, off)) < 0.12 and abs(np.mean(off)) < 0.04


def test_flares_after_heavy_days_belong_to_the_truth() -> None:
    people = [one for one in (person(seed, 90, 3.0) for seed in range(40)) if one.hidden.response.trigger > 0]
    lived = [brute_force(one, seed, 4) for seed, one in enumerate(people)]
    truth = [one.true_points["load"] for one in people]
    assert len(people) >= 8 and np.mean(truth) == pytest.approx(np.mean(lived), rel=0.06)


def test_a_person_off_the_floor_has_about_the_points_asked_for_and_one_at_the_floor_fewer() -> None:
    people = [person(seed, 200, 0.8, rise_points=0.4) for seed in range(80)]
    off = [one.true_points for one in people if at_floor(one.table) < 0.02]
    at = [one.true_points for one in people if at_floor(one.table) > 0.3]
    assert len(off) > 40 and len(at) > 8
    assert np.mean([points["load"] for points in off]) == pytest.approx(0.8, rel=0.12)
    assert np.mean([points["rise"] for points in off]) == pytest.approx(0.4, rel=0.15)
    assert np.mean([points["load"] for points in at]) < 0.65


def scores_in_the_morning(one: Any) -> bool:
    return bool((one.hidden.evening == 0).all())


def test_pain_as_it_is_lived_is_pain_as_it_is_lived_again() -> None:
    people = [person(seed, 200, 2.0, rise_points=0.5) for seed in range(20)]
    mornings = [one for one in people if scores_in_the_morning(one)]
    for one in mornings:
        hidden, load = one.hidden, one.hidden.load
        choice = [load.tolist()], [hidden.response.bent(load).tolist()]
        lived = list(second._living(hidden, [0] * len(load), *choice))
        np.testing.assert_allclose(lived, hidden.felt_score(load) - hidden.noise, atol=1e-9)
    assert len(mornings) > 5


def test_an_evening_score_holds_some_of_the_day_before() -> None:
    people = [person(seed) for seed in range(30)]
    evening = [one.hidden for one in people if (one.hidden.evening > 0).all()]
    mixed = [one.hidden for one in people if 0 < (one.hidden.evening > 0).mean() < 1]
    assert evening and mixed
    for hidden in evening:
        worse = hidden.own.copy()
        worse[60] += 5.0
        change = replace(hidden, own=worse).felt_score(hidden.load) - hidden.felt_score(hidden.load)
        assert change[60] + change[61] == pytest.approx(5.0) and change[61] == pytest.approx(5 * hidden.evening[61])
        assert 0.2 <= change[61] / 5 <= 0.5 and not change[62:].any()


def test_hidden_stress_makes_nights_short_and_mornings_bad_though_sleep_does_nothing() -> None:
    people = [person(seed, 200, harmless=4, strength=(0.5, 0.5)) for seed in range(80)]
    together = [one.table["sleep_h"].corr(one.table["pain"].shift(-1)) for one in people]
    assert np.mean(together) < -4 * np.std(together) / np.sqrt(len(people))
    unstressed = [person(seed, 200, harmless=4, strength=(0.0, 0.0)).table for seed in range(80)]
    apart = [table["sleep_h"].corr(table["pain"].shift(-1)) for table in unstressed]
    assert abs(np.mean(apart)) < 3 * np.std(apart) / np.sqrt(len(unstressed))
    beside = [one.table["load"].corr(one.table["steps"]) for one in people]
    assert 0.5 < np.mean(beside) < 0.8 and min(beside) > 0.3


def test_bad_mornings_make_training_lighter() -> None:
    shares = []
    for seed in range(60):
        one = person(seed, 365)
        load, over = one.hidden.load[WARM_UP:], (one.hidden.own - one.hidden.level)[WARM_UP:]
        shares.append(load[over > 1.5].mean() / load[over < 0.5].mean() if (over > 1.5).sum() > 10 else np.nan)
    assert np.nanmean(shares) < 0.85


def test_scores_are_missing_more_on_rest_days_and_for_weeks_and_some_loads_are_not_known() -> None:
    tables = [person(seed, 365).table for seed in range(60)]
    rest = np.mean([table["pain"].isna()[table["load"] == 0].mean() for table in tables])
    training = np.mean([table["pain"].isna()[table["load"] > 0].mean() for table in tables])
    assert rest > 1.2 * training
    assert sum(bool(table["pain"].isna().rolling(7).sum().eq(7).any()) for table in tables) > 15
    unknown = [table["load"].isna().mean() for table in tables]
    assert min(unknown) == 0 and 0.01 < np.mean(unknown) < 0.15


@given(st.lists(st.floats(0, 100), min_size=30, max_size=60))
def test_the_rise_compares_a_week_with_the_three_before(load: list[float]) -> None:
    days = np.array(load)
    rise = second.rise_over_usual(days)
    for morning in range(28, len(days)):
        over = days[morning - 7 : morning].mean() - days[morning - 28 : morning - 7].mean()
        assert rise[morning] == pytest.approx(max(over, 0.0), abs=1e-9)


def plain_to_see(sign: float, missing: float = 0.0) -> pd.DataFrame:
    """300 days; load comes in waves, and 1, 2 and 3 mornings later pain follows it by 0.5 points a unit each."""
    rng = np.random.default_rng(5)
    load = np.zeros(303)
    for day in range(1, 303):
        load[day] = 0.9 * load[day - 1] + rng.normal(0, 0.5)
    pain = 5 + sign * 0.5 * (load[2:-1] + load[1:-2] + load[:-3]) + rng.normal(0, 0.3, 300)
    table = pd.DataFrame({"pain": pain, "hinge": load[3:] + 4}, index=pd.date_range("2025-01-01", periods=300))
    return table.mask(rng.random(table.shape) < missing)


@pytest.mark.parametrize("method", naive.NAIVE, ids=lambda method: str(method.__name__))
@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_every_method_finds_what_is_plain_to_see(method: Any, missing: float) -> None:
    assert method(plain_to_see(1.0, missing)).claimed == "worse"
    assert method(plain_to_see(-1.0, missing)).claimed == "better"


@pytest.mark.parametrize("method", naive.NAIVE, ids=lambda method: str(method.__name__))
def test_columns_after_the_load_are_not_looked_at(method: Any) -> None:
    table = plain_to_see(1.0)
    assert repr(method(table.assign(sleep_h=table["pain"]))) == repr(method(table))


@pytest.mark.parametrize("method", [naive.lag_regression, naive.lag_regression_past_pain])
def test_points_of_a_regression_are_those_of_seven_mornings(method: Any) -> None:
    table = plain_to_see(1.0)
    assert method(table).points == pytest.approx(1.5 * table["hinge"].std(), rel=0.1)


@pytest.mark.parametrize("method", naive.NAIVE, ids=lambda method: str(method.__name__))
def test_too_little_is_no_claim(method: Any) -> None:
    table = plain_to_see(1.0)
    few, unknown, steady, unmoved = (
        table.head(9),
        table.assign(pain=np.nan),
        table.assign(hinge=3.0),
        table.assign(pain=2.0),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for nothing in (few, unknown, steady, unmoved, table.assign(hinge=0.0)):
            assert method(nothing).claimed is None


def test_the_obvious_analyses_are_wrong_about_persons_whom_training_does_nothing() -> None:
    tables = [person(seed, 365).table for seed in range(60)]
    for method in naive.NAIVE[:4]:
        assert np.mean([method(table).claimed is not None for table in tables]) > 0.12

"""Each check passes where it should and fails where it should."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from backstory.cause import CHECKS, Check, explain
from backstory.cause.checks import ljung_box
from backstory.cause.simulate import simulate


def days(points: float = 2.0, length: int = 240, seed: int = 5) -> pd.DataFrame:
    year = simulate(np.random.default_rng(seed), length, points)
    return pd.DataFrame(
        {"pain": year.pain, "load": year.load}, index=pd.date_range("2026-01-05", periods=length, name="date")
    )


def checks(table: pd.DataFrame, **known: object) -> dict[str, Check]:
    return {check.name: check for check in explain(table, weekly=False, **known).checks}  # type: ignore[arg-type]


def dates(table: pd.DataFrame, chosen: np.ndarray) -> frozenset[object]:
    return frozenset(moment.date() for moment in table.index[chosen])


def test_every_check_gives_one_named_sentence() -> None:
    found = explain(days()).checks
    assert len({check.name for check in found}) == len(found) == len(CHECKS)
    assert all(check.text.endswith(".") and check.text.count("\n") == 0 for check in found)


def test_a_real_effect_passes_them_all() -> None:
    table = days()
    powers = {"load^2": table["load"] ** 2, "load^4": table["load"] ** 4}
    found = checks(table, variants=powers)
    assert {name for name, check in found.items() if check.passed is False} == set()
    assert {name for name, check in found.items() if check.passed is None} == {"unknown loads"}


def test_what_shakes_an_effect_does_not_apply_without_one() -> None:
    found = checks(days(points=0.0))
    shaking = {"future training", "shifted in time", "heavy counts more", "unknown loads", "one week"}
    assert {name for name, check in found.items() if check.passed is None} == shaking


def test_thin_days_are_said() -> None:
    table = days(points=0.0)
    every_fifth = np.arange(len(table)) % 5 == 0
    thin = table.assign(pain=table["pain"].where(every_fifth), load=table["load"].where(table["load"] > 0))
    found = checks(thin)
    assert [found[name].passed for name in ("mornings scored", "training known", "enough contrast")] == [False] * 3


def test_an_effect_of_what_comes_later_is_refused() -> None:
    """Pain that follows the load of yesterday and of two weeks ahead alike cannot come from training alone."""
    rng = np.random.default_rng(3)
    load = rng.random(260) * (rng.random(260) < 0.4)
    pain = 3 + 2 * load[12:-14] + 2 * load[26:] + rng.normal(0, 0.5, 234)
    table = pd.DataFrame({"pain": pain.clip(0, 10), "load": load[13:-13]}, index=days(length=234).index)
    assert explain(table, weekly=False).verdict == "worse"
    assert checks(table)["future training"].passed is False


def test_an_effect_that_shifted_training_shows_as_well_is_refused() -> None:
    """Who trains on the same weekdays for ever, and hurts on the same weekdays, shows no more than a habit."""
    table, rng = days(), np.random.default_rng(4)
    monday = np.arange(len(table)) % 7 == 0
    trained = np.where(monday, rng.permutation(1 + 0.3 * rng.random(len(table))), 0.0)
    waves = table.assign(load=trained, pain=3.0 + 2 * np.roll(monday, 1) + rng.integers(0, 2, len(table)))
    answer = explain(waves, weekly=False)
    assert answer.verdict == "worse"
    assert {check.name: check.passed for check in answer.checks}["shifted in time"] is False


def test_an_effect_that_only_one_way_of_reckoning_shows_is_refused() -> None:
    table = days()
    other = pd.Series(np.random.default_rng(1).permutation(table["load"].to_numpy()), table.index)
    assert checks(table, variants={"load^2": other})["heavy counts more"].passed is False
    assert checks(table, variants={"load known sets only": other})["unknown loads"].passed is False


def test_an_effect_that_late_scores_carry_is_refused() -> None:
    table = days(points=0.0)
    late = np.arange(len(table)) % 3 == 0
    believed = np.clip(2 + 5 * (table["load"].shift(1).to_numpy() > 0), 0, 10)
    table["pain"] = np.where(late, believed, table["pain"])
    assert explain(table, weekly=False).verdict == "worse"
    assert checks(table, recalled=dates(table, late))["given in time"].passed is False
    assert checks(table, evening=dates(table, late))["one time of day"].passed is False


def test_a_few_late_scores_that_change_nothing_pass() -> None:
    table = days()
    late = np.arange(len(table)) % 9 == 0
    found = checks(table, recalled=dates(table, late), evening=dates(table, late))
    assert found["given in time"].passed and found["one time of day"].passed


def test_an_effect_that_one_week_carries_is_refused() -> None:
    table = days(points=0.0, length=120, seed=2)
    week = (table.index >= "2026-03-02") & (table.index < "2026-03-09")
    table["load"] = table["load"].where(~week, [4, 0, 4, 0, 4, 0, 0][0] * (np.arange(len(table)) % 2))
    jump = np.roll(week & (table["load"].to_numpy() > 0), 1)
    table["pain"] = np.where(jump, 10, table["pain"].fillna(3).clip(2, 4))
    answer = explain(table, weekly=False)
    assert answer.verdict == "worse"
    one_week = {check.name: check for check in answer.checks}["one week"]
    assert one_week.passed is False and "March 2026" in one_week.text


def test_a_memory_that_the_model_does_not_know_is_said() -> None:
    table = days(points=0.0, length=365)
    fortnight = 3 * np.sin(np.arange(365) * 2 * np.pi / 5)
    assert checks(table)["nothing left over"].passed is True
    assert checks(table.assign(pain=(table["pain"] + fortnight).clip(0, 10)))["nothing left over"].passed is False


def test_ljung_box_is_the_published_statistic() -> None:
    """By hand from the formula of 1978, and uniform on series without memory."""
    z = np.array([1.0, 2.0, 0.5, -1.0, 0.0, 1.5, -0.5, -2.0])
    c = z - z.mean()
    r = [sum(c[t] * c[t - lag] for t in range(lag, 8)) / sum(c**2) for lag in (1, 2)]
    statistic = 8 * 10 * (r[0] ** 2 / 7 + r[1] ** 2 / 6)
    assert ljung_box(z, 2) == pytest.approx(np.exp(-statistic / 2))
    rng = np.random.default_rng(3)
    shares = [ljung_box(rng.normal(size=200), 7) for _ in range(200)]
    assert stats.kstest(shares, "uniform").pvalue > 0.001


@pytest.mark.parametrize("change", [lambda t: t.iloc[:20], lambda t: t.assign(pain=np.nan)])
def test_too_few_days_have_nothing_to_check(change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    found = explain(change(days())).checks
    assert not [check for check in found if check.name == "one week" and check.passed is not None]

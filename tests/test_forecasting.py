"""What could be found by when: against simulated people, one by one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.cause import explain, forecasting, grid
from backstory.cause.forecasting import DAYS, SIZES, Chance, chances, people, tell_chances, variability_so_far
from backstory.cause.simulate import simulate
from backstory.cause.trial_design import TYPICAL, Variability
from backstory.cause.verdicts import threshold


def table(pain: object, load: object, days: int = 60) -> pd.DataFrame:
    return pd.DataFrame({"pain": pain, "load": load}, index=pd.date_range("2026-01-05", periods=days)).astype(float)


def by_size(rows: list[Chance]) -> dict[tuple[str, int], float]:
    return {(row.size, row.day): row.chance for row in rows}


NOTHING_KNOWN = table(np.nan, np.nan)


def test_who_has_recorded_nothing_gets_a_typical_persons_chances() -> None:
    rows = chances(NOTHING_KNOWN, "pain", "load")
    assert [(row.size, row.day) for row in rows] == [(size, day) for size in SIZES for day in DAYS]
    assert {row.own_scores for row in rows} == {0}
    assert rows == chances(NOTHING_KNOWN, "pain", "load"), "the same days give the same chances"


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 90), st.floats(0.3, 3), st.integers(1, 6), st.integers(0, 1000))
def test_later_and_larger_is_never_less_likely(scored: int, sd: float, days_a_week: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pain = np.where(np.arange(90) < scored, np.clip(rng.normal(4, sd, 90), 0, 10), np.nan)
    load = np.where(np.arange(90) % 7 < days_a_week, rng.lognormal(0, 0.3, 90), 0.0)
    chance = by_size(chances(table(pain, load, 90), "pain", "load"))
    assert all(0 <= value <= 1 for value in chance.values())
    for size in SIZES:
        assert chance[size, 30] <= chance[size, 90] <= chance[size, 180]
    for day in DAYS:
        assert chance["small", day] <= chance["middling", day] + 0.02 <= chance["large", day] + 0.04


@pytest.mark.parametrize(("size", "day"), [("small", 90), ("small", 180), ("middling", 90)])
def test_the_chances_are_those_of_simulated_people(size: str, day: int) -> None:
    """Another simulator's people, whose training reacts to pain, answered one by one. 70 of them: +- 0.06 and less."""
    said = by_size(chances(NOTHING_KNOWN, "pain", "load"))[size, day]
    found = 0
    for seed in range(70):
        year = simulate(np.random.default_rng([seed, day]), day, 3 * SIZES[size])
        found += explain(table(year.pain, year.load, day)).verdict == "worse"
    assert found / 70 == pytest.approx(said, abs=0.15)


def test_the_formula_is_what_the_estimators_test_does_with_drawn_mornings() -> None:
    """Persons drawn morning by morning, and tested at the memory and noise that they have. 200 of them: +- 0.035."""
    person, days = Variability(1.0, 0.72, 0.35, 0.0, 0), 80
    rng = np.random.default_rng(4)
    size = forecasting.BEFORE + days
    load = np.where(np.arange(size) % 7 % 2 == 0, rng.lognormal(0, 0.3, size), 0.0)
    scored = np.arange(size) >= forecasting.BEFORE
    (said, *_) = forecasting._found(load, scored, person, weekly=True)
    x = (load - load.mean()) / load.std(ddof=1)
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    factor = np.linalg.cholesky(0.65 * 0.72**apart + 0.35 * np.eye(size))
    effect = np.convolve(x, [0, 0.5, 0.3, 0.2])[:size] * 3 * SIZES["small"]
    near = (grid.POINTS[0] == 0.72) & (grid.POINTS[1] == 0.35)
    claims = []
    for _ in range(200):
        pain = np.where(scored, effect + factor @ rng.normal(size=size), np.nan)
        above, _ = grid.fit(pain, x[:, None], None, near).test.if_none(0)
        claims.append(above < threshold(1, days, weekly=True))
    assert np.mean(claims) == pytest.approx(said, abs=0.09)
    assert 0.2 < said < 0.9, "a chance at which a difference would show"


def test_restless_mornings_make_it_harder() -> None:
    calm, restless = (
        by_size(chances(table(np.clip(np.random.default_rng(2).normal(5, sd, 60), 0, 10), np.nan), "pain", "load"))
        for sd in (0.5, 2.0)
    )
    assert all(calm[size, 180] > restless[size, 180] for size in ("small", "middling"))


def test_the_first_look_must_be_reached() -> None:
    """28 scores in 30 days: not for who scores four of five mornings, nor for who trains once a week."""
    every_morning = np.clip(np.random.default_rng(2).normal(5, 1, 200), 0, 10)
    often, seldom = np.arange(200) % 7 % 2 == 0, np.arange(200) % 7 == 0
    assert by_size(chances(NOTHING_KNOWN, "pain", "load"))["large", 30] == 0
    assert by_size(chances(table(every_morning, often, 200), "pain", "load"))["large", 30] > 0.2
    assert by_size(chances(table(every_morning, seldom, 200), "pain", "load"))["large", 30] == 0


def test_looking_once_finds_more_than_looking_weekly() -> None:
    once, weekly = (by_size(chances(NOTHING_KNOWN, "pain", "load", weekly=weekly)) for weekly in (False, True))
    assert once["small", 90] > weekly["small", 90]


def test_a_routine_that_never_varies_cannot_be_repeated() -> None:
    """Nothing to compare with: a typical routine stands in."""
    assert by_size(chances(table(np.nan, 3.0), "pain", "load")) == by_size(chances(NOTHING_KNOWN, "pain", "load"))


@pytest.mark.parametrize("count", [0, 2, 3, 10, 28, 300])
def test_own_scores_count_by_their_number(count: int) -> None:
    pain = np.full(400, np.nan)
    pain[20 : 20 + count] = np.random.default_rng(1).normal(5, 3.0, count)
    found = variability_so_far(pain)
    if count < 3:
        assert found == TYPICAL
        return
    assert found.scores == count and found.missing == pytest.approx(TYPICAL.missing * 28 / (count + 28))
    own = (found.sd**2 - TYPICAL.sd**2 * 28 / (count + 28)) * (count + 28) / count
    assert found.sd > TYPICAL.sd and own > 1
    if count == 300:
        assert found.sd == pytest.approx(np.nanstd(pain), abs=0.2) and found.memory < 0.5


def test_chances_are_told_in_people() -> None:
    rows = [
        Chance("small", 0.3, 30, 0.02, 12), Chance("small", 0.3, 90, 0.23, 12), Chance("small", 0.3, 180, 0.57, 12),
        Chance("large", 1.0, 30, 0.31, 12), Chance("large", 1.0, 90, 0.96, 12), Chance("large", 1.0, 180, 1.0, 12),
    ]  # fmt: skip
    assert tell_chances(rows, "load_hinge") == [
        "What could be found by when, in ten people like you (going by your 12 scores and, as these are few, by what "
        "is typical); days count from the first score, and the first look takes 28 scores.",
        "If days with more hinging brought 0.3 points a morning for three mornings, Backstory would see it in hardly "
        "anybody by day 30, in 2 of 10 by day 90 and in 6 of 10 by day 180.",
        "With 1.0 points: in 3 of 10 by day 30 and in nearly everybody by day 90.",
    ]


@given(st.floats(0, 1))
def test_people_are_never_certain(chance: float) -> None:
    assert people(chance) not in ("0 of 10", "10 of 10")

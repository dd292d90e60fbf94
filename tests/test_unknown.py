"""Loads that are not known: what is expected of them, what pain tells of them, and that the truth is found."""

import numpy as np
import pandas as pd
import pytest

from backstory.cause import design, explain, grid, unknown
from backstory.cause.simulate import simulate


def test_a_weekday_tells_what_to_expect() -> None:
    weekday = np.arange(140) % 7
    truth = np.where(weekday == 2, 3.0, 0.0)
    scores = design.standard_scores(truth[:, None])
    holes = scores.copy()
    holes[14:21] = np.nan
    filled, left = design.expected(holes, weekday)
    np.testing.assert_allclose(filled[14:21], scores[14:21], atol=0.15)
    assert left[0] < 0.2
    assert not np.isnan(filled).any()


def test_another_column_of_the_day_tells_it_too() -> None:
    rng = np.random.default_rng(2)
    steps = rng.normal(size=200)
    scores = np.column_stack([0.9 * steps + 0.1 * rng.normal(size=200), steps])
    holes = scores.copy()
    holes[50:60, 0] = np.nan
    filled, _ = design.expected(holes, np.arange(200) % 7)
    assert np.corrcoef(filled[50:60, 0], scores[50:60, 0])[0, 1] > 0.9


def test_known_loads_stay_as_they_are() -> None:
    rng = np.random.default_rng(2)
    scores = rng.normal(size=(60, 2))
    scores[5, 0] = np.nan
    filled, _ = design.expected(scores, np.arange(60) % 7)
    assert np.array_equal(filled[~np.isnan(scores)], scores[~np.isnan(scores)])


def test_pain_tells_of_an_unknown_load() -> None:
    """With a large effect and little noise, the drawn score lies near the true one, and not at what was expected."""
    rng = np.random.default_rng(9)
    x = rng.normal(size=150)
    y = 2.0 * np.roll(x, 1) + 0.05 * rng.normal(size=150)
    y = (y - y.mean()) / y.std()
    expected = x[:, None].copy()
    expected[70] = 0.0
    posterior = grid.fit(y, x[:, None])
    cells = unknown.Unknown(np.array([70]), np.array([0]), np.array([1.0]))
    drawn = [unknown.drawn(y, expected, cells, posterior, rng)[70, 0] for _ in range(20)]
    assert np.mean(drawn) == pytest.approx(x[70], abs=0.2)


def test_only_days_that_a_scored_morning_follows_matter() -> None:
    scores = np.zeros((30, 1))
    scores[[3, 20]] = np.nan
    scored = np.zeros(30, dtype=bool)
    scored[[5, 6]] = True
    cells = unknown.unknown_cells(scores, np.ones(1), scored)
    assert cells is not None and cells.day.tolist() == [3]
    assert unknown.unknown_cells(np.zeros((30, 1)), np.ones(1), scored) is None


def test_unknown_training_days_keep_the_effect_and_widen_its_band() -> None:
    year = simulate(np.random.default_rng(11), 365, 1.5)
    index = pd.date_range("2026-01-05", periods=365)
    whole = pd.DataFrame({"pain": year.pain, "load": year.load}, index=index)
    holes = whole.assign(load=whole["load"].mask(np.random.default_rng(1).random(365) < 0.3))
    with_all, with_holes = explain(whole).effects.iloc[0], explain(holes).effects.iloc[0]
    assert with_holes["lo90"] < year.true_points < with_holes["hi90"]
    assert with_holes["hi90"] - with_holes["lo90"] > with_all["hi90"] - with_all["lo90"]


def test_the_same_days_give_the_same_answer() -> None:
    year = simulate(np.random.default_rng(11), 120, 1.0)
    days = pd.DataFrame({"pain": year.pain, "load": year.load}, index=pd.date_range("2026-01-05", periods=120))
    days.loc[days.index[30:40], "load"] = np.nan
    assert explain(days).effects.equals(explain(days).effects)

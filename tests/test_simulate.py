"""The simulated persons are what they are said to be."""

import numpy as np
import pytest

from backstory.cause.simulate import LAG_SHAPE, simulate


def test_the_truth_is_the_effect_of_a_day_one_standard_deviation_up() -> None:
    with_effect = simulate(np.random.default_rng(1), 4000, points=1.5)
    assert with_effect.true_points == pytest.approx(1.5, rel=0.1)
    assert with_effect.points_per_unit * with_effect.load.std(ddof=1) == pytest.approx(with_effect.true_points)
    assert sum(LAG_SHAPE) == pytest.approx(1)


def test_training_reacts_to_pain_and_scores_are_rounded_and_missing() -> None:
    years = [simulate(np.random.default_rng(n), 700) for n in range(20)]
    pain, load = (np.concatenate([getattr(year, name) for year in years]) for name in ("pain", "load"))
    planned = np.tile(np.isin(np.arange(700) % 7, (0, 2, 4)), 20)
    assert np.isnan(pain).mean() == pytest.approx(0.2, abs=0.02)
    assert set(np.unique(pain[~np.isnan(pain)])) <= set(range(11))
    assert (load[planned & (pain >= 5)] > 0).mean() < (load[planned & (pain <= 2)] > 0).mean() - 0.1
    assert not load[~planned].any()

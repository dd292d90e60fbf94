"""What is still possible, and how long it may take to know."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.cause import UNCLEAR
from backstory.cause.finding import Finding
from backstory.cause.open_questions import OPEN, Pace, Standing, pace_of, weeks_left
from backstory.cause.sentences import brief
from backstory.cause.wording import at_most

PACE = Pace(scored=60, a_week=6.0, standard_errors=2.3)


@given(st.floats(0, 5))
def test_a_limit_is_never_rounded_down(value: float) -> None:
    assert value - 1e-6 <= at_most(value) < value + 0.1


def test_weeks_are_those_after_which_half_of_the_people_know() -> None:
    """Against estimates that are drawn, and held to band and threshold one by one."""
    low, high, rng = -0.4, 0.9, np.random.default_rng(3)
    weeks = weeks_left(low, high, PACE)
    assert weeks is not None and 2 < weeks < 40
    known = []
    for week in (weeks - 1, weeks):
        error = (high - low) / 2 / 1.645
        later = error * np.sqrt(60 / (60 + 6 * week))
        x = np.abs(rng.normal((low + high) / 2, np.sqrt(error**2 - later**2), 200_000))
        found, nothing = x > 2.3 * later, (x + 1.645 * later < 0.5) & (x < 1.645 * later)
        known.append(np.mean(found | nothing))
    assert known[0] < 0.51 and known[1] > 0.49


def test_more_scores_a_week_take_fewer_weeks_and_a_wide_band_takes_too_long() -> None:
    quick, slow = (weeks_left(-0.4, 0.9, replace(PACE, a_week=rate)) for rate in (7.0, 4.0))
    assert quick is not None and slow is not None and quick < slow
    assert weeks_left(-6.0, 6.0, PACE) is None
    text = brief([(Finding("sleep_h", UNCLEAR, "x", 0.0, -6.0, 6.0), Standing(OPEN, 6.0, 6.0))])
    assert text.endswith("or up to 6.0 less; that takes more than a year of scores.")


def test_what_takes_equally_long_is_told_together() -> None:
    wide = Standing(OPEN, 0.8, 0.61, None)
    group = [(Finding("load_pull", UNCLEAR), wide), (Finding("load_squat", UNCLEAR), Standing(OPEN, 1.0, 0.0, None))]
    alone = (Finding("sleep_h", UNCLEAR), Standing(OPEN, 0.7, 0.2, 6))
    assert brief([group[0], alone, group[1]]) == (
        "Still open, in points a morning: pulling (0.7 less to 0.8 more) and squatting (up to 1.0 more); that takes "
        "more than a year of scores. Sleep: still open, up to 0.7 a morning more pain is possible (more than 0.2 less "
        "is unlikely); about 6 more weeks."
    )


def test_the_pace_is_the_persons_own() -> None:
    pain = pd.Series([1.0, np.nan, 2.0, 3.0] * 7, pd.date_range("2026-01-05", periods=28))
    one, three = (pace_of(pain, questions, weekly=True) for questions in (1, 3))
    assert one.scored == 21 and one.a_week == pytest.approx(7 * 21 / 28)
    assert three.standard_errors > one.standard_errors

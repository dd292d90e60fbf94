"""A flare, a back that has not settled, short nights: what a plan must know of these days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.plan.state import (
    SessionPain,
    flare,
    further_down,
    getting_worse,
    not_settled,
    short_nights,
)

TODAY = date(2026, 11, 20)


def days(*scores: float, end: date = TODAY) -> dict[date, float]:
    """Scores of days in a row, the last one on `end`."""
    return {end - timedelta(days=len(scores) - 1 - n): score for n, score in enumerate(scores)}


def test_two_days_two_points_above_two_weeks_are_a_flare_and_one_is_not() -> None:
    assert flare(days(*[1.0] * 14, 3.0, 1.0), (), TODAY) is None
    found = flare(days(*[1.0] * 14, 3.0, 4.0), (), TODAY)
    assert found is not None and found.easy and found.share == 0.5 and found.since == TODAY - timedelta(days=1)


def test_the_load_comes_back_with_each_calm_session_and_the_flare_ends() -> None:
    worst = days(*[1.0] * 14, 4.0, 4.0, *[1.0] * 12)
    trained = [TODAY - timedelta(days=n) for n in (1, 3, 5)]
    coming_back = flare(worst, trained, TODAY)
    assert coming_back is not None and not coming_back.easy and coming_back.share == pytest.approx(0.8)
    assert flare(worst, [TODAY - timedelta(days=n) for n in range(0, 10, 2)], TODAY) is None


def test_a_calm_session_is_one_with_pain_as_usual_even_where_that_is_above_two() -> None:
    worst = days(*[3.0] * 14, 6.0, 6.0, *[3.0] * 12)
    trained = [TODAY - timedelta(days=n) for n in (1, 3, 5)]
    coming_back = flare(worst, trained, TODAY)
    assert coming_back is not None and coming_back.share == pytest.approx(0.8)
    worse = flare(worst | {TODAY - timedelta(days=3): 5.0}, trained, TODAY)
    assert worse is not None and worse.share == pytest.approx(0.7)


def test_a_flare_began_on_the_first_day_of_the_rise() -> None:
    found = flare(days(*[1.0] * 14, 4.0, 5.0, 5.0), (), TODAY)
    assert found is not None and found.since == TODAY - timedelta(days=2)


@given(st.lists(st.floats(0, 10), min_size=0, max_size=40))
def test_scores_that_never_rise_are_no_flare(scores: list[float]) -> None:
    assert flare(days(*sorted(scores, reverse=True)), (), TODAY) is None


def test_the_morning_after_tells_whether_the_back_has_settled() -> None:
    last = TODAY - timedelta(days=1)
    usual = days(2.0, 2.0, 2.0, 2.0, end=last)
    assert not_settled({**usual, TODAY: 4.0}, (), [last])
    calm = days(0.0, 0.0, 0.0, 0.0, end=last)
    assert not not_settled({**calm, TODAY: 2.0}, (), [last]), "2 of 10 is calm, whatever is usual"
    assert not not_settled({**usual, TODAY: 3.0}, (), [last])
    assert not not_settled(usual, (), [last]), "a morning that was not scored says nothing"
    assert not not_settled({**usual, TODAY: 9.0}, (), ())


def test_pain_above_five_in_the_last_session_asks_for_less_too() -> None:
    assert not_settled({}, [SessionPain(TODAY, during=6.0)], [TODAY])
    assert not not_settled({}, [SessionPain(TODAY, during=5.0)], [TODAY])


def test_leg_symptoms_that_came_with_the_last_session_are_seen() -> None:
    before = SessionPain(TODAY - timedelta(days=3), leg_before=False, leg_after=True)
    assert further_down([before])
    assert not further_down([before, SessionPain(TODAY, leg_before=False, leg_after=False)])
    assert not further_down([SessionPain(TODAY, leg_before=True, leg_after=True)])


def test_three_short_or_poor_nights_of_seven_count_and_unknown_ones_do_not() -> None:
    assert short_nights(days(6.0, 6.5), {TODAY - timedelta(days=3): 2.0}, TODAY)
    assert not short_nights(days(6.0, 6.5), {}, TODAY)
    assert not short_nights(days(5.0, 5.0, 5.0, end=TODAY - timedelta(days=7)), {}, TODAY)


def test_two_weeks_two_points_up_or_two_red_sessions_in_a_week_ask_for_a_look() -> None:
    assert getting_worse(days(*[1.0] * 14, *[3.0] * 14), (), TODAY)
    assert not getting_worse(days(*[1.0] * 14, *[2.5] * 14), (), TODAY)
    assert not getting_worse(days(*[3.0] * 14), (), TODAY)
    red = [SessionPain(TODAY - timedelta(days=n), during=7.0) for n in (1, 4)]
    assert getting_worse({}, red, TODAY) and not getting_worse({}, red[:1], TODAY)

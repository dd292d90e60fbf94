"""A look back's arithmetic: days, usual weeks, news, jumps, rest days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.load import Weighed, pauses
from backstory.load.daily import Daily, by_day
from backstory.load.firsts import firsts, tops
from backstory.load.look_back import balances, news, resting, session_jumps, usual_weeks, week_jumps, weekly
from backstory.questions import load_rules
from look_back_logs import MONDAY, SQUAT, TWO_WEEKS, activity, daily_of, lifted


def three_a_week(weeks: int, load: float = 5.0) -> list[Weighed]:
    return [lifted(7 * week + day, load) for week in range(weeks) for day in (0, 2, 4)]


def test_days_between_two_sessions_are_rest_days_and_longer_gaps_are_not_known() -> None:
    daily = daily_of([lifted(0), lifted(14), lifted(29)])
    load = daily.columns["load"]
    assert load[0] == 5 and (load[1:14] == 0).all()
    assert np.isnan(load[15:29]).all(), "a gap of more than two weeks is not known"
    assert daily.covered.sum() == 16


def test_a_load_that_is_not_known_makes_its_day_and_week_not_known() -> None:
    daily = daily_of([*three_a_week(5), lifted(36, None), lifted(41)])
    assert np.isnan(daily.columns["load"][36]) and daily.columns["sets"][36] == 2
    assert np.isnan(weekly(daily, "load")[MONDAY + timedelta(weeks=5)])
    assert weekly(daily, "sets")[MONDAY + timedelta(weeks=5)] == 4


def test_runs_and_lifting_are_known_each_by_their_own_sessions() -> None:
    daily = daily_of([activity(0), *(lifted(day) for day in range(1, 40, 3))])
    assert not np.isnan(daily.columns["load"][20])
    assert np.isnan(daily.columns["minutes"][20]), "runs were written down once: nobody knows of the others"


def test_a_few_minutes_beside_the_sets_are_a_warm_up_and_no_activity() -> None:
    def rowed(day: int, minutes: float) -> Weighed:
        item = lifted(day)
        loads = replace(item.sets, minutes=np.array([minutes, 0.0]))
        return replace(item, sets=loads, load=replace(item.load, other_training=5 * minutes))

    daily = daily_of([rowed(0, 2.0), rowed(3, 12.0), rowed(6, 12.0)])
    assert np.isnan(daily.columns["minutes"][0])
    assert daily.columns["minutes"][3] == 12 and daily.columns["effort_minutes"][3] == 60


@given(st.lists(st.floats(0.1, 50), min_size=8, max_size=30))
def test_the_usual_range_holds_the_middle_of_ones_own_weeks(loads: list[float]) -> None:
    log = [lifted(7 * n, load) for n, load in enumerate(loads)]
    found = {one.what: one for one in usual_weeks(daily_of([*log, lifted(7 * len(loads) - 1, 0.001)]))}
    usual = found["load"]
    inside = [load for load in loads[-26:] if usual.low - 0.002 <= load <= usual.high + 0.002]
    assert len(inside) >= 0.8 * usual.weeks
    assert usual.low <= usual.middle <= usual.high
    assert found["sessions"].low == found["sessions"].middle == 1
    assert usual.weeks == min(26, len(loads))


def test_a_usual_range_takes_four_whole_weeks_and_a_measure_that_the_log_holds() -> None:
    assert usual_weeks(daily_of([*three_a_week(3), lifted(20)])) == []
    assert [one.what for one in usual_weeks(daily_of([*three_a_week(4), lifted(27)]))] == ["load", "sets", "sessions"]


def test_a_half_week_at_either_end_is_no_week() -> None:
    daily = daily_of([lifted(day) for day in range(2, 25)])
    assert list(weekly(daily, "sessions")) == [MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=2)]


def test_an_exercise_is_new_when_it_never_came_or_not_for_half_a_year() -> None:
    log = [lifted(0), lifted(7, exercise=SQUAT), lifted(189), lifted(191, exercise=SQUAT)]
    assert [(one.day, one.name, one.away_days) for one in firsts(log)] == [
        (MONDAY, "Lift", None), (MONDAY + timedelta(days=7), "Squat", None),
        (MONDAY + timedelta(days=189), "Lift", 189), (MONDAY + timedelta(days=191), "Squat", 184),
    ]  # fmt: skip


def test_news_are_of_the_last_six_weeks_and_need_a_log_before_them() -> None:
    log = [*three_a_week(20), lifted(140, exercise=SQUAT), activity(141, "Yoga"), lifted(143, kg=120)]
    found = news(log)
    assert found is not None and found.away is None
    assert [(one.kind, one.name) for one in found.firsts] == [("exercise", "Squat"), ("activity", "Yoga")]
    assert [(top.name, top.kg, top.before_kg) for top in found.heavier] == [("Lift", 120, 100)]
    assert news(log[:20]) is None, "of seven weeks everything would be new"


def test_after_half_a_year_without_any_session_the_break_is_told_and_not_every_exercise() -> None:
    found = news([*three_a_week(10), *(lifted(300 + day) for day in range(0, 12, 2)), activity(311, "Yoga")])
    assert found is not None
    assert found.away == (MONDAY + timedelta(days=300), 232)
    assert [one.name for one in found.firsts] == ["Yoga"]


def test_the_heaviest_before_needs_two_days_and_a_weight_that_pulls_down() -> None:
    assert tops([lifted(0, kg=50), lifted(1, kg=60)]) == []
    (top,) = tops([lifted(0, kg=80), lifted(1, kg=60), lifted(2, kg=70)])
    assert (top.kg, top.before_kg) == (70, 80)
    helped = [lifted(day, kg=30 + day, factor=-1.0) for day in range(5)]
    assert tops(helped) == []


@given(st.lists(st.floats(0.5, 40), min_size=9, max_size=40))
def test_a_week_is_held_against_the_mean_of_the_four_before(loads: list[float]) -> None:
    daily = daily_of([*(lifted(7 * n, load) for n, load in enumerate(loads)), lifted(7 * len(loads) - 1, 0.0)])
    for jump in week_jumps(daily):
        n = (jump.day - MONDAY).days // 7
        assert jump.ratio == pytest.approx(loads[n] / np.mean(loads[n - 4 : n]))
    assert len(week_jumps(daily)) == min(26, len(loads) - 4)


def test_a_session_is_held_against_the_largest_of_thirty_days_that_held_four() -> None:
    log = [lifted(day, load) for day, load in ((0, 9.0), (3, 2.0), (6, 3.0), (9, 4.0), (12, 6.0), (45, 9.0))]
    found = session_jumps(log, MONDAY)
    assert [jump.day for jump in found] == [MONDAY + timedelta(days=12)]
    assert found[0].ratio == pytest.approx(6 / 9)


def test_an_activity_is_held_against_itself_by_distance_or_else_by_minutes() -> None:
    runs = [activity(day, "Run", km=5.0 + (day == 8)) for day in range(0, 10, 2)]
    swims = [activity(day, "Swim", minutes=30.0 * (1 + (day == 9))) for day in range(1, 11, 2)]
    log = sorted([*runs, *swims], key=lambda item: item.day)
    assert [(jump.what, jump.unit, round(jump.ratio, 2)) for jump in session_jumps(log, MONDAY)] == [
        ("Run", "km", 1.2), ("Swim", "min", 2.0),
    ]  # fmt: skip


def test_balance_counts_sets_of_four_weeks_beside_half_a_year() -> None:
    log = [lifted(0, exercise=SQUAT), *(lifted(day) for day in range(60, 100, 5))]
    rows = {row["pair"]: row for row in balances(log)}
    assert rows["hinge:squat"]["sets"] == [12, 0]
    assert rows["hinge:squat"]["half_year"] == {"sets": [16, 2], "ratio": 8.0}


def test_weeks_without_a_rest_day_are_counted_and_a_walk_leaves_one() -> None:
    log = [lifted(day) for day in range(10)] + [activity(10, "walk"), lifted(12), lifted(13)]
    found = resting(by_day(log, TWO_WEEKS, lambda item: item.session.title == "walk"))
    assert found.longest == (MONDAY + timedelta(days=9), 10)
    assert (found.weeks, found.without) == (2, 1)
    assert resting(daily_of(log)).longest == (MONDAY + timedelta(days=10), 11)


def test_the_limits_are_those_of_the_rules() -> None:
    from backstory.journal.looking_back_telling import LEAST_JUMP
    from backstory.load.bouts import CRITERIA

    rules, limits = load_rules(), {one.what: one.limit for one in CRITERIA}
    assert LEAST_JUMP["session"] == rules["R20"].limits[0]
    assert LEAST_JUMP["week"] == 1 + rules["R21"].limits[0]
    assert limits["week_load"] == 1 + rules["R21"].limits[0]
    assert limits["session_jump"] == rules["R20"].limits[0]
    assert limits["heavier"] == 1 + rules["R23"].limits[1]
    assert limits["no_rest_day"] + 1 == rules["R18"].limits[0]


@given(st.lists(st.integers(0, 120), min_size=1, max_size=40, unique=True))
def test_every_session_stands_on_its_day(days: Sequence[int]) -> None:
    log = [lifted(day) for day in sorted(days)]
    daily: Daily = daily_of(log)
    assert np.nansum(daily.columns["sessions"]) == len(days)
    assert {daily.first + timedelta(days=int(n)) for n in np.flatnonzero(daily.trained)} == {item.day for item in log}
    assert daily.last == max(item.day for item in log) and isinstance(daily.last, date)


def test_a_long_break_is_told_with_how_much_came_first_after_it() -> None:
    log = [*three_a_week(4), activity(41), lifted(60, 7.5), lifted(74, 5.0), lifted(90, None)]
    assert [((one.ended - MONDAY).days, one.days, one.times_usual) for one in pauses(log, TWO_WEEKS)] == [
        (41, 15, None), (60, 18, 1.5), (90, 15, None)
    ]  # fmt: skip

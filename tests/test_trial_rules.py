"""The self-trial's plain rules: schedule, stop rule, flare, ages, thirds, and what counts as kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.cause import draw_schedule
from backstory.cause.trial import (
    in_a_flare,
    is_adult,
    is_complete,
    kept,
    latest_score,
    scores_of,
    stop_day,
    thirds,
    usual_pain,
)
from backstory.errors import InputError
from backstory.model import Trial, TrialArm

START = date(2026, 3, 2)
DAY = timedelta(days=1)
ARMS = (TrialArm("heavy", "Go heavy.", 10.0, 20.0), TrialArm("light", "Go light.", 2.0, 5.0))


def a_trial(days: int = 84, block_days: int = 4, seed: int = 3, usual: float = 2.0) -> Trial:
    schedule = draw_schedule(days, block_days, seed)
    return Trial(
        "heavy-hinging", "heavy against light", ARMS, "As usual.", "load_hinge", usual, ("18 or older",), 1.0, 1.1,
        START, days, block_days, schedule, seed, datetime(2026, 3, 2, 7, tzinfo=UTC),
    )  # fmt: skip


def scored(first: date, *pains: float | None) -> dict[date, float]:
    return {first + n * DAY: pain for n, pain in enumerate(pains) if pain is not None}


@given(st.integers(56, 112), st.integers(3, 6), st.integers(0, 2**31 - 1))
def test_a_schedule_is_balanced_in_each_pair_and_never_three_blocks_alike(
    days: int, block_days: int, seed: int
) -> None:
    schedule = draw_schedule(days, block_days, seed)
    assert len(schedule) == days and set(schedule) == {"A", "B"}
    pair = 2 * block_days
    for at in range(0, days, pair):
        part = schedule[at : at + pair]
        assert (
            part in ("A" * block_days + "B" * block_days)[: len(part)]
            or part in ("B" * block_days + "A" * block_days)[: len(part)]
        )
    for letter in "AB":
        assert letter * (2 * block_days + 1) not in schedule
    assert schedule == draw_schedule(days, block_days, seed)


def test_the_coins_are_fair_and_independent() -> None:
    firsts = ["".join(draw_schedule(56, 4, seed)[::8]) for seed in range(2000)]
    assert abs(sum(row.count("A") for row in firsts) / (7 * 2000) - 0.5) < 0.02
    same = sum(a == b for row in firsts for a, b in pairwise(row))
    assert abs(same / (6 * 2000) - 0.5) < 0.02
    assert len(set(firsts)) == 2**7, "every order comes up"


@pytest.mark.parametrize(
    "change",
    [
        {"schedule": "A" * 84},
        {"schedule": "AB" * 42},
        {"schedule": draw_schedule(84, 4, 1)[:-1]},
        {"schedule": draw_schedule(84, 4, 1)[:-1] + "C"},
        {"days": 55},
        {"days": 113},
        {"block_days": 2},
        {"block_days": 5},
        {"seed": -1},
        {"usual_pain": 11.0},
        {"ended_on": START},
        {"ended_because": "pain"},
        {"ended_on": START, "ended_because": "bored"},
        {"ended_on": START - DAY, "ended_because": "pain"},
    ],
)
def test_a_trial_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InputError):
        replace(a_trial(), **change)  # type: ignore[arg-type]


def test_each_day_of_a_trial_has_its_arm_until_it_ends() -> None:
    trial = a_trial()
    letters = [trial.letter_on(START + n * DAY) for n in range(-1, 85)]
    assert letters[0] is None and letters[-1] is None
    assert "".join(filter(None, letters)) == trial.schedule
    ended = replace(trial, ended_on=START + 10 * DAY, ended_because="by hand")
    assert ended.letter_on(START + 9 * DAY) and ended.letter_on(START + 10 * DAY) is None
    assert trial.is_running(trial.last_day) and not trial.is_running(trial.last_day + DAY)
    assert not ended.is_running(START)


@pytest.mark.parametrize(
    ("pains", "stops_after"),
    [
        ((4.0, 4.0, 4.0), 2),
        ((4.0, 4.0, 3.9), None),
        ((4.0, 4.0, None, 4.0, 4.0), None),
        ((4.0, 4.0, 1.0, 5.0, 6.0, 7.0), 5),
        ((), None),
    ],
)
def test_three_days_in_a_row_two_points_up_end_a_trial(
    pains: tuple[float | None, ...], stops_after: int | None
) -> None:
    found = stop_day(a_trial(usual=2.0), scored(START + 5 * DAY, *pains))
    assert found == (None if stops_after is None else START + (5 + stops_after) * DAY)


def test_bad_days_outside_the_trial_do_not_end_it() -> None:
    trial = a_trial(usual=2.0)
    before, after = scored(START - 2 * DAY, 9.0, 9.0), scored(trial.last_day - DAY, 9.0, 9.0, 9.0)
    assert stop_day(trial, before | {START: 9.0}) is None
    assert stop_day(trial, after) is None


@pytest.mark.parametrize(
    ("last", "flare"), [((4.0, 4.0), True), ((3.9, 4.0), False), ((4.0, 3.0), False), ((9.0,), False)]
)
def test_a_flare_is_two_points_above_the_fortnight_before_on_two_mornings(last: tuple[float, ...], flare: bool) -> None:
    scores = scored(START, *([2.0] * 14), *last)
    assert in_a_flare(scores, START + (13 + len(last)) * DAY) is flare
    assert not in_a_flare(scores, START + 30 * DAY), "it was long ago"


def test_a_flare_needs_something_to_compare_with() -> None:
    assert not in_a_flare(scored(START, 8.0, 8.0), START + DAY)


def test_the_last_score_is_recent_or_none_and_an_evening_counts_for_tomorrow() -> None:
    scores = scored(START, 1.0, 6.0)
    assert latest_score(scores, START) == 6.0
    assert latest_score(scores, START + 4 * DAY) == 6.0
    assert latest_score(scores, START + 5 * DAY) is None


def test_the_usual_is_the_median_of_the_four_weeks_before() -> None:
    scores = scored(START - 30 * DAY, 9.0, 9.0, *([1.0] * 14), *([3.0] * 14), 8.0)
    assert usual_pain(scores, START) == 2.0
    assert usual_pain({START: 4.0}, START) == 4.0, "a first score stands for the usual where there is no other"
    assert usual_pain({}, START) is None


def test_who_may_still_be_seventeen_is_not_eighteen() -> None:
    assert [is_adult(year, START) for year in (2007, 2008, 2009)] == [True, False, False]


def test_scores_end_today_at_the_last_morning_or_where_the_trial_ended() -> None:
    trial = a_trial()
    scores = {START: 1.0, START + 2 * DAY: 3.0}
    assert scores_of(trial, scores, START + 3 * DAY) == [1.0, None, 3.0, None]
    assert len(scores_of(trial, scores, START + 200 * DAY)) == 84
    assert scores_of(trial, scores, START - DAY) == []
    ended = replace(trial, ended_on=START + 2 * DAY, ended_because="pain")
    assert scores_of(ended, scores, START + 200 * DAY) == [1.0, None, 3.0]


def test_only_the_end_of_the_plan_or_the_stop_rule_makes_a_trial_complete() -> None:
    trial = a_trial()
    assert not is_complete(trial, trial.last_day - DAY) and is_complete(trial, trial.last_day)
    by_hand, by_pain = (replace(trial, ended_on=START + 60 * DAY, ended_because=why) for why in ("by hand", "pain"))
    assert not is_complete(by_hand, START + 200 * DAY) and is_complete(by_pain, START + 60 * DAY)


def test_days_are_kept_when_the_measure_lies_in_their_arms_range() -> None:
    trial = a_trial()
    a, b = (START + trial.schedule.index(letter) * DAY for letter in "AB")
    assert kept(trial, {a: 10.0, a + DAY: 20.0, a + 2 * DAY: 9.9, b: 5.0, b + DAY: 20.0}, trial.last_day) == {
        "A": (2, 3), "B": (1, 2)
    }  # fmt: skip
    assert kept(trial, {START - DAY: 15.0, trial.last_day: 15.0}, START) == {"A": (0, 0), "B": (0, 0)}


@given(st.lists(st.floats(0.1, 100), max_size=40))
def test_thirds_lie_apart_and_within_what_was_done(values: list[float]) -> None:
    found = thirds(values)
    if found is None:
        assert len(values) < 3 or sorted(values)[len(values) // 3 - 1] >= sorted(values)[-(len(values) // 3)]
        return
    (heavy_low, heavy_high), (light_low, light_high) = found
    assert min(values) == light_low <= light_high < heavy_low <= heavy_high == max(values)
    assert sum(value >= heavy_low for value in values) >= len(values) // 3

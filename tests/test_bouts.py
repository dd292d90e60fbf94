"""Before the bouts: fixed criteria, how often they come anyway, and a comparison that chance alone seldom passes."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.cause.simulate import simulate
from backstory.load import Weighed
from backstory.load.bouts import AFTER, CRITERIA, STRETCH, Log, Looked, elsewhere, look, merged, other_stretches
from backstory.load.chance import Compared, compare
from backstory.model import Exercise
from look_back_logs import MONDAY, MOTION, SQUAT, activity, daily_of, lifted

LIFTS = [Exercise(f"lift-{n}", (f"Lift {n}",), "hinge", (), (), (), MOTION) for n in range(30)]


def looked_at(log: Sequence[Weighed]) -> Looked:
    return look(Log(log, daily_of(log)))


def steady(days: int, load: float = 5.0) -> list[Weighed]:
    return [lifted(day, load) for day in range(0, days, 2)]


def with_other(log: Sequence[Weighed], *others: Weighed) -> list[Weighed]:
    days = {other.day for other in others}
    return sorted([*(item for item in log if item.day not in days), *others], key=lambda item: item.day)


def of(looked: Looked, what: str, day: int) -> tuple[float, bool]:
    """A criterion's value before a day, and whether it was unusual."""
    (row,) = [n for n, one in enumerate(looked.criteria) if one.what == what]
    column = looked.column(MONDAY + timedelta(days=day))
    assert column is not None
    return float(looked.value[row, column]), bool(looked.unusual[row, column])


def test_nothing_is_unusual_in_a_log_without_any_change() -> None:
    looked = looked_at(steady(400))
    assert not looked.unusual.any()
    assert looked.enough[130:400].all() and not looked.enough[:STRETCH].any()


def test_a_week_is_held_against_the_twelve_before_the_stretch() -> None:
    log = with_other(steady(240), *(lifted(day, 10.0) for day in range(194, 200, 2)))
    value, unusual = of(looked_at(log), "week_load", 200)
    assert value == pytest.approx(10 * 3 / (5 * 3.5), rel=0.1) and unusual
    assert not of(looked_at(log), "week_load", 190)[1], "what comes after a day does not count"


def test_a_session_beyond_the_thirty_days_before_it_counts_for_four_weeks() -> None:
    looked = looked_at(with_other(steady(260), lifted(180, 6.0)))
    value, unusual = of(looked, "session_jump", 181)
    assert value == pytest.approx(1.2) and unusual
    assert of(looked, "session_jump", 180 + STRETCH)[1]
    assert not of(looked, "session_jump", 181 + STRETCH)[1]
    assert not of(looked, "session_jump", 180)[1], "a bout that begins on a day comes before its session"


def test_new_exercises_are_counted_where_the_log_goes_back_far_enough() -> None:
    looked = looked_at(with_other(steady(260), lifted(150, exercise=SQUAT), activity(151, "Yoga")))
    assert of(looked, "new_exercise", 152) == (2, True)
    assert of(looked, "new_exercise", 149) == (0, False)
    assert np.isnan(of(looked, "new_exercise", 111)[0]), "in a young log everything is new"


def test_a_heavier_weight_a_row_of_days_and_a_return_are_seen() -> None:
    log = with_other(steady(300), lifted(160, kg=120), *(lifted(day) for day in range(200, 207)))
    log = [item for item in log if not 240 < (item.day - MONDAY).days < 252]
    looked = looked_at(log)
    value, unusual = of(looked, "heavier", 161)
    assert value == pytest.approx(1.2) and unusual
    assert of(looked, "no_rest_day", 207) == (7, True)
    assert of(looked, "return", 253) == (11, True)
    assert not of(looked, "return", 252)[1]


def test_hard_sets_and_activities_count_only_where_the_log_tells_them() -> None:
    plain = looked_at(steady(200))
    assert {"week_hard_sets", "week_activities"}.isdisjoint(one.what for one in plain.criteria)
    hard = looked_at([lifted(day, hard=1) for day in range(0, 200, 2)])
    runs = looked_at([activity(day) for day in range(0, 200, 2)])
    assert "week_hard_sets" in [one.what for one in hard.criteria]
    assert {"week_load", "heavier"}.isdisjoint(one.what for one in runs.criteria)
    assert "week_activities" in [one.what for one in runs.criteria]


def test_a_week_after_twelve_without_any_is_unusual_and_has_no_ratio() -> None:
    hard = [lifted(day, hard=int(day >= 180)) for day in range(0, 240, 2)]
    value, unusual = of(looked_at(hard), "week_hard_sets", 190)
    assert np.isinf(value) and unusual


def test_of_a_day_without_a_log_before_it_nothing_is_said() -> None:
    looked = looked_at([*steady(100), *(lifted(200 + day) for day in range(0, 200, 2))])
    for day in (-5, 20, 150, 230, 400 + AFTER + 5, 5000):
        assert looked.column(MONDAY + timedelta(days=day)) is None, day
    assert looked.column(MONDAY + timedelta(days=380)) is not None
    assert looked.column(MONDAY + timedelta(days=398 + AFTER)) is not None


@given(st.lists(st.integers(0, 400), max_size=20))
def test_days_within_two_weeks_of_a_bout_count_as_one_with_it(days: list[int]) -> None:
    given_days = [MONDAY + timedelta(days=day) for day in days]
    found = merged(given_days)
    assert {day for first, others in found for day in (first, *others)} == set(given_days)
    firsts = [first for first, _ in found]
    assert all(later - earlier > timedelta(days=14) for earlier, later in pairwise(firsts))
    assert all(timedelta(0) < day - first <= timedelta(days=14) for first, others in found for day in others)


@given(st.lists(st.integers(0, 420), max_size=8))
def test_other_stretches_touch_neither_each_other_nor_the_weeks_before_a_bout(days: list[int]) -> None:
    looked = looked_at(steady(420))
    bouts = [MONDAY + timedelta(days=day) for day in days]
    ends = sorted(other_stretches(looked, bouts))
    assert all(later - earlier >= STRETCH for earlier, later in pairwise(ends))
    before = {day - n for day in days for n in range(1, STRETCH + 1)}
    assert not before & {end - n for end in ends for n in range(1, STRETCH + 1)}
    assert looked.enough[ends].all()
    if not days:
        assert len(ends) == 1 + (419 + AFTER - 2 * STRETCH) // STRETCH


# Without any cause: pain and the days of bouts come by themselves.


def log_without_a_cause(rng: np.random.Generator, days: int) -> list[Weighed]:
    """A simulated person's sessions, of exercises that come and go."""
    loads = simulate(rng, days).load
    return [
        lifted(
            day,
            float(load),
            round(100 * float(load)),
            LIFTS[min(29, int(rng.geometric(0.25)))],
            int(rng.random() < 0.4),
        )
        for day, load in enumerate(loads)
        if load > 0
    ]


def random_bouts(rng: np.random.Generator, looked: Looked, days: int, count: int) -> list[date]:
    drawn = rng.choice(np.arange(120, days - 10), count, replace=False)
    return [began for began, _ in merged(looked.first + timedelta(days=int(day)) for day in drawn)]


def test_without_a_cause_what_came_before_bouts_comes_as_often_elsewhere() -> None:
    """Over many people, and beside the numbers that are shown: so many times of so many known."""
    people = 50
    here, shown = np.zeros((2, people, 7)), np.zeros((2, people, 7))
    for n in range(people):
        rng = np.random.default_rng(n)
        looked = looked_at(log_without_a_cause(rng, 700))
        bouts = random_bouts(rng, looked, 700, 4)
        columns = [column for day in bouts if (column := looked.column(day)) is not None]
        here[0, n] = looked.unusual[:, columns].sum(axis=1)
        here[1, n] = (~np.isnan(looked.value[:, columns])).sum(axis=1)
        shown[:, n] = np.transpose(elsewhere(looked, other_stretches(looked, bouts)))
    before, anyway = (counts[0].sum(axis=0) / counts[1].sum(axis=0) for counts in (here, shown))
    assert np.abs(before - anyway).max() < 0.09, "two standard errors of 200 stretches"
    assert 0.3 < anyway[:5].min() < anyway.max() < 0.85, "and that is often enough to mislead"


def test_without_a_cause_more_often_than_chance_is_said_to_one_person_in_twenty_at_most() -> None:
    claimed = []
    for seed in range(80):
        rng = np.random.default_rng(1000 + seed)
        looked = looked_at(log_without_a_cause(rng, 600))
        columns = [looked.column(day) for day in random_bouts(rng, looked, 600, 6)]
        compared = compare(looked, [column for column in columns if column is not None])
        claimed.append(any(one.more_often for one in compared or ()))
    assert sum(claimed) <= 8, "5 % of 80 is 4; nine or more would come once in fifty times"


def test_what_came_before_every_bout_and_hardly_ever_else_is_more_often_than_chance() -> None:
    jumps = [150, 250, 350, 450, 560]
    looked = looked_at(with_other(steady(600), *(lifted(day, 8.0) for day in jumps)))
    columns = [looked.column(MONDAY + timedelta(days=day + 3)) for day in jumps]
    compared = compare(looked, [column for column in columns if column is not None])
    assert compared is not None
    rows = {one.what: one for one in compared}
    assert rows["session_jump"].times == rows["session_jump"].of == 5
    assert rows["session_jump"].more_often
    assert [one.what for one in compared if one.more_often] in (["session_jump"], ["week_load", "session_jump"])


def test_three_bouts_are_not_held_against_chance_whatever_came_before_them() -> None:
    looked = looked_at(with_other(steady(400), *(lifted(day, 9.0) for day in (150, 250, 350))))
    assert compare(looked, [151, 251, 351]) is None


def test_random_sets_share_it_as_often_as_can_be_reckoned() -> None:
    """Of two days in a hundred unusual: the chance that k of n do is binomial where the days lie far apart."""
    rng = np.random.default_rng(5)
    size = 40_000
    unusual = np.zeros((1, size), dtype=bool)
    unusual[0, rng.random(size) < 0.3] = True
    looked = Looked(MONDAY, CRITERIA[:1], unusual.astype(float), unusual, np.ones(size, dtype=bool))
    yes, no = np.flatnonzero(unusual[0])[::500], np.flatnonzero(~unusual[0])[::500]
    compared = compare(looked, [*yes[:3], *no[:2]])
    assert compared is not None
    (one,) = compared
    binomial = 10 * 0.3**3 * 0.7**2 + 5 * 0.3**4 * 0.7 + 0.3**5
    assert one.by_chance == pytest.approx(binomial, abs=0.03)
    assert one.corrected == one.by_chance, "one criterion needs no correction"


def test_several_criteria_are_corrected_for_and_the_same_bouts_give_the_same_numbers() -> None:
    rng = np.random.default_rng(7)
    looked = looked_at(log_without_a_cause(rng, 700))
    columns = [200, 260, 330, 420, 500, 610]
    compared = compare(looked, columns)
    assert compared is not None and compared == compare(looked, columns[::-1])
    assert all(one.corrected >= one.by_chance - 1e-9 for one in compared)
    assert all(0 < one.by_chance <= 1 for one in compared)
    assert Compared("x", 3, 4, 0.01, 0.06).more_often is False


def test_every_criterion_says_where_its_limit_comes_from() -> None:
    assert len({one.what for one in CRITERIA}) == len(CRITERIA) == len({one.text for one in CRITERIA})
    assert all(one.why for one in CRITERIA)

"""When a day is zero, when it is not known, and which score belongs to which morning."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from backstory.days import DayTable, build, counted_once, known_spans, morning_scores
from backstory.model import CheckIn, LoadedSession, Measure, Session, Set

D = date(2026, 3, 2)
COLUMNS = ["load", "other_training"]


def day(n: int) -> date:
    return D + timedelta(days=n)


def trained(n: int, load: float | None = 10.0, source: str = "strong") -> LoadedSession:
    session = Session(
        source, day(n), (Set("Squat", load_kg=80, reps=5),), datetime.combine(day(n), datetime.min.time())
    )
    return LoadedSession(session, {"load": load, "other_training": 0.0})


def ran(n: int) -> LoadedSession:
    return LoadedSession(Session("backstory", day(n), duration_s=1800), {"load": 0.0, "other_training": 150.0})


def table(sessions: list[LoadedSession], check_ins: list[CheckIn] | None = None) -> DayTable:
    built = build(sessions, check_ins or [], [], COLUMNS)
    assert built is not None
    return built


def at(built: DayTable, n: int, column: str = "load") -> float:
    return float(built.table[column][pd.Timestamp(day(n))])


def test_days_between_sessions_of_a_log_are_zero() -> None:
    built = table([trained(0), trained(3)])
    assert [at(built, n) for n in range(4)] == [10, 0, 0, 10]
    assert known_spans(built.table["load"]) == ((day(0), day(3)),)


def test_days_before_the_first_and_after_the_last_session_are_not_known() -> None:
    scores = [CheckIn(day(-2), pain=1, when="morning"), CheckIn(day(6), pain=2, when="morning")]
    built = table([trained(0), trained(3)], scores)
    assert np.isnan(at(built, -1)) and np.isnan(at(built, 4)) and np.isnan(at(built, 6))


def test_a_gap_of_more_than_two_weeks_is_not_known() -> None:
    assert at(table([trained(0), trained(14)]), 7) == 0
    assert np.isnan(at(table([trained(0), trained(15)]), 7))


def test_no_training_makes_a_day_zero_where_the_log_does_not_reach() -> None:
    built = table([trained(0)], [CheckIn(day(5), trained="no"), CheckIn(day(6), trained="yes")])
    assert at(built, 5) == 0 and at(built, 5, "other_training") == 0
    assert np.isnan(at(built, 4)) and np.isnan(at(built, 6))


def test_training_that_the_log_does_not_hold_makes_a_day_unknown() -> None:
    built = table([trained(0), trained(4)], [CheckIn(day(1), trained="not-logged"), CheckIn(day(2), trained="yes")])
    assert np.isnan(at(built, 1)) and np.isnan(at(built, 2)) and at(built, 3) == 0
    assert known_spans(built.table["load"]) == ((day(0), day(0)), (day(3), day(4)))


def test_a_run_is_training_too() -> None:
    built = table([trained(0), trained(4), ran(2)], [CheckIn(day(2), trained="yes")])
    assert at(built, 2) == 0 and at(built, 2, "other_training") == 150


def test_a_session_whose_load_is_not_known_makes_its_day_unknown() -> None:
    assert np.isnan(at(table([trained(0, None), trained(2)]), 0))


def test_a_gym_log_does_not_cover_runs_nor_a_run_the_gym() -> None:
    built = table([trained(0), trained(2), ran(1)])
    assert at(built, 1, "other_training") == 150 and np.isnan(at(built, 0, "other_training"))
    only_runs = table([ran(0), ran(3)])
    assert np.isnan(at(only_runs, 0)) and at(only_runs, 1, "other_training") == 0


def test_a_morning_score_stays_and_an_evening_one_goes_to_the_next_morning() -> None:
    scores = morning_scores(
        [
            CheckIn(day(0), pain=3, when="morning"),
            CheckIn(day(0), pain=5, when="evening"),
            CheckIn(day(1), pain=4),
            CheckIn(day(2), pain=1, when="morning"),
        ]
    )
    assert {d: s.pain for d, s in scores.items()} == {day(0): 3, day(1): 5, day(2): 1}
    assert scores[day(1)].from_evening and not scores[day(2)].from_evening


def test_the_last_entry_counts_and_scores_about_a_session_do_not() -> None:
    scores = morning_scores(
        [
            CheckIn(day(0), pain=3, when="morning"),
            CheckIn(day(0), pain=2, when="morning"),
            CheckIn(day(0), pain=9, when="morning", session="during"),
        ]
    )
    assert scores[day(0)].pain == 2


def test_recalled_scores_are_known_as_such() -> None:
    late = datetime.combine(day(3), datetime.min.time(), UTC)
    built = table([trained(0)], [CheckIn(day(0), pain=3, when="morning", entered_at=late)])
    assert built.recalled == {day(0)}


def test_last_nights_sleep_stands_in_the_row_of_the_day_before() -> None:
    check_ins = [CheckIn(day(1), pain=2, when="morning", sleep_h=6.5, stress=4)]
    built = table([trained(0), trained(2)], check_ins)
    assert at(built, 0, "sleep_h") == 6.5 and at(built, 1, "stress") == 4


def test_measures_have_a_column_of_their_own() -> None:
    built = build([], [], [Measure(day(0), "steps", 5000.0), Measure(day(0), "steps", 6000.0)], COLUMNS)
    assert built is not None and at(built, 0, "steps") == 6000


def test_nothing_gives_nothing() -> None:
    assert build([], [], [], COLUMNS) is None


def logged(source: str, hour: int | None, *sets: tuple[float, float]) -> Session:
    start = None if hour is None else datetime(D.year, D.month, D.day, hour)
    return Session(source, D, tuple(Set("Squat", load_kg=kg, reps=reps) for kg, reps in sets), start, 3600)


def test_a_training_in_two_apps_counts_once_the_fuller_log_stays() -> None:
    full, short = logged("strong", 18, (80, 5), (80, 5)), logged("hevy", 18, (80, 5))
    assert counted_once([short, full]) == [full]
    assert counted_once([full, logged("hevy", 9, (80, 5))]) != [full]
    assert counted_once([full, logged("strong", 18, (80, 5))]) != [full]


def test_without_a_time_the_sets_tell_whether_two_logs_are_one() -> None:
    full = logged("strong", 18, (80, 5), (80, 5), (60, 8))
    assert counted_once([full, logged("fitnotes", None, (80, 5), (60, 8))]) == [full]
    other = logged("fitnotes", None, (20, 12), (22, 12))
    assert counted_once([full, other]) == [full, other]


@given(st.sets(st.integers(0, 120), min_size=1, max_size=30), st.sets(st.integers(-10, 130), max_size=20))
def test_a_day_is_known_exactly_where_something_says_so(gym: set[int], rest: set[int]) -> None:
    built = table([trained(n) for n in gym], [CheckIn(day(n), trained="no") for n in rest - gym])
    inside = {n for a in gym for b in gym if a < b <= a + 14 for n in range(a, b)} | gym | (rest - gym)
    known = {(moment.date() - D).days for moment in built.table.index[built.table["load"].notna()]}
    assert known == inside

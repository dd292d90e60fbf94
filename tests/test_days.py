"""When a day is zero, when it is not known, and which score belongs to which morning."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from backstory.cause import explain
from backstory.days import ESTIMATED, DayTable, build, counted_once, in_order_of_entry, known_spans, morning_scores
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


def entered(n: int, hour: int, pain: float | None, when: str | None = "morning", about: int = 0) -> CheckIn:
    """A check-in about day `about`, entered on day n."""
    return CheckIn(day(about), pain=pain, when=when, entered_at=datetime.combine(day(n), time(hour), UTC))


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


def test_of_several_entries_for_a_morning_the_one_entered_last_counts_in_whatever_order_they_come() -> None:
    first, last = entered(0, 7, 3), entered(0, 21, 6)
    for given_in in ([first, last], [last, first]):
        assert morning_scores(given_in)[day(0)].pain == 6
    late = entered(9, 7, 1)
    corrected = morning_scores([late, first, last])[day(0)]
    assert corrected.pain == 1 and corrected.recalled


def test_an_entry_that_does_not_say_when_it_was_made_stays_behind_the_one_it_came_after() -> None:
    untold = CheckIn(day(0), pain=5, when="morning")
    assert in_order_of_entry([entered(0, 9, 2), untold, entered(0, 7, 3)]) == [
        entered(0, 7, 3), entered(0, 9, 2), untold,
    ]  # fmt: skip
    assert morning_scores([untold, entered(0, 7, 3)])[day(0)].pain == 3
    without_a_zone = CheckIn(day(0), pain=4, when="morning", entered_at=datetime.combine(day(2), time(9)))
    assert morning_scores([without_a_zone, entered(0, 7, 3)])[day(0)].pain == 4


def test_an_entry_without_a_score_corrects_nothing_but_what_it_tells() -> None:
    noted = CheckIn(day(0), when="morning", sleep_h=6, entered_at=datetime.combine(day(0), time(22), UTC))
    built = table([], [noted, entered(0, 7, 3)])
    assert at(built, 0, "pain") == 3 and at(built, -1, "sleep_h") == 6


def test_what_was_told_last_of_a_day_counts() -> None:
    early, late = (
        CheckIn(day(0), stress=stress, trained=word, entered_at=datetime.combine(day(1), time(hour), UTC))
        for hour, stress, word in ((8, 2.0, "yes"), (9, 7.0, "no"))
    )
    built = table([trained(0), trained(1)], [late, early])
    assert at(built, 0, "stress") == 7


def test_of_an_evening_and_the_morning_after_it_the_morning_stays() -> None:
    evening, morning = entered(0, 21, 7, "evening"), entered(1, 7, 2, about=1)
    built = table([trained(0), trained(3)], [morning, evening])
    assert at(built, 1, "pain") == 2 and built.evening == frozenset()
    corrected_later = table([trained(0)], [morning, entered(5, 8, 9, "evening")])
    assert at(corrected_later, 1, "pain") == 2 and corrected_later.recalled == frozenset()


def test_of_several_evening_and_untimed_entries_of_a_day_the_last_stands_for_the_next_morning() -> None:
    evening, untimed = entered(0, 20, 6, "evening"), entered(0, 22, 4, None)
    built = table([trained(0)], [untimed, evening])
    assert at(built, 1, "pain") == 4
    assert built.evening == {day(1)} and (built.morning_scores, built.evening_scores) == (0, 1)


def test_mornings_and_evenings_are_counted_by_the_scores_that_stand() -> None:
    built = table([], [entered(0, 7, 3), entered(0, 21, 5, "evening"), entered(1, 21, 5, "evening", about=1)])
    assert built.evening == {day(1), day(2)}
    assert (built.morning_scores, built.evening_scores) == (1, 2)


@given(
    st.lists(
        st.builds(entered, st.integers(0, 4), st.integers(0, 23), st.integers(0, 10), st.sampled_from(
            ["morning", "evening", None]), st.integers(0, 3)),
        max_size=15, unique_by=lambda check_in: check_in.entered_at,
    ),
    st.randoms(),
)  # fmt: skip
def test_scores_do_not_depend_on_the_order_in_which_entries_arrive(given_in: list[CheckIn], chance: Random) -> None:
    shuffled = list(given_in)
    chance.shuffle(shuffled)
    scores = morning_scores(given_in)
    assert morning_scores(shuffled) == scores
    for morning, score in scores.items():
        own = [one for one in given_in if one.day == morning and one.when == "morning"]
        before = [one for one in given_in if one.day == morning - timedelta(days=1) and one.when != "morning"]
        last = max(own or before, key=lambda one: one.entered_at or datetime.min)
        assert (score.pain, score.from_evening, score.recalled) == (last.pain, not own, last.recalled)


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


def test_steps_belong_to_the_day_they_were_taken_on_and_can_be_asked_about() -> None:
    steps = [Measure(day(n), "steps", 4000.0 + 3000 * (n % 5)) for n in range(60) if n != 7]
    scores = [CheckIn(day(n), pain=float(n % 3), when="morning") for n in range(60)]
    built = build([], scores, steps, COLUMNS)
    assert built is not None
    assert [at(built, n, "steps") for n in (0, 1, 6)] == [4000, 7000, 7000] and np.isnan(at(built, 7, "steps"))
    (effect,) = explain(built.table, exposures=["steps"]).effects.to_dict("records")
    assert effect["verdict"] != "not enough data" and np.isfinite(effect["points"])


def test_a_painkiller_is_one_or_zero_or_not_known() -> None:
    built = table([trained(0), trained(2)], [CheckIn(day(0), painkiller=True), CheckIn(day(1), painkiller=False)])
    assert at(built, 0, "painkiller") == 1 and at(built, 1, "painkiller") == 0
    assert np.isnan(at(built, 2, "painkiller"))


def heavy(n: int, **exposures: float | None) -> LoadedSession:
    return LoadedSession(trained(n).session, exposures)


def test_variants_stand_beside_the_table_on_the_same_days_and_unknown_on_the_same() -> None:
    sessions = [heavy(0, load=2.0, squared=5.0), heavy(2, load=None, squared=None), heavy(3, load=1.0, squared=1.0)]
    check_ins = [CheckIn(day(4), pain=1, when="morning"), CheckIn(day(1), trained="not-logged")]
    built = build(sessions, check_ins, [], ["load"], ["squared"])
    assert built is not None
    assert list(built.variants) == ["squared"] and "squared" not in built.table
    assert built.variants.index.equals(built.table.index)
    assert built.variants["squared"].isna().equals(built.table["load"].isna())
    assert built.variants["squared"].dropna().tolist() == [5, 1]


def test_days_whose_load_was_estimated_in_part_are_told() -> None:
    sessions = [heavy(0, load=2.0, **{ESTIMATED: 1.0}), heavy(2, load=2.0, **{ESTIMATED: 0.0})]
    unknown = heavy(4, load=None, **{ESTIMATED: 3.0})
    built = table([*sessions, unknown])
    assert built.partly_known == {day(0)} and built.unweighed == {day(4)}


def test_training_that_nobody_can_weigh_is_told_apart_from_days_that_are_not_known() -> None:
    check_ins = [
        CheckIn(day(1), trained="not-logged"),
        CheckIn(day(2), trained="yes"),
        CheckIn(day(3), trained="no"),
        CheckIn(day(30), trained="yes"),
        CheckIn(day(31), pain=1, when="morning"),
        CheckIn(day(6), trained="yes"),
    ]
    built = table([trained(0), trained(4, None), trained(5), ran(6)], check_ins)
    assert built.unweighed == {day(1), day(2), day(4), day(30)}
    assert all(np.isnan(at(built, n)) for n in (1, 2, 4, 6, 30, 31)) and built.partly_known == frozenset()


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

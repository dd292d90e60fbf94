"""Work that a person is not used to, and the load reckoned otherwise: by hand, and from journal to daily table."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.journal import Journal
from backstory.journal.loading import day_table
from backstory.load import EXPOSURE_UNITS, SetLoads, session_loads
from backstory.load.summing import VARIANT_UNITS
from backstory.load.unaccustomed import unaccustomed_sets
from backstory.model import CheckIn, Exercise, Motion, Session, Set
from conftest import Run

START = date(2026, 1, 1)
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def session(day: int, *names: str) -> Session:
    return Session("strong", START + timedelta(days=day), tuple(Set(name, load_kg=60, reps=5) for name in names))


def exercise(identity: str) -> Exercise:
    return Exercise(identity, (identity,), "hinge", (), ("glutes",), (), Motion("m", "feet", {"hip": (0.0, 90.0)}))


def habit(until: int = 42) -> list[Session]:
    """Squats every week: a log that reaches far enough back to say what is new."""
    return [session(day, "Squat") for day in range(0, until + 1, 7)]


def test_the_first_42_days_of_a_log_cannot_tell_what_is_new() -> None:
    found = unaccustomed_sets([session(0, "Squat"), session(41, "Squat", "Row"), session(42, "Lunge", "Squat")])
    assert found == [None, None, 1]


def test_sets_of_an_exercise_not_done_for_42_days_count() -> None:
    log = [*habit(), session(43, "Squat", "Row", "Row")]
    assert unaccustomed_sets(log)[-1] == 2
    assert unaccustomed_sets([*habit(84), session(85, "Row")])[-2:] == [0, 1]
    after = [*habit(84), session(42, "Row")]
    assert unaccustomed_sets([*after, session(84, "Row")])[-1] == 0
    assert unaccustomed_sets([*after, session(85, "Row")])[-1] == 1


def test_the_first_day_after_a_gap_of_more_than_42_days_cannot_tell() -> None:
    log = [*habit(), session(84, "Row"), session(126, "Row"), session(169, "Row"), session(170, "Squat", "Row")]
    assert unaccustomed_sets(log)[-4:] == [1, 0, None, 1]


def test_sessions_of_one_day_are_held_against_the_days_before() -> None:
    log = [*habit(), session(44, "Row"), session(44, "Row", "Squat"), session(45, "Row")]
    assert unaccustomed_sets(log)[-3:] == [1, 1, 0]


def test_spellings_of_one_exercise_are_one_and_unknown_names_stand_for_themselves() -> None:
    log = [*habit(), session(43, "Back Squat", "my lift"), session(44, " My Lift", "Squat")]
    squat = exercise("squat")
    exercises: list[list[Exercise | None]] = [[squat] for _ in habit()]
    assert unaccustomed_sets(log, [*exercises, [squat, None], [None, squat]])[-2:] == [1, 0]
    assert unaccustomed_sets(log)[-2:] == [2, 0]


def test_activities_without_sets_are_no_sets() -> None:
    run = Session("backstory", START + timedelta(days=50), duration_s=1800)
    assert unaccustomed_sets([*habit(), run])[-1] == 0
    assert unaccustomed_sets([run]) == [0] and unaccustomed_sets([]) == []


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from("abc")), max_size=30), st.randoms(use_true_random=False))
def test_by_the_definition_in_any_order(done: list[tuple[int, str]], chance: object) -> None:
    log = [session(day, name) for day, name in done]
    chance.shuffle(log)  # type: ignore[attr-defined]
    days = {one.day for one in log}
    for one, value in zip(log, unaccustomed_sets(log), strict=True):
        window = {one.day - timedelta(days=n) for n in range(1, 43)}
        before = {other.sets[0].exercise_name for other in log if other.day in window}
        if min(days) > min(window) or not days & window:
            assert value is None
        else:
            assert value == (one.sets[0].exercise_name not in before)


def loads_of(*peak_nm: float) -> SetLoads:
    """Five repetitions a set of hinging; NaN = not known."""
    moment, nothing = np.array(peak_nm), np.zeros(len(peak_nm))
    reps = np.where(np.isnan(moment), np.nan, 5.0)
    return SetLoads(moment, reps, moment * reps, nothing, np.ones(len(peak_nm), dtype=np.intp))


def test_variants_of_the_load_by_hand() -> None:
    (total,) = session_loads([session(0, "a", "b", "c")], loads_of(200, 100, np.nan))
    assert total.exposures()["load"] == pytest.approx(1.5 * 5 * (0.2 + 0.1))
    assert total.variants() == pytest.approx(
        {
            "load^2": 1.5 * 5 * (0.2**2 + 0.1**2),
            "load^4": 1.5 * 5 * (0.2**4 + 0.1**4),
            "load known sets only": 5 * (0.2 + 0.1),
        }
    )


def test_a_session_mostly_unknown_is_unknown_in_every_variant_and_an_activity_is_none() -> None:
    run = Session("backstory", START, duration_s=1800)
    unknown, activity = session_loads([session(0, "a", "b", "c"), run], loads_of(200, np.nan, np.nan))
    assert set(unknown.variants().values()) == {None} and set(activity.variants().values()) == {0.0}
    assert unknown.variants().keys() == VARIANT_UNITS.keys()
    assert unknown.exposures().keys() == EXPOSURE_UNITS.keys()


@pytest.fixture
def logged(journal: Journal) -> Journal:
    """Deadlifts every week for ten weeks; on day 56 under another name and a row as well, on day 63 one set in two
    without its weight, on day 66 a name that nobody knows."""
    deadlift, row = "Deadlift (Barbell)", "Bent Over Row (Barbell)"
    sessions = [session(day, deadlift, deadlift) for day in range(0, 71, 7)]
    sessions[8] = session(56, "Barbell Deadlifts", row)
    half = session(63, deadlift)
    sessions[9] = Session(half.source, half.day, (*half.sets, Set(deadlift, reps=5)))
    unknown = session(66)
    sessions.append(Session(unknown.source, unknown.day, (Set("Thing nobody knows", load_kg=5, reps=5),)))
    score = CheckIn(START + timedelta(days=75), pain=2, when="morning")
    journal.store.save_import("log.csv", "strong", sessions, [score], [], NOW)
    return journal


def test_the_daily_table_knows_what_was_new_and_what_was_estimated(logged: Journal) -> None:
    built = day_table(logged)
    new = built.table["unaccustomed_sets"]
    assert new[pd.Timestamp(START + timedelta(days=56))] == 1
    assert new[pd.Timestamp(START + timedelta(days=49))] == 0 and np.isnan(new[pd.Timestamp(START)])
    assert new[pd.Timestamp(START + timedelta(days=66))] == 1, "the load of a set need not be known for it to be new"
    assert built.partly_known == {START + timedelta(days=63)}
    assert built.unweighed == {START + timedelta(days=66)}


def test_variants_of_the_daily_table_agree_with_the_load_where_nothing_was_estimated(logged: Journal) -> None:
    built = day_table(logged)
    load, known = built.table["load"], built.variants["load known sets only"]
    assert list(built.variants) == list(VARIANT_UNITS) == ["load^2", "load^4", "load known sets only"]
    assert all(built.variants[name].isna().equals(load.isna()) for name in built.variants)
    estimated = load.index.isin([pd.Timestamp(day) for day in built.partly_known])
    assert known[estimated].tolist() == pytest.approx((load[estimated] / 2).tolist())
    assert known[~estimated].equals(load[~estimated]) and load[~estimated].max() > 0


def test_the_table_that_people_see_holds_no_variants(run: Run, tmp_path: Path) -> None:
    run("demo", "--folder", tmp_path / "demo", "--journal", tmp_path / "demo.db")
    header = run("days", "--journal", tmp_path / "demo.db").out.splitlines()[0].split(",")
    assert set(EXPOSURE_UNITS) < set(header) and not set(VARIANT_UNITS) & set(header)

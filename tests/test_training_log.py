"""Sets that are ticked off stand in the log at once, each once, and reach everything that is made from the log."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from backstory import catalogue, store
from backstory.errors import InputError, UnknownExercise
from backstory.journal import Journal, open_journal
from backstory.journal.entering import set_name
from backstory.journal.loading import day_table, weigh
from backstory.journal.plan_wish import Wish
from backstory.journal.planning import plan
from backstory.journal.training import Logged, log_set, logged_today, unlog_set
from backstory.model import Session, Set
from conftest import NOW

TODAY = NOW.astimezone().date()  # a Friday
DAY = timedelta(days=1)


def sets_of(journal: Journal) -> list[Set]:
    return [one for session in journal.store.sessions() for one in session.sets]


def test_a_day_has_one_session_of_each_title_and_its_sets_stand_in_order(journal: Journal) -> None:
    for kg in (80.0, 85.0):
        log_set(journal, TODAY, "deadlift", kg, 5, rir=2, title="Pull")
    log_set(journal, TODAY, "plank", None, None, duration_s=45, title="Pull")
    log_set(journal, TODAY, "deadlift", 60, 5, kind="warm-up", title="Evening")
    log_set(journal, TODAY - DAY, "deadlift", 70, 5, title="Pull")
    before, pull, evening = journal.store.sessions()
    assert (before.day, pull.day, evening.day) == (TODAY - DAY, TODAY, TODAY)
    assert [(one.load_kg, one.reps, one.duration_s, one.rpe) for one in pull.sets] == [
        (80.0, 5.0, None, 8.0), (85.0, 5.0, None, 8.0), (None, None, 45.0, None),
    ]  # fmt: skip
    assert [one.kind for one in evening.sets] == ["warm-up"]
    deadlift, plank = logged_today(journal)
    assert deadlift.exercise is catalogue.load().get("deadlift") and plank.exercise is catalogue.load().get("plank")
    assert [(one.load_kg, one.rir) for one in deadlift.sets] == [(80, 2), (85, 2), (60, None)]
    assert logged_today(journal, TODAY - 2 * DAY) == []


def test_the_same_tick_is_one_set_and_what_was_sent_last_counts(journal: Journal) -> None:
    one = log_set(journal, TODAY, "deadlift", 80, 5, tick="plan-1")
    stamp = journal.stamp()
    assert log_set(journal, TODAY, "deadlift", 80, 5, tick="plan-1") == one
    assert journal.stamp() == stamp, "sent twice, nothing happens"
    assert log_set(journal, TODAY, "deadlift", 82.5, 4, tick="plan-1") == one
    assert journal.stamp() != stamp
    assert log_set(journal, TODAY, "deadlift", 80, 5, tick="plan-2") != one
    assert [(s.load_kg, s.reps) for s in sets_of(journal)] == [(82.5, 4), (80, 5)]
    with pytest.raises(InputError, match="ticked off on 2026-11-20 already"):
        log_set(journal, TODAY - DAY, "deadlift", 80, 5, tick="plan-1")


def test_the_same_tick_from_many_sides_at_once_is_one_set(tmp_path: Path) -> None:
    def tick(number: int) -> str:
        with open_journal(str(tmp_path / "journal.db"), clock=lambda: NOW) as own:
            return log_set(own, TODAY, "deadlift", 80, 5, tick=f"plan-{number % 2}")

    with open_journal(str(tmp_path / "journal.db"), clock=lambda: NOW) as journal, ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(tick, range(16)))) == 2
        assert len(sets_of(journal)) == 2 and len(journal.store.sessions()) == 1


def test_what_is_taken_back_is_gone_and_a_new_tick_brings_the_same_row_back(journal: Journal) -> None:
    one = log_set(journal, TODAY, "deadlift", 80, 5, tick="plan-1")
    unlog_set(journal, one)
    unlog_set(journal, one)
    assert journal.store.sessions() == [] and logged_today(journal) == []
    assert log_set(journal, TODAY, "deadlift", 85, 5, tick="plan-1") == one
    assert [s.load_kg for s in sets_of(journal)] == [85]
    (logged,) = logged_today(journal)
    assert [s.id for s in logged.sets] == [one]


def test_a_tick_after_its_session_was_removed_begins_a_new_one(journal: Journal) -> None:
    one, two = (log_set(journal, TODAY, "deadlift", 80, 5, tick=f"plan-{n}") for n in (1, 2))
    store.remove(journal.store, "sessions", 1, NOW)
    again = log_set(journal, TODAY, "deadlift", 90, 5, tick="plan-1")
    assert again not in (one, two)
    assert [s.load_kg for s in sets_of(journal)] == [90]


def test_only_sets_that_were_ticked_off_are_taken_back_here(journal: Journal) -> None:
    session = Session("strong", TODAY, (Set("Squat (Barbell)", 80, 5),))
    journal.store.save_import("a.csv", "strong", [session], [], [], NOW)
    for wrong in ("set:1", "set:99", "check-in:1", "set:x", ""):
        with pytest.raises(InputError, match="no set that was ticked off"):
            unlog_set(journal, wrong)
    assert len(sets_of(journal)) == 1


@pytest.mark.parametrize(
    ("load_kg", "reps", "how", "message"),
    [
        (80, 5, {"rir": 11}, "reserve must be between 0 and 10"),
        (80, 5, {"rir": float("nan")}, "reserve must be between 0 and 10"),
        (9000, 5, {}, r"Load \(kg\) must be between 0 and 2500, not 9000"),
        (-1, 5, {}, r"Load \(kg\) must be"),
        (80, None, {}, "needs repetitions or seconds"),
        (80, 0, {}, "needs repetitions or seconds"),
        (80, 5, {"kind": "huge"}, "Kind must be one of"),
        (80, 5, {"tick": ""}, "1 to 200 characters"),
        (80, 5, {"title": " "}, "1 to 100 characters"),
    ],
)
def test_what_cannot_be_is_refused(
    journal: Journal, load_kg: float, reps: float | None, how: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        log_set(journal, TODAY, "deadlift", load_kg, reps, **how)  # type: ignore[arg-type]
    assert journal.store.is_empty()


def test_neither_an_unknown_exercise_nor_a_day_to_come_is_logged(journal: Journal) -> None:
    with pytest.raises(UnknownExercise):
        log_set(journal, TODAY, "nonsense-lift", 80, 5)
    with pytest.raises(InputError, match="still to come"):
        log_set(journal, TODAY + 3 * DAY, "deadlift", 80, 5)


def test_a_name_that_means_something_else_to_this_person_is_not_used(journal: Journal) -> None:
    deadlift = catalogue.load().get("deadlift")
    set_name(journal, deadlift.name, "plank")
    log_set(journal, TODAY, "deadlift", 80, 5)
    (logged,) = logged_today(journal)
    assert isinstance(logged, Logged) and logged.exercise is deadlift and logged.name != deadlift.name


def test_ticked_sets_reach_the_days_the_load_and_the_plan(journal: Journal) -> None:
    squat = Session("strong", TODAY - 7 * DAY, (Set("Squat (Barbell)", 80, 5),) * 3)
    journal.store.save_import("a.csv", "strong", [squat], [], [], NOW)
    monday = TODAY - TODAY.weekday() * DAY
    before = plan(journal, Wish(first=TODAY, days=("fri", "sat"), minutes=(45,)))
    for n in range(3):
        log_set(journal, monday, "deadlift", 100, 5, tick=str(n))
    day = day_table(journal).table.loc[monday.isoformat()]
    assert day["load_hinge"] > 0 and day["load"] == pytest.approx(day["load_hinge"])
    (ticked,) = [item for item in weigh(journal) if item.day == monday]
    assert [exercise.id for exercise in ticked.exercises if exercise] == ["deadlift"] * 3
    after = plan(journal, Wish(first=TODAY, days=("fri", "sat"), minutes=(45,)))
    assert not before.wish.done.slots
    assert sum(after.wish.done.slots.values()) > 0
    assert after.wish.span_days == (monday + 7 * DAY - TODAY).days, "the week that began with what was done is kept"


def test_sets_that_an_app_logged_too_count_once(journal: Journal) -> None:
    for n in range(3):
        log_set(journal, TODAY, "deadlift", 100, 5, tick=str(n))
    app = Session("strong", TODAY, (Set("Deadlift (Barbell)", 100, 5),) * 4)
    journal.store.save_import("a.csv", "strong", [app], [], [], NOW)
    assert [len(item.session.sets) for item in weigh(journal)] == [4]


def test_a_tick_is_quick_in_a_long_log(journal: Journal) -> None:
    day = date(2022, 1, 3)
    sessions = [Session("strong", day + n * DAY, (Set("Squat (Barbell)", 80, 5),) * 20) for n in range(1200)]
    journal.store.save_import("a.csv", "strong", sessions, [], [], NOW)
    log_set(journal, TODAY, "deadlift", 80, 5)
    taken = []
    for n in range(20):
        begin = time.perf_counter()
        log_set(journal, TODAY, "deadlift", 80, 5, tick=str(n))
        taken.append(time.perf_counter() - begin)
    assert min(taken) < 0.03, "the best of them: tests run on busy machines"

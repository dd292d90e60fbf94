"""The stamp changes with everything that an answer may rest on, with the day, and with nothing else."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from backstory import store
from backstory.journal import Journal
from backstory.journal.entering import check_in
from backstory.journal.training import log_set, unlog_set
from backstory.model import Bout, CheckIn, Measure, PastAnswer, Session, Set
from backstory.store.stamp import STAMP
from backstory.store.tables import metadata
from conftest import NOW
from test_trial_store import TRIAL

DAY = date(2026, 3, 2)
ONE = timedelta(days=1)
SESSION = Session("strong", DAY, (Set("Squat (Barbell)", 80.0, 5.0, logged_load=80.0),))
DIARY = [CheckIn(DAY, 3.0)], [Measure(DAY, "steps", 5.0)]


def filled(journal: Journal) -> None:
    journal.store.save_import("a.csv", "strong", [SESSION], *DIARY, NOW)
    journal.store.save_trial(TRIAL)


def pounds(journal: Journal) -> None:
    session = replace(SESSION, sets=(replace(SESSION.sets[0], load_kg=36.3),))
    assert journal.store.save_import("a.csv", "strong", [session], [], [], NOW, True).corrected_sets == 1


WRITES: dict[str, Callable[[Journal], object]] = {
    "a check-in": lambda j: check_in(j, pain=3),
    "an import": lambda j: j.store.save_import("b.csv", "strong", [replace(SESSION, day=DAY + ONE)], [], [], NOW),
    "another unit": pounds,
    "an activity": lambda j: j.store.add_session(Session("backstory", DAY, title="run", duration_s=60), NOW),
    "a ticked set": lambda j: log_set(j, DAY, "deadlift", 80, 5),
    "a set taken back": lambda j: unlog_set(j, log_set(j, DAY, "deadlift", 80, 5)),
    "the profile": lambda j: j.store.set_profile({"sex": "female"}, NOW),
    "a name": lambda j: j.store.set_name("My lift", "lift my", "deadlift", NOW),
    "a bout": lambda j: j.store.save_entry(Bout(DAY), NOW),
    "help first": lambda j: j.store.save_help_first({"RF01": True}, None, NOW),
    "the end of a trial": lambda j: j.store.end_trial(1, TRIAL.starts + ONE, "by hand"),
    "a removal": lambda j: store.remove(j.store, "check_ins", 1, NOW),
    "a change": lambda j: store.change(j.store, "measures", 1, lambda _: {"value": 6.0}, NOW),
    "forgetting": lambda j: j.store.clear(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_it_changes_with_everything_that_is_written(journal: Journal, write: Callable[[Journal], object]) -> None:
    filled(journal)
    before = journal.stamp()
    assert journal.stamp() == before
    write(journal)
    assert journal.stamp() != before


def test_an_undo_changes_it_and_so_does_the_next_one(journal: Journal) -> None:
    filled(journal)
    store.remove(journal.store, "check_ins", 1, NOW)
    store.change(journal.store, "measures", 1, lambda _: {"value": 6.0}, NOW)
    seen = [journal.stamp()]
    for _ in range(2):
        store.undo(journal.store, None, NOW)
        seen.append(journal.stamp())
    assert len(set(seen)) == 3


def test_after_forgetting_the_same_number_of_rows_is_another_stamp(journal: Journal) -> None:
    check_in(journal, pain=3)
    before = journal.stamp()
    journal.store.clear()
    later = Journal(journal.store, lambda: NOW + timedelta(minutes=1))
    check_in(later, pain=8)
    assert later.stamp() != before


def test_what_an_answer_leaves_of_itself_changes_nothing_and_a_new_day_does(journal: Journal) -> None:
    filled(journal)
    before = journal.stamp()
    journal.store.save_answer(PastAnswer(NOW, "load", "worse", {"program": "0.1"}, "abc"))
    assert journal.stamp() == before
    assert Journal(journal.store, lambda: NOW + ONE).stamp() != before


def test_every_table_but_the_answers_is_asked_in_one_question() -> None:
    asked = str(STAMP)
    for table in metadata.sorted_tables:
        assert (f"FROM {table.name})" in asked) is (table.name != "answers"), table.name


def test_it_is_quick_in_a_long_log(journal: Journal) -> None:
    sessions = [Session("strong", DAY + n * ONE, SESSION.sets * 20) for n in range(1200)]
    check_ins = [CheckIn(DAY + n * ONE, 3.0) for n in range(3650)]
    journal.store.save_import("a.csv", "strong", sessions, check_ins, [], NOW)
    taken = []
    for _ in range(50):
        begin = time.perf_counter()
        journal.stamp()
        taken.append(time.perf_counter() - begin)
    assert min(taken) < 0.001, "the best of them: tests run on busy machines"

"""Check-ins that are sent twice stand once; a day's check-ins are told as one, the later ones counting."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.days import Said, morning_scores, said_on
from backstory.journal import Journal, open_journal
from backstory.journal.entering import check_in, check_ins_of, said_so_far
from backstory.model import CheckIn
from conftest import NOW

DAY = NOW.astimezone().date()
ONE = timedelta(days=1)


def test_the_same_again_adds_nothing_and_gives_back_what_is_stored(journal: Journal) -> None:
    first = check_in(journal, pain=3, when="morning", where=("low-back",), note="stiff")
    later = Journal(journal.store, lambda: NOW + timedelta(minutes=5))
    assert check_in(later, pain=3, when="morning", where=("low-back",), note="stiff") == first
    assert journal.store.check_ins() == [first]


def test_what_differs_in_anything_is_a_check_in_of_its_own(journal: Journal) -> None:
    said: list[dict[str, Any]] = [
        {"pain": 3}, {"pain": 4}, {"pain": 3}, {"pain": 3, "when": "morning"}, {"pain": 3, "session": "after"},
        {"pain": 3, "when": "morning", "note": "x"}, {"pain": 3, "day": DAY - ONE},
    ]  # fmt: skip
    for values in said:
        check_in(journal, **values)
    assert len(journal.store.check_ins()) == len(said), "back to an earlier word is a new word, too"


def test_the_one_entered_last_is_compared_with_not_the_one_imported_last(journal: Journal) -> None:
    mine = check_in(journal, pain=3, when="morning")
    older = CheckIn(DAY, 5.0, "morning", entered_at=NOW - timedelta(hours=4))
    journal.store.save_import("d.csv", "diary", [], [older], [], NOW)
    assert check_in(journal, pain=3, when="morning") == mine
    assert journal.store.check_ins() == [older, mine]


@pytest.mark.parametrize("on", ["file", "server"])
def test_two_at_once_make_one(on: str, tmp_path: Path) -> None:
    if on == "server" and "BACKSTORY_TEST_DATABASE" not in os.environ:
        pytest.skip("needs BACKSTORY_TEST_DATABASE, an empty server database")
    place = os.environ["BACKSTORY_TEST_DATABASE"] if on == "server" else str(tmp_path / "journal.db")
    together, rounds = Barrier(2), range(20)

    def send(_: int) -> list[CheckIn]:
        with open_journal(place, clock=lambda: NOW) as own:
            found = []
            for n in rounds:
                together.wait(30)
                found.append(check_in(own, day=DAY - n * ONE, pain=n % 11))
            return found

    with open_journal(place, clock=lambda: NOW) as journal, ThreadPoolExecutor(2) as threads:
        journal.store.clear()
        a, b = threads.map(send, range(2))
        held = len(journal.store.check_ins())
        journal.store.clear()
    assert a == b and held == len(rounds)


def test_the_check_ins_of_a_day_are_its_own(journal: Journal) -> None:
    check_in(journal, day=DAY - ONE, pain=5)
    evening, morning = check_in(journal, pain=2, when="evening"), check_in(journal, pain=3, when="morning")
    assert check_ins_of(journal, DAY) == [evening, morning]
    assert check_ins_of(journal, DAY + ONE) == []


def test_a_day_so_far_is_told_as_one(journal: Journal) -> None:
    assert said_so_far(journal).nothing
    check_in(journal, pain=5, when="morning", where=("low-back",), sleep_h=6, note="stiff")
    check_in(journal, pain=4, when="morning", sleep_h=7.5, painkiller=True)
    check_in(journal, stress=3, feels=("ache",), painkiller=False, trained="no")
    check_in(journal, pain=2, when="evening", where=("buttock-left",), note="better")
    check_in(journal, pain=7, session="during", where=("leg-left",), leg_symptoms=True)
    check_in(journal, pain=6, session="during")
    check_in(journal, day=DAY - ONE, pain=9, when="evening", slept="back")
    said = said_so_far(journal)
    assert replace(said, sessions=()) == Said(
        DAY, 4, 2, ("buttock-left",), ("ache",), sleep_h=7.5, stress=3, painkiller=False, trained="no",
        notes=("stiff", "better"),
    )  # fmt: skip
    assert [(one.session, one.pain) for one in said.sessions] == [("during", 6)]
    assert not said.nothing


some = st.builds(
    CheckIn,
    st.sampled_from([DAY - ONE, DAY]),
    st.sampled_from([None, 0.0, 3.0, 7.0]),
    when=st.sampled_from([None, "morning", "evening"]),
    session=st.sampled_from([None, "after"]),
    entered_at=st.integers(0, 40).map(lambda n: datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + n * ONE / 24),
)


@given(st.lists(some, max_size=8), st.dates(DAY - ONE, DAY))
def test_the_scores_of_a_day_are_those_that_the_daily_table_takes(check_ins: list[CheckIn], day: date) -> None:
    said, scores = said_on(check_ins, day), morning_scores(check_ins)
    if said.morning is not None:
        assert scores[day].pain == said.morning and not scores[day].from_evening
    elif day in scores:
        assert scores[day].from_evening
    after = scores.get(day + ONE)
    if after is not None and after.from_evening:
        assert after.pain == said.evening

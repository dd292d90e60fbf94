"""Pulling beside pushing in a log: this week so far, and a usual one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from backstory.journal import Journal, open_journal
from backstory.journal.plan_balance import balances
from backstory.journal.plan_wish import Wish, checked
from backstory.journal.planning import given_for, wish_of
from backstory.model import Session, Set
from backstory.plan.balance import side_of
from backstory.plan.solve import solve
from backstory.plan.values import Wanted
from conftest import NOW

FIRST = date(2026, 11, 23)  # a Monday


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """Four weeks of bench press and squat twice a week, and a pulldown now and then; warm-up sets do not count."""
    monkeypatch.setattr("backstory.journal.opening.Journal.today", lambda _self: FIRST - timedelta(days=1))
    with open_journal(str(tmp_path / "home" / "journal.db"), clock=lambda: NOW) as journal:
        sessions = []
        for back in range(3, 28, 7):
            for day in (FIRST - timedelta(days=back + 3), FIRST - timedelta(days=back)):
                press = tuple(Set("Bench Press (Barbell)", load_kg=50.0, reps=8.0) for _ in range(4))
                warm_up = (Set("Bench Press (Barbell)", load_kg=20.0, reps=8.0, kind="warm-up"),)
                squat = tuple(Set("Squat (Barbell)", load_kg=90.0, reps=8.0) for _ in range(4))
                row = (Set("Lat Pulldown (Cable)", load_kg=40.0, reps=8.0),) if back == 3 else ()
                sessions.append(Session("strong", day, warm_up + press + squat + row))
        journal.store.save_import("a.csv", "strong", sessions, (), (), NOW)
        yield journal


def test_a_usual_week_is_the_mean_of_the_last_four(log: Journal) -> None:
    wish = Wish(first=FIRST, days=("mon", "wed", "fri"), equipment=("everything",))
    pulls, hinges = balances(given_for(log, wish), checked(log, wish))
    assert (pulls.first, pulls.second, pulls.usual, pulls.done) == ("pull", "push", (0, 8), (0, 0))
    assert (hinges.first, hinges.second, hinges.usual) == ("hinge", "squat", (0, 8))


def pulls_and_pushes(asked: Wanted) -> tuple[int, int]:
    """Sets of a solved week."""
    sets = Counter[str]()
    for session in solve(asked).sessions:
        for one in session.main:
            sets[side_of(one.candidate)] += one.sets
    return sets["pull"], sets["push"]


def test_who_only_presses_is_given_more_to_pull(log: Journal) -> None:
    wish = Wish(first=FIRST, days=("mon", "wed", "fri"), minutes=(45,), equipment=("barbell", "bench", "cable"))
    asked = wish_of(given_for(log, wish), checked(log, wish))
    pulls, pushes = pulls_and_pushes(asked)
    less, more = pulls_and_pushes(replace(asked, balances=()))
    assert pulls / pushes >= 0.75 > less / more

"""What somebody wants of a plan, and the session that was begun: kept in the journal, and no records of theirs."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from backstory.errors import InputError
from backstory.journal import Journal, open_journal, plan_own
from backstory.journal.plan_wish import Wish
from backstory.journal.recorded import recorded
from backstory.model import Begun
from backstory.store.backup import export, restore

LIFT = {
    "exercise": "squat", "name": "Squat (Barbell)", "slot": "squat", "sets": 3, "reps": 8, "hold_s": None, "holds": [],
    "minutes": None, "load_kg": 60.0, "rir": 3, "rest_s": 120, "ramp": [{"kg": 40.0, "reps": 5}], "why": "known",
}  # fmt: skip
SESSION = {"date": "2026-03-02", "kind": "legs", "warm_up": [], "main": [LIFT], "cool_down": []}
MONDAY = date(2026, 3, 2)


def test_what_is_wanted_is_kept_by_ids_and_only_as_far_as_it_was_said(journal: Journal) -> None:
    assert plan_own.wanted(journal) == {}
    plan_own.want(journal, Wish(days=("mon", "thu"), keep=("Deadlift (Barbell)",), weeks=2))
    assert plan_own.wanted(journal) == {"days": ["mon", "thu"], "keep": ["deadlift"], "weeks": 2}
    plan_own.want(journal, Wish())
    assert plan_own.wanted(journal) == {}


def test_what_cannot_be_is_not_kept(journal: Journal) -> None:
    for wish in (Wish(days=("noday",)), Wish(minutes=(1,)), Wish(keep=("squat",), avoid=("squat",)), Wish(weeks=9)):
        with pytest.raises(InputError):
            plan_own.want(journal, wish)
    assert plan_own.wanted(journal) == {}


def test_a_weekday_becomes_longer_and_the_others_stay(journal: Journal) -> None:
    plan_own.lengthen(journal, MONDAY, 10)
    assert plan_own.wanted(journal) == {"days": ["mon", "wed", "fri"], "minutes": [55, 45, 45]}
    plan_own.lengthen(journal, MONDAY + timedelta(days=4), 5)
    assert plan_own.wanted(journal)["minutes"] == [55, 45, 50]
    with pytest.raises(InputError, match="none of your training days"):
        plan_own.lengthen(journal, MONDAY + timedelta(days=1), 5)


def test_only_what_was_asked_for_need_not_come_any_more(journal: Journal) -> None:
    plan_own.want(journal, Wish(keep=("squat", "deadlift")))
    plan_own.need_not_come(journal, "squat")
    assert plan_own.wanted(journal) == {"keep": ["deadlift"]}
    with pytest.raises(InputError, match="clinician"):
        plan_own.need_not_come(journal, "squat")


def test_a_session_is_begun_for_its_day_alone(journal: Journal) -> None:
    today = journal.today()
    plan_own.begin(journal, today, SESSION)
    plan_own.begin(journal, today, SESSION)
    assert plan_own.begun(journal) == SESSION
    assert len(journal.store.entries(Begun)) == 1
    assert plan_own.begun(journal, today - timedelta(days=1)) is None
    tomorrow = replace(journal, clock=lambda: journal.clock() + timedelta(days=1))
    assert plan_own.begun(tomorrow) is None


def test_an_exercise_of_the_session_is_swapped(journal: Journal) -> None:
    other = {**LIFT, "exercise": "goblet-squat"}
    with pytest.raises(InputError, match="not in the session"):
        plan_own.swap_today(journal, "squat", other)
    plan_own.begin(journal, journal.today(), SESSION)
    plan_own.swap_today(journal, "squat", other)
    assert plan_own.begun(journal) == {**SESSION, "main": [other]}


@pytest.mark.parametrize(
    "session",
    [{}, {**SESSION, "main": "squats"}, {**SESSION, "main": [{"exercise": "squat"}]}, {**SESSION, "warm_up": [3]},
     {**SESSION, "main": [{**LIFT, "sets": 10**9}]}, {**SESSION, "main": [{**LIFT, "ramp": [{"kg": "x"}]}]},
     {**SESSION, "main": [LIFT] * 100}, {**SESSION, "main": [{**LIFT, "holds": [0]}]}],
)  # fmt: skip
def test_a_session_that_is_not_whole_is_refused(session: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="not whole"):
        Begun(MONDAY, session)


def test_both_go_through_an_export_and_are_not_listed_among_what_was_recorded(journal: Journal, tmp_path: Path) -> None:
    plan_own.want(journal, Wish(days=("mon",)))
    plan_own.begin(journal, journal.today(), SESSION)
    assert recorded(journal).entries == ()
    export(journal.store, tmp_path / "out.zip")
    with open_journal(str(tmp_path / "new.db"), journal.clock) as new:
        restore(new.store, tmp_path / "out.zip")
        assert (plan_own.wanted(new), plan_own.begun(new)) == ({"days": ["mon"]}, SESSION)

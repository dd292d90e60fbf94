"""Runs, walks and what is usual beside the weights: days of rest, legs after a long run, walks that grow."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from backstory.journal import Journal, open_journal
from backstory.journal.loading import weigh
from backstory.journal.plan_moving import active_days, hard_for_legs, moved, usual_moves, walked
from backstory.model import Session, Set
from backstory.plan.walking import walk_minutes
from conftest import NOW, Run

FIRST = date(2026, 11, 23)  # a Monday
DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    monkeypatch.setattr("backstory.journal.opening.Journal.today", lambda _self: FIRST - DAY)
    with open_journal(str(tmp_path / "home" / "journal.db"), clock=lambda: NOW) as journal:
        yield journal


def moves(log: Journal, kind: str, weekdays: Sequence[str], minutes: float = 40, weeks: int = 4, **more: Any) -> None:
    for week in range(weeks):
        for name in weekdays:
            day = FIRST - (7 - WEEKDAYS.index(name)) * DAY - 7 * week * DAY
            at = datetime.combine(day, time(8), UTC)
            log.store.add_session(Session("backstory", day, title=kind, duration_s=60 * minutes, **more), at)


def planned(run: Run, days: str, *options: object, code: int = 0) -> dict[str, Any]:
    ran = run("plan", "--from", FIRST, "--days", days, "--minutes", 45, *options, "--json")
    assert ran.code == code, ran.err
    found: dict[str, Any] = ran.json
    return found


def of_rule(plan: dict[str, Any], name: str) -> dict[str, Any]:
    return next(rule for rule in plan["rules"] if rule["id"] == name)


def test_a_run_is_no_rest_and_a_walk_is(log: Journal) -> None:
    moves(log, "run", ["mon"])
    moves(log, "walk", ["tue"])
    moves(log, "football", ["wed"])
    moves(log, "yoga", ["thu"])
    moves(log, "run", ["fri"], effort=2.0)
    everything = weigh(log)
    found = {day.weekday() for day in active_days(everything, moved(everything))}
    assert found == {0, 2}, "an easy run, told to be easy, leaves its day one of rest"
    assert {day.weekday() for day in walked(moved(everything))} == {1}


def test_what_was_done_on_three_of_four_mondays_is_usual_on_mondays(log: Journal) -> None:
    moves(log, "run", ["mon", "wed"], weeks=3)
    moves(log, "run", ["sun"], minutes=80, weeks=2)
    moves(log, "walk", ["fri"])
    found = usual_moves(moved(weigh(log)), FIRST)
    assert {weekday: (one.exercise.id, one.minutes) for weekday, one in found.items()} == {
        0: ("run", 40.0), 2: ("run", 40.0)
    }  # fmt: skip


def test_a_run_logged_as_a_set_is_a_run_and_ten_minutes_after_the_weights_are_not_usual(log: Journal) -> None:
    for week in range(4):
        monday = FIRST - 7 * (week + 1) * DAY
        at = datetime.combine(monday, time(8), UTC)
        log.store.add_session(Session("strong", monday, (Set("Running", duration_s=2400.0),)), at)
        lifted = (Set("Squat (Barbell)", load_kg=60.0, reps=8.0), Set("Running", duration_s=600.0))
        log.store.add_session(Session("strong", monday + 2 * DAY, lifted), at + 2 * DAY)
    found = usual_moves(moved(weigh(log)), FIRST)
    assert {weekday: one.minutes for weekday, one in found.items()} == {0: 40.0}


@pytest.mark.parametrize(("minutes", "effort", "hard"), [(80, None, True), (30, None, False), (30, 8.0, True)])
def test_after_a_long_or_hard_run_the_legs_rest(
    run: Run, log: Journal, minutes: float, effort: float | None, hard: bool
) -> None:
    moves(log, "run", ["sun"], minutes=minutes, weeks=1, effort=effort)
    assert ("quads" in hard_for_legs(moved(weigh(log)))) is hard
    plan = planned(run, "mon")
    slots = {one["slot"] for session in plan["sessions"] for one in session["main"]}
    assert bool({"squat", "lunge"} & slots) is not hard


def test_a_usual_run_is_not_called_rest_and_counts_for_the_day_of_rest(run: Run, log: Journal) -> None:
    moves(log, "run", ["mon", "wed", "fri", "sun"])
    plan = planned(run, "tue,thu")
    told = {day["date"]: day for day in plan["rest_days"]}
    assert all(told[f"2026-11-{day}"]["usual"] and "Running" in told[f"2026-11-{day}"]["suggestion"]
               for day in (23, 25, 27, 29))  # fmt: skip
    assert not told["2026-11-28"]["usual"]
    assert of_rule(plan, "R18")["value"].startswith("at most 6 of 7 days") and of_rule(plan, "R18")["held"]
    shown = run("plan", "--from", FIRST, "--days", "tue,thu").out
    assert "Other days" in shown and "Rest days" not in shown


def test_a_day_stays_free_where_runs_and_weights_would_leave_none_and_it_is_said(run: Run, log: Journal) -> None:
    moves(log, "run", ["mon", "wed", "fri", "sun"])
    plan = planned(run, "tue,thu,sat")
    days = {session["date"] for session in plan["sessions"]}
    assert len(days) == 2 and days < {"2026-11-24", "2026-11-26", "2026-11-28"}
    assert any("stays free" in note and "R18" in note for note in plan["notes"])


def test_weights_on_a_day_with_a_run_are_fine_and_said(run: Run, log: Journal) -> None:
    moves(log, "run", ["mon", "wed"])
    plan = planned(run, "mon,thu")
    assert {session["date"] for session in plan["sessions"]} == {"2026-11-23", "2026-11-26"}
    assert any("Mondays, too" in note for note in plan["notes"])
    assert not any("stays free" in note for note in plan["notes"])


def test_where_only_the_last_day_of_rest_is_left_no_week_can_hold_and_the_way_out_is_told(
    run: Run, log: Journal
) -> None:
    moves(log, "run", ["mon", "tue", "wed", "thu", "fri", "sun"])
    plan = planned(run, "sat", code=1)
    assert "R18" in plan["clashes"][0]["rules"] and "usually do something else" in plan["clashes"][0]["way_out"]


def test_who_runs_every_day_gets_weights_on_run_days(run: Run, log: Journal) -> None:
    moves(log, "run", WEEKDAYS)
    plan = planned(run, "mon,thu")
    assert len(plan["sessions"]) == 2 and of_rule(plan, "R18")["held"] is None


def test_walks_grow_by_a_little_and_not_beyond_half_an_hour() -> None:
    week = {FIRST - n * DAY: 20.0 for n in (2, 4, 6)}
    assert walk_minutes(week, FIRST, 3, 10.0) == 23.0
    assert walk_minutes({}, FIRST, 3, 10.0) == 10.0, "where nothing is known, it does not grow"
    assert walk_minutes(dict.fromkeys(week, 60.0), FIRST, 3, 10.0) == 30.0
    assert walk_minutes({FIRST - 9 * DAY: 60.0}, FIRST, 3, 10.0) == 23.0, "the better of the last two weeks"
    assert walk_minutes({FIRST - 20 * DAY: 60.0}, FIRST, 3, 10.0) == 10.0


def test_walks_on_rest_days_grow_with_the_log_and_through_a_block(run: Run, log: Journal) -> None:
    moves(log, "walk", ["tue", "thu", "sat"], minutes=18, weeks=1)
    plan = planned(run, "mon,wed,fri", "--weeks", 4)
    walks = [day["minutes"] for day in plan["rest_days"] if day["suggestion"].startswith("Walk")]
    weeks = [sum(walks[n : n + 4]) for n in range(0, 16, 4)]
    assert len(walks) == 16 and 54 < weeks[0] < weeks[1] < weeks[2] < weeks[3] <= 120 and max(walks) <= 30


def test_what_the_back_minds_is_not_suggested_on_a_day_of_rest(run: Run, log: Journal) -> None:
    def suggested() -> str:
        every = [planned(run, "mon", "--equipment", "everything", "--weeks", 2)]
        return " ".join(day["suggestion"] for plan in every for day in plan["rest_days"])

    assert "yoga" in suggested() and "Ride" in suggested()
    for back in range(1, 8):
        run("check-in", "--pain", 3, "--when", "evening", "--date", FIRST - back * DAY, "--hurts", "bending")
    assert "yoga" not in suggested() and "Ride" not in suggested() and "Walk" in suggested()


def test_a_cool_down_stretches_with_each_exercise_once(run: Run, log: Journal) -> None:
    for session in planned(run, "mon,wed,fri", "--equipment", "everything", "--goal", "muscle")["sessions"]:
        for part in ("warm_up", "cool_down"):
            names = [one["exercise"] for one in session[part]]
            assert len(set(names)) == len(names)

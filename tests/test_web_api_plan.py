"""The API of plan, sets, exercises and self-trials: what the command line prints, and one line for what cannot be."""

import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.journal import Journal, helping
from backstory.journal.training import logged_today
from backstory.model import CheckIn
from conftest import Run

GYM = {"days": "mon,wed,fri", "minutes": "45", "equipment": "everything"}


def journal_of(web: TestClient) -> Journal:
    opened: Journal = web.app.state.desk.journal  # type: ignore[attr-defined]
    return opened


def test_the_plan_is_what_the_command_line_prints(web: TestClient, run: Run) -> None:
    by_api = web.get("/api/plan", params=GYM)
    by_command = run("plan", "--days", "mon,wed,fri", "--minutes", "45", "--equipment", "everything", "--json")
    assert by_api.status_code == 200
    assert by_api.json() == by_command.json


def test_where_no_week_can_hold_the_clashes_come_with_409(web: TestClient) -> None:
    answer = web.get("/api/plan", params={"days": "mon", "minutes": 20, "keep": ["deadlift", "squat,bench-press"]})
    assert answer.status_code == 409
    assert answer.json()["sessions"] == []
    assert "more_minutes" in answer.json()["clashes"][0]


def test_why_and_what_instead(web: TestClient) -> None:
    plan = web.get("/api/plan", params=GYM).json()
    planned = {one["exercise"] for session in plan["sessions"] for one in session["main"]}
    rows = web.get("/api/plan/explain", params=GYM).json()["exercises"]
    assert {row["exercise"] for row in rows} == planned
    assert all(row["why"] for row in rows)
    swap = web.get("/api/plan/swap", params={**GYM, "exercise": "Squat (Barbell)"}).json()
    loads = [offer["peak_moment_nm"] for offer in swap["offers"]]
    assert swap["instead_of"] == "squat" and loads == sorted(loads) and loads


def test_there_is_no_plan_where_a_doctor_comes_first(web: TestClient) -> None:
    helping.note(journal_of(web), {"RF01": True})
    answer = web.get("/api/plan")
    assert answer.status_code == 404 and answer.json()["detail"]


@pytest.mark.parametrize(
    "asked",
    [{"days": "someday"}, {"minutes": "1e9"}, {"minutes": "²"}, {"weeks": "99"}, {"goal": "beach"}, {"level": "\x00"},
     {"keep": "<script>"}, {"equipment": "tank"}, {"from": "0001-01-01"}, {"from": "9999-12-31"}, {"colour": "red"}],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_told_in_a_line(web: TestClient, asked: dict[str, str]) -> None:
    answer = web.get("/api/plan", params=asked)
    assert answer.status_code == 422
    assert "\n" not in answer.json()["detail"]


def test_a_set_is_logged_once_and_taken_back(web: TestClient) -> None:
    given = {"exercise": "squat", "load_kg": 80, "reps": 5, "rir": 2, "tick": "mine 1"}
    first, again = (web.post("/api/sets", json=given) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    (logged,) = logged_today(journal_of(web))
    assert [(one.load_kg, one.reps, one.rir) for one in logged.sets] == [(80, 5, 2)]
    assert web.delete(f"/api/sets/{first.json()['id']}").status_code == 204
    assert logged_today(journal_of(web)) == []


@pytest.mark.parametrize("entry", ["set:999", "set:" + "9" * 30, "check-in:1", "set:-1", "%00", "set:²"])
def test_a_set_that_is_not_there_is_not_found(web: TestClient, entry: str) -> None:
    assert web.delete(f"/api/sets/{entry}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"exercise": "no such thing"}, {"reps": -1}, {"reps": None}, {"load_kg": 1e300}, {"rir": 99}, {"kind": "odd"},
     {"tick": "\x00"}, {"title": "\x00"}, {"date": "2999-01-01"}, {"exercise": "\ud800"}, {"more": 1}],
)  # fmt: skip
def test_a_set_that_cannot_be_changes_nothing(web: TestClient, wrong: dict[str, Any]) -> None:

    body = json.dumps({"exercise": "squat", "reps": 5} | wrong)
    answer = web.post("/api/sets", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert logged_today(journal_of(web)) == []


def test_exercises_are_found_by_any_of_their_names(web: TestClient) -> None:
    assert len(web.get("/api/exercises").json()) > 700
    found = web.get("/api/exercises", params={"search": "squat barbell"}).json()
    assert "squat" in [one["id"] for one in found]
    one = web.get("/api/exercises/squat").json()
    assert one["names"][0] == one["name"]
    assert web.get(one["figure"]).headers["content-type"] == "image/svg+xml"
    assert web.get("/api/exercises/nothing").status_code == 404


def test_a_trial_is_laid_out_started_followed_and_stopped(web: TestClient) -> None:
    journal = journal_of(web)
    today = journal.today()
    journal.store.set_profile({"birth_year": "1980"}, journal.clock())
    for days_ago in range(30):
        day = today - timedelta(days=days_ago)
        journal.store.add_check_in(CheckIn(day, 2.0 + days_ago % 3, "morning"), journal.clock())
    assert web.get("/api/trial").status_code == 404
    assert "walking" in " ".join(one["id"] for one in web.get("/api/trial/questions").json())
    design = web.get("/api/trial/design", params={"question": "warm-up", "weeks": 8, "block_days": 4}).json()
    assert len(design["table"]) == 1 and design["can_start"]
    asked = {"question": "warm-up", "weeks": 8, "pregnant": False, "recent_surgery": False, "help_first_open": False}
    refused = web.post("/api/trial", json={**asked, "pregnant": True})
    assert refused.status_code == 409 and "pregnancy" in refused.json()["detail"]
    assert web.post("/api/trial", json={"question": "warm-up", "weeks": 8}).status_code == 422
    begun = web.post("/api/trial", json=asked)
    assert begun.status_code == 201 and begun.json()["days"] == 56
    assert web.get("/api/trial/today").json()["day"] == 1
    arms = [one["arm"] for one in web.get("/api/trial").json()]
    assert len(arms) == 56 and arms[0] in ("A", "B") and not any(arms[1:])
    assert web.get("/api/trial/answer").json()["verdict"] == "not enough data"
    assert web.get("/api/trial/report").json()[0]["text"]
    assert web.post("/api/trial/stop").json()["ended_because"] == "by hand"
    assert web.post("/api/trial/stop").status_code == 404

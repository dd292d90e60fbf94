"""The answer, the days and the load as JSON: what the command line gives, and one line where there is nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.journal import Journal
from backstory.journal.answering import answer
from backstory.journal.entering import check_in
from backstory.journal.loading import day_records, weigh
from backstory.journal.looking_back import look_back_on
from backstory.journal.reporting import load_report, sets_of_day
from backstory.journal.training import log_set
from conftest import Run

NOTHING_YET = ("answer", "days", "load", "look-back", "sets?date=2026-01-05")


def journal_of(web: TestClient) -> Journal:
    app: Any = web.app
    journal: Journal = app.state.desk.journal
    return journal


@pytest.fixture
def lived(web: TestClient) -> TestClient:
    """Six weeks: a score every morning, deadlifts and something unknown every third day."""
    journal = journal_of(web)
    for n in range(42):
        day = journal.today() - timedelta(days=n)
        check_in(journal, day=day, pain=n * n % 5, when="morning")
        if n % 3 == 0:
            for exercise in ("deadlift", "bench-press", "deadlift"):
                log_set(journal, day, exercise, 60.0 + n, 5)
    return web


def same(a: Any, b: Any) -> bool:
    return bool(json.loads(json.dumps(a)) == json.loads(json.dumps(b)))


@pytest.mark.parametrize("path", NOTHING_YET)
def test_an_empty_journal_gives_404_and_one_line(web: TestClient, path: str) -> None:
    told = web.get(f"/api/{path}")
    assert told.status_code == 404 and "\n" not in told.json()["detail"]


def test_the_api_gives_what_the_command_line_gives(lived: TestClient) -> None:
    journal = journal_of(lived)
    assert same(lived.get("/api/answer").json(), answer(journal).as_json())
    assert same(lived.get("/api/days").json(), {"days": day_records(journal)})
    assert same(lived.get("/api/load").json(), load_report(journal))
    assert same(lived.get("/api/look-back").json(), look_back_on(journal).as_json())


def test_one_set_is_as_on_the_command_line(lived: TestClient, run: Run) -> None:
    location = str(journal_of(lived).store.engine.url.database)
    told = run("set", "deadlift", "--kg", 100, "--reps", 5, "--json", "--journal", location).json
    assert lived.get("/api/set", params={"exercise": "deadlift", "kg": 100, "reps": 5}).json() == told


def test_a_days_sets_weigh_what_they_weigh_among_all_others(lived: TestClient) -> None:
    journal = journal_of(lived)
    for item in weigh(journal):
        told = lived.get("/api/sets", params={"date": item.day.isoformat()}).json()
        assert told["date"] == item.day.isoformat() and same(told["sets"], sets_of_day(journal, item.day))
        assert [one["peak_moment_nm"] for one in told["sets"]] == pytest.approx(item.sets.peak_moment_nm.tolist())


@pytest.mark.parametrize(
    "asked",
    [
        "set", "set?exercise=nobody-knows", "set?exercise=deadlift&kg=nan", "set?exercise=deadlift&kg=1e400",
        "set?exercise=deadlift&kg=-1", "set?exercise=deadlift&reps=99999999999999999999", "set?exercise=%00",
        "set?exercise=%ff%fe", "sets", "sets?date=today", "sets?date=99999-01-01",
    ],
)  # fmt: skip
def test_bad_input_is_422_with_one_line(lived: TestClient, asked: str) -> None:
    told = lived.get(f"/api/{asked}")
    assert told.status_code == 422 and "\n" not in told.json()["detail"]


def test_bouts_are_marked_and_taken_back(lived: TestClient) -> None:
    began = (journal_of(lived).today() - timedelta(days=5)).isoformat()
    told = lived.post("/api/bouts", json={"began": [began]}).json()
    assert told["began"] == [began] and told["said"][0].startswith("Marked")
    assert lived.get("/api/look-back").json()["bouts"][0]["began"] == began
    assert lived.post("/api/bouts", json={"withdrawn": [began]}).json()["began"] == []
    assert lived.get("/api/bouts").json()["began"] == []


@pytest.mark.parametrize(
    "wrong", [{"began": ["9999-12-31"]}, {"withdrawn": ["2026-01-01"]}, {"began": ["x"]}, {"days": []}, [], None]
)
def test_bouts_that_cannot_be_change_nothing(lived: TestClient, wrong: Any) -> None:
    assert lived.post("/api/bouts", json=wrong).status_code == 422
    assert lived.get("/api/bouts").json()["began"] == []


def test_the_oldest_day_that_can_be_marked_does_not_disturb_a_look_back(lived: TestClient) -> None:
    told = lived.post("/api/bouts", json={"began": ["1000-01-01"]})
    assert told.status_code in (200, 422)
    assert lived.get("/api/look-back").status_code == 200


def test_everything_is_described(web: TestClient) -> None:
    paths = web.get("/api/openapi.json").json()["paths"]
    for path in ("answer", "days", "load", "sets", "set", "look-back", "bouts"):
        assert paths[f"/api/{path}"]["get"]["description"]

"""What training asked of the low back, in the app."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.journal import Journal
from backstory.journal.training import log_set

BAD = '<script>alert("x")</script>'


def journal_of(web: TestClient) -> Journal:
    app: Any = web.app
    journal: Journal = app.state.desk.journal
    return journal


@pytest.fixture
def lifted(web: TestClient) -> TestClient:
    """Three weeks of deadlifts, bench presses and something that nobody knows."""
    journal = journal_of(web)
    for n in range(0, 21, 3):
        day = journal.today() - timedelta(days=n)
        for exercise in ("deadlift", "bench-press", "deadlift"):
            log_set(journal, day, exercise, 60.0 + n, 5)
    return web


def test_without_a_log_it_says_what_to_do(web: TestClient) -> None:
    page = web.get("/load")
    assert page.status_code == 200 and 'href="/import"' in page.text


def test_weeks_days_families_and_muscles_are_shown(lifted: TestClient) -> None:
    page = lifted.get("/load").text
    for word in ("data-chart", "Hinge", "Day by day", "Sets a muscle", "The largest jumps"):
        assert word in page, word


def test_a_day_shows_its_sets(lifted: TestClient) -> None:
    day = journal_of(lifted).today().isoformat()
    assert lifted.get(f"/load?date={day}").text.count("100 %") >= 1
    assert lifted.get("/load?date=1999-01-01").status_code == 200
    assert lifted.get("/load?date=gestern").status_code == 422


def test_one_set_is_worked_out(lifted: TestClient) -> None:
    part = lifted.get("/load/set?exercise=deadlift&kg=60&reps=5", headers={"hx-request": "true"}).text
    assert "usual training day" in part and "Nm" in part
    assert "<html" in lifted.get("/load/set?exercise=deadlift&kg=60").text


@pytest.mark.parametrize(
    "query", [f"exercise={BAD}", "exercise=deadlift&kg=x", "exercise=deadlift&reps=-1", "exercise="]
)
def test_a_set_that_makes_no_sense_is_told_in_one_line(lifted: TestClient, query: str) -> None:
    told = lifted.get(f"/load/set?{query}")
    assert told.status_code in (200, 422) and BAD not in told.text and "Traceback" not in told.text

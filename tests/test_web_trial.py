"""The self-trial in the app: asked, begun, followed, ended."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.journal import Journal
from backstory.journal.entering import check_in, log_activity
from backstory.journal.trialling import questions


def journal_of(web: TestClient) -> Journal:
    app: Any = web.app
    journal: Journal = app.state.desk.journal
    return journal


@pytest.fixture
def ready(web: TestClient) -> TestClient:
    """Somebody with 60 scored mornings and the profile that a trial asks for."""
    journal = journal_of(web)
    journal.store.set_profile({"birth_year": "1990"}, journal.clock())
    for n in range(60):
        day = journal.today() - timedelta(days=n)
        check_in(journal, day=day, pain=2 + n % 2, when="morning", sleep_h=7.0, stress=3.0)
        if n % 2:
            log_activity(journal, "run", day, 30, 5, None)
    return web


def test_without_anything_there_are_questions_to_choose_from(web: TestClient) -> None:
    page = web.get("/trial").text
    assert page.count('href="/trial/design?question=') >= 4


def test_a_trial_that_cannot_be_says_why_and_changes_nothing(web: TestClient) -> None:
    form = {"question": "warm-up", "weeks": "10", "pregnant": "no", "recent_surgery": "no", "help_first_open": "no"}
    assert web.post("/trial/start", data=form, follow_redirects=False).status_code in (404, 422)
    assert journal_of(web).store.trials() == []


@pytest.mark.parametrize("wrong", [{"weeks": "99"}, {"weeks": "x"}, {"block_days": "1"}, {"question": "<script>"}])
def test_what_makes_no_sense_gets_one_line(ready: TestClient, wrong: dict[str, str]) -> None:
    form = {"question": "warm-up", "weeks": "10", "pregnant": "no", "recent_surgery": "no", "help_first_open": "no"}
    told = ready.post("/trial/start", data=form | wrong)
    assert told.status_code == 422 and "Traceback" not in told.text and "<script>" not in told.text


def test_a_trial_is_begun_followed_and_ended(ready: TestClient) -> None:
    asked = (one["id"] for one in questions())
    question = next(one for one in asked if "trial/start" in ready.get(f"/trial/design?question={one}").text)
    form = {"question": question, "weeks": "8", "pregnant": "no", "recent_surgery": "no", "help_first_open": "no"}
    assert ready.post("/trial/start", data=form, follow_redirects=False).status_code == 303
    trial = journal_of(ready).store.trials()[-1]
    page = ready.get("/trial").text
    assert "Day 1 of 56" in page and page.count("hidden-day") == 55, "what is to come stays hidden"
    assert trial.arm_of(trial.schedule[0]).name in page
    assert "Day 1 of 56" in ready.get("/").text
    ready.post("/trial/stop")
    assert journal_of(ready).store.trials()[-1].ended_because == "by hand"
    assert ready.get("/trial/report").status_code == 200

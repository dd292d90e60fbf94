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


def test_who_told_nothing_of_themselves_can_begin_from_the_page_alone(web: TestClient) -> None:
    journal = journal_of(web)
    for n in range(10, 60):
        day = journal.today() - timedelta(days=n)
        check_in(journal, day=day, pain=2 + n % 2, when="morning")
        log_activity(journal, "run", day, 30, 5, None)
    question = next(
        one["id"] for one in questions() if "trial/start" in web.get(f"/trial/design?question={one['id']}").text
    )
    page = web.get(f"/trial/design?question={question}&worth=2").text
    assert 'name="birth_year"' in page and 'name="pain"' in page and '<option value="2.0" selected>' in page
    form = {"question": question, "weeks": "8", "pregnant": "no", "recent_surgery": "no", "help_first_open": "no"}
    told = web.post("/trial/start", data=form)
    assert told.status_code == 422 and "when you were born" in told.text and journal.store.trials() == []
    more = {"birth_year": "1980", "pain": "2,5", "worth": "2"}
    assert web.post("/trial/start", data=form | more, follow_redirects=False).status_code == 303
    assert journal.store.profile()["birth_year"] == "1980" and journal.store.check_ins()[-1].pain == 2.5
    assert journal.store.trials()[-1].worth_knowing == 2.0
    again = web.get(f"/trial/design?question={question}").text
    assert 'name="birth_year"' not in again and 'name="pain"' not in again


@pytest.mark.parametrize("wrong", [{"birth_year": "x"}, {"birth_year": "1700"}, {"pain": "11"}, {"worth": "9"}])
def test_what_cannot_be_said_of_oneself_begins_nothing(ready: TestClient, wrong: dict[str, str]) -> None:
    form = {"question": "warm-up", "weeks": "8", "pregnant": "no", "recent_surgery": "no", "help_first_open": "no"}
    assert ready.post("/trial/start", data=form | wrong).status_code == 422
    assert journal_of(ready).store.trials() == [] and journal_of(ready).store.profile()["birth_year"] == "1990"


def test_somebody_too_young_is_told_kindly(ready: TestClient) -> None:
    form = {"question": "warm-up", "weeks": "8", "pregnant": "no", "recent_surgery": "no", "help_first_open": "no"}
    journal = journal_of(ready)
    told = ready.post("/trial/start", data=form | {"birth_year": str(journal.today().year - 15)})
    assert told.status_code == 404 and "18 and over" in told.text and journal.store.trials() == []

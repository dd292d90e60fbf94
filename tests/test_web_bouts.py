"""Days on which back pain began, marked on the page of the load; and rest days, breaks and comparisons on it."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from backstory.journal.looking_back import marked_days
from backstory.journal.training import log_set
from test_web_load import BAD, journal_of

BY_SCRIPT = {"hx-request": "true"}


@pytest.fixture
def lifted(web: TestClient) -> TestClient:
    """Three weeks of deadlifts."""
    journal = journal_of(web)
    for n in (0, 0, *range(3, 21, 3), 3, 6):
        log_set(journal, journal.today() - timedelta(days=n), "deadlift", 60.0, 5)
    return web


def test_a_bout_is_marked_and_taken_back_with_script_and_without(lifted: TestClient) -> None:
    day = journal_of(lifted).today() - timedelta(days=6)
    began = day.isoformat()
    by_form = lifted.post("/load/bouts", data={"began": began}, follow_redirects=False)
    assert (by_form.status_code, by_form.headers["location"]) == (303, "/load#bouts")
    assert marked_days(journal_of(lifted)) == {day}
    page = lifted.get("/load").text
    assert f'name="withdrawn" value="{began}"' in page and 'href="/load#look-back"' in page
    part = lifted.post("/load/bouts", data={"withdrawn": began}, headers=BY_SCRIPT)
    assert "Taken back" in part.text and 'name="withdrawn"' not in part.text and "<html" not in part.text
    assert part.headers["hx-trigger"] == "bouts"
    assert marked_days(journal_of(lifted)) == set()


def test_what_was_before_a_marked_day_comes_by_itself(lifted: TestClient) -> None:
    journal = journal_of(lifted)
    for n in range(24, 120, 3):
        log_set(journal, journal.today() - timedelta(days=n), "deadlift", 60.0, 5)
    began = (journal.today() - timedelta(days=2)).isoformat()
    lifted.post("/load/bouts", data={"began": began}, headers=BY_SCRIPT)
    part = lifted.get("/load/look-back", headers=BY_SCRIPT).text
    assert "<html" not in part and 'id="look-back"' in part and "Before your bouts" in part
    german = lifted.get("/load/look-back", headers={**BY_SCRIPT, "accept-language": "de"}).text
    assert "Vier Wochen vor dem" in german and "our weeks before" not in german
    assert lifted.get("/load/look-back", follow_redirects=False).headers["location"] == "/load#look-back"


@pytest.mark.parametrize("wrong", [{"began": "9999-12-31"}, {"began": BAD}, {"withdrawn": "2026-01-01"}])
def test_a_bout_that_cannot_be_gets_one_line_and_changes_nothing(lifted: TestClient, wrong: dict[str, str]) -> None:
    told = lifted.post("/load/bouts", data=wrong)
    assert told.status_code == 422 and BAD not in told.text
    assert marked_days(journal_of(lifted)) == set()


def test_it_can_be_marked_before_there_is_a_log_and_in_german(web: TestClient) -> None:
    assert 'name="began"' in web.get("/load").text
    day = journal_of(web).today()
    told = web.post(
        "/load/bouts", data={"began": day.isoformat()}, headers={**BY_SCRIPT, "accept-language": "de"}
    )  # fmt: skip
    assert "Zurücknehmen" in told.text and "Marked" not in told.text
    assert web.get("/load").status_code == 200


def test_rest_days_breaks_and_the_usual_stand_beside_the_numbers(lifted: TestClient) -> None:
    journal = journal_of(lifted)
    back = journal.today() - timedelta(days=45)
    for n in (45, 45, 70, 73, 76):
        log_set(journal, journal.today() - timedelta(days=n), "deadlift", 60.0, 5)
    page = lifted.get("/load").text
    assert "Rest days and breaks" in page and "two days in a row" in page
    assert f"24 days off, back on {back.day} " in page and "2.0 × the usual training day before" in page
    assert "kNm·reps" in page and "Your usual week then" in page
    day = lifted.get(f"/load?date={journal.today().isoformat()}").text
    assert "Beside the hardest of a usual day" in day and '<th scope="col">Nm</th>' in day
    assert "Ruhetage und Pausen" in lifted.get("/load", headers={"accept-language": "de"}).text

"""An answer on when to get help, changed or removed in the app's journal: it is asked for first."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.journal import Journal, helping
from backstory.journal.recorded import recorded

SURE = {"sure": "yes"}


def journal_of(web: TestClient) -> Journal:
    app: Any = web.app
    journal: Journal = app.state.desk.journal
    return journal


@pytest.fixture
def answered(web: TestClient) -> TestClient:
    """Somebody whose answers close training."""
    helping.note(journal_of(web), {"RF01": True, "RF02": False})
    assert helping.stands(journal_of(web)).judgement.plan == "none"
    return web


def entry_of(web: TestClient) -> str:
    return recorded(journal_of(web), kind=helping.KIND).entries[0].id


def test_a_change_says_first_what_it_would_lead_to(answered: TestClient) -> None:
    path, journal = f"/journal/entry/{entry_of(answered)}", journal_of(answered)
    shown = answered.get(path).text
    assert 'name="answers.RF01"' in shown and helping.question_texts()["RF02"] in shown
    before = journal.stamp()
    asked = answered.post(path, data={"answers.RF01": "no", "answers.RF02": "no", "seen_on": ""})
    assert asked.status_code == 200 and journal.stamp() == before, "nothing is done yet"
    assert "No training is planned." in asked.text and "Training is planned as usual." in asked.text
    assert '<input type="hidden" name="answers.RF01" value="no">' in asked.text
    done = answered.post(path, data={"answers.RF01": "no", "answers.RF02": "no", **SURE}, follow_redirects=False)
    assert done.status_code == 303 and helping.stands(journal).judgement.plan == "usual"
    answered.post("/journal/undo")
    assert helping.stands(journal).judgement.plan == "none"


def test_a_visit_that_is_noted_there_is_asked_for_too(answered: TestClient) -> None:
    path, journal = f"/journal/entry/{entry_of(answered)}", journal_of(answered)
    today = journal.today().isoformat()
    asked = answered.post(path, data={"seen_on": today})
    assert "Training is planned as usual." in asked.text and helping.stands(journal).open
    answered.post(path, data={"seen_on": today, **SURE})
    assert helping.stands(journal).judgement.plan == "usual"
    assert answered.post(path, data={"seen_on": "gestern"}).status_code == 422


def test_what_changes_nothing_says_so_in_the_page_s_language(answered: TestClient) -> None:
    german = {"accept-language": "de"}
    asked = answered.post(f"/journal/entry/{entry_of(answered)}", data={"answers.RF02": "no"}, headers=german)
    assert "Daran ändert sich nichts." in asked.text and "Es wird kein Training geplant." in asked.text


def test_it_is_not_removed_unasked_with_script_or_without(answered: TestClient) -> None:
    path, journal = f"/journal/remove/{entry_of(answered)}", journal_of(answered)
    for headers in ({}, {"hx-request": "true"}):
        asked = answered.post(path, headers=headers)
        assert "Remove this answer?" in asked.text and asked.headers["hx-retarget"] == "#content"
        assert recorded(journal, kind=helping.KIND).entries
    assert answered.post(path, data=SURE, follow_redirects=False).status_code == 303
    assert not recorded(journal, kind=helping.KIND).entries and helping.stands(journal).judgement.plan == "usual"


def test_an_older_answer_is_judged_in_its_place(answered: TestClient) -> None:
    journal = journal_of(answered)
    first = recorded(journal, kind=helping.KIND).entries[0]
    helping.note(journal, {"RF01": False})
    assert helping.would_stand(journal, first, None).judgement.plan == "usual"
    assert helping.would_stand(journal, first, {"answers": {"RF01": True}}).judgement.plan == "none"
    assert helping.stands(journal).judgement.plan == "none", "a later no ends nothing"

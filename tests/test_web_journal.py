"""What was recorded, in the app: found, changed, removed, brought back; settings; everything taken along or deleted."""

from io import BytesIO
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.journal import Journal
from backstory.journal.entering import check_in

BAD = '<script>alert("x")</script>'


def journal_of(web: TestClient) -> Journal:
    app: Any = web.app
    journal: Journal = app.state.desk.journal
    return journal


@pytest.fixture
def kept(web: TestClient) -> TestClient:
    check_in(journal_of(web), pain=3, when="morning", note=f"slept badly {BAD}")
    web.post("/journal/sets", data={"exercise": "Deadlift (Barbell)", "sets": "2", "reps": "5", "load_kg": "80"})
    web.post("/journal/activity", data={"title": f"run {BAD}", "minutes": "30"})
    return web


def test_everything_is_listed_and_escaped(kept: TestClient) -> None:
    page = kept.get("/journal").text
    assert "slept badly" in page and "Deadlift" in page and page.count('class="entry"') == 3
    assert BAD not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("query", "found"), [("q=badly", 1), ("q=deadlift", 1), ("kind=activity", 1), ("q=nothing", 0)]
)
def test_it_can_be_searched(kept: TestClient, query: str, found: int) -> None:
    assert kept.get(f"/journal?{query}").text.count('class="entry"') == found


def test_an_entry_is_changed_and_that_undone(kept: TestClient) -> None:
    journal = journal_of(kept)
    assert kept.get("/journal/entry/check-in:1").status_code == 200
    form = {"pain": "5", "when": "evening", "where.shown": "1", "where": ["low-back", "neck"], "note": ""}
    assert kept.post("/journal/entry/check-in:1", data=form, follow_redirects=False).status_code == 303
    (one,) = journal.store.check_ins()
    assert (one.pain, one.when, one.where, one.note) == (5, "evening", ("low-back", "neck"), None)
    kept.post("/journal/undo")
    assert journal.store.check_ins()[0].pain == 3


def test_an_entry_is_removed_and_brought_back(kept: TestClient) -> None:
    told = kept.post("/journal/remove/session:1", headers={"hx-request": "true"}).text
    assert "Undo" in told and 'class="entry"' not in kept.get("/journal?kind=session").text
    kept.post("/journal/undo")
    assert kept.get("/journal?kind=session").text.count('class="entry"') == 1


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/journal/entry/check-in:1", {"pain": "11"}), ("/journal/entry/check-in:99", {"pain": "1"}),
        ("/journal/entry/../../etc", {}), ("/journal/remove/trial:1", {}),
        ("/journal/sets", {"exercise": BAD, "reps": "5"}),
        ("/journal/sets", {"exercise": "squat", "reps": "x"}), ("/journal/activity", {"title": "run"}),
        ("/journal/undo", {"change_id": "-1"}), ("/settings", {"height_cm": "9999"}), ("/settings", {"goal": BAD}),
        ("/settings/limits", {"avoid": BAD}), ("/settings/delete", {"sure": "no"}),
        ("/journal/measures/peg", {"pain": "99"}), ("/journal/measures/none", {}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_gets_one_line_and_changes_nothing(
    kept: TestClient, path: str, form: dict[str, str]
) -> None:
    before = journal_of(kept).stamp()
    answer = kept.post(path, data=form)
    assert answer.status_code in (404, 405, 422), answer.text
    assert BAD not in answer.text and journal_of(kept).stamp() == before


def test_the_profile_is_kept_and_shown(web: TestClient) -> None:
    form = {"height_cm": "180", "body_mass_kg": "82,5", "goal": "strength", "equipment.shown": "1",
            "equipment": ["barbell", "bench"], "language": "de", "theme": "dark"}  # fmt: skip
    web.post("/settings", data=form)
    assert journal_of(web).store.profile()["body_mass_kg"] == "82.5"
    page = web.get("/settings").text
    assert 'lang="de" data-theme="dark"' in page and "Einstellungen" in page


def test_limits_are_noted_and_ended(web: TestClient) -> None:
    web.post("/settings/limits", data={"avoid": "deadlift", "prescribed_by": f"physio {BAD}"})
    page = web.get("/settings").text
    assert "Deadlift" in page and BAD not in page
    web.post("/settings/limits", data={"end": "1"})
    assert "physio" not in web.get("/settings").text


def test_everything_is_taken_along_deleted_and_brought_back(kept: TestClient) -> None:
    zipped = kept.get("/settings/export").content
    assert zipped.startswith(b"PK")
    kept.post("/settings/delete", data={"sure": "Delete"})
    assert journal_of(kept).store.is_empty()
    files = {"file": ("../../evil.zip", BytesIO(zipped), "application/zip")}
    assert kept.post("/settings/restore", files=files, follow_redirects=False).status_code == 303
    assert kept.get("/journal").text.count('class="entry"') == 3


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_broken_export_changes_nothing(web: TestClient, content: bytes) -> None:
    files = {"file": ("x.zip", BytesIO(content), "application/zip")}
    assert web.post("/settings/restore", files=files).status_code == 422
    assert journal_of(web).store.is_empty()


def test_a_measure_is_taken_item_by_item(web: TestClient) -> None:
    page = web.get("/journal/measures").text
    assert 'href="/journal/measures/peg"' in page
    items = web.get("/journal/measures/peg").text
    names = {part.split('"')[0] for part in items.split('type="radio" name="')[1:]}
    web.post("/journal/measures/peg", data=dict.fromkeys(names, "4"))
    assert "4" in web.get("/journal/measures/peg").text.split("<table>")[1]

"""Today: one tap is a check-in, whatever else was filled in is kept with it, and what is said back."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backstory.journal import Journal, rhythm
from backstory.model import CheckIn

if TYPE_CHECKING:
    from starlette.testclient import TestClient

BY_SCRIPT = {"hx-request": "true"}
LEGS = "down a leg: have it looked at"


@pytest.fixture
def kept(web: "TestClient") -> Journal:
    journal: Journal = web.app.state.desk.journal  # type: ignore[attr-defined]
    return journal


def only(kept: Journal) -> CheckIn:
    (found,) = kept.store.check_ins()
    return found


def test_an_empty_journal_says_what_this_is_and_takes_a_check_in(web: "TestClient") -> None:
    page = web.get("/").text
    assert "Does working out hurt your back?" in page and 'href="/start"' in page
    assert page.count('name="pain"') >= 11


def test_one_tap_is_a_check_in(web: "TestClient", kept: Journal) -> None:
    answer = web.post("/", data={"pain": "3", "when": "morning"}, headers=BY_SCRIPT)
    assert answer.status_code == 200 and "Noted: 3 of 10." in answer.text and "<html" not in answer.text
    assert (only(kept).pain, only(kept).when, only(kept).day) == (3, "morning", kept.today())
    assert 'value="3" aria-label="3 of 10" aria-pressed="true"' in answer.text


def test_without_script_a_tap_leads_back(web: "TestClient", kept: Journal) -> None:
    answer = web.post("/", data={"pain": "0", "when": "evening"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert only(kept).pain == 0


def test_what_was_filled_in_before_the_tap_is_kept_with_it(web: "TestClient", kept: Journal) -> None:
    form = {
        "pain": "4", "when": "morning", "where": ["low-back", "leg-left"], "feels": "stiff", "hurts": "bending",
        "leg_symptoms": "no", "sleep_h": "6,5", "stress": "2", "other_load": "a-lot", "slept": "side",
        "painkiller": "yes", "note": "after gardening",
    }  # fmt: skip
    assert web.post("/", data=form).status_code == 200
    told = only(kept)
    assert (told.pain, told.where, told.sleep_h, told.leg_symptoms, told.painkiller) == (
        4, ("low-back", "leg-left"), 6.5, False, True,
    )  # fmt: skip
    assert (told.feels, told.hurts, told.other_load, told.note) == (
        ("stiff",),
        ("bending",),
        "a-lot",
        "after gardening",
    )
    page = web.get("/").text
    assert "after gardening" in page and LEGS in page


def test_no_training_is_one_tap(web: "TestClient", kept: Journal) -> None:
    assert "Noted: no training today." in web.post("/", data={"trained": "no"}, headers=BY_SCRIPT).text
    assert only(kept).trained == "no"
    assert "No training today: noted" in web.get("/").text


def test_what_was_just_noted_can_be_undone(web: "TestClient", kept: Journal) -> None:
    web.post("/", data={"pain": "2", "when": "morning"})
    sent = web.post("/", data={"trained": "no"}, headers=BY_SCRIPT)
    (entry,) = re.findall(r"check-in:\d+", sent.text)
    assert "Taken back." in web.post("/undo", data={"entry": entry}, headers=BY_SCRIPT).text
    assert (only(kept).pain, only(kept).trained) == (2, None)
    for wrong in ("", entry, "profile:1", "x"):
        assert web.post("/undo", data={"entry": wrong}, headers=BY_SCRIPT).status_code == 422


def test_a_leg_is_spoken_of_and_a_back_is_not(web: "TestClient") -> None:
    assert LEGS not in web.post("/", data={"pain": "3", "where": "low-back"}, headers=BY_SCRIPT).text
    assert LEGS in web.post("/", data={"leg_symptoms": "yes"}, headers=BY_SCRIPT).text


def test_an_evening_stands_for_the_morning_after(web: "TestClient") -> None:
    assert "morning after" not in web.post("/", data={"pain": "1", "when": "morning"}, headers=BY_SCRIPT).text
    assert "morning after" in web.post("/", data={"pain": "1", "when": "evening"}, headers=BY_SCRIPT).text


def test_a_day_of_before_can_be_filled_in_and_says_that_it_comes_late(web: "TestClient", kept: Journal) -> None:
    day = (kept.today() - timedelta(days=3)).isoformat()
    page = web.get(f"/?day={day}")
    assert page.status_code == 200 and f'name="day" value="{day}"' in page.text
    sent = web.post("/", data={"day": day, "pain": "2", "when": "morning"}, headers=BY_SCRIPT)
    assert "recalled" in sent.text
    assert (only(kept).day.isoformat(), only(kept).recalled) == (day, True)


def test_pain_about_a_session_is_not_the_days(web: "TestClient", kept: Journal) -> None:
    sent = web.post("/session-pain", data={"session": "during", "pain": "4"}, headers=BY_SCRIPT)
    assert "4 of 10 during training" in sent.text
    assert (only(kept).session, only(kept).when) == ("during", None)
    assert 'aria-pressed="true"' not in web.get("/").text


def test_an_activity_is_one_line(web: "TestClient", kept: Journal) -> None:
    assert "Noted: yoga." in web.post("/activity", data={"kind": "yoga", "minutes": "30"}, headers=BY_SCRIPT).text
    (session,) = kept.store.sessions()
    assert (session.title, session.duration_s) == ("yoga", 1800)


def test_who_is_asked_weekly_is_asked_about_the_week(web: "TestClient", kept: Journal) -> None:
    rhythm.set_rhythm(kept, rhythm.WEEKLY)
    assert "How was your back this week?" in web.get("/").text
    assert "A check-in a week is enough" in web.get("/").text
    for ago in (7, 0):
        day = (kept.today() - timedelta(days=ago)).isoformat()
        web.post("/", data={"day": day, "pain": "2", "when": "morning"})
    assert "two weekly check-ins in a row" in web.get("/").text


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/", {}), ("/", {"when": "morning"}), ("/", {"pain": "11"}), ("/", {"pain": "nan"}), ("/", {"pain": "a lot"}),
        ("/", {"pain": "1", "day": "2999-01-01"}), ("/", {"pain": "1", "day": "soon"}), ("/", {"pain": "1" * 400}),
        ("/", {"where": "the moon"}), ("/", {"pain": "1", "when": "noon"}), ("/session-pain", {"session": "during"}),
        ("/session-pain", {"session": "never", "pain": "1"}), ("/activity", {"kind": "run"}),
        ("/activity", {"minutes": "5"}), ("/activity", {"kind": "run", "minutes": "-5"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_nothing_is_noted(
    web: "TestClient", kept: Journal, path: str, form: dict[str, str]
) -> None:
    sent = web.post(path, data=form, headers=BY_SCRIPT)
    assert sent.status_code == 422 and sent.text.count("<p") == 1 and "--" not in sent.text
    assert kept.store.check_ins() == [] and kept.store.sessions() == []


def test_a_day_that_is_still_to_come_has_no_page(web: "TestClient") -> None:
    assert web.get("/?day=2999-01-01").status_code == 422
    assert web.get("/?day=yesterday").status_code == 422


def test_what_was_typed_is_text(web: "TestClient") -> None:
    web.post("/", data={"note": "<script>alert(1)</script>\"'>", "pain": "1"})
    assert "<script>alert" not in web.get("/").text and "&lt;script&gt;alert" in web.get("/").text


def test_it_speaks_german(web: "TestClient") -> None:
    page = web.get("/", headers={"accept-language": "de"}).text
    assert "Wie geht es deinem Rücken?" in page and "How is your back" not in page

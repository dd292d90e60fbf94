"""First steps in the app: four steps, back and forth, nothing lost; only an emergency's text cannot be skipped."""

from typing import TYPE_CHECKING

import pytest

from backstory.journal import Journal, helping, limits, rhythm

if TYPE_CHECKING:
    from starlette.testclient import TestClient

STARTS = ("pain-today", "no-pain", "told-by-clinician")
STEPS = ("/start", "/start/signs", "/start/you", "/start/log", "/start/begun")


@pytest.fixture
def kept(web: "TestClient") -> Journal:
    journal: Journal = web.app.state.desk.journal  # type: ignore[attr-defined]
    return journal


def sent_to(web: "TestClient", path: str, **form: object) -> str:
    answer = web.post(path, data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("path", STEPS)
def test_every_step_opens_and_looking_changes_nothing(web: "TestClient", kept: Journal, path: str, start: str) -> None:
    assert web.get(path, params={"as": start}).status_code == 200
    assert kept.store.is_empty()


@pytest.mark.parametrize("start", STARTS)
def test_all_of_it_can_be_skipped(web: "TestClient", kept: Journal, start: str) -> None:
    assert f'href="/start/signs?as={start}"' in web.get("/start").text
    assert sent_to(web, "/start/signs", **{"as": start, "go": "skip"}) == f"/start/you?as={start}"
    assert f'href="/start/log?as={start}"' in web.get(f"/start/you?as={start}").text
    assert sent_to(web, "/start/log", **{"as": start, "go": "empty"}) == f"/start/begun?as={start}"
    assert web.get(f"/start/begun?as={start}").status_code == 200
    assert kept.store.help_first() == [] and kept.store.check_ins() == []


def test_pain_today_ends_with_a_session(web: "TestClient", kept: Journal) -> None:
    sent_to(web, "/start/signs", **{"as": "pain-today", "yes": "none", "go": "on"})
    assert helping.answered_today(kept)
    told = {"as": "pain-today", "pain": "5", "hurts": ["bending", "sitting"], "body_mass_kg": "81,5", "sex": "female"}
    sent_to(web, "/start/you", **told)
    (check_in,) = kept.store.check_ins()
    assert (check_in.pain, check_in.hurts) == (5, ("bending", "sitting"))
    assert kept.store.profile() == {"body_mass_kg": "81.5", "sex": "female"}
    page = web.get("/start/begun?as=pain-today").text
    assert "What to expect" in page and "A first session" in page and page.count("<h3>") >= 3
    assert page.count('src="/figures/') == page.count("<h3>")
    assert "backstory" not in page.replace("/backstory", "").replace("Backstory", "")


def test_the_way_back_keeps_what_was_said(web: "TestClient") -> None:
    sent_to(web, "/start/signs", **{"as": "pain-today", "yes": "none", "go": "on"})
    sent_to(web, "/start/you", **{"as": "pain-today", "pain": "5", "hurts": "bending", "height_cm": "181"})
    assert 'value="none" checked' in web.get("/start/signs?as=pain-today").text
    page = web.get("/start/you?as=pain-today").text
    assert 'value="5" checked' in page and 'value="bending" checked' in page and 'value="181"' in page


def test_no_pain_is_asked_weekly_only_once_it_was_begun(web: "TestClient", kept: Journal) -> None:
    web.get("/start/begun?as=no-pain")
    assert not rhythm.is_weekly(kept)
    assert sent_to(web, "/start/log", **{"as": "no-pain", "go": "import"}) == "/import"
    assert rhythm.is_weekly(kept)


def test_what_a_clinician_said_is_noted(web: "TestClient", kept: Journal) -> None:
    sent_to(
        web, "/start/you",
        **{"as": "told-by-clinician", "avoid": "Deadlift, squat", "keep": "bird dog", "prescribed_by": "my physio"},
    )  # fmt: skip
    held = limits.limits(kept)
    assert held is not None and held.avoid == ("deadlift", "squat") and held.prescribed_by == "my physio"
    assert "my physio" in web.get("/start/begun?as=told-by-clinician").text


def test_an_emergency_stands_before_every_step(web: "TestClient", kept: Journal) -> None:
    assert sent_to(web, "/start/signs", **{"as": "no-pain", "yes": ["RF01"], "go": "on"}) == "/help-first"
    for path in STEPS:
        page = web.get(path)
        assert page.url.path == "/help-first" and "Call 999" in page.text
    sent_to(web, "/start/log", **{"as": "no-pain", "go": "empty"})
    assert not rhythm.is_weekly(kept)


def test_neither_is_asked_again_with_what_was_ticked(web: "TestClient", kept: Journal) -> None:
    page = web.post("/start/signs", data={"as": "no-pain", "go": "on", "yes": ["RF02", "none"]}).text
    assert 'role="alert"' in page and page.count(" checked") == 2 and kept.store.help_first() == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/start/you", {"as": "pain-today", "pain": "12"}), ("/start/you", {"as": "pain-today", "hurts": "hopping"}),
        ("/start/you", {"as": "no-pain", "height_cm": "5"}), ("/start/you", {"as": "no-pain", "birth_year": "0"}),
        ("/start/you", {"as": "told-by-clinician", "avoid": "<script>alert(1)</script>"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line(web: "TestClient", path: str, form: dict[str, str]) -> None:
    answer = web.post(path, data=form, headers={"hx-request": "true"})
    assert answer.status_code == 422 and answer.text.count("<p") == 1 and "<script>" not in answer.text


def test_a_start_that_there_is_not_is_not_found(web: "TestClient") -> None:
    for path in STEPS:
        assert web.get(path, params={"as": "<script>"}).status_code == 404
    assert web.post("/start/log", data={"as": "x"}).status_code == 404


def test_it_speaks_german(web: "TestClient") -> None:
    page = web.get("/start", headers={"accept-language": "de"}).text
    assert "Schritt 1 von 4" in page

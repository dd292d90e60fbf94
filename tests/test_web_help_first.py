"""Get help first in the app: screen by screen, an emergency at once and alone, what is open, and how it ends."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backstory.errors import JournalError
from backstory.journal import Journal, helping

if TYPE_CHECKING:
    from starlette.testclient import TestClient

IDS = [[question.id for question in screen.questions] for screen in helping.screens()]
CALM = ("all is well", "all clear", "nothing to worry")


@pytest.fixture
def kept(web: "TestClient") -> Journal:
    journal: Journal = web.app.state.desk.journal  # type: ignore[attr-defined]
    return journal


def on(web: "TestClient", screen: int, *yes: str, go: str = "on", **carried: str) -> str:
    form = {"screen": str(screen), "yes": list(yes), "go": go, **carried}
    return web.post("/help-first", data=form).text


def test_the_first_screen_asks_for_what_needs_help_at_once(web: "TestClient") -> None:
    page = web.get("/help-first").text
    assert all(f'value="{key}"' in page for key in IDS[0]) and f'value="{IDS[1][0]}"' not in page
    assert "Each would need help at once" in page and "Screen 1 of 3" in page


def test_screen_by_screen_to_a_judgement(web: "TestClient", kept: Journal) -> None:
    second = on(web, 0, "none")
    assert all(f'name="{key}" value="no"' in second for key in IDS[0]) and "Screen 2 of 3" in second
    carried = dict.fromkeys(IDS[0], "no")
    third = on(web, 1, IDS[1][0], **carried)
    assert f'name="{IDS[1][0]}" value="yes"' in third and kept.store.help_first() == []
    carried |= {key: "yes" if key == IDS[1][0] else "no" for key in IDS[1]}
    last = on(web, 2, "none", **carried)
    assert "See a doctor in the next few days" in last and helping.stands(kept).open.keys() == {IDS[1][0]}
    (asked,) = kept.store.help_first()
    assert len(asked.answers) == sum(map(len, IDS))


def test_an_emergency_stops_everything_else(web: "TestClient", kept: Journal) -> None:
    page = on(web, 0, "RF01")
    assert "Call 999, 112 or 911" in page and 'href="tel:112"' in page
    assert 'name="yes"' not in page and "RF02" not in page
    assert helping.stands(kept).judgement.urgency == "emergency"
    assert 'name="yes"' not in web.get("/help-first?again=1").text  # nothing more is asked


def test_an_emergency_is_told_even_where_nothing_can_be_kept(
    web: "TestClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise JournalError("The disk is full.")

    monkeypatch.setattr("backstory.journal.helping.note", full)
    assert "Call 999, 112 or 911" in on(web, 0, "RF01")


def test_a_visit_ends_what_is_open(web: "TestClient", kept: Journal) -> None:
    on(web, 0, "RF06")
    assert web.post("/help-first/seen", data={"day": kept.today().isoformat()}).status_code == 200
    assert helping.stands(kept).open == {} and "has seen what you noted" in web.get("/help-first").text
    later = (kept.today() + timedelta(days=1)).isoformat()
    assert web.post("/help-first/seen", data={"day": later}).status_code == 422
    assert web.post("/help-first/seen", data={"day": "soon"}).status_code == 422
    assert web.post("/help-first/seen", data={"day": ""}).status_code == 422


def test_a_tick_by_mistake_can_be_taken_back(web: "TestClient", kept: Journal) -> None:
    assert "by mistake" in on(web, 0, "RF01")
    assert web.post("/help-first/mistake").status_code == 200
    assert helping.stands(kept).open == {} and helping.stands(kept).asked_on is None
    assert web.post("/help-first/mistake").status_code == 404


@pytest.mark.parametrize("yes", [(), ("RF02", "none")])
def test_neither_nor_and_both_are_asked_again(web: "TestClient", kept: Journal, yes: tuple[str, ...]) -> None:
    page = on(web, 0, *yes)
    assert 'role="alert"' in page and "Screen 1 of 3" in page
    assert page.count(" checked") == len(yes) and kept.store.help_first() == []


def test_questions_may_stay_open_and_the_way_back_keeps_what_was_ticked(web: "TestClient", kept: Journal) -> None:
    second = on(web, 0, go="skip")
    assert "Screen 2 of 3" in second and 'name="RF01"' not in second
    first = on(web, 1, IDS[1][0], go="back")
    assert "Screen 1 of 3" in first and f'name="{IDS[1][0]}" value="yes"' in first
    again = on(web, 0, go="skip", **{IDS[1][0]: "yes"})
    assert f'value="{IDS[1][0]}" checked' in again
    assert on(web, 2, go="skip") and kept.store.help_first() == []


def test_it_never_says_that_all_is_well(web: "TestClient") -> None:
    for screen in range(2):
        on(web, screen, "none")
    page = on(web, 2, "none", **dict.fromkeys((*IDS[0], *IDS[1]), "no"))
    assert "They can still come" in page
    assert not any(words in page.casefold() for words in CALM)


@pytest.mark.parametrize("screen", ["9", "-1", "", "0x1", "²"])
def test_a_screen_that_there_is_not_is_one_line(web: "TestClient", screen: str) -> None:
    assert web.post("/help-first", data={"screen": screen, "go": "on"}).status_code == 422


def test_what_is_sent_along_is_only_yes_and_no(web: "TestClient", kept: Journal) -> None:
    page = on(web, 0, "none", RF10="<script>", RF99="yes", RF11="maybe")
    assert "<script>" not in page.replace("<script src", "") and "RF99" not in page and 'name="RF11"' not in page
    assert kept.store.help_first() == []


def test_it_speaks_german(web: "TestClient") -> None:
    assert "Nichts davon" in web.get("/help-first", headers={"accept-language": "de"}).text

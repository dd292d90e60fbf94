"""Pages never wait for what is worked out: each answers while nothing is there yet, and shows the last value after."""

from collections.abc import Container, Iterator, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory.model import CheckIn, Session, Set
from backstory.web.app import create_app
from backstory.web.rendered import MOST_PAGES, Rendered
from backstory.web.working import AtOnce, Made
from browsing import FURTHER, PAGES

HERE = "http://127.0.0.1:8765"
TAKEN_ALONG = "/plan/print"  # is asked for from a plan that is there
WITH_MORE = ("/load?date=2026-01-02", "/trial/design?question=heavy-hinging", "/import/names?name=x")


class Selective(AtOnce):
    """Finishes everything but the kinds of work that are left out, and remembers it; asked: what was wanted of it."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.left_out: Container[str] = ()
        self.asked: set[str] = set()
        self._done: dict[str, Future[Made]] = {}

    def begin(self, kind: str, given: Mapping[str, Any]) -> "Future[Made]":
        self.asked.add(kind)
        if kind in self.left_out:
            return Future()
        key = f"{kind} {given}"
        if key not in self._done:
            self._done[key] = super().begin(kind, given)
        return self._done[key]


class Everything:
    """Holds whatever is asked for."""

    def __contains__(self, kind: object) -> bool:
        return True


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Six weeks were recorded."""
    location = str(tmp_path_factory.mktemp("waiting") / "journal.db")
    app = create_app(location)
    with TestClient(app, base_url=HERE) as client:
        desk = app.state.desk
        desk.shelf.workshop = Selective(location)
        for n in range(42):
            day = desk.journal.today() - timedelta(days=n)
            desk.journal.store.add_check_in(CheckIn(day, pain=n % 4), datetime.combine(day, time(6), UTC))
            if n % 3 == 0:
                one_set = Set("Deadlift (Barbell)", load_kg=80, reps=5)
                desk.journal.store.add_session(Session("test", day, (one_set,)), desk.journal.clock())
        yield client


@pytest.mark.parametrize("path", [path for path in (*PAGES, *FURTHER, *WITH_MORE) if path != TAKEN_ALONG])
def test_a_page_is_there_whatever_is_not_worked_out_yet(waiting: TestClient, path: str) -> None:
    desk = waiting.app.state.desk  # type: ignore[attr-defined]
    workshop = desk.shelf.workshop
    workshop.asked, workshop.left_out = set(), ()
    assert _status(waiting, path) == 200
    for left_out in (Everything(), *[{kind} for kind in workshop.asked]):
        workshop.left_out = left_out
        assert _status(waiting, path) == 200, left_out


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_shows_the_same_again_is_not_rendered_again(waiting: TestClient, path: str) -> None:
    rendered = waiting.app.state.desk.rendered  # type: ignore[attr-defined]
    rendered.forget()
    for _ in range(2):
        assert _status(waiting, path) == 200
        assert len(rendered._pages) == 1


def _status(waiting: TestClient, path: str) -> int:
    waiting.app.state.desk.shelf.forget()  # type: ignore[attr-defined]
    return waiting.get(path).status_code


def test_the_same_values_are_rendered_once_and_other_values_anew() -> None:
    rendered, shown = Rendered(), []

    def page(frame: str, values: dict[str, Any]) -> str:
        def render() -> str:
            shown.append(values)
            return f"{frame} {values}"

        return rendered.get((frame,), values, render)

    assert page("en", {"pain": 3}) == page("en", {"pain": 3}) and len(shown) == 1
    assert page("de", {"pain": 3}) != page("en", {"pain": 3}) and len(shown) == 2
    assert page("en", {"pain": 4}) != page("en", {"pain": 3}) and len(shown) == 3
    assert page("en", {"pain": 3.0}) == "en {'pain': 3.0}", "a number that is shown otherwise is another"
    for n in range(MOST_PAGES):
        page("en", {"pain": 100 + n})
    many = len(shown)
    page("en", {"pain": 3})
    assert len(shown) == many + 1, "the least used are thrown out"
    rendered.forget()
    page("en", {"pain": 3})
    assert len(shown) == many + 2


def test_what_cannot_be_told_apart_is_rendered_each_time() -> None:
    rendered = Rendered()
    assert [rendered.get((), {"each": (n for n in range(3))}, lambda: "x") for _ in range(2)] == ["x", "x"]
    assert not rendered._pages


def test_after_everything_was_deleted_no_page_is_kept(web: TestClient) -> None:
    web.post("/check-in", data={"pain": "7"}, headers={"origin": HERE})
    assert web.get("/journal").status_code == 200
    desk = web.app.state.desk  # type: ignore[attr-defined]
    assert desk.rendered._pages
    web.delete("/api/journal", params={"confirm": "delete everything"}, headers={"origin": HERE})
    assert not desk.rendered._pages

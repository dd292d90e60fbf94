"""The page and the API of half a year ahead: begun, shown, cancelled, said to be older, in German."""

import json
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from backstory.cause import Expected
from backstory.journal import Journal, ahead_living, ahead_telling, open_journal, plan_own
from backstory.journal import ahead as looking
from backstory.journal.entering import check_in
from backstory.journal.plan_wish import Wish
from backstory.model import CheckIn, Session, Set
from backstory.web import jobs
from backstory.web.jobs import Jobs
from german import german, missed_in

HTMX = {"hx-request": "true"}
DAY = timedelta(days=1)
NAMES = ("Squat (Barbell)", "Bench Press (Barbell)", "<script>alert(1)</script>")


@pytest.fixture(autouse=True)
def one_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is quicker."""
    monkeypatch.setattr(looking, "LIVES", (1,))


def fill(journal: Journal) -> None:
    """Ten weeks of two lifts every other day, and a score each morning."""
    today: date = journal.today()
    sets = tuple(Set(name, load_kg=50.0, reps=8.0) for name in NAMES for _ in range(3))
    sessions = [Session("strong", today - n * DAY, sets) for n in range(1, 70, 2)]
    mornings = [CheckIn(today - n * DAY, pain=float(n % 5), when="morning") for n in range(70)]
    journal.store.save_import("a.csv", "strong", sessions, mornings, (), journal.clock())
    plan_own.want(journal, Wish(days=("mon", "thu"), minutes=(30,)))


@pytest.fixture
def filled(web: TestClient) -> TestClient:
    fill(web.app.state.desk.journal)  # type: ignore[attr-defined]
    return web


def test_an_empty_journal_has_a_page_and_is_told_what_is_missing(web: TestClient) -> None:
    page = web.get("/plan/ahead")
    assert page.status_code == 200 and "Simulate half a year" in page.text
    assert 'href="/plan/ahead"' in web.get("/plan").text
    assert web.get("/api/ahead").status_code == 404 and web.delete("/api/ahead").status_code == 404
    begun = web.post("/plan/ahead", follow_redirects=False)
    assert begun.status_code == 303 and begun.headers["location"] == "/plan/ahead"
    assert "your log holds 0" in web.get("/plan/ahead").text
    assert web.get("/api/ahead").json()["state"] == "failed"
    assert web.post("/plan/ahead/cancel", headers=HTMX).headers["hx-redirect"] == "/plan/ahead"


def test_it_is_begun_shown_and_said_to_be_older_in_both_languages(filled: TestClient) -> None:
    assert filled.post("/plan/ahead", data={"weeks": "4"}).status_code == 200
    page = filled.get("/plan/ahead").text
    assert page.index("It is no forecast") < page.index("data-chart") and "This is older" not in page
    (drawn,) = re.findall(r"data-chart='([^']+)'", page)
    told = filled.get("/api/ahead").json()
    series = json.loads(drawn.replace("&#34;", '"').replace("&#39;", "'"))["views"][0]["panels"][0]["series"]
    by_week = told["result"]["by_week"]
    assert series[1]["values"] == [round(week["load"]["plan"], 3) for week in by_week] and len(by_week) == 4
    assert series[2]["values"] == [round(week["load"]["before"], 3) for week in by_week]
    assert told["state"] == "done" and told["progress"] == {"done": 4, "of": 4} and not told["older"]
    assert "<script>alert" not in page
    assert filled.get("/plan/ahead/job", headers=HTMX).headers["hx-retarget"] == "#content"
    assert "/plan/ahead" in filled.get("/import").text

    assert not filled.get("/api/ahead").json()["older"]
    filled.post("/settings", data={"language": "de"})
    page = filled.get("/plan/ahead").text
    assert "Das ist eine Simulation" in page and "Hauptübungen" in page
    book = german()
    assert missed_in(book, [told["result"]["warning"], *told["result"]["text"]]) == []
    check_in(filled.app.state.desk.journal, pain=9.0)  # type: ignore[attr-defined]
    assert "Das ist älter" in filled.get("/plan/ahead").text
    assert filled.get("/api/ahead").json()["older"]


def test_every_sentence_that_there_is_is_said_in_german() -> None:
    spread = Expected(6.0, 4.0, 8.0)
    said = [
        ahead_telling.WARNING, ahead_telling.NO_SCORES, ahead_telling.NO_ANSWER, ahead_telling.OPEN, ahead_telling.OWN,
        ahead_telling.AS_ASKED, looking.ASKS_FOR_A_DOCTOR, looking.TOO_LITTLE.format(n=2),
        ahead_living.NO_PLAN.format(day="2026-11-30"), "A simulation takes 4 to 26 weeks, not 3.",
        f"That is {ahead_telling._days(spread)} more by the plan.",
        "The two are too close to call one of them better.",
    ]  # fmt: skip
    assert missed_in(german(), said) == []


@pytest.mark.parametrize("weeks", ["3", "27", "x", "9" * 400, "-5", "4.5"])
def test_weeks_that_cannot_be_are_refused_and_nothing_begins(web: TestClient, weeks: str) -> None:
    assert web.post("/plan/ahead", data={"weeks": weeks}).status_code == 422
    assert web.post("/api/ahead", params={"weeks": weeks}).status_code == 422
    assert web.get("/api/ahead").status_code == 404


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Jobs]:
    location = str(tmp_path / "jobs.db")
    with open_journal(location) as journal:
        fill(journal)
    made = Jobs(location, pytest.fail)
    yield made
    made.close()


def test_it_tells_how_far_it_is_and_cancelling_leaves_no_copy(running: Jobs, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    job = running.start("ahead", {"folder": str(folder), "weeks": 26}, folder)
    ends = time.monotonic() + 30
    while job.progress.done < 1:
        assert time.monotonic() < ends and job.under_way, (job.state, job.why_not)
        time.sleep(0.02)
    assert job.progress.of == 78 and list(folder.glob("life-*.db"))
    running.cancel(job.id)
    while job.under_way:
        assert time.monotonic() < ends
        time.sleep(0.02)
    assert job.state == jobs.CANCELLED and not folder.exists()

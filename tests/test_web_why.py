"""Why: the answer at three depths, what is known before there is one, and never more than that."""

import json
import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from random import Random
from typing import Any

import pytest
from starlette.testclient import TestClient

from backstory import cause
from backstory.journal import Journal
from backstory.journal.answer_shown import SHARES, shown
from backstory.journal.answering import answer
from backstory.journal.entering import set_name
from backstory.model import CheckIn, Session, Set
from backstory.web import texts

SCRIPT = "<script>alert(1)</script>"
GERMAN = {"accept-language": "de"}


def journal_of(web: TestClient) -> Journal:
    app: Any = web.app
    journal: Journal = app.state.desk.journal
    return journal


def live(journal: Journal, days: int, points: float = 2.0) -> None:
    """So many days up to today, each scored in its morning, of which each Monday, Wednesday and Friday has deadlifts,
    light or heavy by a coin; pain is so many points higher on the morning after a heavy one.
    """
    coin, heavy = Random(8), False
    for n in range(days, -1, -1):
        day = journal.today() - timedelta(days=n)
        pain = min(10.0, max(0.0, round(3 + coin.gauss(0, 0.8) + points * heavy)))
        woke = datetime.combine(day, time(6), UTC)
        journal.store.add_check_in(CheckIn(day, pain=pain, when="morning", entered_at=woke), woke)
        heavy = False
        if day.weekday() in (0, 2, 4):
            heavy = coin.random() < 0.5
            sets = tuple(Set("Deadlift (Barbell)", load_kg=160 if heavy else 60, reps=5) for _ in range(4))
            journal.store.add_session(Session("test", day, sets, title="Pull"), journal.clock())


def charts(page: str) -> list[Any]:
    return [json.loads(unescape(found)) for found in re.findall(r"data-chart='([^']+)'", page)]


def test_an_empty_journal_claims_nothing_and_says_what_to_do(web: TestClient) -> None:
    page = web.get("/why").text
    assert texts.load("en").text("why.nothing_yet") in page
    assert '<progress id="mornings" max="28" value="0">' in page and 'href="/import"' in page


@pytest.mark.parametrize(("days", "calendar"), [(3, False), (9, True), (16, True)])
def test_before_day_28_it_shows_what_was_recorded_and_how_many_are_missing(
    web: TestClient, days: int, calendar: bool
) -> None:
    live(journal_of(web), days)
    page = unescape(web.get("/why").text)
    text = texts.load("en").text
    assert text("why.mornings", n=days + 1, of=28) in page and text("today.to_go", n=27 - days) in page
    assert (text("why.calendar_reads") in page) == calendar
    assert ("Your scores lie between" in page) == (days >= 13)
    assert text("why.checks") not in page and "followed by" not in page


@pytest.fixture
def answered(web: TestClient) -> TestClient:
    live(journal_of(web), 150)
    return web


def test_an_answer_stands_at_its_three_depths(answered: TestClient) -> None:
    page, told = answered.get("/why").text, shown(answer(journal_of(answered)))
    assert told["answer"]["verdict"] == cause.WORSE, told["answer"]["text"]
    assert f'<p class="lead">{told["sentence"]}</p>' in page and page.count(told["sentence"]) == 1
    for part in ("limits", "checks", "studies", "what_if_holds", "lags"):
        assert texts.load("en").text(f"why.{part}") in page
    for check in told["answer"]["checks"]:
        assert check["text"] in unescape(page)


def test_the_time_line_holds_pain_above_load_on_one_calendar(answered: TestClient) -> None:
    timeline, curve, *_ = charts(answered.get("/why").text)
    (view,) = timeline["views"]
    pain, load = view["panels"]
    assert len(pain["series"][0]["values"]) == len(load["series"][0]["values"]) == view["x"]["count"]
    assert load["lines"][0]["at"] == 1.0, "the usual training day"
    assert len(curve["views"][0]["panels"][0]["series"][0]["lo"]) == 7


def test_the_contract_comes_unchanged_and_whole_words_join_to_its_text(answered: TestClient) -> None:
    report = answer(journal_of(answered))
    values = shown(report)
    assert values["answer"] == report.as_json()
    assert "".join("".join(part) for part in values["told"].values()).replace("\n", "") in "".join(
        re.sub(r"Which part of it\? |What else\? | Not passed: ", "", report.text).splitlines()
    )
    json.dumps(values, allow_nan=False)


def test_what_if_is_straight_through_the_usual_and_agrees_with_the_told_fortnight(answered: TestClient) -> None:
    report = answer(journal_of(answered))
    rows = {share: (points, low, high) for share, points, low, high in shown(report)["what_if"]}
    assert tuple(rows) == SHARES and rows[1.0] == pytest.approx((0, 0, 0))
    for one in cause.everything(report.main).fortnights:
        assert rows[one.share] == pytest.approx((one.points, one.lo90, one.hi90))
    assert all(low <= points <= high for points, low, high in rows.values())


def test_what_if_claims_no_middle_where_the_answer_is_open(web: TestClient) -> None:
    live(journal_of(web), 60, points=0.0)
    values = shown(answer(journal_of(web)))
    assert not values["found"] and values["what_if"]
    page = web.get("/why").text
    assert texts.load("en").text("why.what_if_open") in page and '"found": false' in unescape(page)
    assert texts.load("en").text("why.what_if_holds") not in page


def test_years_are_shown_by_week_too(web: TestClient) -> None:
    live(journal_of(web), 500)
    timeline = charts(web.get("/why").text)[0]
    by_day, by_week = timeline["views"]
    assert by_day["x"]["count"] == 400 and by_week["x"]["step"] == 7 and by_week["link"] == "/load?date={date}"
    series = by_week["panels"][0]["series"]
    assert all(
        low is None or low <= middle <= high
        for low, middle, high in zip(series[0]["lo"], series[1]["values"], series[0]["hi"], strict=True)
    )


def test_names_that_are_scripts_stay_names(web: TestClient) -> None:
    journal = journal_of(web)
    live(journal, 40)
    journal.store.add_session(Session("test", journal.today(), (Set(SCRIPT, 50, 5),), title=SCRIPT), journal.clock())
    set_name(journal, SCRIPT, "squat")
    assert SCRIPT not in web.get("/why").text


def test_it_speaks_german(answered: TestClient) -> None:
    page = answered.get("/why", headers=GERMAN).text
    assert texts.load("de").text("why.title") in page and texts.load("en").text("why.limits") not in page


def test_a_newer_answer_is_told_once_it_is_there(answered: TestClient) -> None:
    assert answered.get("/why/newer").status_code == 200
    assert "data-older" not in answered.get("/why").text

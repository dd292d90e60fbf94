"""The plan's pages: the week, its sets ticked off into the log, swapped exercises, and what is taken along."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from backstory.errors import InputError
from backstory.journal import Journal, helping, plan_own
from backstory.journal.plan_wish import Wish
from backstory.journal.training import logged_today
from backstory.model import Begun, PlanWish, Session, Set

HTMX = {"hx-request": "true"}
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def journal_of(web: TestClient) -> Journal:
    opened: Journal = web.app.state.desk.journal  # type: ignore[attr-defined]
    return opened


@pytest.fixture
def trained(web: TestClient) -> TestClient:
    """Somebody who has lifted for two months, last three days ago; today is one of their days."""
    journal = journal_of(web)
    today = journal.today()
    for days_ago in range(60, 2, -3):
        sets = tuple(Set(name, load_kg=kg, reps=8) for name, kg in LOG for _ in range(3))
        journal.store.add_session(Session("backstory", today - timedelta(days=days_ago), sets), journal.clock())
    plan_own.want(journal, Wish(days=days_from(today)))
    return web


LOG = (("Squat (Barbell)", 80.0), ("Bench Press (Barbell)", 60.0), ("Bent Over Row (Barbell)", 50.0))


def days_from(today: date) -> tuple[str, ...]:
    return tuple(EVERY_DAY[(today.weekday() + n) % 7] for n in (0, 2, 4))


def session_of(web: TestClient) -> dict[str, Any]:
    """Today's session as the plan has it."""
    shelf = web.app.state.desk.shelf  # type: ignore[attr-defined]
    told = shelf.get("plan", **plan_own.wanted(journal_of(web))).value
    found: dict[str, Any] = told["sessions"][0]
    assert found["date"] == journal_of(web).today().isoformat()
    return found


def loaded(web: TestClient) -> dict[str, Any]:
    """An exercise of today's with a weight and lighter sets before it."""
    return next(one for one in session_of(web)["main"] if one["ramp"])


def tick(web: TestClient, lift: dict[str, Any], key: str, **fields: object) -> Any:
    shown = {"kg": lift["load_kg"] or "", "reps": lift["reps"] or "", "seconds": "", **fields}
    day = journal_of(web).today().isoformat()
    return web.post("/plan/sets", data={"day": day, "exercise": lift["exercise"], "set": key, **shown}, headers=HTMX)


def done(web: TestClient) -> dict[str, list[tuple[float | None, float | None]]]:
    found = logged_today(journal_of(web))
    return {one.exercise.id: [(s.load_kg, s.reps) for s in one.sets] for one in found if one.exercise}


def test_an_empty_journal_gets_a_week_by_body_weight(web: TestClient) -> None:
    page = web.get("/plan")
    assert page.status_code == 200
    assert "No equipment is known" in page.text
    assert page.text.count('class="lift"') > 5


def test_the_week_says_what_to_do_and_why(trained: TestClient) -> None:
    page = trained.get("/plan").text
    session = session_of(trained)
    for lift in session["main"]:
        assert f'id="{lift["exercise"]}"' in page
        assert f"/figures/{lift['exercise']}.svg" in page
    assert "Pain while training: up to 2 of 10" in page
    assert "Weak evidence" in page
    assert page.index("Pain while training") < page.index('class="lift"')
    assert "At least one full rest day in seven." in page


def test_a_tap_writes_the_set_as_it_was_planned_and_a_reload_shows_it(trained: TestClient) -> None:
    session, lift = session_of(trained), loaded(trained)
    part = tick(trained, lift, "1")
    assert part.status_code == 200
    name = lift["exercise"]
    assert f'id="{name}"' in part.text and 'hx-swap-oob="innerHTML:#said"' in part.text
    assert done(trained) == {name: [(lift["load_kg"], lift["reps"])]}
    page = trained.get("/plan").text
    assert page.count(f'aria-pressed="true"><span class="unseen">{lift["name"]}: take set 1 back: ') == 1
    for one in session["main"]:  # the session stays though the day has training now
        assert f'id="{one["exercise"]}"' in page


def test_the_same_tap_twice_is_one_set(trained: TestClient) -> None:
    (lift, *_) = session_of(trained)["main"]
    tick(trained, lift, "1")
    tick(trained, lift, "1")
    assert len(done(trained)[lift["exercise"]]) == 1


def test_what_was_corrected_is_logged_and_stands_for_the_next_set(trained: TestClient) -> None:
    lift = loaded(trained)
    part = tick(trained, lift, "1", kg="77,5", reps="6", rir="1").text
    assert done(trained)[lift["exercise"]] == [(77.5, 6)]
    assert 'value="77.5"' in part
    tick(trained, lift, "2", kg="77.5")
    assert done(trained)[lift["exercise"]] == [(77.5, 6), (77.5, lift["reps"])]
    assert [one.sets[0].rir for one in logged_today(journal_of(trained))] == [1]


def test_a_set_is_taken_back(trained: TestClient) -> None:
    (lift, *_) = session_of(trained)["main"]
    part = tick(trained, lift, "1").text
    found = re.search(r'name="undo" value="(set:\d+)"', part)
    assert found is not None
    data = {"day": journal_of(trained).today().isoformat(), "exercise": lift["exercise"], "undo": found[1]}
    assert 'name="undo"' not in trained.post("/plan/sets/undo", data=data, headers=HTMX).text
    assert done(trained) == {}


def test_lighter_sets_are_marked_as_warm_up(trained: TestClient) -> None:
    lift = loaded(trained)
    tick(trained, lift, "w1")
    (logged,) = logged_today(journal_of(trained))
    first = lift["ramp"][0]
    assert [(s.kind, s.load_kg, s.reps) for s in logged.sets] == [("warm-up", first["kg"], first["reps"])]


def test_pounds_are_typed_and_kilograms_kept(trained: TestClient) -> None:
    journal = journal_of(trained)
    journal.store.set_profile({"units": "lb"}, journal.clock())
    lift = loaded(trained)
    shown = re.search(r'name="kg"[^>]* value="([\d.,]+)"', trained.get("/plan").text)
    assert shown is not None
    tick(trained, lift, "1", kg=shown[1])
    tick(trained, lift, "2", kg="100")
    assert done(trained)[lift["exercise"]] == [
        (lift["load_kg"], lift["reps"]),
        (pytest.approx(45.36, abs=0.01), lift["reps"]),
    ]


@pytest.mark.parametrize(
    "fields",
    [{"kg": "heavy"}, {"reps": "nan"}, {"reps": "-3"}, {"rir": "11"}, {"kg": "1e400"}, {"set": "99"}, {"set": ""},
     {"exercise": "<script>"}, {"day": "today"}, {"day": "9999-99-99"}, {"day": "2020-01-01"}],
)  # fmt: skip
def test_a_set_that_cannot_be_is_told_in_a_line(trained: TestClient, fields: dict[str, str]) -> None:
    lift = loaded(trained)
    day = journal_of(trained).today().isoformat()
    data = {"day": day, "exercise": lift["exercise"], "set": "1", "kg": "80", "reps": "8"} | fields
    answer = trained.post("/plan/sets", data=data, headers=HTMX)
    assert answer.status_code == 422
    assert answer.text.count("<p") == 1 and "<script>" not in answer.text
    assert done(trained) == {}


def test_pain_of_a_session_is_kept_with_its_moment(trained: TestClient) -> None:
    for moment, score, leg in (("before", "2", "no"), ("during", "4", ""), ("after", "3", "yes")):
        sent = {"moment": moment, "pain": score, "leg": leg}
        assert 'aria-pressed="true"' in trained.post("/plan/pain", data=sent, headers=HTMX).text
    said = [(one.session, one.pain, one.leg_symptoms) for one in journal_of(trained).store.check_ins()]
    assert said == [("before", 2, False), ("during", 4, None), ("after", 3, True)]
    assert trained.post("/plan/pain", data={"moment": "later", "pain": "3"}).status_code == 422


def test_an_exercise_is_swapped_from_now_on(trained: TestClient) -> None:
    name = loaded(trained)["exercise"]
    offers = trained.get(f"/plan/instead/{name}", headers=HTMX).text
    other = re.findall(r'name="other" value="([a-z-]+)"', offers)[0]
    assert "times its load on the low back" in offers
    assert trained.post("/plan/swap", data={"exercise": name, "other": other}, headers=HTMX).status_code == 204
    assert plan_own.wanted(journal_of(trained))["avoid"] == [name]
    page = trained.get("/plan").text
    assert f'id="{other}"' in page and f'id="{name}"' not in page


def test_a_session_that_was_begun_changes_by_what_is_swapped_alone(trained: TestClient) -> None:
    before = session_of(trained)["main"]
    first, last = before[0], before[-1]
    tick(trained, first, "1")
    offers = trained.get(f"/plan/instead/{last['exercise']}").text
    other = re.findall(r'name="other" value="([a-z-]+)"', offers)[0]
    trained.post("/plan/swap", data={"exercise": last["exercise"], "other": other}, headers=HTMX)
    begun = plan_own.begun(journal_of(trained))
    assert begun is not None
    assert [one["exercise"] for one in begun["main"]] == [*(one["exercise"] for one in before[:-1]), other]
    assert f'id="{other}"' in trained.get("/plan").text


def test_a_later_session_can_be_done_today(web: TestClient) -> None:
    journal = journal_of(web)
    plan_own.want(journal, Wish(days=days_from(journal.today() + timedelta(days=1))))
    page = web.get("/plan").text
    assert 'id="today"' not in page
    day = re.findall(r'name="day" value="([\d-]+)"', page)[0]
    assert web.post("/plan/begin", data={"day": day}, headers=HTMX).status_code == 204
    assert 'id="today"' in web.get("/plan").text
    assert web.post("/plan/begin", data={"day": "2020-01-01"}).status_code == 422


def test_wishes_are_kept_and_shown(trained: TestClient) -> None:
    sent = {
        "days": ["mon", "thu"], "minutes": "30, 60", "goal": "strength", "level": "long", "equipment": ["barbell"],
        "keep": ["", "Deadlift"], "avoid": "lunge", "weeks": "2",
    }  # fmt: skip
    assert trained.post("/plan/wish", data=sent, follow_redirects=False).status_code == 303
    assert plan_own.wanted(journal_of(trained)) == {
        "days": ["mon", "thu"], "minutes": [30, 60], "goal": "strength", "level": "long", "equipment": ["barbell"],
        "keep": ["deadlift"], "avoid": ["lunge"], "weeks": 2,
    }  # fmt: skip
    page = trained.get("/plan").text
    assert 'value="30, 60"' in page and 'name="keep" value="deadlift" checked' in page


@pytest.mark.parametrize(
    "sent", [{"days": EVERY_DAY}, {"minutes": "5"}, {"minutes": "nan"}, {"weeks": "1e9"}, {"goal": "beach"},
             {"keep": "<script>alert(1)</script>"}, {"keep": "squat", "avoid": "squat"}, {"weeks": "inf"}],
)  # fmt: skip
def test_wishes_that_cannot_be_change_nothing(trained: TestClient, sent: dict[str, Sequence[str]]) -> None:
    before = plan_own.wanted(journal_of(trained))
    answer = trained.post("/plan/wish", data=sent, headers=HTMX)
    assert answer.status_code == 422 and "<script>" not in answer.text
    assert plan_own.wanted(journal_of(trained)) == before


def test_a_clash_tells_the_way_out_and_one_tap_takes_it(web: TestClient) -> None:
    today = journal_of(web).today()
    kept = ("squat", "bench-press", "deadlift")
    plan_own.want(journal_of(web), Wish(days=(days_from(today)[0],), minutes=(20,), keep=kept))
    page = web.get("/plan").text
    assert "No week can hold all of this" in page
    way = re.search(r'name="day" value="([\d-]+)"><input type="hidden" name="more_minutes" value="(\d+)"', page)
    while way is not None:
        data = {"day": way[1], "more_minutes": way[2]}
        assert web.post("/plan/give", data=data, headers=HTMX).status_code == 204
        page = web.get("/plan").text
        way = re.search(r'name="day" value="([\d-]+)"><input type="hidden" name="more_minutes" value="(\d+)"', page)
    assert "No week can hold all of this" not in page
    assert plan_own.wanted(journal_of(web))["minutes"] > [20]


def test_where_a_doctor_comes_first_there_is_no_plan_and_something_to_do(web: TestClient) -> None:
    helping.note(journal_of(web), {"RF01": True})
    page = web.get("/plan").text
    assert 'class="lift"' not in page and "/help-first" in page
    assert web.get("/plan/calendar.ics").status_code == 404


def test_it_is_taken_along(trained: TestClient) -> None:
    session = session_of(trained)
    calendar = trained.get("/plan/calendar.ics?at=07:30")
    events = Calendar.from_ical(calendar.content).walk("vevent")
    assert b"T073000" in calendar.content
    assert len(events) == 7
    assert session["main"][0]["name"] in trained.get("/plan/plan.md").text.replace("\\", "")
    page = trained.get("/plan/print")
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "sha256-" in page.headers["content-security-policy"]
    assert page.text.count('class="session"') == 3
    assert trained.get("/plan/calendar.ics?at=noon").status_code == 422


def test_a_figure_stands_under_a_policy_of_its_own(web: TestClient) -> None:
    for query, moves in (("", True), ("?still=true&theme=dark", False)):
        answer = web.get(f"/figures/squat.svg{query}")
        assert answer.headers["content-type"] == "image/svg+xml"
        assert ("<animate" in answer.text) is moves
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert "prefers-color-scheme" not in web.get("/figures/squat.svg?theme=dark").text
    assert web.get("/figures/no-such-thing.svg").status_code == 404
    assert web.get("/figures/squat.svg?theme=pink").status_code == 422
    assert web.get("/figures/..%2f..%2fetc%2fpasswd.svg").status_code == 404


def test_it_speaks_german(trained: TestClient) -> None:
    page = trained.get("/plan", headers={"accept-language": "de"}).text
    assert "Aufwärmen" in page and "Warum das?" in page and "Warm-up" not in page


def test_what_an_export_brings_that_is_no_session_is_refused(web: TestClient) -> None:
    today = journal_of(web).today()
    for make in (
        lambda: Begun(today, {"date": "x", "main": "<script>"}), lambda: PlanWish(today, {"weeks": "2"}),
        lambda: PlanWish(today, {"colour": "red"}),
    ):  # fmt: skip
        with pytest.raises(InputError, match=r"whole|cannot be"):
            make()


def test_the_calendar_speaks_the_page_s_language(trained: TestClient) -> None:
    told = trained.get("/plan/calendar.ics", headers={"accept-language": "de"}).content
    calendar = told.replace(b"\r\n ", b"").decode()  # lines are folded
    assert "SUMMARY:Ruhetag" in calendar and "Aufwärmen\\, " in calendar and "Kniebeuge: " in calendar
    for english in (
        "Warm-up",
        "Cool-down",
        "Rest day",
        "Squat (Barbell)",
        "first ",
        "rest ",
        " @ ",
        "upper body",
        "full body",
    ):
        assert english not in calendar, english


def test_the_markdown_speaks_the_page_s_language(trained: TestClient) -> None:
    told = trained.get("/plan/plan.md", headers={"accept-language": "de"}).text
    for german in ("# Backstory: Woche ab ", "**Aufwärmen**, ", "| Übung | ", "Kniebeuge", "## Regeln", "| immer |"):
        assert german in told, german
    for english in ("Warm-up", "Exercise", "Rest days", "Squat (Barbell)", " @ ", "| always", "Rule", " | yes |"):
        assert english not in told, english


def test_the_printed_page_speaks_the_page_s_language(trained: TestClient) -> None:
    page = trained.get("/plan/print", headers={"accept-language": "de"})
    told = page.text.split("</style>")[1]
    assert 'lang="de"' in page.text and page.headers["content-security-policy"] in page.text.replace("&#x27;", "'")
    for german in (
        "Aufwärmen, ",
        "Kniebeuge",
        "am nächsten Morgen",
        "Schmerz, 0 bis 10:",
        "Regeln, und",
        ">ja<",
        "Wdh.",
    ):
        assert german in told, german
    for english in ("Warm-up", "Rest days", "Squat (Barbell)", " @ ", "Rule<", ">yes<", "in reserve", "next morning"):
        assert english not in told, english

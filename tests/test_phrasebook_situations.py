"""What else the program says, in German: plans, first weeks, help first, starts, trials, measures, entries, errors."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest

from backstory import cause
from backstory.cause.trial_analysis import TrialResult
from backstory.errors import BackstoryError
from backstory.journal import Journal, entering, helping, limits, measuring, rhythm, starting, trialling
from backstory.journal.answering import answer
from backstory.journal.doctor import doctor_page
from backstory.journal.feeling import feeling
from backstory.journal.looking_back import look_back_on, mark
from backstory.journal.measure_drawing import scale, sources, tell
from backstory.journal.plan_told import as_json
from backstory.journal.plan_why import explained
from backstory.journal.plan_wish import Wish
from backstory.journal.planning import plan
from backstory.journal.recorded import recorded
from backstory.journal.said_back import said_back
from backstory.journal.trial_refusing import Told, refuse
from backstory.model import AREAS, FEELS, MOVEMENTS, OTHER_LOADS, SLEEP_POSITIONS, CheckIn, Session, Set
from backstory.plan.progress import Done, Target, next_session
from backstory.questions import load_trials
from backstory.questions.help_first import judge, load_help
from backstory.questions.help_history import due
from backstory.questions.measure_data import load_measures
from backstory.questions.measures import change
from backstory.questions.start import STARTS
from backstory.report import plan_words
from backstory.web.phrasebook import Phrasebook
from conftest import NOW
from german import german, missed_in

DAY, TODAY, MONDAY = timedelta(days=1), NOW.date(), date(2026, 11, 23)
ENGLISH_ONLY = ("peg", "rmdq-24", "psfs")
LIFTS = (("Squat (Barbell)", 60.0), ("Deadlift (Barbell)", 80.0), ("Bench Press (Barbell)", 50.0), ("My lift", 20.0))
FIT = Told(pregnant=False, recent_surgery=False, help_first_open=False)


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    return german()


def trained(journal: Journal, weeks: int = 10) -> None:
    """Three sessions a week, loads that rise, a run on Sundays."""

    def sets(more: float) -> tuple[Set, ...]:
        return tuple(Set(name, load_kg=kg + more, reps=8.0) for name, kg in LIFTS for _ in range(3))

    lifted = [
        Session("strong", TODAY - timedelta(days=7 * week + day), sets(2.5 * ((weeks - week) % 4)))
        for week in range(weeks)
        for day in (0, 2, 4)
    ]
    ran = [Session("strong", TODAY - timedelta(days=7 * week + 5), (), duration_s=2400, title="Run", distance_km=6)
           for week in range(weeks)]  # fmt: skip
    journal.store.save_import("a.csv", "strong", [*lifted, *ran], (), (), NOW)


def scored(journal: Journal, pains: list[float], last: date = TODAY, **more: Any) -> None:
    """A morning's score a day, up to the last one."""
    for back, pain in enumerate(reversed(pains)):
        entering.check_in(journal, day=last - back * DAY, pain=pain, when="morning", **more)


def plan_texts(journal: Journal, **wish: Any) -> list[str]:
    made = plan(journal, Wish(first=MONDAY, **wish))
    told = as_json(made)
    main = [one for day in told["sessions"] for one in day["main"]]
    texts = [*told["notes"], *(clash["way_out"] for clash in told["clashes"]), *plan_words.ways_out(told)]
    texts += [day["kind"] for day in told["sessions"]] + [day["suggestion"] for day in told["rest_days"]]
    texts += [text for one in main for text in (one["name"], one["why"], plan_words.work(one, "kg"))]
    texts += [part["name"] for day in told["sessions"] for part in (*day["warm_up"], *day["cool_down"])]
    texts += [rule[name] for rule in told["rules"] for name in ("text", "value", "limit", "grade")]
    texts += [plan_words.title(told), plan_words.summary(told), plan_words.expected(told)]
    for row in explained(made) if told["sessions"] else ():
        texts += [one["objection"]["text"] for one in row["alternatives"] if one["objection"]]
        texts += [one["text"] for one in row["why"]]
    return texts


@pytest.mark.parametrize("goal", ["strength", "muscle", "general", "return"])
def test_plans_from_nothing_are_said_in_german(book: Phrasebook, journal: Journal, goal: str) -> None:
    texts = plan_texts(journal, goal=goal, level="long", equipment=("everything",))
    assert missed_in(book, [*texts, *plan_texts(journal, goal=goal, minutes=(20,), equipment=("none",))]) == []


def test_plans_of_a_log_are_said_in_german(book: Phrasebook, journal: Journal) -> None:
    trained(journal)
    entering.profile(journal, {"birth_year": 1955, "sex": "male"})
    texts = plan_texts(journal, days=("mon", "wed", "fri"), weeks=4)
    texts += plan_texts(journal, keep=("bird-dog",), avoid=("hinge", "leg-press"), days=("mon", "tue", "sun"))
    limits.add_limits(journal, limits.Wanted(keep=("deadlift",), prescribed_by="Dr Weber"))
    texts += plan_texts(journal, days=("mon",), minutes=(15,), keep=("squat", "bench-press", "seated-cable-row"))
    assert missed_in(book, texts) == []


def test_a_plan_in_a_flare_with_poor_nights_and_a_leg_is_said_in_german(book: Phrasebook, journal: Journal) -> None:
    trained(journal)
    scored(journal, [1.0] * 20 + [5.0, 6.0], sleep_h=5.0, hurts=MOVEMENTS, leg_symptoms=True)
    entering.check_in(journal, day=TODAY, session="before", pain=2.0, leg_symptoms=False)
    entering.check_in(journal, day=TODAY, session="after", pain=6.0, leg_symptoms=True)
    texts = plan_texts(journal)
    helping.note(journal, {"RF09": True})
    assert missed_in(book, [*texts, *plan_texts(journal)]) == []


def test_every_reason_for_a_load_is_said_in_german(book: Phrasebook) -> None:
    last = [
        Done(TODAY - 3 * DAY, 60.0, (8, 8, 9), 2),
        Done(TODAY - 3 * DAY, None, (8, 8), None),
        Done(TODAY - 40 * DAY, 60.0, (8, 8), 1),
        Done(TODAY - 3 * DAY, 60.0, (3, 4, 3)),
        Done(TODAY, 9.0, (15, 15, 15)),
    ]
    asked = [Target(8, 2, 3, 2.5), Target(5, 1, 3, 2.5), Target(8, 2, 3, 4.0)]
    ways: list[dict[str, Any]] = [{}, {"hold": True}, {"cut": True}, {"flare": 0.5}]
    texts = []
    for one, target, way in product(last, asked, ways):
        for done in ([one], [replace(one, day=one.day - 3 * DAY), one]):
            said = next_session(done, target, TODAY, **way)
            texts.append(f"{said.because} ({said.rule})" if said else "")
    assert missed_in(book, texts) == []


@pytest.mark.parametrize("days", [0, 1, 3, 9, 20, 40])
def test_the_first_weeks_are_said_in_german(book: Phrasebook, journal: Journal, days: int) -> None:
    trained(journal, 6)
    scored(journal, [float(n % 4) for n in range(days)])
    texts = [line for section in look_back_on(journal).sections for line in section.all_lines]
    texts += mark(journal, [TODAY - 3 * DAY, TODAY - 8 * DAY], []) + mark(journal, [], [TODAY - 3 * DAY])
    texts += [str(error_of(lambda: answer(journal)) or answer(journal).text)]
    assert missed_in(book, texts) == []


def test_many_bouts_beside_chance_are_said_in_german(book: Phrasebook, journal: Journal) -> None:
    trained(journal, 60)
    bouts = [TODAY - n * DAY for n in (30, 90, 150, 210, 290)]
    texts = [line for section in look_back_on(journal, bouts).sections for line in section.all_lines]
    assert any("Random days" in text for text in texts)
    assert missed_in(book, texts) == []


def test_every_judgement_of_help_first_is_said_in_german(book: Phrasebook, journal: Journal) -> None:
    known = load_help().questions
    judged = [
        judge({}),
        *(judge({key: True}) for key in known),
        judge(dict.fromkeys(known, True)),
        judge(dict.fromkeys(known, False)),
        judge({"RF15": True, "RF16": True}),
        judge({"RF14": True, "RF13": True}),
    ]
    texts = [text for one in judged for text in (one.text, *one.because)]
    later = {TODAY - n * DAY: 1.0 for n in range(1, 9)} | {TODAY: 6.0}
    texts += [
        due(None, {}, TODAY) or "",
        due(TODAY - 40 * DAY, {}, TODAY) or "",
        due(TODAY - 5 * DAY, later, TODAY) or "",
    ]
    helping.note(journal, {"RF09": True, "RF14": True})
    texts += [helping.note(journal, {"RF15": False}).judgement.text, str(helping.last(journal).judgement.text)]
    texts += [helping.note(journal, {}, TODAY).judgement.text, helping.last(journal).judgement.text]
    assert missed_in(book, texts) == []


def test_the_three_starts_are_said_in_german(book: Phrasebook, journal: Journal) -> None:
    texts = [starting.offered(journal).text, *(starting.begin(journal, start).text for start in STARTS)]
    texts += [rhythm.nothing_to_ask(journal), rhythm.next_step(journal)]
    scored(journal, [4.0] * 50, where=AREAS, feels=FEELS, hurts=MOVEMENTS, leg_symptoms=True)
    limits.add_limits(journal, limits.Wanted(keep=("bird-dog", "squat"), avoid=("hinge",), prescribed_by="Dr Weber"))
    texts += [starting.begin(journal, start).text for start in STARTS]
    helping.note(journal, {"RF09": True})
    texts += [starting.begin(journal, start).text for start in STARTS]
    limits.end_limits(journal)
    texts += [starting.begin(journal, start).text for start in STARTS]
    felt = feeling(journal)
    assert missed_in(book, [*texts, *felt.described, *(one.text for one in felt.preferences)]) == []


@pytest.mark.parametrize("question", load_trials())
def test_a_trial_is_said_in_german_from_its_design_to_its_report(
    book: Phrasebook, journal: Journal, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    trained(journal, 12)
    scored(journal, [float(n % 3) for n in range(40)])
    entering.profile(journal, {"birth_year": 1990})
    design = trialling.lay_out(journal, question, 8, 4, 0.1)
    texts = [design.text, trialling.lay_out(journal, question, 8, 4, 5.0).text]
    texts += [text for arm in design.shown_arms for text in (arm.name, arm.text)]
    trial = trialling.start(journal, trialling.Wanted(question, 8, seed=4), FIT)
    for day in (TODAY - DAY, TODAY, TODAY + 9 * DAY, TODAY + 90 * DAY):
        told = trialling.day_of(journal, day)
        texts += [told["text"], told["title"]]
    texts += [
        trialling.answer(journal).text,
        *(item[name] for item in trialling.report(journal) for name in ("heading", "text")),
    ]
    monkeypatch.setattr("backstory.journal.opening.Journal.today", lambda _self: TODAY + 60 * DAY)
    scored(journal, [float(n % 4) for n in range(59)], TODAY + 59 * DAY)
    texts += [trialling.answer(journal).text, *(item["text"] for item in trialling.report(journal))]
    shown = [text for text in texts if not set(text) <= {"A", "B", " "}]
    assert trial.question == question and missed_in(book, shown) == []


def test_every_outcome_of_a_trial_is_said_in_german(book: Phrasebook, journal: Journal) -> None:
    scored(journal, [2.0] * 8)
    entering.profile(journal, {"birth_year": 1990})
    trial = trialling.start(journal, trialling.Wanted("walking", 12, seed=4), FIT)
    stopped = replace(trial, ended_on=TODAY + 20 * DAY, ended_because="by hand")
    hurt = replace(trial, ended_on=TODAY + 20 * DAY, ended_because="pain")
    texts = []
    for one, verdict, days in product((trial, stopped, hurt), (cause.WORSE, cause.BETTER, cause.UNCLEAR), (20, 84)):
        sign = -1 if verdict == cause.BETTER else 1
        for count, complete in product((1, 2), (True, False)):
            ends = sorted((0.4 * sign, 1.4 * sign))
            result = TrialResult(verdict, 0.9 * sign, ends[0], ends[1], days, days, count, 4096)
            texts.append(cause.trial_telling.tell_answer(one, result, complete))
        texts += [cause.trial_telling.tell_day(one, TODAY + 30 * DAY)]
    texts += [cause.trial_telling.tell_kept(trial, {"A": kept, "B": (3, 4)}) for kept in ((0, 0), (2, 5))]
    assert missed_in(book, texts) == []


def test_measures_are_said_in_german(book: Phrasebook, journal: Journal) -> None:
    texts: list[str] = []
    for measure in load_measures().values():
        low, high = measure.range
        steps = np.unique(np.clip([low, low + 1, low + 2.5, low + 6, high - 1, high], low, high)).tolist()
        texts += [change(measure.id, a, b) for a, b in product(steps, steps)]
        texts += [scale(measure), *sources(measure)]
        if measure.id not in ENGLISH_ONLY:
            texts += [end[1] for item in measure.items for end in (item.least, item.most) if end]
    for day, value in ((TODAY - 9 * DAY, 6), (TODAY - 4 * DAY, 5), (TODAY, 1)):
        for measure_id in ("pain-average", "reach"):
            item = load_measures()[measure_id].items[0].id
            texts.append(measuring.take(journal, measure_id, {item: value}, day).note)
    measuring.take(journal, "psfs", {"first": 3}, TODAY - 9 * DAY)
    texts.append(measuring.take(journal, "psfs", {"first": 3, "second": 5}, TODAY).change or "")
    scored(journal, [2.0] * 20, sleep_h=7.0, sleep_quality=6.0, stress=3.0)
    texts += [text for one in measuring.histories(journal) for text in tell(one)]
    assert missed_in(book, texts) == []


def test_the_page_for_a_doctor_is_said_in_german(book: Phrasebook, journal: Journal) -> None:
    trained(journal)
    more: dict[str, Any] = {
        "where": AREAS,
        "feels": FEELS,
        "hurts": MOVEMENTS,
        "leg_symptoms": True,
        "painkiller": True,
        "sleep_h": 6.5,
        "sleep_quality": 5.0,
        "sitting_h": 8.0,
        "stress": 4.0,
    }
    scored(journal, [float(n % 5) for n in range(80)], **more)
    limits.add_limits(journal, limits.Wanted(keep=("squat", "bird-dog"), avoid=("hinge",), prescribed_by="Dr Weber"))
    measuring.take(journal, "pain-average", {"average": 6}, TODAY - 30 * DAY)
    for answers in ({"RF01": True}, {"RF09": True}, {"RF14": True}):
        helping.note(journal, answers)
        page = doctor_page(journal)
        texts = [text for section in page.sections for text in (section.heading, *section.lines)]
        assert missed_in(book, [*texts, page.title, *page.captions, *page.footer]) == []
        helping.note(journal, {}, TODAY)


def test_what_was_recorded_is_said_in_german_and_own_words_stay(book: Phrasebook, journal: Journal) -> None:
    trained(journal, 2)
    scored(journal, [3.0], where=AREAS, feels=FEELS, hurts=MOVEMENTS, leg_symptoms=False, painkiller=True, sleep_h=7.5)
    for slept, load in zip(SLEEP_POSITIONS, OTHER_LOADS, strict=True):
        entering.check_in(journal, slept=slept, other_load=load, trained="no", sitting_h=8.0, stress=2.0)
    for moment in ("before", "during", "after"):
        entering.check_in(journal, session=moment, pain=2.0, leg_symptoms=True)
    entering.log_activity(journal, "run", TODAY, 30, 6, 5.5)
    entering.profile(journal, {"sex": "female", "birth_year": 1990, "goal": "muscle", "rhythm": "daily"})
    limits.add_limits(journal, limits.Wanted(keep=("bird-dog",), avoid=("hinge",), prescribed_by="Dr Weber"))
    limits.end_limits(journal)
    helping.note(journal, {"RF15": True}, TODAY)
    mark(journal, [TODAY - 3 * DAY], [])
    mark(journal, [], [TODAY - 3 * DAY])
    measuring.take(journal, "pain-average", {"average": 6}, TODAY)
    entering.set_name(journal, "My lift", "leg-press")
    entries = [one for one in recorded(journal).entries if one.kind != "activity"]
    assert len(entries) > 15
    assert missed_in(book, [text for one in entries for text in (one.title, one.text)]) == []
    assert book.say("Pain 3, stiff, after moving house.") == "Schmerz 3, steif, after moving house."
    evening = CheckIn(TODAY, pain=2.0, when="evening", leg_symptoms=True, entered_at=datetime(2027, 1, 1))
    assert missed_in(book, said_back(journal, evening)) == []


def error_of(call: Callable[[], object]) -> BackstoryError | None:
    try:
        call()
    except BackstoryError as error:
        return error
    return None


def test_errors_that_a_page_can_show_are_said_in_german(book: Phrasebook, journal: Journal) -> None:
    trial: dict[str, Any] = {"pregnant": True}
    calls: list[Callable[[], object]] = [
        lambda: answer(journal), lambda: look_back_on(journal), lambda: trialling.answer(journal),
        lambda: trialling.stop(journal), lambda: measuring.histories(journal), lambda: helping.last(journal),
        lambda: limits.end_limits(journal), lambda: limits.add_limits(journal, limits.Wanted(prescribed_by="me")),
        lambda: entering.check_in(journal), lambda: entering.check_in(journal, pain=11.0),
        lambda: entering.check_in(journal, sleep_h=30.0), lambda: entering.check_in(journal, stress=11.0),
        lambda: entering.check_in(journal, day=TODAY + 9 * DAY, pain=1.0),
        lambda: entering.log_activity(journal, "", None, 3, None, None),
        lambda: entering.log_activity(journal, "run", None, None, None, None),
        lambda: entering.log_activity(journal, "run", None, 9999, None, None),
        lambda: entering.profile(journal, {"birth_year": 1700}), lambda: entering.profile(journal, {"sex": "x"}),
        lambda: entering.profile(journal, {"height_cm": 20}), lambda: entering.profile(journal, {"equipment": "moon"}),
        lambda: entering.set_name(journal, "", "squat"), lambda: entering.set_name(journal, "x", "sqat"),
        lambda: plan(journal, Wish(first=TODAY + 99 * DAY)), lambda: plan(journal, Wish(weeks=99)),
        lambda: plan(journal, Wish(days=("mon", "mon"))), lambda: plan(journal, Wish(days=("noday",))),
        lambda: plan(journal, Wish(minutes=(1,))), lambda: plan(journal, Wish(minutes=(30, 40))),
        lambda: plan(journal, Wish(keep=("squat",), avoid=("squat",))), lambda: plan(journal, Wish(keep=("zzz",))),
        lambda: mark(journal, [TODAY], [TODAY]), lambda: mark(journal, [], [TODAY]),
        lambda: measuring.take(journal, "pain", {"now": 3}), lambda: measuring.history(journal, "reach"),
        lambda: measuring.take(journal, "reach", {"distance": 999}),
        lambda: trialling.lay_out(journal, "walking", 99, None, 1.0),
        lambda: trialling.lay_out(journal, "walking", None, 99, 1.0),
        lambda: trialling.lay_out(journal, "x", 8, 4, 1.0),
        lambda: trialling.lay_out(journal, "walking", 8, 4, 9.0), lambda: refuse(journal, Told(), {}),
        lambda: refuse(journal, Told(**trial), {}), lambda: refuse(journal, Told(recent_surgery=True), {}),
        lambda: refuse(journal, Told(help_first_open=True), {}), lambda: refuse(journal, FIT, {TODAY: 8.0}),
        lambda: trialling.start(journal, trialling.Wanted("walking", 8, starts=TODAY + 99 * DAY), FIT),
        lambda: helping.note(journal, {"RF99": True}), lambda: helping.note(journal, {}, TODAY + 9 * DAY),
        lambda: helping.note(journal, {}, TODAY), lambda: recorded(journal, "x" * 999),
    ]  # fmt: skip
    errors = [error_of(call) for call in calls]
    assert [n for n, error in enumerate(errors) if error is None] == []
    assert missed_in(book, errors) == []

"""The self-trial as people use it: laid out, started or kindly refused, followed, ended, answered, reported."""

import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import typer

import backstory.journal
from backstory.journal import Journal, open_journal
from backstory.model import Session, Set
from backstory.questions import load_report, load_trials
from conftest import Ran, Run
from test_readers_damage import write

FORBIDDEN = re.compile(r"\b(damage\w*|safe\w*|diagnos\w*|risk\w*|dose\w*|exposure\w*|you are clear)\b", re.IGNORECASE)
FIT = ("--not-pregnant", "--no-recent-surgery", "--no-help-first-open")
START = ("trial", "start", "--question", "warm-up", "--weeks", "12", "--seed", "4", *FIT)
DAY = timedelta(days=1)


@dataclass
class Clock:
    """The moment at which commands are run; local noon of a day, so that time zones do not matter."""

    day: date = date(2026, 3, 2)
    asked: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12).astimezone(UTC)

    def on(self, number: int) -> None:
        self.day = date(2026, 3, 2) + (number - 1) * DAY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Every command runs on the day that the clock shows."""
    clock, opened = Clock(), backstory.journal.open_journal

    @contextmanager
    def on_that_day(location: str) -> Iterator[Journal]:
        with opened(location, clock.now) as journal:
            yield journal

    monkeypatch.setattr(backstory.journal, "open_journal", on_that_day)
    return clock


@pytest.fixture
def ready(run: Run, clock: Clock) -> Clock:
    """Somebody of 36 whose back hurts 2 of 10 on the first day of a trial to come."""
    assert run("profile", "--birth-year", "1990").code == 0
    assert run("check-in", "--pain", "2", "--when", "morning").code == 0
    return clock


def score(run: Run, clock: Clock, number: int, pain: float) -> None:
    clock.on(number)
    assert run("check-in", "--pain", pain, "--when", "morning").code == 0


def diary_of(path: Path, first: date, pains: list[float]) -> Path:
    rows = [f"{first + n * DAY},{pain},morning" for n, pain in enumerate(pains)]
    return write(path, "date,pain,when", *rows)


def trials_in(home: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "home" / "journal.db") as connection:
        return connection.execute("SELECT question, schedule, ended_on, ended_because FROM trials").fetchall()


def refused(ran: Ran, code: int = 1) -> str:
    assert ran.code == code, ran
    assert ran.out == "" and ran.err.count("\n") == 1
    assert not FORBIDDEN.search(ran.err)
    return ran.err


# Before


@pytest.mark.parametrize("question", load_trials())
def test_every_question_can_be_laid_out_without_a_log(run: Run, clock: Clock, question: str) -> None:
    ran = run("trial", "design", "--question", question, "--weeks", "8", "--block-days", "4", "--json")
    assert ran.code == 0
    assert set(ran.json) == {
        "question", "title", "arms", "usual_range", "background", "can_start", "variability", "worth_knowing", "table",
        "recommended", "text",
    }  # fmt: skip
    assert ran.json["variability"]["scores"] == 0 and "typical person" in ran.json["text"]
    assert ran.json["can_start"] is not question.startswith("heavy")
    assert not FORBIDDEN.search(ran.out)


def test_the_table_shows_lengths_and_block_sizes_and_recommends_one(run: Run, clock: Clock) -> None:
    ran = run("trial", "design", "--question", "walking", "--worth", "1.5", "--json").json
    assert [(cell["weeks"], cell["block_days"]) for cell in ran["table"]] == [
        (weeks, days) for weeks in (8, 10, 12, 14, 16) for days in (3, 4, 5, 6)
    ]
    assert all(0 <= cell["false_claims"] <= 0.08 for cell in ran["table"])
    found = ran["recommended"]
    assert found["block_days"] == 4 and round(found["smallest_effect"], 1) <= 1.5
    shorter = [c for c in ran["table"] if c["block_days"] == 4 and c["weeks"] < found["weeks"]]
    assert all(round(cell["smallest_effect"], 1) > 1.5 for cell in shorter)
    again = run("trial", "design", "--question", "walking", "--worth", "1.5", "--json").json
    assert again == ran, "the same journal, the same table"
    shown = run("trial", "design", "--question", "walking", "--worth", "0.1").out
    assert "blocks of 4" in shown and "None of these finds" in shown and "Studies:" in shown


def test_own_scores_make_the_table_ones_own(run: Run, clock: Clock, tmp_path: Path) -> None:
    pains = [float(value) for value in np.random.default_rng(1).integers(0, 11, 60)]
    run("import", diary_of(tmp_path / "d.csv", clock.day - 60 * DAY, pains))
    wild = run("trial", "design", "--question", "walking", "--weeks", "12", "--block-days", "4", "--json").json
    assert wild["variability"]["scores"] == 60 and wild["variability"]["sd"] > 2
    assert wild["table"][0]["smallest_effect"] > 1.5 and "From your last 60 scores" in wild["text"]


def lifts(last: date, kilograms: list[float], name: str = "Deadlift (Barbell)") -> list[Session]:
    """Sessions three days apart, the last one on `last`; one for each weight."""
    return [
        Session("strong", last - 3 * DAY * (len(kilograms) - 1 - n), (Set(name, kg, 5.0), Set(name, kg, 5.0)))
        for n, kg in enumerate(kilograms)
    ]


def keep(clock: Clock, sessions: list[Session]) -> None:
    from backstory.settings import journal_location

    with open_journal(journal_location(None), clock.now) as journal:
        journal.store.save_import("log", "strong", sessions, (), (), clock.now())


def test_heavy_and_light_come_from_the_persons_own_thirds(run: Run, clock: Clock) -> None:
    keep(clock, lifts(clock.day - DAY, [60.0, 70.0, 80.0, 90.0, 100.0, 110.0]))
    a, b = run("trial", "design", "--question", "Heavy hinging", "--weeks", "8", "--json").json["arms"]
    load = {row["date"]: row["load_hinge"] for row in run("days", "--json").json["days"]}
    ordered = sorted(load[day] for day in load if load[day])
    assert (a["low"], a["high"]) == (ordered[4], ordered[5]) and (b["low"], b["high"]) == (ordered[0], ordered[1])
    assert "Deadlift (Barbell): 2 sets, up to" in a["text"] and "times your usual" in a["text"]


def test_what_lies_longer_ago_than_60_days_is_not_usual_any_more(run: Run, clock: Clock) -> None:
    keep(clock, lifts(clock.day - 70 * DAY, [200.0] * 6) + lifts(clock.day - DAY, [60.0] * 6))
    text = run("trial", "design", "--question", "heavy-hinging", "--weeks", "8", "--json").json["text"]
    assert "too alike" in text


def test_few_days_of_it_have_to_wait(run: Run, ready: Clock, tmp_path: Path) -> None:
    keep(ready, lifts(ready.day - DAY, [60.0, 80.0]))
    ran = run("trial", "start", "--question", "heavy-hinging", "--weeks", "12", *FIT)
    assert "2 days of hinging" in refused(ran) and trials_in(tmp_path) == []


# Starting


def test_a_start_stores_the_whole_schedule_for_good(run: Run, ready: Clock, tmp_path: Path) -> None:
    begun = run(*START, "--json")
    assert begun.code == 0 and len(begun.json["schedule"]) == begun.json["days"] == 84
    assert begun.json["starts"] == "2026-03-02" and begun.json["last_day"] == "2026-05-24"
    assert begun.json["usual_pain"] == 2 and begun.json["smallest_effect"] > 0
    ((question, schedule, ended_on, because),) = trials_in(tmp_path)
    assert (question, schedule, ended_on, because) == ("warm-up", begun.json["schedule"], None, None)
    days = []
    for number in range(1, 85):
        day = run("trial", "today", "--date", date(2026, 3, 2) + (number - 1) * DAY, "--json").json
        assert (day["day"], day["block"], day["day_of_block"]) == (number, (number - 1) // 4 + 1, (number - 1) % 4 + 1)
        days.append(day["arm"])
    assert "".join(days) == schedule


def test_a_plan_with_too_few_blocks_to_find_anything_says_so(run: Run, ready: Clock) -> None:
    shown = run("trial", "start", "--question", "walking", "--weeks", "8", "--block-days", "6", *FIT).out
    assert "hardly finds anything" in shown and "Day 1 of 56" in shown


def test_without_a_seed_the_coins_are_drawn(run: Run, ready: Clock) -> None:
    start = ("trial", "start", "--question", "walking", "--weeks", "16", *FIT, "--json")
    schedules = []
    for _ in range(3):
        schedules.append(run(*start).json["schedule"])
        assert run("trial", "stop").code == 0
    assert len(set(schedules)) > 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("--pregnant", "--no-recent-surgery", "--no-help-first-open"), "pregnan"),
        (("--not-pregnant", "--recent-surgery", "--no-help-first-open"), "surgery"),
        (("--not-pregnant", "--no-recent-surgery", "--help-first-open"), "doctor"),
        (("--help-first-open",), "doctor"),
    ],
)
def test_some_had_better_not_start_and_are_told_so_kindly(
    run: Run, ready: Clock, tmp_path: Path, told: tuple[str, ...], words: str
) -> None:
    ran = run("trial", "start", "--question", "warm-up", "--weeks", "12", *told)
    assert words in refused(ran).lower() and trials_in(tmp_path) == []


def test_what_help_first_holds_open_stands_whatever_is_said(run: Run, ready: Clock, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"RF01": true}', encoding="utf-8")
    run("help-first", "--answers", answers)
    assert "doctor" in refused(run(*START)) and trials_in(tmp_path) == []
    assert run("help-first", "--seen", ready.day).code == 0
    assert run(*START).code == 0


def test_what_help_first_asked_lately_need_not_be_said_again(run: Run, ready: Clock, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"RF01": false}', encoding="utf-8")
    run("help-first", "--answers", answers)
    said = [word for word in START if word != "--no-help-first-open"]
    assert run(*said).code == 0


@pytest.mark.parametrize("year", [2009, 2008])
def test_who_may_be_under_eighteen_waits(run: Run, ready: Clock, tmp_path: Path, year: int) -> None:
    run("profile", "--birth-year", year)
    assert "18" in refused(run(*START)) and trials_in(tmp_path) == []
    run("profile", "--birth-year", "2007")
    assert run(*START).code == 0


@pytest.mark.parametrize(("pain", "days_ago", "code"), [("6", 0, 1), ("5", 0, 0), ("9", 3, 1), ("9", 4, 2)])
def test_pain_above_five_in_the_last_days_waits(
    run: Run, clock: Clock, tmp_path: Path, pain: str, days_ago: int, code: int
) -> None:
    run("profile", "--birth-year", "1990")
    run("check-in", "--pain", pain, "--when", "morning", "--date", clock.day - days_ago * DAY)
    ran = run(*START)
    assert ran.code == code and len(trials_in(tmp_path)) == (code == 0)
    if code == 1:
        assert f"Pain of {pain}" in refused(ran)
    if code == 2:
        assert "backstory check-in" in refused(ran, 2), "an old score says nothing about today"


def test_an_evenings_pain_of_today_counts(run: Run, ready: Clock) -> None:
    run("check-in", "--pain", "8", "--when", "evening")
    assert "Pain of 8" in refused(run(*START))


def test_a_flare_waits(run: Run, ready: Clock, tmp_path: Path) -> None:
    run("import", diary_of(tmp_path / "d.csv", ready.day - 15 * DAY, [1.0] * 14 + [4.0]))
    run("check-in", "--pain", "4", "--when", "morning")
    assert "more than in the two weeks before" in refused(run(*START)) and trials_in(tmp_path) == []
    run("check-in", "--pain", "2", "--when", "morning")
    assert run(*START).code == 0


def test_everything_that_is_still_to_be_said_is_asked_in_one_line(run: Run, clock: Clock, tmp_path: Path) -> None:
    err = refused(run("trial", "start", "--question", "warm-up", "--weeks", "12", "--not-pregnant"), 2)
    assert "--recent-surgery" in err and "backstory help-first" in err and "--pregnant" not in err
    assert "--birth-year" in err and "check-in" in err and trials_in(tmp_path) == []


def test_on_a_terminal_the_questions_are_asked(run: Run, ready: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def confirm(text: str, err: bool) -> bool:
        ready.asked.append(text)
        return "surgery" in text

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "confirm", confirm)
    assert "surgery" in refused(run("trial", "start", "--question", "warm-up", "--weeks", "12", "--not-pregnant"))
    assert len(ready.asked) == 2 and "pregnant" not in " ".join(ready.asked)


def test_one_trial_at_a_time(run: Run, ready: Clock, tmp_path: Path) -> None:
    assert run(*START).code == 0
    assert "Another self-trial is running" in refused(run(*START))
    score(run, ready, 84, 2)
    assert "Another" in refused(run(*START)), "its last day is not over"
    score(run, ready, 85, 2)
    assert run(*START).code == 0 and len(trials_in(tmp_path)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ("--question", "sleeping"),
        ("--weeks", "7"),
        ("--weeks", "17"),
        ("--block-days", "2"),
        ("--seed", "-1"),
        ("--seed", "9999999999"),
        ("--date", "2026-03-01"),
        ("--date", "2026-03-17"),
        ("--date", "soon"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_a_start_with_bad_input_changes_nothing(
    run: Run, ready: Clock, tmp_path: Path, wrong: tuple[str, str], as_json: bool
) -> None:
    refused(run(*START, *wrong, *(["--json"] if as_json else [])), 2)
    assert trials_in(tmp_path) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ("--question", "x"),
        ("--question", "walking", "--weeks", "20"),
        ("--question", "walking", "--block-days", "7"),
        ("--question", "walking", "--worth", "0"),
        ("--question", "walking", "--worth", "nan"),
        (),
    ],
)
def test_a_design_with_bad_input_is_one_line(run: Run, clock: Clock, wrong: tuple[str, ...]) -> None:
    refused(run("trial", "design", *wrong), 2)


# Every day


@pytest.mark.parametrize("command", ["today", "stop", "answer", "report"])
def test_without_a_trial_there_is_nothing_to_give(run: Run, clock: Clock, command: str) -> None:
    assert "self-trial" in refused(run("trial", command))


def test_a_day_is_told_in_words_and_a_trial_to_come_and_one_gone_by(run: Run, ready: Clock) -> None:
    assert run(*START, "--date", "2026-03-04").code == 0
    early = run("trial", "today", "--json")
    assert (early.code, early.json["status"], early.json["arm"]) == (1, "not begun", None)
    ready.on(3)
    ran = run("trial", "today")
    assert ran.code == 0 and "Day 1 of 84 (block 1 of 21, its day 1)" in ran.out and "warm-up" in ran.out
    assert "missed day is fine" in ran.out and not FORBIDDEN.search(ran.out)
    ready.on(90)
    late = run("trial", "today", "--json")
    assert (late.code, late.json["status"]) == (1, "over") and "trial answer" in late.json["text"]


def test_three_bad_days_end_a_trial_kindly_and_once(run: Run, ready: Clock, tmp_path: Path) -> None:
    assert run(*START).code == 0
    for number, pain in ((20, 4), (21, 4), (22, 3), (23, 4), (24, 5)):
        score(run, ready, number, pain)
        assert run("trial", "today").code == 0
    score(run, ready, 25, 6)
    ran = run("trial", "today", "--json")
    assert (ran.code, ran.json["status"], ran.json["ended_because"]) == (1, "ended", "pain")
    assert ran.json["ended_on"] == "2026-03-26" and "nothing went wrong" in ran.json["text"]
    assert not FORBIDDEN.search(ran.json["text"])
    assert [row[2:] for row in trials_in(tmp_path)] == [("2026-03-26", "pain")]
    ready.on(40)
    assert run("trial", "today", "--json").json["ended_on"] == "2026-03-26"
    assert run("trial", "today", "--date", "2026-03-25").code == 0, "what a day before that was can still be asked"
    assert "No self-trial is running" in refused(run("trial", "stop"))
    answer = run("trial", "answer", "--json")
    assert answer.code == 1 and answer.json["verdict"] == "not enough data" and "56 days" in answer.json["text"]


def test_the_stop_rule_is_seen_whatever_is_asked_first(run: Run, ready: Clock, tmp_path: Path) -> None:
    assert run(*START).code == 0
    for number in (10, 11, 12):
        score(run, ready, number, 5)
    score(run, ready, 16, 2)
    assert run(*START).code == 0, "the old one ended on its own; nothing keeps a new one from starting"
    assert [row[3] for row in trials_in(tmp_path)] == ["pain", None]


def test_a_trial_is_ended_by_hand_and_keeps_its_day(run: Run, ready: Clock, tmp_path: Path) -> None:
    assert run(*START).code == 0
    ready.on(9)
    ran = run("trial", "stop", "--json")
    assert ran.code == 0 and (ran.json["ended_on"], ran.json["ended_because"]) == ("2026-03-10", "by hand")
    assert run("trial", "today").code == 1 and trials_in(tmp_path)[0][2:] == ("2026-03-10", "by hand")


def test_a_trial_to_come_can_be_called_off(run: Run, ready: Clock) -> None:
    assert run(*START, "--date", "2026-03-10").code == 0
    assert run("trial", "stop", "--json").json["ended_on"] == "2026-03-10"
    assert run(*START).code == 0


# What came out


def play(run: Run, clock: Clock, tmp_path: Path, points: float, until: int = 84) -> str:
    """A trial's scores up to a day, through a diary; its schedule."""
    schedule: str = run(*START, "--json").json["schedule"]
    rng = np.random.default_rng(8)
    pains, drift = [], 0.0
    for day in range(until):
        drift = 0.6 * drift + float(rng.normal(0, 0.4))
        effect = sum(k * (schedule[day - lag] == "A") for lag, k in ((1, 0.5), (2, 0.3), (3, 0.2)) if day >= lag)
        pains.append(float(np.clip(round(2 + drift + points * (effect - 0.5)), 0, 10)))
    clock.on(until)
    assert run("import", diary_of(tmp_path / "scores.csv", date(2026, 3, 2), pains)).code == 0
    return schedule


def test_there_is_no_verdict_before_day_56(run: Run, ready: Clock, tmp_path: Path) -> None:
    play(run, ready, tmp_path, 2.0, until=55)
    ran = run("trial", "answer", "--json")
    assert ran.code == 1 and ran.json["verdict"] == "not enough data" and ran.json["first_verdict_on"] == "2026-04-26"
    assert ran.json["points_per_morning"] is None and ran.json["lo90"] is None and ran.json["as_strong"] is None
    assert "26 Apr 2026" in run("trial", "answer").out
    ready.on(56)
    assert run("trial", "answer", "--json").json["verdict"] != "not enough data"


def test_a_real_difference_comes_out_with_its_band_and_its_orders(run: Run, ready: Clock, tmp_path: Path) -> None:
    play(run, ready, tmp_path, 2.0)
    ran = run("trial", "answer", "--json")
    found = ran.json
    assert ran.code == 0 and found["verdict"] == "worse" and found["complete"] is True
    assert 0 < found["lo90"] < found["points_per_morning"] < found["hi90"] and found["orders"] == 2**11
    assert abs(found["points_per_morning"] - 2) < 1
    assert found["as_strong"] <= 0.042 * found["orders"] and (found["scored"], found["mornings"]) == (84, 84)
    shown = run("trial", "answer").out
    assert "hurt more" in shown and "Of 2,048 orders" in " ".join(shown.split()) and not FORBIDDEN.search(shown)
    ready.on(120)
    assert run("trial", "answer", "--json").json == found, "nothing that comes later changes it"


def test_no_difference_comes_out_as_none(run: Run, ready: Clock, tmp_path: Path) -> None:
    play(run, ready, tmp_path, 0.0)
    found = run("trial", "answer", "--json").json
    assert found["verdict"] == "no clear effect" and found["lo90"] < 0 < found["hi90"]
    assert "No clear difference" in found["text"]


def test_an_early_end_by_hand_is_an_early_look(run: Run, ready: Clock, tmp_path: Path) -> None:
    play(run, ready, tmp_path, 0.0, until=60)
    run("trial", "stop")
    found = run("trial", "answer", "--json").json
    assert found["complete"] is False and found["mornings"] == 60 and "before its time" in found["text"]


def test_all_the_same_scores_give_no_verdict(run: Run, ready: Clock, tmp_path: Path) -> None:
    assert run(*START).code == 0
    ready.on(84)
    run("import", diary_of(tmp_path / "scores.csv", date(2026, 3, 2), [2.0] * 84))
    ran = run("trial", "answer", "--json")
    assert ran.code == 1 and "every score is the same" in ran.json["text"]


def test_few_scores_give_no_verdict(run: Run, ready: Clock) -> None:
    assert run(*START).code == 0
    ready.on(84)
    ran = run("trial", "answer", "--json")
    assert ran.code == 1 and "it takes 28 scored mornings, and there are 1" in ran.json["text"]


def test_adherence_is_told_and_not_used(run: Run, ready: Clock, tmp_path: Path) -> None:
    schedule = play(run, ready, tmp_path, 2.0)
    before = run("trial", "answer", "--json").json
    assert before["kept"] == {"A": [0, 0], "B": [0, 0]} and "cannot tell" in before["text"]
    sessions = [
        Session("strong", date(2026, 3, 2) + n * DAY, (Set("Squat", 60.0, 5.0, kind="warm-up" if n % 2 else "normal"),))
        for n in range(0, 84, 3)
    ]
    keep(ready, sessions)
    after = run("trial", "answer", "--json").json
    a = [n for n in range(0, 84, 3) if schedule[n] == "A"]
    b = [n for n in range(0, 84, 3) if schedule[n] == "B"]
    assert after["kept"] == {"A": [sum(n % 2 for n in a), len(a)], "B": [sum(n % 2 == 0 for n in b), len(b)]}
    assert f"of {len(a)} days with “with a warm-up”" in after["text"]
    numbers = ("verdict", "points_per_morning", "lo90", "hi90", "as_strong")
    assert [after[name] for name in numbers] == [before[name] for name in numbers]


@pytest.mark.parametrize("until", [1, 30, 56, 84])
def test_the_report_has_every_item_at_every_stage(run: Run, ready: Clock, tmp_path: Path, until: int) -> None:
    schedule = play(run, ready, tmp_path, 1.5, until)
    ran = run("trial", "report", "--json")
    assert ran.code == 0 and [i["number"] for i in ran.json["items"]] == [item.number for item in load_report()]
    text = run("trial", "report").out
    assert text.strip() == ran.json["text"] and text.startswith("# With a warm-up against without one")
    assert not re.search(r"[{}]", text) and not FORBIDDEN.search(text)
    items = {item["number"]: item["text"] for item in ran.json["items"]}
    assert items["8c"].replace(" ", "") == schedule and "seed 4" in items["8a"]
    assert ("Not given" in items["17a.2"]) is (until < 56)
    assert items["17a.1"].count("\n") + 1 == -(-until // 4)
    assert "not met" in items["19"] or until == 84


def test_the_report_tells_why_a_trial_ended(run: Run, ready: Clock) -> None:
    assert run(*START).code == 0
    for number in (10, 11, 12):
        score(run, ready, number, 7)
    items = {item["number"]: item["text"] for item in run("trial", "report", "--json").json["items"]}
    assert "3 days in a row" in items["14b"] and "it ended the trial" in items["19"] and "13 Mar" in items["14a"]


def test_trial_commands_take_journal_and_json(run: Run) -> None:
    for command in ("design", "start", "today", "stop", "answer", "report"):
        shown = run("trial", command, "--help").out
        assert "--journal" in shown and "--json" in shown, command
    alone = run("trial")
    assert alone.code == 0 and "..." not in alone.out.split("Commands:")[1]


def test_a_trial_survives_export_and_restore_and_is_forgotten(run: Run, ready: Clock, tmp_path: Path) -> None:
    play(run, ready, tmp_path, 2.0)
    answer = run("trial", "answer", "--json").json
    out, new = tmp_path / "out.zip", tmp_path / "new.db"
    assert run("export", out, "--json").json["rows"]["trials"] == 1
    with zipfile.ZipFile(out) as archive:
        assert len(archive.read("trials.jsonl").decode().splitlines()) == 1
    assert run("restore", out, "--journal", new).code == 0
    assert run("trial", "answer", "--json", "--journal", new).json == answer
    assert run("forget", "--all", "--json").code == 0
    assert run("trial", "answer").code == 1 and trials_in(tmp_path) == []

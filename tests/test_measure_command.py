"""`backstory measure` as people and other programs use it."""

import io
import json
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

import backstory.journal
from backstory.journal import Journal, measuring, open_journal
from backstory.model import Outcome, Session
from backstory.questions import load_measures, score
from backstory.questions.measure_ways import load_ways
from conftest import NOW, Ran, Run

FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear", re.IGNORECASE)
HOLDS = {"back-hold", "front-hold", "side-bridge-left", "side-bridge-right", "reach"}
DAILY = {"pain", "session-effort", "sleep-hours", "sleep-quality", "stress"}
PEG = {"pain": 6, "enjoyment": 5, "activity": 7}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run on 20 November 2026, in a terminal of 80 columns."""
    opened = backstory.journal.open_journal

    @contextmanager
    def on_that_day(location: str) -> Iterator[Journal]:
        with opened(location, lambda: NOW) as journal:
            yield journal

    monkeypatch.setattr(backstory.journal, "open_journal", on_that_day)
    monkeypatch.setenv("COLUMNS", "80")


class Take:
    """Answers, written into a file and given to the command."""

    def __init__(self, run: Run, path: Path) -> None:
        self.run, self.path = run, path

    def __call__(self, measure: str, answers: object, *options: str) -> Ran:
        self.path.write_text(answers if isinstance(answers, str) else json.dumps(answers), "utf-8")
        ran = self.run("measure", "take", measure, "--answers", self.path, *options)
        assert not FORBIDDEN.search(ran.out + ran.err)
        return ran


@pytest.fixture
def take(run: Run, tmp_path: Path) -> Take:
    return Take(run, tmp_path / "answers.json")


def kept(home: Path) -> list[Outcome]:
    with open_journal(str(home / "home" / "journal.db")) as journal:
        return journal.store.entries(Outcome)


def peg(value: int) -> dict[str, int]:
    return dict.fromkeys(PEG, value)


def test_the_list_says_what_there_is_how_long_it_takes_and_when_it_was_done(run: Run, take: Take) -> None:
    take("peg", PEG, "--date", "2026-11-02")
    run("check-in", "--pain", "4", "--when", "morning", "--date", "2026-11-03")
    listed = run("measure", "list", "--json").json["measures"]
    assert [one["id"] for one in listed] == list(load_measures())
    by_id = {one["id"]: one for one in listed}
    assert by_id["peg"]["last"] == {"day": "2026-11-02", "value": 6.0} and by_id["peg"]["minutes"] == 1
    assert by_id["pain"]["last"] == {"day": "2026-11-03", "value": 4.0}
    assert by_id["pain"]["code"] == {"system": "LOINC", "code": "72514-3"}
    assert [one["id"] for one in listed if one["code"]] == ["pain"] and by_id["stress"]["last"] is None
    shown = run("measure", "list").out
    assert "6 on 2026-11-02" in shown and "stop when pain starts" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_measure_is_scored_and_kept(take: Take, tmp_path: Path) -> None:
    first = take("peg", PEG, "--date", "2026-10-01", "--json")
    assert first.code == 0 and first.err == ""
    assert first.json == {
        "measure": "peg", "day": "2026-10-01", "value": 6.0, "unit": "", "note": "", "change": None,
    }  # fmt: skip
    second = take("peg", {**PEG, "pain": 3, "activity": 1}, "--json").json
    assert second["day"] == "2026-11-20" and second["value"] == score("peg", {**PEG, "pain": 3, "activity": 1}).value
    assert "3 less (6 to 3, 50 %), for the better: a change people notice" in second["change"]
    assert [(one.day, one.measure, one.value) for one in kept(tmp_path)] == [
        (date(2026, 10, 1), "peg", 6.0), (date(2026, 11, 20), "peg", 3.0),
    ]  # fmt: skip
    assert dict(kept(tmp_path)[0].answers) == PEG


def test_one_that_is_entered_for_an_earlier_day_is_held_against_what_came_before_it(take: Take) -> None:
    take("peg", peg(8), "--date", "2026-01-01")
    take("peg", peg(2), "--date", "2026-09-01")
    assert "(8 to 6, 25 %)" in take("peg", peg(6), "--date", "2026-05-01", "--json").json["change"]


def test_answers_come_through_a_pipe_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"rmdq01": true, "rmdq02": true, "rmdq03": null}'))
    taken = run("measure", "take", "rmdq-24", "--answers", "-", "--json").json
    assert taken["value"] == 2.0
    assert taken["note"] == "22 statements without an answer: counted as not ticked, as the questionnaire says."


@pytest.mark.parametrize(
    ("measure", "answers", "options", "complaint"),
    [
        ("spine-score", PEG, (), "There is no measure 'spine-score'; there are: pain, "),
        ("peg", {}, (), "cannot be scored without: pain, enjoyment, activity"),
        ("peg", {"pain": 3, "enjoyment": None}, (), "cannot be scored without: enjoyment, activity"),
        ("peg", {**PEG, "pain": 10.5}, (), "pain: must be a number from 0 to 10, not 10.5"),
        ("peg", {**PEG, "pain": -1}, (), "must be a number from 0 to 10"),
        ("peg", {**PEG, "pain": True}, (), "must be a number from 0 to 10"),
        ("peg", {**PEG, "mood": 3}, (), "does not ask for 'mood'"),
        ("peg", '{"pain": NaN, "enjoyment": 1, "activity": 1}', (), "must be a number from 0 to 10, not nan"),
        ("peg", '{"pain": 1, "pain": 2, "enjoyment": 1, "activity": 1}', (), "each answer once"),
        ("peg", {**PEG, "pain": "3"}, (), "must be a number, or true or false"),
        ("peg", {**PEG, "pain": [3]}, (), "must be a number, or true or false"),
        ("peg", "[5, 6, 7]", (), "must hold one JSON object"),
        ("peg", "pain: 5", (), "must hold one JSON object"),
        ("peg", "", (), "must hold one JSON object"),
        ("peg", "[" * 100_000, (), "must hold one JSON object"),
        ("rmdq-24", {"rmdq01": 1}, (), "must be ticked or not"),
        ("back-hold", {"seconds": 100_000}, (), "must be a number from 0 to 1800"),
        ("peg", PEG, ("--date", "2026-11-21"), "between 1970 and today, not on 2026-11-21"),
        ("peg", PEG, ("--date", "1969-12-31"), "between 1970 and today"),
        ("peg", PEG, ("--date", "yesterday"), "--date takes a date"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_kept(
    take: Take, tmp_path: Path, measure: str, answers: object, options: tuple[str, ...], complaint: str
) -> None:
    ran = take(measure, answers, *options)
    assert (ran.code, ran.out) == (2, "") and complaint in ran.err
    assert len(ran.err.splitlines()) == 1 and kept(tmp_path) == []


def test_a_file_that_is_missing_or_no_text_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.json").write_bytes(b"\x89PNG\xff\xfe")
    for path, complaint in ((tmp_path / "none.json", "cannot be read"), (tmp_path / "picture.json", "one JSON object")):
        ran = run("measure", "take", "peg", "--answers", path)
        assert ran.code == 2 and complaint in ran.err and len(ran.err.splitlines()) == 1


def test_away_from_a_terminal_the_answers_are_named(run: Run) -> None:
    ran = run("measure", "take", "peg")
    assert ran.code == 2 and "--answers FILE.json with pain, enjoyment, activity" in ran.err


@pytest.mark.parametrize("measure", sorted(DAILY))
def test_what_is_told_every_day_is_not_asked_twice(take: Take, tmp_path: Path, measure: str) -> None:
    ran = take(measure, {})
    assert ran.code == 2 and "not asked twice" in ran.err and "`backstory " in ran.err and kept(tmp_path) == []


@pytest.mark.parametrize("measure", sorted(DAILY))
def test_the_command_that_tells_it_instead_does(run: Run, measure: str) -> None:
    told_by = load_ways()[measure].told_by
    assert run(*told_by.split()[1:], "--date", "2026-11-18").code == 0
    (week,) = run("measure", "show", measure, "--json").json["values"]
    assert week["day"] == "2026-11-16" and week["count"] == 1
    assert week["value"] == (180 if measure == "session-effort" else float(told_by.split()[3]))


class Terminal:
    """What a person types, and what they were asked."""

    def __init__(self) -> None:
        self.typed: list[str] = []
        self.asked: list[str] = []

    def prompt(self, text: str, **_options: Any) -> str:
        self.asked.append(text)
        return self.typed.pop(0)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "prompt", terminal.prompt)
    return terminal


def test_on_a_terminal_items_are_asked_one_by_one_with_their_ends(run: Run, terminal: Terminal, tmp_path: Path) -> None:
    terminal.typed = ["4", "eleven", "11", "5", "3,5"]
    ran = run("measure", "take", "peg")
    assert ran.code == 0 and "kept for 2026-11-20" in ran.out
    assert dict(kept(tmp_path)[0].answers) == {"pain": 4.0, "enjoyment": 5.0, "activity": 3.5}
    assert terminal.asked[0].strip() == "1/3  0 = no pain, 10 = pain as bad as you can imagine"
    assert [text.split()[0] for text in terminal.asked] == ["1/3", "2/3", "2/3", "2/3", "3/3"]
    assert ran.err.count("Please type a number from 0 to 10") == 2
    assert all(item.text.split()[-1] in ran.err for item in load_measures()["peg"].items)


def test_a_tick_is_y_or_n_and_enter_is_no_answer(run: Run, terminal: Terminal, tmp_path: Path) -> None:
    terminal.typed = ["y", "perhaps", "N", "", *["n"] * 20, "yes"]
    ran = run("measure", "take", "rmdq-24")
    assert ran.code == 0 and "1 statement without an answer" in ran.out
    (outcome,) = kept(tmp_path)
    assert outcome.value == 2.0 and len(outcome.answers) == 23 and "rmdq03" not in outcome.answers


def test_enter_all_along_keeps_nothing(run: Run, terminal: Terminal, tmp_path: Path) -> None:
    terminal.typed = ["", "", ""]
    ran = run("measure", "take", "peg")
    assert ran.code == 2 and "cannot be scored without" in ran.err and kept(tmp_path) == []


@pytest.mark.parametrize("measure", sorted(HOLDS))
def test_before_it_is_done_it_is_said_to_stop_when_pain_starts(run: Run, terminal: Terminal, measure: str) -> None:
    terminal.typed = ["30"]
    ran = run("measure", "take", measure)
    text = " ".join(ran.err.split())
    assert ran.code == 0 and re.search(r"Stop (as soon as|where) pain starts", text)
    assert text.index("pain starts") < text.index(load_measures()[measure].items[0].text)


def test_a_day_that_cannot_be_is_said_before_anything_is_asked(run: Run, terminal: Terminal) -> None:
    assert run("measure", "take", "peg", "--date", "2999-01-01").code == 2 and terminal.asked == []


def test_with_something_that_asks_for_a_doctor_holds_wait_and_questionnaires_do_not(
    run: Run, take: Take, tmp_path: Path
) -> None:
    (tmp_path / "help.json").write_text('{"RF01": true}')
    run("help-first", "--answers", tmp_path / "help.json")
    listed = run("measure", "list", "--json").json
    assert set(listed["waiting"]) == HOLDS
    assert {one["id"] for one in listed["measures"]} == set(load_measures()) - HOLDS
    assert "Holds and the reach test wait" in run("measure", "list").out
    for measure in HOLDS:
        ran = take(measure, {"seconds": 30})
        assert ran.code == 1 and "asks for a doctor" in ran.err and len(ran.err.splitlines()) == 1
    assert take("peg", PEG).code == 0
    assert [one.measure for one in kept(tmp_path)] == ["peg"]
    run("help-first", "--seen", "2026-11-20")
    assert run("measure", "list", "--json").json["waiting"] == []


def test_values_over_time_with_the_change_that_matters(run: Run, take: Take) -> None:
    for day, value in (("2026-01-05", 7), ("2026-05-04", 6), ("2026-11-02", 3)):
        take("peg", peg(value), "--date", day)
    shown = run("measure", "show", "peg", "--json").json
    assert list(shown)[:5] == ["measure", "code", "values", "change", "noticed"]
    assert shown["values"][0] == {"day": "2026-01-05", "value": 7.0} and len(shown["values"]) == 3
    assert "4 less (7 to 3, 57 %)" in shown["change"] and shown["noticed"] is True
    assert "3 less (6 to 3, 50 %)" in shown["change_from_previous"]
    assert shown["noticed_from"] == {"points": 1, "share": 0.3}
    ran = run("measure", "show", "peg")
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80 and ran.out.count("●") == 3 and "░" in ran.out
    assert "Since 5 January 2026: 4 less (7 to 3, 57 %), for the better: a change people" in ran.out
    assert "Since 4 May 2026: 3 less" in ran.out and "Krebs et al. 2009" in ran.out
    assert not FORBIDDEN.search(ran.out)


def test_the_last_of_several_values_of_a_day_counts(run: Run, take: Take) -> None:
    for value in (7, 2):
        take("peg", peg(value))
    assert run("measure", "show", "peg", "--json").json["values"] == [{"day": "2026-11-20", "value": 2.0}]


def test_one_value_has_no_change(run: Run, take: Take) -> None:
    take("back-hold", {"seconds": 60})
    shown = run("measure", "show", "back-hold", "--json").json
    assert (shown["change"], shown["noticed"], shown["unit"]) == (None, None, "s")
    assert "One value so far" in run("measure", "show", "back-hold").out


def test_a_hold_is_held_against_the_persons_own_and_no_ratio_is_made(run: Run, take: Take) -> None:
    for measure, first, last in (("back-hold", 60, 90), ("front-hold", 100, 50)):
        take(measure, {"seconds": first}, "--date", "2026-10-01")
        take(measure, {"seconds": last})
    out = run("measure", "show").out + run("measure", "show", "front-hold").out
    assert "No size of change is known" in " ".join(out.split()) and "a change people notice" not in out
    assert "ratio" in out and not re.search(r"\b(0\.[56]|0\.56|0\.67|1\.67|1\.7|1\.5|1\.8)\b", out)
    assert run("measure", "show", "back-hold", "--json").json["noticed"] is None


def test_other_activities_than_before_are_not_compared(run: Run, take: Take) -> None:
    take("psfs", {"first": 3, "second": 4}, "--date", "2026-10-01")
    assert "not compared" in take("psfs", {"first": 8}, "--json").json["change"]
    shown = run("measure", "show", "psfs", "--json").json
    assert shown["noticed"] is None and "not compared" in shown["change"]
    assert "notice" not in run("measure", "show", "psfs").out.split("Measure:")[0]


def test_what_is_told_every_day_stands_beside_it_week_by_week(run: Run, take: Take) -> None:
    take("peg", PEG)
    for day, pain in (("2026-10-19", 2), ("2026-10-25", 4), ("2026-11-02", 5)):
        run("check-in", "--pain", str(pain), "--when", "morning", "--date", day)
    weeks = run("measure", "show", "pain", "--json").json
    assert weeks["each"] == "week" and weeks["code"]["code"] == "72514-3"
    assert weeks["values"] == [
        {"day": "2026-10-19", "value": 3.0, "count": 2},
        {"day": "2026-10-26", "value": None, "count": 0},
        {"day": "2026-11-02", "value": 5.0, "count": 1},
    ]
    assert "2 more (3 to 5, 67 %), for the worse" in weeks["change"] and weeks["noticed"] is True
    shown = run("measure", "show").out
    assert "PEG" in shown and re.search(r"2026-10-26 +- *\n2026-11-02 +5", shown)
    assert {one["measure"] for one in run("measure", "show", "--json").json["measures"]} == {"pain", "peg"}


def test_with_nothing_to_show_that_is_said(run: Run, take: Take) -> None:
    for arguments in (("measure", "show"), ("measure", "show", "peg"), ("measure", "show", "pain", "--json")):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (1, "") and "`backstory " in ran.err
    assert run("measure", "show", "nothing").code == 2


def test_a_page_and_a_chart_are_written_for_their_owner_alone(run: Run, take: Take, tmp_path: Path) -> None:
    for day, value in (("2026-10-05", 7), ("2026-11-02", 3)):
        take("peg", peg(value), "--date", day)
    page, svg = tmp_path / "peg.html", tmp_path / "peg.svg"
    for _ in range(2):  # over its own earlier one too
        ran = run("measure", "show", "peg", "--page", page, "--svg", svg, "--json")
        assert ran.code == 0 and ran.json["measure"] == "peg"
    for path, head in ((page, "<!doctype html>"), (svg, "<svg ")):
        assert path.read_text("utf-8").startswith(head)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert f"Written: {path}" in ran.err


def test_a_file_of_somebody_elses_stays_and_so_does_one_without_values(run: Run, take: Take, tmp_path: Path) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("my own")
    assert run("measure", "show", "peg", "--page", tmp_path / "new.html").code == 1
    assert not (tmp_path / "new.html").exists()
    take("peg", PEG)
    ran = run("measure", "show", "peg", "--page", mine)
    assert ran.code == 2 and mine.read_text() == "my own"
    assert run("measure", "show", "--page", mine).code == 2


def test_the_summary_for_a_doctors_page(journal: Journal) -> None:
    for day, value in ((date(2025, 1, 1), 9), (date(2026, 9, 1), 7), (date(2026, 11, 1), 3)):
        measuring.take(journal, "peg", peg(value), day)
    measuring.take(journal, "back-hold", {"seconds": 80}, date(2026, 10, 1))
    measuring.take(journal, "reach", {"distance": 8}, date(2026, 8, 1))
    lines = measuring.summary(journal, since=date(2026, 8, 28))
    assert [line.name for line in lines] == ["PEG: pain, enjoyment, general activity", "Back hold (Sørensen)"]
    first, hold = lines
    assert (first.first, first.first_day, first.last, first.last_day) == (7, date(2026, 9, 1), 3, date(2026, 11, 1))
    assert "4 less (7 to 3, 57 %)" in first.change and first.unit == ""
    assert (hold.first, hold.last, hold.change, hold.unit) == (80, 80, "", "s")
    assert measuring.summary(journal, since=date(2026, 11, 2)) == []


def test_entries_of_measures_that_are_no_longer_known_are_passed_over(journal: Journal, run: Run) -> None:
    journal.store.save_entry(Outcome(date(2026, 1, 1), "old-score", {}, 3.0), NOW)
    assert measuring.summary(journal, date(2026, 1, 1)) == []
    assert run("measure", "show", "--journal", journal.store.shown).code == 1


def test_a_session_without_effort_or_without_minutes_has_no_value(journal: Journal) -> None:
    told = [(6.0, 1800.0), (None, 1800.0), (6.0, None), (6.0, 0.0), (6.0, 1e7)]
    for number, (effort, duration_s) in enumerate(told):
        session = Session("x", date(2026, 11, 16), duration_s=duration_s, effort=effort, title=str(number))
        journal.store.add_session(session, datetime(2026, 11, 16, number, tzinfo=UTC))
    (week,) = measuring.history(journal, "session-effort").readings
    assert (week.value, week.count) == (180.0, 1)

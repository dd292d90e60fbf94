"""`backstory help-first` as people and other programs use it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import typer

import backstory.journal
from backstory.journal import Journal, helping, open_journal
from conftest import Ran, Run

FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear", re.IGNORECASE)
DAY = timedelta(days=1)


@dataclass
class Clock:
    """The day on which commands are run, and what a person types on the terminal."""

    day: date = date(2026, 3, 2)
    typed: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12).astimezone(UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock, opened = Clock(), backstory.journal.open_journal

    @contextmanager
    def on_that_day(location: str) -> Iterator[Journal]:
        with opened(location, clock.now) as journal:
            yield journal

    monkeypatch.setattr(backstory.journal, "open_journal", on_that_day)
    return clock


@pytest.fixture
def terminal(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "prompt", lambda _text, **_options: clock.typed.pop(0))
    return clock


@pytest.fixture
def answer(run: Run, clock: Clock, tmp_path: Path) -> "Answer":
    return Answer(run, tmp_path / "answers.json")


@dataclass
class Answer:
    """Answers, written into a file and given to the command."""

    run: Run
    path: Path

    def __call__(self, *options: str, **answers: bool | None) -> Ran:
        self.path.write_text(json.dumps(answers))
        ran = self.run("help-first", "--answers", self.path, *options)
        assert not FORBIDDEN.search(ran.out + ran.err)
        return ran


def kept(home: Path) -> int:
    with open_journal(str(home / "home" / "journal.db")) as journal:
        return len(journal.store.help_first())


def test_the_contract(answer: Answer) -> None:
    ran = answer("--json", RF01=True, RF14=False)
    assert ran.code == 0 and ran.err == ""
    assert list(ran.json)[:3] == ["urgency", "because", "text"]
    assert ran.json["urgency"] == "emergency" and ran.json["text"].startswith("Get help now.")
    (because,) = ran.json["because"]
    assert because.startswith("RF01: ") and ran.json["asked_on"] == "2026-03-02"
    assert [(flag["id"], flag["since"]) for flag in ran.json["open"]] == [("RF01", "2026-03-02")]
    (source,) = ran.json["sources"]
    assert "Dionne" in source["source"] and "read in the source" in source["known"]


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [
        ({}, "none noted"),
        ({"RF01": False}, "none noted"),
        ({"RF14": True}, "mention"),
        ({"RF14": True, "RF13": None}, "mention"),
        ({"RF14": True, "RF13": True}, "doctor"),
        ({"RF09": True, "RF26": True}, "doctor"),
    ],
)
def test_some_answers_are_enough(answer: Answer, answers: dict[str, bool | None], urgency: str) -> None:
    ran = answer("--json", **answers)
    assert (ran.code, ran.json["urgency"]) == (0, urgency)
    assert len(ran.json["because"]) == sum(value is True for value in answers.values())


def test_age_alone_is_nothing(run: Run, answer: Answer) -> None:
    run("profile", "--birth-year", "1936")
    assert answer("--json", **{f"RF{n:02}": False for n in range(1, 27)}).json["urgency"] == "none noted"


def test_the_urgency_is_that_of_the_answers_and_what_is_open_is_told(answer: Answer, clock: Clock) -> None:
    answer(RF01=True)
    clock.day += 9 * DAY
    ran = answer("--json", RF14=True)
    assert ran.json["urgency"] == "mention"
    assert "Still open from before: new numbness" in ran.json["text"] and "now." in ran.json["text"]
    assert [flag["since"] for flag in ran.json["open"]] == ["2026-03-02", "2026-03-11"]
    shown = answer(RF14=True).out
    assert "- RF01: " in shown and "(open since 2026-03-02)" in shown and "help-first --seen" in shown


def test_without_answers_the_last_are_told_and_what_is_open(run: Run, answer: Answer, tmp_path: Path) -> None:
    ran = run("help-first")
    assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1 and "--answers" in ran.err
    assert run("help-first", "--json").code == 2
    given = answer("--json", RF09=True)
    ran = run("help-first", "--json")
    assert ran.code == 0 and ran.json == given.json
    assert kept(tmp_path) == 1


def test_only_a_visit_ends_it(run: Run, answer: Answer, clock: Clock) -> None:
    answer(RF05=True, RF09=True)
    clock.day += 30 * DAY
    assert len(answer("--json", RF05=False, RF09=False).json["open"]) == 2
    partly = run("help-first", "--seen", "2026-03-01")
    assert partly.code == 0 and "RF05" in partly.out, "the visit before speaks for what is no emergency"
    assert len(run("help-first", "--json").json["open"]) == 1
    again = run("help-first", "--seen", "2026-03-01")
    assert again.code == 2 and again.out == "" and "from 2026-03-02 on" in again.err
    ran = run("help-first", "--seen", "2026-03-20", "--json")
    assert ran.json["urgency"] == "none noted" and ran.json["open"] == []
    assert "on 2026-03-20. Nothing is open now." in ran.json["text"]
    assert run("help-first", "--json").json == ran.json
    nothing = run("help-first", "--seen", "2026-03-20")
    assert (nothing.code, nothing.out) == (1, "") and "Nothing is open" in nothing.err
    assert answer("--json", RF05=True).json["open"][0]["since"] == "2026-04-01", "new signs open it again"


def test_a_visit_can_be_told_with_the_answers(run: Run, answer: Answer) -> None:
    ran = answer("--seen", "2026-02-20", "--json", RF25=True)
    assert (ran.json["urgency"], ran.json["open"]) == ("mention", [])
    assert "Nothing is open now" in ran.json["text"]
    ran = answer("--seen", "2026-02-20", "--json", RF01=True)
    assert [flag["id"] for flag in ran.json["open"]] == ["RF01"], "not for an emergency's sign, which is new"
    assert answer("--seen", "2026-03-02", "--json", RF01=True).json["open"] == []


@pytest.mark.parametrize("day", ["2026-03-03", "yesterday", "1900-01-01", "2026-13-01", ""])
def test_a_visit_that_cannot_be_is_one_line(run: Run, answer: Answer, tmp_path: Path, day: str) -> None:
    answer(RF09=True)
    for ran in (run("help-first", "--seen", day), answer("--seen", day, RF14=True)):
        assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1
    assert kept(tmp_path) == 1


@pytest.mark.parametrize("content", ["", "[1]", '{"RF01": "yes"}', '{"RF77": true}', '{"RF01": true, "RF01": false}'])
def test_bad_answers_are_one_line_and_nothing_is_kept(run: Run, clock: Clock, tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content)
    for path in (tmp_path / "bad.json", tmp_path / "nowhere.json"):
        ran = run("help-first", "--answers", path)
        assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_no_answers_at_all_are_not_kept(run: Run, answer: Answer, tmp_path: Path) -> None:
    assert answer().code == 0 and answer(RF01=None).code == 0
    assert kept(tmp_path) == 0 and run("help-first").code == 2


def test_an_emergency_is_told_even_when_the_journal_is_broken(answer: Answer, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_text("no journal")
    ran = answer("--journal", str(tmp_path / "other.db"), RF17=True)
    assert ran.code == 2 and "Get help now" in ran.out and "no journal" in ran.err
    ran = answer("--journal", str(tmp_path / "other.db"), RF14=True)
    assert ran.code == 2 and ran.out == ""


def test_sources_are_shown_but_not_in_an_emergency(answer: Answer) -> None:
    assert "clinical consensus (from memory, not checked)" in answer(RF10=True).out
    assert "Dionne" not in answer(RF01=True).out


# On a terminal


def test_on_a_terminal_all_is_asked_on_three_screens(run: Run, terminal: Clock, tmp_path: Path) -> None:
    terminal.typed = ["none", "", "14, 25"]
    ran = run("help-first")
    assert ran.code == 0 and terminal.typed == []
    assert ran.out.startswith("See a doctor") and "- RF14" in ran.out and "- RF25" in ran.out
    assert ran.err.count("None of these.") == 3 and ran.err.index("wipe") < ran.err.index("cancer of any kind")
    with open_journal(str(tmp_path / "home" / "journal.db")) as journal:
        ((_, answers, _),) = journal.store.help_first()
    assert len(answers) == 12 + 6 and [key for key, yes in answers.items() if yes] == ["RF14", "RF25"]


@pytest.mark.parametrize("typed", [["6"], ["none", "15 16"]])
def test_after_an_emergency_nothing_more_is_asked(run: Run, terminal: Clock, typed: list[str]) -> None:
    terminal.typed = [*typed, "left over"]
    ran = run("help-first")
    assert ran.out.startswith("Get help now") and terminal.typed == ["left over"]
    assert helping_open(run) == [f"RF{int(n):02}" for n in typed[-1].split()]


def helping_open(run: Run) -> list[str]:
    return [flag["id"] for flag in run("help-first", "--json").json["open"]]


def test_what_cannot_be_meant_is_asked_again(run: Run, terminal: Clock) -> None:
    terminal.typed = ["yes", "13", "none", "none", "none"]
    ran = run("help-first")
    assert ran.code == 0 and terminal.typed == [] and "yes is none of these" in ran.err and "13 is none" in ran.err
    assert "none of these signs" in ran.out


def test_a_visit_alone_asks_nothing(run: Run, terminal: Clock) -> None:
    terminal.typed = ["none", "9", ""]
    run("help-first")
    assert run("help-first", "--seen", "2026-03-02").code == 0
    assert terminal.typed == [] and helping_open(run) == []


# For the other uses


def test_other_uses_learn_whether_a_doctor_comes_first_and_when_to_ask(journal: Journal) -> None:
    assert not helping.asks_for_a_doctor(journal)
    assert helping.due_now(journal) is not None
    helping.note(journal, {"RF14": True})
    assert not helping.asks_for_a_doctor(journal) and helping.due_now(journal) is None
    helping.note(journal, {"RF13": True})
    assert helping.asks_for_a_doctor(journal), "two weak signs, one from before"
    helping.note(journal, {}, journal.today())
    assert not helping.asks_for_a_doctor(journal)
    helping.note(journal, {"RF02": True})
    assert helping.stands(journal).judgement.plan == "none"

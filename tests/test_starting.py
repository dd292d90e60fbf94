"""`backstory start` as people and other programs use it: pain today, no pain, told by a clinician."""

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
from backstory.errors import JournalError
from backstory.journal import Journal, helping, open_journal
from backstory.model import Limits
from conftest import Ran, Run

FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear", re.IGNORECASE)
DAY = timedelta(days=1)
KEYS = ["start", "text", "session", "limits", "help", "next_step"]
NO_LIMITS: dict[str, object] = {"keep": [], "avoid": [], "prescribed_by": "", "since": None}


@dataclass
class Clock:
    """The day and hour at which commands are run, and what a person types on the terminal."""

    day: date = date(2026, 3, 2)
    hour: int = 9
    typed: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, self.hour).astimezone(UTC)


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
def start(run: Run, clock: Clock) -> Run:
    def start(*arguments: object) -> Ran:
        ran = run("start", *arguments)
        assert not FORBIDDEN.search(ran.out + ran.err)
        return ran

    return start


@pytest.fixture
def answer(run: Run, clock: Clock, tmp_path: Path) -> Run:
    def answer(*yes: object) -> Ran:
        (tmp_path / "answers.json").write_text(json.dumps({f"RF{n:02}": f"RF{n:02}" in yes for n in range(1, 27)}))
        return run("help-first", "--answers", tmp_path / "answers.json")

    return answer


def home(tmp_path: Path) -> str:
    return str(tmp_path / "home" / "journal.db")


def ids(ran: Ran) -> list[str]:
    return [row["exercise"] for row in ran.json["session"]]


# The three, on one screen


def test_alone_it_shows_the_three_on_one_screen(start: Run) -> None:
    ran = start()
    assert ran.code == 0 and ran.err == ""
    assert all(words in ran.out for words in ("pain-today", "no-pain", "told-by-clinician"))
    assert ran.out.count("\n") < 24 and max(map(len, ran.out.splitlines())) <= 80
    shown = start("--json").json
    assert list(shown) == KEYS and shown["start"] is None and shown["session"] == []


def test_on_a_terminal_it_asks_which_one(start: Run, terminal: Clock) -> None:
    terminal.typed = ["4", "2"]
    ran = start()
    assert "4 is none of these" in ran.err and "Once a week" in ran.out
    terminal.typed = [""]
    assert "Once a week\n" not in start().out
    terminal.typed = ["told-by-clinician", "deadlift, sit up", "bird dog", "Dr Ahmed"]
    ran = start()
    assert "To do: Bird Dog." in ran.out and "To avoid: Deadlift (Barbell), Sit Up." in ran.out
    assert "Told by Dr Ahmed" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("fnord",),
        ("no-pain", "--pain", "3"),
        ("no-pain", "--hurts", "bending"),
        ("pain-today", "--avoid", "deadlift"),
        ("no-pain", "--none"),
        ("--keep", "deadlift"),
        ("pain-today", "--pain", "11"),
        ("pain-today", "--hurts", "hopping"),
        ("told-by-clinician", "--avoid", "romanian deadlft"),
        ("told-by-clinician", "--avoid", "deadlift,fnord"),
        ("told-by-clinician", "--keep", "core", "--avoid", "core"),
        ("told-by-clinician", "--prescribed-by", "me"),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(start: Run, tmp_path: Path, arguments: tuple[str]) -> None:
    ran = start(*arguments)
    assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1
    with open_journal(home(tmp_path)) as journal:
        assert journal.store.is_empty()


# Pain today


def test_pain_today_gives_the_contract_and_five_easy_minutes(start: Run) -> None:
    ran = start("pain-today", "--json")
    assert ran.code == 0 and ran.err == "" and list(ran.json) == KEYS
    assert (ran.json["start"], ran.json["help"], ran.json["limits"]) == ("pain-today", None, NO_LIMITS)
    assert 3 <= len(ran.json["session"]) <= 5
    for row in ran.json["session"]:
        assert {"exercise", "name", "why"} <= row.keys() and ("minutes" in row) is not ("reps" in row)
    assert ran.json["next_step"] in ran.json["text"] and "check-in" in ran.json["next_step"]


def test_it_says_help_first_first_and_asks_for_nothing_twice(start: Run, answer: Run) -> None:
    before = start("pain-today").out
    assert "backstory help-first" in before and before.index("help-first") < before.index("What to expect")
    assert "tingling or numbness in a leg" in before and "six weeks" in before
    answer()
    after = start("pain-today").out
    assert "Run `backstory help-first`" not in after and "You noted none of these signs" in after
    assert after.count("tingling or numbness in a leg") == 1


def test_what_is_known_comes_with_its_grade_and_no_promise(start: Run) -> None:
    text = " ".join(start("pain-today").out.split())
    for words in (
        "(Moderate; Wallwork et al. 2024", "nobody can promise", "(Strong; NICE NG59", "(Weak; Thomee 1997",
        "(Weak; Silbernagel 2007", "(Opinion; McKenzie", "Backs were not tried", "from memory, not checked",
    ):  # fmt: skip
        assert words in text, words


def test_each_exercise_can_be_seen_move(start: Run, run: Run, tmp_path: Path) -> None:
    ran = start("pain-today")
    shown = re.findall(r"backstory figure (\S+) \S+\.svg", ran.out)
    assert shown == ids(start("pain-today", "--json"))
    for exercise in shown:
        assert run("figure", exercise, tmp_path / f"{exercise}.svg").code == 0


def test_an_emergency_is_all_that_is_said(start: Run, answer: Run, tmp_path: Path) -> None:
    answer("RF01")
    for arguments in (("pain-today",), ("no-pain",), ("told-by-clinician",), ("pain-today", "--pain", "8")):
        ran = start(*arguments)
        assert ran.code == 0 and ran.out.startswith("Get help now.") and len(ran.out.split()) < 50
        assert start(arguments[0], "--json").json["session"] == []
    values = start("pain-today", "--json").json
    assert values["help"]["urgency"] == "emergency" and values["next_step"] == ""
    with open_journal(home(tmp_path)) as journal:
        assert journal.store.check_ins()[0].pain == 8, "what was said is kept"
        assert "rhythm" not in journal.store.profile()


def test_where_a_doctor_is_asked_for_the_session_is_an_easier_one(start: Run, answer: Run) -> None:
    usual = ids(start("pain-today", "--json"))
    answer("RF09")
    ran = start("pain-today", "--json")
    assert ran.json["help"]["urgency"] == "doctor" and "See a doctor in the next few days" in ran.json["text"]
    assert set(ids(ran)) < set(usual) and "until a doctor has seen you" in ran.json["text"]
    assert "See a doctor" in start("no-pain").out and "See a doctor" in start("told-by-clinician").out


def test_on_a_terminal_the_questions_come_first_and_an_emergency_ends_it(start: Run, terminal: Clock) -> None:
    terminal.typed = ["1"]
    ran = start("pain-today")
    assert ran.out.startswith("Get help now.") and "not asked yet" in ran.err and terminal.typed == []
    assert "genitals" in ran.err


def test_an_emergency_is_told_even_when_it_cannot_be_kept(
    start: Run, terminal: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> None:
        raise JournalError("The journal is full.")

    monkeypatch.setattr(helping, "note", fails)
    terminal.typed = ["3"]
    ran = start("pain-today")
    assert ran.code == 2 and ran.out.startswith("Get help now.") and "The journal is full." in ran.err
    terminal.typed = ["none", "none", "none"]
    assert start("pain-today").out == ""


def test_on_a_terminal_a_first_check_in_is_asked_for(start: Run, terminal: Clock, tmp_path: Path) -> None:
    terminal.typed = ["none", "none", "none", "twelve", "12", "4,5", "bend", "bending, sitting"]
    ran = start("pain-today")
    assert terminal.typed == [] and ran.code == 0
    assert "twelve is no number" in ran.err and "not 12" in ran.err and "not 'bend'" in ran.err
    assert "Left out, as what it needs hurts today: Cat-Cow." in ran.out
    with open_journal(home(tmp_path)) as journal:
        (check_in,) = journal.store.check_ins()
    assert (check_in.pain, check_in.hurts, check_in.when) == (4.5, ("bending", "sitting"), "morning")
    assert start("pain-today").code == 0, "nothing is asked a second time"


def test_a_jump_in_pain_asks_the_questions_again(start: Run, terminal: Clock, run: Run, answer: Run) -> None:
    answer()
    for _ in range(3):
        run("check-in", "--pain", "1", "--when", "morning", "--date", terminal.day)
        terminal.day += DAY
    terminal.typed = ["none", "none", "none"]
    ran = start("pain-today", "--pain", "6")
    assert "Your pain jumped" in ran.err and terminal.typed == []


def test_unanswered_questions_block_nothing(start: Run, terminal: Clock) -> None:
    terminal.typed = ["", "", "", "", ""]
    ran = start("pain-today")
    assert "A first session" in ran.out and "Run `backstory help-first`" in ran.out


@pytest.mark.parametrize(("hour", "when"), [(7, "morning"), (21, "evening")])
def test_the_first_check_in_is_made_at_once(start: Run, clock: Clock, tmp_path: Path, hour: int, when: str) -> None:
    clock.hour = hour
    ran = start("pain-today", "--pain", "5", "--hurts", "bending,walking", "--hurts", "lying", "--json")
    with open_journal(home(tmp_path)) as journal:
        (check_in,) = journal.store.check_ins()
    assert (check_in.pain, check_in.hurts, check_in.when) == (5, ("bending", "walking", "lying"), when)
    assert not {"walk", "cat-cow", "pelvic-tilt", "glute-bridge"} & set(ids(ran)) and len(ids(ran)) >= 3


def test_preferences_and_kinds_of_pain_are_shown_and_pick_exercises(start: Run, run: Run, clock: Clock) -> None:
    for _ in range(3):
        run("check-in", "--pain", "3", "--hurts", "arching", "--feels", "ache", "--leg-symptoms", "--when", "morning")
        clock.day += DAY
    clock.day += 5 * DAY
    ran = start("pain-today")
    text = " ".join(ran.out.split())
    assert "arching hurt on 3 days" in text and "you noted something in a leg on 3 days" in text
    assert "You noted an ache" in text and "People often describe this as" in text
    assert text.count("have it looked at if it is new") == 1


def test_limits_of_a_clinician_hold_in_the_session(start: Run) -> None:
    assert {"glute-bridge", "dead-bug-heels-down"} <= set(ids(start("pain-today", "--json")))
    start("told-by-clinician", "--avoid", "Glute Bridge,core", "--keep", "bird-dog-arms-only,plank")
    ran = start("pain-today", "--json")
    assert "glute-bridge" not in ids(ran) and "bird-dog-arms-only" in ids(ran), "kept by name, though of the family"
    assert not {"dead-bug-heels-down", "abdominal-brace", "pelvic-tilt", "side-lean-wall-hold"} & set(ids(ran))
    assert "told to avoid it: Glute Bridge" in ran.json["text"] and "go on as you were shown: Plank" in ran.json["text"]
    start(
        "told-by-clinician", "--avoid", "squat,hinge,push,pull,carry,lunge,gait,other", "--avoid", "bird-dog-arms-only"
    )
    ran = start("pain-today", "--json")
    assert ids(ran) == [] and "none of our easy exercises" in ran.json["text"]


# No pain


def test_no_pain_asks_once_a_week(start: Run, run: Run) -> None:
    ran = start("no-pain")
    assert ran.code == 0 and "weekly" in ran.out and "backstory load" in ran.out and "look-back" in ran.out
    assert run("profile", "--json").json["profile"]["rhythm"] == "weekly"
    assert "every morning" not in ran.out and "0.67" not in ran.out
    assert start("no-pain", "--json").json["next_step"].startswith("Next: bring in your training log")
    assert run("profile", "--rhythm", "daily", "--json").json["profile"]["rhythm"] == "daily"
    assert run("profile", "--rhythm", "hourly").code == 2


def test_a_weekly_check_in_is_not_urged_to_be_daily(start: Run, run: Run) -> None:
    assert "best: --when morning" in run("check-in", "--pain", "0").out
    start("no-pain")
    ran = run("check-in", "--pain", "0", "--json")
    assert ran.json["suggestion"] is None
    out = run("check-in", "--pain", "0").out
    assert "morning" not in out and "start" not in out


def test_two_weekly_check_ins_with_pain_suggest_the_other_start(start: Run, run: Run, clock: Clock) -> None:
    start("no-pain")
    run("check-in", "--pain", "2")
    clock.day += DAY
    assert run("check-in", "--pain", "2", "--json").json["suggestion"] is None, "the same week"
    clock.day += 7 * DAY
    assert "start pain-today" in run("check-in", "--pain", "1").out
    clock.day += 7 * DAY
    assert "start pain-today" not in run("check-in", "--pain", "0").out
    clock.day += 7 * DAY
    assert "start pain-today" not in run("check-in", "--pain", "1").out
    start("pain-today")
    clock.day += 7 * DAY
    assert "start pain-today" not in run("check-in", "--pain", "1").out, "asked daily again"


def test_answer_does_not_hunt_for_causes_in_a_back_that_is_well(start: Run, run: Run, clock: Clock) -> None:
    start("no-pain")
    for pain in (None, 0, 0, 0):
        if pain is not None:
            run("check-in", "--pain", pain, "--when", "morning")
        ran = run("answer")
        assert (ran.code, ran.out) == (1, "") and ran.err.count("\n") == 1
        assert "no cause to look for" in ran.err and "backstory load" in ran.err and "look-back" in ran.err
        assert "every morning" not in ran.err and "--when morning" not in ran.err
        clock.day += 7 * DAY


def test_answer_is_given_when_the_back_hurt_of_late_or_there_are_many_scores(
    start: Run, run: Run, clock: Clock
) -> None:
    start("no-pain")
    run("check-in", "--pain", "2", "--when", "morning")
    ran = run("answer")
    assert "no answer yet" in ran.out and "your back has hurt of late" in " ".join(ran.out.split())
    clock.day += 40 * DAY
    assert "no cause to look for" in run("answer").err
    for _ in range(27):
        run("check-in", "--pain", "0", "--when", "morning")
        clock.day += DAY
    ran = run("answer")
    assert ran.err == "" and "A check-in a week is enough" in " ".join(ran.out.split())
    assert "ten seconds a day" not in ran.out and "scoring every morning" not in ran.out


def test_who_is_asked_daily_is_answered_as_before(start: Run, run: Run) -> None:
    start("no-pain")
    start("pain-today", "--pain", "0")
    ran = run("answer")
    assert "no cause to look for" not in ran.err and "There is no answer yet" in ran.out
    assert "start pain-today" not in ran.out
    assert run("profile", "--json").json["profile"]["rhythm"] == "daily"


def test_pain_today_tells_that_it_asks_daily_again(start: Run) -> None:
    start("no-pain")
    assert "in place of one a week" in start("pain-today").out
    assert "in place of one a week" not in start("pain-today").out


def test_no_pain_with_pain_of_late_points_to_the_other_start(start: Run, run: Run) -> None:
    run("check-in", "--pain", "4")
    assert "You scored 4 on 2026-03-02" in start("no-pain").out
    run("check-in", "--pain", "0")
    assert "You scored" not in start("no-pain").out, "corrected"


# Told by a clinician


def test_limits_are_kept_shown_and_ended(start: Run, tmp_path: Path, clock: Clock) -> None:
    assert "Nothing is noted" in start("told-by-clinician").out
    ran = start("told-by-clinician", "--avoid", "Deadlift (Barbell)", "--avoid", "squat", "--keep", "bird dog",
                "--prescribed-by", "my  physio\n", "--json")  # fmt: skip
    noted = {"keep": ["bird-dog"], "avoid": ["deadlift", "squat"], "prescribed_by": "my physio", "since": "2026-03-02"}
    assert ran.code == 0 and ran.json["limits"] == noted
    assert "every squat exercise" in ran.json["text"] and "Told by my physio" in ran.json["text"]
    clock.day += DAY
    assert start("told-by-clinician", "--json").json["limits"] == noted
    ended = start("told-by-clinician", "--none", "--json")
    assert ended.json["limits"] == NO_LIMITS and "have ended" in ended.json["text"]
    again = start("told-by-clinician", "--none")
    assert (again.code, again.out) == (1, "") and again.err.count("\n") == 1
    with open_journal(home(tmp_path)) as journal:
        assert [len(entry.avoid) for entry in journal.store.entries(Limits)] == [2, 0]


def test_new_limits_come_beside_those_that_hold_and_the_last_word_counts(start: Run) -> None:
    start("told-by-clinician", "--avoid", "deadlift,plank", "--prescribed-by", "Dr Ahmed")
    held = start("told-by-clinician", "--keep", "plank", "--avoid", "lunge", "--json").json["limits"]
    assert (held["keep"], held["avoid"], held["prescribed_by"]) == (["plank"], ["deadlift", "lunge"], "Dr Ahmed")
    held = start("told-by-clinician", "--none", "--avoid", "plank", "--json").json["limits"]
    assert (held["keep"], held["avoid"], held["prescribed_by"]) == ([], ["plank"], "")
    held = start("told-by-clinician", "--prescribed-by", "my physio", "--json").json["limits"]
    assert (held["avoid"], held["prescribed_by"]) == (["plank"], "my physio")


def test_an_unknown_name_comes_with_suggestions_and_names_of_ones_own_count(start: Run, run: Run) -> None:
    ran = start("told-by-clinician", "--avoid", "romanian deadlft")
    assert ran.code == 2 and "romanian-deadlift" in ran.err
    run("names", "set", "Zercher Thing", "zercher-squat")
    assert start("told-by-clinician", "--avoid", "zercher thing", "--json").json["limits"]["avoid"] == ["zercher-squat"]

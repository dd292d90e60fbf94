"""The questions on when to get help: what answers ask for, in which words, and the data that they come from."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from backstory.cli.helping import screen_lines
from backstory.errors import CatalogueError, InputError
from backstory.questions import judge, load_help
from backstory.questions.help_first import WEIGHTS, read_answers
from backstory.questions.help_first import load_help as load_help_from
from backstory.questions.help_screens import picked, screens
from conftest import shared
from readability import WORD, grade, syllables

QUESTIONS = load_help().questions
TEXTS = load_help().texts
DOCS = Path(__file__).parents[1] / "docs"
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear|%|per ?cent|\bscore", re.I)
ILLNESS = re.compile(
    r"cauda|cancer|malign|tumou?r|metasta|fracture|infection|aneurysm|artery|dissection|\bheart|stenos|spondyl|\bdisc\b"
    r"|psoria|myelopath|haematoma|kidney|arthrit|osteopor|\bTB\b|sciatica|hernia|radicul",
    re.IGNORECASE,
)
EPISODE = re.compile(r"\bnew(ly)?\b|\bthis (same )?pain\b|\bnow\b|\bover hours or days\b")
TWELVE_YEARS_OLD = 7.0

# The decision table, by hand and from nothing that the program holds.
EMERGENCY_ALONE = {1, 2, 3, 4, 5, 6, 7, 8, 12, 17, 18, 19}
DOCTOR_ALONE = {9, 10, 11, 15, 16, 20, 21, 22}
DOCTOR_IN_TWOS = {13, 14, 23, 24, 25}
ONLY_MENTIONED = {26}


def decided(yes: set[int]) -> str:
    if yes & EMERGENCY_ALONE or {15, 16} <= yes:
        return "emergency"
    if yes & DOCTOR_ALONE or len(yes & DOCTOR_IN_TWOS) > 1:
        return "doctor"
    return "mention" if yes & (DOCTOR_IN_TWOS | ONLY_MENTIONED) else "none noted"


def answers_of(yes: set[int], no: set[int] = frozenset()) -> dict[str, bool]:  # type: ignore[assignment]
    return {f"RF{n:02}": True for n in yes} | {f"RF{n:02}": False for n in no - yes}


# What answers ask for


@pytest.mark.parametrize("number", range(1, 27))
def test_each_sign_alone_asks_for_what_the_table_says(number: int) -> None:
    judged = judge(answers_of({number}))
    assert judged.urgency == decided({number}) != "none noted"
    assert [because[:4] for because in judged.because] == [f"RF{number:02}"]
    assert judge(answers_of({number}, set(range(1, 27)))).urgency == judged.urgency


def test_two_thousand_random_answer_sets_ask_for_what_the_table_says() -> None:
    draw, found = random.Random(26), set()
    for _ in range(2000):
        often = draw.choice((0.02, 0.08, 0.3))
        yes = {n for n in range(1, 27) if draw.random() < often}
        no = {n for n in range(1, 27) if draw.random() < 0.5}
        judged = judge(answers_of(yes, no))
        assert judged.urgency == decided(yes), yes
        assert {because[:4] for because in judged.because} == answers_of(yes).keys()
        found.add(judged.urgency)
    assert found == {"emergency", "doctor", "mention", "none noted"}


@pytest.mark.parametrize(
    ("yes", "urgency", "plan"),
    [
        ({1}, "emergency", "none"),
        ({15}, "doctor", "easy"),
        ({15, 16}, "emergency", "none"),
        ({14}, "mention", "usual"),
        ({13, 14}, "doctor", "easy"),
        ({14, 26}, "mention", "usual"),
        ({13}, "mention", "usual"),
        (set(), "none noted", "usual"),
    ],
)
def test_the_cases_that_matter_most(yes: set[int], urgency: str, plan: str) -> None:
    judged = judge(answers_of(yes))
    assert (judged.urgency, judged.plan) == (urgency, plan)


def test_age_alone_is_nothing() -> None:
    for question in QUESTIONS.values():
        if re.search(r"over \d|before you were|\bold\b", question.question):
            assert "Say yes only if" in question.question, question.id
    assert judge(answers_of(set(), set(range(1, 27)))).because == ()


def test_the_weightiest_comes_first() -> None:
    assert [b[:4] for b in judge(answers_of({26, 14, 9, 3, 1})).because] == ["RF01", "RF03", "RF09", "RF14", "RF26"]


@pytest.mark.parametrize("answers", [{"RF27": True}, {"rf01": True}, {"RF01": 1}, {"RF01": "no"}, {"": False}])
def test_what_is_no_answer_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        judge(answers)


# In which words


def told_texts() -> list[str]:
    """What is said to people, for every single yes, some twos, and none."""
    sets = [set(), *({n} for n in range(1, 27)), {15, 16}, {13, 14}, {14, 26}, {21, 22}, {9, 24, 26}]
    return [judge(answers_of(yes, no)).text for yes in sets for no in (set(), set(range(1, 27)))]


def test_no_text_holds_a_word_that_alarms_or_an_illness() -> None:
    said = told_texts() + list(TEXTS.values()) + [question.noted for question in QUESTIONS.values()]
    for text in said:
        assert not FORBIDDEN.search(text) and not ILLNESS.search(text), text
    for question in QUESTIONS.values():
        assert not FORBIDDEN.search(question.question), question.id
    for heading in load_help().headings.values():
        assert not FORBIDDEN.search(heading)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_twelve_year_old_can_read_each_question(question: Any) -> None:
    assert question.question.endswith(("?", "."))
    for text in (question.question, question.noted, question.advice or question.question):
        assert grade(text) <= TWELVE_YEARS_OLD, text


def test_a_twelve_year_old_can_read_what_is_said_back() -> None:
    for text in (*told_texts(), *TEXTS.values(), *load_help().headings.values()):
        assert grade(text) <= TWELVE_YEARS_OLD, text


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_each_question_is_about_this_pain_or_a_new_sign(question: Any) -> None:
    assert EPISODE.search(question.question)


def test_when_to_have_legs_and_lasting_pain_looked_at_is_always_said() -> None:
    for number in range(1, 27):
        judged = judge(answers_of({number}))
        if judged.urgency == "emergency":
            assert "now" in judged.text and "no plan" in judged.text
            assert len(judged.text.split()) < 50, "short, so that it is followed"
        else:
            assert TEXTS["legs"] in judged.text and TEXTS["weeks"] in judged.text
    assert "tingling or numbness in a leg" in judge({}).text and "six weeks" in judge({}).text


def test_a_doctor_comes_with_an_easy_plan() -> None:
    assert "See a doctor" in TEXTS["doctor"] and "easily" in TEXTS["doctor"]
    assert "doctor" not in judge({}).text.replace(TEXTS["legs"], "")


def test_questions_without_an_answer_are_counted_and_block_nothing() -> None:
    assert "26 of 26 questions have no answer" in judge({}).text
    assert "24 of 26" in judge({"RF14": True, "RF23": False}).text
    assert "no answer" not in judge(answers_of({14}, set(range(1, 27)))).text


def test_advice_is_said_once() -> None:
    text = judge(answers_of({21, 22})).text
    assert text.count("a normal visit is right") == 1


# Where the words come from


def test_the_data_are_the_evidence_and_nothing_else() -> None:
    evidence = {entry["id"]: entry for entry in json.loads(shared("evidence", "red_flags.json").read_text("utf-8"))}
    assert QUESTIONS.keys() == evidence.keys()
    urgency = {"emergency_now": "emergency", "doctor_in_days": "doctor", "mention_next_visit": "mention"}
    for key, question in QUESTIONS.items():
        entry = evidence[key]
        assert (question.weight, question.urgency) == (entry["weight"], urgency[entry["urgency"]])
        assert question.known == {"V": "read", "M": "memory", "O": "judgement"}[entry["v"]]
        assert question.question != entry["question"], "in words of our own"
        for year in re.findall(r"\b(?:19|20)\d\d\b|\bNG\d+", question.source):
            assert year in entry["source"], key


def test_the_documentation_shows_every_question_with_its_weight_and_source() -> None:
    rows = [line for line in (DOCS / "help-first.md").read_text("utf-8").splitlines() if line.startswith("| RF")]
    assert rows == [
        f"| {q.id} | {q.question} | {q.weight} | {q.source} ({q.known}) |" for q in QUESTIONS.values()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("genitals", 3), ("numbness", 2), ("noticed", 2), ("pregnant", 2), ("psoriasis", 4), ("emergency", 4),
        ("tingles", 2), ("needles", 2), ("started", 2), ("changes", 2), ("pains", 1), ("eases", 2), ("operated", 4),
        ("dialysis", 4), ("doctor's", 2), ("people", 2), ("112", 3), ("TB", 2), ("lie", 1), ("bruise", 1), ("flow", 1),
        ("times", 1), ("infection", 3), ("gymnastics", 3), ("artery", 3), ("unsteady", 3), ("weakness", 2),
        ("table", 2), ("leaked", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_reading_level_is_kincaids() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert grade("He ran. The doctor saw it!") == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)
    assert grade("Numerous intoxicated individuals deteriorate considerably") > 20 > TWELVE_YEARS_OLD > grade("I ran.")
    assert WORD.findall("Say 4 of 5, or don't.") == ["Say", "4", "of", "5", "or", "don't"]


def broken(change: Callable[[str], str], folder: Path) -> Path:
    path = folder / f"{uuid4()}.toml"  # what was loaded from a path is remembered
    original = (Path(__file__).parents[1] / "src/backstory/questions/data/help_first.toml").read_text("utf-8")
    path.write_text(change(original), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('weight = "hard"', 'weight = "heavy"'),
        ('weight = "hard"', 'weight = "scope"'),
        ('urgency = "doctor"', 'urgency = "soon"'),
        ('known = "memory"', 'known = "heard"'),
        ('source = "CKS"', 'source = " "'),
        ('source = "CKS"\n', ""),
        ('source = "CKS"', 'source = "CKS"\ncolour = "red"'),
        ('together = [["RF15", "RF16"]]', 'together = [["RF15"]]'),
        ('together = [["RF15", "RF16"]]', 'together = [["RF15", "RF99"]]'),
        ('together = [["RF15", "RF16"]]', 'together = [["RF15", ["RF16"]]]'),
        ('together = [["RF15", "RF16"]]', ""),
        ('doctor = "See', 'nurse = "See'),
        ('hard = "', 'soft = "'),
        ("[texts]", "[texts"),
    ],
)
def test_data_that_break_a_rule_are_refused(tmp_path: Path, old: str, new: str) -> None:
    assert load_help_from(broken(lambda text: text, tmp_path)).questions == QUESTIONS
    with pytest.raises(CatalogueError):
        load_help_from(broken(lambda text: text.replace(old, new, 1), tmp_path))
    with pytest.raises(CatalogueError):
        load_help_from(tmp_path / "nowhere.toml")


# From a file, and from a terminal


def test_answers_come_from_a_file_and_null_is_none(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('\ufeff{"RF01": true, "RF02": false, "RF03": null}', encoding="utf-8")
    assert read_answers(path) == {"RF01": True, "RF02": False}


@pytest.mark.parametrize(
    "content",
    ["", "[]", "yes", '{"RF01": "yes"}', '{"RF01": 1}', '{"RF99": true}', '{"RF01": true, "RF01": false}', "[" * 99999],
)
def test_a_file_that_holds_no_answers_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "answers.json"
    path.write_text(content)
    with pytest.raises(InputError):
        read_answers(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="one JSON object"):
        read_answers(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_answers(tmp_path)


def test_the_emergencys_questions_stand_on_one_screen_and_every_question_on_one() -> None:
    first, *others = screens()
    assert {number for number, _ in first.items} == EMERGENCY_ALONE
    assert sorted(n for screen in screens() for n, _ in screen.items) == list(range(1, 27))
    assert len(others) == 2
    for screen in screens():
        lines = screen_lines(screen, 80)
        assert len(lines) <= 23, "a terminal has 24 lines, and one is for the answer"
        assert all(len(line) <= 80 for line in lines) and lines[-1].endswith("None of these.")
        assert all(text in re.sub(r"\s+", " ", " ".join(lines)) for _, text in screen.items)


def test_what_is_typed_below_a_screen_answers_all_of_it() -> None:
    last = screens()[-1]
    none = {f"RF{n:02}": False for n in (13, 14, 23, 24, 25, 26)}
    for words in ("none", " None of these", "0", "NO"):
        assert picked(last, words) == none
    for words in ("14, 25", "RF14 rf25", "25,14,", "014 25"):
        assert picked(last, words) == none | {"RF14": True, "RF25": True}
    assert picked(last, "") == picked(last, " ") == {}


@pytest.mark.parametrize("words", ["1", "yes", "14 none", "-14", "1425", "14.", "²", "9" * 5000, "rf"])
def test_what_cannot_be_meant_is_asked_again(words: str) -> None:
    with pytest.raises(InputError):
        picked(screens()[-1], words)


def test_every_weight_is_on_a_screen() -> None:
    assert {question.weight for question in QUESTIONS.values()} == set(WEIGHTS)

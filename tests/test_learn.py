"""The learn pages: every topic has one, nothing in them is made up, and they can be read."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

import readability
from backstory.cli import app
from backstory.errors import CatalogueError, InputError
from backstory.questions import find_page, load_pages, load_trials
from backstory.questions.learn import CHAPTERS, DATA, Finding, Page
from backstory.questions.studies import KNOWN
from conftest import Run, shared

ROOT = Path(__file__).parents[1]
PAGES = load_pages()
FINDINGS = {f"{page.id}-{number}": one for page in PAGES.values() for number, one in enumerate(page.studies, 1)}
ASKED_FOR = {
    "kinds of pain": "kinds-of-pain", "posture sitting": "posture-sitting", "posture standing": "posture-standing",
    "posture sleeping": "posture-sleeping", "overuse": "overuse", "weak core": "weak-core",
    "joint stress": "joint-stress", "muscle imbalances": "muscle-imbalances", "form": "form",
    "progression": "progression", "warm-up": "warm-up", "cool-down": "cool-down",
    "stretching and flexibility": "stretching", "intensity": "intensity", "breaks": "breaks",
    "hydration": "hydration", "rest days": "rest-days", "active recovery": "active-recovery",
    "yoga": "active-recovery", "walking": "active-recovery", "foam rolling": "active-recovery",
    "cold baths": "active-recovery", "sleep": "sleep",
    "heavy lifting outside the gym": "heavy-lifting-outside-the-gym",
    "how much pain is acceptable while training": "how-much-pain",
    "does working out cause back pain at all": "does-working-out-cause-back-pain",
}  # fmt: skip
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear", re.IGNORECASE)
TISSUES = re.compile(r"\b(disc|disk|facet|nerve|hernia|ligament|slipped)", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:\.\d+)?")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
NAME = re.compile(r"\b[A-Z]\w+")
SPAN = re.compile(r"`([^`]*)`")
SAID = ("rule", "threshold", "grade", "finding", "use", "question", "source")  # where an entry has its figures
VERIFIED = {"V": "read", "M": "memory", "O": "judgement"}
UNGRADED = {"weak", "opinion"}  # what an entry without a grade of its own may be called
LEAST_WORDS, MOST_WORDS, HARDEST_GRADE = 120, 250, 7.0

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
each_finding = pytest.mark.parametrize("finding", FINDINGS.values(), ids=FINDINGS)


def text_of(page: Page) -> str:
    """Everything on a page but grades and sources."""
    return " ".join([f"{page.title}.", page.claim, *(one.text for one in page.studies), page.backstory])


def evidence() -> dict[str, dict[str, Any]]:
    files = [shared("evidence", f"{name}.json") for name in ("rules", "likelihood_ratios", "red_flags", "measures")]
    return {entry["id"]: entry for file in files for entry in json.loads(file.read_text("utf-8"))}


def options_by_command() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}

    def walk(command: Any, path: str) -> None:
        for name, child in getattr(command, "commands", {}).items():
            walk(child, f"{path} {name}".strip())
        found[path] = {option for parameter in command.params for option in parameter.opts}

    walk(typer.main.get_command(app), "")
    return found


@pytest.mark.parametrize(("words", "page_id"), ASKED_FOR.items())
def test_every_topic_has_its_page_however_it_is_spelled(words: str, page_id: str) -> None:
    for spelling in (words, words.replace(" ", "-"), words.upper(), f"  {words.replace('-', ' ')} "):
        assert find_page(spelling).id == page_id


@given(st.sampled_from([(page.id, name) for page in PAGES.values() for name in (page.title, *page.also)]))
def test_a_page_is_found_by_its_title_and_every_other_name(known: tuple[str, str]) -> None:
    page_id, name = known
    assert find_page(name).id == page_id


def test_pages_come_by_chapter() -> None:
    chapters = [CHAPTERS.index(page.chapter) for page in PAGES.values()]
    assert chapters == sorted(chapters) and set(chapters) == set(range(len(CHAPTERS)))


@each_page
def test_a_page_is_short_and_can_be_read(page: Page) -> None:
    text = text_of(page)
    assert LEAST_WORDS <= len(text.split()) <= MOST_WORDS
    assert readability.grade(SPAN.sub("", text)) <= HARDEST_GRADE
    assert all(part.endswith((".", "!", "?")) for part in (page.claim, page.backstory))


@each_page
def test_words_for_people(page: Page) -> None:
    shown = f"{text_of(page)} {' '.join(one.basis for one in page.studies)}"
    assert not FORBIDDEN.search(shown)
    assert not TISSUES.search(text_of(page))


@each_page
def test_commands_and_options_that_a_page_names_exist(page: Page) -> None:
    known = options_by_command()
    for span in SPAN.findall(text_of(page)):
        words = span.split()
        if words[0] != "backstory":
            named, command = span, "check-in"
        else:
            named = " ".join(words[1:])
            command = max((path for path in known if f"{named} ".startswith(f"{path} ")), key=len, default="")
            assert command, span
        assert set(re.findall(r"--[a-z-]+", named)) <= known[command], span
        assert set(re.findall(r"--question (\S+)", named)) <= load_trials().keys(), span


def test_where_studies_speak_against_what_is_said_that_is_on_the_page() -> None:
    found = {page.id: {key: one for one in page.studies for key in one.evidence} for page in PAGES.values()}
    assert "no difference" in found["stretching"]["R15"].text and found["stretching"]["R15"].grade.startswith("strong")
    for page_id in ("posture-sitting", "posture-standing"):
        assert "do not agree" in found[page_id]["R10"].text
    for page_id in ("weak-core", "muscle-imbalances"):
        assert found[page_id]["R30"].grade == "contradicted" and "fail" in found[page_id]["R30"].text
    assert "not used here" in found["overuse"]["R22"].text
    assert "did not keep" in found["progression"]["R21"].text


@each_finding
def test_what_a_page_rests_on_stands_in_the_evidence_as_firmly_as_it_is_said(finding: Finding) -> None:
    known = evidence()
    assert set(finding.evidence) <= known.keys()
    entries = [known[key] for key in finding.evidence]
    least_certain = max((entry["v"] for entry in entries), key="VMO".index, default="O")
    assert finding.known == VERIFIED[least_certain]
    assert finding.basis.endswith(KNOWN[finding.known]) and finding.source in finding.basis
    grades = {entry["grade"].split()[0].strip(",;").split("/")[0] for entry in entries if "grade" in entry}
    assert re.split(r"\W", finding.grade)[0] in (grades or UNGRADED)


@each_finding
def test_no_figure_and_no_source_is_made_up(finding: Finding) -> None:
    known = evidence()
    entries = [known[key] for key in finding.evidence]
    there = [float(one) for entry in entries for name in SAID for one in FIGURE.findall(str(entry.get(name, "")))]
    for figure in FIGURE.findall(finding.text):
        half = 0.5 * 10.0 ** -len(figure.partition(".")[2]) + 1e-9 if "." in figure else 0.0
        assert any(abs(float(figure) - one) <= half for one in there), figure
    sources = " ".join(entry["source"] for entry in entries)
    for part in finding.source.split("; "):
        names, year, _ = YEAR.split(part, maxsplit=1) if YEAR.search(part) else (part, "", "")
        if year or finding.known != "judgement":
            assert NAME.search(names) and all(name in sources for name in NAME.findall(names)), part
            assert year in sources


def test_a_page_is_shown_with_grade_and_source_and_what_was_not_read(run: Run) -> None:
    shown = run("learn", "warm", "up")
    text = " ".join(shown.out.split())
    assert shown.code == 0 and text.startswith("Warm-up What people say")
    assert all(one.text in text and f"({one.basis})" in text for one in PAGES["warm-up"].studies)
    assert "from memory, not checked" in text and PAGES["warm-up"].backstory in text
    assert max(map(len, shown.out.splitlines())) <= 80


@each_page
def test_other_programs_get_the_same_page(run: Run, page: Page) -> None:
    values = run("learn", page.id, "--json").json
    assert values["topic"] == page.id and values["claim"] == page.claim and values["backstory"] == page.backstory
    assert [one["text"] for one in values["studies"]] == [one.text for one in page.studies]
    assert all(one["known"] in KNOWN and KNOWN[one["known"]] in one["basis"] for one in values["studies"])


def test_without_a_topic_the_list_is_shown_and_no_journal_is_made(run: Run, tmp_path: Path) -> None:
    shown = run("learn", "--journal", tmp_path / "other.db")
    assert all(page.id in shown.out and page.title in shown.out for page in PAGES.values())
    assert [one["topic"] for one in run("learn", "--json").json["topics"]] == list(PAGES)
    assert not list(tmp_path.rglob("*.db"))


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("posture", "posture-sitting"),
        ("wek core", "weak-core"),
        ("strech", "stretching"),
        ("tight hips", "stretching"),
    ],
)
def test_a_name_that_is_near_gets_suggestions_in_one_line(run: Run, asked: str, near: str) -> None:
    shown = run("learn", asked)
    assert shown.code == 2 and shown.out == "" and shown.err.count("\n") == 1
    assert near in shown.err and repr(asked) in shown.err


@pytest.mark.parametrize("asked", ["quantum", "", "the and a", "?"])
def test_a_name_that_is_far_from_all_is_refused_without_suggestions(asked: str) -> None:
    with pytest.raises(InputError, match=r"^There is no page on '.*'; `backstory learn` lists them all\.$"):
        find_page(asked)


def test_the_index_of_the_documentation_is_that_of_the_pages() -> None:
    text = (ROOT / "docs" / "learn.md").read_text("utf-8")
    rows = re.findall(r"^\| \[.*", text, re.MULTILINE)
    folder = DATA.relative_to(ROOT).as_posix()
    assert rows == [f"| [{page.title}](../{folder}/{page.id}.toml) | `{page.id}` |" for page in PAGES.values()]
    assert re.findall(r"^## (.*)", text, re.MULTILINE)[: len(CHAPTERS)] == list(CHAPTERS)


GOOD = """
title = "One"
chapter = "Pain"
also = ["first"]
claim = "It is said."
backstory = "It is done."

[[studies]]
text = "It is known."
grade = "weak, for one"
source = "Somebody 2020"
known = "read"
evidence = ["R01"]
"""


def test_a_folder_gives_its_pages(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(GOOD, "utf-8")
    (tmp_path / "two.toml").write_text(GOOD.replace("One", "A second").replace("first", "other"), "utf-8")
    assert list(load_pages(tmp_path)) == ["two", "one"]
    (page,) = load_pages(tmp_path)["one"].studies
    assert page.basis == "Weak, for one; Somebody 2020; read in the source or its abstract"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "One"', "", "needs exactly"),
        ('title = "One"', 'title = " "', "must be words"),
        ('chapter = "Pain"', 'chapter = "Joy"', "chapter must be one of"),
        ('["first"]', '["first", "first"]', "says something twice"),
        ('["first"]', '"first"', "must be a list of words"),
        ("[[studies]]", "[studies]", "at least one of studies"),
        ('source = "Somebody 2020"', "", "studies 1: needs exactly"),
        ('"It is known."', "3", "must be words"),
        ('"weak, for one"', '"excellent"', "grade's first word must be one of"),
        ('"read"', '"heard"', "known must be one of"),
        ('["R01"]', "[]", "needs evidence"),
        ('["R01"]', "[1]", "must be a list of words"),
        ('"It is said."', '"It is said.', "one.toml: "),
    ],
)
def test_a_page_that_breaks_a_rule_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    (tmp_path / "one.toml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        load_pages(tmp_path)


@pytest.mark.parametrize(
    ("files", "complaint"),
    [((), "no pages"), (("one", "two"), "is a name of"), (("One Page",), "small letters with hyphens")],
)
def test_a_folder_without_pages_with_a_name_twice_or_a_wrong_one_is_refused(
    tmp_path: Path, files: tuple[str, ...], complaint: str
) -> None:
    for name in files:
        (tmp_path / f"{name}.toml").write_text(GOOD, "utf-8")
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        load_pages(tmp_path)

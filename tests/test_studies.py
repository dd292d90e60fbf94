"""What studies say beside the answer: every question has them or says that there are none, and no figure is made up."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from backstory.errors import CatalogueError
from backstory.load import EXPOSURE_UNITS
from backstory.questions import NO_STUDY, Study, load_studies, sentences_on, studies_on
from backstory.questions.studies import GRADES, KNOWN
from conftest import shared

QUESTIONS = [
    *EXPOSURE_UNITS, "sleep_h", "sleep_quality", "sitting_h", "steps", "stress", "painkiller", "rise", "rest_days",
    "training",
]  # fmt: skip
STUDIES = {study.id: study for group in load_studies().values() for study in group}
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear", re.IGNORECASE)
FIGURE = re.compile(r"\d+(?:\.\d+)?")
SAID = ("rule", "threshold", "grade", "finding", "use")  # where an entry of the evidence has its figures
VERIFIED = {"V": "read", "M": "memory", "O": "judgement"}
GOOD = {
    "about": '["load"]', "text": '"It helps."', "grade": '"weak"', "source": '"Somebody 2020"', "known": '"read"',
    "evidence": '["R01"]',
}  # fmt: skip

each_study = pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)


def evidence_of(study: Study) -> list[dict[str, Any]]:
    files = [shared("evidence", f"{name}.json") for name in ("rules", "likelihood_ratios")]
    entries = {entry["id"]: entry for file in files for entry in json.loads(file.read_text("utf-8"))}
    return [entries[key] for key in study.evidence]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_studies_or_says_that_there_are_none(question: str) -> None:
    assert question in load_studies()
    sentences = sentences_on(question)
    assert (sentences == (NO_STUDY,)) == (not studies_on(question))
    assert all(study.text in sentence for study, sentence in zip(studies_on(question), sentences, strict=False))


def test_nothing_is_said_about_a_column_that_the_program_does_not_have() -> None:
    assert load_studies().keys() == set(QUESTIONS)
    assert studies_on("moon") == () and sentences_on("moon") == (NO_STUDY,)


def test_the_questions_that_matter_most_have_studies_that_were_read() -> None:
    for question in ("load", "load_hinge", "other_training", "sleep_h", "steps", "rise", "training"):
        assert any(study.known == "read" for study in studies_on(question)), question


@each_study
def test_words_for_people(study: Study) -> None:
    assert not FORBIDDEN.search(study.sentence) and not FORBIDDEN.search(NO_STUDY)
    assert study.text.endswith(".") and study.text.count(". ") <= 1, "one or two sentences"
    assert study.source in study.sentence and study.grade[1:] in study.sentence


@each_study
def test_what_was_not_read_is_shown_as_such(study: Study) -> None:
    least_certain = max((entry["v"] for entry in evidence_of(study)), key="VMO".index)
    assert study.known == VERIFIED[least_certain]
    assert KNOWN[study.known] in study.sentence


@each_study
def test_grade_source_and_figures_are_those_of_the_evidence(study: Study) -> None:
    entries = evidence_of(study)
    sources = " ".join(entry["source"] for entry in entries)
    if study.known != "judgement":
        for part in study.source.split("; "):
            assert part.split()[0] in sources
            assert all(year in sources for year in re.findall(r"\b(?:19|20)\d\d\b", part))
    grades = {entry["grade"].split()[0].strip(",;") for entry in entries if "grade" in entry} or {"opinion"}
    assert next(word for word in GRADES if study.grade.startswith(word)) in {g.split("/")[0] for g in grades}
    said = " ".join(str(entry.get(name, "")) for entry in entries for name in SAID)
    there = [float(figure) for figure in FIGURE.findall(said)]
    for figure in FIGURE.findall(study.text):
        half = 0.5 * 10.0 ** -len(figure.partition(".")[2]) + 1e-9 if "." in figure else 0.0
        assert any(abs(float(figure) - one) <= half for one in there), figure


def written(folder: Path, unstudied: str = "[]", **changes: str | None) -> Path:
    lines = [f"{name} = {value}" for name, value in {**GOOD, **changes}.items() if value is not None]
    file = folder / "studies.toml"
    file.write_text("\n".join([f"unstudied = {unstudied}", "[one]", *lines]), encoding="utf-8")
    return file


def test_a_file_gives_its_studies_in_its_order(tmp_path: Path) -> None:
    file = written(tmp_path, '["moon"]', about='["steps", "load"]')
    second = "".join(f"\n{name} = {value}" for name, value in GOOD.items())
    file.write_text(f"{file.read_text('utf-8')}\n[two]{second}", encoding="utf-8")
    found = load_studies(file)
    assert [study.id for study in found["load"]] == ["one", "two"]
    assert [study.id for study in found["steps"]] == ["one"] and found["moon"] == ()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"source": None}, "one: needs exactly"),
        ({"more": "1"}, "one: needs exactly"),
        ({"text": '"  "'}, "must be words"),
        ({"grade": "3"}, "must be words"),
        ({"grade": '"excellent"'}, "grade must begin with one of strong"),
        ({"known": '"heard"'}, "known must be one of read"),
        ({"about": "[]"}, "lists of different names"),
        ({"about": '["load", "load"]'}, "lists of different names"),
        ({"evidence": "[1]"}, "lists of different names"),
        ({"unstudied": '["load"]'}, "unstudied must name columns that no study is about"),
        ({"unstudied": '"stress"'}, "unstudied must name"),
        ({"text": '"'}, "studies.toml: "),
    ],
)
def test_data_that_break_a_rule_are_refused(tmp_path: Path, changes: dict[str, str | None], complaint: str) -> None:
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        load_studies(written(tmp_path, **changes))  # type: ignore[arg-type]


def test_a_table_that_is_none_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "flat.toml").write_text("one = 1", encoding="utf-8")
    for name in ("flat.toml", "nowhere.toml"):
        with pytest.raises(CatalogueError, match=re.escape(name)):
            load_studies(tmp_path / name)

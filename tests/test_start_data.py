"""The texts of the three starts: where they come from, how they read, and what data are refused."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from backstory.errors import CatalogueError
from backstory.questions.start import DATA, STARTS, load_starts
from conftest import shared
from readability import grade

KNOWN = load_starts()
FACTS = [fact for facts in KNOWN.facts.values() for fact in facts]
SPAN = re.compile(r"`[^`]*`|\{\w+\}")
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear|%", re.IGNORECASE)
HARDEST = 8.0


def prose(text: str) -> str:
    """Without commands and what is filled in."""
    return SPAN.sub("it", text)


def test_every_text_can_be_read_and_holds_no_word_that_alarms() -> None:
    offers = [f"{start.title}. {start.text}" for start in KNOWN.starts.values()]
    for text in (*KNOWN.words.values(), *offers, *(fact.sentence for fact in FACTS)):
        assert not FORBIDDEN.search(text), text
    for text in (*offers, *(fact.text for fact in FACTS), *KNOWN.words.values()):
        assert grade(prose(text)) <= HARDEST, text


def test_facts_are_those_of_the_evidence_or_name_their_own_source() -> None:
    rules = {entry["id"]: entry for entry in json.loads(shared("evidence", "rules.json").read_text("utf-8"))}
    verified = {"V": "read", "M": "memory", "O": "judgement"}
    for fact in FACTS:
        for key in fact.evidence:
            assert fact.known == verified[rules[key]["v"]], fact.text
            assert fact.grade in rules[key]["grade"], fact.text
            for year in re.findall(r"\b(?:19|20)\d\d\b", fact.source):
                assert year in rules[key]["source"]
        if not fact.evidence:
            assert re.search(r"\b20\d\d, \w", fact.source) and fact.known == "read"


@pytest.mark.parametrize("rule", ["R35", "R38", "R39", "R40"])
def test_moving_and_acceptable_pain_are_told_with_their_rules(rule: str) -> None:
    assert any(rule in fact.evidence for fact in KNOWN.facts["pain-today"])


def test_the_figures_are_those_of_the_rules() -> None:
    by_rule = {key: fact.text for fact in FACTS for key in fact.evidence}
    assert all(words in by_rule["R38"] for words in ("0 to 2", "3 to 5", "Above 5"))
    assert "within 1 point" in by_rule["R39"] and "two thirds" in by_rule["R01"]


def broken(change: Callable[[str], str], folder: Path) -> Path:
    path = folder / f"{uuid4()}.toml"  # what was loaded from a path is remembered
    path.write_text(change(DATA.read_text("utf-8")), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[starts.no-pain]", "[starts.some-pain]"),
        ("[[facts.no-pain]]", "[[facts.told-by-clinician]]"),
        ('title = "My back hurts today"\n', ""),
        ('title = "My back hurts today"', 'title = " "'),
        ('\nwell = "', '\nfine = "'),
        ("{due} Run", "{why} Run"),
        ("Next: `backstory load`", "Next: {pain}"),
        ('grade = "moderate"', 'grade = "sure"'),
        ('known = "memory"', 'known = "heard"'),
        ('evidence = ["R35"]', 'evidence = ["R35", "R35"]'),
        ('source = "McKenzie"\n', ""),
        ("[words]", "[words"),
        ("[words]", "[sayings]"),
    ],
)
def test_data_that_break_a_rule_are_refused(tmp_path: Path, old: str, new: str) -> None:
    assert load_starts(broken(lambda text: text, tmp_path)) == KNOWN and tuple(KNOWN.starts) == STARTS
    with pytest.raises(CatalogueError):
        load_starts(broken(lambda text: text.replace(old, new, 1), tmp_path))
    with pytest.raises(CatalogueError):
        load_starts(tmp_path / "nowhere.toml")

"""The three starts: who they are for, what is said, and how firmly it is known. Data in `data/start.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError
from backstory.questions.checking import check_choice, check_words, different_words
from backstory.questions.studies import GRADES, KNOWN

DATA = Path(__file__).parent / "data" / "start.toml"
PAIN_TODAY, NO_PAIN, TOLD = STARTS = ("pain-today", "no-pain", "told-by-clinician")
WITH_FACTS = (PAIN_TODAY, NO_PAIN)
FACT_TEXTS = ("heading", "text", "grade", "source", "known")
FILLED: Mapping[str, frozenset[str]] = {  # sentences by name, with the words that are filled in
    **dict.fromkeys(
        (
            "which", "how", "help_heading", "notes_heading", "session_stop", "session_none", "prescribed", "now_daily",
            "next_pain", "next_pain_hurts", "weekly_heading", "weekly", "weekly_why", "weekly_instead_heading",
            "weekly_instead", "weekly_if", "next_import", "next_load", "again", "well", "next_weekly",
            "next_weekly_pain", "limits_heading", "limits_ended", "limits_hold", "next_limits", "next_told",
        ),
        frozenset(),
    ),
    **dict.fromkeys(
        (
            "session_limits", "session_hurts", "session_preferences", "session_keep", "limits_keep", "limits_avoid",
        ),
        frozenset({"exercises"}),
    ),
    **dict.fromkeys(("session_heading", "session_easy_heading"), frozenset({"minutes"})),
    "help_due": frozenset({"due"}),
    "weekly_hurts": frozenset({"pain", "day"}),
    "limits_by": frozenset({"by", "day"}),
    "limits_noted": frozenset({"day"}),
    "limits_none": frozenset({"families"}),
}  # fmt: skip
BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Start:
    """How a start is offered."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known, under a heading; `grade` begins with a word of GRADES, `known`: a word of KNOWN."""

    heading: str
    text: str
    grade: str
    source: str
    known: str
    evidence: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The text with its grade, its source and how that is known, for people."""
        return f"{self.text} ({self.grade.capitalize()}; {self.source}; {KNOWN[self.known]}.)"


@dataclass(frozen=True, slots=True)
class Starts:
    """Every start by its id, sentences by name, and facts by start."""

    starts: Mapping[str, Start]
    words: Mapping[str, str]
    facts: Mapping[str, tuple[Fact, ...]]


@cache
def load_starts(path: Path = DATA) -> Starts:
    """Everything of the file. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    if tables.keys() != {"starts", "words", "facts"} or not all(isinstance(table, dict) for table in tables.values()):
        raise CatalogueError(f"{path.name}: needs exactly starts, words and facts.")
    if tables["starts"].keys() != set(STARTS) or tables["facts"].keys() != set(WITH_FACTS):
        raise CatalogueError(f"{path.name}: needs starts {', '.join(STARTS)}, and facts on {', '.join(WITH_FACTS)}.")
    return Starts(
        {key: _start(f"{path.name}, {key}", key, tables["starts"][key]) for key in STARTS},
        _words(f"{path.name}, words", tables["words"]),
        {key: _facts(f"{path.name}, facts on {key}", tables["facts"][key]) for key in WITH_FACTS},
    )


def _start(where: str, key: str, table: Any) -> Start:
    if not isinstance(table, dict) or table.keys() != {"title", "text"}:
        raise CatalogueError(f"{where}: needs exactly title and text.")
    check_words(where, table, ("title", "text"))
    return Start(key, **table)


def _words(where: str, table: dict[str, Any]) -> dict[str, str]:
    if table.keys() != FILLED.keys():
        odd = ", ".join(sorted(table.keys() ^ FILLED.keys()))
        raise CatalogueError(f"{where}: missing, or not known: {odd}.")
    check_words(where, table, tuple(table))
    for name, text in table.items():
        if set(BRACES.findall(text)) != FILLED[name]:
            raise CatalogueError(f"{where}, {name}: takes {', '.join(sorted(FILLED[name])) or 'nothing'} in braces.")
    return table


def _facts(where: str, value: Any) -> tuple[Fact, ...]:
    if not isinstance(value, list) or not value:
        raise CatalogueError(f"{where}: needs at least one.")
    return tuple(_fact(f"{where}, {number}", table) for number, table in enumerate(value, 1))


def _fact(where: str, table: Any) -> Fact:
    if not isinstance(table, dict) or table.keys() != {*FACT_TEXTS, "evidence"}:
        raise CatalogueError(f"{where}: needs exactly {', '.join(FACT_TEXTS)} and evidence.")
    check_words(where, table, FACT_TEXTS)
    check_choice(where, "grade's first word", re.split(r"\W", table["grade"])[0], GRADES)
    check_choice(where, "known", table["known"], tuple(KNOWN))
    evidence = different_words(where, "evidence", table["evidence"])
    return Fact(**{**table, "evidence": evidence})

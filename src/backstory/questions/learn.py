"""The learn pages: what people are told about backs and training, what studies show of it, and how firmly."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError, InputError
from backstory.questions.checking import check_choice, check_words, different_words, evidence_of
from backstory.questions.studies import KNOWN

DATA = Path(__file__).parent / "data" / "learn"
CHAPTERS = ("Pain", "Posture and the body", "Training", "Recovery")
GRADES = ("strong", "moderate", "weak", "opinion", "contradicted", "conditional")
TEXTS = ("title", "chapter", "claim", "backstory")
FINDING_TEXTS = ("text", "grade", "source", "known")
MOST_SUGGESTED = 4
CLOSE_ENOUGH = 0.8  # of difflib's ratio: a letter or two astray in a word


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is known about a topic. `known`: a word of KNOWN; `evidence`: what it rests on, by id."""

    text: str
    grade: str
    source: str
    known: str
    evidence: tuple[str, ...]

    @property
    def basis(self) -> str:
        """Grade, source, and how that is known, for people."""
        return f"{self.grade.capitalize()}; {self.source}; {KNOWN[self.known]}"


@dataclass(frozen=True, slots=True)
class Page:
    """A topic on one page. `also`: other names it is asked for by; `backstory`: what Backstory does about it."""

    id: str
    title: str
    chapter: str
    also: tuple[str, ...]
    claim: str
    studies: tuple[Finding, ...]
    backstory: str


@cache
def load_pages(folder: Path = DATA) -> Mapping[str, Page]:
    """Every page by its id, which is its file's name; by chapter, then by title. Raises CatalogueError."""
    pages = [_page(path) for path in folder.glob("*.toml")]
    if not pages:
        raise CatalogueError(f"{folder.name}: there are no pages to learn from.")
    taken: dict[str, str] = {}
    for page in pages:
        for name in _names(page):
            if taken.setdefault(name, page.id) != page.id:
                raise CatalogueError(f"{name!r} is a name of {taken[name]} and of {page.id}.")
    pages.sort(key=lambda page: (CHAPTERS.index(page.chapter), page.title.casefold()))
    return {page.id: page for page in pages}


def find_page(words: str) -> Page:
    """The page with this id, title or other name; spaces, hyphens and case do not count.

    Raises InputError, which names the pages that come near.
    """
    wanted = _key(words)
    for page in load_pages().values():
        if wanted in _names(page):
            return page
    near = _near(wanted)
    hint = f"close to it: {', '.join(near)}. " if near else ""
    raise InputError(f"There is no page on {' '.join(words.split())!r}; {hint}`backstory learn` lists them all.")


def _near(wanted: str) -> list[str]:
    """Ids of pages with a name that holds a word of what was asked for, or one spelled much like it."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for page in load_pages().values():
        for word in sorted({word for name in _names(page) for word in _telling(name)}):
            by_word[word].append(page.id)
    close = [near for word in _telling(wanted) for near in get_close_matches(word, by_word, cutoff=CLOSE_ENOUGH)]
    return list(dict.fromkeys(page_id for word in close for page_id in by_word[word]))[:MOST_SUGGESTED]


def _telling(key: str) -> list[str]:
    """The words of a name that say something: not "and", "the", "a"."""
    return [word for word in key.split("-") if len(word) > len("and")]


def _key(words: str) -> str:
    return "-".join(re.findall(r"[^\W_]+", words.casefold()))


def _names(page: Page) -> set[str]:
    return {_key(name) for name in (page.id, page.title, *page.also)}


def _page(path: Path) -> Page:
    where = path.name
    try:
        table = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{where}: {error}.") from None
    if table.keys() != {*TEXTS, "also", "studies"}:
        raise CatalogueError(f"{where}: needs exactly {', '.join(TEXTS)}, also and studies.")
    check_words(where, table, TEXTS)
    check_choice(where, "chapter", table["chapter"], CHAPTERS)
    if path.stem != _key(path.stem):
        raise CatalogueError(f"{where}: a page's file is named in small letters with hyphens.")
    if not isinstance(table["studies"], list) or not table["studies"]:
        raise CatalogueError(f"{where}: needs at least one of studies.")
    studies = tuple(_finding(f"{where}, studies {number}", one) for number, one in enumerate(table["studies"], 1))
    texts = {name: table[name] for name in TEXTS}
    return Page(path.stem, also=different_words(where, "also", table["also"]), studies=studies, **texts)


def _finding(where: str, table: Any) -> Finding:
    if not isinstance(table, dict) or table.keys() != {*FINDING_TEXTS, "evidence"}:
        raise CatalogueError(f"{where}: needs exactly {', '.join(FINDING_TEXTS)} and evidence.")
    check_words(where, table, FINDING_TEXTS)
    check_choice(where, "grade's first word", re.split(r"\W", table["grade"])[0], GRADES)
    return Finding(**{**table, "evidence": evidence_of(where, table)})

"""What studies of many people say on the question that a person asks their own log, and how firmly."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError

DATA = Path(__file__).parent / "data" / "studies.toml"
GRADES = ("strong", "moderate", "weak", "opinion")
KNOWN = {
    "read": "read in the source or its abstract",
    "memory": "from memory, not checked",
    "judgement": "judgement, not a finding",
}
TEXTS, LISTS = ("text", "grade", "source", "known"), ("about", "evidence")
NO_STUDY = "No study we know of: nothing in Backstory's collection speaks about this."


@dataclass(frozen=True, slots=True)
class Study:
    """What one study, or several together, say about some columns of the daily table.

    `grade` begins with a word of GRADES; `known`: a word of KNOWN; `evidence`: entries of the collected evidence.
    """

    id: str
    about: tuple[str, ...]
    text: str
    grade: str
    source: str
    known: str
    evidence: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The text with its grade, its source and how that is known, for people."""
        return f"{self.text} ({self.grade.capitalize()}; {self.source}; {KNOWN[self.known]}.)"


def studies_on(exposure: str) -> tuple[Study, ...]:
    """Studies that speak about a column of the daily table, or about `rise`, `rest_days`, `training`.

    The nearest to it first; () where there is none, and for a column that nobody knows.
    """
    return load_studies().get(exposure, ())


def sentences_on(exposure: str) -> tuple[str, ...]:
    """What studies say about it, for people; where there is none, that is said."""
    return tuple(study.sentence for study in studies_on(exposure)) or (NO_STUDY,)


@cache
def load_studies(path: Path = DATA) -> Mapping[str, tuple[Study, ...]]:
    """Studies by what they speak about, in the file's order; () where none is known. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    unstudied = tables.pop("unstudied", [])
    found: dict[str, list[Study]] = defaultdict(list)
    for key, table in tables.items():
        study = _study(f"{path.name}, {key}", key, table)
        for exposure in study.about:
            found[exposure].append(study)
    if not _words(unstudied) or set(unstudied) & found.keys():
        raise CatalogueError(f"{path.name}: unstudied must name columns that no study is about.")
    return dict.fromkeys(unstudied, ()) | {name: tuple(group) for name, group in found.items()}


def _study(where: str, key: str, table: Any) -> Study:
    if not isinstance(table, dict) or table.keys() != {*TEXTS, *LISTS}:
        raise CatalogueError(f"{where}: needs exactly {', '.join((*TEXTS, *LISTS))}.")
    if not all(isinstance(table[name], str) and table[name].strip() for name in TEXTS):
        raise CatalogueError(f"{where}: {', '.join(TEXTS)} must be words.")
    if not all(table[name] and _words(table[name]) for name in LISTS):
        raise CatalogueError(f"{where}: {' and '.join(LISTS)} must be lists of different names.")
    if table["grade"].split()[0].strip(",;") not in GRADES:
        raise CatalogueError(f"{where}: grade must begin with one of {', '.join(GRADES)}.")
    if table["known"] not in KNOWN:
        raise CatalogueError(f"{where}: known must be one of {', '.join(KNOWN)}.")
    return Study(key, **{**table, **{name: tuple(table[name]) for name in LISTS}})


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value) and len(set(value)) == len(value)

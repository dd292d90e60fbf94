"""The questions of a self-trial: two ways to go about a thing, told so that people can follow them. And its report."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError, InputError

DATA = Path(__file__).parent / "data" / "trials.toml"
REPORT = Path(__file__).parent / "data" / "trial_report.toml"
TEXTS = ("title", "measure", "usual_range", "background")
THIRDS = ("upper", "lower")
ENDS = ("from", "to")


@dataclass(frozen=True, slots=True)
class Way:
    """One of two ways. Its measure lies from `low` to `high` (None = no end), or in a `third` of the person's own."""

    name: str
    text: str
    low: float | None = None
    high: float | None = None
    third: str | None = None


@dataclass(frozen=True, slots=True)
class TrialQuestion:
    """What can be asked in a self-trial, and its two ways, A and B."""

    id: str
    title: str
    measure: str
    usual_range: str
    background: str
    ways: tuple[Way, Way]


@dataclass(frozen=True, slots=True)
class ReportItem:
    """An item of a trial's report; `text` holds names in braces for what comes from the trial."""

    number: str
    heading: str
    text: str


@cache
def load_trials(path: Path = DATA) -> Mapping[str, TrialQuestion]:
    """Every question by its id. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    return {key: _question(f"{path.name}, {key}", key, table) for key, table in tables.items()}


@cache
def load_report(path: Path = REPORT) -> tuple[ReportItem, ...]:
    """The items of a trial's report, in order. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8")).get("item", [])
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    names = tuple(field.name for field in fields(ReportItem))
    for table in tables:
        if table.keys() != set(names) or not _words(table, names):
            raise CatalogueError(f"{path.name}: an item needs exactly {', '.join(names)}, all of them words.")
    return tuple(ReportItem(**table) for table in tables)


def find_trial(words: str) -> TrialQuestion:
    """The question with this id or title; spaces, hyphens and case do not count. Raises InputError."""
    known = load_trials()
    wanted = _key(words)
    for question in known.values():
        if wanted in (_key(question.id), _key(question.title)):
            return question
    raise InputError(f"There is no such question for a self-trial; there are: {', '.join(known)}.")


def _key(words: str) -> str:
    return "-".join(words.casefold().replace("-", " ").replace("_", " ").split())


def _question(where: str, key: str, table: Any) -> TrialQuestion:
    if not isinstance(table, dict) or table.keys() != {*TEXTS, "a", "b"} or not _words(table, TEXTS):
        raise CatalogueError(f"{where}: needs exactly {', '.join(TEXTS)}, all of them words, and a and b.")
    ways = _way(f"{where}, a", table["a"]), _way(f"{where}, b", table["b"])
    if sorted(way.third or "" for way in ways) not in (["", ""], sorted(THIRDS)):
        raise CatalogueError(f"{where}: where one way is a third, the other must be the other third.")
    return TrialQuestion(key, table["title"], table["measure"], table["usual_range"], table["background"], ways)


def _way(where: str, table: Any) -> Way:
    if not isinstance(table, dict) or not _words(table, ("name", "text")):
        raise CatalogueError(f"{where}: needs a name and a text.")
    ends = {name: table[name] for name in ENDS if name in table}
    third = table.get("third")
    if table.keys() - {"name", "text", "third", *ENDS} or bool(ends) is (third is not None):
        raise CatalogueError(f"{where}: needs either a third or from and to.")
    numbers = all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends.values())
    if not numbers or (third is not None and third not in THIRDS) or ends.get("from", 0) > ends.get("to", float("inf")):
        raise CatalogueError(f"{where}: from and to are numbers in order, third is one of {', '.join(THIRDS)}.")
    return Way(table["name"], table["text"], ends.get("from"), ends.get("to"), third)


def _words(table: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return all(isinstance(table.get(name), str) and table[name].strip() for name in names)

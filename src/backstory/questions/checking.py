"""What the loaders of learn pages and measures share: whether a table of a TOML file holds what it must."""

from collections.abc import Mapping, Sequence
from typing import Any

from backstory.errors import CatalogueError
from backstory.questions.studies import KNOWN

JUDGEMENT = "judgement"


def check_words(where: str, table: Mapping[str, Any], names: Sequence[str]) -> None:
    """Raises CatalogueError unless each of them is some words."""
    if not all(isinstance(table[name], str) and table[name].strip() for name in names):
        raise CatalogueError(f"{where}: {', '.join(names)} must be words.")


def check_choice(where: str, name: str, value: object, allowed: Sequence[str]) -> None:
    """Raises CatalogueError unless the value is one of those allowed."""
    if value not in allowed:
        raise CatalogueError(f"{where}: {name} must be one of {', '.join(allowed)}.")


def different_words(where: str, name: str, value: object) -> tuple[str, ...]:
    """A list of different words. Raises CatalogueError."""
    if not (isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)):
        raise CatalogueError(f"{where}: {name} must be a list of words.")
    if len(set(value)) != len(value):
        raise CatalogueError(f"{where}: {name} says something twice.")
    return tuple(value)


def evidence_of(where: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    """The entries of the collected evidence behind a table with `known`. Raises CatalogueError."""
    check_choice(where, "known", table["known"], tuple(KNOWN))
    evidence = different_words(where, "evidence", table["evidence"])
    if not evidence and table["known"] != JUDGEMENT:
        raise CatalogueError(f"{where}: what is not judgement needs evidence.")
    return evidence

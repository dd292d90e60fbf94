"""From the TOML files in `data/` to a Catalogue; whatever breaks a rule is named with its exercise."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from backstory.catalogue.catalogue import Catalogue
from backstory.catalogue.words import Words
from backstory.errors import CatalogueError
from backstory.model import FAMILIES, Exercise

DATA = Path(__file__).parent / "data"
REQUIRED = {"names", "family", "equipment", "primary", "secondary", "posture"}
HARDEST_POINT = {"trunk_deg": (-90.0, 180.0), "lever": (-0.5, 0.6), "supported": (0.0, 1.0)}
NUMBERS = {**HARDEST_POINT, "body_share": (0.0, 1.0), "load_factor": (-1.0, 2.0)}


@cache
def load(folder: Path = DATA) -> Catalogue:
    """The catalogue in a folder of data. Raises CatalogueError."""
    vocabulary, postures, words = (_toml(folder / f"{name}.toml") for name in ("vocabulary", "postures", "words"))
    if tuple(vocabulary["families"]) != FAMILIES:
        raise CatalogueError(f"vocabulary.toml: families must be {', '.join(FAMILIES)}.")
    for name, posture in postures.items():
        numbers = {key: value for key, value in posture.items() if key != "endurance"}
        _check_numbers(f"posture {name}", numbers, required=HARDEST_POINT)
    exercises = []
    for file in sorted((folder / "exercises").glob("*.toml")):
        for key, table in _toml(file).items():
            exercises.append(_exercise(f"{file.name}, {key}", key, table, vocabulary, postures))
    rules = Words(frozenset(words["drop"]), words["phrases"], words["words"])
    return Catalogue.of(exercises, rules, str(vocabulary["version"]))


def _exercise(
    where: str, key: str, table: dict[str, Any], vocabulary: Mapping[str, list[str]], postures: Mapping[str, Any]
) -> Exercise:
    if missing := REQUIRED - table.keys():
        raise CatalogueError(f"{where}: {', '.join(sorted(missing))} is missing.")
    if unknown := table.keys() - REQUIRED - NUMBERS.keys():
        raise CatalogueError(f"{where}: {', '.join(sorted(unknown))} is not known here.")
    if not table["names"]:
        raise CatalogueError(f"{where}: an exercise needs a name.")
    _check_words(where, "families", [table["family"]], vocabulary)
    _check_words(where, "equipment", table["equipment"], vocabulary)
    _check_words(where, "muscles", table["primary"] + table["secondary"], vocabulary)
    if set(table["primary"]) & set(table["secondary"]):
        raise CatalogueError(f"{where}: a muscle is both primary and secondary.")
    if table["posture"] not in postures:
        raise CatalogueError(f"{where}: there is no posture {table['posture']!r}.")
    numbers = {name: table[name] for name in NUMBERS if name in table}
    _check_numbers(where, numbers)
    posture = dict(postures[table["posture"]])
    endurance = bool(posture.pop("endurance", False))
    fields: dict[str, Any] = {field: tuple(table[field]) for field in ("names", "equipment", "primary", "secondary")}
    fields |= {name: float(value) for name, value in {**posture, **numbers}.items()}
    return Exercise(
        id=key,
        family=table["family"],
        needs_load=not set(table["equipment"]).isdisjoint(vocabulary["weights"]),
        endurance=endurance,
        **fields,
    )


def _check_words(where: str, kind: str, used: list[str], vocabulary: Mapping[str, list[str]]) -> None:
    for word in used:
        if word not in vocabulary[kind]:
            raise CatalogueError(f"{where}: {word!r} is not among the {kind} of vocabulary.toml.")


def _check_numbers(where: str, numbers: Mapping[str, Any], required: Mapping[str, Any] | None = None) -> None:
    if required is not None and numbers.keys() != required.keys():
        raise CatalogueError(f"{where}: needs exactly {', '.join(required)}.")
    for name, value in numbers.items():
        low, high = NUMBERS[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise CatalogueError(f"{where}: {name} must be a number from {low:g} to {high:g}, not {value!r}.")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None

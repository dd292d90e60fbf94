"""From the TOML files in `data/` to a Catalogue; whatever breaks a rule is named with its exercise."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.catalogue.catalogue import Catalogue
from backstory.catalogue.motions import read_motion, specialise
from backstory.catalogue.words import Words
from backstory.errors import CatalogueError
from backstory.model import FAMILIES, Exercise, Motion

DATA = Path(__file__).parent / "data"
REQUIRED = {"names", "family", "equipment", "primary", "secondary", "motion"}
LOAD_FACTORS = (-1, 1, 2)  # what helps a body up; what is logged; one of a pair


@cache
def load(folder: Path = DATA) -> Catalogue:
    """The catalogue in a folder of data. Raises CatalogueError.

    Words, numbers and joints are checked always; that bodies can do the motions, which takes longer, for data that are
    not the program's own: those are held to it by the tests.
    """
    data = {name: _toml(folder / f"{name}.toml") for name in ("vocabulary", "words", "joints", "compressions")}
    vocabulary = data["vocabulary"]
    if tuple(vocabulary["families"]) != FAMILIES:
        raise CatalogueError(f"vocabulary.toml: families must be {', '.join(FAMILIES)}.")
    motions = load_motions(folder, data)
    exercises = [
        _exercise(f"{file.name}, {key}", key, table, data, motions)
        for file in sorted((folder / "exercises").glob("*.toml"))
        for key, table in _toml(file).items()
    ]
    if folder != DATA:
        _check_bodies(exercises)
    rules = Words(frozenset(data["words"]["drop"]), data["words"]["phrases"], data["words"]["words"])
    return Catalogue.of(exercises, rules, str(vocabulary["version"]))


def _check_bodies(exercises: list[Exercise]) -> None:
    from backstory.catalogue.geometry import faults

    for identity, wrong in faults([replace(exercise.motion, id=exercise.id) for exercise in exercises]).items():
        raise CatalogueError(f"{identity}: {'; '.join(wrong)}.")


def load_motions(folder: Path, data: Mapping[str, Any]) -> dict[str, Motion]:
    """Every motion of `motions/*.toml` by name; those that are like another come last. Raises CatalogueError."""
    tables: dict[str, tuple[str, dict[str, Any]]] = {}
    for file in sorted((folder / "motions").glob("*.toml")):
        for name, table in _toml(file).items():
            if name in tables:
                raise CatalogueError(f"{file.name}: there are two motions {name!r}.")
            tables[name] = (f"{file.name}, {name}", table)
    motions = {name: read_motion(where, name, t, data) for name, (where, t) in tables.items() if "like" not in t}
    for name, (where, table) in tables.items():
        if "like" in table:
            if table["like"] not in motions:
                raise CatalogueError(f"{where}: there is no motion {table['like']!r} of its own.")
            parameters = {key: value for key, value in table.items() if key != "like"}
            motions[name] = replace(specialise(where, motions[table["like"]], parameters, data), id=name)
    return motions


def _exercise(
    where: str, key: str, table: dict[str, Any], data: Mapping[str, Any], motions: Mapping[str, Motion]
) -> Exercise:
    vocabulary = data["vocabulary"]
    if missing := REQUIRED - table.keys():
        raise CatalogueError(f"{where}: {', '.join(sorted(missing))} is missing.")
    if not table["names"]:
        raise CatalogueError(f"{where}: an exercise needs a name.")
    _check_words(where, "families", [table["family"]], vocabulary)
    _check_words(where, "equipment", table["equipment"], vocabulary)
    _check_words(where, "muscles", table["primary"] + table["secondary"], vocabulary)
    if set(table["primary"]) & set(table["secondary"]):
        raise CatalogueError(f"{where}: a muscle is both primary and secondary.")
    if table["motion"] not in motions:
        raise CatalogueError(f"{where}: there is no motion {table['motion']!r}.")
    factor = table.get("load_factor", 1)
    if factor not in LOAD_FACTORS:
        raise CatalogueError(f"{where}: load_factor must be one of {LOAD_FACTORS}, not {factor!r}.")
    parameters = {name: value for name, value in table.items() if name not in REQUIRED and name != "load_factor"}
    fields: dict[str, Any] = {field: tuple(table[field]) for field in ("names", "equipment", "primary", "secondary")}
    return Exercise(
        id=key,
        family=table["family"],
        motion=specialise(where, motions[table["motion"]], parameters, data),
        load_factor=float(factor),
        needs_load=not set(table["equipment"]).isdisjoint(vocabulary["weights"]),
        **fields,
    )


def _check_words(where: str, kind: str, used: list[str], vocabulary: Mapping[str, list[str]]) -> None:
    for word in used:
        if word not in vocabulary[kind]:
            raise CatalogueError(f"{where}: {word!r} is not among the {kind} of vocabulary.toml.")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomli.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None

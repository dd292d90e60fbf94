"""Outcome measures as they stand in `data/measures.toml`, validated on load."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError
from backstory.questions.checking import check_choice, check_words, evidence_of

DATA = Path(__file__).parent / "data" / "measures.toml"
REFUSED, LEFT_OUT, NOT_TICKED = "refused", "left out", "not ticked"
MISSING: Mapping[str, tuple[str, ...]] = {  # what each scoring can do without an answer
    "value": (REFUSED,), "mean": (REFUSED, LEFT_OUT), "count": (NOT_TICKED,), "product": (REFUSED,),
}  # fmt: skip
BETTER = ("lower", "higher", "neither")
TEXTS = ("name", "how", "scoring", "missing", "better", "source", "known", "licence")
MAY_BE_EMPTY = ("unit", "note")
NEEDED = {*TEXTS, *MAY_BE_EMPTY, "range", "evidence", "item"}
OPTIONAL = {"change", "change_not_known", "code"}
CHANGE = {"points", "source", "known", "evidence"}
CHANGE_OPTIONAL = {"share", "recovered"}


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `least` and `most`: the ends of its numbers with what they mean; None = it is ticked or not."""

    id: str
    text: str
    least: tuple[float, str] | None = None
    most: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The change that people notice, in points and as a share of the first score; None = not known."""

    points: float
    source: str
    known: str
    evidence: tuple[str, ...]
    share: float | None = None
    recovered: float | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """What other programs call a measure."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One outcome measure; values in its `unit` ("" = points). Has either `change` or `change_not_known`."""

    id: str
    name: str
    how: str
    scoring: str
    missing: str
    range: tuple[float, float]
    unit: str
    better: str
    note: str
    source: str
    known: str
    evidence: tuple[str, ...]
    licence: str
    items: tuple[Item, ...]
    change: Change | None = None
    change_not_known: str = ""
    code: Code | None = None


@cache
def load_measures(path: Path = DATA) -> Mapping[str, Measure]:
    """Every measure by its id, in the file's order. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    return {key: _measure(f"{path.name}, {key}", key, table) for key, table in tables.items()}


def _measure(where: str, key: str, table: Any) -> Measure:
    if not isinstance(table, dict) or not NEEDED <= table.keys() <= NEEDED | OPTIONAL:
        raise CatalogueError(f"{where}: needs {', '.join(sorted(NEEDED))}; may have {', '.join(sorted(OPTIONAL))}.")
    check_words(where, table, TEXTS)
    if not all(isinstance(table[name], str) for name in MAY_BE_EMPTY):
        raise CatalogueError(f"{where}: {' and '.join(MAY_BE_EMPTY)} must be words or empty.")
    if table["scoring"] not in MISSING or table["missing"] not in MISSING[table["scoring"]]:
        raise CatalogueError(f"{where}: scoring and missing do not go together; there are {dict(MISSING)}.")
    check_choice(where, "better", table["better"], BETTER)
    low, high = _pair(f"{where}, range", table["range"])
    plain = {name: table[name] for name in (*TEXTS, *MAY_BE_EMPTY)}
    measure = Measure(
        key, **plain, range=(low, high), evidence=evidence_of(where, table), items=_items(where, table),
        change=_change(where, table["change"]) if "change" in table else None,
        change_not_known=str(table.get("change_not_known", "")).strip(),
        code=_code(where, table["code"]) if "code" in table else None,
    )  # fmt: skip
    if (measure.change is None) is not bool(measure.change_not_known):
        raise CatalogueError(f"{where}: needs either change or change_not_known.")
    if measure.change is not None and measure.better == "neither":
        raise CatalogueError(f"{where}: a change that people notice needs a direction that is better.")
    return measure


def _items(where: str, table: dict[str, Any]) -> tuple[Item, ...]:
    if not isinstance(table["item"], list) or not table["item"]:
        raise CatalogueError(f"{where}: needs at least one item.")
    items = tuple(_item(where, one, ticked=table["scoring"] == "count") for one in table["item"])
    if len({item.id for item in items}) != len(items) or (table["scoring"] == "value" and len(items) != 1):
        raise CatalogueError(f"{where}: items need different ids, and a single value has one item.")
    return items


def _item(where: str, table: Any, ticked: bool) -> Item:
    if not isinstance(table, dict) or table.keys() != {"id", "text"} | (set() if ticked else {"least", "most"}):
        raise CatalogueError(f"{where}: an item needs id and text, and least and most unless it is ticked.")
    check_words(where, table, ("id", "text"))
    if ticked:
        return Item(table["id"], table["text"])
    least, most = (_end(where, table[name]) for name in ("least", "most"))
    if not least[0] < most[0]:
        raise CatalogueError(f"{where}, {table['id']}: least must be below most.")
    return Item(table["id"], table["text"], least, most)


def _end(where: str, value: Any) -> tuple[float, str]:
    if not (isinstance(value, list) and len(value) == 2 and _number(value[0]) and isinstance(value[1], str)):
        raise CatalogueError(f"{where}: least and most are a number and what it means.")
    return float(value[0]), value[1]


def _change(where: str, table: Any) -> Change:
    if not isinstance(table, dict) or not CHANGE <= table.keys() <= CHANGE | CHANGE_OPTIONAL:
        raise CatalogueError(f"{where}, change: needs {', '.join(sorted(CHANGE))}; may have share and recovered.")
    check_words(f"{where}, change", table, ("source", "known"))
    numbers = {name: table[name] for name in ("points", "share", "recovered") if name in table}
    if not all(_number(value) and value >= 0 for value in numbers.values()) or not numbers["points"]:
        raise CatalogueError(f"{where}, change: points, share and recovered are numbers, points above 0.")
    if not 0 < numbers.get("share", 0.5) < 1:
        raise CatalogueError(f"{where}, change: share lies between 0 and 1.")
    return Change(source=table["source"], known=table["known"], evidence=evidence_of(where, table), **numbers)


def _code(where: str, table: Any) -> Code:
    if not isinstance(table, dict) or table.keys() != {"system", "code"}:
        raise CatalogueError(f"{where}: code needs exactly system and code.")
    check_words(where, table, ("system", "code"))
    return Code(**table)


def _pair(where: str, value: Any) -> tuple[float, float]:
    if not (isinstance(value, list) and len(value) == 2 and all(map(_number, value)) and value[0] < value[1]):
        raise CatalogueError(f"{where}: needs two numbers, the smaller first.")
    return float(value[0]), float(value[1])


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

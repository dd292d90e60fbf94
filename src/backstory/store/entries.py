"""Entries of many kinds into rows of one table and back: what each consists of stands in `model.entries`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from backstory.errors import InputError
from backstory.model import Begun, Bout, Entry, Limits, Outcome, PlanWish

KINDS: Mapping[str, type[Entry]] = {
    "limits": Limits, "outcome": Outcome, "bout": Bout, "plan_wish": PlanWish, "begun": Begun,
}  # fmt: skip
TYPES: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
    "limits": {"keep": list, "avoid": list, "prescribed_by": str},
    "outcome": {"measure": str, "answers": dict, "value": (int, float)},
    "bout": {"withdrawn": bool},
    "plan_wish": {"wish": dict},
    "begun": {"session": dict},
}


def kind_of(entry: type[Entry]) -> str:
    """The word that stands for a kind in its column."""
    return next(kind for kind, made in KINDS.items() if made is entry)


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry as a row of its table, without id and time."""
    values = asdict(entry)
    day = values.pop("day")
    return {"kind": kind_of(type(entry)), "day": day, "content": json.dumps(values, ensure_ascii=False)}


def entry_of(row: Mapping[Any, Any]) -> Entry:
    """A row of its table as an entry. Raises InputError for one that cannot be."""
    kind = row["kind"]
    if kind not in KINDS:
        raise InputError(f"{kind!r} is no kind of entry.")
    try:
        content = json.loads(row["content"])
    except ValueError:
        content = None
    types = TYPES[kind]
    if not isinstance(content, dict) or content.keys() != types.keys():
        raise InputError(f"An entry of the kind {kind} is not whole.")
    if not all(isinstance(content[name], wanted) for name, wanted in types.items()):
        raise InputError(f"An entry of the kind {kind} holds what cannot be.")
    lists = {name: tuple(map(str, value)) for name, value in content.items() if isinstance(value, list)}
    made: Entry = KINDS[kind](day=row["day"], **content | lists)
    assert {field.name for field in fields(made)} == {"day", *types}
    return made

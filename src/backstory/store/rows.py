"""A row of any table as JSON, and back."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, Table
from sqlalchemy.types import TypeEngine

from backstory.model import plain


def as_json(row: Mapping[Any, Any]) -> str:
    """One line of JSON; dates and moments in ISO 8601."""
    return json.dumps(dict(row), default=_iso, ensure_ascii=False)


def from_json(table: Table, text: str) -> dict[str, Any]:
    """The columns that stand in it, as the table wants them. Raises ValueError, TypeError, KeyError."""
    values = json.loads(text)
    return {name: value_of(table.c[name].type, value) for name, value in values.items()}


def value_of(kind: TypeEngine[Any], value: Any) -> Any:
    """A value of JSON as its column wants it. Raises ValueError, TypeError."""
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    wanted = kind.python_type
    allowed = (int, float) if wanted is float else wanted
    if isinstance(value, bool) is not (wanted is bool) or not isinstance(value, allowed):
        raise TypeError(f"{value!r} is no {wanted.__name__}")
    return plain(value) if isinstance(value, str) else value


def _iso(value: date | datetime) -> str:
    return value.isoformat()

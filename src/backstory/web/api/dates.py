"""How a day is given: pydantic alone would take "5" for the fifth second of 1970."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written(value: Any) -> Any:
    """A day as it is written; raises ValueError for a number, or a text that holds one."""
    if isinstance(value, date) or (isinstance(value, str) and WRITTEN.fullmatch(value)):
        return value
    raise ValueError("a day is written YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_written)]

"""What a form's fields say, as plain values."""

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData

from backstory.errors import InputError


async def filled(request: Request) -> FormData:
    """The form of a request."""
    return await request.form()


Filled = Annotated[FormData, Depends(filled)]

MOST_DIGITS = 9
ANSWERS = {"yes": True, "no": False}


def amount(given: Any, field: str) -> float | None:
    """A number, with a comma or a point; None where nothing was typed. Raises InputError.

    >>> amount("7,5", "Hours slept"), amount(" ", "Hours slept")
    (7.5, None)
    """
    typed = str(given or "").strip()
    if not typed:
        return None
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise InputError(f"{field}: {typed[:40]!r} is no number.")
    return number


def day_of(given: Any) -> date | None:
    """A day as forms send it; None where none was chosen. Raises InputError.

    >>> day_of("2026-03-14"), day_of("")
    (datetime.date(2026, 3, 14), None)
    """
    typed = str(given or "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise InputError(f"{typed[:40]!r} is no day such as 2026-03-14.") from None


def needed_day(given: Any) -> date:
    """A day as forms send it. Raises InputError for none, too."""
    found = day_of(given)
    if found is None:
        raise InputError("A day is missing.")
    return found


def yes_or_no(given: Any) -> bool | None:
    """True, False, or None where nothing was chosen."""
    return ANSWERS.get(str(given or ""))


def several(given: Sequence[Any]) -> tuple[str, ...]:
    """What was chosen of a list, each once."""
    return tuple(dict.fromkeys(str(one) for one in given if one))


def whole(given: Any, field: str) -> int:
    """A whole number. Raises InputError.

    >>> whole(" 12 ", "Weeks")
    12
    """
    typed = str(given or "").strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > MOST_DIGITS:
        raise InputError(f"{field}: {typed[:40]!r} is no whole number.")
    return int(typed)

"""What a form's fields say, as plain values."""

from collections.abc import Sequence
from typing import Any

from backstory.errors import InputError

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
        return float(typed.replace(",", "."))
    except ValueError:
        raise InputError(f"{field}: {typed[:40]!r} is no number.") from None


def yes_or_no(given: Any) -> bool | None:
    """True, False, or None where nothing was chosen."""
    return ANSWERS.get(str(given or ""))


def several(given: Sequence[Any]) -> tuple[str, ...]:
    """What was chosen of a list, each once."""
    return tuple(dict.fromkeys(str(one) for one in given if one))

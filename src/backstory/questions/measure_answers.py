"""Answers to a measure as JSON."""

import json
from pathlib import Path
from typing import Any

from backstory.errors import InputError

LARGEST = 100_000  # letters; two dozen answers take a thousand


def read_answers(path: Path) -> dict[str, float | bool]:
    """Answers from a file, such as {"pain": 5}; null is no answer. Raises InputError."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except ValueError:
        text = ""
    return answers_of(text, str(path))


def answers_of(text: str, called: str) -> dict[str, float | bool]:
    """Answers from JSON text; `called`: what to call it in front of people. Raises InputError.

    Whether they answer what a measure asks is for its scoring to say.
    """
    try:
        values = json.loads(text, object_pairs_hook=_once) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise InputError(f'{called} must hold one JSON object with each answer once, such as {{"pain": 5}}.')
    answers = {key: value for key, value in values.items() if value is not None}
    for key, value in answers.items():
        if not isinstance(value, bool | int | float):
            raise InputError(f"{called}: the answer to {key!r} must be a number, or true or false.")
    return answers


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises ValueError where a key comes twice: the second answer must not hide the first."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)

"""What was answered on when to get help, into rows and back."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from backstory.errors import InputError
from backstory.model import check_day

QUESTION = re.compile(r"RF\d\d")


class AskedRow(NamedTuple):
    """When it was, the answers by question, and the day of a visit that was told; None = none was."""

    asked_at: datetime
    answers: Mapping[str, bool]
    seen_on: date | None


def asked_row(asked: AskedRow) -> dict[str, Any]:
    """A row of its table. Raises InputError for one that cannot be."""
    row = asked._asdict() | {"answers": json.dumps(dict(asked.answers))}
    return row | {"asked_at": asked_of(row).asked_at}


def asked_of(row: Mapping[Any, Any]) -> AskedRow:
    """What a row of its table says. Raises InputError for one that cannot be."""
    asked_at, seen_on = row["asked_at"], row["seen_on"]
    asked_at = asked_at.astimezone(UTC) if asked_at.tzinfo else asked_at.replace(tzinfo=UTC)  # SQLite keeps only UTC
    try:
        answers = json.loads(row["answers"])
    except ValueError:
        answers = None
    if not isinstance(answers, dict) or not all(QUESTION.fullmatch(key) for key in answers):
        raise InputError("Answers on when to get help are one JSON object, by question.")
    if not all(isinstance(answer, bool) for answer in answers.values()):
        raise InputError("An answer on when to get help is true or false.")
    if not answers and seen_on is None:
        raise InputError("Neither an answer nor a visit was told.")
    if seen_on is not None and check_day(seen_on) > asked_at.date() + timedelta(days=1):
        raise InputError(f"A visit on {seen_on.isoformat()} was still to come.")
    return AskedRow(asked_at, answers, seen_on)

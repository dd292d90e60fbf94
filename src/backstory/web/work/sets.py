"""Each set of a day with what it did to the low back."""

from datetime import date
from typing import Any

from backstory.journal import Journal


def make(journal: Journal, day: str) -> list[dict[str, Any]]:
    """The command line's contract. Raises NotEnough where the day has none."""
    from backstory.journal.reporting import sets_of_day

    return sets_of_day(journal, date.fromisoformat(day))

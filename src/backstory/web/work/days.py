"""The daily table."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """The command line's contract. Raises NotEnough."""
    from backstory.journal.loading import day_records

    return {"days": day_records(journal)}

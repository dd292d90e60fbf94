"""What trials of a question would find on this person's mornings."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal, question: str, weeks: int | None = None, block_days: int | None = None) -> dict[str, Any]:
    """The command line's contract. Raises InputError."""
    from backstory.journal.trialling import lay_out

    return lay_out(journal, question, weeks, block_days, 1.0).as_json()

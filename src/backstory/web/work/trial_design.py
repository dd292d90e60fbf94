"""What trials of a question would find on this person's mornings."""

from typing import Any

from backstory.journal import Journal


def make(
    journal: Journal, question: str, weeks: int | None = None, block_days: int | None = None, worth: float = 1.0
) -> dict[str, Any]:
    """The command line's contract. worth: the smallest difference worth knowing [points]. Raises InputError."""
    from backstory.journal.trialling import lay_out

    return lay_out(journal, question, weeks, block_days, worth).as_json()

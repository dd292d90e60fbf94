"""What the last self-trial says so far."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """The command line's contract, and `given`: whether there is a verdict. Raises NotEnough."""
    from backstory.journal.trialling import answer

    found = answer(journal)
    return {**found.as_json(), "given": found.given}

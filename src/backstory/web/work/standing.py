"""How many scored mornings there are, and how many are missing until an answer."""

from dataclasses import asdict
from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """`weekly`, `scores`, `missing`."""
    from backstory.journal.so_far import standing

    return asdict(standing(journal))

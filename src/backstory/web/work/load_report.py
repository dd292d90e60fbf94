"""What training asked of the low back, whole."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """The command line's contract. Raises NotEnough where no sets are recorded."""
    from backstory.journal.reporting import load_report

    return load_report(journal)

"""What Today may have to say beside the check-in, and what is looked up in everything that was ever scored."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """Sentences, "" where there is none: `help_due`; to those who are asked weekly `suggestion`, `next_step`."""
    from backstory.journal import helping, rhythm

    return {
        "help_due": helping.due_now(journal) or "",
        "suggestion": rhythm.suggestion(journal),
        "next_step": rhythm.next_step(journal),
    }

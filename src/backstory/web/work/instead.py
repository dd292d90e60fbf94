"""What could be done in place of an exercise."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal, exercise: str, **given: Any) -> dict[str, Any]:
    """Offers with their load, and what speaks against the others. given: a wish's fields. Raises InputError."""
    from backstory.journal.plan_why import stand_ins
    from backstory.journal.plan_wish import Wish
    from backstory.journal.planning import given_for

    return stand_ins(given_for(journal, Wish(**given)), exercise)

"""Exercises that could stand in for one of the plan."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal, exercise: str, **given: Any) -> dict[str, Any]:
    """As the command line tells it. given: a wish's fields. Raises InputError, NotEnough."""
    from backstory.journal.plan_why import swapped
    from backstory.journal.plan_wish import Wish
    from backstory.journal.planning import given_for

    return swapped(given_for(journal, Wish(**given)), exercise)

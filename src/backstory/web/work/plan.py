"""The week's plan."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal, **given: Any) -> dict[str, Any]:
    """The plan as the command line tells it. given: a wish's fields. Raises InputError, NotEnough."""
    from backstory.journal.plan_told import as_json
    from backstory.journal.plan_wish import Wish
    from backstory.journal.planning import plan

    return as_json(plan(journal, Wish(**given)))

"""Why each exercise of the plan is there."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal, **given: Any) -> dict[str, Any]:
    """As the command line tells it. given: a wish's fields. Raises InputError, NotEnough."""
    from backstory.journal.plan_why import explained
    from backstory.journal.plan_wish import Wish
    from backstory.journal.planning import plan

    return {"exercises": explained(plan(journal, Wish(**given)))}

"""Measures that can be taken now and then, with their last values."""

from typing import Any

from backstory.journal import Journal

DAILY = "daily"


def make(journal: Journal) -> dict[str, Any]:
    """`listed`: as the command line tells them; `waiting`: ids of those that wait for a doctor's look."""
    from backstory.journal.measuring import list_measures

    listed, waiting = list_measures(journal)
    return {"listed": [one.as_json() for one in listed if one.way.kind != DAILY], "waiting": waiting}

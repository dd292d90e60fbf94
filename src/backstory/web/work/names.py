"""Every name in the log, and what it is taken for."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> list[dict[str, Any]]:
    """Those without an exercise first, then by number of sets; exercises as ids."""
    from backstory.journal.entering import list_names

    return [
        {
            "name": choice.name,
            "sets": choice.sets,
            "exercise": choice.exercise.id if choice.exercise else None,
            "own_choice": choice.own,
            "suggestions": [exercise.id for exercise in choice.suggestions],
        }
        for choice in list_names(journal)
    ]

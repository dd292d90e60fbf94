"""The answer: its words, its pictures' values, and the contract."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """As in journal.answer_shown. Raises NotEnough."""
    from backstory.journal.answer_shown import shown
    from backstory.journal.answering import answer

    return shown(answer(journal))

"""One sentence of state for Today: the answer's, or how far it is to the first one."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """`sentence`, and `verdict` where there is one. Raises NotEnough."""
    from backstory.journal.answering import answer

    report = answer(journal)
    return {"sentence": report.sentence, "verdict": report.verdict}

"""What a start says once its steps are done."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal, start: str) -> dict[str, Any]:
    """`sections` with heading and lines, `session` (exercise, amount, how, why), `next_step`; nothing is changed."""
    from backstory.journal.started import session_lines
    from backstory.journal.starting import tell

    told = tell(journal, start)
    drawn = {*session_lines(told.session)}  # the page shows them with their figures
    sections = [
        {
            "heading": one.heading, "lines": [line for line in one.lines if line not in drawn],
            "session": bool(drawn & {*one.lines}),
        }
        for one in told.sections
    ]  # fmt: skip
    moves = [{"exercise": m.exercise, "amount": m.amount, "how": m.how, "why": m.why} for m in told.session]
    return {"sections": sections, "session": moves, "next_step": told.next_step}

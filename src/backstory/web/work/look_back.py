"""What the log says by itself: usual weeks, what is new, jumps, and what was unusual before bouts."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """The command line's contract, and `sections` with `heading` and `lines`. Raises NotEnough."""
    from backstory.journal.looking_back import look_back_on

    looked = look_back_on(journal)
    sections = [{"heading": part.heading, "lines": list(part.lines)} for part in looked.sections]
    return {**looked.as_json(), "sections": sections}

"""What the log says by itself: usual weeks, what is new, jumps, and what was unusual before bouts."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """The command line's contract, and `sections` with `heading` and `parts`. Raises NotEnough."""
    from backstory.journal.looking_back import look_back_on

    looked = look_back_on(journal)
    sections = [{"heading": part.heading, "parts": parts_of(part.lines)} for part in looked.sections]
    return {**looked.as_json(), "sections": sections}


def parts_of(lines: Sequence[str]) -> list[dict[str, Any]]:
    """Lines, with the rows of a table kept together.

    >>> parts_of(["Jumps:", "  1 May  2 x"])
    [{'rows': False, 'lines': ['Jumps:']}, {'rows': True, 'lines': ['  1 May  2 x']}]
    """
    together = groupby(lines, key=lambda line: line.startswith("  ") or not line)
    return [{"rows": rows, "lines": list(some)} for rows, some in together]

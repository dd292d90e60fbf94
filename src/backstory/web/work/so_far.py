"""Where somebody stands before the first answer."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """The contract's values; `unlogged`: days that were trained on, and no log says what; `varies`: how mornings vary,
    in words; `first_look`: how many scores an answer takes.
    """
    from backstory.journal.loading import weigh
    from backstory.journal.looking_back_telling import varies
    from backstory.journal.so_far import FIRST_LOOK, so_far

    early = so_far(journal, weigh(journal))
    return {
        **early.as_json(),
        "unlogged": [one.day.isoformat() for one in early.calendar if one.unlogged],
        "varies": varies(early.varies) if early.varies else "",
        "first_look": FIRST_LOOK,
    }

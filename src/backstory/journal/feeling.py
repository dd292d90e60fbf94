"""How the back feels, from the check-ins: which exercises that speaks for, and how people describe such days."""

from dataclasses import dataclass

from backstory.journal.opening import Journal
from backstory.questions.kinds_of_pain import described
from backstory.questions.movements import Preference, preferences

__all__ = ["Feeling", "Preference", "feeling"]


@dataclass(frozen=True, slots=True)
class Feeling:
    """What picks exercises, and sentences for people; neither names a part of the body or a reason."""

    preferences: tuple[Preference, ...]
    described: tuple[str, ...]


def feeling(journal: Journal) -> Feeling:
    """What the journal's check-ins say: preferences of the last six weeks, and kinds of pain in words."""
    check_ins = journal.store.check_ins()
    return Feeling(preferences(check_ins, journal.today()), described(check_ins))

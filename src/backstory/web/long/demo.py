"""A simulated person's year, in a journal of its own."""

from collections.abc import Mapping
from pathlib import Path

from backstory.journal import open_journal
from backstory.web.bounded import Plain, Progress, Tell

SEED = 1


def do(location: str, tell: Tell, path: str, shown: Mapping[str, str]) -> Plain:
    """path: the new journal, never the person's own (`location`); shown: language and theme, as the person has them."""
    from backstory.journal.demo import live_a_year

    tell(Progress(0, 1))
    with open_journal(path) as journal:
        _, files = live_a_year(journal, Path(path).parent, SEED)
        if shown:
            journal.store.set_profile(shown, journal.clock())
    return {"new_sets": sum(file.new_sets for file in files), "check_ins": sum(file.check_ins for file in files)}

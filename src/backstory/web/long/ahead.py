"""Half a year by the plan, simulated on copies of the journal."""

from pathlib import Path

from backstory.journal import open_journal
from backstory.web.bounded import Plain, Progress, Tell


def do(location: str, tell: Tell, folder: str, weeks: int) -> Plain:
    """folder: for the copies; it goes with the job. stamp: of the journal that it holds for. InputError, NotEnough."""
    from backstory.journal.ahead import ahead

    with open_journal(location) as journal:
        stamp = journal.stamp()
        told = ahead(journal, Path(folder), weeks, progress=lambda done, of: tell(Progress(done, of)))
    return {"stamp": stamp, "told": told}

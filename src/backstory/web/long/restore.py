"""An export back into an empty journal."""

from pathlib import Path

from backstory.journal import open_journal
from backstory.journal.keeping import restore
from backstory.web.bounded import Plain, Progress, Tell


def do(location: str, tell: Tell, path: str, called: str) -> Plain:
    """All of it or nothing; rows a table. Raises InputError, JournalError."""
    tell(Progress(0, 1, called))
    with open_journal(location) as journal, Path(path).open("rb") as source:
        return {"rows": restore(journal, source)}

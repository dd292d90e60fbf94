"""The page for a doctor or trainer, as a file's bytes."""

from pathlib import PurePath

from backstory.journal import Journal


def make(journal: Journal, kind: str, paper: str) -> bytes:
    """A PDF or an HTML page. Raises InputError for a kind or paper that there is not."""
    from backstory.journal.doctor import report_bytes

    return report_bytes(journal, PurePath(f"report.{kind}"), paper)

"""Files into the journal, one transaction each."""

from collections.abc import Sequence
from pathlib import Path

from backstory.journal import open_journal
from backstory.journal.importing import ImportedFile, found_in, import_found
from backstory.model import UnitTaken
from backstory.web.bounded import Plain, Progress, Tell


def do(location: str, tell: Tell, files: Sequence[tuple[str, str]], units: str | None = None) -> Plain:
    """files: what each is called, and where it lies. Every file that is done with is told at once."""
    found = found_in((called, Path(path)) for called, path in files)
    names = [one.path if isinstance(one, ImportedFile) else one.name for one in found]
    with open_journal(location) as journal:
        tell(Progress(0, len(found), names[0] if names else ""))
        for n, file in enumerate(import_found(journal, found, units), 1):
            part = {**file.as_json(), "unit_taken": file.unit_taken, "problems": _problems(file)}
            tell(Progress(n, len(found), names[n] if n < len(found) else "", part))
    return {}


def _problems(file: ImportedFile) -> list[Plain]:
    """Without the unit that was taken: that is a question of its own."""
    told = [problem for problem in file.problems if not isinstance(problem, UnitTaken)]
    return [{"line": problem.line, "message": problem.message} for problem in told]

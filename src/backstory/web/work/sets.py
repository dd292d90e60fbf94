"""Each set of a day with what it did to the low back, beside the hardest of a usual training day."""

from datetime import date
from typing import Any

from backstory.journal import Journal


def make(journal: Journal, day: str) -> dict[str, Any]:
    """`sets` as the command line gives them, and `usual_nm`. Raises NotEnough where the day has none."""
    from backstory.journal.loading import usual_peak_nm
    from backstory.journal.reporting import sets_of_day

    return {"sets": sets_of_day(journal, date.fromisoformat(day)), "usual_nm": usual_peak_nm(journal)}

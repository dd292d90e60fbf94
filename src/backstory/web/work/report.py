"""The page for a doctor or trainer, as values."""

from datetime import timedelta
from math import isnan
from typing import Any

from backstory.journal import Journal


def make(journal: Journal) -> dict[str, Any]:
    """`sections`, and `weeks` with mean pain, mornings scored, load and days known; None = not known."""
    from backstory.journal.doctor import doctor_page

    page = doctor_page(journal)
    size = len(page.pain) // len(page.weeks)
    weeks = []
    for n, week in enumerate(page.weeks):
        scores = [score for score in page.pain[size * n : size * (n + 1)] if not isnan(score)]
        weeks.append({
            "from": (page.first + timedelta(days=size * n)).isoformat(), "scored": len(scores),
            "pain": sum(scores) / len(scores) if scores else None,
            "load": week.load if week.days_known else None, "days_known": week.days_known,
        })  # fmt: skip
    return {
        "first": page.first.isoformat(), "last": page.last.isoformat(), "load_label": page.load_label, "weeks": weeks,
        "sections": [
            {"heading": one.heading, "lines": list(one.lines), "urgent": one.urgent} for one in page.sections
        ],
        "footer": list(page.footer),
    }  # fmt: skip

"""A verdict that an update of the program changed is said to have been; so the last answer is kept."""

from datetime import UTC, date, datetime
from hashlib import sha256

from backstory.journal.answered import NO_UPDATE, Report
from backstory.journal.opening import Journal
from backstory.model import PastAnswer


def noted(journal: Journal, report: Report, exposure: str, log_ends: date | None) -> str:
    """Keep this answer where it differs from the last one; a sentence where that one had another verdict under an older
    version of the program.
    """
    pain = report.main.days[report.main.outcome]
    scores = pain.dropna().to_csv(float_format="%.9g") + str(log_ends)
    now = PastAnswer(
        datetime.now(UTC), exposure, report.verdict, report.versions, sha256(scores.encode()).hexdigest()[:16]
    )
    last = journal.store.last_answer(exposure)
    if last is None or _what(last) != _what(now):
        journal.store.save_answer(now)
    return NO_UPDATE if last is None else change(last, now)


def change(last: PastAnswer, now: PastAnswer) -> str:
    """What an update did to the verdict, as a sentence; "" where it did nothing."""
    newer = [f"{name} {last.versions.get(name)} to {new}" for name, new in now.versions.items()
             if last.versions.get(name) != new]  # fmt: skip
    if not newer or last.verdict == now.verdict:
        return NO_UPDATE
    why = "The days are the same" if last.fingerprint == now.fingerprint else "There are new days, too"
    return f"An update changed the answer from “{last.verdict}” to “{now.verdict}” ({', '.join(newer)}). {why}."


def _what(answer: PastAnswer) -> tuple[object, ...]:
    return answer.verdict, dict(answer.versions), answer.fingerprint

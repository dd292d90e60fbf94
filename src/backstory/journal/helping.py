"""Get help first: the questions asked, the answers kept, what is open, and when to ask again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from backstory.days import morning_scores
from backstory.errors import InputError, NotEnough
from backstory.journal.opening import Journal
from backstory.journal.recorded import Entry, recorded, remove
from backstory.model import EARLIEST_DAY
from backstory.questions.help_first import Judgement, judge, load_help, read_answers
from backstory.questions.help_history import (
    JUMP_AGAINST_DAYS,
    Asked,
    Standing,
    due,
    open_flags,
    standing,
    still_open,
    visited,
)
from backstory.questions.help_screens import Screen, picked, screens
from backstory.questions.studies import KNOWN

__all__ = [
    "Screen", "Told", "answered_today", "asks_for_a_doctor", "due_now", "judge", "last", "note", "picked",
    "question_texts", "read_answers", "screens", "stands", "take_back", "told", "would_stand",
]  # fmt: skip
LOOKED_AT = timedelta(days=JUMP_AGAINST_DAYS + 1)  # before the last asking; an evening stands for the next morning
KIND = "help-first"  # among what was recorded
NEVER_ANSWERED = 'No question was answered yet: give --answers FILE.json, such as {"RF01": true}, or ask on a terminal.'


@dataclass(frozen=True, slots=True)
class Told:
    """What is said back: a judgement, when questions were last answered, and what is open since when."""

    judgement: Judgement
    asked_on: date | None = None
    open: Mapping[str, date] | None = None

    @property
    def open_flags(self) -> list[dict[str, str]]:
        """What only a visit ends: id, since, noted."""
        known, flags = load_help().questions, self.open or {}
        return [{"id": key, "since": day.isoformat(), "noted": known[key].noted} for key, day in flags.items()]

    @property
    def sources(self) -> list[dict[str, str]]:
        """Who says that what was noted matters, and how that is known."""
        return [
            {"id": question.id, "source": question.source, "known": KNOWN[question.known]}
            for question in load_help().questions.values()
            if question.told in self.judgement.because
        ]

    @property
    def noted(self) -> list[dict[str, str | None]]:
        """Every sign that was noted or is open: noted, since (None = noted last), source, known."""
        known, since, at = load_help().questions, self.open or {}, self.asked_on
        there = [q for q in known.values() if q.told in self.judgement.because or q.id in since]
        return [
            {
                "id": q.id, "noted": q.noted, "source": q.source, "known": KNOWN[q.known],
                "since": since[q.id].isoformat() if since.get(q.id, at) != at else None,
            }
            for q in there
        ]  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The contract's keys first."""
        values = {**asdict(self.judgement), "asked_on": self.asked_on.isoformat() if self.asked_on else None}
        return {**values, "open": self.open_flags, "sources": self.sources}


def note(journal: Journal, answers: Mapping[str, bool], seen_on: date | None = None) -> Told:
    """Keep answers, or the day of a visit, or both; what they ask for. Raises InputError, NotEnough.

    The judgement is of the answers alone; its text names what is still open from before. Without answers it is that of
    what is open.
    """
    judged, before = judge(answers), _history(journal)
    asked = Asked(journal.today(), answers, seen_on)
    if seen_on is not None:
        _check_visit(journal, before, asked)
    if answers or seen_on is not None:
        journal.store.save_help_first(answers, seen_on, journal.clock())
        before = [*before, asked]
    now = standing(before)
    if not answers:
        return Told(now.judgement, now.asked_on, now.open) if seen_on else Told(judged, now.asked_on, now.open)
    told = Judgement(judged.urgency, judged.because, f"{judged.text} {_more(judged, now, seen_on)}".strip())
    return Told(told, now.asked_on, now.open)


def _more(judged: Judgement, now: Standing, seen_on: date | None) -> str:
    """What belongs beside a judgement of today's answers: a visit that has ended them, or what is open from before."""
    if seen_on and judged.because and not now.open:
        return visited(seen_on)
    return "" if judged.urgency == "emergency" else still_open(judged, now)


def last(journal: Journal) -> Told:
    """What was answered last and is still open. Raises InputError where no question was answered yet."""
    now = told(journal)
    if now.asked_on is None:
        raise InputError(NEVER_ANSWERED)
    return now


def told(journal: Journal) -> Told:
    """What was answered last and is still open; of questions that were never answered, too."""
    now = stands(journal)
    return Told(now.judgement, now.asked_on, now.open)


def answered_today(journal: Journal) -> dict[str, bool]:
    """The last answers of today; {} = there are none."""
    given = [asked.answers for asked in _history(journal) if asked.answers and asked.day == journal.today()]
    return dict(given[-1]) if given else {}


def take_back(journal: Journal) -> None:
    """Remove what was answered last today, such as a box ticked by mistake. Raises NotEnough where nothing was."""
    there = recorded(journal, kind=KIND).entries
    of_today = [one for one in there if one.day == journal.today() and one.values["answers"]]
    if not of_today:
        raise NotEnough("Nothing was answered today that could be taken back.")
    remove(journal, of_today[0].id)


def stands(journal: Journal) -> Standing:
    """What is open now, and what that asks for."""
    return standing(_history(journal))


def would_stand(journal: Journal, entry: Entry, values: Mapping[str, Any] | None) -> Standing:
    """How things would stand with other `answers` or `seen_on` in an entry, None = without it. Nothing is changed.

    Raises InputError for answers that cannot be.
    """
    history = []
    for row, asked in zip(journal.store.help_first(), _history(journal), strict=True):
        if row.asked_at != entry.values["asked_at"]:
            history.append(asked)
        elif values is not None:
            history.append(replace(asked, **values))
    for asked in history:
        judge(asked.answers)
    return standing(history)


def question_texts() -> dict[str, str]:
    """Every question by its id."""
    return {key: one.question for key, one in load_help().questions.items()}


def asks_for_a_doctor(journal: Journal) -> bool:
    """Whether something is open that asks for a doctor: then no plan is made, or an easy one."""
    return stands(journal).judgement.plan != "usual"


def due_now(journal: Journal) -> str | None:
    """Why the questions should be asked now, in words; None = they need not be."""
    asked_on = stands(journal).asked_on
    if asked_on is None:
        return due(None, {}, journal.today())
    recent = [one for one in journal.store.check_ins() if one.day >= asked_on - LOOKED_AT]
    return due(asked_on, {day: score.pain for day, score in morning_scores(recent).items()}, journal.today())


def _history(journal: Journal) -> list[Asked]:
    """What was answered, by the person's local days."""
    return [Asked(row.asked_at.astimezone().date(), row.answers, row.seen_on) for row in journal.store.help_first()]


def _check_visit(journal: Journal, before: list[Asked], asked: Asked) -> None:
    """Raise for a visit that cannot be, or that ends nothing."""
    assert asked.seen_on is not None
    if not EARLIEST_DAY <= asked.seen_on <= journal.today():
        raise InputError(f"A visit lies between 1970 and today, not on {asked.seen_on.isoformat()}.")
    there = open_flags(before)
    if asked.answers:
        return
    if not there:
        raise NotEnough("Nothing is open that a visit could end.")
    if open_flags([*before, asked]) == there:
        since = max(there.values()).isoformat()
        raise InputError(f"What is open is newer than that visit; it ends with one from {since} on.")

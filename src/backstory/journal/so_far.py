"""The first weeks of check-ins: a calendar that claims nothing, then how mornings vary and how long an answer takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from backstory.days import morning_scores
from backstory.days.table import LONGEST_BREAK
from backstory.journal import rhythm
from backstory.journal.opening import Journal
from backstory.load import Weighed, monday
from backstory.load.daily import minutes

CALENDAR_FROM, VARIABILITY_FROM = 7, 14  # days from the first score on
LEAST_SCORES = 7  # for a word on how mornings vary
LONGEST_SILENCE = timedelta(days=180)  # as in `answering`, which loads what this need not wait for
FIRST_LOOK = rhythm.ENOUGH_SCORES
CALENDAR_WEEKS = 4
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day: that morning's score, and what was trained on it; None = not known, 0 = known to be none.

    unlogged: the person trained, and no log says what.
    """

    day: date
    pain: float | None
    sets: int | None
    minutes: float | None
    unlogged: bool = False


@dataclass(frozen=True, slots=True)
class SoFar:
    """Where somebody stands before the first look.

    day: counted from the first score, None = there is none; varies: lowest, middle and highest score, and the usual
    step from one morning to the next; until_an_answer: how long it takes, in sentences.
    """

    weekly: bool
    day: int | None = None
    scores: int = 0
    calendar: tuple[CalendarDay, ...] = ()
    varies: tuple[float, float, float, float | None] | None = None
    until_an_answer: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether `backstory answer` can be asked."""
        return self.scores >= FIRST_LOOK

    def as_json(self) -> dict[str, Any]:
        names = ("lowest", "middle", "highest", "usual_step")
        return {
            "rhythm": rhythm.WEEKLY if self.weekly else rhythm.DAILY,
            "day": self.day,
            "scores": self.scores,
            "calendar": [
                {"date": one.day.isoformat(), "pain": one.pain, "sets": one.sets, "minutes": one.minutes}
                for one in self.calendar
            ],
            "variability": dict(zip(names, self.varies, strict=True)) if self.varies else None,
            "until_an_answer": list(self.until_an_answer),
            "next": "backstory answer" if self.enough and not self.weekly else None,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """How many scored mornings there are, and how many are missing until an answer; of who is asked weekly none are."""

    weekly: bool
    scores: int
    missing: int


def standing(journal: Journal) -> Standing:
    """How far it is to an answer, by scores alone."""
    scores = _present({day: score.pain for day, score in morning_scores(journal.store.check_ins()).items()})
    weekly = rhythm.is_weekly(journal)
    return Standing(weekly, len(scores), 0 if weekly else max(0, FIRST_LOOK - len(scores)))


def so_far(journal: Journal, log: Sequence[Weighed]) -> SoFar:
    """What can be said today. Who is asked weekly gets neither a calendar nor a way to an answer."""
    if rhythm.is_weekly(journal):
        return SoFar(weekly=True)
    scores = _present({day: score.pain for day, score in morning_scores(journal.store.check_ins()).items()})
    today = journal.today()
    if not scores:
        return SoFar(weekly=False)
    day, count = (today - min(scores)).days + 1, len(scores)
    first = max(min(scores), monday(today) - (CALENDAR_WEEKS - 1) * 7 * DAY)
    if count >= FIRST_LOOK or day < CALENDAR_FROM or max(scores) < first:
        return SoFar(False, day, count)
    calendar = _calendar(journal, log, scores, first)
    if day < VARIABILITY_FROM:
        return SoFar(False, day, count, calendar)
    return SoFar(False, day, count, calendar, _varies(scores), _until_an_answer(journal, log))


def _present(scores: Mapping[date, float]) -> dict[date, float]:
    """Scores after the last half year without any: those that an answer would take."""
    days = sorted(scores)
    begins = [later for earlier, later in pairwise(days) if later - earlier > LONGEST_SILENCE]
    return {day: scores[day] for day in days if not begins or day >= begins[-1]}


def _calendar(
    journal: Journal, log: Sequence[Weighed], scores: Mapping[date, float], first: date
) -> tuple[CalendarDay, ...]:
    """Every day from `first` to today."""
    said = {check_in.day: check_in.trained for check_in in journal.store.check_ins() if check_in.trained}
    done = [(item.day, len(item.session.sets), minutes(item)) for item in log if item.day >= first - LONGEST_BREAK]
    logged = sorted({day for day, _, _ in done})
    rested = {day for day, word in said.items() if word == "no"}
    for earlier, later in pairwise(logged):
        if later - earlier <= LONGEST_BREAK:
            rested |= {earlier + n * DAY for n in range(1, (later - earlier).days)}
    found = []
    for n in range((max(journal.today(), *scores) - first).days + 1):
        day = first + n * DAY
        known = day in logged or (day in rested and said.get(day) not in ("yes", "not-logged"))
        sets = sum(count for on, count, _ in done if on == day) if known else None
        time = sum(length for on, _, length in done if on == day) if known else None
        found.append(CalendarDay(day, scores.get(day), sets, time, not known and said.get(day, "no") != "no"))
    return tuple(found)


def _varies(scores: Mapping[date, float]) -> tuple[float, float, float, float | None] | None:
    if len(scores) < LEAST_SCORES:
        return None
    steps = [abs(scores[day] - scores[day - DAY]) for day in scores if day - DAY in scores]
    values = list(scores.values())
    return min(values), median(values), max(values), median(steps) if steps else None


def _until_an_answer(journal: Journal, log: Sequence[Weighed]) -> tuple[str, ...]:
    """What an answer still takes, and what could be found by when; nothing is kept, since nothing was asked."""
    from backstory import cause
    from backstory.journal.answering import MAIN, WITHOUT_SETS, around_scores
    from backstory.journal.loading import day_table

    table = around_scores(day_table(journal, log).table)
    asked = MAIN if (table[MAIN] > 0).any() or not (table[WITHOUT_SETS] > 0).any() else WITHOUT_SETS
    found = cause.explain(table, exposures=[asked])
    return tuple(found.findings.splitlines()) if found.missing else ()

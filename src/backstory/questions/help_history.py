"""What was answered so far: which signs are still open, what they ask for now, and when to ask again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean

from backstory.questions.help_first import STILL_OPEN, URGENCIES, Judgement, judge, load_help

ASK_AGAIN_AFTER = timedelta(days=30)  # judgement
VISIT_BEFORE = timedelta(days=42)  # judgement
JUMP = 2.0  # points on 0-10, the change that people notice (Ostelo et al. 2008, Spine 33:90)
JUMP_AGAINST_DAYS = 14  # judgement
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said on one day: answers by question, and the day of a visit that was told; either may be missing."""

    day: date
    answers: Mapping[str, bool]
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: when questions were last answered, what is open and since when, and what that asks for."""

    asked_on: date | None
    open: Mapping[str, date]
    judgement: Judgement


def open_flags(history: Iterable[Asked]) -> dict[str, date]:
    """Signs that were noted and not looked at since, by question, with the day on which they were noted.

    A later "no" ends nothing; a visit does, on the day that a sign was noted or later. For signs that are no emergency
    a visit of the six weeks before counts too, unless the sign was answered "no" since then or had ended with a visit:
    then it is new. history: oldest first.
    """
    noted: dict[str, date] = {}
    not_there: dict[str, date] = {}  # the last day before which a yes that comes later cannot have been looked at
    for asked in history:
        for key, yes in asked.answers.items():
            if yes:
                noted.setdefault(key, asked.day)
            elif key not in noted:
                not_there[key] = asked.day
        for key in _looked_at(asked.seen_on, noted, not_there):
            del noted[key]
            not_there[key] = asked.day
    return {key: noted[key] for key in load_help().questions if key in noted}


def _looked_at(seen_on: date | None, noted: Mapping[str, date], not_there: Mapping[str, date]) -> list[str]:
    if seen_on is None:
        return []
    questions = load_help().questions

    def may_have_been_there(key: str, day: date) -> bool:
        emergency = key in questions and questions[key].weight == "hard"
        return not emergency and seen_on >= day - VISIT_BEFORE and seen_on > not_there.get(key, date.min)

    return [key for key, day in noted.items() if seen_on >= day or may_have_been_there(key, day)]


def standing(history: Sequence[Asked]) -> Standing:
    """What is open, judged together with the last answers; what a visit has ended is told and not judged any more."""
    answered = [asked for asked in history if asked.answers]
    still = open_flags(history)
    known = load_help()
    last = answered[-1].answers if answered else {}
    judgement = judge({key: key in still for key in known.questions if key in last or key in still})
    visit = history[-1].seen_on if history else None
    if visit and not still and any(any(asked.answers.values()) for asked in answered):
        judgement = replace(judgement, text=judgement.text.replace(known.texts["none noted"], visited(visit)))
    return Standing(answered[-1].day if answered else None, still, judgement)


def visited(seen_on: date) -> str:
    """That a visit has ended everything that was open."""
    return load_help().texts["seen"].format(day=seen_on.isoformat())


def still_open(judged: Judgement, now: Standing) -> str:
    """A sentence on what is open from before and was not noted this time; "" where there is none."""
    known = load_help()
    before = {key: True for key in now.open if known.questions[key].told not in judged.because}
    if not before:
        return ""
    noted = "; ".join(known.questions[key].noted for key in before)
    return known.texts[STILL_OPEN[URGENCIES.index(judge(before).urgency)]].format(noted=noted)


def due(last_asked: date | None, scores: Mapping[date, float], today: date) -> str | None:
    """Why the questions should be asked now, in words; None = they need not be.

    scores: pain of the mornings, 0 to 10; an evening's stands for tomorrow's. Never asked, pain two points or more
    above the mean of the 14 days before it on a morning since then, or 30 days gone by.
    """
    if last_asked is None:
        return "Some questions come before anything else: does your back need a doctor first? They were not asked yet."
    for day in sorted((day for day in scores if last_asked < day <= today + DAY), reverse=True):
        before = [scores[day - n * DAY] for n in range(1, JUMP_AGAINST_DAYS + 1) if day - n * DAY in scores]
        if before and scores[day] >= fmean(before) + JUMP:
            return f"Your pain jumped on {day.isoformat()}. Look again at the questions on when to get help."
    if today - last_asked >= ASK_AGAIN_AFTER:
        return f"It is {(today - last_asked).days} days since you were asked whether your back needs a doctor first."
    return None

"""How the person is these days, as far as a plan must know: a flare, a back that has not settled, short nights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from statistics import fmean

DAY = timedelta(days=1)
USUAL_DAYS = 14
FLARE_RISE, FLARE_DAYS, FLARE_LOOK_BACK = 2.0, 2, 42  # R41
EASY_DAYS, EASY_SHARE, SHARE_A_SESSION, CALM = 3, 0.5, 0.1, 2.0  # R41: days 0-2; then 10-20 % a session at pain <= 2
SETTLED_WITHIN = 1.0  # R39
RED = 5.0  # R38
SHORT_NIGHT_H, POOR_NIGHT, NIGHTS, OF_NIGHTS = 7.0, 5.0, 3, 7  # R32
WORSE_BY, WORSE_DAYS, LEAST_SCORES = 2.0, 14, 5  # R42


@dataclass(frozen=True, slots=True)
class Flare:
    """since: its first day; share: of the usual load that is planned now; easy: whether it is still its first days."""

    since: date
    share: float
    easy: bool


@dataclass(frozen=True, slots=True)
class State:
    """flare: None = none; cut: the back had not settled by the morning after the last session, or hurt above 5 in it;
    hold: short or poor nights; leg: symptoms moved further down the leg with the last session; worse: pain is up for
    two weeks, or was red twice in seven days (R42: a clinician should look).
    """

    flare: Flare | None = None
    cut: bool = False
    hold: bool = False
    leg: bool = False
    worse: bool = False


@dataclass(frozen=True, slots=True)
class SessionPain:
    """What was said about a session's day: pain before, at its worst, after; leg symptoms before and after."""

    day: date
    before: float | None = None
    during: float | None = None
    after: float | None = None
    leg_before: bool | None = None
    leg_after: bool | None = None


def flare(worst: Mapping[date, float], trained: Sequence[date], today: date) -> Flare | None:
    """The flare that the person is in or coming back from (R41).

    worst: each day's worst pain; trained: days with a session. A flare begins with two days in a row on which the worst
    pain is 2 points or more above the mean of the 14 days before, and is over after the sessions that bring the load
    back.
    """
    for back in range(FLARE_LOOK_BACK):
        first = today - (back + FLARE_DAYS - 1) * DAY
        if _risen(worst, first):
            while _risen(worst, first - DAY):
                first -= DAY
            easy = (today - first).days < EASY_DAYS or worst.get(today, 0.0) > RED
            as_usual = max(CALM, _mean_before(worst, first) + SETTLED_WITHIN)
            calm = sum(first < day <= today and worst.get(day, 0.0) <= as_usual for day in trained)
            share = EASY_SHARE if easy else min(1.0, EASY_SHARE + SHARE_A_SESSION * calm)
            return None if share >= 1.0 else Flare(first, share, easy)
    return None


def _risen(worst: Mapping[date, float], first: date) -> bool:
    """Whether a flare could begin on that day."""
    days = [first + n * DAY for n in range(FLARE_DAYS)]
    return all(day in worst and worst[day] >= _mean_before(worst, first) + FLARE_RISE for day in days)


def _mean_before(worst: Mapping[date, float], first: date) -> float:
    """Of the fortnight before a day; without a score in it nothing could be above."""
    before = [worst[day] for day in (first - n * DAY for n in range(1, USUAL_DAYS + 1)) if day in worst]
    return fmean(before) if before else inf


def not_settled(mornings: Mapping[date, float], sessions: Sequence[SessionPain], trained: Sequence[date]) -> bool:
    """Whether the last session asks for less in the next one: R39 by the morning after it, R38 by its worst pain."""
    if not trained:
        return False
    last = max(trained)
    if any(one.day == last and (one.during or 0.0) > RED for one in sessions):
        return True
    usual = [mornings[day] for day in (last - n * DAY for n in range(USUAL_DAYS)) if day in mornings]
    after = mornings.get(last + DAY)
    return after is not None and bool(usual) and after > max(fmean(usual) + SETTLED_WITHIN, CALM)


def further_down(sessions: Sequence[SessionPain]) -> bool:
    """Whether leg symptoms came with the last session that says so (R40)."""
    said = [one for one in sessions if one.leg_after is not None]
    return bool(said) and bool(said[-1].leg_after) and said[-1].leg_before is not True


def short_nights(hours: Mapping[date, float], quality: Mapping[date, float], today: date) -> bool:
    """Less than 7 hours, or a quality below 5, on three or more of seven nights (R32)."""
    week = [today - n * DAY for n in range(OF_NIGHTS)]
    bad = sum(
        hours.get(day, SHORT_NIGHT_H) < SHORT_NIGHT_H or quality.get(day, POOR_NIGHT) < POOR_NIGHT for day in week
    )
    return bad >= NIGHTS


def getting_worse(worst: Mapping[date, float], sessions: Sequence[SessionPain], today: date) -> bool:
    """Pain 2 points up over two weeks, or red in two sessions of seven days (R42)."""
    red = sum((one.during or 0.0) > RED and (today - one.day).days < OF_NIGHTS for one in sessions)
    recent = [worst[day] for day in (today - n * DAY for n in range(WORSE_DAYS)) if day in worst]
    earlier = [worst[day] for day in (today - n * DAY for n in range(WORSE_DAYS, 3 * WORSE_DAYS)) if day in worst]
    enough = min(len(recent), len(earlier)) >= LEAST_SCORES
    return red >= 2 or (enough and fmean(recent) >= fmean(earlier) + WORSE_BY)

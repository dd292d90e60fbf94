"""The self-trial's plain rules: the schedule, who had better not begin, when it ends by itself, whether it was kept.

A trial's days are numbered from 1; the score of a morning comes before what its day asks for.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from statistics import fmean, median

from backstory.model import ARM_LETTERS, Trial

FIRST_VERDICT_DAY = 56
MOST_PAIN = 5.0  # points; more, and a trial does not begin
RECENT = timedelta(days=3)  # how old the last score may be
FLARE_RISE, FLARE_DAYS, FLARE_BEFORE = 2.0, 2, 14
STOP_RISE, STOP_DAYS = 2.0, 3
USUAL_OVER = timedelta(days=28)
ADULT = 18
DAY = timedelta(days=1)


def draw_schedule(days: int, block_days: int, seed: int) -> str:
    """A letter a day: blocks in pairs, each pair holding A and B in an order that a coin decides.

    So never more than two equal blocks come together; the last pair is cut where the days end.

    >>> draw_schedule(56, 4, 1)[:16]
    'AAAABBBBBBBBAAAA'
    """
    coin = Random(seed)
    order = ""
    while len(order) < days:
        pair = ARM_LETTERS if coin.random() < 0.5 else ARM_LETTERS[::-1]
        order += pair[0] * block_days + pair[1] * block_days
    return order[:days]


def latest_score(scores: Mapping[date, float], today: date) -> float | None:
    """The last morning's score; None where it is older than three days."""
    recent = _recent(scores, today)
    return scores[recent[-1]] if recent else None


def _recent(scores: Mapping[date, float], today: date) -> list[date]:
    """Scored mornings of the last three days, in order; this evening's score stands for tomorrow's."""
    return sorted(day for day in scores if today - RECENT <= day <= today + DAY)


def in_a_flare(scores: Mapping[date, float], today: date) -> bool:
    """Whether pain lay two points or more above the mean of the 14 days before, on the last two scored mornings.

    They must lie in the last three days. Without any score in the 14 days before them there is no telling, and the
    answer is no. (Rule R41 of the collected evidence: a convention, not a finding.)
    """
    last = _recent(scores, today)[-FLARE_DAYS:]
    if len(last) < FLARE_DAYS:
        return False
    before = [scores[day] for day in scores if last[0] - FLARE_BEFORE * DAY <= day < last[0]]
    return bool(before) and all(scores[day] >= fmean(before) + FLARE_RISE for day in last)


def usual_pain(scores: Mapping[date, float], starts: date) -> float | None:
    """The median morning of the 28 days before the start; the last three days' latest where only that is known."""
    before = [pain for day, pain in scores.items() if starts - USUAL_OVER <= day < starts]
    return float(median(before)) if before else latest_score(scores, starts)


def is_adult(birth_year: int, today: date) -> bool:
    """Whether somebody is 18 for certain: whose birthday may still come this year counts as a year younger."""
    return today.year - birth_year > ADULT


def stop_day(trial: Trial, scores: Mapping[date, float]) -> date | None:
    """The third day in a row with pain two points or more above the usual, within the trial; None = there is none."""
    row = 0
    for number in range(trial.days):
        day = trial.starts + number * DAY
        high = scores.get(day, -1.0) >= trial.usual_pain + STOP_RISE
        row = row + 1 if high else 0
        if row == STOP_DAYS:
            return day
    return None


def scores_of(trial: Trial, scores: Mapping[date, float], today: date) -> list[float | None]:
    """The mornings of the trial that lie behind, oldest first: up to its end, today included; None = no score."""
    until = min(trial.last_day, today, trial.ended_on or today)
    return [scores.get(trial.starts + n * DAY) for n in range((until - trial.starts).days + 1)]


def is_complete(trial: Trial, today: date) -> bool:
    """Whether it went as far as it was to go: to its last morning, or to where the stop rule ended it.

    Who ended it by hand may have looked at the scores before, so that this is only one more early look.
    """
    return trial.ended_because == "pain" or (trial.ended_on or today) >= trial.last_day


def kept(trial: Trial, measured: Mapping[date, float], today: date) -> dict[str, tuple[int, int]]:
    """By arm: days on which the log agrees with what they were to be, of the days that it can tell."""
    counts = {letter: [0, 0] for letter in ARM_LETTERS}
    for day, value in measured.items():
        letter = trial.letter_on(day) if day <= today else None
        if letter is None:
            continue
        arm, count = trial.arm_of(letter), counts[letter]
        count[0] += (arm.low is None or value >= arm.low) and (arm.high is None or value <= arm.high)
        count[1] += 1
    return {letter: (agreed, told) for letter, (agreed, told) in counts.items()}


def thirds(values: Sequence[float]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """From-to of the upper and of the lower third of a person's own values, each never beyond the largest and smallest.

    None where the thirds would meet: then there is nothing to tell apart.
    """
    ordered = sorted(values)
    size = len(ordered) // 3
    if not size or ordered[size - 1] >= ordered[-size]:
        return None
    return (ordered[-size], ordered[-1]), (ordered[0], ordered[size - 1])

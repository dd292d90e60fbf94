"""A self-trial in words: the table before it, what today is, and what came out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from backstory.cause.trial import FIRST_VERDICT_DAY, STOP_DAYS, STOP_RISE
from backstory.cause.trial_analysis import LEAST_SCORED, TrialResult
from backstory.cause.trial_design import DesignCell, Variability
from backstory.cause.verdicts import BETTER, TOO_LITTLE, WORSE
from backstory.model import ARM_LETTERS, Trial


def on(day: date) -> str:
    """A day as a person writes it."""
    return f"{day.day} {day:%b %Y}"


def tell_variability(person: Variability) -> str:
    """What the simulated trials rest on."""
    if not person.scores:
        return (
            f"There are fewer than {LEAST_SCORED} scored mornings to go by, so this is for a typical person, whose "
            f"mornings vary by {person.sd:.1f} points."
        )
    return (
        f"From your last {person.scores} scores: your mornings vary by {person.sd:.1f} points, and "
        f"{1 - person.missing:.0%} of them get a score."
    )


def tell_recommendation(found: DesignCell | None, cells: Sequence[DesignCell], worth_knowing: float) -> str:
    """What to do with the table. worth_knowing: points a morning."""
    if found is not None:
        return (
            f"Recommended: {found.weeks} weeks in blocks of {found.block_days} days. That is the shortest that finds a "
            f"difference of {_points(worth_knowing)} a morning four times of five."
        )
    reached = [cell.smallest_effect for cell in cells if cell.smallest_effect is not None]
    best = f" The best of these finds {min(reached):.1f}." if reached else ""
    return f"None of these finds a difference of {_points(worth_knowing)} a morning four times of five.{best}"


def _points(value: float) -> str:
    return f"{value:g} point{'' if value == 1 else 's'}"


def tell_day(trial: Trial, day: date) -> str:
    """What a day of a trial is."""
    if trial.ended_on is not None and day >= trial.ended_on:
        return tell_end(trial)
    number = trial.day_number(day)
    if number < 1:
        return f"The trial begins on {on(trial.starts)}."
    letter = trial.letter_on(day)
    if letter is None:
        return f"The trial is over: its last day was {on(trial.last_day)}. What came out: backstory trial answer"
    arm, blocks = trial.arm_of(letter), -(-trial.days // trial.block_days)
    block, within = divmod(number - 1, trial.block_days)
    return (
        f"Day {number} of {trial.days} (block {block + 1} of {blocks}, its day {within + 1}): {arm.name}.\n{arm.text}\n"
        f"Within your usual: {trial.usual_range}\nA missed day is fine: nothing is made up for, the plan goes on."
    )


def tell_end(trial: Trial) -> str:
    """Why a trial ended before its time. It must have."""
    assert trial.ended_on is not None
    number = trial.day_number(trial.ended_on)
    if trial.ended_because == "pain":
        return (
            f"The trial ended on day {number}, {on(trial.ended_on)}: your back hurt {STOP_RISE:g} points or more above "
            f"your usual {trial.usual_pain:g} on {STOP_DAYS} days in a row. That is what the rule is for, and nothing "
            "went wrong: go easy for some days, and have it looked at if it does not settle. You can start another "
            "trial when it has."
        )
    return f"You ended the trial on day {number}, {on(trial.ended_on)}. What was recorded stays in your journal."


def tell_answer(trial: Trial, result: TrialResult, complete: bool) -> str:
    """What a trial says, in a few sentences."""
    if result.mornings < FIRST_VERDICT_DAY:
        return _too_early(trial, result)
    if result.verdict == TOO_LITTLE or result.lo90 is None or result.hi90 is None:
        if result.scored < LEAST_SCORED:
            return f"No verdict: it takes {LEAST_SCORED} scored mornings, and there are {result.scored}."
        return "No verdict: every score is the same."
    return "\n".join([_difference(trial, result), _orders(result), *([] if complete else [_early(trial, result)])])


def _too_early(trial: Trial, result: TrialResult) -> str:
    if trial.ended_on is not None:
        return f"{tell_end(trial)} There is no verdict: it takes {FIRST_VERDICT_DAY} days."
    first = trial.starts + timedelta(days=FIRST_VERDICT_DAY - 1)
    return (
        f"There is no verdict before day {FIRST_VERDICT_DAY}, which is {on(first)}; so far there are {result.mornings} "
        f"days, {result.scored} of them scored. Half a trial mostly shows what chance did."
    )


def _difference(trial: Trial, result: TrialResult) -> str:
    points, low, high = result.points_per_morning or 0.0, result.lo90 or 0.0, result.hi90 or 0.0
    a, b = (f"“{arm.name}”" for arm in trial.arms)
    if result.verdict in (WORSE, BETTER):
        more = "more" if result.verdict == WORSE else "less"
        near, far = sorted((abs(low), abs(high)))
        return (
            f"After days of {a} your back hurt {more} than after days of {b}: about {abs(points):.1f} points a morning "
            f"({near:.1f} to {far:.1f})."
        )
    return (
        f"No clear difference between {a} and {b}: {points:+.1f} points a morning, and anything from {low:+.1f} to "
        f"{high:+.1f} fits your scores (+ is more pain with {a})."
    )


def _orders(result: TrialResult) -> str:
    count, of = result.as_strong or 0, result.orders or 1
    looks, too = ("looks", "only your own") if count == 1 else ("look", "your own among them")
    return (
        f"Of {of:,} orders in which the coins could have put the blocks, {count:,} {looks} at least as clear as yours, "
        f"{too} ({count / of:.1%})."
    )


def _early(trial: Trial, result: TrialResult) -> str:
    if trial.ended_on is not None:
        return "The trial ended before its time, so only something very clear is claimed."
    return (
        f"This is an early look, on day {result.mornings} of {trial.days}: only something very clear is claimed now. "
        f"The trial's answer comes on {on(trial.last_day)}."
    )


def tell_kept(trial: Trial, kept: Mapping[str, tuple[int, int]]) -> str:
    """How often the log agrees with the plan; said, not used."""
    parts = [f"{kept[x][0]} of {kept[x][1]} days with “{trial.arm_of(x).name}”" for x in ARM_LETTERS if kept[x][1]]
    if not parts:
        return "Your log cannot tell whether the plan was kept. Every day counts as what it was to be."
    agrees = " and on ".join(parts)
    return f"Your log agrees with the plan on {agrees}. Every day counts as what it was to be, kept or not."

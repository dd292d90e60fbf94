"""What a self-trial's report says, as words by name: the report itself is data, one entry an item of CENT 2015."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from backstory.cause.trial import FIRST_VERDICT_DAY, MOST_PAIN, STOP_DAYS, STOP_RISE
from backstory.cause.trial_analysis import EARLY_LOOK, LAST_LOOK, ONLY_LOOK, VERSION, TrialResult
from backstory.cause.trial_model import DECAY, LAGS, TAU
from backstory.cause.trial_telling import on, tell_answer, tell_end, tell_kept
from backstory.model import ARM_LETTERS, Trial


@dataclass(frozen=True, slots=True)
class Reported:
    """A trial as far as it has come. scores: its mornings so far, None = not scored; kept: as `trial.kept` counts;
    recalled: scores that were entered late.
    """

    trial: Trial
    result: TrialResult
    complete: bool
    scores: Sequence[float | None]
    kept: Mapping[str, tuple[int, int]]
    recalled: int


def report_words(reported: Reported) -> dict[str, str]:
    """Every word that the report's entries ask for, but the question's background and the program's version."""
    return _plan(reported.trial) | _methods(reported.trial) | _course(reported) | _outcome(reported)


def _plan(trial: Trial) -> dict[str, str]:
    a, b = trial.arms
    size = trial.block_days
    smallest = trial.smallest_effect
    return {
        "Title": trial.title[:1].upper() + trial.title[1:],
        "a": a.name, "b": b.name, "a_text": a.text, "b_text": b.text, "usual_range": trial.usual_range,
        "blocks": str(_block_count(trial)), "block_days": str(size), "days": str(trial.days), "seed": str(trial.seed),
        "told": "; ".join(trial.told) or "nothing", "usual_pain": f"{trial.usual_pain:g}",
        "smallest_effect": "out of reach" if smallest is None else f"{smallest:.1f}",
        "worth_knowing": f"{trial.worth_knowing:g}",
        "sequence": " ".join(trial.schedule[at : at + size] for at in range(0, trial.days, size)),
        "started_at": f"{trial.started_at:%Y-%m-%d %H:%M} UTC",
    }  # fmt: skip


def _methods(trial: Trial) -> dict[str, str]:
    last = LAST_LOOK if trial.days > FIRST_VERDICT_DAY else ONLY_LOOK
    return {
        "first_verdict_day": str(FIRST_VERDICT_DAY), "early_look": f"{EARLY_LOOK:.1%}", "last_look": f"{last:.1%}",
        "stop_rise": f"{STOP_RISE:g}", "stop_days": str(STOP_DAYS), "most_pain": f"{MOST_PAIN:g}",
        "lags": str(LAGS), "tau": f"{TAU:g}", "decay": ", ".join(f"{value:g}" for value in DECAY), "version": VERSION,
    }  # fmt: skip


def _course(reported: Reported) -> dict[str, str]:
    trial, result = reported.trial, reported.result
    whole = sum(last <= len(reported.scores) for _, _, last, _ in _blocks(trial, reported.scores))
    goes_on = "It went on to its planned end." if reported.complete else "It is still going on."
    by_pain = trial.ended_because == "pain"
    return {
        "whole_blocks": str(whole), "kept": tell_kept(trial, reported.kept), "recalled": str(reported.recalled),
        "unscored": str(result.mornings - result.scored), "mornings": str(result.mornings),
        "scored": str(result.scored), "dates": f"{on(trial.starts)} to {on(trial.ended_on or trial.last_day)}.",
        "why_ended": goes_on if trial.ended_on is None else tell_end(trial),
        "stop_rule": "it ended the trial" if by_pain else "not met",
    }  # fmt: skip


def _outcome(reported: Reported) -> dict[str, str]:
    trial, result, scores = reported.trial, reported.result, reported.scores
    answer = tell_answer(trial, result, reported.complete)
    blocks = _blocks(trial, scores)
    after = {x: sum(len(row) for letter, _, _, row in blocks if letter == x) for x in ARM_LETTERS}
    high = sum(score is not None and score >= trial.usual_pain + STOP_RISE for score in scores)
    return {
        "answer": answer.replace("\n", " "), "interpretation": answer.split("\n")[0],
        "after_a": str(after["A"]), "after_b": str(after["B"]), "high": str(high),
        "block_outcomes": "\n".join(_block_line(*block) for block in blocks) or "None yet.",
        "estimate": _estimate(result),
    }  # fmt: skip


def _block_count(trial: Trial) -> int:
    return -(-trial.days // trial.block_days)


def _blocks(trial: Trial, scores: Sequence[float | None]) -> list[tuple[str, int, int, list[float]]]:
    """Letter, first day, last day, and the scores of the mornings after those days, of each block that has begun."""
    found = []
    for first in range(1, min(len(scores), trial.days) + 1, trial.block_days):
        last = min(first + trial.block_days - 1, trial.days)
        after = [score for score in scores[first : last + 1] if score is not None]
        found.append((trial.schedule[first - 1], first, last, after))
    return found


def _block_line(letter: str, first: int, last: int, scores: list[float]) -> str:
    mean = f", mean {fmean(scores):.1f}" if scores else ""
    return f"- days {first} to {last}, {letter}: {len(scores)} mornings scored{mean}"


def _estimate(result: TrialResult) -> str:
    if result.mornings < FIRST_VERDICT_DAY or result.lo90 is None:
        return "Not given before there is a verdict."
    return (
        f"A less B: {result.points_per_morning:+.2f} points a morning (90 % band {result.lo90:+.2f} to "
        f"{result.hi90:+.2f}); {result.as_strong} of {result.orders} orders look at least as clear as the real one; "
        f"verdict: {result.verdict}."
    )

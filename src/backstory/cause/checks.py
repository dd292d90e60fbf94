"""Checks that travel with an answer: one function each; to add one, write it and put it into CHECKS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

LEAST_SCORED_SHARE, LEAST_KNOWN_SHARE = 0.5, 0.7
TRAINING_SHARE = (0.05, 0.95)
FEW = 0.1  # of the scores


@dataclass(frozen=True, slots=True)
class Check:
    """One check: passed True or False, or None where it does not apply; `text` is a sentence for the person."""

    name: str
    passed: bool | None
    text: str


def mornings_scored(days: pd.DataFrame, outcome: str, exposures: Sequence[str]) -> Check:
    """Pain that was felt and not recorded can bias the answer, so most mornings should have a score."""
    scored = days[outcome].notna()
    if not scored.any():
        return Check("mornings scored", None, "No morning has a score yet.")
    since = scored[scored].index
    share = float(scored.loc[since[0] : since[-1]].mean())
    text = f"{share:.0%} of the mornings between the first and the last score have one."
    return Check("mornings scored", share >= LEAST_SCORED_SHARE, text)


def training_known(days: pd.DataFrame, outcome: str, exposures: Sequence[str]) -> Check:
    """A day whose training is not known counts as an average one, which hides effects when there are many."""
    share = float(days[exposures[0]].notna().mean())
    text = f"The training is known on {share:.0%} of the days."
    return Check("training known", share >= LEAST_KNOWN_SHARE, text)


def enough_contrast(days: pd.DataFrame, outcome: str, exposures: Sequence[str]) -> Check:
    """Who trains every day, or hardly ever, has nothing to compare with."""
    known = days[exposures[0]].dropna()
    if known.empty:
        return Check("enough contrast", None, "No day's training is known.")
    share = float((known > 0).mean())
    text = f"{share:.0%} of the days with known training were training days."
    return Check("enough contrast", TRAINING_SHARE[0] <= share <= TRAINING_SHARE[1], text)


def one_time_of_day(mornings: int, evenings: int) -> Check:
    """Scores that blur this morning with the next cost half of an effect. mornings, evenings: numbers of scores."""
    said = f"{mornings} scores were given in the morning and {evenings} in the evening or without a time of day"
    if min(mornings, evenings) <= FEW * (mornings + evenings):
        return Check("one time of day", True, f"{said}.")
    return Check("one time of day", False, f"{said}; such a mixture can hide half of an effect. Best: every morning.")


def given_in_time(recalled: int, scores: int) -> Check:
    """Scores from memory follow what a person believes. recalled: those entered more than 36 hours late."""
    text = f"{recalled} of {scores} scores were entered more than 36 hours late."
    return Check("given in time", recalled <= FEW * scores, text)


# Checks of the days themselves; the two above need to know how the scores were given, and are called with that.
CHECKS: tuple[Callable[[pd.DataFrame, str, Sequence[str]], Check], ...] = (
    mornings_scored,
    training_known,
    enough_contrast,
)

"""The four things that can be said of an exposure, and how surprising an estimate must be for each.

A verdict asks how often an estimate this far from zero would come about if there were no effect. One look takes 2 % on
each side, a little less than the usual 2.5 %, for what a simulation does not have and a life has. Somebody who looks
each week has 26 chances in half a year, which a stricter threshold at every look makes up for. It grows with the root
of the scored mornings: strict at first, when each week is half of what is known and brings a new chance to be wrong,
and less so later (an error spent over the looks: Lan & DeMets 1983, Biometrika 70:659), up to that of a year of
mornings. WEEKLY was set by simulation, so that half a year of weekly looks brings a false claim to at most 5 % of
persons (docs/validation/answer.md). K questions share the threshold; each gets less than a K-th, since in short series
the far tails hold more than they should.
"""

import math

WORSE, BETTER, UNCLEAR, TOO_LITTLE = "worse", "better", "no clear effect", "not enough data"
ONE_LOOK, WEEKLY = 0.02, 0.0004
MOST_MORNINGS = 300  # scored: beyond, the weekly threshold grows no more
SHARING = 1.75


def threshold(questions: int, scored: int, *, weekly: bool) -> float:
    """One-sided probability below which an estimate is called an effect, for so many questions asked together, and
    mornings that have a score.

    >>> round(threshold(1, 49, weekly=True), 4), threshold(1, 49, weekly=False)
    (0.0028, 0.02)
    """
    alone = WEEKLY * math.sqrt(min(scored, MOST_MORNINGS)) if weekly else ONE_LOOK
    return float(alone / questions**SHARING)


def verdict(above: float, below: float, limit: float) -> str:
    """above, below: how often the estimate would lie this far above, or below, zero if there were no effect."""
    if min(above, below) >= limit:
        return UNCLEAR
    return WORSE if above < below else BETTER

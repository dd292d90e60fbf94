"""The four things that can be said of an exposure, and how surprising an estimate must be for each.

A verdict asks how often an estimate this far from zero would come about if there were no effect. One look takes 2 % on
each side, a little less than the usual 2.5 %, for what a simulation does not have and a life has. Somebody who looks
each week has 26 chances in half a year, which a stricter threshold at every look makes up for (constant boundary:
Pocock 1977, Biometrika 64:191); WEEKLY was set by simulation, so that half a year of weekly looks brings a false claim
to at most 5 % of persons (docs/validation/answer.md). K questions share the threshold; each gets less than a K-th,
since in short series the far tails hold more than they should.
"""

WORSE, BETTER, UNCLEAR, TOO_LITTLE = "worse", "better", "no clear effect", "not enough data"
ONE_LOOK, WEEKLY = 0.02, 0.003
SHARING = 1.5


def threshold(questions: int, *, weekly: bool) -> float:
    """One-sided probability below which an estimate is called an effect, for so many questions asked together."""
    return float((WEEKLY if weekly else ONE_LOOK) / questions**SHARING)


def verdict(above: float, below: float, limit: float) -> str:
    """above, below: how often the estimate would lie this far above, or below, zero if there were no effect."""
    if min(above, below) >= limit:
        return UNCLEAR
    return WORSE if above < below else BETTER

"""Found, ruled out, still open: what the band leaves possible on each morning, and how long it may take to know.

What the scores tell grows about in proportion to their number, so that after n of them, n0 being those so far, a band
of standard error s0 has s = s0 sqrt(n0 / n). The estimate moves meanwhile: seen from today it is N(x, s0^2 - s^2), as a
posterior mean is a martingale. A question is settled where the estimate lies beyond z s (found; z: standard errors that
the verdict's threshold asks for), or so near zero that its band holds zero and nothing worth knowing (ruled out). The
weeks that are told are those until it is as likely as not settled.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from backstory.cause.estimating import TAKEN_FOR_PAIN
from backstory.cause.finding import Finding
from backstory.cause.memory import Array
from backstory.cause.verdicts import TOO_LITTLE, threshold
from backstory.cause.wording import at_most

# Points a morning. On the mornings after two training days, three or four of the week's seven, it adds up to the two
# points that people notice.
WORTH_KNOWING = 0.5
LONGEST_WEEKS = 52
EVEN = 0.5
BAND_Z = float(ndtri(0.95))  # standard errors to each end of a 90 % band
FOUND, RULED_OUT, OPEN, HELD, NOTHING = "found", "ruled out", "still open", "held constant", "too little"


@dataclass(frozen=True, slots=True)
class Pace:
    """What the weeks to come are reckoned from: mornings scored so far, how many a week, and the standard errors that
    an effect must have.
    """

    scored: int
    a_week: float
    standard_errors: float


@dataclass(frozen=True, slots=True)
class Standing:
    """more, less: the most pain points a morning that are possible on each side, 0 or above; weeks: until it is found
    or ruled out, None = more than a year.
    """

    state: str
    more: float = 0.0
    less: float = 0.0
    weeks: int | None = None


def pace_of(pain: pd.Series, questions: int, *, weekly: bool) -> Pace:
    """pain: the mornings' scores, at least one; questions: how many are asked together."""
    scored = pain.index[pain.notna()]
    over = (scored[-1] - scored[0]).days + 1
    limit = threshold(max(questions, 1), len(scored), weekly=weekly)
    return Pace(len(scored), 7 * len(scored) / over, float(-ndtri(limit)))


def standing(told: Finding, pace: Pace) -> Standing:
    """Where a question stands. Ruled out is what is small on both sides; a band beside zero leaves it open."""
    if told.exposure in TAKEN_FOR_PAIN:
        return Standing(HELD)
    if told.verdict == TOO_LITTLE:
        return Standing(NOTHING)
    if told.found:
        return Standing(FOUND)
    low, high = told.ends
    more, less = max(high, 0.0), max(-low, 0.0)
    if low <= 0 <= high and max(more, less) < WORTH_KNOWING:
        return Standing(RULED_OUT, more, less)
    return Standing(OPEN, more, less, weeks_left(low, high, pace))


def weeks_left(low: float, high: float, pace: Pace) -> int | None:
    """Weeks of scores until it is as likely as not found or ruled out, at least one; None = more than a year.

    low, high: the band's ends [points a morning], high above low.
    """
    middle, error = (low + high) / 2, (high - low) / (2 * BAND_Z)
    weeks = np.arange(1, LONGEST_WEEKS + 1)
    later = error * np.sqrt(pace.scored / (pace.scored + pace.a_week * weeks))
    moves = np.sqrt(error**2 - later**2)
    found = pace.standard_errors * later
    ruled_out = np.clip(np.minimum(WORTH_KNOWING - BAND_Z * later, BAND_Z * later), 0.0, found)

    def between(a: Array, b: Array) -> Array:
        return np.asarray(ndtr((b - middle) / moves) - ndtr((a - middle) / moves))

    still_open = between(ruled_out, found) + between(-found, -ruled_out)
    settled = np.flatnonzero(still_open <= EVEN)
    return int(weeks[settled[0]]) if len(settled) else None


def unlikely(where: Standing, points: str = "") -> str:
    """What is ruled out."""
    return f"more than {at_most(max(where.more, where.less)):.1f}{points} a morning is unlikely"


def possible(where: Standing, points: str = "") -> str:
    """What is still possible, on each side."""
    more, less = f"{at_most(where.more):.1f}", f"{at_most(where.less):.1f}"
    if min(where.more, where.less) >= WORTH_KNOWING:
        return f"up to {more}{points} a morning more pain is possible, or up to {less} less"
    if where.more > where.less:
        return f"up to {more}{points} a morning more pain is possible ({_not_likely(where.less, 'less')})"
    return f"up to {less}{points} a morning less pain is possible ({_not_likely(where.more, 'more')})"


def possible_range(where: Standing) -> str:
    """The same, short."""
    more, less = (f"{at_most(end):.1f} {word}" for end, word in ((where.more, "more"), (where.less, "less")))
    return f"{less} to {more}" if where.more > 0 < where.less else f"up to {more if where.more > 0 else less}"


def _not_likely(end: float, direction: str) -> str:
    return f"more than {at_most(end):.1f} {direction} is unlikely" if end > 0 else f"{direction} pain is unlikely"


def tell_weeks(weeks: int | None) -> str:
    """How much longer."""
    if weeks is None:
        return "that takes more than a year of scores"
    return "about one more week" if weeks == 1 else f"about {weeks} more weeks"

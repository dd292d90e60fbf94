"""How long a self-trial must be to find what is worth knowing: trials of many simulated selves, before the real one.

A person's mornings vary by so much (sd), are alike from day to day by so much (memory), and part of it is a score's
noise. Trials of that person are drawn with these three known, each order of the pairs as likely as any other, and held
to the same randomisation as the real one will be. What the real one must learn about memory by itself costs little
beside that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstory.cause.trial import FIRST_VERDICT_DAY
from backstory.cause.trial_analysis import (
    LAST_LOOK,
    LEAST_SCORED,
    ONLY_LOOK,
    SAME,
    all_orders,
    drawn_orders,
    evidence,
    spread_of,
)
from backstory.cause.trial_model import (
    TAU,
    Array,
    grid_points,
    lag_shares,
    normalised,
    of_each_decay,
    pair_courses,
    weigh,
    without_trend,
)

NULL_RUNS, RUNS = 1000, 400  # simulated trials a cell: without an effect, and to find the smallest
FEW_PAIRS, REFERENCE = 7, 128  # up to so many pairs each is held against all their orders, beyond against a sample
LIKELY = (0.5, 0.3, 0.2)  # how a day's part of the difference is taken to spread over the mornings after it
POWER = 0.8
LARGEST, STEPS = 4.0, 7  # of the search for the smallest effect: it ends there, in standard deviations; halvings
OWN_DAYS = 180  # of a person's scores, the last ones
MOST_MISSING = 0.6


@dataclass(frozen=True, slots=True)
class Variability:
    """How a person's mornings vary: sd [points], memory φ, noise share ρ, share of mornings without a score.

    scores: how many of their own it comes from; 0 = a typical person.
    """

    sd: float
    memory: float
    noise_share: float
    missing: float
    scores: int


TYPICAL = Variability(sd=1.0, memory=0.75, noise_share=0.35, missing=0.2, scores=0)


@dataclass(frozen=True, slots=True)
class DesignCell:
    """One way to lay a trial out. smallest_effect: points a morning, found with 80 % chance; None = out of reach."""

    weeks: int
    block_days: int
    smallest_effect: float | None
    false_claims: float
    false_claims_error: float


def variability_of(pain: Array) -> Variability:
    """A person's own, from their scores without a trend; a typical person's where there are fewer than 28.

    pain: (T,) mornings, the last one last, NaN = not scored.
    """
    own = pain[-OWN_DAYS:]
    scored = ~np.isnan(own)
    if scored.sum() < LEAST_SCORED or np.ptp(own[scored]) == 0:
        return TYPICAL
    own = own[scored.argmax() :]
    mornings = weigh(own, np.zeros((1, 0, len(own))))  # without any blocks
    weight, (phi, rho) = normalised(mornings.log_weight), grid_points()
    sd = float(np.sqrt(weight @ mornings.square / mornings.degrees))
    missing = min(float(np.isnan(own).mean()), MOST_MISSING)
    return Variability(sd, float(weight @ phi), float(weight @ rho), missing, int(scored.sum()))


def design_trial(person: Variability, weeks: Sequence[int], block_days: Sequence[int]) -> list[DesignCell]:
    """Every length with every block size, in that order. The same person gives the same table."""
    return [design_cell(person, length, block) for length in weeks for block in block_days]


def recommend(cells: Sequence[DesignCell], block_days: int, worth_knowing: float) -> DesignCell | None:
    """The shortest that finds what is worth knowing [points a morning], to a tenth; None where none of these does."""
    sizes = [c for c in cells if c.block_days == block_days and c.smallest_effect is not None]
    fit = [c for c in sizes if round(c.smallest_effect or 0.0, 1) <= worth_knowing + SAME]
    return min(fit, key=lambda cell: cell.weeks, default=None)


def design_cell(person: Variability, weeks: int, block_days: int) -> DesignCell:
    """What trials of this length and block size would find."""
    rng = np.random.default_rng([weeks, block_days])
    days = 7 * weeks
    scored = rng.random(days) >= person.missing
    shapes = (lag_shares(), np.array([LIKELY]))
    courses = np.concatenate([pair_courses(days, block_days, shares) for shares in shapes])
    d, pairs = len(courses) - 1, courses.shape[1]
    columns = courses.reshape(-1, days).T
    phi, rho = np.array([person.memory]), np.array([person.noise_share])
    gram = without_trend(columns, scored, phi, rho)[0][0]  # in standard deviations
    known, likely = gram[: d * pairs, : d * pairs], gram[: d * pairs, d * pairs :]
    orders = all_orders(pairs) if pairs <= FEW_PAIRS else drawn_orders(rng, pairs, REFERENCE)
    real = rng.integers(0, len(orders), NULL_RUNS)
    score = drawn(rng, known, NULL_RUNS).reshape(d, pairs, -1)
    effect = (likely @ orders[real[:RUNS]].T).reshape(d, pairs, -1)
    spread = spread_of(orders, of_each_decay(known, d), TAU**2)
    allowed = LAST_LOOK if days > FIRST_VERDICT_DAY else ONLY_LOOK
    runs = _Runs(orders @ score, orders @ effect, spread, real, allowed)
    false_claims = runs.false_claims()
    error = float(np.sqrt(max(false_claims * (1 - false_claims), 1 / NULL_RUNS) / NULL_RUNS))
    smallest = runs.smallest()
    return DesignCell(weeks, block_days, None if smallest is None else smallest * person.sd, false_claims, error)


def drawn(rng: np.random.Generator, covariance: Array, count: int) -> Array:
    """Normal vectors with mean 0, (c, count). covariance: (c, c), of any rank."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors @ (np.sqrt(np.maximum(values, 0.0))[:, None] * rng.normal(size=(len(values), count))))


@dataclass(frozen=True, slots=True)
class _Runs:
    """Simulated trials in standard deviations, held against every order of their pairs.

    score: without an effect, (d, m, r); effect: what an effect of 1 adds to the first of them; spread: (d, m); real:
    (r,) which of the orders each trial had; allowed: the share of the orders that may speak as strongly.
    """

    score: Array
    effect: Array
    spread: Array
    real: NDArray[np.int_]
    allowed: float

    def false_claims(self) -> float:
        """The share of all trials that claim a difference when there is none."""
        return self._claimed(self.score)

    def smallest(self) -> float | None:
        """The smallest difference that four of five trials claim, by halving; None = larger than is looked for."""
        low, high = 0.0, LARGEST
        if self._power(high) < POWER:
            return None
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if self._power(middle) >= POWER else (middle, high)
        return high

    def _power(self, size: float) -> float:
        return self._claimed(self.score[..., : self.effect.shape[-1]] + size * self.effect)

    def _claimed(self, score: Array) -> float:
        strength = evidence(score, self.spread[..., None], TAU**2)  # (m, r)
        own = strength[self.real[: strength.shape[1]], np.arange(strength.shape[1])]
        return float(((strength >= own - SAME).mean(axis=0) <= self.allowed).mean())

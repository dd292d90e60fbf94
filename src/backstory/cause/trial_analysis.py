"""A self-trial's answer: how much pain differs between the arms, how surely, and whether that is to be claimed.

The estimate and its 90 % band come from `trial_model`; the assignment counts, whatever was really done (intention to
treat). A difference is claimed only when the randomisation says so, too: the coins that ordered the blocks might have
fallen otherwise, and the scores must speak for the real order more than for nearly all the others (Edgington & Onghena
2007, Randomization Tests). That holds whatever pain's memory is: without any effect it goes wrong in no more than the
share asked for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstory.cause.mixture import quantiles
from backstory.cause.trial import FIRST_VERDICT_DAY
from backstory.cause.trial_model import TAU, Array, Mornings, lag_shares, normalised, pair_courses, weigh
from backstory.cause.verdicts import BETTER, TOO_LITTLE, UNCLEAR, WORSE
from backstory.model import ARM_LETTERS

VERSION = "1"  # of the trial's analysis; goes up when the same scores would give another verdict
LEAST_SCORED = 28
BAND = (0.05, 0.95)
# Shares of the orders: for the whole trial, where there was no earlier look and where there may have been, and for each
# look before its end. Together they stay below 5 % (benchmarks/trial.py looks every week).
ONLY_LOOK, LAST_LOOK, EARLY_LOOK = 0.05, 0.042, 0.004
ALL_ORDERS = 12  # pairs; of more, ORDERS of the orders are drawn
ORDERS = 2**ALL_ORDERS
LEAST_WEIGHT = 1e-7
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class TrialResult:
    """points_per_morning: in arm A less in arm B, with its 90 % band; None where too little is known.

    as_strong: of `orders` that the coins could have given, how many speak at least as strongly as the real one.
    """

    verdict: str
    points_per_morning: float | None
    lo90: float | None
    hi90: float | None
    as_strong: int | None
    orders: int | None
    scored: int
    mornings: int


def analyse_trial(pain: Array, schedule: str, block_days: int, complete: bool = True) -> TrialResult:
    """What a trial says.

    pain: (T,) scores of its mornings from the first day on, NaN = none; schedule: at least T letters; complete: whether
    this is the trial's end and not an earlier look, for which a stricter share is used.
    """
    scored = ~np.isnan(pain)
    count, days = int(scored.sum()), len(pain)
    if count < LEAST_SCORED or np.ptp(pain[scored]) == 0:
        return TrialResult(TOO_LITTLE, None, None, None, None, None, count, days)
    mornings = weigh(pain, pair_courses(days, block_days, lag_shares()))
    coins = coins_of(schedule, block_days)[: mornings.score.shape[-1]]
    weight, mean, scale = posterior(mornings, coins)
    low, high = quantiles(np.array(BAND), weight, mean, scale, mornings.degrees)
    as_strong, orders = randomisation(mornings, coins)
    allowed = EARLY_LOOK if not complete else LAST_LOOK if days > FIRST_VERDICT_DAY else ONLY_LOOK
    claimed = as_strong <= allowed * orders
    verdict = WORSE if claimed and low > 0 else BETTER if claimed and high < 0 else UNCLEAR
    return TrialResult(verdict, float(weight @ mean), float(low), float(high), as_strong, orders, count, days)


def coins_of(schedule: str, block_days: int) -> Array:
    """How the coins fell, (pairs,): +1 = arm A first."""
    firsts = schedule[:: 2 * block_days]
    return np.array([1.0 if letter == ARM_LETTERS[0] else -1.0 for letter in firsts])


def posterior(mornings: Mornings, coins: Array) -> tuple[Array, Array, Array]:
    """theta as a mixture of Student-t distributions over phi, rho and D: weight, mean, scale. coins: (pairs,)."""
    score = mornings.score @ coins  # (g, d)
    information = mornings.information @ coins @ coins + TAU**-2
    square = mornings.square[:, None]
    left = square - score**2 / information
    log_weight = mornings.log_weight[:, None] + 0.5 * mornings.degrees * (np.log(square) - np.log(left))
    log_weight = log_weight - 0.5 * np.log(information)
    weight = normalised(log_weight.ravel())
    keep = weight > LEAST_WEIGHT
    scale = np.sqrt(left / mornings.degrees / information)
    return weight[keep] / weight[keep].sum(), (score / information).ravel()[keep], scale.ravel()[keep]


def randomisation(mornings: Mornings, coins: Array) -> tuple[int, int]:
    """Of how many orders of the pairs the scores speak at least as strongly as of the real one, and of how many in all.

    coins: (pairs,), how they fell. The grid is weighed as if the arms made no difference, which no order of the pairs
    changes.
    """
    variance = mornings.square / mornings.degrees
    weight = normalised(mornings.log_weight)
    wide = TAU**2 * float(weight @ variance)
    orders = possible_orders(coins)
    score = np.tensordot(weight / variance, mornings.score, 1) @ orders.T  # (d, m)
    information = np.tensordot(weight / variance, mornings.information, 1)
    strength = evidence(score, spread_of(orders, information, wide), wide)
    return int((strength >= strength[0] - SAME).sum()), len(orders)


def spread_of(orders: Array, information: Array, wide: float) -> Array:
    """1 + wide c' I c for each order c of the pairs, (d, m). orders: (m, pairs); information: (d, pairs, pairs)."""
    return np.asarray(1 + wide * np.einsum("mp,dpq,mq->dm", orders, information, orders, optimize=True))


def evidence(score: Array, spread: Array, wide: float) -> Array:
    """Log Bayes factor of theta ~ N(0, wide) against 0, summed over D, the first axis: (d, ...) → (...).

    score: c' B' W y; spread: 1 + wide c' B' W B c.
    """
    logs = score**2 * (0.5 * wide / spread) - 0.5 * np.log(spread)
    largest = logs.max(axis=0)
    return np.asarray(largest + np.log(np.exp(logs - largest).sum(axis=0)))


def possible_orders(coins: Array) -> Array:
    """What the coins could have given, the real one first, (m, pairs); a sample of it where that is too much."""
    if len(coins) > ALL_ORDERS:
        return np.vstack([coins, drawn_orders(np.random.default_rng(len(coins)), len(coins), ORDERS - 1)])
    every = all_orders(len(coins))
    return np.vstack([coins, every[(every != coins).any(axis=1)]])


def all_orders(pairs: int) -> Array:
    """Every way in which so many coins can fall, (2^pairs, pairs) of +1 and -1."""
    return _orders(np.arange(2**pairs), pairs)


def drawn_orders(rng: np.random.Generator, pairs: int, count: int) -> Array:
    """Some of the ways in which so many coins can fall, each at most once, (count, pairs) of +1 and -1."""
    return _orders(rng.choice(2**pairs, count, replace=False), pairs)


def _orders(numbers: NDArray[np.int_], pairs: int) -> Array:
    return np.asarray(2.0 * ((numbers[:, None] >> np.arange(pairs)) & 1) - 1)

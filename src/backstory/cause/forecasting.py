"""What could be found, and by when: the chance on this person's variability and with their own routine.

With pain's memory phi and noise share rho known, and s2 = 1, what the estimator's test (`grid`) sees of the scores is
r = Z'V^-1 y ~ N(G b, G), G = Z'V^-1 Z. Its estimate a'r, a = A^-1 c with A = G + P, is N(a'G b, a'G a), and is held
against q standard errors sqrt(v S / n), v = c'A^-1 c - c'A^-1 P_k A^-1 c, where S = y'V^-1 y - r'A^-1 r is on average
n + b'G b - tr(A^-1 G) - b'G A^-1 G b. So the chance of a claim is Phi((a'G b - q sqrt(v S / n)) / sqrt(a'G a)). That
the estimator has to learn phi and rho itself costs little beside it.

A person's own spread and memory are weighed n / (n + 28) against a typical person's, n being the scores so far: at the
first look they count as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, stdtrit

from backstory.cause import grid
from backstory.cause.days import LEAST_SCORED, LEAST_TRAINING
from backstory.cause.design import varies
from backstory.cause.memory import Array, Mornings, weighted_products
from backstory.cause.simulate import ADHERENCE, INTENSITY_SD, LAG_SHAPE, WEEKDAYS
from backstory.cause.trial_design import TYPICAL, Variability
from backstory.cause.trial_model import grid_points, normalised, weigh
from backstory.cause.verdicts import threshold
from backstory.cause.wording import listed, with_more

# Pain points on each of MORNINGS mornings after a day one standard deviation above the mean. Middling: in all about the
# two points that people notice. Small: half of that. Large: what somebody would soon suspect without any program.
SIZES = {"small": 0.3, "middling": 0.6, "large": 1.0}
MORNINGS = 3
DAYS = (30, 90, 180)  # from the first score on
TYPICAL_WEIGHT = LEAST_SCORED  # scores
LONGEST_PATTERN = 56  # days of a routine that are repeated: the last ones that are known
LEAST_PATTERN = 14
BEFORE = 28  # days of training before the first score, as the usual level needs them
NEARLY = "nearly everybody"
FORECASTS, SEED = 12, 20260105  # ways in which scores may be missing


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance that an effect of this size [points a morning] is found by so many days after the first score."""

    size: str
    points_per_morning: float
    day: int
    chance: float
    own_scores: int


def chances(days: pd.DataFrame, outcome: str, main: str, *, weekly: bool = True) -> list[Chance]:
    """One row a size and a day, sizes ascending.

    days: as given to `explain`; whatever is known of them so far is used, and there may be next to nothing.
    """
    person = variability_so_far(days[outcome].to_numpy(dtype=float))
    rng = np.random.default_rng(SEED)
    pattern = _pattern(days[main].to_numpy(dtype=float), rng)
    found = np.zeros((len(SIZES), len(DAYS)))
    for at, day in enumerate(DAYS):
        load = np.resize(pattern, BEFORE + day)
        for _ in range(FORECASTS):
            scored = np.append(np.zeros(BEFORE, dtype=bool), rng.random(day) >= person.missing)
            found[:, at] += _found(load, scored, person, weekly=weekly) / FORECASTS
    by_then = np.maximum.accumulate(found, axis=1)
    return [
        Chance(size, SIZES[size], day, float(by_then[i, j]), person.scores)
        for i, size in enumerate(SIZES)
        for j, day in enumerate(DAYS)
    ]


def variability_so_far(pain: Array) -> Variability:
    """How a person's mornings vary, from scores so far (T,), NaN = none, pooled with a typical person's."""
    scored = ~np.isnan(pain)
    count = int(scored.sum())
    if count < 3:
        return TYPICAL
    own = pain[scored.argmax() : len(pain) - scored[::-1].argmax()]
    mornings = weigh(own, np.zeros((1, 0, len(own))))  # without any blocks
    weight, (phi, rho) = normalised(mornings.log_weight), grid_points()
    share = count / (count + TYPICAL_WEIGHT)

    def pooled(mine: float, typical: float) -> float:
        return float(share * mine + (1 - share) * typical)

    variance = float(weight @ mornings.square) / mornings.degrees
    return Variability(
        sd=float(np.sqrt(pooled(variance, TYPICAL.sd**2))),
        memory=pooled(float(weight @ phi), TYPICAL.memory),
        noise_share=pooled(float(weight @ rho), TYPICAL.noise_share),
        missing=pooled(float(np.isnan(own).mean()), TYPICAL.missing),
        scores=count,
    )


def _pattern(load: Array, rng: np.random.Generator) -> Array:
    """Days of training to be repeated: the last known ones in whole weeks, or those of three sessions a week."""
    known = load[~np.isnan(load)][-LONGEST_PATTERN:]
    known = known[len(known) % 7 :]
    if len(known) >= LEAST_PATTERN and varies(pd.Series(known)):
        return known
    day = np.arange(LONGEST_PATTERN)
    trained = np.isin(day % 7, WEEKDAYS) & (rng.random(LONGEST_PATTERN) < ADHERENCE)
    return np.where(trained, np.exp(rng.normal(0.0, INTENSITY_SD, LONGEST_PATTERN)), 0.0)


def _found(load: Array, scored: Mornings, person: Variability, *, weekly: bool) -> Array:
    """The chance that an effect is found, for each of SIZES, (3,). load: (T,), all known; scored: (T,)."""
    count = int(scored.sum())
    if count < LEAST_SCORED or (load[BEFORE:] > 0).sum() < LEAST_TRAINING:
        return np.zeros(len(SIZES))
    phi, rho, lags = np.array([person.memory]), np.array([person.noise_share]), grid.lags_of(0)
    Z = grid.design(((load - load.mean()) / load.std(ddof=1))[:, None], None)
    G, P = weighted_products(Z, scored, phi, rho)[0][0], grid.prior(1, False, grid.TESTED)[0][0]
    b = np.zeros((len(SIZES), len(G)))
    b[:, lags][:, :MORNINGS] = MORNINGS * np.outer(list(SIZES.values()), LAG_SHAPE) / person.sd
    inverse = np.linalg.inv(G + P)
    a = inverse @ grid.asked_sums(1, len(G), False)[0]
    v = a[lags].sum() - a[lags] @ P[lags, lags] @ a[lags]
    r = b @ G
    S = count + (r * b).sum(axis=1) - np.trace(inverse @ G) - np.einsum("sp,pq,sq->s", r, inverse, r)
    degrees = grid.effective_degrees(count - 1, phi, rho)
    q = -stdtrit(degrees, threshold(1, count, weekly=weekly))
    return np.asarray(ndtr((r @ a - q * np.sqrt(v * S / count)) / np.sqrt(a @ G @ a)))


def tell_chances(rows: Sequence[Chance], main: str) -> list[str]:
    """The same in words: whose days these are, and a sentence a size. main: what is asked about."""
    lines = [
        f"What could be found by when, {_whose(rows[0].own_scores)}; days count from the first score, and the first "
        f"look takes {LEAST_SCORED} scores."
    ]
    for name in dict.fromkeys(row.size for row in rows):
        own = [row for row in rows if row.size == name]
        seen = _by_then(own)
        points = f"{own[0].points_per_morning:.1f} points"
        brought = f"If {with_more(main)} brought {points} a morning for three mornings, Backstory would see it"
        lines.append(f"{brought if len(lines) == 1 else f'With {points}:'} {listed(seen)}.")
    return lines


def _whose(scores: int) -> str:
    if not scores:
        return "in ten typical people"
    typical = " and, as these are few, by what is typical" if scores < TYPICAL_WEIGHT else ""
    return f"in ten people like you (going by your {scores} scores{typical})"


def _by_then(rows: Sequence[Chance]) -> list[str]:
    """Each day's people; a day that adds nothing to nearly everybody is left out."""
    said: list[str] = []
    for row in rows:
        here = f"in {people(row.chance)} by day {row.day}"
        if not (said and said[-1].startswith(f"in {NEARLY} ") and people(row.chance) == NEARLY):
            said.append(here)
    return said


def people(chance: float) -> str:
    """A chance in people: to tenths, and never certain.

    >>> people(0.0), people(0.23), people(0.99)
    ('hardly anybody', '2 of 10', 'nearly everybody')
    """
    tenths = round(10 * chance)
    return {0: "hardly anybody", 10: NEARLY}.get(tenths, f"{tenths} of 10")

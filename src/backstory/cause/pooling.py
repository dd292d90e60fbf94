"""Effects of many persons taken together: for a clinic, a club or a study.

    estimate_i ~ N(theta_i, se_i2),   theta_i ~ N(mu, tau2),   mu flat,   tau ~ half-normal(scale)

Given tau all is normal; tau is integrated over on a grid and never plugged in, so that a group of three is as unsure of
how much people differ as it should be (Gelman et al. 2013, Bayesian Data Analysis, ch. 5.4; Röver 2020, J Stat Softw
93(6):1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from backstory.cause.estimating import BAND, RISE, TAKEN_FOR_PAIN, Estimate
from backstory.cause.explaining import Answer
from backstory.cause.memory import Array
from backstory.cause.unshrunk import unshrunk
from backstory.cause.wording import UNITS, label
from backstory.errors import InputError, NotEnough

SCALE = 1.0  # points: that people differ by more than two or three is taken to be rare
POINTS = 200  # of the grid of tau, twice
NEXT_TO_NOTHING = 0.01  # of the smallest standard error: a tau below this is as good as 0
FARTHEST = 6.0  # scales, or spreads of the estimates, beyond which tau does not lie
LIGHTEST = 15.0  # e-folds below the heaviest point
STEPS, CLOSE = 60, 1e-9


@dataclass(frozen=True, slots=True)
class Summary:
    """A person's effect by their own days alone: pain points over the following seven mornings (one, for the rise) for
    `unit` more of the exposure, its standard error, and how many mornings were scored.
    """

    points: float
    se: float
    n: int
    unit: float
    exposure: str = "load"


@dataclass(frozen=True, slots=True)
class Pooled:
    """What holds for a group [points for `unit` more].

    mean: of all such people, with its 90 % band; sd_between: how much they differ, the middle of what is likely, with
    its band; new_lo90, new_hi90: where the effect of somebody new would lie; personal: a row a person, in their order,
    `points`, `lo90`, `hi90`, each steadied by the others.
    """

    mean: float
    lo90: float
    hi90: float
    sd_between: float
    sd_lo90: float
    sd_hi90: float
    new_lo90: float
    new_hi90: float
    personal: pd.DataFrame
    unit: float
    exposure: str

    @property
    def words(self) -> str:
        """For the person who asked about the group."""
        people = len(self.personal)
        group = f"{people:,} people" if people > 1 else "One person"
        mornings = "on that morning" if self.exposure == RISE else "in all over the seven mornings after it"
        return (
            f"{group}. {_more_of(self.exposure, self.unit)} goes with {_directed(self.mean)} pain {mornings} "
            f"({_directed(self.lo90)} to {_directed(self.hi90)}). From person to person it differs by about "
            f"{self.sd_between:.2f} ({self.sd_lo90:.2f} to {self.sd_hi90:.2f}). For somebody new, anything from "
            f"{_directed(self.new_lo90)} to {_directed(self.new_hi90)} fits."
        )


def _more_of(exposure: str, unit: float) -> str:
    if exposure == RISE:
        return f"A week with {unit:g} kNm·reps a day more than the three before"
    of = " kNm·reps" if exposure.startswith("load") else UNITS.get(exposure, "")
    return f"A day with {unit:g}{of} more {label(exposure)}"


def _directed(points: float) -> str:
    return f"{abs(points):.2f} points {'more' if points >= 0 else 'less'}"


def summary(answer: Answer | Estimate, exposure: str, unit: float = 10.0) -> Summary:
    """A person's effect of `unit` more of an exposure, in its own unit (10 kNm·reps of load), for `pool`.

    Raises NotEnough where the days hold too little about it, InputError for what cannot be pooled.
    """
    if not (np.isfinite(unit) and unit > 0):
        raise InputError(f"The unit must be a number above 0, not {unit:g}.")
    if exposure in TAKEN_FOR_PAIN:
        raise InputError(f"{exposure} is taken because of pain, so there is no effect of it to be pooled.")
    found = answer.estimate if isinstance(answer, Answer) else answer
    asked = answer.case.asked if isinstance(answer, Answer) else answer.names
    if exposure not in asked:
        raise InputError(f"{exposure} was not asked about.")
    if found is None or exposure not in found.names:
        raise NotEnough(f"There is not enough data about {exposure} yet.")
    points, se = unshrunk(found, exposure)
    each = unit / float(found.sd[found.part(exposure)])
    return Summary(points * each, se * each, found.posterior.degrees + 1, unit, exposure)


def pool(summaries: Sequence[Summary], scale: float = SCALE) -> Pooled:
    """A group's effect and each person's own, steadied by the others'.

    summaries: one a person, of the same exposure and unit; scale: of the half-normal prior on how much persons differ
    [points for that unit]. Raises InputError.
    """
    _check(summaries, scale)
    y, se = np.array([one.points for one in summaries]), np.array([one.se for one in summaries])
    tau, weight = _between(y, se, scale)
    middle, spread = _group(y, se, tau)
    kept = tau[:, None] ** 2 / (tau[:, None] ** 2 + se**2)  # how far a person's own estimate counts
    own_mean = kept * y + (1 - kept) * middle[:, None]
    own_sd = np.sqrt(kept * se**2 + ((1 - kept) * spread[:, None]) ** 2)
    low, high = _ends(weight, own_mean, own_sd)
    (group_low,), (group_high,) = _ends(weight, middle[:, None], spread[:, None])
    (new_low,), (new_high,) = _ends(weight, middle[:, None], np.hypot(spread, tau)[:, None])
    shares = np.cumsum(weight) - weight / 2
    sd_low, sd, sd_high = np.interp([BAND[0], 0.5, BAND[1]], shares, tau)
    personal = pd.DataFrame({"points": weight @ own_mean, "lo90": low, "hi90": high})
    return Pooled(
        float(weight @ middle), float(group_low), float(group_high), float(sd), float(sd_low), float(sd_high),
        float(new_low), float(new_high), personal, summaries[0].unit, summaries[0].exposure,
    )  # fmt: skip


def _check(summaries: Sequence[Summary], scale: float) -> None:
    if not summaries:
        raise InputError("There is nobody to pool: it takes at least one person's summary.")
    if not (np.isfinite(scale) and scale > 0):
        raise InputError(f"The scale must be a number above 0, not {scale:g}.")
    for number, one in enumerate(summaries, start=1):
        if not np.isfinite(one.points):
            raise InputError(f"Summary {number}: the effect must be a number, not {one.points:g}.")
        if not (np.isfinite(one.se) and one.se > 0):
            raise InputError(f"Summary {number}: the standard error must be a number above 0, not {one.se:g}.")
        if (one.exposure, one.unit) != (summaries[0].exposure, summaries[0].unit):
            raise InputError(f"Summary {number} is of another exposure or unit than the first.")


def _between(y: Array, se: Array, scale: float) -> tuple[Array, Array]:
    """Points of tau and their posterior weight, (g,): first over all sizes, then where the weight is."""
    last = FARTHEST * max(scale, float(np.ptp(y)))
    first = NEXT_TO_NOTHING * min(float(se.min()), last)
    tau = np.geomspace(first, last, POINTS)
    log_p = _log_density(y, se, tau, scale)
    near = np.flatnonzero(log_p > log_p.max() - LIGHTEST)
    low, high = max(near[0] - 1, 0), min(near[-1] + 1, POINTS - 1)
    tau = np.geomspace(tau[low], tau[high], POINTS)
    tau = np.append(0.0, tau) if low == 0 else tau
    log_p = _log_density(y, se, tau, scale)
    steps = np.diff(tau, prepend=tau[0], append=tau[-1])
    weight = np.exp(log_p - log_p.max()) * (steps[1:] + steps[:-1]) / 2
    return tau, weight / weight.sum()


def _group(y: Array, se: Array, tau: Array) -> tuple[Array, Array]:
    """Mean and sd of mu given each tau, (g,)."""
    precision = 1 / (se**2 + tau[:, None] ** 2)
    total = precision.sum(axis=1)
    return precision @ y / total, 1 / np.sqrt(total)


def _log_density(y: Array, se: Array, tau: Array, scale: float) -> Array:
    """Log posterior of each tau but for a constant, mu integrated out, (g,) (Gelman et al. 2013, eq. 5.21)."""
    middle, spread = _group(y, se, tau)
    variance = se**2 + tau[:, None] ** 2
    fit = (np.log(variance) + (y - middle[:, None]) ** 2 / variance).sum(axis=1)
    return np.asarray(np.log(spread) - 0.5 * fit - 0.5 * (tau / scale) ** 2)


def _ends(weight: Array, mean: Array, sd: Array) -> tuple[Array, Array]:
    """5 % and 95 % points of n mixtures of normals, (n,) each: Newton's steps, kept inside a bracket.

    weight: (g,); mean, sd: (g, n).
    """
    low, high = (_quantile(share, weight, mean, sd) for share in BAND)
    return low, high


def _quantile(share: float, weight: Array, mean: Array, sd: Array) -> Array:
    parts = mean + sd * ndtri(share)  # a mixture's quantile lies among its parts'
    low, high, value = parts.min(axis=0), parts.max(axis=0), weight @ parts
    for _ in range(STEPS):
        z = (value - mean) / sd
        off = weight @ ndtr(z) - share
        low, high = np.where(off < 0, value, low), np.where(off < 0, high, value)
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            step = value - off / (weight @ (np.exp(-0.5 * z**2) / sd) / np.sqrt(2 * np.pi))
        step = np.where((step >= low) & (step <= high), step, (low + high) / 2)
        done = np.abs(step - value).max() <= CLOSE * sd.max()
        value = step
        if done:
            break
    return np.asarray(value)

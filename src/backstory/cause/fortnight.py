"""What a lighter or a heavier fortnight would be expected to bring, from the fitted effects of the seven lags."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backstory.cause.design import LAGS
from backstory.cause.estimating import BAND, Estimate
from backstory.cause.mixture import quantiles
from backstory.cause.wording import fitting, label, more, size

SHARES = (0.7, 1.3)  # of the usual load
DAYS = 14


@dataclass(frozen=True, slots=True)
class Fortnight:
    """share: of the usual load; points: of pain on a morning, on average over the fortnight, beside the usual one; with
    the ends of its 90 % band.
    """

    share: float
    points: float
    lo90: float
    hi90: float


def fortnights(found: Estimate, exposure: str, shares: Sequence[float] = SHARES) -> tuple[Fortnight, ...]:
    """Fourteen days with every training day at this share of its load, for each share.

    The model is linear, so a day's change is on average (share - 1) of the mean load, c standard deviations. On the
    fourteen mornings after these days the lag l acts on 15 - l of them: c sum_l b_l (15 - l) / 14 a morning.
    """
    k, posterior = found.part(exposure), found.posterior
    means, covariances = posterior.lags(k)
    acts = (DAYS + 1 - np.arange(1, LAGS + 1)) / DAYS
    mean, scale = means @ acts, np.sqrt(np.einsum("l,glm,m->g", acts, covariances, acts))
    low, high = quantiles(np.array(BAND), posterior.weight, mean, scale, posterior.degrees)
    middle = float(posterior.weight @ mean)
    changes = [(share - 1) * float(found.mean[k] / found.sd[k]) * found.unit for share in shares]
    return tuple(
        Fortnight(share, middle * c, *sorted((float(low) * c, float(high) * c)))
        for share, c in zip(shares, changes, strict=True)
    )


def tell_fortnights(expected: Sequence[Fortnight], exposure: str) -> str:
    """The same in words; said as what cannot be said yet where there is nothing to go by."""
    if not expected:
        return "What a lighter or a heavier fortnight would bring cannot be said yet."
    usual = "every training day" if exposure == "load" else f"your usual {label(exposure)}"
    first, *others = expected
    rest = "".join(f"; at {one.share:.0%}, {_change(one, '')}" for one in others)
    return (
        f"Two weeks like your usual ones, but with {usual} at {first.share:.0%} of its load, would be expected to "
        f"bring {_change(first, ' a morning')}{rest}. That is reckoned from your own days, and holds if nothing else "
        "changes."
    )


def _change(one: Fortnight, when: str) -> str:
    return f"{size(one.points)} {more(one.points)}{when} ({fitting(one.lo90, one.hi90)})"

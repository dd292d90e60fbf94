"""How often as many days drawn at random would share what bouts share, reckoned for all criteria together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstory.body.masspoints import Array
from backstory.load.bouts import ONE_BOUT, Looked

LEAST_BOUTS = 4  # with fewer nothing can be concluded, whatever came before them
DRAWN = 4999  # sets of days
ROUNDS = 400  # of drawing again what lies too close together
RARE = 0.05
SEED = 20260314  # the same bouts give the same numbers
Places = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Compared:
    """A criterion that came before `times` of `of` bouts; by_chance: how often a random set of as many days shares it
    as often, 0 to 1; corrected: how often any of the criteria is shared as rarely as that.
    """

    what: str
    times: int
    of: int
    by_chance: float
    corrected: float

    @property
    def more_often(self) -> bool:
        """Than chance would bring it, over all criteria together."""
        return self.corrected <= RARE


def compare(looked: Looked, bouts: Sequence[int]) -> list[Compared] | None:
    """Each criterion before the bouts, beside random days; None with fewer than four bouts. bouts: places of days.

    A random set has as many days, on the same weekdays, no two within two weeks, of those of which the log says enough.
    Together: the smallest of the criteria's p-values against the smallest of each random set (Westfall & Young 1993,
    Resampling-Based Multiple Testing). The bouts count as one of the sets, so that no p-value is 0 (Phipson & Smyth
    2010, Stat Appl Genet Mol Biol 9:39).
    """
    if len(bouts) < LEAST_BOUTS:
        return None
    observed = np.array(sorted(bouts))
    sets = np.vstack([observed, _drawn(looked, observed, np.random.default_rng(SEED))])
    shared = np.stack([row[sets].sum(axis=1) for row in looked.unusual])
    p = np.stack([_as_often(row) for row in shared])
    smallest = p.min(axis=0)
    return [
        Compared(one.what, int(row[0]), len(observed), float(own[0]), float(np.mean(smallest <= own[0])))
        for one, row, own in zip(looked.criteria, shared, p, strict=True)
    ]


def _as_often(shared: NDArray[np.int_]) -> Array:
    """For each set the part of all sets that share it as often or more."""
    at_least = np.bincount(shared)[::-1].cumsum()[::-1]
    return np.asarray(at_least[shared] / len(shared))


def _drawn(looked: Looked, bouts: Places, rng: np.random.Generator) -> Places:
    """Random sets of days, (DRAWN, n). Where the log is too short for days that far apart, they may lie closer."""
    pools = [np.flatnonzero(looked.enough & (np.arange(len(looked.enough)) % 7 == day % 7)) for day in bouts]
    sets = np.stack([rng.choice(pool, DRAWN) for pool in pools], axis=1)
    for _ in range(ROUNDS):
        close = np.flatnonzero((np.diff(np.sort(sets, axis=1), axis=1) <= ONE_BOUT.days).any(axis=1))
        if not len(close):
            break
        sets[close] = np.stack([rng.choice(pool, len(close)) for pool in pools], axis=1)
    return sets

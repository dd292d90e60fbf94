"""From sets to what a session adds to its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.body.masspoints import Array
from backstory.load.sets import SetLoads
from backstory.load.unaccustomed import unaccustomed_sets
from backstory.model import FAMILIES, Exercise, Session, Set

EXPONENTS = (1, 2, 4)
MOST_UNKNOWN = 0.5  # of a session's sets; beyond, its load is not known
HARD_RPE = 9.0  # RPE >= 9 is at most one repetition in reserve
USUAL_EFFORT = 5.0  # of 10, for an activity whose effort nobody gave

EXPOSURE_UNITS = {
    "load": "kNm·reps",
    **{f"load_{family}": "kNm·reps" for family in FAMILIES},
    "hard_sets": "sets",
    "unaccustomed_sets": "sets",
    "other_training": "effort·min",
}
# The load reckoned otherwise: what an answer about it is held against. The last one leaves out what was estimated.
VARIANT_UNITS = {"load^2": "kNm²·reps", "load^4": "kNm⁴·reps", "load known sets only": "kNm·reps"}


@dataclass(frozen=True, slots=True)
class SessionLoad:
    """Sums over a session's sets. `power_sums`: Σ reps·M^k by exponent k [kNm^k·reps]; None = not known.

    `of_known_sets`: the first of them over the sets whose load is known, without the estimate for the others.
    """

    power_sums: Mapping[int, float | None]
    by_family: Mapping[str, float | None] = field(default_factory=dict)
    sets: int = 0
    estimated_sets: int = 0
    hard_sets: int = 0
    other_training: float = 0.0
    of_known_sets: float | None = None
    unaccustomed_sets: float | None = None

    def exposures(self) -> dict[str, float | None]:
        """The columns that this session adds to its day, as in EXPOSURE_UNITS."""
        families = {f"load_{family}": self.by_family.get(family, 0.0) for family in FAMILIES}
        return {
            "load": self.power_sums[1],
            **families,
            "hard_sets": float(self.hard_sets),
            "unaccustomed_sets": self.unaccustomed_sets,
            "other_training": self.other_training,
        }

    def variants(self) -> dict[str, float | None]:
        """The load reckoned otherwise, as in VARIANT_UNITS."""
        return dict(zip(VARIANT_UNITS, (self.power_sums[2], self.power_sums[4], self.of_known_sets), strict=True))


def session_loads(
    sessions: Sequence[Session], loads: SetLoads, exercises: Sequence[Sequence[Exercise | None]] | None = None
) -> list[SessionLoad]:
    """Σ reps·M^k of each session, in all and by family, and what it holds beside that.

    loads: one row a set, session after session; exercises: what tells whether a session's sets are new to the person,
    as in `unaccustomed_sets`. Sets whose load is not known count as the mean of the known ones, as
    long as these are at least half; otherwise the session's load is not known. A session without sets, such as a run,
    counts as effort × minutes (Foster et al. 2001, J Strength Cond Res 15:109).
    """
    size, width = len(sessions), len(FAMILIES)
    session = np.repeat(np.arange(size), [len(item.sets) for item in sessions])
    timed = loads.minutes > 0  # these count by their minutes, and say nothing about sets whose load is not known
    known = loads.known & ~timed
    moment, reps = (np.where(known, column, 0.0) for column in (loads.peak_moment_nm / 1000, loads.reps))
    rpe = np.array([np.nan if one.rpe is None else one.rpe for item in sessions for one in item.sets])
    failure = np.array([one.kind == "failure" for item in sessions for one in item.sets], dtype=bool)
    cells = session * width + np.maximum(loads.family, 0)

    def a_session(weights: NDArray[Any]) -> Array:
        return np.asarray(np.bincount(session, weights=weights, minlength=size), dtype=float)

    def a_family(weights: NDArray[Any]) -> Array:
        sums = np.bincount(cells, weights=weights, minlength=size * width)
        return np.asarray(sums, dtype=float).reshape(size, width)

    rows = zip(
        sessions,
        np.stack([a_session(reps * moment**k) for k in EXPONENTS], axis=1).tolist(),
        a_family(reps * moment).tolist(),
        a_family(known).tolist(),
        a_session(known).tolist(),
        a_session(timed).tolist(),
        a_session((rpe >= HARD_RPE) | failure).tolist(),
        a_session(np.nan_to_num(loads.minutes) * np.where(np.isnan(rpe), USUAL_EFFORT, rpe)).tolist(),
        strict=True,
    )
    totals = [_with_sets(len(item.sets), *row) if item.sets else _activity(item) for item, *row in rows]
    new = unaccustomed_sets(sessions, exercises)
    return [replace(total, unaccustomed_sets=sets) for total, sets in zip(totals, new, strict=True)]


def _with_sets(count: int, power: list[float], families: list[float], seen: list[float], *rest: float) -> SessionLoad:
    """power: Σ reps·M^k by k; families: the first of them by family; seen: their sets; rest: sets with a load, sets
    that count by minutes, hard sets, effort·minutes.
    """
    known, timed, hard, endurance = rest
    unknown = count - int(known + timed)
    if unknown > MOST_UNKNOWN * (count - timed):
        nothing = dict.fromkeys(EXPONENTS, None)
        return SessionLoad(nothing, dict.fromkeys(FAMILIES, None), count, unknown, int(hard), endurance)
    of_known_sets = power[0]
    if unknown:
        scale = (known + unknown) / known if known else 1.0
        power, families = [scale * value for value in power], [scale * value for value in families]
    by_family = {name: value for name, value, sets in zip(FAMILIES, families, seen, strict=True) if sets}
    power_sums = dict(zip(EXPONENTS, power, strict=True))
    return SessionLoad(power_sums, by_family, count, unknown, int(hard), endurance, of_known_sets)


def _activity(session: Session) -> SessionLoad:
    effort = USUAL_EFFORT if session.effort is None else session.effort
    endurance = (session.duration_s or 0.0) / 60 * effort
    return SessionLoad(dict.fromkeys(EXPONENTS, 0.0), other_training=endurance, of_known_sets=0.0)


def is_hard(one_set: Set) -> bool:
    """At most one repetition in reserve, or to failure."""
    return one_set.kind == "failure" or (one_set.rpe is not None and one_set.rpe >= HARD_RPE)

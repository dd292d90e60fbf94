"""From sets to what a session adds to its day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backstory.model import FAMILIES, Session, Set, SetLoad

EXPONENTS = (1, 2, 4)
MOST_UNKNOWN = 0.5  # of a session's sets; beyond, its load is not known
HARD_RPE = 9.0  # RPE >= 9 is at most one repetition in reserve
USUAL_EFFORT = 5.0  # of 10, for an activity whose effort nobody gave

EXPOSURE_UNITS = {
    "load": "kNm·reps",
    **{f"load_{family}": "kNm·reps" for family in FAMILIES},
    "hard_sets": "sets",
    "other_training": "effort·min",
}


@dataclass(frozen=True, slots=True)
class SessionLoad:
    """Sums over a session's sets. `power_sums`: Σ reps·M^k by exponent k [kNm^k·reps]; None = not known."""

    power_sums: Mapping[int, float | None]
    by_family: Mapping[str, float | None] = field(default_factory=dict)
    sets: int = 0
    estimated_sets: int = 0
    hard_sets: int = 0
    other_training: float = 0.0

    def exposures(self) -> dict[str, float | None]:
        """The columns that this session adds to its day, as in EXPOSURE_UNITS."""
        families = {f"load_{family}": self.by_family.get(family, 0.0) for family in FAMILIES}
        return {
            "load": self.power_sums[1],
            **families,
            "hard_sets": float(self.hard_sets),
            "other_training": self.other_training,
        }


def session_load(session: Session, loads: Sequence[SetLoad | None]) -> SessionLoad:
    """Σ reps·M^k of a session, in all and by family.

    loads: one a set, None where the set's load is not known. Such sets count as the mean of the known ones, as long as
    these are at least half; otherwise the session's load is not known. A session without sets, such as a run, counts as
    effort × minutes (Foster et al. 2001, J Strength Cond Res 15:109).
    """
    if not session.sets:
        return SessionLoad(
            dict.fromkeys(EXPONENTS, 0.0), other_training=_effort_minutes(session.duration_s, session.effort)
        )
    known = [load for load in loads if load is not None]
    unknown = len(loads) - len(known)
    hard = sum(is_hard(one_set) for one_set in session.sets)
    if unknown > MOST_UNKNOWN * len(loads):
        nothing = dict.fromkeys(EXPONENTS, None)
        return SessionLoad(nothing, dict.fromkeys(FAMILIES, None), len(loads), unknown, hard)
    scale = len(loads) / len(known)
    by_family: dict[str, float | None] = defaultdict(float)
    for load in known:
        by_family[load.family] = (by_family[load.family] or 0.0) + scale * load.reps * load.peak_moment_nm / 1000
    sums = {k: scale * sum(load.reps * (load.peak_moment_nm / 1000) ** k for load in known) for k in EXPONENTS}
    endurance = sum(
        _effort_minutes(60 * load.endurance_min, one_set.rpe)
        for load, one_set in zip(loads, session.sets, strict=True)
        if load
    )
    return SessionLoad(sums, dict(by_family), len(loads), unknown, hard, endurance)


def is_hard(one_set: Set) -> bool:
    """At most one repetition in reserve, or to failure."""
    return one_set.kind == "failure" or (one_set.rpe is not None and one_set.rpe >= HARD_RPE)


def _effort_minutes(seconds: float | None, effort: float | None) -> float:
    return (seconds or 0.0) / 60 * (USUAL_EFFORT if effort is None else effort)

"""What was trained: sets, sessions, exercises and how they move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

POUND_KG = 0.45359237
MILE_KM = 1.609344
SET_KINDS = ("normal", "warm-up", "failure", "drop")
FAMILIES = ("squat", "hinge", "push", "pull", "carry", "lunge", "core", "gait", "other")
# The most that a set or a session can be recorded with; distances and logged loads in whatever unit they came in.
LIMITS: Mapping[str, float] = {
    "load_kg": 2500, "logged_load": 6000, "reps": 10_000, "distance_km": 1_000_000, "duration_s": 1e8, "rpe": 10,
    "effort": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Set:
    """One set as it was logged. None = not recorded; `logged_load`: the number in a file that names no unit."""

    exercise_name: str
    load_kg: float | None = None
    reps: float | None = None
    distance_km: float | None = None
    duration_s: float | None = None
    rpe: float | None = None
    kind: str = "normal"
    note: str | None = None
    logged_load: float | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One training session or activity. `started_at` is None where the source knows only the day."""

    source: str
    day: date
    sets: tuple[Set, ...] = ()
    started_at: datetime | None = None
    duration_s: float | None = None
    title: str | None = None
    note: str | None = None
    effort: float | None = None
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """One movement: keyframes of joint angles on the way there; the way back is the same, backwards.

    `angles`: degrees by name, one value a keyframe; `at`: when each keyframe is reached, in parts of the way. What the
    words mean stands in `catalogue/data/motions/README.md`. `id` names the motion and every parameter that an exercise
    changed, so that equal ids are equal motions.
    """

    id: str
    anchor: str
    angles: Mapping[str, tuple[float, ...]]
    at: tuple[float, ...] = (0.0, 1.0)
    eccentric_s: float = 1.5
    pause_s: float = 0.0
    concentric_s: float = 1.2
    lowers_first: bool = True
    height: float = 0.0
    arms_hang: bool = False
    fixed: tuple[str, ...] = ()
    stance: float | None = None
    bar_height_m: float | None = None
    part: tuple[float, float] = (0.0, 1.0)
    held: str = "none"
    pull: tuple[float, float, float] | None = None
    carried: str = "above"
    supported: float = 0.0
    compression_bw: float | None = None
    compression_by: str = "extensors"
    pace_km_h: float | None = None
    cadence_per_min: float | None = None
    scene: tuple[str, ...] = ()
    view: str = "side"

    @property
    def endurance(self) -> bool:
        """Whether minutes count and not repetitions."""
        return self.pace_km_h is not None or self.cadence_per_min is not None


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the catalogue: a motion with its parameters, names, and the muscles that work."""

    id: str
    names: tuple[str, ...]
    family: str
    equipment: tuple[str, ...]
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    motion: Motion
    load_factor: float = 1.0
    needs_load: bool = False

    @property
    def name(self) -> str:
        """The name shown to people."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class LoadedSession:
    """A session with what it adds to its day: exposures by column name; None = nobody knows how much."""

    session: Session
    exposures: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that could not be taken as it stands; `line` counts from 1, None = the whole file."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class UnitTaken(Problem):
    """The file names no unit of weight; this one was taken, kg or lb."""

    unit: str = "kg"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about training: the numbers it names, how firm it is (`grade`), and who says so."""

    id: str
    text: str
    limits: tuple[float, ...]
    grade: str
    source: str

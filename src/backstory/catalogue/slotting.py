"""Which slot of a week an exercise belongs to that no list names: by family, muscles and motion."""

from collections.abc import Callable, Mapping

from backstory.catalogue.motions import lean
from backstory.model import Exercise

OVERHEAD_DEG = 120.0  # the arm against the trunk, from where it counts as overhead
TURNS_DEG, TIPS_DEG = 15.0, 5.0  # the trunk against the hips
ON_THE_SIDE_DEG = 45.0
LEGS = frozenset({"quads", "glutes", "hamstrings", "calves"})
BY_MUSCLE = {
    "biceps": "biceps", "triceps": "triceps", "calves": "calves", "side_delts": "side-delts",
    "rear_delts": "rear-delts", "front_delts": "side-delts", "quads": "squat", "hamstrings": "hinge",
    "glutes": "hinge", "traps": "carry", "forearms": "carry",
}  # fmt: skip


def inferred_slot(exercise: Exercise) -> str | None:
    """The slot that an exercise trains, None where it trains none: stretches, sports, neck, hips sideways.

    Single joints count with what trains their muscles: a leg curl with the hinge, a leg extension with the squat, grip
    and shrugs with the carry; a front raise with the shoulders' other raises.
    """
    return BY_FAMILY[exercise.family](exercise)


def _push(exercise: Exercise) -> str:
    if exercise.primary == ("triceps",):
        return "triceps"
    if "chest" in exercise.primary:
        return "push-horizontal"
    delts = {"front_delts", "side_delts"} & set(exercise.primary)
    return "push-vertical" if delts or arms_overhead(exercise) else "push-horizontal"


def _pull(exercise: Exercise) -> str | None:
    first = exercise.primary[0]
    if first in ("rear_delts", "side_delts"):
        return BY_MUSCLE[first]
    if first == "traps" or not {"lats", "upper_back"} & set(exercise.primary[:2]):
        return BY_MUSCLE.get(first)
    return "pull-vertical" if arms_overhead(exercise) else "pull-horizontal"


def _core(exercise: Exercise) -> str:
    """By what the trunk does or holds against."""
    angles = exercise.motion.angles
    turned = _range(angles, "lumbar_twist") + _range(angles, "pelvis_turn")
    tipped = max((abs(value) for value in angles.get("lumbar_bend", ())), default=0.0)
    lies = max((abs(value) for value in angles.get("pelvis_list", ())), default=0.0) > ON_THE_SIDE_DEG
    if lies or (tipped > TIPS_DEG and tipped > turned):
        return "core-side"
    pulled_sideways = exercise.motion.pull is not None and exercise.motion.pull[2] != 0
    return "core-rotation" if turned > TURNS_DEG or pulled_sideways else "core-front"


def _other(exercise: Exercise) -> str | None:
    if exercise.motion.endurance:
        moves_on = exercise.motion.pace_km_h is not None
        return "gait" if moves_on and LEGS & set(exercise.primary) else None
    known = [muscle for muscle in exercise.primary if muscle in BY_MUSCLE]
    known.sort(key=lambda muscle: muscle == "forearms")  # a reverse curl is a curl
    return BY_MUSCLE[known[0]] if known else None


BY_FAMILY: Mapping[str, Callable[[Exercise], str | None]] = {
    "squat": lambda _: "squat",
    "hinge": lambda exercise: "back-extension" if exercise.primary[0] == "low_back" else "hinge",
    "push": _push,
    "pull": _pull,
    "lunge": lambda _: "lunge",
    "carry": lambda _: "carry",
    "core": _core,
    "gait": lambda _: "gait",
    "other": _other,
}


def arms_overhead(exercise: Exercise) -> bool:
    """Whether an arm is overhead at some point, seen from the trunk."""
    motion = exercise.motion
    leans = lean(motion.angles) if motion.arms_hang else (0.0,) * len(motion.at)
    forward = [motion.angles[name] for name in ("shoulder", "shoulder_r", "shoulder_l") if name in motion.angles]
    outward = [values for name, values in motion.angles.items() if name.startswith("shoulder_abduction")]
    return any(
        angle + tilt > OVERHEAD_DEG for arm in (*forward, *outward) for angle, tilt in zip(arm, leans, strict=True)
    )


def _range(angles: Mapping[str, tuple[float, ...]], name: str) -> float:
    values = angles.get(name, (0.0,))
    return max(values) - min(values)

"""From motions to poses: joint angles along the way, the body set down where it is held, limbs that stay in place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from backstory.body.kinematics import HIP_WIDTH, SIDES, Body, Pose, arm_joints, leg_joints, pose
from backstory.body.masspoints import Array
from backstory.body.reaching import ARM, LEG, joint_hint, reach
from backstory.body.tracing import COLUMNS, trace
from backstory.model import Motion

ANCHORS = {
    "feet": "ball_r", "hands": "hand_r", "pelvis": "mid_hip", "knees": "knee_r", "shoulders": "mid_shoulder",
    "elbows": "elbow_r",
}  # fmt: skip
KEPT = {"grip": (2,), "line": (0, 2)}  # axes of the hands' place that stay
# An elbow that goes from above a bar to below it goes round outside, and takes its time: outward [m], part of the way
ROUND_M, ROUND_OVER = 0.2, 0.06
Placed = tuple[dict[str, Array], dict[str, Array]]
BAR_STEPS = np.linspace(0.0, 1.0, 13)


def pose_motions(motions: Sequence[Motion], body: Body, time: Array) -> Pose:
    """Poses of many motions at once, each array (n, 3, T) or (n, 3, 3, T).

    time: (T,) or (n, T), from 0 (start) to 1 (the far end); beyond both ends the motion goes on as it will: it turns
    back, or it rests. A bar that starts at a given height decides how much of the way is done.
    """
    parts = [motion.part for motion in motions]
    barbells = [i for i, motion in enumerate(motions) if motion.bar_height_m is not None]
    if barbells:
        lifted = [motions[i] for i in barbells]
        for i, start in zip(barbells, _bar_starts(lifted, body), strict=True):
            parts[i] = (start, parts[i][1])
    start = int(np.abs(np.atleast_2d(time)[0]).argmin())
    return _pose(motions, body, trace(motions, parts, time), start)


def _bar_starts(motions: Sequence[Motion], body: Body) -> list[float]:
    """How far along its way each motion has its hands at its bar's height; at an end where they never are."""
    joint, _ = _free(motions, body, trace(motions, [(0.0, 1.0)] * len(motions), BAR_STEPS, steady=True))
    heights = joint["hand_r"][:, 1]
    starts = []
    for motion, height in zip(motions, heights, strict=True):
        order = np.argsort(height)
        starts.append(float(np.interp(motion.bar_height_m or 0.0, height[order], BAR_STEPS[order])))
    return starts


def _pose(motions: Sequence[Motion], body: Body, table: Array, start: int) -> Pose:
    """start: the frame at which the repetition starts, where fixed limbs are put down."""
    joint, rotation = _free(motions, body, table)
    for limb, rows in _limbs_to_hold(motions).items():
        _hold(limb, np.array(rows), start, (joint, rotation), body)
    _widen(motions, joint, rotation, body)
    return Pose(joint, rotation)


def _free(motions: Sequence[Motion], body: Body, table: Array) -> Placed:
    """Posed and set down, with no limb held anywhere."""
    angles = {name: np.radians(table[:, column]) for column, name in enumerate(COLUMNS)}
    angles["pelvis_pitch"] = _pelvis_pitch(motions, angles)
    hang = np.array([motion.arms_hang for motion in motions], dtype=float)[:, None]
    for side in SIDES:
        angles[f"shoulder_flexion_{side}"] += hang * (angles["pelvis_pitch"] + angles["lumbar_flexion"])
    free = pose({name: angles[name] for name in angles if name not in ("trunk", "heel_r", "heel_l")}, body)
    joint, rotation = dict(free.joint), dict(free.rotation)
    _stand(motions, joint, body)
    _set_down(motions, joint, body)
    return joint, rotation


def _pelvis_pitch(motions: Sequence[Motion], angles: Mapping[str, Array]) -> Array:
    """Where the trunk's lean is given, it leads; otherwise the feet are flat and the legs carry the pelvis."""
    by_legs = angles["hip_flexion_r"] - angles["knee_flexion_r"] + angles["ankle_dorsiflexion_r"] + angles["heel_r"]
    given = np.array(["trunk" in motion.angles for motion in motions])[:, None]
    return np.where(given, angles["trunk"] - angles["lumbar_flexion"], by_legs)


def _stance(motions: Sequence[Motion], body: Body) -> tuple[Array, Array]:
    """Motions with a stance of their own, and how far each ankle lies outside its hip [m]."""
    rows = np.array([i for i, motion in enumerate(motions) if motion.stance is not None], dtype=int)
    wide = np.array([(motions[i].stance or 0.0) - HIP_WIDTH for i in rows]) / 2 * body.height_m
    return rows, wide[:, None]


def _stand(motions: Sequence[Motion], joint: dict[str, Array], body: Body) -> None:
    """With the feet apart the pelvis sinks until the legs reach the ground with the same bend of the knees."""
    rows, wide = _stance(motions, body)
    if not rows.size:
        return
    drop = joint["hip_r"][rows, 1] - joint["ankle_r"][rows, 1]
    sink = drop - np.sqrt(np.maximum(drop**2 - wide**2, 0.0))
    for name, place in joint.items():
        if not name.startswith(("knee", "ankle", "heel", "ball")):
            place[rows, 1] -= sink


def _widen(motions: Sequence[Motion], joint: dict[str, Array], rotation: dict[str, Array], body: Body) -> None:
    """Bring the feet to their stance; the knees follow outward."""
    rows, wide = _stance(motions, body)
    if not rows.size:
        return
    for side, sign in SIDES.items():
        ankle = joint[f"ankle_{side}"][rows].copy()
        ankle[:, 2] = sign * (wide + HIP_WIDTH / 2 * body.height_m)
        _bend_leg(side, rows, ankle, rotation[f"foot_{side}"][rows], (joint, rotation), body)


def _set_down(motions: Sequence[Motion], joint: dict[str, Array], body: Body) -> None:
    """Move each body so that the point it rests on stays where it is: over x = 0, at the motion's height."""
    shift = np.empty((len(motions), 2, joint["mid_hip"].shape[-1]))
    for i, motion in enumerate(motions):
        shift[i] = -joint[ANCHORS[motion.anchor]][i, :2]
        shift[i, 1] += motion.height * body.height_m
    for place in joint.values():
        place[:, :2] += shift


def _limbs_to_hold(motions: Sequence[Motion]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for i, motion in enumerate(motions):
        for limb in motion.fixed:
            found[limb].append(i)
    return found


def _hold(limb: str, rows: Array, start: int, placed: Placed, body: Body) -> None:
    """Keep a hand or a foot where the start has it; `grip`: keep both hands as far apart as they are at the start;
    `line`: that, and straight above where they started."""
    joint, rotation = placed
    first = slice(start, start + 1)
    for side in SIDES if limb in KEPT else limb[-1]:
        if limb.startswith("foot"):
            ankle = np.broadcast_to(joint[f"ankle_{side}"][rows, :, first], joint["mid_hip"][rows].shape)
            foot = np.broadcast_to(rotation[f"foot_{side}"][rows, :, :, first], rotation["pelvis"][rows].shape)
            _bend_leg(side, rows, ankle, foot, placed, body)
        else:
            target = joint[f"hand_{side}"][rows].copy()
            for axis in KEPT.get(limb, (0, 1, 2)):
                target[:, axis] = target[:, axis, first]
            _bend_arm(side, rows, target, placed, body, ROUND_M if limb == "line" else 0.0)


def _bend_leg(side: str, rows: Array, ankle: Array, foot: Array, placed: Placed, body: Body) -> None:
    joint, rotation = placed
    lengths = (body.length_m("thigh"), body.length_m("shank"))
    hip = joint[f"hip_{side}"][rows]
    hint = joint_hint(rotation[f"thigh_{side}"][rows], lengths[0], LEG)
    thigh, shank = reach(hip, ankle, hint, lengths, LEG)
    limb = {"thigh": thigh, "shank": shank, "foot": foot}
    _put(placed, rows, side, limb, leg_joints(hip, side, limb, body))


def _bend_arm(side: str, rows: Array, grip: Array, placed: Placed, body: Body, round_m: float) -> None:
    joint, rotation = placed
    shoulder = joint[f"shoulder_{side}"][rows]
    forearm_m = float(np.linalg.norm((joint[f"hand_{side}"] - joint[f"elbow_{side}"])[rows[0], :, 0]))
    lengths = (body.length_m("upper_arm"), forearm_m)
    hint = joint_hint(rotation[f"upper_arm_{side}"][rows], lengths[0], ARM)
    hint[:, 2] += SIDES[side] * round_m
    hint = hint @ _smoothing(hint.shape[-1])
    upper, forearm = reach(shoulder, grip, hint, lengths, ARM)
    limb = {"upper_arm": upper, "forearm": forearm}
    _put(placed, rows, side, limb, arm_joints(shoulder, side, limb, body))


@cache
def _smoothing(frames: int) -> Array:
    """A Gaussian mean over time as a matrix (T, T), its rows' ends cut off and made up for."""
    apart = np.subtract.outer(np.arange(frames), np.arange(frames)) / (ROUND_OVER * frames)
    weight = np.exp(-(apart**2) / 2)
    return np.asarray(weight / weight.sum(axis=0))


def _put(placed: Placed, rows: Array, side: str, limb: Mapping[str, Array], joints: Mapping[str, Array]) -> None:
    joint, rotation = placed
    for name, value in limb.items():
        rotation[f"{name}_{side}"][rows] = value
    for name, value in joints.items():
        joint[name][rows] = value

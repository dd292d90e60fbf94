"""Points of a posed body where a load is held or the ground carries it."""

from collections.abc import Sequence

import numpy as np

from backstory.body.kinematics import Body, Pose
from backstory.body.masspoints import Array
from backstory.model import Motion

# segment, joint, and the point's offset from the joint in the segment's axes [body heights]: judgement
ON_BODY = {
    "back": ("trunk", "mid_shoulder", (-0.045, 0.02)),
    "back_low": ("trunk", "mid_shoulder", (-0.06, -0.02)),
    "front": ("trunk", "mid_shoulder", (0.06, 0.005)),
    "chest": ("trunk", "mid_shoulder", (0.11, -0.10)),
    "elbows": ("trunk", "mid_shoulder", (0.12, -0.17)),
    "backpack": ("trunk", "mid_shoulder", (-0.09, -0.08)),
    "head": ("trunk", "mid_shoulder", (0.0, 0.14)),
    "hips": ("pelvis", "mid_hip", (0.06, 0.02)),
    "belt": ("pelvis", "mid_hip", (0.0, 0.0)),
}
BY_LIMB = {
    "hands": ("hand_r", "hand_l"), "hand_r": ("hand_r",), "hand_l": ("hand_l",),
    "ankles": ("ankle_r", "ankle_l"), "ankle_r": ("ankle_r",), "knees": ("knee_r", "knee_l"),
}  # fmt: skip
NOWHERE = "none"  # a machine whose weight never reaches the trunk
BELOW = frozenset({"hips", "belt", "ankles", "ankle_r", "knees"})  # what L5/S1 does not carry from above
HELD = frozenset({*ON_BODY, *BY_LIMB, NOWHERE})
PROPS = {
    "hands": ("hand_r", "hand_l"), "hand_r": ("hand_r",), "elbows": ("elbow_r", "elbow_l"),
    "shoulders": ("shoulder_r", "shoulder_l"), "feet": ("ball_r", "ball_l"), "heels": ("heel_r", "heel_l"),
    "foot_r": ("ball_r",), "knees": ("knee_r", "knee_l"), "ankles": ("ankle_r", "ankle_l"),
}  # fmt: skip


def held_points(posed: Pose, motions: Sequence[Motion], body: Body) -> Array:
    """Where each motion holds its load: two points that share it, (n, 3, 2, T) [m]."""
    shape = posed.joint["mid_hip"].shape
    points = np.empty((*shape[:2], 2, shape[-1]))
    for word in {motion.held for motion in motions}:
        rows = [i for i, motion in enumerate(motions) if motion.held == word]
        if word in ON_BODY:
            segment, joint, (x, y) = ON_BODY[word]
            axes = posed.rotation[segment][rows]
            points[rows] = (posed.joint[joint][rows] + body.height_m * (x * axes[:, :, 0] + y * axes[:, :, 1]))[
                :, :, None
            ]
        else:
            names = BY_LIMB.get(word, ("mid_hip",))
            points[rows] = np.stack([posed.joint[names[0]][rows], posed.joint[names[-1]][rows]], axis=2)
    return points


def prop_points(posed: Pose, names: Sequence[str]) -> Array:
    """Where each motion is propped: the middle of the points that a word of PROPS stands for, (n, 3, T) [m]."""
    return np.array([np.mean([posed.joint[point][i] for point in PROPS[name]], axis=0) for i, name in enumerate(names)])

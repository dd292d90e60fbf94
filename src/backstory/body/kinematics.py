"""From joint angles to joint centres and segment poses: forward kinematics, vectorised over frames and motions.

x points forward, y up, z to the right. With every angle at zero the body stands upright, arms hanging, feet level.
Angles are in radians; positive: pelvis pitch and lumbar flexion lean forward, hip and shoulder flexion bring the limb
forward, abduction brings it outward, knee and elbow flexion bend it, dorsiflexion lifts the toes, pelvis list and
lumbar bend go to the right, turn and twist to the left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from backstory.body.anthropometry import L5S1_SHARE, check_body, table
from backstory.body.masspoints import Array, MassPoints, pseudo_inertia

SIDES = {"r": 1.0, "l": -1.0}
TRUNK_ANGLES = ("pelvis_pitch", "pelvis_list", "pelvis_turn", "lumbar_flexion", "lumbar_bend", "lumbar_twist")
LIMB_ANGLES = (
    "hip_flexion", "hip_abduction", "knee_flexion", "ankle_dorsiflexion", "shoulder_flexion", "shoulder_abduction",
    "shoulder_rotation", "elbow_flexion",
)  # fmt: skip
ANGLES = (*TRUNK_ANGLES, *(f"{angle}_{side}" for angle in LIMB_ANGLES for side in SIDES))
# Between the joint centres, of body height: judgement, after the breadths in Winter 2009, fig. 4.1.
HIP_WIDTH, SHOULDER_WIDTH = 0.096, 0.213
ANKLE_HEIGHT = 0.039  # of body height; Winter 2009, fig. 4.1
HEEL_BEHIND, BALL_AHEAD = 0.22, 0.5  # of the foot's length, from the ankle: judgement
GRIP = 0.6  # of the hand's length below the wrist: where a bar lies


@dataclass(frozen=True, slots=True)
class Pose:
    """joint: centre of each joint (..., 3, T) [m]; rotation: of each segment, body to ground (..., 3, 3, T)."""

    joint: Mapping[str, Array]
    rotation: Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Body:
    """One person's size, and the proportions of `data`, which is a table of de_leva.toml."""

    mass_kg: float
    height_m: float
    data: Mapping[str, Any]

    @classmethod
    def of(cls, sex: str | None, body_mass_kg: float, height_m: float) -> "Body":
        """Raises InputError for a body out of range."""
        check_body(body_mass_kg, height_m)
        return cls(body_mass_kg, height_m, table(sex))

    def length_m(self, segment: str) -> float:
        """De Leva's length, scaled by height [m]."""
        return float(self.data[segment]["length_m"] * self.height_m / self.data["height_m"])


def pose(angles: Mapping[str, Array | float], body: Body, pelvis_m: Array | None = None) -> Pose:
    """Joint centres and segment poses.

    angles: (..., T) [rad] by a name in ANGLES, 0 where not given; pelvis_m: (..., 3, T) mid-hip [m]. Raises KeyError.
    """
    shape = np.broadcast_shapes(*(np.shape(value) for value in angles.values()))
    if unknown := angles.keys() - set(ANGLES):
        raise KeyError(f"no such angle: {', '.join(sorted(unknown))}")
    at = {name: np.broadcast_to(np.asarray(angles.get(name, 0.0), dtype=float), shape) for name in ANGLES}
    pelvis = _chain(turn("z", -at["pelvis_pitch"]), turn("x", at["pelvis_list"]), turn("y", at["pelvis_turn"]))
    trunk = _chain(
        pelvis, turn("z", -at["lumbar_flexion"]), turn("x", at["lumbar_bend"]), turn("y", at["lumbar_twist"])
    )
    root = np.zeros((*shape[:-1], 3, shape[-1])) if pelvis_m is None else pelvis_m
    lower, trunk_m = body.length_m("lower_trunk"), _trunk_length(body)
    joint = {"mid_hip": root, "lumbar": root + _point(pelvis, (0, lower * L5S1_SHARE, 0))}
    joint["mid_shoulder"] = joint["lumbar"] + _point(trunk, (0, trunk_m, 0))
    rotation = {"pelvis": pelvis, "trunk": trunk}
    for side, sign in SIDES.items():
        leg, arm = _limbs(at, side, sign, pelvis, trunk)
        rotation |= {f"{name}_{side}": value for name, value in (*leg.items(), *arm.items())}
        hip = root + _point(pelvis, (0, 0, sign * HIP_WIDTH / 2 * body.height_m))
        shoulder = joint["mid_shoulder"] + _point(trunk, (0, 0, sign * SHOULDER_WIDTH / 2 * body.height_m))
        joint |= leg_joints(hip, side, leg, body) | arm_joints(shoulder, side, arm, body)
    return Pose(joint, rotation)


def upper_points(posed: Pose, body: Body) -> MassPoints:
    """Everything above L5/S1 as mass points."""
    return _points([*_trunk_parts(posed, body), *(part for side in SIDES for part in _arm_parts(posed, body, side))])


def lower_points(posed: Pose, body: Body) -> MassPoints:
    """Everything below L5/S1 as mass points: half of the lower trunk, and the legs."""
    half = L5S1_SHARE * body.length_m("lower_trunk")
    pelvis = posed.rotation["pelvis"]
    com = posed.joint["lumbar"] + _point(pelvis, (0, -half / 2, 0))
    parts = [(com, pelvis, *_inertia(body, "lower_trunk", L5S1_SHARE))]
    return _points([*parts, *(part for side in SIDES for part in _leg_parts(posed, body, side))])


Part = tuple[Array, Array, float, tuple[float, float, float]]


def _points(parts: list[Part]) -> MassPoints:
    """Segments that turn together, such as the parts of the trunk, share their axes."""
    inertia: dict[int, Array] = {}
    axes: list[Array] = []
    for _, rotation, _, principal in parts:
        if id(rotation) not in inertia:
            axes += [rotation[..., :, k, :] for k in range(3)]
        inertia[id(rotation)] = inertia.get(id(rotation), np.zeros(3)) + pseudo_inertia(np.array(principal))
    position = np.stack([*(com for com, *_ in parts), *axes], axis=-2)
    return MassPoints(position, np.array([*(part[2] for part in parts), *np.ravel([*inertia.values()])]), len(parts))


def _trunk_parts(posed: Pose, body: Body) -> list[Part]:
    """Lower trunk above L5/S1, middle and upper trunk, head: (com, rotation, mass, principal inertia)."""
    bottom, parts = 0.0, []
    for name in ("lower_trunk", "middle_trunk", "upper_trunk", "head"):
        share = 1 - L5S1_SHARE if name == "lower_trunk" else 1.0
        length = share * body.length_m(name)
        down = 0.5 if share < 1 else body.data[name]["com"]
        com = posed.joint["lumbar"] + _point(posed.rotation["trunk"], (0, bottom + (1 - down) * length, 0))
        parts.append((com, posed.rotation["trunk"], *_inertia(body, name, share)))
        bottom += length
    return parts


def _arm_parts(posed: Pose, body: Body, side: str) -> list[Part]:
    return [
        _limb_part(posed, body, name, f"{start}_{side}", f"{'forearm' if name == 'hand' else name}_{side}")
        for name, start in (("upper_arm", "shoulder"), ("forearm", "elbow"), ("hand", "wrist"))
    ]


def _leg_parts(posed: Pose, body: Body, side: str) -> list[Part]:
    thigh, shank = (
        _limb_part(posed, body, name, f"{start}_{side}", f"{name}_{side}")
        for name, start in (("thigh", "hip"), ("shank", "knee"))
    )
    foot = posed.rotation[f"foot_{side}"]
    forward = (body.data["foot"]["com"] - HEEL_BEHIND) * body.length_m("foot")
    com = posed.joint[f"ankle_{side}"] + _point(foot, (forward, -ANKLE_HEIGHT / 2 * body.height_m, 0))
    mass, (about_x, about_y, about_z) = _inertia(body, "foot", 1.0)
    return [thigh, shank, (com, foot, mass, (about_y, about_x, about_z))]  # its length points forward, not down


def _limb_part(posed: Pose, body: Body, segment: str, start: str, axes: str) -> Part:
    rotation = posed.rotation[axes]
    down = body.data[segment]["com"] * body.length_m(segment)
    return posed.joint[start] + _point(rotation, (0, -down, 0)), rotation, *_inertia(body, segment, 1.0)


def _inertia(body: Body, name: str, share: float) -> tuple[float, tuple[float, float, float]]:
    """Mass [kg] and moments of inertia about x (sagittal), y (longitudinal) and z (transverse) [kg m2]."""
    mass = share * body.data[name]["mass"] * body.mass_kg
    sagittal, transverse, longitudinal = (
        mass * (r * share * body.length_m(name)) ** 2 for r in body.data[name]["radii"]
    )
    return mass, (sagittal, longitudinal, transverse)


def _limbs(
    at: Mapping[str, Array], side: str, sign: float, pelvis: Array, trunk: Array
) -> tuple[dict[str, Array], dict[str, Array]]:
    thigh = _chain(pelvis, turn("z", at[f"hip_flexion_{side}"]), turn("x", -sign * at[f"hip_abduction_{side}"]))
    shank = _chain(thigh, turn("z", -at[f"knee_flexion_{side}"]))
    foot = _chain(shank, turn("z", at[f"ankle_dorsiflexion_{side}"]))
    upper_arm = _chain(
        trunk,
        turn("z", at[f"shoulder_flexion_{side}"]),
        turn("x", -sign * at[f"shoulder_abduction_{side}"]),
        turn("y", sign * at[f"shoulder_rotation_{side}"]),
    )
    forearm = _chain(upper_arm, turn("z", at[f"elbow_flexion_{side}"]))
    return {"thigh": thigh, "shank": shank, "foot": foot}, {"upper_arm": upper_arm, "forearm": forearm}


def leg_joints(hip: Array, side: str, leg: Mapping[str, Array], body: Body) -> dict[str, Array]:
    """Hip, knee, ankle, and where heel and ball of the foot touch the ground."""
    knee = hip + _point(leg["thigh"], (0, -body.length_m("thigh"), 0))
    ankle = knee + _point(leg["shank"], (0, -body.length_m("shank"), 0))
    down, foot_m = -ANKLE_HEIGHT * body.height_m, body.length_m("foot")
    heel = ankle + _point(leg["foot"], (-HEEL_BEHIND * foot_m, down, 0))
    ball = ankle + _point(leg["foot"], (BALL_AHEAD * foot_m, down, 0))
    names = ("hip", "knee", "ankle", "heel", "ball")
    return {f"{name}_{side}": point for name, point in zip(names, (hip, knee, ankle, heel, ball), strict=True)}


def arm_joints(shoulder: Array, side: str, arm: Mapping[str, Array], body: Body) -> dict[str, Array]:
    """Shoulder, elbow, wrist, and the middle of the grip."""
    elbow = shoulder + _point(arm["upper_arm"], (0, -body.length_m("upper_arm"), 0))
    wrist = elbow + _point(arm["forearm"], (0, -body.length_m("forearm"), 0))
    grip = wrist + _point(arm["forearm"], (0, -GRIP * body.length_m("hand"), 0))
    names = ("shoulder", "elbow", "wrist", "hand")
    return {f"{name}_{side}": point for name, point in zip(names, (shoulder, elbow, wrist, grip), strict=True)}


def _trunk_length(body: Body) -> float:
    """L5/S1 to between the shoulders [m]."""
    scale = body.height_m / body.data["height_m"]
    return float(body.data["mid_shoulder_m"] * scale - L5S1_SHARE * body.length_m("lower_trunk"))


def turn(axis: str, angle: Array) -> Array:
    """Rotation about one axis, (..., T) → (..., 3, 3, T), counter-clockwise seen from the axis's tip."""
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    rotation = np.zeros((*angle.shape[:-1], 3, 3, angle.shape[-1]))
    rotation[..., 3 - first - second, 3 - first - second, :] = 1.0
    rotation[..., first, first, :] = rotation[..., second, second, :] = np.cos(angle)
    sine = np.sin(angle)
    rotation[..., second, first, :], rotation[..., first, second, :] = sine, -sine
    return rotation


def _chain(*rotations: Array) -> Array:
    result = rotations[0]
    for rotation in rotations[1:]:
        result = np.einsum("...ijt,...jkt->...ikt", result, rotation)
    return result


def _point(rotation: Array, local: tuple[float, float, float]) -> Array:
    """A point of a segment, from its own axes to the ground's, (..., 3, T)."""
    return np.asarray(np.einsum("...ijt,j->...it", rotation, np.array(local, dtype=float)))

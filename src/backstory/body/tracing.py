"""Joint angles along the way of a motion: from a few keyframes to a smooth path through them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import numpy as np

from backstory.body.kinematics import SIDES
from backstory.body.masspoints import Array
from backstory.model import Motion

TRUNK = {
    "trunk": "trunk", "lumbar": "lumbar_flexion", "lumbar_bend": "lumbar_bend", "lumbar_twist": "lumbar_twist",
    "pelvis_list": "pelvis_list", "pelvis_turn": "pelvis_turn",
}  # fmt: skip
LIMBS = {
    "hip": "hip_flexion", "hip_abduction": "hip_abduction", "knee": "knee_flexion", "ankle": "ankle_dorsiflexion",
    "heel": "heel", "shoulder": "shoulder_flexion", "shoulder_abduction": "shoulder_abduction",
    "shoulder_rotation": "shoulder_rotation", "elbow": "elbow_flexion",
}  # fmt: skip
COLUMNS = (*TRUNK.values(), *(f"{name}_{side}" for name in LIMBS.values() for side in SIDES))
PLACE = {column: number for number, column in enumerate(COLUMNS)}
# Which columns each angle of a motion fills
BOTH_SIDES = {
    **{name: [PLACE[column]] for name, column in TRUNK.items()},
    **{name: [PLACE[f"{column}_{side}"] for side in SIDES] for name, column in LIMBS.items()},
}
ONE_SIDE = {f"{name}_{side}": [PLACE[f"{column}_{side}"]] for name, column in LIMBS.items() for side in SIDES}


def trace(motions: Sequence[Motion], parts: Sequence[tuple[float, float]], time: Array, steady: bool = False) -> Array:
    """Angles of each motion, (n, len(COLUMNS), T) [degrees].

    parts: from where to where along its way each motion goes; time: (T,) or (n, T), 0 = start, 1 = far end; steady: at
    even speed. Without a pause a motion turns back at once, in a cosine; with one it comes to rest with the least jerk
    (Flash & Hogan 1985, J Neurosci 5:1688). Between keyframes runs a natural cubic spline.
    """
    alike: dict[tuple[tuple[float, ...], bool], list[int]] = defaultdict(list)
    for i, motion in enumerate(motions):
        alike[motion.at, motion.pause_s > 0].append(i)
    low, high = np.array(parts, dtype=float).T
    times = np.broadcast_to(time, (len(motions), np.shape(time)[-1]))
    table = np.empty((len(motions), len(COLUMNS), times.shape[1]))
    for (at, rests), rows in alike.items():
        along = times[rows] if steady else _least_jerk(times[rows]) if rests else (1 - np.cos(np.pi * times[rows])) / 2
        keys = np.zeros((len(rows), len(COLUMNS), len(at)))
        for row, i in enumerate(rows):
            _fill(keys[row], motions[i])
        table[rows] = keys @ _basis(at, low[rows, None] + (high - low)[rows, None] * along)
    return table


def _fill(keys: Array, motion: Motion) -> None:
    """An angle without a side holds for both, unless a side has its own."""
    for rows in (BOTH_SIDES, ONE_SIDE):
        for name, values in motion.angles.items():
            if name in rows:
                keys[rows[name]] = values


def _least_jerk(time: Array) -> Array:
    t = np.clip(time, 0.0, 1.0)
    return np.asarray(t**3 * (10 - 15 * t + 6 * t**2))


def _basis(at: tuple[float, ...], along: Array) -> Array:
    """How much each keyframe counts at each point of the way, (n, T) → (n, K, T): a natural cubic spline through unit
    values.
    """
    knots = np.array(at)
    k = np.clip(np.searchsorted(knots, along, side="right") - 1, 0, len(at) - 2)
    width = knots[k + 1] - knots[k]
    b = (along - knots[k]) / width
    a = 1 - b
    unit, curvature = np.eye(len(at)), _curvatures(at)
    bend_a, bend_b = (a**3 - a) * width**2 / 6, (b**3 - b) * width**2 / 6
    basis = a[..., None] * unit[k] + b[..., None] * unit[k + 1]
    basis += bend_a[..., None] * curvature[k] + bend_b[..., None] * curvature[k + 1]
    return np.asarray(basis.swapaxes(-1, -2))


@cache
def _curvatures(at: tuple[float, ...]) -> Array:
    """Second derivatives of the natural cubic splines through each unit vector, at the knots (K, K)."""
    count, step = len(at), np.diff(at)
    system, right = np.eye(count), np.zeros((count, count))
    for i in range(1, count - 1):
        system[i, i - 1 : i + 2] = step[i - 1] / 6, (step[i - 1] + step[i]) / 3, step[i] / 6
        right[i, i - 1 : i + 2] = 1 / step[i - 1], -1 / step[i - 1] - 1 / step[i], 1 / step[i]
    return np.asarray(np.linalg.solve(system, right))

"""A limb of two segments that reaches for a point: which way its segments turn."""

import numpy as np

from backstory.body.masspoints import Array, cross

ARM, LEG = 1.0, -1.0  # an elbow bends the forearm forward, a knee the shank backward
STRAIGHT_M = 0.05  # how far out a straight limb's joint is taken to lie
SOFT = 0.005  # of full stretch; a limb that locks at once would ask for endless acceleration


def reach(
    start: Array, target: Array, hint: Array, lengths_m: tuple[float, float], bends: float
) -> tuple[Array, Array]:
    """Rotations of both segments that bring the limb's end to `target`, or as near as it reaches.

    start, target: (..., 3, T) [m]; hint: (..., 3, T) which way off the line between both its middle joint lies;
    lengths_m: of both segments; bends: ARM or LEG. The law of cosines and nothing else.
    """
    first, second = lengths_m
    line = target - start
    distance = np.maximum(_norm(line), 1e-9)
    along = line / distance
    slack = SOFT * np.logaddexp(0.0, (1 - distance / (first + second)) / SOFT)
    distance = np.maximum((first + second) * (1 - slack), abs(first - second) + 1e-6)
    outward = hint - along * (hint * along).sum(axis=-2, keepdims=True)
    outward /= np.maximum(_norm(outward), 1e-9)
    part = (first**2 - second**2 + distance**2) / (2 * distance)
    middle = along * part + outward * np.sqrt(np.maximum(first**2 - part**2, 0.0))
    end = along * distance
    lateral = cross(outward * -bends, -along)
    return _frame(-middle / first, lateral), _frame((middle - end) / second, lateral)


def joint_hint(upper: Array, length_m: float, bends: float) -> Array:
    """Where the middle joint lies as the upper segment is posed; of a straight limb, the side that it bends to."""
    return -length_m * upper[..., :, 1, :] - bends * STRAIGHT_M * upper[..., :, 0, :]


def _frame(up: Array, lateral: Array) -> Array:
    """Rotation whose y axis points up the segment and whose z axis is its joint's axis."""
    return np.stack([cross(up, lateral), up, lateral], axis=-2)


def _norm(vector: Array) -> Array:
    return np.asarray(np.sqrt((vector * vector).sum(axis=-2, keepdims=True)))

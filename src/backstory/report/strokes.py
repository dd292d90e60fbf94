"""What a figure is made of: round-ended strokes in the room, and the scene that they are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from backstory.body.masspoints import Array
from backstory.model import Motion

GROUND, FAR, MIDDLE, NEAR, FRONT = range(5)  # drawn in this order


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through `points` (F, k, 3) [m], or (1, k, 3) where it never moves; one point is a disc.

    `kind`: how it looks (see figure_style); `layer`: what it lies behind.
    """

    kind: str
    width_m: float
    points: Array
    layer: int = GROUND


@dataclass(frozen=True, slots=True)
class Scene:
    """A posed motion: `joint` (F, 3) [m] by name, `axes` (F, 3, 3) of each segment, `held` (F, 3) the load's place."""

    motion: Motion
    joint: Mapping[str, Array]
    axes: Mapping[str, Array]
    held: Array
    height_m: float

    @property
    def one_hand(self) -> bool:
        return self.motion.held in ("hand_r", "hand_l")

    @property
    def hands(self) -> tuple[str, ...]:
        """Sides of the hands that hold something."""
        return (self.motion.held[-1],) if self.one_hand else ("l", "r")

    def middle(self, name: str) -> Array:
        """Between the right and the left joint of this name (F, 3)."""
        return np.asarray((self.joint[f"{name}_r"] + self.joint[f"{name}_l"]) / 2)


def line(kind: str, width_m: float, *points: Array, layer: int = GROUND) -> Stroke:
    """A stroke through points that are (F, 3) each, or (3,) where they stand still."""
    frames = max(np.atleast_2d(point).shape[0] for point in points)
    return Stroke(kind, width_m, np.stack([np.broadcast_to(point, (frames, 3)) for point in points], axis=1), layer)


def disc(kind: str, radius_m: float, centre: Array, layer: int = GROUND) -> Stroke:
    """A filled circle."""
    return line(kind, 2 * radius_m, centre, layer=layer)


def at(x: float, y: float, z: float = 0.0) -> Array:
    """A place in the room [m]: forward, up, right."""
    return np.array([x, y, z])

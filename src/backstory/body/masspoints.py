"""A moving body as points: what its dynamics need, and nothing else.

A rigid body of mass m, centre c and pseudo-inertia diag(j1, j2, j3) in its own axes e_k moves like a point c of mass m
and three points e_k of weight j_k that gravity does not act on: its angular momentum about c is Σ j_k e_k × ė_k, and
the change of that is Σ j_k e_k × ë_k (García de Jalón & Bayo 1994, Kinematic and Dynamic Simulation of Multibody
Systems, ch. 4). No angular velocity is ever needed, and every kind of input becomes the same list of points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MassPoints:
    """position: (..., 3, p, T) [m], for an axis its direction; weight: (..., p) [kg, or kg m2 for an axis].

    The first `heavy` of the p points have mass and weight; the others are axes.
    """

    position: Array
    weight: Array
    heavy: int


def cross(a: Array, b: Array) -> Array:
    """a × b of (..., 3, T), several times as fast as numpy's own for small arrays."""
    ax, ay, az = (a[..., axis, :] for axis in range(3))
    bx, by, bz = (b[..., axis, :] for axis in range(3))
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=-2)


def pseudo_inertia(principal: Array) -> Array:
    """Moments of inertia about a body's own axes (..., 3) [kg m2] → its second moments of mass along them (..., 3)."""
    return np.asarray(principal.sum(axis=-1, keepdims=True) / 2 - principal)


def from_poses(com_m: Array, rotation: Array, mass_kg: Array, principal_kgm2: Array) -> MassPoints:
    """Segments whose poses are known.

    com_m: (T, n, 3) [m]; rotation: (T, n, 3, 3) body to ground; mass_kg: (n,); principal_kgm2: (n, 3) about the centre.
    """
    count = len(mass_kg)
    axes = rotation.transpose(2, 1, 3, 0).reshape(3, 3 * count, -1)
    position = np.concatenate([com_m.transpose(2, 1, 0), axes], axis=1)
    return MassPoints(position, np.concatenate([mass_kg, pseudo_inertia(principal_kgm2).ravel()]), count)


def from_rods(com_m: Sequence[Array], along: Sequence[Array], mass_kg: Array, transverse_kgm2: Array) -> MassPoints:
    """Segments of which only the direction is known: what turns about their own length is left out.

    com_m, along: n of (T, 3), `along` of length 1; mass_kg, transverse_kgm2: (n,).
    """
    position = np.array([*com_m, *along]).transpose(2, 0, 1)
    return MassPoints(np.ascontiguousarray(position), np.concatenate([mass_kg, transverse_kgm2]), len(mass_kg))

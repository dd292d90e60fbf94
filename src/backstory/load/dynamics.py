"""Moments about a joint from the motion of everything above it: top-down Newton-Euler, vectorised over frames and sets.

    M = Σ m (c - j) × (c̈ - g) + Σ j_k e_k × ë_k

in the mass points of `body.masspoints` (Winter 2009, Biomechanics and Motor Control of Human Movement, ch. 7). Statics
is not enough: on a fast squat it loses half of the peak.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from backstory.body.masspoints import Array, MassPoints, cross

GRAVITY = 9.80665  # m/s2

# Sixth-order central differences (Fornberg 1988, Math Comput 51:699): at 50 Hz still exact to 1e-5 for 3 Hz motions.
BLOCK = 32  # frames differentiated at once
SECOND = np.array([1 / 90, -3 / 20, 3 / 2, -49 / 18, 3 / 2, -3 / 20, 1 / 90])


@dataclass(frozen=True, slots=True)
class Moments:
    """About L5/S1 [Nm], (..., T) each: positive = the back extends, bends to the right, turns to the left."""

    extension: Array
    bending: Array
    rotation: Array


def second_derivative(x: Array, step_s: float) -> Array:
    """ẍ along the last axis, (..., T) → (..., T); at the ends the motion is taken to stand still."""
    reach, count = len(SECOND) // 2, x.shape[-1]
    padded = np.empty((*x.shape[:-1], count + 2 * reach))
    padded[..., reach:-reach], padded[..., :reach], padded[..., -reach:] = x, x[..., :1], x[..., -1:]
    found = np.empty_like(x)
    for start in range(0, count, BLOCK):
        wide = min(BLOCK, count - start)
        np.matmul(
            padded[..., start : start + wide + 2 * reach], _band(wide) / step_s**2, out=found[..., start : start + wide]
        )
    return found


@cache
def _band(frames: int) -> Array:
    """The differences of so many frames as a matrix, which multiplies several times as fast as they are summed."""
    band = np.zeros((frames + len(SECOND) - 1, frames))
    for frame in range(frames):
        band[frame : frame + len(SECOND), frame] = SECOND
    return band


def joint_moment(points: MassPoints, joint_m: Array, step_s: float) -> Array:
    """Moment that the part below the joint exerts on the part above, in the ground's axes [Nm], (..., 3, T).

    points: everything above the joint, y up; joint_m: (..., 3, T) [m]; step_s: time between frames [s].
    """
    acceleration = second_derivative(points.position, step_s)
    heavy = slice(0, points.heavy)
    acceleration[..., 1, heavy, :] += GRAVITY  # y is up
    arm = points.position.copy()
    arm[..., heavy, :] -= joint_m[..., :, None, :]
    arm *= points.weight[..., None, :, None]
    x, y, z = np.moveaxis(arm, -3, 0)
    ax, ay, az = np.moveaxis(acceleration, -3, 0)
    return np.stack([_sum(y, az) - _sum(z, ay), _sum(z, ax) - _sum(x, az), _sum(x, ay) - _sum(y, ax)], axis=-2)


def resting_moment(points: MassPoints, joint_m: Array) -> Array:
    """The same for a body at rest: gravity alone."""
    heavy = slice(0, points.heavy)
    weight = GRAVITY * points.weight[..., heavy]
    x, z = (_weigh(weight, points.position[..., axis, heavy, :] - joint_m[..., axis, None, :]) for axis in (0, 2))
    return np.stack([-z, np.zeros_like(x), x], axis=-2)


def _weigh(weight: Array, arm: Array) -> Array:
    return np.asarray(np.einsum("...p,...pt->...t", weight, arm))


def _sum(a: Array, b: Array) -> Array:
    return np.asarray(np.einsum("...pt,...pt->...t", a, b))


def about_joint_axes(moment_nm: Array, lateral: Array, longitudinal: Array) -> Moments:
    """Extension about the pelvis's lateral axis, bending about the axis after that, rotation about the trunk's own.

    moment_nm: (..., 3, T); lateral: (..., 3, T) pelvis's axis to the right; longitudinal: (..., 3, T) trunk's, upwards.
    """
    forward = cross(longitudinal, lateral)
    forward /= np.linalg.norm(forward, axis=-2, keepdims=True)
    return Moments(*((moment_nm * axis).sum(axis=-2) for axis in (lateral, forward, longitudinal)))

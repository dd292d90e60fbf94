"""What one repetition of a motion does to L5/S1: once for the body itself and once for each kilogram that it holds.

Both parts are linear in what is moved, and what motion adds to gravity goes with 1/duration²; so one pass of the engine
a motion serves every weight, every body mass of that height and every tempo.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos

import numpy as np

from backstory.body.anthropometry import table
from backstory.body.kinematics import Body, Pose, lower_points, upper_points
from backstory.body.masspoints import Array, MassPoints, cross
from backstory.body.places import BELOW, NOWHERE, held_points, prop_points
from backstory.body.posing import pose_motions
from backstory.load.compression import EXTENSOR_ARM_M, LINE_OF_ACTION
from backstory.load.dynamics import GRAVITY, about_joint_axes, joint_moment, resting_moment
from backstory.model import Motion

FRAMES, MANY_FRAMES = 17, 49  # a way; with more the peaks of hardly any motion change (see the tests)
MANY_KEYFRAMES = 5  # from which a motion has parts that are quick beside the whole
MARGIN = 3  # frames beyond both ends, which the second derivative needs
BODY, LOAD = 0, 1
BOTH = ("shoulder_r", "shoulder_l")
ARMS = {"hands": BOTH, "elbows": BOTH, "hand_r": ("shoulder_r",)}  # props that a shoulder pushes on
HOLDS = frozenset({"pull_up_bar", "barbell", "straps", "rings"})  # what hands hold does not let them slip
FRICTION = 0.6  # of skin or a mat on a floor: judgement
MUSCLES = {"extensors": (0, 1.0), "flexors": (0, -1.0), "sides": (1, 1.0)}  # which of the three moments they hold


@dataclass(frozen=True, slots=True)
class Repetition:
    """`moment`: extension, bending and rotation moment on both ways (lowering, lifting) for a kilogram of body mass and
    of load, (2, 3, 2, frames) [Nm/kg]; `axial`: weight along the trunk's axis, on either way (2, frames) [N/kg];
    `seconds`: of lowering, pause, lifting (3,).
    """

    moment: Array
    axial: Array
    seconds: Array


def repetitions(motions: Sequence[Motion], sex: str | None, height_m: float) -> dict[str, Repetition]:
    """One repetition of each motion, by its id, by a person of this sex and height."""
    body = Body(1.0, height_m, table(sex))
    found: dict[str, Repetition] = {}
    for frames, many in ((FRAMES, False), (MANY_FRAMES, True)):
        some = [motion for motion in motions if (len(motion.at) >= MANY_KEYFRAMES) == many]
        if some:
            found |= _repetitions(some, body, frames)
    return found


def _repetitions(motions: Sequence[Motion], body: Body, frames: int) -> dict[str, Repetition]:
    step = 1 / (frames - 1)
    posed = pose_motions(motions, body, np.arange(-MARGIN, frames + MARGIN, dtype=float) * step)
    held = held_points(posed, motions, body)
    ground = np.empty((2, 2, len(motions), 3, frames + 2 * MARGIN))
    axial = np.empty((2, len(motions), frames + 2 * MARGIN))
    for kind in {_kind(motion) for motion in motions}:
        rows = np.array([i for i, motion in enumerate(motions) if _kind(motion) == kind])
        alike = posed if len(rows) == len(motions) else _take(posed, rows)
        some = _Part([motions[i] for i in rows], alike, held[rows], body, step)
        ground[:, :, rows], axial[:, rows] = WAYS[kind](some)
    axes = about_joint_axes(ground, posed.rotation["pelvis"][:, :, 2], posed.rotation["trunk"][:, :, 1])
    still, whole = np.stack([axes.extension, axes.bending, axes.rotation], axis=-2)
    seconds = np.array([(m.eccentric_s, m.pause_s, m.concentric_s) for m in motions])
    pace = 1 / seconds[:, [0, 2]] ** 2
    share = 1 - np.array([motion.supported for motion in motions])
    inner = slice(MARGIN, frames + MARGIN)
    still, moving = share[:, None, None] * still[..., inner], share[:, None, None] * (whole - still)[..., inner]
    moment = still[..., None, :] + moving[..., None, :] * pace[:, None, :, None]
    axial = share[:, None] * axial[..., inner]
    for i, motion in enumerate(motions):
        if motion.compression_bw is not None:
            moment[BODY, i], axial[BODY, i] = _published(motion, frames), 0.0
    return {motion.id: Repetition(moment[:, i], axial[:, i], seconds[i]) for i, motion in enumerate(motions)}


def _published(motion: Motion, frames: int) -> Array:
    """The moment that goes with a published compression in the extensors, so that sets of all kinds compare [Nm/kg].

    Which muscles held decides its axis and sign, and so whether a weight that is held adds to it. A hold has it all the
    time; a movement comes to it at the far end, from nothing at the start.
    """
    axis, sign = MUSCLES[motion.compression_by]
    peak = sign * (motion.compression_bw or 0.0) * GRAVITY * sum(EXTENSOR_ARM_M) / 2 / cos(LINE_OF_ACTION)
    moves = any(len(set(values)) > 1 for values in motion.angles.values())
    moment = np.zeros((3, 1, frames))
    moment[axis] = peak * ((1 - np.cos(np.pi * np.linspace(0.0, 1.0, frames))) / 2 if moves else 1.0)
    return moment


@dataclass(frozen=True, slots=True)
class _Part:
    """Motions that are carried alike; `held`: where each holds its load, (n, 3, 2, T) [m]."""

    motions: Sequence[Motion]
    posed: Pose
    held: Array
    body: Body
    step: float

    def about(self, points: MassPoints, place: Array | None = None) -> Array:
        """Moment about L5/S1, or another place, of a body at rest and on a way of one second, (2, n, 3, T)."""
        place = self.posed.joint["lumbar"] if place is None else place
        return np.stack([resting_moment(points, place), joint_moment(points, place, self.step)])

    def load(self, wanted: Array) -> MassPoints:
        """One kilogram where each motion holds it, where `wanted` (n,); nothing elsewhere."""
        return MassPoints(self.held, np.repeat(wanted[:, None] / 2.0, 2, axis=1), 2)

    def where(self, *words: str) -> Array:
        return np.array([motion.held in words for motion in self.motions], dtype=float)

    @property
    def up(self) -> Array:
        """How upright the trunk is: 1 upright, -1 upside down (n, T)."""
        return self.posed.rotation["trunk"][:, 1, 1]


Ways = tuple[Array, Array]  # moments (rest and a way of a second, body and load, n, 3, T), axial (body and load, n, T)


def _from_above(some: _Part) -> Ways:
    """Everything above L5/S1 is carried by it; what a cable pulls on the hands is held against."""
    body = upper_points(some.posed, some.body)
    free = np.array([motion.pull is None for motion in some.motions])
    load = some.load((1 - some.where(NOWHERE, *BELOW)) * free)
    moments = np.stack([some.about(body), some.about(load)], axis=1)
    moments[:, LOAD] += _pull(some)
    axial = np.stack([GRAVITY * _mass(body) * some.up, GRAVITY * _mass(load) * some.up])
    axial[LOAD] -= (_cable_force(some) * some.posed.rotation["trunk"][:, :, 1]).sum(axis=1)
    return moments, axial


def _from_below(some: _Part) -> Ways:
    """The hands carry the body, and L5/S1 everything below it."""
    body, load = lower_points(some.posed, some.body), some.load(some.where(*BELOW))
    moments = np.stack([some.about(body), some.about(load)], axis=1)
    return -moments, -GRAVITY * np.stack([_mass(body) * some.up, _mass(load) * some.up])


def _propped(some: _Part) -> Ways:
    """Two props carry the body. How hard the upper one pushes follows from the whole body's balance about the lower
    one, which may hold against slipping.
    """
    words = [motion.carried.split(" and ") for motion in some.motions]
    upper_prop, lower_prop = (prop_points(some.posed, [pair[k] for pair in words]) for k in (0, 1))
    push = _push(some, [pair[0] for pair in words], upper_prop)
    apart, arm = upper_prop - lower_prop, upper_prop - some.posed.joint["lumbar"]
    lever = apart[:, 0] * push[:, 1] - apart[:, 1] * push[:, 0]
    lower, upper = lower_points(some.posed, some.body), upper_points(some.posed, some.body)
    held, held_above = some.load(1 - some.where(NOWHERE)), some.load(1 - some.where(NOWHERE, *BELOW))
    moments, axial = [], []
    for whole, above in (((upper, lower), upper), ((held,), held_above)):
        size = np.sum([some.about(points, lower_prop) for points in whole], axis=0)[:, :, 2] / lever
        force = size[:, :, None] * push
        moments.append(some.about(above) - cross(arm[None], force))
        along = (force[0] * some.posed.rotation["trunk"][:, :, 1]).sum(axis=1)
        axial.append(GRAVITY * _mass(above) * some.up - along)
    return np.stack(moments, axis=1), np.stack(axial)


def _push(some: _Part, props: Sequence[str], place: Array) -> Array:
    """Which way the upper prop pushes, (n, 3, T): as its wall or straps do, else along the arm, which a shoulder holds
    with the least effort, as far as a floor lets it; under the shoulders straight up.
    """
    push = np.zeros_like(place)
    for i, (motion, prop) in enumerate(zip(some.motions, props, strict=True)):
        if motion.pull is not None:
            push[i] = np.array(motion.pull)[:, None]
            continue
        push[i, 1] = 1.0
        if prop in ARMS:
            shoulder = np.mean([some.posed.joint[name][i] for name in ARMS[prop]], axis=0)
            along = shoulder - place[i]
            steep = np.abs(along[1]) + 1e-9
            limit = np.inf if HOLDS & set(motion.scene) else FRICTION
            push[i, 0] = np.clip(along[0] / steep, -limit, limit) * np.sign(along[1])
    return push


WAYS = {"above": _from_above, "below": _from_below, "props": _propped}


def _kind(motion: Motion) -> str:
    return motion.carried if motion.carried in WAYS else "props"


def _mass(points: MassPoints) -> Array:
    return np.asarray(points.weight[..., : points.heavy].sum(axis=-1)).reshape(-1, 1)


def _pull(some: _Part) -> Array:
    """What a kilogram on a cable asks for: against its pull on the hands, (n, 3, T) [Nm]."""
    return -cross(some.held.mean(axis=2) - some.posed.joint["lumbar"], _cable_force(some))


def _cable_force(some: _Part) -> Array:
    """A kilogram's pull, (n, 3, 1) [N]; nothing where a weight is held."""
    directions = np.array([motion.pull or (0.0, 0.0, 0.0) for motion in some.motions])
    length = np.linalg.norm(directions, axis=1, keepdims=True)
    return np.asarray(GRAVITY * directions / np.where(length > 0, length, 1.0))[:, :, None]


def _take(posed: Pose, rows: Array) -> Pose:
    return replace(
        posed,
        joint={name: value[rows] for name, value in posed.joint.items()},
        rotation={name: value[rows] for name, value in posed.rotation.items()},
    )

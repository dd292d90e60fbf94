"""From exercises to scenes: every motion posed at even steps of one repetition, there and back."""

from collections.abc import Sequence

import numpy as np

from backstory.body.kinematics import Body
from backstory.body.masspoints import Array
from backstory.body.places import held_points
from backstory.body.posing import pose_motions
from backstory.model import Motion
from backstory.report.strokes import Scene

BODY = Body.of(None, 75.0, 1.75)
FRAMES = 16  # of one repetition; the last is the first again


def scenes(motions: Sequence[Motion]) -> list[Scene]:
    """Each motion over one repetition at even times, FRAMES + 1 frames."""
    times = np.array([way_time(motion) for motion in motions])
    posed = pose_motions(motions, BODY, times)
    held = held_points(posed, motions, BODY).mean(axis=2)
    return [
        Scene(
            motion,
            {name: value[i].T for name, value in posed.joint.items()},
            {name: value[i].transpose(2, 0, 1) for name, value in posed.rotation.items()},
            held[i].T,
            BODY.height_m,
        )
        for i, motion in enumerate(motions)
    ]


def way_time(motion: Motion) -> Array:
    """How far along the way each frame is, 0 at the start and at the end of a repetition, 1 at the far end."""
    there, back = motion.eccentric_s, motion.concentric_s
    if not motion.lowers_first:
        there, back = back, there
    time = np.linspace(0.0, there + motion.pause_s + back, FRAMES + 1)
    going, coming = time / there, 1 - (time - there - motion.pause_s) / back
    return np.asarray(np.clip(np.minimum(going, coming), 0.0, 1.0))


def repetition_s(motion: Motion) -> float:
    """How long one repetition takes [s]."""
    return motion.eccentric_s + motion.pause_s + motion.concentric_s

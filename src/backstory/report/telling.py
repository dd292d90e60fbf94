"""What a figure shows, in words, for those who do not see it."""

import numpy as np

from backstory.body.masspoints import Array
from backstory.model import Exercise
from backstory.report.strokes import Scene

UPRIGHT_DEG, LYING_DEG, STILL_DEG = 15.0, 60.0, 12.0


def told(exercise: Exercise, scene: Scene) -> str:
    """One or two sentences: the view, how the trunk, knees and elbows go, and the muscles that work.

    Raises nothing; names no number finer than five degrees.
    """
    far = _far(scene)
    lean = _lean(scene)
    parts = [f"Seen from the {scene.motion.view}: {_posture(float(lean[0]))}"]
    changes = [
        ("the trunk leans", abs(float(lean[0])), abs(float(lean[far]))),
        ("the knees bend", *_bends(scene, "hip_r", "knee_r", "ankle_r", far)),
        ("the elbows bend", *_bends(scene, "shoulder_r", "elbow_r", "wrist_r", far)),
    ]
    told_changes = [
        f"{what} from {_five(start)} to {_five(end)} degrees"
        for what, start, end in changes
        if abs(end - start) > STILL_DEG
    ]
    parts.append("; ".join(told_changes) if told_changes else "the position is held")
    text = ", ".join(parts) + "."
    if exercise.primary:
        text += f" Works: {_plain(exercise.primary)}."
    if exercise.secondary:
        text += f" Helps: {_plain(exercise.secondary)}."
    return text


def _far(scene: Scene) -> int:
    places = np.concatenate(list(scene.joint.values()), axis=1)
    return int(((places - places[0]) ** 2).sum(axis=1).argmax())


def _lean(scene: Scene) -> Array:
    up = scene.axes["trunk"][:, :, 1]
    return np.asarray(np.degrees(np.arctan2(up[:, 0], up[:, 1])))


def _posture(lean_deg: float) -> str:
    if abs(lean_deg) < UPRIGHT_DEG:
        return "the trunk is upright"
    if abs(lean_deg) > LYING_DEG:
        return "face down" if lean_deg > 0 else "on the back"
    return "leaning forward" if lean_deg > 0 else "leaning back"


def _bends(scene: Scene, upper: str, middle: str, lower: str, far: int) -> tuple[float, float]:
    a, b = scene.joint[middle] - scene.joint[upper], scene.joint[lower] - scene.joint[middle]
    cosine = (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    bend = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return float(bend[0]), float(bend[far])


def _five(degrees: float) -> int:
    return 5 * round(degrees / 5)


def _plain(muscles: tuple[str, ...]) -> str:
    return ", ".join(muscle.replace("_", " ") for muscle in muscles)

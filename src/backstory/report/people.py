"""The person of a figure: trunk, head and limbs, and the muscles that work."""

from collections.abc import Iterator

import numpy as np

from backstory.body.masspoints import Array
from backstory.report.strokes import FAR, MIDDLE, NEAR, Scene, Stroke, disc, line

# Widths of limbs and radius of the head [body heights]; of line figures, not of people
THIGH, SHANK, FOOT, ARM, TRUNK, NECK, HEAD = 0.074, 0.056, 0.034, 0.046, 0.098, 0.045, 0.064
SHOULDERS, HIPS = 0.06, 0.09
HEAD_UP, NOSE_UP, NOSE_AHEAD = 0.150, 0.145, 0.068
MUSCLE = 0.028
TURNED_M = 0.12
MOST_HELPING = 3  # muscles that help, shown at most
LAYERS = {"side": {"l": FAR, "r": NEAR}, "front": {"l": NEAR, "r": NEAR}}
SEGMENTS = {
    "trunk": ("lumbar", "mid_shoulder"), "pelvis": ("mid_hip", "lumbar"), "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"), "upper_arm": ("shoulder", "elbow"), "forearm": ("elbow", "hand"),
}  # fmt: skip
# Where each muscle is drawn: segment, from and to along it, how far to the front of it [body heights]
MUSCLES = {
    "chest": ("trunk", 0.60, 0.90, 0.032), "front_delts": ("upper_arm", 0.0, 0.25, 0.016),
    "side_delts": ("upper_arm", 0.0, 0.3, 0.0), "rear_delts": ("upper_arm", 0.0, 0.25, -0.016),
    "rotator_cuff": ("upper_arm", -0.02, 0.12, -0.008), "lats": ("trunk", 0.3, 0.75, -0.026),
    "upper_back": ("trunk", 0.65, 0.98, -0.036), "traps": ("trunk", 0.92, 1.18, -0.028),
    "neck": ("trunk", 1.05, 1.25, 0.0), "biceps": ("upper_arm", 0.25, 0.9, 0.012),
    "triceps": ("upper_arm", 0.25, 0.9, -0.012), "forearms": ("forearm", 0.1, 0.75, 0.0),
    "abs": ("trunk", 0.0, 0.55, 0.034), "obliques": ("trunk", 0.05, 0.45, 0.008),
    "low_back": ("trunk", -0.1, 0.3, -0.036), "glutes": ("pelvis", -0.7, 0.5, -0.038),
    "quads": ("thigh", 0.15, 0.9, 0.018), "hamstrings": ("thigh", 0.15, 0.9, -0.018),
    "adductors": ("thigh", 0.1, 0.6, 0.0), "abductors": ("pelvis", -0.4, 0.3, 0.0),
    "hip_flexors": ("thigh", -0.1, 0.2, 0.024), "calves": ("shank", 0.08, 0.55, -0.014),
    "shins": ("shank", 0.1, 0.6, 0.014),
}  # fmt: skip


def person(scene: Scene) -> Iterator[Stroke]:
    """Limbs, trunk and head, those farther away first."""
    joint, height, layers = scene.joint, scene.height_m, LAYERS[scene.motion.view]
    for side, layer in layers.items():
        kind = "far" if layer == FAR else "near"
        place = {name: joint[f"{name}_{side}"] for name in ("hip", "knee", "ankle", "ball", "heel")}
        yield line(kind, THIGH * height, place["hip"], place["knee"], layer=layer)
        yield line(kind, SHANK * height, place["knee"], place["ankle"], layer=layer)
        lift = np.array([0.0, FOOT / 2 * height, 0.0])
        yield line(kind, FOOT * height, place["heel"] + lift, _toes(place["heel"], place["ball"]) + lift, layer=layer)
        arm = (joint[f"{name}_{side}"] for name in ("shoulder", "elbow", "hand"))
        yield line("far" if layer == FAR else "arm", ARM * height, *arm, layer=layer)
    yield line("near", TRUNK * height, joint["mid_hip"], joint["lumbar"], joint["mid_shoulder"], layer=MIDDLE)
    for name, width in (("shoulder", SHOULDERS), ("hip", HIPS)):
        if scene.motion.view == "front" or _apart(joint[f"{name}_r"] - joint[f"{name}_l"]):
            yield line("near", width * height, joint[f"{name}_r"], joint[f"{name}_l"], layer=MIDDLE)
    head = _off(scene, "trunk", joint["mid_shoulder"], 0.012, HEAD_UP)
    yield line("near", NECK * height, joint["mid_shoulder"], head, layer=MIDDLE)
    yield disc("near", HEAD * height, head, layer=MIDDLE)
    nose = _off(scene, "trunk", joint["mid_shoulder"], NOSE_AHEAD + 0.012, NOSE_UP)
    yield line("near", 0.022 * height, head, nose, layer=MIDDLE)


def working(scene: Scene, primary: tuple[str, ...], secondary: tuple[str, ...]) -> Iterator[Stroke]:
    """The muscles that work, on the side one sees; those that help are paler."""
    for muscles, kind in ((secondary[:MOST_HELPING], "helps"), (primary, "works")):
        for name in muscles:
            segment, start, end, ahead = MUSCLES[name]
            single = segment in ("trunk", "pelvis")
            for side in ("",) if single else ("_r",) if scene.motion.view == "side" else ("_r", "_l"):
                a, b = (scene.joint[f"{joint}{side}"] for joint in SEGMENTS[segment])
                offset = ahead * scene.height_m * scene.axes[f"{segment}{side}"][:, :, 0]
                width = MUSCLE * scene.height_m
                yield line(kind, width, a + start * (b - a) + offset, a + end * (b - a) + offset, layer=NEAR)


def _apart(across: Array) -> bool:
    """Whether a body is turned so that one sees both of its sides from the side."""
    return float(np.linalg.norm(across[:, :2], axis=1).max()) > TURNED_M


def _toes(heel: Array, ball: Array) -> Array:
    return np.asarray(heel + 1.28 * (ball - heel))


def _off(scene: Scene, segment: str, place: Array, ahead: float, up: float) -> Array:
    axes = scene.axes[segment]
    return np.asarray(place + scene.height_m * (ahead * axes[:, :, 0] + up * axes[:, :, 1]))

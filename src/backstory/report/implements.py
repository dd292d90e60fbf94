"""What a figure holds: bars, bells, plates, balls, and what pulls on its hands."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from backstory.body.masspoints import Array
from backstory.report.strokes import FRONT, GROUND, Scene, Stroke, at, disc, line

PLATE_M, SMALL_PLATE_M, BAR_M, HALF_BAR_M, HALF_EZ_M = 0.225, 0.13, 0.024, 0.80, 0.48
BELL_M, PLATE_ALONE_M, MEDICINE_BALL_M = 0.085, 0.17, 0.14
DUMBBELL_M, HALF_DUMBBELL_M = 0.05, 0.09
PULLEY_AWAY_M, CEILING_M = 0.85, 2.3
PULLEY_HEIGHTS_M = {"cable_low": 0.15, "cable_middle": 1.05, "cable_high": 2.15, "cable_side": 1.1}
ACROSS = at(0.0, 0.0, 1.0)


def _bar(plate_m: float, half_m: float) -> Callable[[Scene], Iterator[Stroke]]:
    def draw(scene: Scene) -> Iterator[Stroke]:
        place, layer = scene.held, FRONT if scene.motion.held != "back" else GROUND
        if scene.motion.view == "front":
            yield line("steel", BAR_M, place - half_m * ACROSS, place + half_m * ACROSS, layer=layer)
            for side in (-1, 1):
                end = place + side * (half_m - 0.06) * ACROSS
                up = at(0.0, plate_m, 0.0)
                yield line("iron", 0.07, end - up, end + up, layer=layer)
            return
        yield disc("plate", plate_m, place, layer=GROUND)
        yield disc("iron", 0.2 * plate_m, place, layer=layer)

    return draw


def landmine(scene: Scene) -> Iterator[Stroke]:
    """A bar that is held at one end, its other end on the floor ahead."""
    hand = scene.held
    pivot = at(float(hand[:, 0].max()) + 1.0, 0.03) if scene.motion.view == "side" else at(0.0, 0.03)
    yield line("steel", 0.035, hand, pivot)
    yield disc("plate", 0.15, hand + 0.15 * (pivot - hand))


def backpack(scene: Scene) -> Iterator[Stroke]:
    yield line("bag", 0.2, scene.held - at(0.0, 0.1), scene.held + at(0.0, 0.1))


def dumbbells(scene: Scene) -> Iterator[Stroke]:
    for side in scene.hands:
        hand = scene.joint[f"hand_{side}"]
        along = (ACROSS if scene.motion.view == "front" else at(1.0, 0.0, 0.0)) * HALF_DUMBBELL_M
        layer = FRONT if side == "r" or scene.motion.view == "front" else GROUND
        yield line("iron", 2 * DUMBBELL_M, hand - along, hand + along, layer=layer)


def kettlebells(scene: Scene) -> Iterator[Stroke]:
    both = scene.motion.held == "hands" and "kettlebells" not in scene.motion.scene
    sides = ("r",) if both or scene.motion.held == "chest" else scene.hands
    for side in sides:
        hand = scene.held if both or scene.motion.held == "chest" else scene.joint[f"hand_{side}"]
        down = -scene.axes[f"forearm_{side}"][:, :, 1]
        if scene.motion.held == "chest":
            down = np.broadcast_to(at(0.0, -1.0), down.shape)
        layer = FRONT if side == "r" else GROUND
        yield line("steel", 0.03, hand, hand + 0.09 * down, layer=layer)
        yield disc("iron", BELL_M, hand + 0.15 * down, layer=layer)


def plate(scene: Scene) -> Iterator[Stroke]:
    yield disc("plate", PLATE_ALONE_M, scene.held, layer=FRONT if scene.motion.held != "belt" else GROUND)
    yield disc("iron", 0.03, scene.held, layer=FRONT)


def sandbag(scene: Scene) -> Iterator[Stroke]:
    along = ACROSS * 0.16
    yield line("bag", 0.26, scene.held - along, scene.held + along, layer=FRONT)


def wheel(scene: Scene) -> Iterator[Stroke]:
    yield disc("plate", 0.1, scene.middle("hand"), layer=GROUND)
    yield disc("iron", 0.03, scene.middle("hand"), layer=FRONT)


def straps(scene: Scene) -> Iterator[Stroke]:
    """From what hangs in them to the ceiling, the way they pull."""
    pull = np.array(scene.motion.pull or (0.0, 1.0, 0.0))
    feet = scene.joint["ankle_r"][0, 1] > 0.15 * scene.height_m and "hands" not in scene.motion.carried
    for side in ("l", "r"):
        place = scene.joint[f"{'ankle' if feet else 'hand'}_{side}"]
        rise = max(0.4, CEILING_M - float(place[0, 1]))
        top = place[0] + pull / max(pull[1], 0.5) * rise
        yield line("rope", 0.018, place, top, layer=GROUND)


def rope(scene: Scene) -> Iterator[Stroke]:
    """A rope to climb hangs; battle ropes lie ahead."""
    if scene.motion.anchor == "hands":
        hand = scene.middle("hand")[0]
        yield line("rope", 0.035, at(hand[0], 0.0), at(hand[0], CEILING_M))
        return
    for side in ("l", "r"):
        hand = scene.joint[f"hand_{side}"]
        ahead = hand[0, 0] + 1.1
        middle = np.stack([hand[:, 0] + 0.5, 0.5 * hand[:, 1], hand[:, 2]], axis=1)
        yield line("rope", 0.035, hand, middle, at(ahead, 0.03))


def _goes(scene: Scene, name: str) -> float:
    """How far a joint goes [m]."""
    return float(np.ptp(scene.joint[name], axis=0).max())


def pulled(scene: Scene) -> Array:
    """What a cable or band is fastened to (F, 3)."""
    motion = scene.motion
    if motion.held in ("ankles", "ankle_r") or (
        motion.held == "none" and _goes(scene, "ankle_r") > _goes(scene, "hand_r")
    ):
        return scene.joint["ankle_r"]
    if motion.held == "knees":
        return scene.joint["knee_r"]
    if motion.held in ("hips", "belt", "back"):
        return scene.held
    return scene.joint[f"hand_{scene.motion.held[-1]}"] if scene.one_hand else scene.middle("hand")


def _away(scene: Scene) -> Array:
    """Which way it is pulled, of length 1, from the side or the front that is shown."""
    pull = np.array(scene.motion.pull or (-1.0, 0.0, 0.0))
    return np.asarray(pull / np.linalg.norm(pull))


def _cable(word: str) -> Callable[[Scene], Iterator[Stroke]]:
    def draw(scene: Scene) -> Iterator[Stroke]:
        place, away = pulled(scene), _away(scene)
        level = at(float(away[0]), 0.0, float(away[2]))
        far = PULLEY_AWAY_M * (level / np.linalg.norm(level) if np.linalg.norm(level) > 0.2 else at(0.25, 0.0))
        if scene.motion.view == "front" and abs(far[2]) < 0.2:
            far = at(0.0, 0.0, PULLEY_AWAY_M)
        pulley = place.mean(axis=0) + far
        pulley[1] = PULLEY_HEIGHTS_M[word]
        post = pulley + 0.08 * far / np.linalg.norm(far)
        yield line("frame", 0.05, at(post[0], 0.0, post[2]), at(post[0], CEILING_M, post[2]))
        yield line("rope", 0.014, place, pulley)
        yield disc("iron", 0.045, pulley)

    return draw


def band(scene: Scene) -> Iterator[Stroke]:
    """Pulled: to where it is fastened. Otherwise between hands, knees or under the feet."""
    if scene.motion.pull is not None:
        place, away = pulled(scene), _away(scene)
        end = place[0] + PULLEY_AWAY_M * away
        end[1] = max(0.02, float(end[1]))
        yield line("band", 0.022, place, end)
        yield disc("iron", 0.03, end)
    elif scene.motion.held == "hands":
        for side in ("l", "r"):
            under = scene.joint[f"ball_{side}"] if scene.motion.anchor == "feet" else scene.middle("hand")
            yield line("band", 0.022, scene.joint[f"hand_{side}"], under, layer=FRONT)
    else:
        yield line("band", 0.03, scene.joint["knee_r"], scene.joint["knee_l"], layer=FRONT)


IMPLEMENTS: Mapping[str, Callable[[Scene], Iterator[Stroke]]] = {
    "barbell": _bar(PLATE_M, HALF_BAR_M), "ez_bar": _bar(SMALL_PLATE_M, HALF_EZ_M),
    "trap_bar": _bar(PLATE_M, HALF_BAR_M),
    "dumbbells": dumbbells, "dumbbell": dumbbells, "kettlebell": kettlebells, "kettlebells": kettlebells,
    "landmine": landmine, "backpack": backpack, "plate": plate, "sandbag": sandbag,
    "wheel": wheel, "straps": straps, "rings": straps, "rope": rope, "band": band,
    **{word: _cable(word) for word in PULLEY_HEIGHTS_M},
}  # fmt: skip

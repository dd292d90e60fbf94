"""What a figure stands, sits or lies on, hangs from or leans against."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from backstory.body.masspoints import Array
from backstory.report.implements import MEDICINE_BALL_M
from backstory.report.strokes import FAR, FRONT, GROUND, Scene, Stroke, at, disc, line

BACK_M, SEAT_M, PAD_M = 0.10, 0.09, 0.06  # from a trunk's or thigh's middle to its skin; a pad's thickness
LYING_DEG = 55.0
CEILING_M = 2.3
EXERCISE_BALL_M = 0.3


def _lean(scene: Scene) -> float:
    """The trunk's inclination at the start [deg]: negative leans back."""
    up = scene.axes["trunk"][0, :, 1]
    return float(np.degrees(np.arctan2(up[0], up[1])))


def _pad(a: Array, b: Array, to_floor: bool = True) -> Iterator[Stroke]:
    """An upholstered board through two places, on legs."""
    yield line("pad", PAD_M, a, b)
    if to_floor:
        for end in (a + 0.15 * (b - a), a + 0.85 * (b - a)):
            yield line("frame", 0.035, end, at(float(end[0]), 0.0, float(end[2])))


def bench(scene: Scene) -> Iterator[Stroke]:
    """Under whoever lies or sits on it; else under the shoulders, hand, knee or foot that rests on it."""
    hip, shoulder = scene.joint["mid_hip"][0], scene.joint["mid_shoulder"][0]
    if scene.motion.anchor == "shoulders" or scene.motion.carried.startswith("shoulders"):
        top = shoulder[1] - BACK_M
        yield from _block(float(shoulder[0]), float(top), 0.2)
    elif 0.3 < hip[1] < 0.85 and abs(_lean(scene)) > LYING_DEG:
        toward = 1.0 if shoulder[0] > hip[0] else -1.0
        top = min(hip[1], shoulder[1]) - BACK_M - PAD_M / 2
        yield from _pad(at(float(hip[0] - 0.15 * toward), top), at(float(shoulder[0] + 0.32 * toward), top))
    elif scene.motion.anchor == "pelvis" and 0.3 < hip[1] < 0.75:
        top = hip[1] - SEAT_M - PAD_M / 2
        yield from _pad(at(float(hip[0] - 0.2), top), at(float(hip[0] + 0.25), top))
    else:
        for x, top in _resting(scene):
            yield from _block(x, top, 0.16)


def _resting(scene: Scene) -> list[tuple[float, float]]:
    """Where a hand, knee, elbow or foot rests above the floor all the time: x and height of what is under it."""
    under = {"hand": 0.03, "elbow": 0.05, "knee": 0.06, "ball": 0.01, "heel": 0.01}
    for name, below in under.items():
        for side in ("l", "r"):
            place = scene.joint[f"{name}_{side}"]
            still = float(np.ptp(place[:, 0]) + np.ptp(place[:, 1])) < 0.06
            if still and 0.2 < place[0, 1] < 1.0:
                return [(float(place[0, 0]), float(place[0, 1]) - below)]
    return []


def _block(x: float, top: float, half_m: float) -> Iterator[Stroke]:
    yield line("pad", PAD_M, at(x - half_m, top - PAD_M / 2), at(x + half_m, top - PAD_M / 2))
    for side in (-1, 1):
        yield line("frame", 0.035, at(x + 0.75 * side * half_m, top - PAD_M), at(x + 0.75 * side * half_m, 0.0))


def back_rest(scene: Scene) -> Iterator[Stroke]:
    """A board along the back, or the chest where somebody leans on it, and a seat."""
    hip, shoulder = scene.joint["mid_hip"][0], scene.joint["mid_shoulder"][0]
    side = 1.0 if _lean(scene) > 8 and scene.motion.supported > 0.5 else -1.0
    off = side * (BACK_M + PAD_M / 2) * scene.axes["trunk"][0, :, 0]
    low, high = hip + off, shoulder + 0.12 * (shoulder - hip) + off
    yield from _pad(low, high, to_floor=False)
    middle = (low + high) / 2
    yield line("frame", 0.045, middle, at(float(middle[0]), 0.0))
    if scene.motion.anchor == "pelvis" and side < 0:
        yield from seat(scene)


def decline_bench(scene: Scene) -> Iterator[Stroke]:
    """A board from the head down the back and up to the knees, and a roller that holds the ankles."""
    hip, shoulder = scene.joint["mid_hip"][0], scene.joint["mid_shoulder"][0]
    along = (shoulder - hip) / np.linalg.norm(shoulder - hip)
    off = -(BACK_M + PAD_M / 2) * scene.axes["trunk"][0, :, 0]
    low, high = hip - 0.38 * along + off, shoulder + 0.3 * along + off
    yield from _pad(low, high, to_floor=False)
    for end in (low, high):
        yield line("frame", 0.045, end, at(float(end[0]), 0.0))
    ankle, knee = scene.joint["ankle_r"][0], scene.joint["knee_r"][0]
    if float(ankle[1]) < float(knee[1]):
        roller = ankle + 0.08 * scene.axes["shank_r"][0, :, 0]
        yield disc("pad", 0.055, roller, layer=FRONT)
        yield line("frame", 0.035, low, roller)


def seat(scene: Scene) -> Iterator[Stroke]:
    hip = scene.joint["mid_hip"].mean(axis=0)
    top = float(hip[1]) - SEAT_M - PAD_M / 2
    yield line("pad", PAD_M, at(float(hip[0]) - 0.12, top), at(float(hip[0]) + 0.24, top))
    yield line("frame", 0.045, at(float(hip[0]) + 0.06, top), at(float(hip[0]) + 0.06, 0.0))


def box(scene: Scene) -> Iterator[Stroke]:
    """Under a foot that is up, under a seat that goes down to it, or ahead of who will jump on it."""
    feet = {side: scene.joint[f"ball_{side}"] for side in "lr"}
    raised = {side: foot for side, foot in feet.items() if float(foot[:, 1].min()) > 0.05}
    hip = scene.joint["mid_hip"]
    far = len(hip) // 2
    if raised:
        side = min(raised, key=lambda side: float(raised[side][:, 1].min()))
        on_toes = float(np.ptp(scene.joint[f"heel_{side}"][:, 1])) > 0.04 or "step" in scene.motion.scene
        heel = scene.joint[f"heel_{side}"]
        x = float(raised[side][0, 0]) if on_toes else float(np.mean([raised[side][0, 0], heel[0, 0]]))
        yield from _solid(x, float(raised[side][:, 1].min()), 0.1 if on_toes else 0.2)
    elif (rest := _resting(scene)) and scene.motion.carried != "above":
        yield from _solid(*rest[0], 0.2)
    elif float(hip[far, 1]) < 0.72 and float(hip[far, 1]) < float(hip[:, 1].min()) + 0.02:
        yield from _solid(float(hip[far, 0]) - 0.1, float(hip[far, 1]) - SEAT_M, 0.2)
    else:
        yield from _solid(float(feet["r"][0, 0]) + 0.65, 0.5, 0.25)


def _solid(x: float, top: float, half_m: float) -> Iterator[Stroke]:
    corners = [at(x - half_m, 0.0), at(x - half_m, top), at(x + half_m, top), at(x + half_m, 0.0), at(x - half_m, 0.0)]
    yield line("block", 0.025, *corners)


def pull_up_bar(scene: Scene) -> Iterator[Stroke]:
    hand = scene.middle("hand")[0]
    if scene.motion.view == "front":
        yield line("frame", 0.04, hand - at(0.0, 0.0, 0.65), hand + at(0.0, 0.0, 0.65))
        return
    yield line("frame", 0.05, at(float(hand[0]) - 0.55, 0.0), at(float(hand[0]) - 0.55, float(hand[1])), hand)
    yield disc("iron", 0.035, hand, layer=FRONT)


def dip_bars(scene: Scene) -> Iterator[Stroke]:
    hand = scene.middle("hand")[0]
    low = hand - at(0.0, 0.03)
    yield line("frame", 0.04, low - at(0.3, 0.0), low + at(0.3, 0.0), layer=FAR)
    yield line("frame", 0.04, low - at(0.3, 0.0), at(float(low[0]) - 0.3, 0.0))
    yield line("frame", 0.04, low + at(0.3, 0.0), at(float(low[0]) + 0.3, 0.0))


def machine(scene: Scene) -> Iterator[Stroke]:
    """Its stack of weights, behind; a back rest and a plate for feet that push, a handle where hands work on it."""
    xs = np.concatenate([place[:, 0] for place in scene.joint.values()])
    if scene.motion.view == "front":
        return
    if {"barbell", "ez_bar"} & set(scene.motion.scene):
        rail = float(scene.held[:, 0].mean())
        yield line("frame", 0.04, at(rail, 0.0), at(rail, 2.15))
        yield line("frame", 0.04, at(rail - 0.3, 0.0), at(rail + 0.3, 0.0))
        return
    x = float(xs.min()) - 0.4
    leans_back = scene.motion.anchor == "pelvis" and scene.motion.supported > 0.5 and _lean(scene) < -8
    if leans_back and not {"incline_bench", "upright_bench", "bench"} & set(scene.motion.scene):
        yield from back_rest(scene)
    ball, heel = scene.joint["ball_r"], scene.joint["heel_r"]
    if leans_back and float(np.ptp(heel, axis=0).max()) > 0.15 and scene.motion.held == "none":
        yield line("frame", 0.05, heel + 0.35 * (heel - ball), ball + 0.5 * (ball - heel))
    yield line("frame", 0.04, at(x, 0.0), at(x, 1.5), at(x - 0.2, 1.5), at(x - 0.2, 0.0))
    for level in (0.25, 0.37, 0.49, 0.61):
        yield line("iron", 0.07, at(x - 0.06, level), at(x - 0.14, level))
    if scene.motion.held in ("hands", "hand_r") and scene.motion.pull is not None:
        yield line("steel", 0.03, scene.middle("hand"), at(x, 1.3))
        yield disc("iron", 0.04, scene.middle("hand"), layer=FRONT)


def pads(scene: Scene) -> Iterator[Stroke]:
    """A roller at the part of the leg that moves; over the thighs where the legs are still."""
    knee, ankle, hip = (scene.joint[f"{name}_r"] for name in ("knee", "ankle", "hip"))
    moves = float(np.ptp(ankle[:, 0]) + np.ptp(ankle[:, 1])) > 0.15
    if moves:
        bent = np.linalg.norm(ankle - hip, axis=1)
        side = 1.0 if bent[0] < bent[len(bent) // 2] else -1.0
        shank = scene.axes["shank_r"][:, :, 0]
        yield disc("pad", 0.055, ankle + 0.09 * side * shank + 0.06 * scene.axes["shank_r"][:, :, 1], layer=FRONT)
    elif scene.motion.anchor == "pelvis" and abs(_lean(scene)) < LYING_DEG:
        yield disc("pad", 0.055, knee[0] + at(-0.08, 0.12), layer=FRONT)


def wall(scene: Scene) -> Iterator[Stroke]:
    """Behind the back that leans on it, else where hands or feet touch it, else ahead."""
    joint = scene.joint
    hands, back = scene.middle("hand"), joint["lumbar"]
    hands_still = float(np.ptp(hands[:, 0])) < 0.05 and float(hands[0, 0] - back[0, 0]) > 0.25
    if "hands" in scene.motion.carried or hands_still:
        x = float(hands[0, 0]) + 0.05
    elif float(np.ptp(back[:, 0])) < 0.12 and abs(_lean(scene)) < 15:
        x = float(min(back[:, 0].min(), joint["mid_shoulder"][:, 0].min())) - BACK_M - 0.03
    else:
        x = float(max(place[:, 0].max() for place in joint.values())) + 0.06
    yield line("frame", 0.05, at(x, 0.0), at(x, 2.1))


def roman_chair(scene: Scene) -> Iterator[Stroke]:
    """A pad under the front of the hips (under the seat of who lies face up) and a roller behind the ankles."""
    hip = scene.joint["mid_hip"][0]
    thigh, ankle = scene.axes["thigh_r"][0], scene.joint["ankle_r"][0]
    side = -1.0 if thigh[1, 0] > 0.3 else 1.0
    front = hip + 0.12 * side * thigh[:, 0] - 0.1 * thigh[:, 1]
    yield line("pad", 0.1, front - 0.1 * thigh[:, 1], front + 0.08 * thigh[:, 1])
    yield line("frame", 0.05, front, at(float(front[0]), 0.0))
    roller = ankle - 0.09 * side * scene.axes["shank_r"][0, :, 0]
    yield disc("pad", 0.055, roller, layer=FRONT)
    yield line("frame", 0.035, roller, at(float(roller[0]), 0.0))


def ball(scene: Scene) -> Iterator[Stroke]:
    """In the hands if it is held; otherwise a large one under hands, elbows, feet or back."""
    if scene.motion.held not in ("none", "belt", "hips", "back"):
        yield disc("bag", MEDICINE_BALL_M, scene.held, layer=FRONT)
        return
    under = [scene.middle(name) for name in ("elbow", "hand", "heel", "knee")]
    high = [place for place in under if float(place[:, 1].min()) > 0.3 and float(place[:, 1].max()) < 0.8]
    words = scene.motion.carried.replace("elbows", "elbow").replace("hands", "hand").split(" and ")
    if "wall" in scene.motion.scene:
        back = scene.joint["lumbar"]
        yield disc("ball", 0.22, back - at(BACK_M + 0.22, 0.0), layer=GROUND)
    elif float(scene.joint["mid_hip"][:, 1].max()) < 0.25 and float(scene.middle("heel")[:, 1].min()) > 0.3:
        calf = (scene.middle("knee") + scene.middle("ankle"))[0] / 2
        yield disc("ball", 0.26, at(float(calf[0]), 0.26), layer=GROUND)
    elif high and (len(words) == 2 or scene.motion.anchor in ("shoulders", "elbows")):
        yield disc("ball", EXERCISE_BALL_M, high[0] - at(0.0, EXERCISE_BALL_M), layer=GROUND)
    else:
        middle = (scene.joint["mid_hip"] + scene.joint["lumbar"]) / 2
        down = at(0.0, float(np.clip(middle[0, 1] - EXERCISE_BALL_M, 0.0, 2.0)))
        yield disc("ball", EXERCISE_BALL_M, middle[0] - down, layer=GROUND)


def sled(scene: Scene) -> Iterator[Stroke]:
    """Pushed by its posts where the hands are ahead and above; otherwise on a rope, behind who goes forward."""
    hand = scene.middle("hand")
    hip = scene.joint["mid_hip"][0]
    pushed = float(hand[0, 0] - hip[0]) > 0.3 and float(hand[0, 1]) > 0.6 and _lean(scene) > 25
    if pushed:
        x, ahead = float(hand[:, 0].max()) + 0.08, 1.0
        yield line("frame", 0.04, at(x, 0.05), at(x, float(hand[0, 1]) + 0.1))
    else:
        ahead = 1.0 if _lean(scene) < 0 or float(hand[0, 0] - hip[0]) > 0.3 else -1.0
        x = float(hip[0]) + 1.0 * ahead
        yield line("rope", 0.02, hand if ahead > 0 else scene.joint["mid_hip"], at(x, 0.15))
    yield line("frame", 0.06, at(x - 0.05 * ahead, 0.05), at(x + 0.5 * ahead, 0.05))
    yield line("iron", 0.12, at(x + 0.2 * ahead, 0.12), at(x + 0.2 * ahead, 0.32))


def bike(scene: Scene) -> Iterator[Stroke]:
    hip, hand = scene.joint["mid_hip"][0], scene.middle("hand")[0]
    pedals = scene.middle("ball").mean(axis=0)
    crank = at(float(pedals[0]), max(0.25, float(pedals[1])))
    saddle = at(float(hip[0]), float(hip[1]) - SEAT_M)
    yield line("pad", 0.06, saddle - at(0.12, 0.0), saddle + at(0.1, 0.0))
    yield line("frame", 0.045, saddle, crank, at(float(hand[0]), float(hand[1]) - 0.03))
    yield line("frame", 0.045, at(float(saddle[0]) - 0.1, 0.0), crank, at(float(hand[0]) + 0.1, 0.0))
    yield disc("plate", 0.25, crank + at(0.5, 0.02))
    for side in "lr":
        yield line("steel", 0.025, crank, scene.joint[f"ball_{side}"])


def treadmill(scene: Scene) -> Iterator[Stroke]:
    x = float(scene.joint["mid_hip"][0, 0])
    yield line("iron", 0.07, at(x - 0.7, -0.05), at(x + 0.75, -0.05))
    yield line("frame", 0.05, at(x + 0.7, 0.0), at(x + 0.6, 1.15), at(x + 0.42, 1.15))


def rower(scene: Scene) -> Iterator[Stroke]:
    foot, hand = scene.joint["ball_r"][0], scene.middle("hand")
    hip = scene.joint["mid_hip"]
    top = float(hip[:, 1].min()) - SEAT_M - 0.03
    yield line("frame", 0.05, at(float(hip[:, 0].min()) - 0.25, top), at(float(foot[0]) + 0.3, top))
    yield line("pad", 0.05, *(hip + at(dx, -SEAT_M) for dx in (-0.12, 0.12)))
    yield disc("plate", 0.22, at(float(foot[0]) + 0.45, top + 0.12))
    yield line("rope", 0.018, hand, at(float(foot[0]) + 0.3, top + 0.3))


def water(scene: Scene) -> Iterator[Stroke]:
    x, y = (float(value) for value in scene.joint["mid_shoulder"][0, :2])
    level = y + 0.02 if abs(_lean(scene)) > LYING_DEG else y - 0.1
    points = [at(x + dx, level + (0.03 if n % 2 else -0.03)) for n, dx in enumerate(np.linspace(-1.4, 1.0, 13))]
    yield line("water", 0.03, *points, layer=FRONT)


def mat(scene: Scene) -> Iterator[Stroke]:
    xs = np.concatenate([place[:, 2 if scene.motion.view == "front" else 0] for place in scene.joint.values()])
    ends = [float(xs.min()) - 0.1, float(xs.max()) + 0.1]
    if scene.motion.view == "front":
        yield line("mat", 0.04, *(at(0.0, -0.03, z) for z in ends))
    else:
        yield line("mat", 0.04, *(at(x, -0.03) for x in ends))


FURNITURE: Mapping[str, Callable[[Scene], Iterator[Stroke]]] = {
    "bench": bench, "incline_bench": back_rest, "decline_bench": decline_bench, "upright_bench": back_rest,
    "seat": seat,
    "box": box, "step": box, "pull_up_bar": pull_up_bar, "dip_bars": dip_bars, "machine": machine, "pads": pads,
    "wall": wall, "roman_chair": roman_chair, "roman_chair_45": roman_chair, "ball": ball, "sled": sled, "bike": bike,
    "treadmill": treadmill, "rower": rower, "water": water, "mat": mat,
}  # fmt: skip

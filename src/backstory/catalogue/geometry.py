"""What a motion must do to be one that a body can do: feet on the floor, hands on the bar, weight over the feet."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from backstory.body.kinematics import SIDES, Body, lower_points, upper_points
from backstory.body.masspoints import Array
from backstory.body.places import PROPS, held_points
from backstory.body.posing import pose_motions
from backstory.model import Motion

BODY = Body.of(None, 75.0, 1.75)
TIME = np.linspace(0.0, 1.0, 7)
SLACK_M = 0.02
BAR_REACH_M = 0.14  # between the middle of the grip and the middle of a bar that lies on the body
NOMINAL_LOAD = 1.0  # body masses: with some load up to this the weight must lie over the feet
TOES_AHEAD_M = 0.07  # of the ball of the foot
ROLLS = frozenset({"wheel", "ball", "straps", "rings"})  # props that go along
BARS = frozenset({"barbell", "ez_bar"})
Positions = dict[str, Array]


def faults(motions: Sequence[Motion]) -> dict[str, list[str]]:
    """What is wrong with each motion, by its id; nothing where all is well."""
    posed = pose_motions(motions, BODY, TIME)
    load = held_points(posed, motions, BODY).mean(axis=2)
    upper, lower = upper_points(posed, BODY), lower_points(posed, BODY)
    found: dict[str, list[str]] = {}
    mass = np.concatenate([upper.weight[: upper.heavy], lower.weight[: lower.heavy]])
    points = np.concatenate([upper.position[:, 0, : upper.heavy], lower.position[:, 0, : lower.heavy]], axis=1)
    com_x = (points * mass[:, None]).sum(axis=1) / mass.sum()
    for i, motion in enumerate(motions):
        at = {name: value[i] for name, value in posed.joint.items()}
        wrong = [text for check in CHECKS for text in check(motion, at)]
        wrong += _balance(motion, at, com_x[i], load[i, 0])
        wrong += _hands_on_bar(motion, at, load[i])
        if wrong:
            found[motion.id] = wrong
    return found


def _nothing_below_the_floor(_: Motion, at: Positions) -> Iterator[str]:
    for name, place in at.items():
        if place[1].min() < -SLACK_M:
            yield f"{name} is {-place[1].min():.2f} m below the floor"


def _fixed_limbs_stay(motion: Motion, at: Positions) -> Iterator[str]:
    for limb in motion.fixed:
        name = limb.replace("foot", "ankle")
        if name in at:
            moved = float(np.linalg.norm(at[name] - at[name][:, :1], axis=0).max())
            if moved > SLACK_M:
                yield f"{limb} should stay and moves {moved:.2f} m: out of reach"


def _feet_stay(motion: Motion, at: Positions) -> Iterator[str]:
    """Feet that stand on the floor at both ends stand all the time."""
    for side in SIDES if motion.anchor == "feet" else ():
        ball = at[f"ball_{side}"]
        if ball[1, 0] < SLACK_M and ball[1, -1] < SLACK_M:
            slid = float(np.linalg.norm(ball - ball[:, :1], axis=0).max())
            if slid > SLACK_M:
                yield f"foot_{side} slides {slid:.2f} m"


def _props_stay(motion: Motion, at: Positions) -> Iterator[str]:
    if motion.carried in ("above", "below") or ROLLS & set(motion.scene):
        return
    for prop in motion.carried.split(" and "):
        middle = np.mean([at[point] for point in PROPS[prop]], axis=0)
        moved = float(np.linalg.norm((middle - middle[:, :1])[:2], axis=0).max())
        if moved > 3 * SLACK_M:
            yield f"it is propped on its {prop}, which move {moved:.2f} m"


def _hands_hold_one_bar(motion: Motion, at: Positions) -> Iterator[str]:
    if motion.held != "hands" or not BARS & set(motion.scene):
        return
    apart = at["hand_r"] - at["hand_l"]
    if np.abs(apart[:2]).max() > SLACK_M:
        yield f"the hands are {np.abs(apart[:2]).max():.2f} m apart across the bar"
    if np.ptp(apart[2]) > SLACK_M:
        yield f'the hands slide {np.ptp(apart[2]):.2f} m along the bar (fixed = ["grip"])'


CHECKS: tuple[Callable[[Motion, Positions], Iterator[str]], ...] = (
    _nothing_below_the_floor, _fixed_limbs_stay, _feet_stay, _props_stay, _hands_hold_one_bar,
)  # fmt: skip


def _hands_on_bar(motion: Motion, at: Positions, load: Array) -> Iterator[str]:
    if motion.held not in ("back", "back_low", "front", "hips") or not BARS & set(motion.scene):
        return
    for side in SIDES:
        off = float(np.linalg.norm((at[f"hand_{side}"] - load)[:2], axis=0).max())
        if off > BAR_REACH_M:
            yield f"hand_{side} is {off:.2f} m from the bar"


def _balance(motion: Motion, at: Positions, com_x: Array, load_x: Array) -> Iterator[str]:
    """Somewhere between no load and a heavy one the weight lies over the feet, all the way."""
    if motion.anchor != "feet" or motion.carried != "above" or motion.supported or motion.pull is not None:
        return
    held = motion.held != "none"
    loaded_x = (com_x + NOMINAL_LOAD * load_x) / (1 + NOMINAL_LOAD) if held else com_x
    sole = [at[f"{end}_{side}"] for side in SIDES for end in ("heel", "ball") if at[f"ball_{side}"][1].max() < SLACK_M]
    if not sole:
        return
    heel_x = np.min([point[0] for point in sole], axis=0)
    toes_x = np.max([point[0] for point in sole], axis=0) + TOES_AHEAD_M
    behind = heel_x - np.maximum(com_x, loaded_x)
    ahead = np.minimum(com_x, loaded_x) - toes_x
    for off, where in ((behind.max(), "behind the heels"), (ahead.max(), "ahead of the toes")):
        if off > 0:
            yield f"its weight lies {off:.2f} m {where}"

"""Every motion of the catalogue is one that a body can do, and parameters change what they say."""

import re
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backstory.body import posing
from backstory.body.kinematics import Body, lower_points, upper_points
from backstory.body.places import HELD, PROPS, held_points
from backstory.body.posing import ANCHORS, pose_motions
from backstory.body.reaching import ARM, LEG, joint_hint, reach
from backstory.body.tracing import trace
from backstory.catalogue import load
from backstory.catalogue.geometry import faults
from backstory.catalogue.loading import DATA, load_motions
from backstory.catalogue.motions import lean, specialise
from backstory.errors import CatalogueError
from backstory.model import Motion

CATALOGUE = load()
BODY = Body.of(None, 75.0, 1.75)
TIME = np.linspace(0, 1, 21)
DATA_FILES = {name: tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")) for name in
              ("vocabulary", "joints", "compressions")}  # fmt: skip
MOTIONS = load_motions(DATA, DATA_FILES)


def test_there_are_motions_for_everything_and_none_stands_idle() -> None:
    assert len(MOTIONS) >= 60 and len(CATALOGUE.exercises) >= 320
    used = {exercise.motion.id.split(" ")[0] for exercise in CATALOGUE.exercises.values()}
    tables = [t for file in (DATA / "motions").glob("*.toml") for t in tomllib.loads(file.read_text("utf-8")).values()]
    assert used | {table["like"] for table in tables if "like" in table} == set(MOTIONS)


def test_no_exercise_needs_more_than_a_dozen_lines_beside_its_names() -> None:
    for file in (DATA / "exercises").glob("*.toml"):
        for table in file.read_text("utf-8").split("\n\n"):
            bare = [line for line in table.splitlines() if re.match(r"\[|[a-z_.]+ =", line)]
            assert len(bare) <= 12, table


def test_every_exercise_keeps_to_the_floor_the_bar_and_its_balance() -> None:
    assert faults([replace(e.motion, id=e.id) for e in CATALOGUE.exercises.values()]) == {}


def test_the_words_of_the_data_are_those_of_the_program() -> None:
    vocabulary = DATA_FILES["vocabulary"]
    assert set(vocabulary["anchors"]) == set(ANCHORS)
    assert set(vocabulary["places"]) == set(HELD)
    assert set(vocabulary["props"]) == set(PROPS)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"angles": {"trunk": (75.0, 88.0), "shoulder": (75.0, 20.0)}, "at": (0.0, 1.0), "fixed": ()}, "its hands"),
        ({"height": -0.1}, "below the floor"),
        ({"angles": {"trunk": (75.0, 20.0), "shoulder": (75.0, 20.0)}, "at": (0.0, 1.0)}, "out of reach"),
    ],
)  # fmt: skip
def test_a_motion_that_nobody_can_do_is_named(change: dict[str, object], fault: str) -> None:
    push_up = MOTIONS["push_up"]
    assert faults([push_up]) == {}
    changed = replace(push_up, **change)  # type: ignore[arg-type]
    assert any(fault in text for text in faults([changed])["push_up"])


def test_a_lifter_who_would_fall_is_named() -> None:
    upright = {"hip": (0.0, 90.0), "knee": (5.0, 10.0), "ankle": (5.0, 10.0)}
    falls = Motion("falls", "feet", upright | {"ankle": (5.0, 40.0)})
    assert "ahead of the toes" in faults([falls])["falls"][0]
    sits = Motion("sits", "feet", {"hip": (0.0, 80.0), "knee": (5.0, 90.0), "ankle": (5.0, 5.0)})
    assert "behind the heels" in faults([sits])["sits"][0]


def test_hands_that_leave_the_bar_are_named() -> None:
    angles = {"hip": (0.0, 0.0), "shoulder_r": (0.0, 60.0), "shoulder_l": (0.0, 0.0)}
    apart = Motion("apart", "feet", angles, held="hands", scene=("barbell",))
    assert any("apart across the bar" in text for text in faults([apart])["apart"])


def test_a_broken_motion_is_named_on_load(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "motions" / "squat.toml"
    text = file.read_text("utf-8")
    for broken, message in (
        (text + '\n[odd]\nanchor = "nose"\nangles.hip = 5\n', "'nose' is not among the anchors"),
        (text + '\n[odd]\nanchor = "feet"\n', "angles is missing"),
        (text + '\n[odd]\nanchor = "feet"\nat = [0, 2, 1]\nangles.hip = 5\n', "at must rise from 0 to 1"),
        (text + '\n[odd]\nanchor = "feet"\nangles.hip = [1, 2]\nspeed = 3\n', "speed is not known here"),
    ):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(CatalogueError, match=message):
            load(tmp_path / "data")


def test_trunk_and_bench_turn_as_they_are_told() -> None:
    squat = MOTIONS["squat_high_bar"]
    flat = specialise("x", squat, {"trunk_deg": 50.0}, DATA_FILES)
    assert max(lean(flat.angles)) == pytest.approx(50)
    assert lean(flat.angles)[0] == pytest.approx(lean(squat.angles)[0], abs=2)
    bench = Motion("b", "pelvis", {"trunk": (-90.0, -90.0), "shoulder": (90.0, 90.0)}, height=0.27)
    inclined = specialise("x", bench, {"bench_deg": 30.0}, DATA_FILES)
    assert inclined.angles["trunk"] == (-60.0, -60.0)
    hands = [pose_motions([m], BODY, TIME) for m in (bench, inclined)]
    arms = [posed.joint["hand_r"][0, :, 0] - posed.joint["shoulder_r"][0, :, 0] for posed in hands]
    np.testing.assert_allclose(arms[0], arms[1], atol=1e-9)


def test_without_its_parameters_a_motion_is_itself_and_with_them_it_has_another_name() -> None:
    squat = MOTIONS["squat_high_bar"]
    assert specialise("x", squat, {}, DATA_FILES) is squat
    assert specialise("x", squat, {"stance": 0.4}, DATA_FILES).id != squat.id


def test_limbs_keep_their_lengths_in_every_exercise() -> None:
    motions = [exercise.motion for exercise in CATALOGUE.exercises.values()]
    joint = pose_motions(motions, BODY, TIME).joint
    pairs = {("hip", "knee"): "thigh", ("knee", "ankle"): "shank", ("shoulder", "elbow"): "upper_arm",
             ("elbow", "wrist"): "forearm"}  # fmt: skip
    for (a, b), segment in pairs.items():
        for side in "rl":
            length = np.linalg.norm(joint[f"{a}_{side}"] - joint[f"{b}_{side}"], axis=1)
            np.testing.assert_allclose(length, BODY.length_m(segment), rtol=1e-6)


def test_the_way_is_smooth_and_passes_its_keyframes() -> None:
    motion = Motion("m", "feet", {"hip": (0.0, 30.0, 90.0), "knee_r": (0.0, 10.0, 20.0)}, at=(0.0, 0.4, 1.0))
    table = trace([motion], [(0.0, 1.0)], np.array([0.0, 0.4, 1.0]), steady=True)
    from backstory.body.tracing import PLACE

    np.testing.assert_allclose(table[0, PLACE["hip_flexion_l"]], [0, 30, 90])
    np.testing.assert_allclose(table[0, PLACE["knee_flexion_r"]], [0, 10, 20])
    assert (table[0, PLACE["knee_flexion_l"]] == 0).all()


def test_a_spline_is_scipys_natural_spline() -> None:
    from scipy.interpolate import CubicSpline

    at, values, along = (0.0, 0.2, 0.7, 1.0), np.array([3.0, 10.0, -4.0, 8.0]), np.linspace(0, 1, 50)
    motion = Motion("m", "feet", {"hip": tuple(values)}, at=at)
    from backstory.body.tracing import PLACE

    found = trace([motion], [(0.0, 1.0)], along, steady=True)[0, PLACE["hip_flexion_r"]]
    np.testing.assert_allclose(found, CubicSpline(at, values, bc_type="natural")(along), atol=1e-9)


@pytest.mark.parametrize(("bends", "sign"), [(ARM, -1.0), (LEG, 1.0)])
def test_a_limb_reaches_its_target_and_bends_the_way_it_can(bends: float, sign: float) -> None:
    start, target = np.zeros((3, 1)), np.array([[0.0], [-0.5], [0.1]])
    hint = joint_hint(np.eye(3)[:, :, None], 0.3, bends)
    upper, lower = reach(start, target, hint, (0.3, 0.35), bends)
    middle = -0.3 * upper[:, 1]
    np.testing.assert_allclose(middle - 0.35 * lower[:, 1], target, atol=1e-9)
    assert sign * middle[0, 0] > 0
    for rotation in (upper, lower):
        np.testing.assert_allclose(np.einsum("ijt,kjt->ikt", rotation, rotation)[..., 0], np.eye(3), atol=1e-9)
        assert np.linalg.det(rotation[..., 0]) == pytest.approx(1.0)


def test_a_target_out_of_reach_is_reached_for() -> None:
    far = np.array([[0.0], [-9.0], [0.0]])
    upper, lower = reach(np.zeros((3, 1)), far, joint_hint(np.eye(3)[:, :, None], 0.3, ARM), (0.3, 0.3), ARM)
    end = -0.3 * upper[:, 1] - 0.3 * lower[:, 1]
    assert np.linalg.norm(end) == pytest.approx(0.6, abs=1e-3) and end[1, 0] == pytest.approx(-0.6, abs=1e-3)


def test_a_wide_stance_keeps_the_feet_where_they_are() -> None:
    wide = replace(MOTIONS["squat_high_bar"], stance=0.4)
    joint = pose_motions([wide], BODY, TIME).joint
    apart = joint["ankle_r"][0, 2] - joint["ankle_l"][0, 2]
    np.testing.assert_allclose(apart, 0.4 * BODY.height_m, atol=5e-3)
    np.testing.assert_allclose(joint["ball_r"][0, 1], 0.0, atol=5e-3)


def _lifts(motion: Motion) -> bool:
    return motion.held != "none" and motion.pull is None and not motion.endurance


def test_no_weight_falls_faster_than_it_can_or_flies_up() -> None:
    frames = 65
    motions = [e.motion for e in CATALOGUE.exercises.values() if _lifts(e.motion)]
    heights = held_points(pose_motions(motions, BODY, np.linspace(0, 1, frames)), motions, BODY)[:, 1, 0]
    for motion, height in zip(motions, heights, strict=True):
        seconds = min(motion.eccentric_s, motion.concentric_s)
        acceleration = np.diff(height, 2) * ((frames - 1) / seconds) ** 2
        assert acceleration.min() > -1.6 * 9.81 and acceleration.max() < 2 * 9.81, motion.id


def test_what_is_fixed_is_fixed_where_the_start_has_it_also_when_frames_come_before() -> None:
    for name in ("push-up", "inverted-row", "lunge"):
        motion = CATALOGUE.get(name).motion
        early, prompt = (
            pose_motions([motion], BODY, time) for time in (np.linspace(-0.25, 1, 26), np.linspace(0, 1, 21))
        )
        for limb in motion.fixed:
            joint = limb.replace("foot", "ankle")
            np.testing.assert_allclose(early.joint[joint][0][:, 5:], prompt.joint[joint][0], atol=2e-3)


def test_a_load_on_the_body_moves_with_it() -> None:
    motion = MOTIONS["squat_high_bar"]
    posed = pose_motions([motion], BODY, TIME)
    place = held_points(posed, [motion], BODY)[0, :, 0]
    distance = np.linalg.norm(place - posed.joint["mid_shoulder"][0], axis=0)
    np.testing.assert_allclose(distance, distance[0])


def test_all_the_body_is_above_or_below_l5s1() -> None:
    posed = pose_motions([MOTIONS["squat_high_bar"]], BODY, TIME)
    parts = [points.weight[: points.heavy].sum() for points in (upper_points(posed, BODY), lower_points(posed, BODY))]
    assert sum(parts) == pytest.approx(BODY.mass_kg, rel=0.005)
    assert posing.ANCHORS["feet"] == "ball_r"

"""The engine against OpenSim's results, against MuJoCo on the same body, and against what must hold for any motion."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.body.kinematics import ANGLES, SHOULDER_WIDTH, Body, Pose, pose, turn, upper_points
from backstory.body.masspoints import Array, from_poses, pseudo_inertia
from backstory.body.upperbody import CENTRES, upper_body
from backstory.errors import InputError
from backstory.load.dynamics import GRAVITY, Moments, about_joint_axes, joint_moment, second_derivative
from conftest import shared

BODY = Body.of("male", 80.0, 1.80)
STEP_S = 0.01
TRUNK_AND_ARMS = [name for name in ANGLES if not name.startswith(("hip", "knee", "ankle"))]


def smooth(rng: np.random.Generator, highest_hz: float = 2.0) -> Callable[[Array, int], Array]:
    """A smooth random function of time and its derivatives, exactly."""
    hz, phase = rng.uniform(0.2, highest_hz, 3), rng.uniform(0, 2 * np.pi, 3)
    size = rng.uniform(0.05, 0.25, 3) / (1 + hz)

    def at(t: Array, order: int = 0) -> Array:
        w = 2 * np.pi * hz[:, None]
        return np.asarray((size[:, None] * w**order * np.sin(w * t + phase[:, None] + order * np.pi / 2)).sum(axis=0))

    return at


def random_motion(seed: int) -> tuple[dict[str, Callable[[Array, int], Array]], list[Callable[[Array, int], Array]]]:
    rng = np.random.default_rng(seed)
    return {name: smooth(rng) for name in TRUNK_AND_ARMS}, [smooth(rng) for _ in range(3)]


def moments_of(posed: Pose, body: Body = BODY, step_s: float = STEP_S) -> Moments:
    moment = joint_moment(upper_points(posed, body), posed.joint["lumbar"], step_s)
    return about_joint_axes(moment, posed.rotation["pelvis"][..., 2, :], posed.rotation["trunk"][..., 1, :])


def pose_at(seed: int, t: Array, body: Body = BODY) -> Pose:
    angles, place = random_motion(seed)
    return pose({name: f(t, 0) for name, f in angles.items()}, body, np.array([f(t, 0) for f in place]))


def mujoco_model(body: Body) -> str:
    """The same body in MuJoCo's own language: six joints at the pelvis, all others as successive hinges."""

    def inertial(name: str, share: float, down: float, sign: float) -> str:
        length = share * body.length_m(name)
        mass = share * body.data[name]["mass"] * body.mass_kg
        sagittal, transverse, longitudinal = (mass * (r * length) ** 2 for r in body.data[name]["radii"])
        at = sign * down * length
        return f'<inertial pos="0 {at} 0" mass="{mass}" diaginertia="{sagittal} {longitudinal} {transverse}"/>'

    def hinges(*axes: tuple[str, str]) -> str:
        return "".join(f'<joint name="{name}" type="hinge" axis="{axis}"/>' for name, axis in axes)

    trunk, bottom = "", 0.0
    for name in ("lower_trunk", "middle_trunk", "upper_trunk", "head"):
        share = 0.5 if name == "lower_trunk" else 1.0
        up = 0.5 if name == "lower_trunk" else 1 - body.data[name]["com"]
        trunk += f'<body pos="0 {bottom} 0">{inertial(name, share, up, 1)}</body>'
        bottom += share * body.length_m(name)
    scale = body.height_m / body.data["height_m"]
    shoulder_y = body.data["mid_shoulder_m"] * scale - 0.5 * body.length_m("lower_trunk")
    for side, sign in (("r", 1), ("l", -1)):
        hand = f'<body pos="0 {-body.length_m("forearm")} 0">{inertial("hand", 1, body.data["hand"]["com"], -1)}</body>'
        forearm = (
            f'<body pos="0 {-body.length_m("upper_arm")} 0">{hinges((f"elbow_flexion_{side}", "0 0 1"))}'
            f"{inertial('forearm', 1, body.data['forearm']['com'], -1)}{hand}</body>"
        )
        arm = hinges(
            (f"shoulder_flexion_{side}", "0 0 1"),
            (f"shoulder_abduction_{side}", f"{-sign} 0 0"),
            (f"shoulder_rotation_{side}", f"0 {sign} 0"),
        )
        trunk += (
            f'<body pos="0 {shoulder_y} {sign * SHOULDER_WIDTH / 2 * body.height_m}">{arm}'
            f"{inertial('upper_arm', 1, body.data['upper_arm']['com'], -1)}{forearm}</body>"
        )
    lumbar = hinges(("lumbar_flexion", "0 0 -1"), ("lumbar_bend", "1 0 0"), ("lumbar_twist", "0 1 0"))
    pelvis = "".join(
        f'<joint name="{n}" type="slide" axis="{a}"/>' for n, a in (("x", "1 0 0"), ("y", "0 1 0"), ("z", "0 0 1"))
    )
    pelvis += hinges(("pelvis_pitch", "0 0 -1"), ("pelvis_list", "1 0 0"), ("pelvis_turn", "0 1 0"))
    return (
        f'<mujoco><option gravity="0 {-GRAVITY} 0"/><worldbody>'
        f'<body>{pelvis}<inertial pos="0 0 0" mass="10" diaginertia="0.1 0.1 0.1"/>'
        f'<body pos="0 {0.5 * body.length_m("lower_trunk")} 0">{lumbar}'
        f'<inertial pos="0 0 0" mass="1e-9" diaginertia="1e-9 1e-9 1e-9"/>{trunk}</body></body></worldbody></mujoco>'
    )


@pytest.mark.parametrize("seed", range(20))
def test_moments_agree_with_mujoco_on_the_same_body(seed: int) -> None:
    mujoco = pytest.importorskip("mujoco")
    model = mujoco.MjModel.from_xml_string(mujoco_model(BODY))
    data = mujoco.MjData(model)
    t = np.arange(0, 2.0, STEP_S)
    angles, place = random_motion(seed)
    functions = {**angles, **dict(zip("xyz", place, strict=True))}
    columns = {name: model.joint(name).qposadr[0] for name in functions}
    values = [{name: f(t, order) for name, f in functions.items()} for order in range(3)]
    torque = np.empty((3, len(t)))
    for frame in range(len(t)):
        for target, value in zip((data.qpos, data.qvel, data.qacc), values, strict=True):
            for name, column in columns.items():
                target[column] = value[name][frame]
        mujoco.mj_inverse(model, data)
        torque[:, frame] = [data.qfrc_inverse[columns[f"lumbar_{n}"]] for n in ("flexion", "bend", "twist")]
    found = moments_of(pose_at(seed, t))
    inner = slice(5, -5)
    peak = np.abs(torque[:, inner]).max()
    for mine, theirs in ((found.extension, -torque[0]), (found.bending, torque[1]), (found.rotation, torque[2])):
        assert np.abs(mine - theirs)[inner].max() <= 0.005 * peak


@pytest.mark.parametrize("name", ["kin_backbar60.npz", "kin_bodyweight.npz"])
def test_moments_are_those_of_opensim(name: str) -> None:
    with np.load(shared("reference", "spine", name)) as archive:
        data = {key: archive[key] for key in archive.files}
    names = [str(body) for body in data["names"]]
    above = [i for i, n in enumerate(names) if n.split("_")[0] in ("torso", "humerus", "ulna", "radius", "hand", "bar")]
    points = from_poses(data["com"][:, above], data["R"][:, above], data["mass"][above], data["Idiag"][above])
    moment = joint_moment(points, data["jc_lumbar"].T, 0.01)
    axes = (data["R"][:, names.index("pelvis"), :, 2].T, data["R"][:, names.index("torso"), :, 1].T)
    found, inner = about_joint_axes(moment, *axes), slice(30, -30)
    peak = np.abs(data["lumbar_extension_moment"][inner]).max()
    for mine, key in ((found.extension, "extension"), (found.bending, "bending"), (found.rotation, "rotation")):
        error = (mine - data[f"lumbar_{key}_moment"])[inner]
        assert np.sqrt(np.mean(error**2)) <= 0.005 * peak
    loads = [i for i, n in enumerate(names) if n == "bar"]
    held = [(data["mass"][i], data["com"][:, i]) for i in loads]
    centres = {n: data[f"jc_{n}"] for n in CENTRES}
    rough = joint_moment(upper_body(centres, "male", 75.3, held), data["jc_lumbar"].T, 0.01)[2]
    error = (rough - data["lumbar_extension_moment"])[inner]
    assert np.sqrt(np.mean(error**2)) <= 0.08 * peak
    assert np.abs(rough[inner]).max() == pytest.approx(peak, rel=0.10)


def test_a_body_standing_still_needs_its_weight_times_its_arm() -> None:
    lean = np.full(50, np.radians(40))
    posed = pose({"pelvis_pitch": lean}, BODY)
    points = upper_points(posed, BODY)
    mass, x = points.weight[: points.heavy], points.position[0, : points.heavy] - posed.joint["lumbar"][0]
    by_hand = GRAVITY * (mass[:, None] * x).sum(axis=0)
    np.testing.assert_allclose(moments_of(posed).extension, by_hand, rtol=1e-12)
    assert by_hand[0] == pytest.approx(GRAVITY * mass.sum() * 0.17, rel=0.15)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-50, 50), st.floats(-50, 50))
def test_where_a_person_stands_and_faces_does_not_count(seed: int, far: float, angle: float) -> None:
    t = np.arange(0, 1.0, STEP_S)
    posed = pose_at(seed, t)
    moved = {
        name: np.einsum("ij,jt->it", turn("y", np.array([angle]))[..., 0], c) + far for name, c in posed.joint.items()
    }
    turned = {
        name: np.einsum("ij,jkt->ikt", turn("y", np.array([angle]))[..., 0], r) for name, r in posed.rotation.items()
    }
    here, there = moments_of(posed), moments_of(Pose(moved, turned))
    for name in ("extension", "bending", "rotation"):
        np.testing.assert_allclose(getattr(there, name), getattr(here, name), atol=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_mirrored_motion_has_mirrored_moments(seed: int) -> None:
    t = np.arange(0, 1.0, STEP_S)
    angles, place = random_motion(seed)
    values = {name: f(t, 0) for name, f in angles.items()}
    other = {"r": "l", "l": "r"}
    mirrored = {
        (f"{name[:-1]}{other[name[-1]]}" if name[-2] == "_" else name): value
        * (-1 if name.endswith(("list", "turn", "bend", "twist")) else 1)
        for name, value in values.items()
    }
    root = np.array([f(t, 0) for f in place])
    one = moments_of(pose(values, BODY, root))
    two = moments_of(pose(mirrored, BODY, root * np.array([1, 1, -1])[:, None]))
    np.testing.assert_allclose(two.extension, one.extension, atol=1e-9)
    np.testing.assert_allclose(two.bending, -one.bending, atol=1e-9)
    np.testing.assert_allclose(two.rotation, -one.rotation, atol=1e-9)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_half_the_frames_change_less_than_one_percent(seed: int) -> None:
    """Of the peak, for motions under 3 Hz filmed at 100 and at 50 frames a second."""
    rng = np.random.default_rng(seed)
    functions = {name: smooth(rng, 3.0) for name in TRUNK_AND_ARMS}
    t = np.arange(0, 2.0, STEP_S)
    full = moments_of(pose({name: f(t, 0) for name, f in functions.items()}, BODY)).extension
    half = moments_of(pose({name: f(t[::2], 0) for name, f in functions.items()}, BODY), step_s=2 * STEP_S).extension
    inner = slice(5, -5)
    assert np.abs(full[::2] - half)[inner].max() < 0.01 * np.abs(full[inner]).max()


def test_many_motions_at_once_are_the_same_as_one_by_one() -> None:
    t = np.arange(0, 1.0, STEP_S)
    single = [pose_at(seed, t) for seed in range(3)]
    points = [upper_points(posed, BODY) for posed in single]
    together = joint_moment(
        type(points[0])(np.stack([p.position for p in points]), points[0].weight, points[0].heavy),
        np.stack([posed.joint["lumbar"] for posed in single]),
        STEP_S,
    )
    for i, posed in enumerate(single):
        np.testing.assert_allclose(together[i], joint_moment(points[i], posed.joint["lumbar"], STEP_S), atol=1e-9)


def test_limbs_keep_their_lengths_and_joints_bend_the_right_way() -> None:
    posed = pose_at(3, np.arange(0, 1.0, STEP_S))
    for upper, lower, segment in (
        ("shoulder", "elbow", "upper_arm"),
        ("elbow", "wrist", "forearm"),
        ("hip", "knee", "thigh"),
    ):
        for side in "rl":
            length = np.linalg.norm(posed.joint[f"{upper}_{side}"] - posed.joint[f"{lower}_{side}"], axis=0)
            np.testing.assert_allclose(length, BODY.length_m(segment), rtol=1e-9)
    one = np.ones(1)
    bent = pose(
        {"elbow_flexion_r": one, "hip_flexion_r": one, "hip_abduction_l": one, "shoulder_abduction_r": one}, BODY
    )
    joint = {name: centre[:, 0] for name, centre in bent.joint.items()}
    assert joint["knee_r"][0] > joint["hip_r"][0], "hip flexion brings the knee forward"
    assert joint["knee_l"][2] < joint["hip_l"][2], "abduction brings the left knee to the left"
    assert joint["elbow_r"][2] > joint["shoulder_r"][2], "abduction brings the right elbow to the right"
    assert joint["wrist_r"][0] > joint["elbow_r"][0], "elbow flexion brings the hand forward"
    squat = pose(
        {
            "pelvis_pitch": 0.5 * one,
            "hip_flexion_r": 1.8 * one,
            "knee_flexion_r": 1.8 * one,
            "ankle_dorsiflexion_r": 0.5 * one,
        },
        BODY,
    )
    np.testing.assert_allclose(squat.rotation["foot_r"][:, :, 0], np.eye(3), atol=1e-12)


def test_second_derivative_is_exact_for_low_frequencies() -> None:
    t = np.arange(0, 1, 0.02)
    x = np.sin(2 * np.pi * 3 * t)
    wanted = -((2 * np.pi * 3) ** 2) * x
    assert np.abs(second_derivative(x, 0.02) - wanted)[4:-4].max() < 1e-4 * np.abs(wanted).max()


def test_pseudo_inertia_adds_up_to_the_moments_of_inertia() -> None:
    principal = np.array([[0.3, 0.1, 0.35]])
    j = pseudo_inertia(principal)
    np.testing.assert_allclose(principal, j.sum() - j)


def test_an_unknown_angle_or_body_is_refused() -> None:
    with pytest.raises(KeyError, match="elbow_twist"):
        pose({"elbow_twist": np.zeros(1)}, BODY)
    with pytest.raises(InputError):
        Body.of("male", 80, 3.0)

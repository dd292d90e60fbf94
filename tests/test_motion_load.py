"""From a motion to what a set does to L5/S1: against figures worked out another way, and what must hold for any set."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory import catalogue
from backstory.body.kinematics import Body, lower_points, upper_points
from backstory.body.masspoints import Array
from backstory.body.places import held_points
from backstory.body.posing import pose_motions
from backstory.errors import InputError
from backstory.load import SetLoads, peak_load, repetition, set_loads
from backstory.load.compression import disc_compression
from backstory.load.dynamics import GRAVITY, joint_moment
from backstory.load.repetition import BODY, LOAD, repetitions
from backstory.model import POUND_KG, Exercise, Motion, Person, Set

BODY_M = Body.of(None, 75.0, 1.75)
SQUAT = Motion(
    "squat", "feet", {"hip": (0, 118), "knee": (5, 125), "ankle": (5, 32), "lumbar": (0, 10), "elbow": (90, 90)},
    held="hands", stance=0.2,
)  # fmt: skip
LIFT = catalogue.load().get("deadlift").motion
PUSH_UP = Motion(
    "push", "feet", {"trunk": (75, 88), "shoulder": (75, 20), "elbow": (5, 90), "ankle": (10, 10)},
    carried="hands and feet", fixed=("hand_r", "hand_l"), held="back",
)  # fmt: skip
LEG_RAISE = Motion(
    "raise", "hands", {"trunk": (0, -10), "shoulder": (178, 170), "hip": (0, 90)}, height=1.3, carried="below",
    held="ankles",
)  # fmt: skip
USUAL = Person()
TIME = np.arange(-3, repetition.FRAMES + 3) / (repetition.FRAMES - 1)
CATALOGUE = catalogue.load()


def exercise(motion: Motion, **changes: object) -> Exercise:
    values: dict[str, object] = {
        "id": "lift", "names": ("Lift",), "family": "hinge", "equipment": ("barbell",), "primary": ("glutes",),
        "secondary": ("low_back",), "motion": motion, "needs_load": True,
    }  # fmt: skip
    return Exercise(**(values | changes))  # type: ignore[arg-type]


def one(exercise_: Exercise, one_set: Set, person: Person = USUAL) -> SetLoads:
    return set_loads([one_set], [exercise_], [person])


def moment_of(motion: Motion) -> Array:
    """(2, 3, 2, frames) [Nm/kg]"""
    return repetitions([motion], None, 1.75)[motion.id].moment


def still(motion: Motion) -> Motion:
    return replace(motion, eccentric_s=60.0, concentric_s=60.0)


def test_a_slow_motion_is_weight_times_arm() -> None:
    slow = still(SQUAT)
    posed = pose_motions([slow], BODY_M, TIME)
    points = upper_points(posed, BODY_M)
    mass = points.weight[: points.heavy]
    arm = points.position[0, 0, : points.heavy] - posed.joint["lumbar"][0, 0]
    body = GRAVITY * (mass[:, None] * arm).sum(axis=0)
    hand = (posed.joint["hand_r"] + posed.joint["hand_l"])[0, 0] / 2 - posed.joint["lumbar"][0, 0]
    by_hand = np.abs(body + 40 * GRAVITY * hand)[3:-3].max()
    assert one(exercise(slow), Set("x", load_kg=40, reps=1)).peak_moment_nm[0] == pytest.approx(by_hand, rel=2e-3)


@pytest.mark.parametrize("motion", [SQUAT, LIFT])
@pytest.mark.parametrize("tempo", [(1.6, 0.0, 1.2), (0.4, 0.0, 0.3)])
def test_the_peak_is_that_of_the_same_motion_filmed(motion: Motion, tempo: tuple[float, float, float]) -> None:
    """One pass a motion and 1/T² for the tempo, beside the engine on 400 frames of lowering and of lifting."""
    way = replace(motion, eccentric_s=tempo[0], concentric_s=tempo[2])
    frames = 400
    time = np.arange(-3, frames + 3) / (frames - 1)
    posed = pose_motions([way], BODY_M, time)
    load = held_points(posed, [way], BODY_M)[..., 0, :]
    peaks = []
    for seconds in (tempo[0], tempo[2]):
        points = upper_points(posed, BODY_M)
        step = seconds / (frames - 1)
        moment = joint_moment(points, posed.joint["lumbar"], step)[0, 2]
        acceleration = np.gradient(np.gradient(load[0], step, axis=-1), step, axis=-1)
        acceleration[1] += GRAVITY
        arm = load[0] - posed.joint["lumbar"][0]
        held = 60 * (arm[0] * acceleration[1] - arm[1] * acceleration[0])
        peaks.append(np.abs(moment + held)[5:-5].max())
    found = one(exercise(way), Set("x", load_kg=60, reps=1)).peak_moment_nm[0]
    assert found == pytest.approx(max(peaks), rel=0.01)


def test_a_push_up_is_the_same_from_above_and_from_below() -> None:
    """What the hands take follows from the whole body's balance about the feet; what the feet take is the rest. Legs
    and the pelvis below, with the feet's push, must give the same moment as the arms and the trunk above.
    """
    slow = still(PUSH_UP)
    posed = pose_motions([slow], BODY_M, TIME)
    upper, lower = upper_points(posed, BODY_M), lower_points(posed, BODY_M)
    mass = np.concatenate([upper.weight[: upper.heavy], lower.weight[: lower.heavy]])
    x = np.concatenate([upper.position[0, 0, : upper.heavy], lower.position[0, 0, : lower.heavy]])
    hand, foot, lumbar, shoulder = (posed.joint[n][0, :2] for n in ("hand_r", "ball_r", "lumbar", "shoulder_r"))
    along = shoulder - hand
    slope = np.clip(along[0] / along[1], -0.6, 0.6)
    apart = hand - foot
    on_hands = GRAVITY * (mass[:, None] * (x - foot[0])).sum(axis=0) / (apart[0] - apart[1] * slope)
    on_feet = np.array([-slope * on_hands, GRAVITY * mass.sum() - on_hands])
    below = lower.weight[: lower.heavy, None] * (lower.position[0, 0, : lower.heavy] - lumbar[0])
    arm = foot - lumbar
    by_hand = arm[0] * on_feet[1] - arm[1] * on_feet[0] - GRAVITY * below.sum(axis=0)
    found = BODY_M.mass_kg * moment_of(slow)[BODY, 0, 0]
    np.testing.assert_allclose(found, by_hand[3:-3], rtol=2e-3, atol=0.05)
    assert found.max() < 0, "a trunk that would sag is held by the abdominals"
    assert 0.5 < (on_hands / GRAVITY / BODY_M.mass_kg).max() < 0.8, "hands take about two thirds of the body"


def test_raised_legs_are_their_weight_times_their_arm() -> None:
    slow = still(LEG_RAISE)
    posed = pose_motions([slow], BODY_M, TIME)
    points = lower_points(posed, BODY_M)
    arm = points.position[0, 0, : points.heavy] - posed.joint["lumbar"][0, 0]
    by_hand = -GRAVITY * (points.weight[: points.heavy, None] * arm).sum(axis=0)
    found = moment_of(slow)
    np.testing.assert_allclose(75 * found[BODY, 0, 0], by_hand[3:-3], rtol=2e-3, atol=0.05)
    ankle = posed.joint["ankle_r"][0, 0] - posed.joint["lumbar"][0, 0]
    np.testing.assert_allclose(found[LOAD, 0, 0], -GRAVITY * ankle[3:-3], rtol=2e-3, atol=0.05)


def test_a_cable_pulls_where_it_pulls() -> None:
    """A cable that pulls forward at hand height asks for its height over L5/S1, one that pulls up for its distance."""
    posed = pose_motions([SQUAT], BODY_M, TIME)
    hand = (posed.joint["hand_r"] + posed.joint["hand_l"])[0] / 2 - posed.joint["lumbar"][0]
    forward, up, side = (
        moment_of(replace(SQUAT, pull=pull))[LOAD] for pull in ((2.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    )
    np.testing.assert_allclose(forward[0, 0], GRAVITY * hand[1, 3:-3], atol=1e-9)
    np.testing.assert_allclose(up[0, 0], -GRAVITY * hand[0, 3:-3], atol=1e-9)
    assert np.abs(side[0]).max() < 1e-9 < np.abs(side[1:]).max()


def test_a_pad_takes_its_share_and_a_machine_keeps_its_weight() -> None:
    whole, half = (moment_of(replace(SQUAT, supported=share)) for share in (0.0, 0.5))
    np.testing.assert_allclose(half, whole / 2)
    machine = exercise(replace(SQUAT, held="none"))
    assert peak_load(machine, Person(), 0).moment_nm == peak_load(machine, Person(), 200).moment_nm


def test_a_published_compression_comes_out_as_it_went_in() -> None:
    bridge = exercise(replace(SQUAT, compression_bw=3.5, held="none"))
    for mass in (50.0, 100.0):
        low, high = peak_load(bridge, Person(None, mass, 1.7), 0).compression_band_n
        weights = 3.5 * mass * GRAVITY
        assert low < weights < high and weights == pytest.approx(2 / (1 / low + 1 / high), rel=0.01)


def test_compression_is_cholewickis() -> None:
    """An extensor pulling 5 degrees off the disc's normal at 6 cm, plus the weight above along the normal."""
    pull = 200 / 0.06 * np.array([np.cos(np.radians(5)), np.sin(np.radians(5))])
    weight = 450 * np.array([np.cos(0.5), np.sin(0.5)])
    assert disc_compression(200, 450, 0.5) == pytest.approx((pull + weight)[0])


def test_few_frames_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """For nine in ten exercises the peak is within a hundredth of what eight times the frames give."""
    motions = [replace(e.motion, id=e.id) for e in CATALOGUE.exercises.values()]

    def peaks() -> Array:
        found = repetitions(motions, None, 1.75).values()
        return np.array([np.abs(75 * r.moment[BODY, 0] + 40 * r.moment[LOAD, 0]).max() for r in found])

    few = peaks()
    monkeypatch.setattr(repetition, "FRAMES", 8 * repetition.FRAMES)
    monkeypatch.setattr(repetition, "MANY_FRAMES", 8 * repetition.MANY_FRAMES)
    off = np.abs(few - peaks()) / (few + 20.0)
    assert np.quantile(off, 0.9) < 0.01 and np.quantile(off, 0.98) < 0.06 and off.max() < 0.25


LIFTS = [e for e in CATALOGUE.exercises.values() if not e.motion.endurance]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(LIFTS), st.sampled_from([0.0, 20.0, 500.0]), st.sampled_from([0, 1, 12, 1000]),
    st.sampled_from([25.0, 75.0, 300.0]), st.sampled_from([1.2, 1.75, 2.2]), st.sampled_from(["female", "male", None]),
)  # fmt: skip
def test_any_body_weight_and_count_gives_a_sensible_load(
    e: Exercise, kg: float, reps: int, mass: float, height: float, sex: str | None
) -> None:
    person = Person(sex, mass, height)
    peak = peak_load(e, person, kg, reps)
    assert 0 <= peak.moment_nm < 15 * (mass + 2 * kg) * height
    assert peak.moment_band_nm[0] <= peak.moment_nm <= peak.moment_band_nm[1]
    assert 0 <= peak.compression_band_n[0] <= peak.compression_band_n[1]
    assert peak.impulse_nms is not None and (peak.impulse_nms > 0) == (reps > 0 and peak.moment_nm > 0)
    loads = one(e, Set("x", load_kg=kg, reps=reps), person)
    assert loads.peak_moment_nm[0] == pytest.approx(peak.moment_nm)
    assert loads.impulse_nms[0] == pytest.approx(peak.impulse_nms)


@pytest.mark.parametrize("person", [Person(None, 10, 1.7), Person(None, 75, 1.0), Person(None, float("nan"), 1.7)])
def test_a_body_that_nobody_has_is_refused(person: Person) -> None:
    with pytest.raises(InputError):
        peak_load(exercise(SQUAT), person, 50)


def test_two_dumbbells_weigh_twice_what_was_logged_and_help_weighs_less_than_nothing() -> None:
    pair = exercise(SQUAT, load_factor=2.0)
    assert peak_load(pair, Person(), 20).moment_nm == pytest.approx(peak_load(exercise(SQUAT), Person(), 40).moment_nm)
    helped = exercise(SQUAT, load_factor=-1.0)
    assert peak_load(helped, Person(), 10).moment_nm < peak_load(helped, Person(), 0).moment_nm


def test_what_was_not_logged_is_not_known() -> None:
    loaded, free = exercise(SQUAT), exercise(SQUAT, needs_load=False)
    assert not one(loaded, Set("x", reps=5)).known[0]
    assert not one(loaded, Set("x", load_kg=50)).known[0]
    machine = exercise(replace(SQUAT, held="none"))
    assert one(machine, Set("x", reps=5)).known[0], "its weight never reaches the back"
    assert one(free, Set("x", reps=5)).known[0]
    assert not set_loads([Set("x", load_kg=50, reps=5)], [None], [Person()]).known[0]
    assert set_loads([], [], []).known.shape == (0,)


def test_a_hold_counts_as_the_repetitions_that_take_as_long() -> None:
    hold = exercise(replace(SQUAT, eccentric_s=1.0, pause_s=1.0, concentric_s=1.0), needs_load=False)
    for logged in (Set("Plank", duration_s=60), Set("Plank", duration_s=60, reps=1)):
        assert one(hold, logged).reps[0] == 20
    assert one(hold, Set("Squat", duration_s=60, reps=8)).reps[0] == 8


def test_endurance_counts_minutes_however_they_were_logged() -> None:
    run = exercise(replace(SQUAT, pace_km_h=10.0, cadence_per_min=160.0), needs_load=False)
    for logged in (Set("Run", duration_s=1800, reps=1), Set("Run", distance_km=5), Set("Run", reps=4800)):
        loads = one(run, logged)
        assert (loads.minutes[0], loads.peak_moment_nm[0], loads.reps[0]) == (30.0, 0.0, 0.0)
    assert not one(run, Set("Run")).known[0]
    assert not one(run, Set("Run", reps=1)).known[0]


def test_many_sets_at_once_are_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(1)
    chosen = [LIFTS[i] for i in rng.integers(len(LIFTS), size=40)]
    sets = [Set("x", load_kg=float(rng.uniform(0, 100)), reps=5) for _ in chosen]
    people = [Person(None, 70, 1.7), Person("female", 60, 1.6), Person("male", 90, 1.9)]
    owners = [people[i % 3] for i in range(len(sets))]
    together = set_loads(sets, chosen, owners)
    for i, (one_set, e, person) in enumerate(zip(sets, chosen, owners, strict=True)):
        assert one(e, one_set, person).peak_moment_nm[0] == pytest.approx(together.peak_moment_nm[i])
        assert one(e, one_set, person).impulse_nms[0] == pytest.approx(together.impulse_nms[i])


def mirrored(motion: Motion) -> Motion:
    """Left and right exchanged."""
    other = {"_r": "_l", "_l": "_r"}

    def swap(name: str) -> str:
        return name[:-2] + other[name[-2:]] if name[-2:] in other else name

    turned = ("lumbar_bend", "lumbar_twist", "pelvis_list", "pelvis_turn")
    angles = {swap(n): tuple(-v for v in vs) if n in turned else vs for n, vs in motion.angles.items()}
    pull = motion.pull and (motion.pull[0], motion.pull[1], -motion.pull[2])
    fixed = tuple(map(swap, motion.fixed))
    return replace(motion, id="mirrored", angles=angles, held=swap(motion.held), fixed=fixed, pull=pull)


def stands_evenly(motion: Motion) -> bool:
    """On both legs alike, and not by a right hand or foot, which the data say rest on their place."""
    legs = [name for name in motion.angles if name.startswith(("hip", "knee", "ankle", "heel"))]
    turned = {"pelvis_turn", "pelvis_list"} & motion.angles.keys()
    by_right_hand = motion.anchor == "hands" or motion.bar_height_m is not None
    free = motion.carried in ("above", "below") and not turned and not by_right_hand
    return free and all(name[-2] != "_" for name in legs)


EVEN = [e for e in LIFTS if stands_evenly(e.motion)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVEN))
def test_left_and_right_are_the_same_to_a_back(e: Exercise) -> None:
    here = peak_load(e, USUAL, 30)
    there = peak_load(replace(e, motion=mirrored(e.motion)), USUAL, 30)
    assert there.moment_nm == pytest.approx(here.moment_nm, rel=1e-6, abs=1e-6)
    assert there.impulse_nms == here.impulse_nms


@pytest.mark.parametrize("kg", [20.0, 102.5])
def test_pounds_and_kilograms_weigh_the_same(kg: float) -> None:
    e = CATALOGUE.get("deadlift")
    in_pounds = round(kg / POUND_KG, 6) * POUND_KG
    assert peak_load(e, USUAL, in_pounds).moment_nm == pytest.approx(peak_load(e, USUAL, kg).moment_nm)


def test_a_faster_repetition_asks_for_more_and_an_impossible_one_is_refused() -> None:
    peaks = [peak_load(exercise(SQUAT), Person(), 60, 1, (t, 0.0, t)).moment_nm for t in (0.8, 1.2, 3.0)]
    assert peaks[0] > peaks[1] > peaks[2]
    with pytest.raises(InputError, match="cannot be lowered and lifted"):
        peak_load(exercise(SQUAT), Person(), 60, 1, (0.1, 0.0, 0.1))


def test_variants_keep_the_order_that_lifters_know() -> None:
    def peaks(kg: float, *names: str) -> list[float]:
        return [peak_load(CATALOGUE.get(name), USUAL, kg).moment_nm for name in names]

    for kg, names in (
        (100, ("squat", "front-squat")), (100, ("deadlift", "trap-bar-deadlift", "trap-bar-deadlift-high-handles")),
        (100, ("deadlift", "block-pull", "rack-pull")), (100, ("deficit-deadlift", "deadlift")),
        (100, ("squat", "half-squat")), (0, ("push-up", "knee-push-up", "wall-push-up")),
    ):  # fmt: skip
        found = peaks(kg, *names)
        assert found == sorted(found, reverse=True), dict(zip(names, found, strict=True))


@pytest.mark.parametrize("name", ["inverted-row", "suspension-row", "glute-bridge", "hip-thrust", "reverse-plank"])
def test_a_body_that_sags_on_its_back_is_held_by_its_extensors(name: str) -> None:
    motion = CATALOGUE.get(name).motion
    moment = repetitions([motion], None, 1.75)[motion.id].moment[BODY, 0]
    assert moment.mean() > 0


def test_a_cable_that_pulls_down_presses_the_back_together() -> None:
    down = exercise(replace(SQUAT, pull=(0.0, -1.0, 0.0)))
    weight = exercise(SQUAT)
    tight, free = (repetitions([e.motion], None, 1.75)[e.motion.id].axial[LOAD, 0] for e in (down, weight))
    assert tight == pytest.approx(free, rel=1e-6)


def test_a_movement_comes_to_its_published_compression_and_a_hold_keeps_it() -> None:
    sit_up, bridge = (CATALOGUE.get(name) for name in ("sit-up", "side-plank"))
    ways = [np.abs(moment_of(e.motion)[BODY, :, 0]).sum(axis=0) for e in (sit_up, bridge)]
    assert ways[0][0] == pytest.approx(0, abs=1e-9) and ways[0][-1] == ways[0].max() > 0
    assert (ways[1] == ways[1][0]).all()


def test_the_person_who_is_taller_bends_deeper_for_the_same_bar() -> None:
    posed = [pose_motions([LIFT], Body.of(None, 75.0, h), TIME).joint["hand_r"][0, 1, 3] for h in (1.6, 1.75, 1.95)]
    assert posed == pytest.approx([0.225] * 3, abs=0.01)

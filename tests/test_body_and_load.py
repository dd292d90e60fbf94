"""Loads against figures worked out by hand, and what must hold for any body."""

import math
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.body import trunk_above_l5s1
from backstory.errors import InputError
from backstory.load import monday, muscle_sets, peak_load, session_load, set_load, spikes
from backstory.load.looking import balance
from backstory.load.moment import disc_compression, peak_moment
from backstory.model import Exercise, Person, Session, Set, SetLoad


def exercise(**changes: object) -> Exercise:
    values: dict[str, object] = {
        "id": "lift", "names": ("Lift",), "family": "hinge", "equipment": ("barbell",), "primary": ("glutes",),
        "secondary": ("low_back",), "trunk_deg": 60.0, "lever": 0.2, "supported": 0.0, "needs_load": True,
    }  # fmt: skip
    return Exercise(**(values | changes))  # type: ignore[arg-type]


def test_trunk_of_a_man_by_hand() -> None:
    """de Leva's fractions added up on paper: half of the lower trunk, middle, upper, head and two arms."""
    mass = 0.1117 / 2 + 0.1633 + 0.1596 + 0.0694 + 2 * (0.0271 + 0.0162 + 0.0061)
    top = 0.1457 / 2 + 0.2155 + 0.1707
    moments = [
        0.1117 / 2 * 0.1457 / 4,
        0.1633 * (0.1457 / 2 + 0.2155 * (1 - 0.4502)),
        0.1596 * (0.1457 / 2 + 0.2155 + 0.1707 * (1 - 0.2999)),
        0.0694 * (top + 0.2033 * (1 - 0.5976)),
        2 * 0.0271 * (top - 0.2817 * 0.5772),
        2 * 0.0162 * (top - 0.2817 - 0.2689 * 0.4574),
        2 * 0.0061 * (top - 0.2817 - 0.2689 - 0.0862 * 0.79),
    ]
    trunk = trunk_above_l5s1("male", 80.0, 1.741)
    assert trunk.mass_kg == pytest.approx(80 * mass)
    assert trunk.com_m == pytest.approx(sum(moments) / mass)


def test_unknown_sex_lies_between_women_and_men() -> None:
    woman, man, unknown = (trunk_above_l5s1(sex, 70, 1.7).mass_kg for sex in ("female", "male", None))
    assert unknown == pytest.approx((woman + man) / 2)


@pytest.mark.parametrize(("mass", "height"), [(10, 1.7), (400, 1.7), (70, 1.0), (70, 2.5), (math.nan, 1.7)])
def test_bodies_out_of_range_are_refused(mass: float, height: float) -> None:
    with pytest.raises(InputError):
        trunk_above_l5s1("male", mass, height)


def test_moment_by_hand() -> None:
    person = Person("male", 80.0, 1.741)
    trunk = trunk_above_l5s1("male", 80.0, 1.741)
    by_hand = 9.80665 * (trunk.mass_kg * trunk.com_m * math.sin(math.pi / 3) + 100 * 0.2 * 1.741)
    assert peak_moment(exercise(), person, 100) == pytest.approx(by_hand)


def test_compression_is_cholewickis() -> None:
    """An extensor pulling 5 degrees off the disc's normal at 6 cm, plus the weight above along the normal."""
    pull = 200 / 0.06
    normal = np.array([math.cos(math.radians(5)), math.sin(math.radians(5))])
    weight = 450 * np.array([math.cos(0.5), math.sin(0.5)])
    assert disc_compression(200, 450, 0.5, 0.06) == pytest.approx(pull * normal[0] + weight[0])


@given(
    st.floats(0, 500), st.floats(0, 180), st.floats(0, 0.5), st.floats(0, 1), st.floats(40, 150), st.floats(1.4, 2.1)
)
def test_more_weight_is_never_less_load(kg: float, trunk: float, lever: float, held: float, m: float, h: float) -> None:
    lift, person = exercise(trunk_deg=trunk, lever=lever, supported=held), Person(None, m, h)
    assert 0 <= peak_moment(lift, person, kg) <= peak_moment(lift, person, kg + 10) + 1e-9
    peak = peak_load(lift, person, kg, 5)
    assert peak.moment_band_nm[0] <= peak.moment_nm <= peak.moment_band_nm[1]
    assert 0 <= peak.compression_band_n[0] <= peak.compression_band_n[1]


def test_help_from_a_machine_never_makes_the_load_negative() -> None:
    assert peak_moment(exercise(load_factor=-1.0, lever=0.4, trunk_deg=0), Person(), 80) == 0


def test_two_dumbbells_weigh_twice_what_was_logged() -> None:
    pair, single = exercise(load_factor=2.0), exercise()
    assert peak_moment(pair, Person(), 20) == peak_moment(single, Person(), 40)


def test_a_loaded_exercise_without_a_weight_is_not_known() -> None:
    assert set_load(exercise(), Person(), Set("Lift", reps=5)) is None
    assert set_load(exercise(), Person(), Set("Lift", load_kg=50)) is None
    assert set_load(exercise(needs_load=False), Person(), Set("Lift", reps=5)) is not None


def test_a_hold_counts_as_the_repetitions_that_take_as_long() -> None:
    held = set_load(exercise(needs_load=False), Person(), Set("Plank", duration_s=60))
    assert held is not None and held.reps == 20


def test_endurance_counts_minutes_and_no_repetitions() -> None:
    run = exercise(endurance=True, needs_load=False)
    load = set_load(run, Person(), Set("Running", duration_s=1800, reps=1))
    assert load == SetLoad("hinge", 0.0, 0.0, 30.0)
    assert set_load(run, Person(), Set("Running")) is None
    session = Session("strong", date(2026, 1, 1), (Set("Running", duration_s=1800, rpe=6),))
    assert session_load(session, [load]).other_training == pytest.approx(180)


def session_of(*sets: Set) -> Session:
    return Session("strong", date(2026, 1, 1), sets)


def test_sums_of_powers_by_hand() -> None:
    loads = [SetLoad("hinge", 200, 5), SetLoad("squat", 100, 10)]
    total = session_load(session_of(Set("a", rpe=9.5), Set("b", kind="failure")), loads)
    assert total.power_sums[1] == pytest.approx(5 * 0.2 + 10 * 0.1)
    assert total.power_sums[2] == pytest.approx(5 * 0.2**2 + 10 * 0.1**2)
    assert total.power_sums[4] == pytest.approx(5 * 0.2**4 + 10 * 0.1**4)
    assert total.by_family == pytest.approx({"hinge": 1.0, "squat": 1.0})
    assert total.hard_sets == 2
    assert total.exposures()["load_push"] == 0


def test_unknown_sets_count_as_the_mean_of_the_known_up_to_half() -> None:
    known = SetLoad("hinge", 200, 5)
    total = session_load(session_of(Set("a"), Set("b")), [known, None])
    assert total.power_sums[1] == pytest.approx(2.0)
    assert total.estimated_sets == 1
    mostly_unknown = session_load(session_of(Set("a"), Set("b"), Set("c")), [known, None, None])
    assert mostly_unknown.exposures()["load"] is None
    assert mostly_unknown.exposures()["load_hinge"] is None


def test_an_activity_counts_effort_times_minutes() -> None:
    run = Session("backstory", date(2026, 1, 1), duration_s=1800, effort=6)
    assert session_load(run, []).other_training == pytest.approx(180)
    assert session_load(Session("backstory", date(2026, 1, 1), duration_s=600), []).other_training == pytest.approx(50)


@given(st.lists(st.tuples(st.integers(0, 200), st.floats(0.1, 50)), max_size=40))
def test_a_spike_compares_with_the_largest_of_thirty_days_before(raw: list[tuple[int, float]]) -> None:
    start = date(2026, 1, 1)
    days = sorted((start + timedelta(days=n), load) for n, load in dict(raw).items())
    for (day, load), spike in zip(days, spikes(days), strict=True):
        before = [other for earlier, other in days if day - timedelta(days=30) <= earlier < day]
        assert spike.largest_before == (max(before) if before else None)
        assert spike.ratio == (pytest.approx(load / max(before)) if before else None)


def test_secondary_muscles_count_half_a_set_and_weeks_begin_on_monday() -> None:
    thursday = date(2026, 1, 1)
    counts = muscle_sets([(thursday, exercise()), (thursday, exercise())])
    assert counts == {date(2025, 12, 29): {"glutes": 2.0, "low_back": 1.0}}
    assert monday(date(2025, 12, 29)) == date(2025, 12, 29)


def test_balance_has_no_ratio_without_the_second_of_a_pair() -> None:
    pull_push, hinge_squat = balance(Counter({"pull": 6, "push": 4, "hinge": 3}))
    assert (pull_push["ratio"], hinge_squat["ratio"]) == (1.5, None)

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
from backstory.load import SetLoads, balance, monday, muscle_sets, session_loads, spikes
from backstory.load.summing import SessionLoad
from backstory.model import FAMILIES, Exercise, Motion, Session, Set

NOTHING = np.nan


def exercise(**changes: object) -> Exercise:
    values: dict[str, object] = {
        "id": "lift", "names": ("Lift",), "family": "hinge", "equipment": ("barbell",), "primary": ("glutes",),
        "secondary": ("low_back",), "motion": Motion("lift", "feet", {"hip": (0.0, 90.0)}),
    }  # fmt: skip
    return Exercise(**(values | changes))  # type: ignore[arg-type]


def loads_of(*rows: tuple[str, float, float, float]) -> SetLoads:
    """(family, Nm, repetitions, minutes) a set."""
    moment, reps, minutes = (np.array([row[k] for row in rows]) for k in (1, 2, 3))
    family = np.array([FAMILIES.index(row[0]) if row[0] else -1 for row in rows], dtype=np.intp)
    return SetLoads(moment, reps, moment * reps, minutes, family)


def load_of(session: Session, loads: SetLoads) -> SessionLoad:
    (found,) = session_loads([session], loads)
    return found


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


def session_of(*sets: Set) -> Session:
    return Session("strong", date(2026, 1, 1), sets)


def test_sums_of_powers_by_hand() -> None:
    loads = loads_of(("hinge", 200, 5, 0), ("squat", 100, 10, 0))
    total = load_of(session_of(Set("a", rpe=9.5), Set("b", kind="failure")), loads)
    assert total.power_sums[1] == pytest.approx(5 * 0.2 + 10 * 0.1)
    assert total.power_sums[2] == pytest.approx(5 * 0.2**2 + 10 * 0.1**2)
    assert total.power_sums[4] == pytest.approx(5 * 0.2**4 + 10 * 0.1**4)
    assert total.by_family == pytest.approx({"hinge": 1.0, "squat": 1.0})
    assert total.hard_sets == 2
    assert total.exposures()["load_push"] == 0


def test_unknown_sets_count_as_the_mean_of_the_known_up_to_half() -> None:
    known, unknown = ("hinge", 200, 5, 0), ("hinge", NOTHING, NOTHING, NOTHING)
    total = load_of(session_of(Set("a"), Set("b")), loads_of(known, unknown))
    assert total.power_sums[1] == pytest.approx(2.0)
    assert total.estimated_sets == 1
    mostly_unknown = load_of(session_of(Set("a"), Set("b"), Set("c")), loads_of(known, unknown, unknown))
    assert mostly_unknown.exposures()["load"] is None
    assert mostly_unknown.exposures()["load_hinge"] is None


def test_minutes_of_endurance_are_neither_lost_nor_taken_for_sets_without_load() -> None:
    run, unknown = ("gait", 0.0, 0.0, 30.0), ("", NOTHING, NOTHING, NOTHING)
    session = session_of(Set("Run", rpe=5), Set("?"), Set("?"))
    total = load_of(session, loads_of(run, unknown, unknown))
    assert total.power_sums[1] is None and total.other_training == pytest.approx(150)
    known = ("hinge", 200, 5, 0)
    filled = load_of(session_of(Set("Run", rpe=5), Set("a"), Set("?")), loads_of(run, known, unknown))
    assert filled.power_sums[1] == pytest.approx(2.0)


def test_sessions_together_are_the_same_as_one_by_one() -> None:
    sessions = [session_of(Set("a"), Set("b")), Session("b", date(2026, 1, 2), duration_s=600), session_of(Set("c"))]
    rows = [("hinge", 200.0, 5.0, 0.0), ("squat", 80.0, 9.0, 0.0), ("core", 50.0, 3.0, 0.0)]
    together = session_loads(sessions, loads_of(*rows))
    apart = [load_of(sessions[0], loads_of(*rows[:2])), load_of(sessions[1], loads_of(*rows[:0]))]
    assert together == [*apart, load_of(sessions[2], loads_of(rows[2]))]
    assert session_loads([], loads_of()) == []


def test_an_activity_counts_effort_times_minutes() -> None:
    nothing = loads_of()
    run = Session("backstory", date(2026, 1, 1), duration_s=1800, effort=6)
    assert load_of(run, nothing).other_training == pytest.approx(180)
    short = Session("backstory", date(2026, 1, 1), duration_s=600)
    assert load_of(short, nothing).other_training == pytest.approx(50)


def test_endurance_sets_count_effort_times_minutes() -> None:
    session = Session("strong", date(2026, 1, 1), (Set("Running", duration_s=1800, rpe=6), Set("Row", duration_s=600)))
    loads = loads_of(("gait", 0.0, 0.0, 30.0), ("gait", 0.0, 0.0, 10.0))
    assert load_of(session, loads).other_training == pytest.approx(180 + 50)


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
    counts = muscle_sets([(thursday, exercise()), (thursday, exercise())], helping=0.5)
    assert counts == {date(2025, 12, 29): {"glutes": 2.0, "low_back": 1.0}}
    assert monday(date(2025, 12, 29)) == date(2025, 12, 29)


def test_balance_has_no_ratio_without_the_second_of_a_pair() -> None:
    pull_push, hinge_squat = balance(Counter({"pull": 6, "push": 4, "hinge": 3}))
    assert (pull_push["ratio"], hinge_squat["ratio"]) == (1.5, None)

"""Simulated half years: the same person in all ways, backs that answer to what they mind, and to nothing else."""

import importlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))  # they import each other
half_year, page, people, ways = (
    importlib.import_module(name) for name in ("half_year", "half_year_page", "half_year_people", "half_year_ways")
)
FEW = ["--people", "2", "--weeks", "4", "--processes", "1", "--minutes", "45"]


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    found: dict[str, Any] = half_year.compared(half_year.parser().parse_args([*FEW, "--backs", "nothing", "monotony"]))
    return found


def test_a_back_that_minds_nothing_hurts_the_same_in_all_ways(report: dict[str, Any]) -> None:
    nothing = report["backs"]["nothing"]
    for way in ("linear", "habits"):
        assert nothing["painful_days_less"][way] == {"mean": 0.0, "se": 0.0, "lo90": 0.0, "hi90": 0.0}
        assert nothing["mean_pain"][way] == nothing["mean_pain"]["plan"]
    assert report["backs"]["monotony"]["mean_pain"]["linear"]["mean"] >= nothing["mean_pain"]["linear"]["mean"]


def test_every_way_trains_and_the_plans_are_looked_at(report: dict[str, Any]) -> None:
    for way in half_year.WAYS:
        assert report["backs"]["nothing"]["volume"][way]["mean"] > 1000
    made = report["plans"]
    assert made["seen"]["plans"] >= 2 * 2 * 4
    assert made["hard_rules_broken"] == sum(made["broken"].values())


def test_the_figures_come_with_the_warning(report: dict[str, Any]) -> None:
    assert json.loads(json.dumps(report))["warning"].startswith("These are simulated people.")
    told = page.page(report)
    assert half_year.WARNING in told
    least = report["backs"]["nothing"]["painful_days"]["linear"]["mean"]
    assert f"{least:.1f} painful days come by themselves" in told
    assert all(one["says"] in told and one["source"] in told for one in people.CHOICES.values())


@pytest.mark.parametrize("back", people.BACKS)
def test_the_same_seed_is_the_same_half_year(back: str) -> None:
    one, other = (ways.lived(people.somebody(3, 0, 6), back, "linear", 6, ways.Asked()) for _ in range(2))
    assert one.scores == other.scores and one.volume == other.volume


@settings(max_examples=20, deadline=None)
@given(number=st.integers(0, 1000), more=st.floats(1.05, 3.0), back=st.sampled_from(["spikes", "cumulative"]))
def test_more_of_what_a_back_minds_never_hurts_less(number: int, more: float, back: str) -> None:
    who = people.somebody(5, number, 4)

    def mornings(share: float) -> list[float]:
        """Of a session that is larger, or of two weeks that are: three a week, all alike before."""
        answering, felt = people.Back(who, back), []
        for day in range(people.LEAD_DAYS + 28):
            felt.append(answering.morning(day))
            larger = share if people.LEAD_DAYS <= day < people.LEAD_DAYS + 14 else 1.0
            answering.evening(10.0 * larger if day % 7 in (0, 2, 4) else 0.0)
        return felt

    usual, larger, spiked = mornings(1.0), mornings(more), mornings(3.0)
    assert all(one <= other + 1e-9 for one, other in zip(usual, larger, strict=True))
    first = people.LEAD_DAYS + 1
    assert usual[:first] == larger[:first]
    if back == "spikes":
        assert larger[first] > usual[first] or usual[first] == 0.0 or larger[first] == people.HIGHEST_PAIN
    assert sum(spiked) >= sum(usual)


def test_sameness_is_minded_by_the_back_that_minds_it() -> None:
    who = replace(people.somebody(2, 0, 4), sameness=0.9)
    means = {}
    for kind, loads in {"same": [10.0] * 7, "apart": [35.0, 0.0, 0.0, 35.0, 0.0, 0.0, 0.0]}.items():
        back = people.Back(who, "monotony")
        for day in range(people.LEAD_DAYS + 28):
            back.morning(day)
            back.evening(loads[day % 7])
        means[kind] = back.above
    assert means["same"] > means["apart"]


def test_linear_progression_goes_up_by_a_step_and_a_tenth_down_after_a_miss() -> None:
    log = people.Log()
    linear = ways.Linear(log, 5)
    before = dict(linear.loads)
    lifts = linear.today(people.LEAD_DAYS, log)
    done = [people.Performed(lift, lift.sets, (5,) * lift.sets, None, 0, 0.0, 0.0) for lift in lifts]
    missed = replace(done[1], reps=(5, 5, 5, 5, 3))
    linear.told(people.LEAD_DAYS, [done[0], missed, *done[2:]])
    assert linear.loads["squat"] == before["squat"] + 2.5
    assert linear.loads["bench-press"] == 2.5 * (before["bench-press"] * 0.9 // 2.5)
    assert linear.loads["deadlift"] == before["deadlift"]
    assert [lift.exercise for lift in linear.today(people.LEAD_DAYS + 2, log)] == [
        "squat",
        "overhead-press",
        "deadlift",
    ]


def test_strength_comes_with_hard_sets_and_goes_without() -> None:
    strength = people.Strength(people.somebody(1, 0, 4))
    for day in range(0, 28, 3):
        strength.next_day(day)
        strength.trained(day, "squat", 4)
    trained = strength.fitness["squat"]
    assert 1.0 < trained < strength.who.potential and strength.fitness["hinge"] == 1.0
    for day in range(28, 90):
        strength.next_day(day)
    assert strength.fitness["squat"] < trained


def test_an_interval_is_that_of_student() -> None:
    found = half_year.estimate([1.0, 2.0, 3.0, 4.0])
    assert found["mean"] == 2.5 and found["se"] == pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2)
    assert found["hi90"] - found["mean"] == pytest.approx(2.3534 * found["se"], rel=1e-4)
    assert half_year.estimate([2.0])["se"] is None

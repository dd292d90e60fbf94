"""What a coach and a physiotherapist ask of a week: drills are no work, a flare walks and bridges, nothing new then."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from backstory import catalogue
from backstory.catalogue.training import load_training
from backstory.journal.plan_floor import gentle_session
from backstory.journal.plan_gates import closed_gates
from backstory.journal.plan_history import History
from backstory.journal.plan_slots import Given, slots
from backstory.journal.planning import most_load_of
from backstory.model import Person
from backstory.plan.choosing import Wishes
from backstory.plan.progress import Done
from backstory.plan.solve import solve
from backstory.plan.state import Flare, State
from backstory.plan.values import Candidate, PlanDay, Wanted

TODAY = date(2026, 11, 23)
EVERYTHING = catalogue.load().equipment
FLARE = State(flare=Flare(TODAY - timedelta(days=5), 0.5, easy=False))
SETTLING = Wishes(EVERYTHING, settling=True, level="some")


def sessions(load_kg: float | None, reps: float = 8.0, times: int = 20, until: int = 2) -> tuple[Done, ...]:
    days = [TODAY - timedelta(days=until + 3 * n) for n in range(times)]
    return tuple(Done(day, load_kg, (reps,) * 3) for day in sorted(days))


def given(
    wishes: Wishes, done: Mapping[str, tuple[Done, ...]], state: State | None = None, goal: str = "general"
) -> Given:
    history = History((), done, None, {}, (), {}, {}, state or State(), {})
    person = Person("female", 70.0, 1.7)
    return Given(catalogue.load(), load_training(), history, person, wishes, goal, TODAY, 0, 40.0, {})


def filled(asked: Given) -> dict[str, Candidate]:
    return {slot.id: slot.candidates[0] for slot in slots(asked)}


def test_a_drill_has_two_sets_with_short_breaks_is_worth_half_and_comes_after_the_lifts() -> None:
    asked = given(Wishes(frozenset(), level="new"), {})
    found = {slot.id: slot for slot in slots(asked)}
    slide, push = found["push-vertical"], found["push-horizontal"]
    assert slide.candidates[0].exercise == "wall-slide" and push.candidates[0].exercise.endswith("push-up")
    assert (slide.candidates[0].sets, slide.candidates[0].rest_s, slide.candidates[0].hard) == (2, 40, False)
    training = load_training().slots["push-vertical"]
    assert slide.worth[0] == 5 * (training.worth["general"][0] // 10)
    week = solve(Wanted((PlanDay(TODAY, 60),), (slide, push), (8,), (5,)))
    assert [one.candidate.exercise for one in week.sessions[0].main] == [push.candidates[0].exercise, "wall-slide"]


def test_between_sets_without_a_weight_a_minute_is_enough_unless_strength_is_wanted() -> None:
    rests = {goal: filled(given(Wishes(frozenset()), {}, goal=goal))["squat"].rest_s for goal in ("general", "muscle")}
    assert rests == {"general": 60, "muscle": 90}


def test_in_a_flare_walking_comes_before_what_is_done_sitting() -> None:
    assert filled(given(SETTLING, {}, FLARE, "return"))["gait"].exercise == "walk"
    minds_arching = replace(SETTLING, most={"extension": 0})
    assert filled(given(minds_arching, {}, FLARE, "return"))["gait"].exercise == "marching"


@pytest.mark.parametrize(("ready_for", "minutes"), [(7.0, 8.0), (19.0, 8.0), (20.0, 20.0), (31.0, 30.0)])
def test_steps_of_the_same_exercise_grow_with_what_the_person_is_ready_for(ready_for: float, minutes: float) -> None:
    asked = replace(given(SETTLING, {}, FLARE, "return"), walk_minutes=ready_for)
    assert filled(asked)["gait"].minutes == minutes


def test_in_a_flare_what_is_known_stays_and_what_is_new_stays_on_gentle_first_steps() -> None:
    done = {"squat": sessions(70.0), "deadlift": sessions(90.0), "plank": sessions(None)}
    asked = given(SETTLING, done, FLARE, "return")
    hurts = replace(asked.history, worst={TODAY: 6.0})  # what closes the deadlift's gate
    found = filled(replace(asked, history=hurts))
    assert found["squat"].exercise == "squat" and (found["squat"].load_kg or 70.0) <= 35.0
    assert found["hinge"].exercise in ("glute-bridge", "bodyweight-hip-thrust")
    for candidate in found.values():
        if candidate.exercise not in done:
            assert candidate.rung <= 2 and max(candidate.demand.values()) <= 1, candidate.exercise


@pytest.mark.parametrize("slot", ["biceps", "triceps", "calves", "side-delts", "rear-delts"])
def test_small_muscles_wait_until_the_back_has_settled(slot: str) -> None:
    assert slot in filled(given(replace(SETTLING, settling=False), {}))
    assert slot not in filled(given(SETTLING, {}, FLARE, "return"))


@pytest.mark.parametrize("pain", [0.0, 7.0])
def test_no_clean_is_planned_where_a_deadlift_is_not(pain: float) -> None:
    """Two good sessions of the deadlift, long ago or in a week of much pain, opened the cleans alone."""
    long_ago = {"deadlift": sessions(150.0, until=120)}
    asked = given(Wishes(EVERYTHING, level="long"), long_ago)
    history = replace(asked.history, worst={TODAY: pain})
    closed = closed_gates(asked.training, history, asked.wishes, TODAY)
    assert closed["deadlift"][0] == "R06"
    found: Any = filled(replace(asked, history=history))["hinge"]
    assert "deadlift" in {gate.id for gate in asked.training.gates_of("power-clean")}
    assert found.exercise not in {one for gate in asked.training.gates for one in gate.exercises}


def test_help_does_not_grow_with_experience() -> None:
    pull_up_bar = frozenset({"pull_up_bar", "machine", "box"})
    loads = {}
    for level in ("new", "long"):
        asked = given(Wishes(pull_up_bar, level=level), {"assisted-pull-up": (Done(TODAY, None, ()),) * 3})
        loads[level] = filled(asked)["pull-vertical"]
    assert {one.exercise for one in loads.values()} == {"assisted-pull-up"}
    assert loads["new"].load_kg == loads["long"].load_kg == 40.0


def test_to_stand_up_from_a_chair_needs_no_box() -> None:
    assert catalogue.load().exercises["sit-to-stand"].equipment == ()


@pytest.mark.parametrize("level", ["new", "some", "long"])
def test_from_65_on_what_is_new_begins_lower_and_lighter_and_what_is_known_does_not(level: str) -> None:
    wishes = Wishes(EVERYTHING, level=level)
    younger, older = (filled(given(replace(wishes, older=is_so), {})) for is_so in (False, True))
    assert all(older[slot].rung <= younger[slot].rung for slot in older)
    assert older["squat"].rung < younger["squat"].rung and older["hinge"].rung < younger["hinge"].rung
    for slot in ("biceps", "calves"):
        light, usual = older[slot].load_kg, younger[slot].load_kg
        assert light is None or (usual is not None and light <= usual)
    known = {"squat": sessions(70.0)}
    assert filled(given(replace(wishes, older=True), known))["squat"].load_kg == 70.0


def test_what_is_kept_of_the_core_is_not_doubled_by_another_hold_of_its_kind() -> None:
    found = {slot.id: slot for slot in slots(given(Wishes(EVERYTHING, keep=frozenset({"bird-dog"})), {}))}
    assert found["keep bird-dog"].kept and "core-rotation" not in found and "core-front" in found
    assert found["keep bird-dog"].worth == load_training().slots["core-rotation"].worth["general"]


@pytest.mark.parametrize("share", [0.5, 1.1])
def test_a_log_of_very_light_work_leaves_a_gentle_session(share: float) -> None:
    person = Person("female", 62.0, 1.6)
    state = FLARE if share < 1 else State()
    light, usual = (replace(given(SETTLING, {}, state).history, largest=largest) for largest in (2.0, 30.0))
    assert most_load_of(light, person) == gentle_session(person) > 4.0
    assert most_load_of(usual, person) == pytest.approx(30.0 * share)
    assert most_load_of(replace(light, largest=None), person) is None
    assert gentle_session(Person("male", 95.0, 1.9)) > gentle_session(person)

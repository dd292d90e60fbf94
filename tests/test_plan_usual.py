"""What a back is used to: its usual week and its largest session, and what of a week they leave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from backstory import catalogue
from backstory.catalogue.training import load_training
from backstory.journal.plan_history import History
from backstory.journal.plan_slots import EACH_ONCE, Given, candidate_of, slots
from backstory.journal.plan_usual import largest_session, usual_load
from backstory.journal.plan_wish import Checked, WeekSoFar
from backstory.journal.planning import week, week_load_of, wish_of
from backstory.model import Person
from backstory.plan.choosing import Wishes
from backstory.plan.progress import Done
from backstory.plan.rules import RULES
from backstory.plan.state import Flare, State
from backstory.plan.values import PlanDay

MONDAY = date(2026, 11, 23)
CALM, DAY = State(), timedelta(days=1)
FLARE = State(flare=Flare(MONDAY - 7 * DAY, 0.5, easy=False))
WISHES = Wishes(catalogue.load().equipment, level="some")


def weeks(*loads: float, sessions: int = 2) -> list[tuple[date, float]]:
    """Sessions of weeks, the last one just before MONDAY, so many each with a share of its load."""
    return [
        (MONDAY - DAY - 7 * back * DAY - 2 * n * DAY, load / sessions)
        for back, load in enumerate(reversed(loads))
        for n in range(sessions)
        if load
    ]


@pytest.mark.parametrize(
    ("loads", "usual"),
    [
        ((20.0,) * 8, 20.0), ((20.0, 20.0), None), ((), None),
        ((20.0, 20.0, 0.0, 20.0, 20.0, 20.0, 0.0, 20.0, 20.0), 20.0),  # weeks away say nothing
        ((20.0,) * 12 + (10.0,) * 8, 11.0), ((20.0,) * 8 + (19.5,) * 8, 20.0),  # a tenth more, until it is as it was
        ((10.0,) * 8 + (20.0,) * 8, 20.0), ((40.0,) * 8 + (0.0,) * 20 + (10.0,) * 8, 10.0),  # more is more; long ago
    ],
)  # fmt: skip
def test_a_usual_week_is_the_mean_of_those_with_training(loads: Sequence[float], usual: float | None) -> None:
    assert usual_load(weeks(*loads), CALM, MONDAY) == (None if usual is None else pytest.approx(usual))


def test_a_flare_and_what_it_made_lighter_do_not_change_what_is_usual() -> None:
    done = weeks(*(20.0,) * 8, 4.0)
    assert usual_load(done, FLARE, MONDAY) == pytest.approx(20.0)
    assert usual_load(done, CALM, MONDAY) == pytest.approx(18.0 * 1.1)
    assert largest_session(weeks(30.0, 10.0, 10.0, 10.0, 10.0), CALM, MONDAY) == 15.0
    old = weeks(30.0, 10.0, 10.0, 10.0, 10.0, 10.0)
    assert largest_session(old, CALM, MONDAY) == 5.0 and largest_session(old, FLARE, MONDAY) == 15.0
    assert largest_session([], CALM, MONDAY) is None


def sessions(load_kg: float, times: int = 20) -> tuple[Done, ...]:
    return tuple(Done(MONDAY - (2 + 3 * n) * DAY, load_kg, (8.0,) * 3) for n in reversed(range(times)))


def given(done: Mapping[str, tuple[Done, ...]], wishes: Wishes = WISHES, **known: object) -> Given:
    history = replace(History((), done, None, {}, (), {}, {}, CALM, {}), **known)  # type: ignore[arg-type]
    person = Person("male", 80.0, 1.8)
    return Given(catalogue.load(), load_training(), history, person, wishes, "general", MONDAY, 0, 40.0, {})


LIFTS = {"squat": sessions(100.0), "deadlift": sessions(120.0), "bench-press": sessions(70.0)}


def test_a_new_exercise_begins_from_what_is_lifted_in_its_like_and_somewhat_below() -> None:
    """Front squats begin with .35 of body mass where squats begin with .40."""
    known = candidate_of(given(LIFTS), "squat", "front-squat").load_kg
    assert known == 2.5 * round(0.85 * 100.0 * 0.35 / 0.40 / 2.5) == 75.0
    assert candidate_of(given({}), "squat", "front-squat").load_kg == 2.5 * round(1.5 * 0.35 * 80 / 2.5) == 42.5
    settling = replace(WISHES, settling=True)
    assert candidate_of(given(LIFTS, settling), "squat", "front-squat").load_kg == 27.5, (
        "no heavy start while it settles"
    )


def test_each_main_movement_comes_once_before_any_comes_twice() -> None:
    worth = {slot.id: slot.worth for slot in slots(given(LIFTS))}
    once = [worth[name][0] for name in EACH_ONCE if name in worth]
    assert len(once) >= 5 and min(once) > max(one for name in worth for one in worth[name][1:])
    assert worth["lunge"][0] < min(once)


def test_core_work_takes_a_small_part_of_the_week() -> None:
    """One set where more would be above a sixteenth of it."""
    for usual in (30.0, 60.0, 120.0):
        asked = given(LIFTS, usual_load=usual, largest=usual / 3)
        core = [c for slot in slots(asked, usual / 3) for c in slot.candidates if c.direction]
        assert len(core) == 3 and all(c.sets == 1 or c.sets * c.load_per_set <= usual / 16 for c in core)
    assert all(c.sets == 3 for c in core)


def asked(done: WeekSoFar | None = None) -> Checked:
    days = tuple(PlanDay(MONDAY + n * DAY, 60) for n in (0, 2, 4))
    wish = Checked(MONDAY, days, "general", None, WISHES.equipment, frozenset(), frozenset(), 1)
    return replace(wish, done=done) if done else wish


@pytest.mark.parametrize("usual", [40.0, 60.0])
def test_a_planned_week_is_about_as_heavy_as_is_usual_and_says_so(usual: float) -> None:
    made = week(given(LIFTS, usual_load=usual, largest=usual / 2), asked())
    load = sum(session.load for session in made.week.sessions)
    assert 0.9 * usual <= load <= 1.05 * usual
    (rule,) = [rule for rule in RULES if rule.id == "week"]
    assert not rule.hard and rule.look(made).held is True
    heavy = replace(made, wanted=replace(made.wanted, week_load=usual / 2))
    assert rule.look(heavy).held is False


def test_a_restless_morning_and_a_flare_ask_less_of_the_week() -> None:
    person = Person("male", 80.0, 1.8)
    usual = given(LIFTS, usual_load=100.0).history
    for state, share in ((CALM, 1.0), (State(cut=True), 0.75), (FLARE, 0.5)):
        assert week_load_of(replace(usual, state=state), person, 3) == pytest.approx(100.0 * share)
    assert week_load_of(replace(usual, usual_load=None), person, 3) is None
    little = week_load_of(replace(usual, usual_load=1.0), person, 3)
    assert little is not None and little > 5.0, "two gentle sessions have room in any week"


def test_what_was_missed_is_not_made_up_for() -> None:
    """One of three sessions was done, one missed: what is left is a third of the week, and no more."""
    known = given(LIFTS, usual_load=60.0)
    assert wish_of(known, asked(WeekSoFar(load=20.0, left=1 / 3))).done_load == pytest.approx(40.0)
    assert wish_of(known, asked(WeekSoFar(load=50.0, left=1 / 3))).done_load == 50.0


def test_repetitions_beyond_those_asked_count_as_long_as_the_load_is_no_heavier() -> None:
    many = [tuple(replace(one, reps=(11.0, 10.0, least)) for one in sessions(100.0)) for least in (8.0, 9.0)]
    same, heavier = (candidate_of(given({"squat": done}), "squat", "squat") for done in many)
    assert (same.load_kg, same.reps) == (100.0, 8) and same.likely_reps == pytest.approx(29 / 3)
    assert heavier.load_kg == 105.0 and heavier.likely_reps == 8.0

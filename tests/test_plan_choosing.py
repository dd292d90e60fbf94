"""Which exercise fills a slot: what is known, mastered, possible and wanted; mixed over the weeks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.plan.around import (
    Piece,
    cool_down,
    cool_down_minutes,
    kind_of,
    rest_days,
    warm_up,
    warm_up_minutes,
)
from backstory.plan.choosing import Option, Wishes, choose, highest_rung, objection
from backstory.plan.progress import Done
from backstory.plan.values import Candidate, Chosen, PlannedSession

TODAY = date(2026, 11, 20)
RUNGS = ("sit", "box", "goblet", "front", "back")
DEMAND = {"flexion": 1, "extension": 0, "compression": 1, "nerve": 0}
LADDER = [
    Option(
        name, name.title(), "squat", rung, {**DEMAND, "flexion": rung // 2}, frozenset({"barbell"} if rung > 3 else ())
    )
    for rung, name in enumerate(RUNGS, 1)
]


def sessions(times: int, reps: float = 10.0, rir: float | None = 3.0) -> tuple[Done, ...]:
    return tuple(Done(TODAY - timedelta(days=3 * n + 1), 20.0, (reps, reps), rir) for n in range(times))


def test_without_history_one_begins_near_the_bottom_and_never_above() -> None:
    chosen = choose(LADDER, {}, {}, Wishes(), TODAY, 0)
    assert chosen[0].exercise == "box"
    assert objection(LADDER[2], Wishes(), highest_rung(LADDER, {}, {}, Wishes(), TODAY)) is not None


def test_two_good_sessions_open_the_next_step_and_pain_keeps_it_shut() -> None:
    done = {"box": sessions(2)}
    assert highest_rung(LADDER, done, {}, Wishes(), TODAY) == 3
    hurt = {one.day + timedelta(days=1): 5.0 for one in done["box"]}
    assert highest_rung(LADDER, done, hurt, Wishes(), TODAY) == 2
    assert highest_rung(LADDER, {"box": sessions(1)}, {}, Wishes(), TODAY) == 2
    assert highest_rung(LADDER, {"box": sessions(2, rir=0.0)}, {}, Wishes(), TODAY) == 2


def test_what_somebody_does_already_is_what_they_get() -> None:
    assert choose(LADDER, {"back": sessions(6)}, {}, Wishes(), TODAY, 0)[0].exercise == "back"


@pytest.mark.parametrize(
    ("wishes", "rule"),
    [
        (Wishes(avoid=frozenset({"squat"})), "avoid"), (Wishes(avoid=frozenset({"back"})), "avoid"),
        (Wishes(equipment=frozenset()), "equipment"), (Wishes(most={"flexion": 1}), "preference"),
    ],
)  # fmt: skip
def test_what_is_avoided_impossible_or_minded_is_objected_to_by_its_rule(wishes: Wishes, rule: str) -> None:
    against = objection(LADDER[4], wishes, 5)
    assert against is not None and against.rule == rule
    done = {"back": sessions(9)}
    assert all(option.exercise != "back" for option in choose(LADDER, done, {}, wishes, TODAY, 0))


def test_without_a_weight_the_next_step_comes_once_the_last_is_mastered_and_with_one_the_weight_grows() -> None:
    done = {"box": sessions(4)}
    assert choose(LADDER, done, {}, Wishes(), TODAY, 0)[0].exercise == "goblet"
    loaded = [replace(option, loaded=True) for option in LADDER]
    assert choose(loaded, done, {}, Wishes(), TODAY, 0)[0].exercise == "box"


def test_what_was_done_before_a_pause_is_remembered() -> None:
    long_ago = tuple(Done(TODAY - timedelta(days=200 + 3 * n), 20.0, (10.0, 10.0), 3.0) for n in range(6))
    assert choose(LADDER, {"back": long_ago}, {}, Wishes(), TODAY, 0)[0].exercise == "back"


def test_a_closed_gate_keeps_an_exercise_out_and_tells_why() -> None:
    gated = Option("clean", "Clean", "hinge", 1, DEMAND, frozenset(), gates=("olympic",))
    against = objection(gated, Wishes(closed={"olympic": ("R33", "First the deadlift.")}), 8)
    assert against is not None and (against.rule, against.text) == ("R33", "First the deadlift.")


def test_what_is_kept_comes_whatever_its_rung() -> None:
    assert choose(LADDER, {}, {}, Wishes(keep=frozenset({"back"})), TODAY, 0)[0].exercise == "back"


def test_small_exercises_change_places_from_week_to_week() -> None:
    curls = [Option(name, name, "other", 1, DEMAND, frozenset()) for name in ("a", "b", "c", "d")]
    weeks = [choose(curls, {}, {}, Wishes(), TODAY, week)[0].exercise for week in range(6)]
    assert weeks == ["a", "b", "c", "a", "b", "c"]


@given(st.integers(0, 60), st.sets(st.sampled_from(RUNGS)), st.booleans())
def test_nothing_is_chosen_that_a_rule_objects_to(week: int, avoid: set[str], easy: bool) -> None:
    wishes = Wishes(avoid=frozenset(avoid), easy=easy)
    done = {"goblet": sessions(3)}
    highest = highest_rung(LADDER, done, {}, wishes, TODAY)
    for option in choose(LADDER, done, {}, wishes, TODAY, week):
        assert objection(option, wishes, highest) is None


def main(*families: str) -> tuple[Chosen, ...]:
    return tuple(
        Chosen(Candidate(f, f, f, f, {"quads": 1.0, "glutes": 0.5}, 3, 3.0, 1.0, hard=f != "core"), 3) for f in families
    )


SESSION = PlannedSession(TODAY, 60, 8, 5, main("squat", "push", "core"))
PIECES = [
    Piece("walk", "Walk", "raise", 2),
    Piece("march", "March", "raise", 2),
    Piece("squats", "Squats", "hips", 1, frozenset({"squat"})),
    Piece("circles", "Circles", "hips", 1),
    Piece("hang", "Hang", "arms", 1),
]


@given(st.integers(15, 180))
def test_a_warm_up_takes_five_to_fifteen_minutes_and_leaves_most_of_the_session(minutes: int) -> None:
    assert 5 <= warm_up_minutes(minutes) <= 15 and cool_down_minutes(minutes) >= 3
    assert warm_up_minutes(minutes) + cool_down_minutes(minutes) < minutes * 0.6


@given(st.integers(0, 20))
def test_a_warm_up_has_one_piece_a_kind_fits_what_follows_and_fills_its_minutes(turn: int) -> None:
    parts = warm_up(SESSION, ("raise", "arms", "hips"), PIECES, lambda exercise: exercise != "hang", turn)
    assert [part.kind for part in parts] == ["raise", "hips"]
    assert parts[1].exercise == "squats", "it prepares for the squats that follow"
    assert sum(part.minutes for part in parts) == SESSION.warm_up
    assert parts[0].exercise == ("walk", "march")[turn % 2], "other days, other pieces"


def test_after_core_work_alone_a_cool_down_stretches_too() -> None:
    hold = Candidate("plank", "Plank", "core-front", "core", {}, 3, 2.0, 1.0, hard=False, direction="front")
    session = replace(SESSION, main=(Chosen(hold, 3),))
    stretches = [Piece("calf", "Calf", "stretch", 1.0, muscles=frozenset({"calves"}), static=True)]
    parts = cool_down(session, [Piece("walk", "Walk", "walk", 2)], stretches, [], lambda _: True, 0)
    assert sum(part.minutes for part in parts) >= 3


def test_a_cool_down_walks_and_stretches_what_worked_most_within_its_minutes() -> None:
    stretches = [
        Piece("calf", "Calf", "stretch", 1, muscles=frozenset({"calves"})),
        Piece("quad", "Quad", "stretch", 1, muscles=frozenset({"quads"}), static=True),
        Piece("glute", "Glute", "stretch", 5, muscles=frozenset({"glutes"})),
    ]
    parts = cool_down(SESSION, [Piece("walk", "Walk", "walk", 3)], stretches, [], lambda _: True, 0)
    assert [part.exercise for part in parts] == ["walk", "quad"], (
        "what did not work, and what takes too long, is left out"
    )


def test_days_without_a_session_get_suggestions_in_turn() -> None:
    days = rest_days(TODAY, 7, (), [("Walk", 20.0, "walk"), ("Yoga", 15.0, "yoga")], {})
    assert len(days) == 7 and [day.suggestion for day in days[:3]] == ["Walk", "Yoga", "Walk"]


def test_a_day_on_which_somebody_usually_runs_is_not_called_one_of_rest() -> None:
    usual = {TODAY.weekday(): ("Running, as usual", 40.0, "run")}
    days = rest_days(TODAY, 7, (), [("Walk", 20.0, "walk")], usual)
    assert [(day.suggestion, day.usual) for day in days[:2]] == [("Running, as usual", True), ("Walk", False)]
    assert sum(day.usual for day in days) == 1


def test_a_session_is_called_what_it_is() -> None:
    assert kind_of(main("squat", "hinge")) == "legs and hips"
    assert kind_of(main("push", "pull")) == "upper body"
    assert kind_of(main("squat", "push", "core")) == "whole body"
    assert kind_of(main("core")) == "core and easy work"

"""What a person looks at, and what is worth a note: each rule with a log that breaks it and one that does not."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from backstory.load import SessionLoad, SetLoads, Weighed, balance, break_s, monotony, most_repeated, notes, side_of
from backstory.load.looking import longest_run
from backstory.load.notes import NOTES
from backstory.model import Exercise, Motion, Session, Set
from backstory.questions import load_rules
from conftest import shared

START = date(2026, 1, 5)
RULES = load_rules()
MOTION = Motion("m", "feet", {"hip": (0.0, 90.0)}, eccentric_s=2.0, pause_s=0.0, concentric_s=1.0)


def exercise(family: str = "hinge", name: str = "Lift", muscle: str = "glutes") -> Exercise:
    return Exercise(name.casefold(), (name,), family, (), (muscle,), (), MOTION)


def session(
    day: int, sets: Sequence[Set] = (Set("Lift", load_kg=50, reps=5),), load: float | None = 5.0,
    done: Exercise | None = None, duration_s: float | None = None,
) -> Weighed:  # fmt: skip
    count = len(sets)
    loads = SetLoads(np.full(count, 200.0), np.full(count, 5.0), np.ones(count), np.zeros(count), np.zeros(count, int))
    total = SessionLoad({1: load, 2: load, 4: load}, {}, count)
    whole = Session("test", START + timedelta(days=day), tuple(sets), duration_s=duration_s)
    return Weighed(whole, total, loads, tuple(done or exercise() for _ in sets))


def found(log: list[Weighed], rule: str) -> list[str]:
    return [note.text for note in notes(log, RULES) if note.rule.id == rule]


def test_a_week_without_a_rest_day_is_noted() -> None:
    assert found([session(day) for day in range(8)], "R18") == ["8 days of training in a row, up to 2026-01-12"]
    assert found([session(day) for day in (0, 1, 2, 4, 5, 6, 8)], "R18") == []


def test_hard_sets_of_a_muscle_two_days_in_a_row_are_noted() -> None:
    hard = [Set("Lift", load_kg=50, reps=5, rpe=9.5)]
    assert found([session(0, hard), session(1, hard)], "R19") == ["glutes trained hard two days in a row, once"]
    assert found([session(0, hard), session(2, hard)], "R19") == []
    assert found([session(0), session(1)], "R19") == []


def test_a_larger_session_is_noted_once_there_is_something_to_compare_with() -> None:
    usual = [session(day) for day in (0, 3, 6, 9)]
    assert "2.0 x the largest" in found([*usual, session(12, load=10.0)], "R20")[0]
    assert found([*usual, session(12, load=5.4)], "R20") == []
    assert found([*usual[:2], session(12, load=10.0)], "R20") == []


def test_a_week_beside_the_one_before_needs_both_known_and_whole() -> None:
    week = [session(day) for day in (0, 2)]
    assert "2.0 x the week before" in found([*week, session(7, load=10.0), session(13, load=10.0)], "R21")[0]
    assert found([*week, session(7, load=5.0), session(13, load=5.0)], "R21") == []
    assert found([*week, session(7, load=10.0), session(9, load=10.0)], "R21") == [], "this week is not over"
    assert found([*week, session(7, load=None), session(13, load=10.0)], "R21") == []


def test_a_large_step_in_weight_is_noted() -> None:
    def lifts(*kilograms: float) -> list[Weighed]:
        return [session(3 * n, [Set("Lift", load_kg=kg, reps=5)]) for n, kg in enumerate(kilograms)]

    assert found(lifts(50, 50, 60), "R23") == ["Lift: 20 % more weight than in four weeks before"]
    assert found(lifts(50, 50, 55), "R23") == []
    assert found(lifts(50, 60), "R23") == []


def test_very_many_sets_of_a_muscle_are_noted() -> None:
    many = [Set("Lift", load_kg=50, reps=5)] * 10
    assert found([session(0, many), session(2, many)], "R24") == ["20 sets of glutes in the week of 2026-01-05"]
    assert found([session(0, many), session(2)], "R24") == []


def test_balance_is_noted_outside_its_range_alone() -> None:
    push, pull = exercise("push", "Press"), exercise("pull", "Row")
    six = [Set("x", load_kg=50, reps=5)] * 6
    assert found([session(0, six, done=push)], "R26") == ["pull to push in four weeks: 0 to 6 sets"]
    assert found([session(0, six, done=push), session(2, six, done=pull)], "R26") == []
    assert found([session(0, six[:3], done=push)], "R26") == [], "too few to speak of"
    assert found([session(0, six, done=exercise("hinge")), session(1, six[:1], done=exercise("squat"))], "R27") == [
        "hinge to squat in four weeks: 6 to 1 sets"
    ]


def test_sides_apart_are_noted_when_seen_twice() -> None:
    def both(left: float, right: float) -> list[Set]:
        return [Set("Row (Left)", load_kg=20, reps=left), Set("Row (Right)", load_kg=20, reps=right)]

    assert found([session(0, both(10, 8)), session(3, both(10, 7))], "R28") == ["Lift: left was 30 % ahead, twice"]
    assert found([session(0, both(10, 8)), session(3, both(10, 10))], "R28") == []
    assert found([session(0, both(10, 8)), session(3, both(8, 10))], "R28") == []
    assert found([session(0, both(10, 8))], "R28") == []


def test_a_quiet_log_has_no_notes_and_an_empty_one_neither() -> None:
    assert notes([session(day, done=exercise("core")) for day in (0, 2, 4, 7, 9, 11)], RULES) == []
    assert notes([], RULES) == []


def test_every_rule_of_the_log_has_its_grade_and_source() -> None:
    of_the_log = {f"R{n}" for n in range(18, 29)}
    assert of_the_log <= set(RULES)
    assert set(NOTES) | {"R22", "R25"} == of_the_log, "R22 is what is not computed, R25 how sets are counted"
    for rule in RULES.values():
        assert rule.grade and rule.source and rule.text.endswith(".")


def test_the_rules_are_those_of_the_evidence() -> None:
    import json

    evidence = {row["id"]: row for row in json.loads(shared("evidence", "rules.json").read_text("utf-8"))}
    for key, rule in RULES.items():
        if key not in evidence:
            assert rule.grade in ("your own", "opinion"), "what no study says anything about"
            continue
        grade, source = evidence[key]["grade"], evidence[key]["source"]
        assert rule.grade.split(",")[0].split(" ")[0].split("/")[0] in grade
        if not source.startswith(("article", "author")):
            assert rule.source.split(" ")[0] == source.split(" ")[0] or "College" in rule.source


def test_breaks_are_what_the_sets_leave_of_the_session() -> None:
    """Three sets of five repetitions of three seconds take 45 s; the rest of 585 s lies in two breaks."""
    three = [Set("Lift", load_kg=50, reps=5)] * 3
    assert break_s(session(0, three, duration_s=585)) == pytest.approx(270)
    assert break_s(session(0, three)) is None
    assert break_s(session(0, three[:2], duration_s=585)) is None


def test_monotony_is_fosters() -> None:
    assert monotony([3, 0, 3, 0, 3, 0, 0]) == pytest.approx(np.mean([3, 0] * 3 + [0]) / np.std([3, 0] * 3 + [0]))
    assert monotony([1] * 7) is None


def test_the_most_repeated_exercise_and_the_longest_run_of_days() -> None:
    a, b = exercise(name="A"), exercise(name="B")
    assert most_repeated([a, b, b, None]) == (b, 2)
    assert most_repeated([None]) is None
    assert longest_run([START, START + timedelta(days=1), START + timedelta(days=5)]) == (START + timedelta(days=1), 2)
    assert longest_run([]) is None


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Side Plank (Left)", "left"), ("Split Squat - right", "right"), ("Rudern einarmig links", "left"),
        ("Remada unilateral direita", "right"), ("Fente gauche", "left"), ("Squat", None), ("left then right", None),
        ("leftover", None),
    ],
)  # fmt: skip
def test_sides_are_heard_in_names_and_notes(text: str, side: str | None) -> None:
    assert side_of(text) == side


def test_balance_names_sides_only_where_the_log_does() -> None:
    assert len(balance(Counter({"pull": 2}))) == 2
    assert balance(Counter({"left": 3, "right": 2}))[2] == {"pair": "left:right", "sets": [3, 2], "ratio": 1.5}

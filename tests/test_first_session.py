"""The first easy session: about five minutes, within limits and preferences, and without what hurts now."""

import json
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from backstory.catalogue import load
from backstory.errors import CatalogueError
from backstory.model import MOVEMENTS
from backstory.questions.first_session import DATA, FirstSession, Needs, first_session, load_first_session
from backstory.questions.movements import load_sensitivities
from conftest import shared
from readability import grade

MOVES = [move for part in load_first_session().parts for move in part.moves]
EVERYTHING: dict[str, Any] = {"most": {}, "hurts": (), "may": lambda _exercise: True}
LADDER_NAMES = {
    "walk": "Walk 5-10 min flat", "glute-bridge": "Bridge", "dead-bug-heels-down": "Dead bug heels down",
    "bird-dog-arms-only": "Bird-dog arms only", "abdominal-brace": "Abdominal brace supine",
    "side-lean-wall-hold": "Standing side lean wall hold",
}  # fmt: skip


def session(**needs: Any) -> FirstSession:
    return first_session(Needs(**EVERYTHING | needs))


def ids(found: FirstSession) -> list[str]:
    return [move.exercise for move in found.moves]


def test_without_anything_to_respect_it_is_five_exercises_in_about_five_minutes() -> None:
    found = session()
    assert len(found.moves) == 5 and 4.5 <= found.minutes <= 6 and found.left_out == ()
    assert found.moves[0].exercise == "walk"


def test_every_exercise_is_in_the_catalogue_and_needs_nothing() -> None:
    for move in MOVES:
        assert load().exercises[move.exercise].equipment == (), move.exercise


def test_what_hurts_now_is_never_asked_for_and_something_is_always_left() -> None:
    for count in range(len(MOVEMENTS) + 1):
        for hurts in combinations(MOVEMENTS, count):
            for easy in (False, True):
                found = session(hurts=hurts, easy=easy)
                assert not any(set(move.hurts_with) & set(hurts) for move in found.moves)
                assert (2 if easy else 3) <= len(found.moves) <= 5 and found.minutes < 6
                assert all(reason == "hurts now" for _, reason in found.left_out)


def test_no_exercise_asks_more_than_preferences_allow() -> None:
    keeps = [one.keeps_low for one in load_sensitivities().values()]
    for chosen in product([False, True], repeat=len(keeps)):
        most = {name: limit for one, held in zip(keeps, chosen, strict=True) if held for name, limit in one.items()}
        found = session(most=most)
        assert len(found.moves) == 5
        assert all(move.demand.get(name, 0) <= limit for move in found.moves for name, limit in most.items())
    strict = session(most=dict.fromkeys(("flexion", "extension", "compression", "nerve"), 0))
    assert not {"walk", "cat-cow", "glute-bridge"} & set(ids(strict)) and len(strict.moves) == 5
    assert ("walk", "preferences") in [(move.exercise, reason) for move, reason in strict.left_out]


def test_what_limits_forbid_is_never_taken_even_when_it_is_kept() -> None:
    for move in MOVES:
        found = session(may=lambda exercise, out=move.exercise: exercise != out, keep=(move.exercise,))
        assert move.exercise not in ids(found)
    nothing = session(may=lambda _exercise: False)
    assert nothing.moves == () and nothing.minutes == 0
    assert {reason for _, reason in nothing.left_out} == {"limits"}


def test_what_a_clinician_wants_kept_comes_first_and_outranks_preferences() -> None:
    assert "bird-dog-arms-only" in ids(session(keep=("bird-dog-arms-only",)))
    found = session(keep=("cat-cow",), hurts=("bending",), most={"flexion": 0})
    assert "cat-cow" in ids(found)


def test_the_easier_session_is_a_shorter_one_of_the_same_parts() -> None:
    easy, usual = session(easy=True), session()
    assert set(ids(easy)) < set(ids(usual)) and len(easy.moves) == 3 and easy.minutes < usual.minutes


def test_the_length_is_that_of_its_exercises() -> None:
    walk = next(move for move in MOVES if move.exercise == "walk")
    assert (walk.lasts_s, walk.amount) == (120, "2 minutes")
    dead_bug = next(move for move in MOVES if move.exercise == "dead-bug-heels-down")
    assert (dead_bug.lasts_s, dead_bug.amount) == (40, "5 times, each side")
    found = session()
    assert found.minutes * 60 == pytest.approx(sum(move.lasts_s for move in found.moves) + 4 * 15)


def test_demands_are_those_of_the_collected_ladders_where_they_stand_there() -> None:
    ladders = json.loads(shared("evidence", "ladders.json").read_text("utf-8"))["ladders"]
    rungs = {rung["name"]: rung["demand"] for ladder in ladders.values() for rung in ladder}
    assert {move.exercise for move in MOVES if move.rated == "collected"} == LADDER_NAMES.keys()
    for move in MOVES:
        if move.rated == "collected":
            demand = {name: most for name, most in rungs[LADDER_NAMES[move.exercise]].items() if most}
            assert dict(move.demand) == demand, move.exercise


def test_it_can_be_read() -> None:
    for move in MOVES:
        assert grade(f"{move.how} {move.why}") <= 6, move.exercise


def broken(change: Callable[[str], str], folder: Path) -> Path:
    path = folder / f"{uuid4()}.toml"  # what was loaded from a path is remembered
    path.write_text(change(DATA.read_text("utf-8")), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("changing_s = 15", "changing_s = -1"),
        ("changing_s = 15", ""),
        ("easy = true", "easy = 1"),
        ("easy = true", "simple = true"),
        ("minutes = 2", "minutes = 0"),
        ("minutes = 2", "minutes = true"),
        ("minutes = 2", "minutes = 2\nreps = 3"),
        ("seconds = 4", ""),
        ("sides = true", 'sides = "yes"'),
        ('"shoulder-circles"', '"walk"'),
        ('"walking", "standing"', '"flying"'),
        ("extension = 1", "extension = 9"),
        ('\nrated = "collected"', '\nrated = "so-so"'),
        ("reps = 8", "reps = 7.5"),
        ("[[parts]]", "[[pieces]]"),
        ("[[parts]]", "[parts]"),
    ],
)
def test_data_that_break_a_rule_are_refused(tmp_path: Path, old: str, new: str) -> None:
    assert load_first_session(broken(lambda text: text, tmp_path)) == load_first_session()
    with pytest.raises(CatalogueError):
        load_first_session(broken(lambda text: text.replace(old, new, 1), tmp_path))
    with pytest.raises(CatalogueError):
        load_first_session(tmp_path / "nowhere.toml")

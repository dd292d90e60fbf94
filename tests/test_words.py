"""Names that mean the same are the same, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.catalogue import load

KEY = load().words.key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Squat (Barbell)", "barbell squats"),
        ("Bench Press (Dumbbell)", "DB Bench Press"),
        ("Push Up", "Push-Ups"),
        ("Pull Up", "pullups"),
        ("Chin Up", "Chinup"),
        ("Lat Pulldown (Cable)", "Cable Lat Pull Down"),
        ("Bulgarian Split Squat", "Bulgarian Split Squats (each side)"),
        ("Puxada Alta na Polia (Máquina)", "puxada alta na polia maquina"),
        ("Single Arm Row", "One-Arm Row"),
        ("Chest Fly", "Chest Flyes"),
        ("Skullcrusher", "Skull Crushers"),
        ("Bicep Curl", "Biceps Curls"),
        ("RDL", "Romanian Deadlift"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert KEY(one) == KEY(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Incline Bench Press (Barbell)", "Decline Bench Press (Barbell)"),
        ("Side Plank", "Plank"),
        ("Front Squat", "Squat"),
        ("Leg Press", "Leg Curl"),
        ("Triceps Dip", "Chest Dip"),
        ("Single Leg Press", "Leg Press"),
    ],
)
def test_different_exercises_keep_different_keys(one: str, other: str) -> None:
    assert KEY(one) != KEY(other)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key_and_ignores_case_and_space(name: str) -> None:
    assert KEY(f"  {name}  ") == KEY(name)
    assert KEY(name.upper()) == KEY(name.upper().lower())


@given(st.permutations(["incline", "bench", "press", "dumbbell"]))
def test_the_order_of_words_does_not_count(words: list[str]) -> None:
    assert KEY(" ".join(words)) == KEY("incline bench press dumbbell")

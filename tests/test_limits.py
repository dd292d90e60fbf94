"""What a clinician's limits leave open, asked of the one function that decides it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.catalogue import load
from backstory.journal import Journal
from backstory.journal.limits import Wanted, add_limits, allowed, end_limits, limits, told_as
from backstory.model import FAMILIES, Limits

DAY = date(2026, 3, 2)
EXERCISES = load().exercises
entries = st.sampled_from([*sorted(EXERCISES), *FAMILIES])


def held(keep: tuple[str, ...] = (), avoid: tuple[str, ...] = ()) -> Limits:
    return Limits(DAY, keep, avoid)


@given(st.sets(entries, max_size=6), st.sets(entries, max_size=6), st.sampled_from(sorted(EXERCISES)))
def test_what_is_avoided_by_name_never_is_open_and_what_nobody_named_always_is(
    keep: set[str], avoid: set[str], exercise_id: str
) -> None:
    exercise, told = EXERCISES[exercise_id], held(tuple(keep - avoid), tuple(avoid))
    if exercise_id in avoid:
        assert not allowed(exercise, told)
    if exercise.family not in avoid and exercise_id not in avoid:
        assert allowed(exercise, told)
    if exercise.family in avoid and exercise_id not in keep:
        assert not allowed(exercise, told)
    assert allowed(exercise, None)


@pytest.mark.parametrize(
    ("keep", "avoid", "exercise", "is_open"),
    [
        ((), (), "deadlift", True),
        ((), ("deadlift",), "deadlift", False),
        ((), ("deadlift",), "romanian-deadlift", True),
        ((), ("hinge",), "romanian-deadlift", False),
        (("glute-bridge",), ("hinge",), "glute-bridge", True),
        (("hinge",), ("deadlift",), "deadlift", False),
        ((), ("squat",), "goblet-squat", False),
        ((), ("squat",), "squat", False),
    ],
)
def test_a_name_outranks_its_family(
    keep: tuple[str, ...], avoid: tuple[str, ...], exercise: str, is_open: bool
) -> None:
    assert allowed(EXERCISES[exercise], held(keep, avoid)) is is_open


def test_the_newest_limits_hold_until_they_are_ended(journal: Journal) -> None:
    assert limits(journal) is None
    add_limits(journal, Wanted(avoid=("deadlift",)))
    add_limits(journal, Wanted(keep=("Bird Dog",), prescribed_by="my physio"))
    told = limits(journal)
    assert told is not None and (told.keep, told.avoid, told.prescribed_by) == (
        ("bird-dog",), ("deadlift",), "my physio"
    )  # fmt: skip
    end_limits(journal)
    assert limits(journal) is None


def test_families_and_exercises_are_told_in_words() -> None:
    assert told_as("squat") == "every squat exercise" and told_as("deadlift") == "Deadlift (Barbell)"
    assert told_as("gone") == "gone"

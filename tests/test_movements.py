"""Preferences for movements: three days make one, they pick exercises, and they say nothing about why it hurts."""

import json
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import CatalogueError
from backstory.journal import Journal
from backstory.journal.feeling import feeling
from backstory.model import MOVEMENTS, CheckIn
from backstory.questions.kinds_of_pain import described
from backstory.questions.movements import DATA, DEMANDS, load_sensitivities, most_allowed, preferences
from conftest import NOW, shared
from readability import grade

DAY = timedelta(days=1)
TODAY = NOW.date()
NAMES = {"bending-sensitive", "arching-sensitive", "load-sensitive", "leg symptoms"}
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear|%", re.IGNORECASE)
TISSUE_OR_CAUSE = re.compile(
    r"\bdis[ck]s?\b|facet|joint|nerve|muscle|ligament|tendon|bone|vertebra|radicul|sciatic|hernia|strain|because of"
    r"|caused",
    re.IGNORECASE,
)
NOT_ABOUT_MOVEMENTS: dict[str, st.SearchStrategy[Any]] = {
    "pain": st.none() | st.floats(0, 10), "trained": st.sampled_from([None, "yes", "no"]),
    "feels": st.sampled_from([(), ("ache",), ("stiff",)]), "where": st.sampled_from([(), ("low-back",)]),
    "sleep_h": st.none() | st.floats(0, 24),
}  # fmt: skip
days_ago = st.integers(0, 60).map(lambda n: TODAY - n * DAY)
movements = st.sets(st.sampled_from(MOVEMENTS)).map(lambda words: tuple(sorted(words)))
hurting = st.builds(CheckIn, day=days_ago, hurts=movements, leg_symptoms=st.sampled_from([None, True, False]))
unrelated = st.builds(CheckIn, day=days_ago, leg_symptoms=st.sampled_from([None, False]), **NOT_ABOUT_MOVEMENTS)


def on(*numbers: int, **told: Any) -> list[CheckIn]:
    return [CheckIn(TODAY - number * DAY, **told) for number in numbers]


def named(check_ins: list[CheckIn]) -> set[str]:
    return {preference.name for preference in preferences(check_ins, TODAY)}


@pytest.mark.parametrize(
    ("check_ins", "names"),
    [
        ([], set()),
        (on(0, 1, 2, hurts=("bending",)), {"bending-sensitive"}),
        (on(0, 1, 2, hurts=("sitting",)), {"bending-sensitive"}),
        (on(0, 1, 2, hurts=("arching",)), {"arching-sensitive"}),
        (on(0, 1, 2, hurts=("standing",)), {"arching-sensitive"}),
        (on(0, 1, 2, hurts=("lifting",)), {"load-sensitive"}),
        (on(0, 1, 2, leg_symptoms=True), {"leg symptoms"}),
        (on(0, 1, 2, where=("leg-left",)), {"leg symptoms"}),
        (on(0, 20, 41, hurts=("bending", "lifting")), {"bending-sensitive", "load-sensitive"}),
        (on(0, 20, 42, hurts=("bending",)), set()),
        (on(0, 0, 0, 1, hurts=("bending",)), set()),
        (on(0, 1, hurts=("bending",)) + on(2, 3, hurts=("sitting",)), set()),
        (on(0, 1, 2, hurts=("twisting", "walking", "lying")), set()),
        (on(0, 1, 2, 3, pain=8.0), set()),
        (on(0, 1, 2, leg_symptoms=False), set()),
    ],
)
def test_three_different_days_of_one_movement_make_a_preference(check_ins: list[CheckIn], names: set[str]) -> None:
    assert named(check_ins) == names


def test_without_a_day_to_look_back_from_every_check_in_counts() -> None:
    given = on(0, 300, 600, hurts=("bending",))
    assert named(given) == set()
    assert [preference.name for preference in preferences(given)] == ["bending-sensitive"]


@given(st.lists(hurting, max_size=30), days_ago, days_ago)
def test_two_days_never_suffice(check_ins: list[CheckIn], first: date, second: date) -> None:
    of_two_days = [check_in for check_in in check_ins if check_in.day in (first, second)]
    assert preferences(of_two_days, TODAY) == preferences(of_two_days) == ()


@given(st.lists(hurting, max_size=30), st.integers())
def test_the_order_does_not_matter(check_ins: list[CheckIn], seed: int) -> None:
    shuffled = random.Random(seed).sample(check_ins, len(check_ins))
    assert preferences(shuffled, TODAY) == preferences(check_ins, TODAY)


@given(st.lists(hurting, max_size=30), st.lists(unrelated, max_size=9))
def test_a_check_in_that_names_no_movement_changes_nothing(given_: list[CheckIn], more: list[CheckIn]) -> None:
    assert preferences([*given_, *more], TODAY) == preferences(given_, TODAY)


@given(st.lists(hurting, max_size=30), hurting)
def test_more_that_hurts_never_takes_a_preference_back(check_ins: list[CheckIn], one_more: CheckIn) -> None:
    assert named(check_ins) <= named([*check_ins, one_more])


def test_what_exercises_may_ask_is_the_least_of_all() -> None:
    held = preferences(on(0, 1, 2, hurts=("bending", "arching", "lifting"), leg_symptoms=True), TODAY)
    assert most_allowed(held) == {"flexion": 1, "extension": 1, "compression": 1, "nerve": 0}
    assert most_allowed(()) == {}


def test_a_preference_says_what_it_rests_on_and_what_it_does() -> None:
    (held,) = preferences(on(0, 1, 2, 3, hurts=("bending",)) + on(4, 5, 6, hurts=("sitting",)), TODAY)
    assert "bending hurt on 4 days and sitting on 3 days" in held.text
    assert "exercises" in held.text and "does not say why" in held.text and "Opinion" in held.text


def test_no_text_names_a_tissue_or_a_cause_and_each_can_be_read() -> None:
    assert {one.name for one in load_sensitivities().values()} == NAMES
    check_ins = on(0, 1, 2, hurts=("bending", "sitting", "arching", "standing", "lifting"), leg_symptoms=True)
    held = preferences(check_ins, TODAY)
    assert {preference.name for preference in held} == NAMES
    for preference in held:
        said = f"{preference.name}. {preference.text}"
        assert not FORBIDDEN.search(said) and not TISSUE_OR_CAUSE.search(said), said
        assert "ercises" in preference.text
    for sensitivity in load_sensitivities().values():
        assert grade(sensitivity.text) <= 8, sensitivity.id


def test_what_is_kept_low_is_what_the_collected_ladders_say() -> None:
    modify = json.loads(shared("evidence", "ladders.json").read_text("utf-8"))["modify"]
    collected = {"bending": "bending_sensitive", "arching": "arching_sensitive", "load": "load_sensitive",
                 "legs": "radicular_pattern"}  # fmt: skip
    for key, name in collected.items():
        limits = re.findall(r"(flexion|extension|compression|nerve)(?:<=|=)(\d)", modify[name])
        assert dict(load_sensitivities()[key].keeps_low) == {demand: int(most) for demand, most in limits}


def test_the_grades_are_those_of_the_evidence() -> None:
    entries = {
        entry["id"]: entry
        for name in ("rules", "likelihood_ratios")
        for entry in json.loads(shared("evidence", f"{name}.json").read_text("utf-8"))
    }
    for one in load_sensitivities().values():
        assert one.grade == "opinion" and set(one.evidence) <= entries.keys()
        marks = {entries[key]["v"] for key in one.evidence}
        assert one.known == ("memory" if "M" in marks else "judgement") and "V" not in marks


def test_the_journal_gives_preferences_and_kinds_of_pain_together(journal: Journal) -> None:
    assert feeling(journal).preferences == () and feeling(journal).described == ()
    for check_in in on(0, 1, 2, hurts=("bending",), feels=("ache",), pain=4.0):
        journal.store.add_check_in(check_in, NOW)
    felt = feeling(journal)
    assert [preference.name for preference in felt.preferences] == ["bending-sensitive"]
    assert felt.described == described(journal.store.check_ins()) and "ache" in felt.described[0]


def broken(change: Callable[[str], str], folder: Path) -> Path:
    path = folder / f"{uuid4()}.toml"  # what was loaded from a path is remembered
    path.write_text(change(DATA.read_text("utf-8")), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[bending]", "[crouching]"),
        ('noted = ["lifting"]', 'noted = ["hopping"]'),
        ('noted = ["lifting"]', "noted = []"),
        ("days = 3", "days = 0"),
        ("days = 3", "days = true"),
        ("flexion = 1 }", "flexion = 4 }"),
        ("flexion = 1 }", "twist = 1 }"),
        ("{ compression = 1 }", "{}"),
        ("{ compression = 1 }", "1"),
        ('grade = "opinion"', 'grade = "firm"'),
        ('known = "judgement"', 'known = "heard"'),
        ('evidence = ["LR20", "R40"]', "evidence = []"),
        ('name = "load-sensitive"\n', ""),
        ('name = "load-sensitive"', 'name = " "'),
        ("[legs]", "[legs"),
    ],
)
def test_data_that_break_a_rule_are_refused(tmp_path: Path, old: str, new: str) -> None:
    assert load_sensitivities(broken(lambda text: text, tmp_path)) == load_sensitivities()
    with pytest.raises(CatalogueError):
        load_sensitivities(broken(lambda text: text.replace(old, new, 1), tmp_path))
    with pytest.raises(CatalogueError):
        load_sensitivities(tmp_path / "nowhere.toml")


def test_the_demands_are_those_of_the_ladders() -> None:
    ladders = json.loads(shared("evidence", "ladders.json").read_text("utf-8"))["ladders"]
    assert {name for rungs in ladders.values() for rung in rungs for name in rung["demand"]} == set(DEMANDS)

"""A plan in a terminal says what to do, fits into its width, and prints nothing that was not meant."""

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model import POUND_KG
from backstory.report.plan_explained import explain_lines, swap_lines
from backstory.report.plan_text import plan_lines
from backstory.report.plan_words import inert, weight
from backstory.report.terminal_lines import GLUE, columns, glued, wrapped
from shown_plans import GYM, NO_WEEK, PLANS, SHORT, Plan, plan, renamed, session
from test_answer_page import NEVER

HOSTILE = st.text(max_size=60) | st.sampled_from([
    "<script>alert(1)</script>", "two\nlines\r\nof it", "a|b", "*bold* _it_", "\x1b[2J\x1b[31mred", "漢字" * 30,
    "x" * 300, "\u202eback to front", "💪🏽" * 40, "\u2028\u2029\x85", "e\u0301" * 90, "",
])  # fmt: skip
SQUAT_EXPLAINED: dict[str, Any] = {
    "exercise": "squat", "name": "Squat (Barbell)",
    "why": [
        {"rule": "R23", "text": "last time 3 x 9 at 60 kg; the same"}, {"rule": "R24", "text": "the week needs it"},
    ],
    "alternatives": [
        {"exercise": "front-squat", "name": "Front Squat", "load": 0.98, "objection": {"rule": "R33", "text": "later"}},
        {"exercise": "goblet-squat", "name": "Goblet Squat", "load": 0.4, "objection": None},
    ],
}  # fmt: skip
SWAP: dict[str, Any] = {
    "instead_of": "deadlift", "name": "Deadlift (Barbell)",
    "offers": [
        {"exercise": "hip-thrust", "name": "Hip Thrust", "peak_moment_nm": 61, "load_kg": 40.0, "why": "begin light"},
        {"exercise": "glute-bridge", "name": "Glute Bridge", "peak_moment_nm": 20, "load_kg": None, "why": ""},
    ],
}  # fmt: skip


def text_of(lines: list[Any]) -> str:
    return "\n".join(lines)


def flat(lines: list[Any]) -> str:
    return " ".join(" ".join(lines).split())


def assert_fits(lines: list[Any], width: int) -> None:
    for line in lines:
        assert columns(line) <= width, line
        assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in line), ascii(line)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", line)


@pytest.mark.parametrize("values", PLANS.values(), ids=PLANS)
@pytest.mark.parametrize("units", ["kg", "lb"])
def test_no_line_is_wider_than_80_columns(values: Plan, units: str) -> None:
    assert_fits(plan_lines(values, 80, units, why=True), 80)


@given(HOSTILE, st.integers(24, 120), st.sampled_from([*PLANS.values(), NO_WEEK]), st.booleans())
def test_whatever_the_names_are_no_line_is_too_wide_and_none_holds_control_characters(
    name: str, width: int, values: Plan, why: bool
) -> None:
    assert_fits(plan_lines(renamed(values, name), width, "lb", why=why), width)


@given(st.text(max_size=200), st.integers(10, 60))
def test_wrapping_keeps_every_letter(text: str, width: int) -> None:
    text = inert(text)
    lines = wrapped(text, width, "- ")
    assert_fits(lines, width)
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")


def test_words_that_belong_together_stay_together_and_long_ones_are_cut() -> None:
    assert wrapped(f"aa bb {glued('cc dd')}", 8) == ["aa bb", "cc dd"]
    assert wrapped(glued("aaaa bbbb cccc"), 5) == ["aaaa", "bbbb", "cccc"]
    assert wrapped("abcdefgh", 3) == ["abc", "def", "gh"]
    assert GLUE not in text_of(plan_lines(GYM, 40))


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("values", PLANS.values(), ids=PLANS)
def test_every_exercise_stands_there_with_sets_load_and_rest(values: Plan, width: int) -> None:
    said = flat(plan_lines(values, width))
    for one in values["sessions"]:
        for lift in one["main"]:
            assert lift["name"] in said
        for piece in (*one["warm_up"], *one["cool_down"]):
            assert piece["name"] in said


def test_an_exercise_is_a_line_of_sets_repetitions_load_rest_and_reserve() -> None:
    lines = [re.sub(" +", " ", line.strip()) for line in plan_lines(GYM, 80)]
    assert "Squat (Barbell) 3 x 8 @ 60 kg rest 2 min RIR 2" in lines
    assert "first 8 @ 25 kg, 5 @ 37.5 kg, 3 @ 47.5 kg" in lines
    assert "Bench Press (Barbell) 4 x 6 @ 52.5 kg rest 2½ min RIR 3" in lines
    assert "Plank 2 x 6 holds of 10 s rest 30 s" in lines
    assert "Farmers Walk 3 x 30 s @ 16 kg rest 1 min" in lines
    assert "Walking 20 min" in lines
    assert "Warm-up, 5½ min: Walk 4, World's Greatest Stretch 1½" in lines
    assert (
        "Monday 23 November: whole body, 57 of 60 min" in lines and "Tuesday 24 November: upper body, 60 min" in lines
    )
    assert "Wed 25 Nov Walk, easily (20 min)" in lines


def test_notes_come_before_the_first_session() -> None:
    for values in PLANS.values():
        said = flat(plan_lines(values, 80))
        assert all(said.index(note) < said.index("Warm-up") for note in values["notes"])


def test_reasons_are_dimmed_and_only_shown_when_asked_for() -> None:
    assert "R23" not in text_of(plan_lines(GYM, 80))
    (line, _) = (line for line in plan_lines(GYM, 80, why=True) if "R23" in line)
    assert line.strip() == "last time 3 x 9 at 60 kg; the same (R23)" and line.style == "dim"


def test_pounds_are_rounded_to_the_half_pound_in_reasons_too() -> None:
    said = text_of(plan_lines(GYM, 80, "lb", why=True))
    assert "3 x 8 @ 132.5 lb" in said and "at 132.5 lb; the same" in said and " kg" not in said


@given(st.floats(0, 500))
def test_a_weight_in_pounds_is_the_nearest_half(kg: float) -> None:
    pounds = float(weight(kg, "lb").removesuffix(" lb"))
    assert pounds * 2 == int(pounds * 2) and abs(pounds - kg / POUND_KG) <= 0.25 + 1e-9


def test_a_rule_that_is_not_held_is_told_and_one_that_does_not_apply_is_not() -> None:
    said = flat(plan_lines(SHORT, 80))
    assert "Not held - Pulling to pushing, in sets. Here: 0 to 6 sets. (R26, grade of R26)" in said
    assert "Rules held: 1 of 2." in said
    assert "R20" not in said and "R18" not in said


def test_expected_pain_stands_there_with_its_band_or_not_at_all() -> None:
    said = flat(plan_lines(GYM, 80))
    assert "+4.2 pain points against your usual week" in said and "(90 % range +1.0 to +7.7)" in said
    assert "+0.6 a morning" in said
    assert "−0.4 pain points" in flat(plan_lines(PLANS["flare"], 80))
    assert "pain points" not in flat(plan_lines(SHORT, 80))


def test_where_no_week_can_hold_the_rules_that_clash_and_the_way_out_are_told() -> None:
    said = flat(plan_lines(NO_WEEK, 80))
    assert "No week can hold all of this." in said and "No sessions" not in said and "no sessions" in said
    assert "10 more minutes on Tuesday. What clashes: time; At least one full rest day in seven (R18)." in said
    assert "Not held" not in said and "Rules held" not in said


def test_a_week_that_may_not_be_the_best_says_so() -> None:
    assert "a slightly better one may exist" in flat(plan_lines(SHORT | {"optimal": False, "gap": 5}, 80))
    assert "better" not in flat(plan_lines(SHORT, 80))


def test_a_block_has_a_heading_for_each_week_with_its_own_rest_days() -> None:
    days = ["2026-11-23", "2026-11-30", "2026-12-07"]
    block = plan(
        "muscle", [session(day, "whole body", 60, 60, []) for day in days], ["2026-11-24", "2026-12-01"], weeks=3
    )
    bold = [line for line in plan_lines(block, 80) if line.style == "bold"]
    assert [line.split(":")[0] for line in bold[1:8]] == [
        "Week 1", "Monday 23 November", "Rest days", "Week 2", "Monday 30 November", "Rest days", "Week 3",
    ]  # fmt: skip
    assert bold[0].startswith("3 weeks from Monday 23 November 2026: 3 sessions for muscle")


def test_words_that_people_never_read_are_absent() -> None:
    lines = [line for values in (*PLANS.values(), NO_WEEK) for line in plan_lines(values, 80, why=True)]
    said = text_of([*lines, *explain_lines(SQUAT_EXPLAINED), *swap_lines(SWAP)]).lower()
    assert not [word for word in NEVER if re.search(rf"\b{word}", said)]


def test_an_explanation_gives_reasons_and_the_rule_against_each_alternative() -> None:
    lines = [re.sub(" +", " ", line.strip()) for line in explain_lines(SQUAT_EXPLAINED, 80, "lb")]
    assert lines[:3] == ["Squat (Barbell)", "last time 3 x 9 at 132.5 lb; the same (R23)", "the week needs it (R24)"]
    assert lines[4:9] == [
        "In its place there could be", "Goblet Squat load 0.4", "", "Not for now", "Front Squat load 1.0 later (R33)",
    ]  # fmt: skip


def test_a_swap_lists_what_there_is_with_load_and_moment() -> None:
    lines = [re.sub(" +", " ", line.strip()) for line in swap_lines(SWAP, 80)]
    assert lines[:3] == ["Instead of Deadlift (Barbell)", "Hip Thrust 40 kg, 61 Nm begin light", "Glute Bridge 20 Nm"]
    assert "nothing like it" in flat(swap_lines(SWAP | {"offers": []}, 80))


@given(HOSTILE, st.integers(24, 120))
def test_explanations_and_swaps_fit_whatever_the_names_are(name: str, width: int) -> None:
    other = {"exercise": "x", "name": name, "load": 1.2, "objection": {"rule": name, "text": name}}
    explained = {"exercise": "x", "name": name, "why": [{"rule": name, "text": name}], "alternatives": [other]}
    assert_fits(explain_lines(explained, width), width)
    offer = {"exercise": "x", "name": name, "peak_moment_nm": 120.4, "load_kg": 20.0, "why": name}
    assert_fits(swap_lines({"instead_of": "x", "name": name, "offers": [offer]}, width), width)

"""What stays open until a visit, how things stand, and when the questions are asked again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.questions import Asked, due, judge, load_help, open_flags
from backstory.questions.help_history import standing, still_open

DAY = timedelta(days=1)
START = date(2026, 3, 1)
HARD = {key for key, question in load_help().questions.items() if question.weight == "hard"}


def on(number: int) -> date:
    return START + number * DAY


def asked(number: int, yes: str = "", no: str = "", seen: int | None = None) -> Asked:
    answers = dict.fromkeys(yes.split(), True) | dict.fromkeys(no.split(), False)
    return Asked(on(number), answers, None if seen is None else on(seen))


@pytest.mark.parametrize(
    ("history", "still"),
    [
        ([], {}),
        ([asked(0, no="RF01")], {}),
        ([asked(0, "RF01")], {"RF01": 0}),
        ([asked(0, "RF14"), asked(30, no="RF14")], {"RF14": 0}),
        ([asked(0, "RF14"), asked(30, "RF14")], {"RF14": 0}),
        ([asked(0, "RF14"), asked(3, seen=3)], {}),
        ([asked(0, "RF14"), asked(3, seen=0)], {}),
        ([asked(0, "RF14 RF25", seen=0)], {}),
        ([asked(0, "RF01", seen=0)], {}),
        # a visit before the day on which it was noted
        ([asked(50, "RF14 RF11"), asked(50, seen=8)], {}),
        ([asked(50, "RF14 RF11", seen=8)], {}),
        ([asked(50, "RF14"), asked(50, seen=7)], {"RF14": 50}),
        ([asked(50, "RF01"), asked(50, seen=49)], {"RF01": 50}),
        ([asked(50, "RF01", seen=49)], {"RF01": 50}),
        ([asked(50, "RF01", seen=49), asked(52, seen=50)], {}),
        # new signs: not there at the visit, or come back after it
        ([asked(40, no="RF14"), asked(50, "RF14", seen=40)], {"RF14": 50}),
        ([asked(40, no="RF14"), asked(50, "RF14", seen=41)], {}),
        ([asked(0, "RF14", seen=0), asked(5, "RF14")], {"RF14": 5}),
        ([asked(0, "RF14", seen=0), asked(5, "RF14", seen=0)], {"RF14": 5}),
        ([asked(0, "RF14", seen=0), asked(5, "RF14", seen=4)], {}),
        ([asked(0, "RF14"), asked(2, no="RF14"), asked(3, "RF09", seen=3)], {}),
        # one visit ends what it can and leaves the rest
        ([asked(0, "RF14"), asked(9, "RF01 RF25"), asked(10, seen=5)], {"RF01": 9}),
        ([asked(0, "RF99")], {}),
    ],
)
def test_only_a_visit_ends_what_is_open(history: list[Asked], still: dict[str, int]) -> None:
    assert open_flags(history) == {key: on(number) for key, number in still.items()}


one_day = st.builds(
    asked, st.just(0), st.sampled_from(["", "RF01", "RF14", "RF01 RF14 RF26"]), st.sampled_from(["", "RF01", "RF14"])
)


@given(st.lists(st.tuples(one_day, st.integers(0, 60)), max_size=12))
def test_without_a_visit_every_yes_stays_and_a_visit_today_ends_all(days: list[tuple[Asked, int]]) -> None:
    history = [Asked(on(number), one.answers) for one, number in sorted(days, key=lambda pair: pair[1])]
    ever = {key for one in history for key, yes in one.answers.items() if yes}
    assert open_flags(history).keys() == ever
    for key, since in open_flags(history).items():
        assert since == min(one.day for one in history if one.answers.get(key))
    assert open_flags([*history, asked(60, seen=60)]) == {}
    assert open_flags([*history, asked(60, "RF01", seen=60), asked(61, "RF05")]).keys() == {"RF05"}


@given(st.integers(1, 41), st.sampled_from(list(load_help().questions)))
def test_a_visit_before_never_ends_a_hard_sign(earlier: int, key: str) -> None:
    assert bool(open_flags([asked(50, key), asked(50, seen=50 - earlier)])) is (key in HARD)


def test_how_things_stand_is_what_is_open() -> None:
    history = [asked(0, "RF01", "RF02"), asked(9, "RF14", "RF01")]
    now = standing(history)
    assert (now.asked_on, now.open) == (on(9), {"RF01": on(0), "RF14": on(9)})
    assert now.judgement.urgency == "emergency" and len(now.judgement.because) == 2
    later = standing([*history, asked(12, seen=12)])
    assert (later.asked_on, later.open, later.judgement.urgency) == (on(9), {}, "none noted")
    assert "on 2026-03-13" in later.judgement.text and "none of these signs" not in later.judgement.text
    assert "six weeks" in later.judgement.text
    fresh = standing([*history, asked(12, seen=12), asked(40, no="RF01")])
    assert fresh.judgement.text == judge({"RF01": False}).text, "answers after the visit speak for themselves"


def test_who_was_never_asked_has_nothing_open() -> None:
    now = standing([])
    assert (now.asked_on, now.open, now.judgement) == (None, {}, judge({}))
    assert standing([asked(3, no="RF01", seen=3)]).judgement == judge({"RF01": False}), "there was nothing to look at"


@pytest.mark.parametrize(
    ("before", "words"),
    [("RF01", "Get help for that now"), ("RF09", "See a doctor"), ("RF14", "next time"), ("RF15 RF16", "now")],
)
def test_what_is_open_from_before_is_told(before: str, words: str) -> None:
    judged = judge({"RF25": True})
    now = standing([asked(0, before), asked(9, "RF25")])
    said = still_open(judged, now)
    assert words in said and load_help().questions[before.split(maxsplit=1)[0]].noted in said
    assert load_help().questions["RF25"].noted not in said
    assert still_open(judged, standing([asked(9, "RF25")])) == ""


# When they are asked again


def level(first: int, last: int, pain: float) -> dict[date, float]:
    return {on(number): pain for number in range(first, last + 1)}


@pytest.mark.parametrize(
    ("last_asked", "scores", "today", "said"),
    [
        (None, {}, 0, "not asked yet"),
        (0, {}, 29, None),
        (0, {}, 30, "It is 30 days"),
        (0, level(0, 20, 3.0), 20, None),
        (0, level(0, 20, 3.0) | {on(20): 5.0}, 20, "jumped on 2026-03-21"),
        (0, level(0, 20, 3.0) | {on(20): 4.9}, 20, None),
        (0, level(0, 20, 3.0) | {on(10): 5.5, on(20): 3.0}, 20, "jumped on 2026-03-11"),
        (20, level(0, 20, 3.0) | {on(20): 5.0}, 21, None),
        (20, level(0, 20, 3.0) | {on(21): 5.0}, 20, "jumped"),
        (20, level(0, 20, 3.0) | {on(22): 5.0}, 20, None),
        (0, {on(5): 1.0, on(20): 9.0}, 20, None),
        (0, {on(6): 1.0, on(20): 9.0}, 20, "jumped"),
        (0, {on(6): 1.0, on(20): 9.0}, 35, "jumped"),
        (0, level(1, 10, 8.0) | level(11, 20, 2.0), 20, None),
    ],
)
def test_they_are_asked_at_the_start_each_month_and_when_pain_jumps(
    last_asked: int | None, scores: dict[date, float], today: int, said: str | None
) -> None:
    reason = due(None if last_asked is None else on(last_asked), scores, on(today))
    assert (reason is None) if said is None else (reason is not None and said in reason)


def test_the_reason_is_one_or_two_plain_sentences() -> None:
    for reason in (due(None, {}, START), due(START, {}, on(40)), due(START, {on(1): 0.0, on(2): 8.0}, on(2))):
        assert reason is not None and reason.endswith(".") and len(reason) < 120

"""Outcome measures: scored as published, changes told as they are known, and nothing that may not be shipped."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import CatalogueError, InputError
from backstory.questions import Score, change, load_measures, score
from backstory.questions.measure_data import DATA, Change, Measure
from backstory.questions.studies import KNOWN
from conftest import shared

MEASURES = load_measures()
WITH_CHANGE = [measure for measure in MEASURES.values() if measure.change]
WITHOUT = [measure for measure in MEASURES.values() if not measure.change]
STATEMENTS = [item.id for item in MEASURES["rmdq-24"].items]
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear", re.IGNORECASE)
NOT_SHIPPED = re.compile(
    r"\bODI\b|oswestry|borg|CR10|PSQI|pittsburgh|PROMIS|STarT|painDETECT|LANSS|DN4|rebro", re.IGNORECASE
)
VERIFIED = {"V": "read", "M": "memory", "O": "judgement"}
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
NAME = re.compile(r"\b[A-Z]\w+")
tenths = st.integers(0, 100).map(lambda n: n / 10)

each_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


def evidence() -> dict[str, dict[str, Any]]:
    files = [shared("evidence", f"{name}.json") for name in ("rules", "measures")]
    return {entry["id"]: entry for file in files for entry in json.loads(file.read_text("utf-8"))}


def changed(measure: Measure) -> Change:
    assert measure.change is not None
    return measure.change


def ticked(count: int) -> dict[str, float | bool]:
    return {name: number < count for number, name in enumerate(STATEMENTS)}


def test_what_is_to_be_measured_is_there() -> None:
    assert set(MEASURES) == {
        "pain", "pain-average", "pain-worst", "peg", "rmdq-24", "psfs", "session-effort", "sleep-hours",
        "sleep-quality", "stress", "back-hold", "front-hold", "side-bridge-left", "side-bridge-right", "reach",
    }  # fmt: skip


def test_the_pain_score_has_its_loinc_code_and_no_other_measure_has_one() -> None:
    code = MEASURES["pain"].code
    assert code is not None and (code.system, code.code) == ("LOINC", "72514-3")
    assert [measure.id for measure in MEASURES.values() if measure.code] == ["pain"]


# The authors' note: the score is the number of statements ticked, 0 to 24 (Roland & Morris 1983, Spine 8:141).
@pytest.mark.parametrize("count", [0, 1, 12, 23, 24])
def test_roland_morris_counts_what_is_ticked(count: int) -> None:
    assert score("rmdq-24", ticked(count)) == Score(float(count), "")


@given(st.sets(st.sampled_from(STATEMENTS), min_size=1))
def test_roland_morris_takes_a_blank_as_not_ticked_and_says_so(described: set[str]) -> None:
    """A sentence that does not describe the person is left blank (its own instructions)."""
    scored = score("rmdq-24", dict.fromkeys(described, True))
    assert scored.value == len(described) == score("rmdq-24", {**ticked(0), **dict.fromkeys(described, True)}).value
    blank = 24 - len(described)
    assert ("counted as not ticked" in scored.note) is bool(blank)
    assert not blank or scored.note.startswith(f"{blank} statement")


def test_the_published_example_of_a_change_in_roland_morris() -> None:
    """From 12 to 2 is 10 points of improvement, 83 % (printed with the published form)."""
    told = change("rmdq-24", score("rmdq-24", ticked(12)).value, score("rmdq-24", ticked(2)).value)
    assert "10 less (12 to 2, 83 %), for the better: a change people notice." in told
    assert "2 or less" in told and "recovered" in told


# Krebs et al. 2009: the mean of three numbers from 0 to 10. 5, 5, 5 is the worked example of a published sheet.
@pytest.mark.parametrize(
    ("answers", "value"), [((0, 0, 0), 0.0), ((5, 5, 5), 5.0), ((10, 10, 10), 10.0), ((7, 4, 6), 17 / 3)]
)
def test_peg_is_the_mean_of_its_three_answers(answers: tuple[int, int, int], value: float) -> None:
    given_answers = dict(zip(("pain", "enjoyment", "activity"), answers, strict=True))
    assert score("peg", given_answers).value == pytest.approx(value) and score("peg", given_answers).note == ""


def test_a_session_counts_as_effort_times_minutes() -> None:
    assert score("session-effort", {"effort": 6, "minutes": 45}).value == 270
    assert score("session-effort", {"effort": 0, "minutes": 45}).value == 0


def test_own_activities_are_a_mean_over_those_that_were_named() -> None:
    three = score("psfs", {"first": 3, "second": 6, "third": 6})
    two = score("psfs", {"first": 3, "third": 6})
    assert three.value == 5 and two.value == 4.5
    assert "Over 2 of 3." in two.note and "same activities" in two.note and "Over" not in three.note


@each_measure
def test_extreme_answers_reach_the_ends_of_the_range_and_no_more(measure: Measure) -> None:
    least = {item.id: item.least[0] if item.least else False for item in measure.items}
    most = {item.id: item.most[0] if item.most else True for item in measure.items}
    assert (score(measure.id, least).value, score(measure.id, most).value) == measure.range


@each_measure
def test_nothing_answered_is_refused_in_one_line(measure: Measure) -> None:
    with pytest.raises(
        InputError, match=rf"^{re.escape(measure.name)} cannot be scored without: .*{measure.items[0].id}"
    ):
        score(measure.id, {})


@pytest.mark.parametrize(
    ("measure_id", "answers", "complaint"),
    [
        ("peg", {"pain": 3, "activity": 2}, "cannot be scored without: enjoyment."),
        ("session-effort", {"minutes": 30}, "cannot be scored without: effort."),
        ("peg", {"pain": 3, "enjoyment": 2, "activity": 11}, "activity: must be a number from 0 to 10, not 11."),
        ("pain", {"now": float("nan")}, "must be a number from 0 to 10, not nan."),
        ("pain", {"now": True}, "must be a number from 0 to 10, not True."),
        ("pain", {"now": 3, "then": 2}, "does not ask for 'then'."),
        ("rmdq-24", {"rmdq01": 1}, "must be ticked or not (true or false), not 1."),
        ("odi", {"one": 1}, "There is no measure 'odi'; there are: pain, "),
    ],
)
def test_answers_that_cannot_be_are_refused(measure_id: str, answers: dict[str, float | bool], complaint: str) -> None:
    with pytest.raises(InputError, match=re.escape(complaint)):
        score(measure_id, answers)


@pytest.mark.parametrize(
    ("measure_id", "before", "after", "told"),
    [
        ("pain", 5, 3, "2 less (5 to 3, 40 %), for the better: a change people notice."),
        ("pain", 10, 7, "3 less (10 to 7, 30 %), for the better: a change people notice."),
        ("pain", 10, 8, "perhaps a change people notice: it reaches 2 points but not 30 % of the first score."),
        ("pain", 2, 1, "perhaps a change people notice: it reaches 30 % of the first score but not 2 points."),
        ("pain", 5, 4, "for the better: less than people notice (2 points, or 30 % of the first score)."),
        ("pain", 3, 5, "for the worse: a change people notice, by judgement"),
        ("pain", 0, 1, "1 more (0 to 1), for the worse: less than the 2 points that people notice."),
        ("peg", 10 / 3, 7 / 3, "1 less (3.3 to 2.3, 30 %), for the better: a change people notice."),
        ("rmdq-24", 16, 11, "5 less (16 to 11, 31 %), for the better: a change people notice."),
        ("rmdq-24", 16, 12, "less than people notice (5 points, or 30 % of the first score)."),
        ("psfs", 3, 5, "2 more (3 to 5, 67 %), for the better: a change people notice."),
        ("psfs", 3, 4.9, "for the better: less than the 2 that people notice."),
        ("psfs", 5, 3, "for the worse: a change people notice, by judgement"),
        ("pain", 4, 4, "Pain now: the same (4)."),
        ("back-hold", 60, 72, "12 s more (60 to 72, 20 %), for the better. No size of change is known"),
        (
            "session-effort",
            270,
            300,
            "30 effort·min more (270 to 300, 11 %). More or less of it is neither good nor bad",
        ),
        ("reach", 12, 9, "3 cm less (12 to 9, 25 %), for the better."),
    ],
)
def test_a_change_is_told_as_far_as_it_is_known(measure_id: str, before: float, after: float, told: str) -> None:
    assert told in change(measure_id, before, after)


@given(st.sampled_from(WITH_CHANGE), tenths, tenths)
def test_a_change_says_better_and_worse_by_the_measures_direction_and_names_its_source(
    measure: Measure, before: float, after: float
) -> None:
    told = change(measure.id, before, after)
    if before == after:
        assert told.endswith(f"the same ({before:g}).")
        return
    known = changed(measure)
    assert ("for the better" in told) is ((after < before) is (measure.better == "lower"))
    assert told.endswith(f"({known.source}; {KNOWN[known.known]}.)")
    assert ("a change people notice" in told) or ("less than" in told)
    if abs(after - before) >= known.points:
        assert "a change people notice" in told


@given(tenths, tenths)
def test_recovered_is_said_only_where_the_score_has_come_there(before: float, after: float) -> None:
    assert ("recovered" in change("rmdq-24", before, after)) is (after <= 2 < before)
    assert ("recovered" in change("pain", before, after)) is (after == 0 < before)
    assert "recovered" not in change("peg", before, after)


@pytest.mark.parametrize("value", [-0.5, 10.5, float("nan")])
def test_values_outside_the_range_are_refused(value: float) -> None:
    for pair in ((value, 3), (3, value)):
        with pytest.raises(InputError, match="goes from 0 to 10"):
            change("pain", *pair)


@each_measure
def test_words_for_people(measure: Measure) -> None:
    ends = [end[1] for item in measure.items for end in (item.least, item.most) if end]
    texts = [measure.name, measure.how, measure.note, measure.change_not_known, *ends, *(i.text for i in measure.items)]
    low, high = measure.range
    texts += [change(measure.id, low, high), change(measure.id, high, low)]
    assert not FORBIDDEN.search(" ".join(texts))


def test_roland_morris_is_its_published_form() -> None:
    texts = [item.text for item in MEASURES["rmdq-24"].items]
    assert len(texts) == len(set(texts)) == 24
    assert all("my back" in text.casefold() and text.endswith(".") for text in texts)
    assert texts[0].startswith("I stay at home") and texts[-1].startswith("I stay in bed")


def test_nothing_stands_here_that_may_not_be_shipped() -> None:
    assert not NOT_SHIPPED.search(DATA.read_text("utf-8"))
    known = evidence()
    for measure in MEASURES.values():
        for key in measure.evidence:
            assert known[key].get("ship", "yes").startswith("yes"), (measure.id, key)


@each_measure
def test_sources_stand_in_the_evidence_and_what_was_not_read_is_said(measure: Measure) -> None:
    known = evidence()
    both: list[Measure | Change] = [measure, *([measure.change] if measure.change else [])]
    for one in both:
        entries = [known[key] for key in one.evidence]
        assert one.known == VERIFIED[max((entry["v"] for entry in entries), key="VMO".index, default="O")]
        sources = " ".join(entry["source"] for entry in entries)
        for part in one.source.split("; "):
            year = YEAR.search(part)
            if year:
                assert year[1] in sources
                assert all(name in sources for name in NAME.findall(part[: year.start()])), part


@pytest.mark.parametrize("measure", WITH_CHANGE, ids=lambda measure: measure.id)
def test_the_change_that_matters_is_that_of_the_evidence(measure: Measure) -> None:
    (key,) = measure.evidence
    matters = evidence()[key]["change_that_matters"]
    known = changed(measure)
    assert re.search(rf"\b{known.points:g}\b", matters)
    assert (known.share is not None) is ("%" in matters) and (known.share is None or f"{known.share:.0%}" in matters)
    recovered = re.search(r"recovered (?:=|<=)\s?(\d+)", matters)
    assert known.recovered == (float(recovered[1]) if recovered else None)


@pytest.mark.parametrize("measure", WITHOUT, ids=lambda measure: measure.id)
def test_where_no_change_is_known_that_is_said_and_none_is_called_noticed(measure: Measure) -> None:
    told = change(measure.id, *measure.range)
    assert told.endswith(measure.change_not_known) and "a change people notice" not in told


GOOD = """
[one]
name = "One"
how = "It is asked."
scoring = "mean"
missing = "refused"
range = [0, 10]
unit = ""
better = "lower"
note = ""
source = "Somebody 2020"
known = "read"
evidence = ["M01"]
licence = "Free."
code = { system = "LOINC", code = "1-8" }
item = [
    { id = "a", text = "A?", least = [0, "no"], most = [10, "yes"] },
    { id = "b", text = "B?", least = [0, "no"], most = [10, "yes"] },
]
[one.change]
points = 2
source = "Somebody 2020"
known = "memory"
evidence = ["M01"]
"""


def test_a_file_gives_its_measures(tmp_path: Path) -> None:
    (tmp_path / "measures.toml").write_text(GOOD, "utf-8")
    (measure,) = load_measures(tmp_path / "measures.toml").values()
    assert (measure.id, measure.range, [item.id for item in measure.items]) == ("one", (0, 10), ["a", "b"])
    assert changed(measure).share is None and changed(measure).known == "memory"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('name = "One"', "", "one: needs better"),
        ('name = "One"', 'name = ""', "must be words"),
        ('note = ""', "note = 1", "must be words or empty"),
        ('scoring = "mean"', 'scoring = "sum"', "scoring and missing do not go together"),
        ('missing = "refused"', 'missing = "not ticked"', "scoring and missing do not go together"),
        ('better = "lower"', 'better = "lowest"', "better must be one of"),
        ('better = "lower"', 'better = "neither"', "needs a direction"),
        ("[0, 10]", "[10, 0]", "needs two numbers"),
        ('known = "read"', 'known = "heard"', "known must be one of"),
        ('evidence = ["M01"]\nlicence', "evidence = []\nlicence", "needs evidence"),
        ('id = "b"', 'id = "a"', "different ids"),
        ('scoring = "mean"', 'scoring = "value"', "a single value has one item"),
        ('scoring = "mean"\nmissing = "refused"', 'scoring = "count"\nmissing = "not ticked"', "unless it is ticked"),
        ('"A?", least = [0, "no"]', '"A?", least = [10, "no"]', "least must be below most"),
        ('"A?", least = [0, "no"]', '"A?", least = ["no"]', "a number and what it means"),
        ('code = "1-8"', "code = 18", "must be words"),
        ("points = 2", "points = 0", "points above 0"),
        ("points = 2", "points = 2\nshare = 30", "share lies between 0 and 1"),
        ("points = 2", "points = 2\nshares = 0.3", "may have share and recovered"),
        ("[one.change]", "[one.code]", "measures.toml: "),
        ("licence =", 'change_not_known = "Nothing."\nlicence =', "either change or change_not_known"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    (tmp_path / "measures.toml").write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        load_measures(tmp_path / "measures.toml")

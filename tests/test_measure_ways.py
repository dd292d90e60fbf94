"""How measures are come by, weeks of what is told every day, and the documentation of all of it."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

import readability
from backstory.days.weekly import DAILY, daily_values, weekly_means
from backstory.errors import CatalogueError, InputError
from backstory.model import CheckIn, Session, Set
from backstory.questions import change, load_measures
from backstory.questions.measure_data import Item
from backstory.questions.measure_ways import DATA, answer_of, load_ways, noticed, unnoticed_band
from backstory.questions.studies import KNOWN

MEASURES, WAYS = load_measures(), load_ways()
DOCS = (Path(__file__).parents[1] / "docs" / "measures.md").read_text("utf-8")
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear", re.IGNORECASE)
MONDAY = date(2026, 3, 2)
days = st.integers(0, 60).map(lambda n: MONDAY + timedelta(days=n))
tenths = st.integers(0, 100).map(lambda n: n / 10)


def test_each_measure_has_its_way_and_what_is_told_every_day_is_kept_under_that_name() -> None:
    assert list(WAYS) == list(MEASURES)
    assert {way.column for way in WAYS.values() if way.kind == "daily"} == set(DAILY)
    for measure_id, way in WAYS.items():
        assert (way.kind == "done") is (MEASURES[measure_id].unit in ("s", "cm"))
        assert not FORBIDDEN.search(way.before + way.told_by)
        assert not way.before or ("pain starts" in way.before and readability.grade(way.before) <= 7)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[peg]", "[gep]", "a table for each measure and no other"),
        ('[peg]\nkind = "asked"', '[peg]\nkind = "sung"', "kind must be one of"),
        ('[peg]\nkind = "asked"\nminutes = 1', '[peg]\nkind = "asked"', "asked needs minutes"),
        ('[peg]\nkind = "asked"\nminutes = 1', '[peg]\nkind = "asked"\nminutes = 0', "minutes must be a number"),
        ('[peg]\nkind = "asked"\nminutes = 1', '[peg]\nkind = "asked"\nminutes = true', "minutes must be a number"),
        ('column = "stress"', 'column = ""', "must be words"),
        ('[reach]\nkind = "done"', '[reach]\nkind = "asked"', "reach: asked needs"),
        ("[pain]", "[pain", "measure_ways.toml: "),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = DATA.read_text("utf-8")
    assert old in text
    (tmp_path / DATA.name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        load_ways(tmp_path / DATA.name)


NUMBER, TICK = Item("n", "N?", (0.0, "no"), (10.0, "yes")), Item("t", "T.")


@pytest.mark.parametrize(
    ("item", "typed", "answer"),
    [
        (NUMBER, " 3 ", 3.0), (NUMBER, "3,5", 3.5), (NUMBER, "0", 0.0), (NUMBER, "", None), (TICK, "Y", True),
        (TICK, "no", False), (TICK, "  ", None),
    ],
)  # fmt: skip
def test_what_is_typed_is_taken_as_meant(item: Item, typed: str, answer: float | bool | None) -> None:
    assert answer_of(item, typed) == answer and type(answer_of(item, typed)) is type(answer)


@pytest.mark.parametrize(
    ("item", "typed"), [(NUMBER, "11"), (NUMBER, "-1"), (NUMBER, "nan"), (NUMBER, "y"), (TICK, "1"), (TICK, "maybe")]
)
def test_what_is_no_answer_is_said(item: Item, typed: str) -> None:
    with pytest.raises(ValueError, match="Please type"):
        answer_of(item, typed)


@given(st.sampled_from([measure for measure in MEASURES.values() if measure.range[1] <= 24]), tenths, tenths)
def test_a_change_is_noticed_just_where_its_words_say_so(measure: object, before: float, after: float) -> None:
    told = change(measure.id, before, after)  # type: ignore[attr-defined]
    expected = {"perhaps": None, "a change people notice": True, "less than": False, "the same": False}
    said = next((verdict for words, verdict in expected.items() if words in told), None)
    assert noticed(measure.id, before, after) is (said if measure.change else None)  # type: ignore[attr-defined]


def test_the_band_is_as_wide_as_the_points_people_notice() -> None:
    assert unnoticed_band("pain", 5) == (3, 7) and unnoticed_band("rmdq-24", 3) == (-2, 8)
    assert unnoticed_band("back-hold", 60) is None
    with pytest.raises(InputError):
        unnoticed_band("nothing", 1)


@given(st.lists(st.tuples(days, tenths), max_size=40))
def test_weeks_are_means_from_monday_to_sunday_and_what_is_not_known_stays_a_gap(
    values: list[tuple[date, float]],
) -> None:
    weeks = weekly_means(values)
    assert all(later.monday - earlier.monday == timedelta(days=7) for earlier, later in pairwise(weeks))
    assert sum(week.values for week in weeks) == len(values)
    for week in weeks:
        inside = [value for day, value in values if week.monday <= day <= week.monday + timedelta(days=6)]
        assert week.monday.isoweekday() == 1
        assert week.mean == (pytest.approx(fmean(inside)) if inside else None)
    assert not weeks or (weeks[0].mean is not None and weeks[-1].mean is not None)


def test_a_day_of_no_pain_counts_and_a_day_without_a_score_does_not() -> None:
    check_ins = [CheckIn(MONDAY, pain=0, when="morning"), CheckIn(MONDAY + timedelta(days=2), stress=4)]
    (week,) = weekly_means(daily_values(check_ins, [])["pain"])
    assert (week.mean, week.values) == (0, 1)


def test_what_is_told_is_taken_as_in_the_daily_table() -> None:
    noon = datetime(2026, 3, 3, 12, tzinfo=UTC)
    check_ins = [
        CheckIn(MONDAY, pain=6, when="morning", sleep_h=6, entered_at=noon),
        CheckIn(MONDAY, pain=2, when="morning", entered_at=noon + timedelta(hours=1)),
        CheckIn(MONDAY, pain=9, session="during", entered_at=noon),
    ]
    values = daily_values(check_ins, [])
    assert values["pain"] == ((MONDAY, 2),)
    assert values["sleep_h"] == ((MONDAY - timedelta(days=1), 6.0),)
    assert values["stress"] == values["session_effort"] == ()


def test_a_session_that_two_apps_logged_counts_once() -> None:
    sets = (Set("Squat", 60, 5), Set("Squat", 60, 5))
    both = [Session(app, MONDAY, sets, duration_s=3600, effort=5) for app in ("strong", "hevy")]
    assert daily_values([], both)["session_effort"] == ((MONDAY, 300.0),)
    assert daily_values([], [*both, Session("strong", MONDAY, (), duration_s=600, effort=3)])["session_effort"] == (
        (MONDAY, 300.0), (MONDAY, 30.0),
    )  # fmt: skip


def rows() -> dict[str, list[str]]:
    """The documentation's tables: cells by the measure's id."""
    found = {}
    for line in DOCS.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch(r"`[a-z0-9-]+`", cells[0]):
            found[cells[0].strip("`")] = cells[1:]
    return found


def test_every_measure_is_documented_as_its_data_say() -> None:
    assert list(rows()) == list(MEASURES)
    for measure_id, (name, source, sure, licence) in rows().items():
        measure = MEASURES[measure_id]
        assert (name, source, licence) == (measure.name, measure.source, measure.licence)
        assert sure == KNOWN[measure.known]


def test_every_change_that_people_notice_is_documented_as_its_data_say() -> None:
    for measure in MEASURES.values():
        if known := measure.change:
            share = f" or {known.share:.0%}".replace("%", " %") if known.share else ""
            assert f"| {measure.name} | {known.points:g}{share} | {known.source} | {KNOWN[known.known]} |" in DOCS


def test_the_documentation_says_what_is_never_said_to_people_nowhere() -> None:
    assert not FORBIDDEN.search(DOCS)

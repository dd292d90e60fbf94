"""What check-ins say about kinds of pain: how people describe them, when to have them looked at, never a tissue."""

import json
import re
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import CatalogueError
from backstory.model import AREAS, FEELS, CheckIn
from backstory.questions import described, load_help
from backstory.questions.kinds_of_pain import DATA, hurts_for_weeks, load_kinds
from conftest import shared
from readability import grade

KINDS, SIX_WEEKS = load_kinds()
LEGS = load_help().texts["legs"]
FORBIDDEN = re.compile(r"damag|\bsafe|diagnos|\brisk|\bdos(e|age)|exposure|you are clear|%|\bscore", re.IGNORECASE)
TISSUE = re.compile(
    r"\bdis[ck]s?\b|facet|joint|nerve|muscle|ligament|tendon|bone|fascia|vertebra|sacro|radicul|sciatic|neuropath|spondyl"
    r"|hernia|strain|arthrit|inflam",
    re.IGNORECASE,
)
DAY = timedelta(days=1)
START = date(2026, 3, 1)
_numbers = count()


def on(number: int, **told: Any) -> CheckIn:
    return CheckIn(START + number * DAY, **told)


def kinds_in(check_ins: list[CheckIn]) -> set[str]:
    said = described(check_ins)
    return {kind.id for kind in KINDS.values() if any(text.startswith(kind.text.split("{")[0]) for text in said)}


@pytest.mark.parametrize(
    ("check_ins", "kinds"),
    [
        ([], set()),
        ([on(0, pain=3.0)], set()),
        ([on(n, feels=("ache",)) for n in range(3)], {"ache"}),
        ([on(n, feels=("ache",)) for n in range(2)], set()),
        ([on(0, feels=("ache",))] * 5, set()),
        ([*(on(n, feels=("ache",)) for n in range(3)), on(31, pain=0.0)], set()),
        ([on(n, feels=("stiff",), when="morning") for n in range(3)], {"morning_stiffness"}),
        ([on(n, feels=("stiff",), when="evening") for n in range(9)], set()),
        ([on(0, leg_symptoms=True)], {"down_the_leg"}),
        ([on(0, where=("leg-left",))], {"down_the_leg"}),
        ([on(0, feels=("numb",))], {"down_the_leg"}),
        ([on(0, feels=("shooting",))], {"down_the_leg"}),
        ([on(0, leg_symptoms=False, where=("low-back",))], set()),
        ([on(0, leg_symptoms=True), on(28, pain=1.0)], set()),
    ],
)
def test_a_kind_is_told_from_enough_recent_days_on(check_ins: list[CheckIn], kinds: set[str]) -> None:
    assert kinds_in(check_ins) == kinds
    assert (LEGS in described(check_ins)) is ("down_the_leg" in kinds)


@pytest.mark.parametrize(
    ("pains", "told"),
    [
        ({4: 1, 6: 3, 8: 2}, True),
        ({4: 1, 5: 1, 6: 5, 7: 5, 12: 1}, True),
        ({5: 1, 8: 4, 11: 2}, True),
        ({4: 1, 9: 5, 12: 1}, False),
        ({4: 1, 6: 5, 13: 1}, False),
        ({4: 1, 6: 2, 8: 1}, False),
        ({4: 1, 6: 5, 8: 3}, False),
        ({5: 4, 6: 5, 8: 1}, False),
        ({2: 1, 6: 5, 8: 1}, False),
        ({4: 1, 5: 6, 6: 4, 8: 1}, False),
    ],
)
def test_soreness_after_much_other_work_is_a_rule_of_time(pains: dict[int, float], told: bool) -> None:
    """The work is done on day 5."""
    check_ins = [on(number, pain=float(pain)) for number, pain in pains.items()] + [on(5, other_load="a-lot")]
    assert kinds_in(check_ins) == ({"new_work"} if told else set())
    assert kinds_in([c for c in check_ins if c.other_load is None] + [on(5, other_load="some")]) == set()


@pytest.mark.parametrize(
    ("pains", "lasting"),
    [
        (dict.fromkeys(range(42), 1), True),
        (dict.fromkeys(range(0, 42, 7), 1), True),
        (dict.fromkeys(range(35), 1), False),
        ({n: n % 2 for n in range(42)}, False),
        ({n: n % 3 for n in range(42)}, True),
        ({n: 0 if 14 <= n < 21 else 5 for n in range(42)}, False),
        ({}, False),
    ],
)
def test_pain_of_six_weeks_is_to_be_looked_at(pains: dict[int, float], lasting: bool) -> None:
    check_ins = [on(number, pain=float(pain)) for number, pain in pains.items()]
    assert hurts_for_weeks(check_ins) is lasting
    assert (SIX_WEEKS in described(check_ins)) is lasting


def test_scores_about_a_session_are_not_the_days() -> None:
    assert not hurts_for_weeks([on(n, pain=5.0, session="during") for n in range(42)])


some_check_ins = st.lists(
    st.builds(
        on, st.integers(0, 60), pain=st.sampled_from([None, 0.0, 2.0, 6.0]), when=st.sampled_from([None, "morning"]),
        where=st.lists(st.sampled_from(AREAS), max_size=2).map(tuple),
        feels=st.lists(st.sampled_from(FEELS), max_size=2).map(tuple),
        leg_symptoms=st.sampled_from([None, True, False]), other_load=st.sampled_from([None, "a-lot"]),
    ), max_size=60,
)  # fmt: skip


@given(some_check_ins)
def test_words_never_name_a_tissue_and_legs_always_come_with_when(check_ins: list[CheckIn]) -> None:
    said = described(check_ins)
    assert len(set(said)) == len(said)
    for text in said:
        assert not TISSUE.search(text) and not FORBIDDEN.search(text), text
        assert "{" not in text
        if text not in (LEGS, SIX_WEEKS):
            assert "People often describe this as" in text
    legs = any(c.leg_symptoms for c in check_ins if c.day > max(one.day for one in check_ins) - 28 * DAY)
    assert not legs or LEGS in said
    assert described(list(reversed(check_ins))) == said, "their order does not count"


def test_a_twelve_year_old_can_read_it() -> None:
    for text in (SIX_WEEKS, *(kind.text.format(days="on 3 days of the last 28") for kind in KINDS.values())):
        assert grade(text) <= 7, text


def test_what_was_not_read_is_told_as_such() -> None:
    (text,) = described([on(n, feels=("ache",)) for n in range(3)])
    assert "on 3 days of the last 28" in text and text.endswith("judgement, not a finding.)")
    assert "on 1 day of the last 28" in described([on(0, feels=("numb",))])[0]


def test_sources_are_those_of_the_evidence() -> None:
    entries = {e["id"]: e for e in json.loads(shared("evidence", "likelihood_ratios.json").read_text("utf-8"))}
    for kind in KINDS.values():
        behind = [entries[key] for key in kind.evidence]
        least_certain = max((entry["v"] for entry in behind), key="VMO".index)
        assert kind.known == {"V": "read", "M": "memory", "O": "judgement"}[least_certain]
        assert all(e["self_report"] for e in behind)
        if kind.known == "read":
            assert all(part in " ".join(e["source"] for e in behind) for part in re.findall(r"^\w+|\d{4}", kind.source))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[kinds.ache]", "[kinds.itch]"),
        ("days = 1", "days = 0"),
        ("days = 1", "days = true"),
        ('known = "read"', 'known = "heard"'),
        ('grade = "weak"', 'grade = "great"'),
        ('evidence = ["LR19"]', 'evidence = "LR19"'),
        ('evidence = ["LR01", "LR02"]', "evidence = []"),
        ('source = "Sieper', 'origin = "Sieper'),
        ("six_weeks =", "six_months ="),
        ('six_weeks = "Your', 'six_weeks = ["Your'),
        ('text = "You', "text = 1 # "),
        ("days = 1", "days = "),
    ],
)
def test_data_that_break_a_rule_are_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / f"{next(_numbers)}.toml"
    path.write_text(DATA.read_text("utf-8"), encoding="utf-8")
    assert load_kinds(path) == (KINDS, SIX_WEEKS)
    broken = tmp_path / f"{next(_numbers)}.toml"
    broken.write_text(DATA.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_kinds(broken)

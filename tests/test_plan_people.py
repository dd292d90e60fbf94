"""The ten described persons: each gets a week that holds every hard rule, and the page says what is planned now."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))  # they import each other
people, page = (importlib.import_module(name) for name in ("plan_people", "plan_people_page"))
PERSONS = tuple(people.people()[1])


@pytest.fixture(scope="module")
def every() -> dict[str, Any]:
    return {one.key: one for one in people.shown()}


def test_there_are_ten_persons() -> None:
    assert len(PERSONS) == 10


@pytest.mark.parametrize("key", PERSONS)
def test_every_person_gets_a_week_with_every_hard_rule_held(every: dict[str, Any], key: str) -> None:
    found = people.summary(every[key])
    broken = [rule["id"] for rule in every[key].plan["rules"] if rule["hard"] and rule["held"] is False]
    assert found["hard_rules_held"] and broken == []
    assert found["optimal"] and found["exercises"] >= 3 * found["sessions"] > 0
    assert 0.5 * found["minutes"] <= found["minutes_used"] <= found["minutes"]


@pytest.mark.parametrize("number", [1, 2])
def test_the_page_is_what_the_program_plans_now(every: dict[str, Any], number: int) -> None:
    written = page.PAGE.read_text(encoding="utf-8")
    now = page.section(number, every[PERSONS[number - 1]])
    assert now in written, "python benchmarks/plan_people.py --write"


def test_the_page_holds_a_section_for_each_person(every: dict[str, Any]) -> None:
    written = page.PAGE.read_text(encoding="utf-8")
    for number, one in enumerate(every.values(), 1):
        assert f"## {number}. {one.told['name']}\n" in written


def test_without_write_it_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    before = page.PAGE.stat().st_mtime_ns
    people.main([])
    printed = json.loads(capsys.readouterr().out)
    assert tuple(printed) == PERSONS and page.PAGE.stat().st_mtime_ns == before
    assert {"optimal", "hard_rules_held", "soft_rules_not_held", "exercises", "minutes_used"} <= printed[
        "lifter"
    ].keys()

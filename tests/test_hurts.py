"""Movements that hurt, as a check-in and a diary take them."""

from io import BytesIO
from pathlib import Path

import pytest

from backstory.model import MOVEMENTS
from backstory.readers import diary, read
from backstory.readers.writing import write_diary
from conftest import Run

DIARY = b"date,pain,when,hurts\n2026-03-14,3,morning,bending|Lifting\n2026-03-15,0,morning,\n2026-03-16,2,,hopping\n"


def test_a_check_in_takes_movements_with_commas_or_one_by_one(run: Run) -> None:
    ran = run("check-in", "--hurts", "bending, Lifting", "--hurts", "lying", "--json")
    assert ran.code == 0 and ran.json["check_in"]["hurts"] == ["bending", "lifting", "lying"]


def test_a_movement_that_there_is_not_is_one_line(run: Run) -> None:
    ran = run("check-in", "--pain", "3", "--hurts", "hopping")
    assert ran.code == 2 and ran.out == "" and ran.err.count("\n") == 1 and "bending" in ran.err


@pytest.mark.parametrize(
    "options", [("--where", "leg-left"), ("--feels", "numb"), ("--leg-symptoms",), ("--feels", "shooting")]
)
def test_something_in_a_leg_says_when_to_have_it_looked_at(run: Run, options: tuple[str, ...]) -> None:
    assert "have it looked at" in " ".join(run("check-in", "--pain", "3", *options).out.split())
    assert "have it" not in run("check-in", "--pain", "3", "--hurts", "bending").out


def test_a_diary_holds_them_and_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    assert diary.claims(DIARY)
    path = tmp_path / "diary.csv"
    path.write_bytes(DIARY)
    found = read(path)
    assert [check_in.hurts for check_in in found.check_ins] == [("bending", "lifting"), ()]
    (problem,) = found.problems
    assert problem.line == 4 and "hopping" in problem.message
    write_diary(tmp_path / "written.csv", found.check_ins)
    assert read(tmp_path / "written.csv").check_ins == found.check_ins
    assert BytesIO((tmp_path / "written.csv").read_bytes()).readline().count(b"hurts") == 1


def test_every_movement_is_documented() -> None:
    section = (Path(__file__).parents[1] / "docs" / "formats.md").read_text("utf-8").split("## diary")[1]
    assert all(movement in section for movement in MOVEMENTS)

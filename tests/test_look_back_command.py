"""`backstory look-back` as a person and as a program meet it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from backstory import cause
from backstory.cause.simulate import simulate
from backstory.errors import InputError, NotEnough
from backstory.journal import Journal, answering
from backstory.journal.loading import day_table
from backstory.journal.looking_back import LookedBack, look_back_on, marked_days
from backstory.journal.opening import Journal as Opened
from backstory.model import CheckIn, Session, Set
from conftest import NOW, Run, shared

TODAY = NOW.astimezone().date()
KEYS = ["usual", "new", "jumps", "balance", "rest_days", "bouts", "comparison", "so_far"]
SAMPLES = (
    ("fitnotes", "fitnotes_unit_column.csv"), ("hevy", "hevy.csv"), ("strong", "strong_classic.csv"),
    ("strong", "strong_german_names.csv"),
)  # fmt: skip
NEVER = re.compile(
    r"damage|\bsafe|diagnos|\brisk|\bdose|\bexposure|you are clear|\bcaus|because|due to|led to|leads to|trigger|"
    r"brought on|blame|culprit|reason for|explains",
    re.IGNORECASE,
)


def trained(journal: Journal, days: Sequence[int], kg: float = 100.0) -> None:
    """Sessions so many days ago."""
    sets = tuple(Set("Deadlift (Barbell)", load_kg=kg, reps=5) for _ in range(3))
    for ago in sorted(days, reverse=True):
        journal.store.add_session(
            Session("strong", TODAY - timedelta(days=ago), sets, title="Pull"), NOW - timedelta(days=ago, hours=kg)
        )


def scored(journal: Journal, first_ago: int, last_ago: int = 0, **more: Any) -> None:
    """A morning's score on each day from so long ago on."""
    for ago in range(first_ago, last_ago - 1, -1):
        day = TODAY - timedelta(days=ago)
        at = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
        journal.store.add_check_in(CheckIn(day, pain=float(2 + ago % 3), when="morning", entered_at=at, **more), at)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def text_of(looked: LookedBack) -> str:
    return str(looked.as_json()["text"])


def simulated(journal: Journal, seed: int, days: int = 500) -> np.random.Generator:
    """A log without any cause of pain in it."""
    rng = np.random.default_rng(seed)
    names = ("Deadlift (Barbell)", "Squat (Barbell)", "Bench Press (Barbell)", "Pull Up", "Lunge (Dumbbell)")
    for day, load in enumerate(simulate(rng, days).load):
        if load > 0:
            sets = tuple(Set(names[int(rng.integers(5))], load_kg=float(round(60 * load)), reps=6) for _ in range(5))
            journal.store.add_session(
                Session("strong", ago(days - 1 - day), sets, title="Any"), NOW + timedelta(days=day)
            )
    return rng


def test_the_contract_for_programs(run: Run) -> None:
    run("log", "run", "--minutes", 30, "--date", ago(3).isoformat())
    found = run("look-back", "--json")
    assert found.code == 0 and found.err == ""
    assert list(found.json) == [*KEYS, "marked", "text"]
    assert found.json["bouts"] == [] and found.json["comparison"] is None


def test_without_a_log_it_says_what_to_do(run: Run) -> None:
    ran = run("look-back")
    assert ran.code == 1 and ran.out == ""
    assert "backstory import FILE" in ran.err and len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--bout", "14.3.2025"), "--bout takes a date such as 2025-03-14, not '14.3.2025'."),
        (("--no-bout", "soon"), "--no-bout takes a date such as 2025-03-14, not 'soon'."),
        (("--bout", "2999-01-01"), "is still to come"),
        (("--bout", "1950-01-01"), "1950"),
        (("--no-bout", "2025-03-14"), "No bout is marked on 2025-03-14."),
    ],
)
def test_a_day_that_cannot_be_is_one_line_and_changes_nothing(run: Run, given: tuple[str, str], said: str) -> None:
    ran = run("look-back", "--bout", "2025-03-01", *given)
    assert ran.code == 2 and ran.out == "" and said in ran.err and len(ran.err.splitlines()) == 1
    run("log", "run", "--minutes", 30)
    assert run("look-back", "--json").json["bouts"] == []


def test_bouts_are_marked_counted_as_one_within_two_weeks_and_taken_back(run: Run) -> None:
    run("log", "run", "--minutes", 30)
    first = run("look-back", "--bout", "2025-03-14", "--bout", "2025-03-28,2025-03-29", "--json").json
    assert [(bout["began"], bout["counts_with"]) for bout in first["bouts"]] == [
        ("2025-03-14", ["2025-03-28"]), ("2025-03-29", []),
    ]  # fmt: skip
    assert "28 Mar 2025 lies within two weeks of 14 Mar 2025 and counts as one with it." in first["marked"]
    assert "already" in run("look-back", "--bout", "2025-03-14", "--json").json["marked"][0]
    again = run("look-back", "--no-bout", "2025-03-14", "--json").json
    assert [(bout["began"], bout["counts_with"]) for bout in again["bouts"]] == [("2025-03-28", ["2025-03-29"])]
    assert run("look-back", "--bout", "2025-03-14", "--json").json["bouts"][0]["began"] == "2025-03-14"


def test_a_bout_that_is_both_marked_and_taken_back_is_refused(journal: Journal) -> None:
    with pytest.raises(InputError, match="both"):
        look_back_on(journal, [ago(50)], [ago(50)])
    assert marked_days(journal) == set()


def test_a_mark_is_kept_before_there_is_a_log(journal: Journal) -> None:
    with pytest.raises(NotEnough, match="Marked"):
        look_back_on(journal, [ago(50)])
    assert marked_days(journal) == {ago(50)}


def test_every_criterion_is_shown_for_every_bout_beside_how_often_it_came_anyway(journal: Journal) -> None:
    trained(journal, range(0, 400, 2))
    journal.store.add_session(Session("strong", ago(101), (Set("Squat (Barbell)", load_kg=60, reps=5),) * 3), NOW)
    found = look_back_on(journal, [ago(100), ago(200)]).as_json()
    rows = [[row["what"] for row in bout["before"]] for bout in found["bouts"]]
    assert rows[0] == rows[1] and len(rows[0]) >= 5
    new = {bout["began"]: row for bout in found["bouts"] for row in bout["before"] if row["what"] == "new_exercise"}
    assert new[ago(100).isoformat()]["unusual"] is True and new[ago(100).isoformat()]["value"] == 1
    assert new[ago(200).isoformat()]["unusual"] is False
    assert new[ago(100).isoformat()]["elsewhere"]["times"] == 0 < new[ago(100).isoformat()]["elsewhere"]["of"]
    for text in ("new to you", "low-back load", "largest", "heaviest", "in a row", "ten days"):
        assert found["text"].count(text) >= 2, text


@pytest.mark.parametrize("count", [1, 2, 3])
def test_from_up_to_three_bouts_nothing_is_concluded(journal: Journal, count: int) -> None:
    trained(journal, range(0, 500, 2))
    trained(journal, [60 * n + 3 for n in range(1, 8)], kg=250.0)  # a jump before each
    found = look_back_on(journal, [ago(60 * n) for n in range(1, count + 1)]).as_json()
    assert found["comparison"] is None
    assert "Nothing can be concluded from" in found["text"] and "more often" not in found["text"]


def test_more_bouts_are_held_against_chance_with_exact_numbers(journal: Journal) -> None:
    trained(journal, range(0, 500, 2))
    trained(journal, [60 * n + 3 for n in range(1, 6)], kg=250.0)
    found = look_back_on(journal, [ago(60 * n) for n in range(1, 6)]).as_json()
    rows = {row["what"]: row for row in found["comparison"]}
    jump = rows["session_jump"]
    assert jump["bouts"] == {"times": 5, "of": 5} and jump["more_often"]
    assert 0 < jump["by_chance"] <= jump["corrected"] <= 0.05
    assert "More often than chance would bring" in found["text"]
    assert "they came together, and no more" in found["text"]


def test_bouts_the_log_does_not_reach_are_said_so_and_not_compared(journal: Journal) -> None:
    trained(journal, range(0, 200, 2))
    found = look_back_on(journal, [ago(days) for days in (190, 400, 600, 800, 50)]).as_json()
    assert found["comparison"] is None
    assert all(row["unusual"] is None and row["value"] is None for row in found["bouts"][0]["before"])
    assert found["text"].count("the log says too little") == 4
    assert "Nothing can be concluded from 5 bouts of which the log tells one." in found["text"]


def test_without_a_cause_no_text_ever_suggests_one(journal: Journal) -> None:
    rng = simulated(journal, 3)
    drawn = sorted(int(day) for day in rng.choice(np.arange(10, 380), 12, replace=False))
    for number, days in enumerate(drawn, start=1):
        found = look_back_on(journal, [ago(days)]).as_json()
        assert not NEVER.search(found["text"]), NEVER.search(found["text"])
        if found["comparison"] is None:
            assert "Nothing can be concluded" in found["text"], number
        else:
            claimed = any(row["more_often"] for row in found["comparison"])
            assert claimed == ("More often than chance" in found["text"])
            assert claimed != ("Nothing came before your bouts more often" in found["text"])


def test_what_is_remembered_changes_nothing_in_the_answer(journal: Journal) -> None:
    simulated(journal, 4, 200)
    scored(journal, 150)
    before = answering.answer(journal).as_json()
    look_back_on(journal, [ago(days) for days in (20, 50, 80, 110, 140)])
    assert answering.answer(journal).as_json() == before


def test_looking_back_changes_nothing_in_the_journal(journal: Journal) -> None:
    trained(journal, range(0, 100, 2))
    scored(journal, 15)
    look_back_on(journal)
    assert journal.store.last_answer("load") is None
    assert look_back_on(journal).as_json() == look_back_on(journal).as_json()


@pytest.mark.parametrize("sample", SAMPLES, ids="/".join)
def test_real_logs_read_well(run: Run, sample: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run("import", shared("samples", "logs", *sample))
    text = run("look-back", "--bout", "2021-07-01,2021-03-20,2025-03-14").out
    assert max(map(len, text.splitlines())) <= 80
    assert not NEVER.search(text), NEVER.search(text)
    assert "None" not in text and "nan" not in text.split() and "inf" not in text.split()
    for heading in ("Your usual week", "New in the last six weeks", "Balance", "Rest days", "Before your bouts"):
        assert f"\n{heading}\n" in text


def test_before_day_seven_there_is_no_calendar(journal: Journal) -> None:
    trained(journal, range(0, 60, 2))
    scored(journal, 5)
    found = look_back_on(journal).as_json()
    assert found["so_far"]["day"] == 6 and found["so_far"]["calendar"] == []
    assert "From day 7 on a calendar stands here." in found["text"]


def test_from_day_seven_a_calendar_shows_mornings_and_training_and_claims_nothing(journal: Journal) -> None:
    trained(journal, [10, 6, 3, 1])
    scored(journal, 6)
    journal.store.add_check_in(CheckIn(TODAY, trained="no"), NOW)
    found = look_back_on(journal).as_json()
    days = {row["date"]: row for row in found["so_far"]["calendar"]}
    assert [days[ago(n).isoformat()]["sets"] for n in range(6, -1, -1)] == [3, 0, 0, 3, 0, 3, 0]
    assert [days[ago(n).isoformat()]["pain"] for n in range(6, -1, -1)] == [2 + n % 3 for n in range(6, -1, -1)]
    assert found["so_far"]["variability"] is None and found["so_far"]["until_an_answer"] == []
    after = found["text"].split("So far")[1]
    assert "3 sets" in after and "claims nothing" in after and "answer yet" not in after


def test_training_that_no_log_holds_is_not_shown_as_rest(journal: Journal) -> None:
    trained(journal, [10, 2])
    scored(journal, 8)
    journal.store.add_check_in(CheckIn(ago(5), trained="not-logged"), NOW)
    days = {row["date"]: row for row in look_back_on(journal).as_json()["so_far"]["calendar"]}
    assert days[ago(5).isoformat()]["sets"] is None and days[ago(4).isoformat()]["sets"] == 0
    assert days[TODAY.isoformat()]["sets"] is None, "after the last session nobody knows"


def test_from_day_fourteen_variability_and_the_time_to_an_answer(journal: Journal) -> None:
    trained(journal, range(0, 60, 2))
    scored(journal, 13)
    found = look_back_on(journal).as_json()
    assert found["so_far"]["variability"] == {"lowest": 2, "middle": 3, "highest": 4, "usual_step": 1}
    told = found["so_far"]["until_an_answer"]
    table = answering.around_scores(day_table(journal).table)
    assert told == cause.explain(table, exposures=["load"]).findings.splitlines()
    assert any("by day 90" in line for line in told)
    assert "Your scores lie between 2 and 4, the middle one is 3." in found["text"]


def test_from_twenty_eight_scores_it_points_to_the_answer(journal: Journal) -> None:
    trained(journal, range(0, 60, 2))
    scored(journal, 27)
    found = look_back_on(journal).as_json()
    assert found["so_far"]["next"] == "backstory answer" and found["so_far"]["calendar"] == []
    assert "28 mornings are scored. What they say: `backstory answer`." in found["text"]


def test_scores_before_half_a_year_of_silence_are_another_story(journal: Journal) -> None:
    trained(journal, range(0, 60, 2))
    scored(journal, 400, 360)
    scored(journal, 2)
    assert look_back_on(journal).as_json()["so_far"]["scores"] == 3


def test_mornings_that_are_all_alike_are_said_to_be(journal: Journal) -> None:
    trained(journal, range(0, 60, 2))
    for n in range(14):
        journal.store.add_check_in(CheckIn(ago(n), pain=2, when="morning", entered_at=NOW), NOW)
    assert "Every score so far is 2." in text_of(look_back_on(journal))


def test_who_has_no_log_gets_the_calendar_from_day_seven_on(journal: Journal) -> None:
    scored(journal, 8)
    found = look_back_on(journal).as_json()
    assert found["usual"] == {} and len(found["so_far"]["calendar"]) == 9
    assert "backstory import FILE" in found["text"]


def test_who_is_asked_weekly_gets_jumps_and_balance_and_no_hunt_for_causes(journal: Journal) -> None:
    trained(journal, range(0, 200, 2))
    trained(journal, [31], kg=200)
    scored(journal, 15)
    journal.store.set_profile({"rhythm": "weekly"}, NOW)
    found = look_back_on(journal, [ago(60)]).as_json()
    assert found["jumps"] and found["balance"] and found["so_far"]["calendar"] == []
    assert "So far" not in found["text"] and "backstory answer" not in found["text"]
    assert "calendar" not in found["text"]


def test_the_log_counts_from_its_own_end_however_long_ago(journal: Journal) -> None:
    later = replace(journal, clock=lambda: NOW + timedelta(days=700))
    assert isinstance(later, Opened)
    trained(journal, range(0, 300, 2))
    assert look_back_on(journal).as_json()["usual"] == look_back_on(later).as_json()["usual"]


def test_an_answer_that_is_not_there_yet_mentions_the_look_back(run: Run) -> None:
    run("check-in", "--pain", 3, "--when", "morning")
    ran = run("answer")
    assert ran.code == 1 and "`backstory look-back`" in ran.out.replace("\n", " ")


def test_a_walk_leaves_its_day_one_of_rest(journal: Journal, run: Run) -> None:
    trained(journal, [13, 12, 11, 9, 8, 7])
    before = look_back_on(journal).values["rest_days"]
    journal.store.add_session(Session("backstory", ago(10), title="walk", duration_s=1800.0), NOW - timedelta(1))
    assert look_back_on(journal).values["rest_days"] == before
    journal.store.add_session(Session("backstory", ago(10), title="run", duration_s=1800.0), NOW)
    assert look_back_on(journal).values["rest_days"] != before

"""`backstory plan` as people use it: a week from a log, from nothing, in a flare; what cannot be; the same again."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from backstory.journal import Journal, open_journal
from backstory.model import Limits, Session, Set
from backstory.plan.rules import RULES
from conftest import NOW, Run

FIRST = date(2026, 11, 23)  # a Monday
LIFTS = (("Squat (Barbell)", 60.0), ("Bench Press (Barbell)", 50.0), ("Bent Over Row (Barbell)", 40.0))
DAYS = ("--from", FIRST, "--days", "mon,wed,fri", "--minutes", "60")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """Eight weeks of squat, bench press and row, three times a week, the last session on Friday the 20th."""
    monkeypatch.setattr("backstory.journal.opening.Journal.today", lambda _self: date(2026, 11, 22))
    with open_journal(str(tmp_path / "home" / "journal.db"), clock=lambda: NOW) as journal:
        sessions = [
            Session(
                "strong",
                FIRST - timedelta(days=3 + 7 * week - day),
                tuple(Set(name, load_kg=kg, reps=9.0) for name, kg in LIFTS for _ in range(3)),
            )
            for week in range(8)
            for day in (0, -2, -4)
        ]  # fmt: skip
        journal.store.save_import("a.csv", "strong", sessions, (), (), NOW)
        yield journal


def planned(run: Run, *options: object) -> dict[str, Any]:
    ran = run("plan", *DAYS, *options, "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = ran.json
    return found


def exercises(plan: dict[str, Any]) -> list[str]:
    return [one["exercise"] for session in plan["sessions"] for one in session["main"]]


def test_a_week_from_a_log_keeps_what_is_done_and_raises_what_was_beaten_twice(run: Run, log: Journal) -> None:
    plan = planned(run)
    assert [session["date"] for session in plan["sessions"]] == ["2026-11-23", "2026-11-25", "2026-11-27"]
    squats = [one for session in plan["sessions"] for one in session["main"] if one["exercise"] == "squat"]
    assert squats and squats[0]["load_kg"] == 62.5 and "R23" in squats[0]["why"]
    assert {"bench-press", "barbell-row"} <= set(exercises(plan))
    assert plan["optimal"] and plan["gap"] == 0 and plan["clashes"] == []


def test_every_hard_rule_is_held_and_each_says_how_firm_it_is(run: Run, log: Journal) -> None:
    plan = planned(run)
    assert {rule["id"] for rule in plan["rules"]} == {rule.id for rule in RULES}
    for rule in plan["rules"]:
        assert rule["held"] is not False or not rule["hard"], rule
        assert rule["grade"] and rule["source"] and rule["text"]


def test_warm_up_comes_before_cool_down_after_and_the_other_days_are_for_rest(run: Run, log: Journal) -> None:
    plan = planned(run)
    for session in plan["sessions"]:
        assert 5 <= sum(part["minutes"] for part in session["warm_up"]) <= 15
        assert session["cool_down"] and session["takes"] <= session["minutes"] == 60
    assert len(plan["rest_days"]) == 4 and all(day["suggestion"] for day in plan["rest_days"])


def test_the_same_wishes_give_the_same_week(run: Run, log: Journal) -> None:
    assert planned(run) == planned(run)


def test_without_a_log_the_basic_versions_come_and_loads_begin_light(run: Run) -> None:
    ran = run("plan", "--days", "mon,thu", "--minutes", "45", "--equipment", "none", "--json")
    assert ran.code == 0
    found = exercises(ran.json)
    assert not {"deadlift", "pull-up", "pistol-squat"} & set(found) and found
    assert all(one["load_kg"] is None for session in ran.json["sessions"] for one in session["main"])
    assert any("no training yet" in note for note in ran.json["notes"])


def test_who_has_trained_long_may_begin_higher(run: Run) -> None:
    everything = ("--days", "mon,thu", "--minutes", "60", "--equipment", "everything", "--json")
    new, long = (run("plan", *everything, "--level", level).json for level in ("new", "long"))
    assert set(exercises(new)) != set(exercises(long))


def test_what_is_kept_comes_and_what_is_avoided_does_not(run: Run, log: Journal) -> None:
    found = exercises(planned(run, "--keep", "deadlift", "--avoid", "squat"))
    assert "deadlift" in found, "whatever its rung: the person asked for it"
    assert not {name for name in found if "squat" in name and "split" not in name}


def test_a_clinicians_limits_hold_without_being_asked_for_again(run: Run, log: Journal) -> None:
    log.store.save_entry(Limits(date(2026, 11, 20), ("bird-dog",), ("hinge", "bench-press"), "Dr Weber"), NOW)
    found = exercises(planned(run))
    assert "bird-dog" in found and "bench-press" not in found
    ran = run("plan", *DAYS, "--keep", "bench-press")
    assert ran.code == 2 and "both kept and avoided" in ran.err


def test_a_flare_halves_the_loads_and_says_so(run: Run, log: Journal) -> None:
    for back, pain in [(n, 1) for n in range(16, 2, -1)] + [(2, 5), (1, 6)]:
        run("check-in", "--pain", pain, "--when", "evening", "--date", FIRST - timedelta(days=back))
    plan = planned(run)
    assert any("flare" in note.lower() for note in plan["notes"]) and plan["goal"] == "return"
    squats = [one for session in plan["sessions"] for one in session["main"] if one["exercise"] == "squat"]
    assert all(one["load_kg"] <= 30 for one in squats)
    (rule,) = [rule for rule in plan["rules"] if rule["id"] == "R41"]
    assert rule["held"] is True


def test_yesterdays_muscles_rest_today(run: Run, log: Journal) -> None:
    """Friday's session trained chest, back and legs hard: a plan from Saturday on leaves them alone that day."""
    ran = run("plan", "--from", "2026-11-22", "--days", "sun,tue", "--minutes", "60", "--json")
    assert ran.code == 0
    with_friday = run("plan", "--from", "2026-11-21", "--days", "sat,mon", "--minutes", "60", "--json")
    saturday = with_friday.json["sessions"][0]
    assert saturday["date"] != "2026-11-21" or not {"squat", "bench-press", "barbell-row"} & {
        one["exercise"] for one in saturday["main"]
    }


def test_what_was_done_of_a_week_is_kept_and_the_rest_is_planned_anew(run: Run, log: Journal, tmp_path: Path) -> None:
    """Monday's session is in the log: on Wednesday the rest of that week is planned, and squats came once already."""
    whole = planned(run)
    monday = Session("strong", FIRST, tuple(Set(name, load_kg=kg, reps=9.0) for name, kg in LIFTS for _ in range(3)))
    log.store.save_import("b.csv", "strong", [monday], (), (), NOW)
    wednesday = ("--from", "2026-11-25", "--days", "mon,wed,fri", "--minutes", "60", "--json")
    rest = run("plan", *wednesday).json
    assert [session["date"] for session in rest["sessions"]] == ["2026-11-25", "2026-11-27"]
    lifts = {"squat", "bench-press", "barbell-row"}
    times = [sum(name in lifts for name in exercises(plan)) for plan in (whole, rest)]
    assert times[0] > times[1], "they came once on Monday, so they come less often in what is left"
    assert [day["date"] for day in rest["rest_days"]] == ["2026-11-26", "2026-11-28", "2026-11-29"]
    again = run("plan", "--from", FIRST, "--days", "mon,wed,fri", "--minutes", "60", "--json").json
    assert again["sessions"][0]["date"] == "2026-11-25", "what was done today is not asked for again"


def test_an_emergency_comes_before_any_plan(run: Run, log: Journal, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"RF01": true}', encoding="utf-8")
    run("help-first", "--answers", answers)
    ran = run("plan", *DAYS)
    assert ran.code == 1 and ran.out == "" and len(ran.err.strip().splitlines()) == 1


def test_where_no_week_can_hold_the_clash_and_the_way_out_are_named(run: Run) -> None:
    ran = run("plan", "--days", "mon", "--minutes", "20", "--keep", "deadlift,squat,bench-press", "--json")
    assert ran.code == 1
    assert ran.json["sessions"] == [] and ran.json["clashes"]
    assert "minutes on Monday" in ran.json["clashes"][0]["way_out"]


def test_a_block_has_a_lighter_week_and_loads_that_grow(run: Run, log: Journal) -> None:
    plan = planned(run, "--weeks", "4")
    sessions = plan["sessions"]
    weeks = {n: [s for s in sessions if (date.fromisoformat(s["date"]) - FIRST).days // 7 == n] for n in range(4)}
    sets = {n: sum(one["sets"] for session in week for one in session["main"]) for n, week in weeks.items()}
    assert sets[3] < 0.8 * sets[2]
    squats = [one["load_kg"] for n in range(3) for s in weeks[n] for one in s["main"] if one["exercise"] == "squat"]
    assert squats == sorted(squats) and squats[-1] > squats[0]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--days", ""), "--days"), (("--days", "mon,tue,wed,thu,fri,sat,sun"), "1 to 6"),
        (("--days", "mon,mon"), "twice"), (("--days", "someday"), "someday"),
        (("--minutes", "2"), "15 to 180"), (("--minutes", "soon"), "soon"),
        (("--equipment", "unicycle"), "unicycle"), (("--keep", "squat", "--avoid", "squat"), "both"),
        (("--goal", "fame"), "fame"), (("--keep", "flying"), "flying"), (("--weeks", "9"), "1 to 8"),
        (("--from", "2031-01-01"), "2031"), (("--at", "noon"), "noon"), (("--level", "pro"), "pro"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line(run: Run, options: tuple[str, ...], says: str) -> None:
    ran = run("plan", *options)
    assert ran.code == 2 and ran.out == "" and len(ran.err.strip().splitlines()) == 1
    assert says in ran.err


def test_a_log_full_of_unknown_exercises_still_gives_a_plan(run: Run, tmp_path: Path) -> None:
    with open_journal(str(tmp_path / "home" / "journal.db"), clock=lambda: NOW) as journal:
        sessions = [
            Session("strong", date(2026, 11, day), (Set("Zorblax Machine 9000", load_kg=50.0, reps=8.0),) * 5)
            for day in (2, 5, 9)
        ]
        journal.store.save_import("a.csv", "strong", sessions, (), (), NOW)
    ran = run("plan", "--days", "mon,thu", "--minutes", "45", "--json")
    assert ran.code == 0 and ran.json["sessions"]


def test_explain_names_a_rule_for_each_choice_and_for_each_that_may_not_be(run: Run, log: Journal) -> None:
    ran = run("plan", *DAYS, "explain", "--json")
    assert ran.code == 0
    rows = {row["exercise"]: row for row in ran.json["exercises"]}
    assert rows["squat"]["why"][0]["rule"] == "R23"
    against = {other["exercise"]: other["objection"] for other in rows["squat"]["alternatives"]}
    assert against["leg-press"] is not None and against["leg-press"]["rule"] == "equipment"
    assert run("plan", *DAYS, "explain").out.strip()


def test_swap_offers_the_same_slot_lightest_on_the_back_first(run: Run, log: Journal) -> None:
    ran = run("plan", *DAYS, "--equipment", "everything", "swap", "squat", "--json")
    assert ran.code == 0
    moments = [offer["peak_moment_nm"] for offer in ran.json["offers"]]
    assert moments == sorted(moments) and len(moments) >= 3
    assert "squat" not in {offer["exercise"] for offer in ran.json["offers"]}
    assert run("plan", "swap", "flying").code == 2


def test_files_are_written_for_their_owner_alone(run: Run, log: Journal, tmp_path: Path) -> None:
    files = {option: tmp_path / f"plan.{option}" for option in ("ics", "md", "html")}
    for _ in range(2):  # an earlier plan is replaced
        ran = run("plan", *DAYS, "--ics", files["ics"], "--markdown", files["md"], "--page", files["html"])
        assert ran.code == 0
    for path in files.values():
        assert path.stat().st_mode & 0o777 == 0o600 and path.stat().st_size > 500
    assert files["ics"].read_text().count("BEGIN:VEVENT") >= 3
    assert "Squat (Barbell)" in files["html"].read_text()


def test_the_terminal_stays_within_its_columns(run: Run, log: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = run("plan", *DAYS, "--why")
    assert ran.code == 0 and max(map(len, ran.out.splitlines())) <= 80


def test_who_is_65_and_more_gets_more_balance_and_a_word_about_it(run: Run) -> None:
    asked = ("plan", *DAYS, "--equipment", "none", "--json")
    plans = {}
    for born in (1990, 1955):
        run("profile", "--birth-year", born)
        plans[born] = run(*asked).json
    for born, least in ((1990, 1), (1955, 2)):
        for session in plans[born]["sessions"]:
            pieces = [part for part in session["warm_up"] if part["kind"] == "balance"]
            assert len({part["exercise"] for part in pieces}) == len(pieces) == least
            assert sum(part["minutes"] for part in session["warm_up"]) == 8
            assert all(part["minutes"] >= 0.5 for part in session["warm_up"])
    held = {born: next(r["held"] for r in plan["rules"] if r["id"] == "age") for born, plan in plans.items()}
    assert held == {1990: None, 1955: True}
    assert any("65" in note and "judgement" in note for note in plans[1955]["notes"])

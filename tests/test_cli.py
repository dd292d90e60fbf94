"""The command line's contract: one JSON object, exit codes, one clear line when something is wrong."""

import csv
import json
import random
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Run
from test_readers_damage import ROW, strong_file, write

TODAY = date.today()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Twelve weeks of squats, three times a week, ending yesterday."""
    rows = []
    for n in range(84):
        day = TODAY - timedelta(days=84 - n)
        if n % 7 in (0, 2, 4):
            rows += [
                ROW.format(n=k).replace("2026-03-02", day.isoformat()).replace("80.0", f"{60 + n % 30}.0")
                for k in (1, 2, 3)
            ]
    return strong_file(tmp_path / "log.csv", *rows)


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    rows = [f"{TODAY - timedelta(days=84 - n)},{(n * 7) % 5},morning" for n in range(84)]
    return write(tmp_path / "diary.csv", "date,pain,when", *rows)


def test_import_says_what_it_read(run: Run, log: Path) -> None:
    rows = ROW.format(n=4).replace("Squat (Barbell)", "My own thing")
    log.write_text(log.read_text() + "\n" + rows + "\nbroken\n")
    (file,) = run("import", log, "--units", "kg", "--json").json["files"]
    assert file["path"] == str(log) and file["reader"] == "strong"
    assert (file["sets"], file["new_sets"], file["mapped_sets"], file["check_ins"]) == (109, 109, 108, 0)
    (unknown,) = file["unmapped"]
    assert (unknown["name"], unknown["sets"]) == ("My own thing", 1) and len(unknown["suggestions"]) <= 3
    assert [problem["line"] for problem in file["problems"]] == [111]


def test_import_twice_adds_nothing_and_growth_adds_the_new(run: Run, log: Path) -> None:
    assert run("import", log, "--json").json["files"][0]["new_sets"] == 108
    assert run("import", log, "--json").json["files"][0]["new_sets"] == 0
    log.write_text(log.read_text() + "\n" + ROW.format(n=1) + "\n" + ROW.format(n=1) + "\n")
    assert run("import", log, "--json").json["files"][0]["new_sets"] == 2


def test_the_right_unit_mends_an_import_with_the_wrong_one(run: Run, log: Path) -> None:
    run("import", log)
    (file,) = run("import", log, "--units", "lb", "--json").json["files"]
    assert (file["new_sets"], file["corrected_sets"]) == (0, 108)
    (again,) = run("import", log, "--json").json["files"]
    assert again["corrected_sets"] == 0, "without --units what was corrected stays"


def test_the_profiles_unit_is_taken_for_files_without_one(run: Run, log: Path) -> None:
    run("profile", "--units", "lb")
    assert run("import", log, "--json").json["files"][0]["problems"] == []


def test_one_unreadable_file_does_not_stop_the_others(run: Run, log: Path, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.csv", "a,b", "1,2")
    ran = run("import", bad, tmp_path / "none.csv", log, "--json")
    assert ran.code == 0
    assert [file["reader"] for file in ran.json["files"]] == [None, None, "strong"]
    assert "What is read: Strong" in ran.json["files"][0]["problems"][0]["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "none.csv"),
        ("import",),
        ("import", "bad.csv", "none.csv"),
        ("import", "good.csv", "--units", "stone"),
        ("check-in",),
        ("check-in", "--pain", "11"),
        ("check-in", "--pain", "nan"),
        ("check-in", "--pain", "x"),
        ("check-in", "--pain", "3", "--where", "elbow"),
        ("check-in", "--pain", "3", "--date", "yesterday"),
        ("check-in", "--pain", "3", "--date", "2999-01-01"),
        ("check-in", "--pain", "3", "--date", "9999-12-31"),
        ("check-in", "--pain", "3", "--date", "0001-01-01"),
        ("log", "run"),
        ("log", " ", "--minutes", "5"),
        ("log", "run", "--minutes", "-5"),
        ("log", "run", "--minutes", "nan"),
        ("profile", "--height-cm", "300"),
        ("profile", "--body-mass-kg", "nan"),
        ("profile", "--sex", "x"),
        ("profile", "--birth-year", "1700"),
        ("profile", "--equipment", "barbell,broom"),
        ("names", "set", "x", "no-such-exercise"),
        ("names", "set", "!!", "squat"),
        ("set", "no such exercise"),
        ("set", "squat", "--kg", "-5"),
        ("set", "squat", "--kg", "nan"),
        ("restore", "none.zip"),
        ("restore", "bad.csv"),
        ("export", "out.txt"),
        ("export", "none/none/out.zip"),
        ("forget",),
        ("nonsense",),
        ("answer", "--nonsense"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_json", [False, True])
def test_bad_input_is_one_line_exit_two_and_no_change(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], as_json: bool
) -> None:
    write(tmp_path / "bad.csv", "a,b", "1,2")
    strong_file(tmp_path / "good.csv", ROW.format(n=1))
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments, *(["--json"] if as_json else []))
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("backstory: ") and ran.err.count("\n") == 1, ran.err
    journal = tmp_path / "home" / "journal.db"
    if journal.exists():
        with sqlite3.connect(journal) as connection:
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                count = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
                assert count == (table == "alembic_version"), table


@pytest.mark.parametrize("command", ["answer", "load", "days"])
def test_an_empty_journal_has_nothing_to_give(run: Run, command: str) -> None:
    ran = run(command)
    assert ran.code == 1 and ran.out == ""
    assert ran.err.count("\n") == 1 and "backstory" in ran.err


def test_check_in_keeps_everything_and_marks_what_comes_late(run: Run) -> None:
    ran = run(
        "check-in", "--pain", "3", "--when", "morning", "--where", "low-back-left", "--where", "leg-left", "--feels",
        "ache", "--no-leg-symptoms", "--sleep-h", "7", "--sleep-quality", "6", "--slept", "side", "--sitting-h", "8",
        "--stress",
        "4", "--painkiller", "--trained", "no", "--other-load", "some", "--note", "=1+1", "--json",
    )  # fmt: skip
    entry = ran.json["check_in"]
    assert entry["day"] == TODAY.isoformat() and entry["where"] == ["low-back-left", "leg-left"]
    assert (entry["leg_symptoms"], entry["painkiller"], entry["note"]) == (False, True, "=1+1")
    assert ran.json["recalled"] is False
    late = run("check-in", "--pain", "3", "--date", TODAY - timedelta(days=4))
    assert "recalled" in late.out


def test_profile_says_what_is_assumed_until_it_is_given(run: Run) -> None:
    shown = run("profile", "--json").json
    assert shown["computed_with"] == {"body_mass_kg": 75, "height_cm": 175, "assumed": ["body mass", "height"]}
    assert "75 kg and 1.75 m" in run("profile").out
    run("profile", "--height-cm", "180", "--body-mass-kg", "82.5", "--sex", "male", "--equipment", "Barbell, ez bar")
    shown = run("profile", "--json").json
    assert shown["computed_with"] == {"body_mass_kg": 82.5, "height_cm": 180, "assumed": []}
    assert shown["profile"]["equipment"] == "barbell,ez_bar"
    assert run("check-in", "--where", "Low back,neck", "--json").json["check_in"]["where"] == ["low-back", "neck"]


def test_a_name_of_ones_own_is_remembered(run: Run, log: Path) -> None:
    log.write_text(log.read_text().replace("Squat (Barbell)", "Chair thing"))
    run("import", log)
    (listed,) = run("names", "list", "--json").json["names"]
    assert listed["exercise"] is None and listed["sets"] == 108
    assert run("names", "set", "Chair Things", "goblet-squat", "--json").json["exercise"] == "goblet-squat"
    (listed,) = run("names", "list", "--json").json["names"]
    assert (listed["exercise"], listed["own_choice"]) == ("goblet-squat", True)
    assert "goblet-squat" in run("names", "list").out
    assert run("import", log, "--json").json["files"][0]["mapped_sets"] == 108


def test_set_tells_the_load_of_one_set(run: Run) -> None:
    light, heavy = (run("set", "Barbell Deadlifts", "--kg", kg, "--reps", 5, "--json").json for kg in (60, 120))
    assert heavy["exercise"] == "deadlift"
    assert set(heavy) == {
        "exercise", "peak_moment_nm", "peak_moment_nm_band", "peak_compression_n_band", "impulse_nms", "source"
    }  # fmt: skip
    assert heavy["peak_moment_nm"] > light["peak_moment_nm"] > 100
    assert heavy["peak_moment_nm_band"][0] < heavy["peak_moment_nm"] < heavy["peak_moment_nm_band"][1]
    assert "de Leva 1996" in heavy["source"] and "assumed" in heavy["source"]
    assert "Nm" in run("set", "deadlift", "--kg", 100).out


def test_load_sums_days_weeks_and_muscles(run: Run, log: Path) -> None:
    run("import", log, "--units", "kg")
    report = run("load", "--json").json
    assert {"days", "weeks", "muscles", "balance", "spikes"} <= set(report)
    assert len(report["days"]) == len(report["spikes"]) == 36
    assert sum(day["load"] for day in report["days"]) == pytest.approx(sum(week["load"] for week in report["weeks"]))
    assert sum(m["sets"] for m in report["muscles"] if m["muscle"] == "quads") == 108
    assert "in kNm" in run("load", "--details").out
    assert "x usual" in run("load").out


def test_days_are_csv_or_json_and_hold_what_is_not_known_empty(run: Run, log: Path, diary: Path) -> None:
    run("import", log, diary, "--units", "kg")
    rows = list(csv.DictReader(run("days").out.splitlines()))
    assert len(rows) == 84 and rows[0]["date"] == (TODAY - timedelta(days=84)).isoformat()
    assert float(rows[0]["load"]) > 0 and float(rows[1]["load"]) == 0 and rows[83]["load"] == ""
    as_json = run("days", "--json").json["days"]
    assert [row["date"] for row in as_json] == [row["date"] for row in rows]
    assert as_json[83]["load"] is None


def test_answer_holds_the_contract(run: Run, log: Path, diary: Path) -> None:
    run("import", log, diary, "--units", "kg")
    ran = run("answer", "--json")
    assert ran.code == 0
    assert set(ran.json) == {
        "verdict", "text", "effects", "covered", "days", "pain_days", "checks", "next_step", "versions", "update",
        "evidence",
    }  # fmt: skip
    effect = ran.json["effects"][0]
    assert {
        "exposure",
        "unit",
        "points",
        "points_per_morning",
        "lo90",
        "hi90",
        "delay_days",
        "mean",
        "sd",
        "verdict",
    } <= set(effect)
    assert ran.json["covered"][0][0] == (TODAY - timedelta(days=84)).isoformat()
    words = run("answer").out.split()
    assert words == ran.json["text"].split()
    assert ran.json["next_step"] in ran.json["text"]


def test_answer_asks_for_a_new_export_when_the_log_ends(run: Run, log: Path, diary: Path) -> None:
    kept = [
        line
        for line in log.read_text().splitlines()
        if line[:10] < (TODAY - timedelta(days=20)).isoformat() or line.startswith("Date")
    ]
    log.write_text("\n".join(kept))
    run("import", log, diary, "--units", "kg")
    assert "export it again" in run("answer", "--json").json["next_step"]


def test_too_little_data_is_exit_one_with_what_is_missing(run: Run, log: Path) -> None:
    run("import", log, "--units", "kg")
    for n in range(5):
        run("check-in", "--pain", n, "--when", "morning", "--date", TODAY - timedelta(days=n))
    ran = run("answer", "--json")
    assert ran.code == 1
    assert ran.json["verdict"] == "not enough data" and "23 more scored mornings (5 of 28)" in ran.json["text"]


def test_a_mixture_of_mornings_and_evenings_is_told(run: Run, log: Path, diary: Path) -> None:
    lines = diary.read_text().splitlines()
    diary.write_text(
        "\n".join(line.replace("morning", "evening") if n // 2 % 2 else line for n, line in enumerate(lines))
    )
    run("import", log, diary, "--units", "kg")
    (check,) = [check for check in run("answer", "--json").json["checks"] if check["name"] == "one time of day"]
    assert check["passed"] is False and "half of an effect" in check["text"]


def test_who_has_no_log_gets_an_answer_about_what_they_noted(run: Run, diary: Path) -> None:
    run("import", diary)
    for n in range(1, 84):
        day = TODAY - timedelta(days=84 - n)
        if n % 3 == 0:
            run("log", "run", "--minutes", 20 + n % 30, "--date", day)
        else:
            run("check-in", "--trained", "no", "--date", day)
    report = run("answer", "--json").json
    assert report["effects"][0]["exposure"] == "other_training"
    assert report["verdict"] != "not enough data" and "other training" in report["text"].lower()
    assert "lighter" in report["next_step"] or "scoring" in report["next_step"]


def test_scores_from_before_a_long_silence_are_left_out(run: Run, log: Path, diary: Path) -> None:
    run("import", log, diary, "--units", "kg")
    whole = run("answer", "--json").json
    run("check-in", "--pain", "2", "--when", "morning", "--date", "1990-01-01")
    later = run("answer", "--json").json
    assert later["pain_days"] == whole["pain_days"] and later["days"] <= whole["days"] + 28
    assert "left out" in later["text"] and "left out" not in whole["text"]


def test_a_file_that_was_not_read_leaves_no_unit_behind(run: Run, tmp_path: Path) -> None:
    assert run("import", write(tmp_path / "empty.csv", ""), "--units", "lb").code == 2
    assert run("profile", "--json").json["profile"]["units"] is None


def test_the_last_unit_that_was_given_is_the_one_remembered(run: Run, log: Path) -> None:
    run("import", log, "--units", "lb")
    run("import", log, "--units", "kg")
    assert run("profile", "--json").json["profile"]["units"] == "kg"


def test_a_later_no_training_does_not_hide_that_the_log_has_ended(run: Run, log: Path, diary: Path) -> None:
    lines = log.read_text().splitlines()
    log.write_text("\n".join([lines[0], *(x for x in lines[1:] if x[:10] < (TODAY - timedelta(days=30)).isoformat())]))
    run("import", log, diary, "--units", "kg")
    run("check-in", "--trained", "no")
    assert "export it again" in run("answer", "--json").json["next_step"]


def test_a_diary_may_change_its_mind_and_change_it_back(run: Run, tmp_path: Path) -> None:
    for pain, new in ((3, 1), (3, 0), (5, 1), (3, 1), (3, 0)):
        path = write(tmp_path / "d.csv", "date,pain,when,steps", f"2026-03-01,{pain},morning,{1000 * pain}")
        assert run("import", path, "--json").json["files"][0]["new_check_ins"] == new
        row = run("days", "--json").json["days"][0]
        assert (row["pain"], row["steps"]) == (pain, 1000 * pain)


def test_parts_that_always_come_together_are_not_told_apart(run: Run, tmp_path: Path) -> None:
    rows, scores = [], []
    chance = random.Random(3)
    before = 0
    for n in range(200):
        day, kg = (TODAY - timedelta(days=200 - n)).isoformat(), chance.choice([0, 0, 40, 80, 120, 160])
        scores.append(f"{day},{min(10, 1 + before // 25 + chance.randint(0, 2))},morning")
        before = kg
        if kg:
            for name in ("Squat (Barbell)", "Deadlift (Barbell)"):
                row = ROW.format(n=1).replace("2026-03-02", day).replace("Squat (Barbell)", name)
                rows += [row.replace("80.0", f"{kg}.0")] * 3
    diary = write(tmp_path / "d.csv", "date,pain,when", *scores)
    run("import", strong_file(tmp_path / "l.csv", *rows), diary, "--units", "kg")
    report = run("answer", "--json").json
    assert report["verdict"] == "worse"
    assert "Squatting and hinging always come together" in report["text"] or "Hinging and squatting" in report["text"]
    assert not [effect for effect in report["effects"] if effect["exposure"] in ("load_squat", "load_hinge")]


def test_an_answer_has_three_depths(run: Run, log: Path, diary: Path, tmp_path: Path) -> None:
    run("import", log, diary, "--units", "kg")
    short, usual = run("answer", "--short").out, run("answer").out
    assert short.strip().count("\n") < usual.strip().count("\n")
    with_studies = run("answer", "--evidence").out
    assert "Studies of many people" in with_studies and "Studies of many people" not in usual
    page = tmp_path / "answer.html"
    ran = run("answer", "--page", page)
    assert ran.code == 0 and page.stat().st_mode & 0o777 == 0o600
    text = page.read_text()
    assert "<svg" in text and "<script" not in text and "://" not in text
    occupied = tmp_path / "notes.html"
    occupied.write_text("mine")
    refused = run("answer", "--page", occupied)
    assert refused.code == 2 and refused.err.count("\n") == 1 and occupied.read_text() == "mine"


def test_a_verdict_that_an_update_changed_is_said_to_have_been(
    run: Run, log: Path, diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", log, diary, "--units", "kg")
    first = run("answer", "--json").json
    assert first["update"] == "" and run("answer", "--json").json["update"] == ""
    other = "better" if first["verdict"] != "better" else "worse"
    monkeypatch.setattr("backstory.journal.answered.Report.versions", {"model": "3"})
    monkeypatch.setattr("backstory.journal.answered.Report.verdict", other)
    later = run("answer", "--json").json
    assert (
        first["verdict"] in later["update"] and other in later["update"] and "The days are the same" in later["update"]
    )
    assert later["update"] in later["text"]
    assert run("answer", "--json").json["update"] == "", "said once: what is kept now is the new answer"


def test_units_given_once_are_remembered(run: Run, log: Path) -> None:
    whole = log.read_text()
    log.write_text("\n".join(whole.splitlines()[:50]) + "\n")
    run("import", log, "--units", "lb")
    log.write_text(whole)
    (file,) = run("import", log, "--json").json["files"]
    assert file["problems"] == [] and file["new_sets"] == 108 - 49


def test_numbness_is_answered_with_when_to_have_it_looked_at(run: Run) -> None:
    assert "looked at" in run("check-in", "--pain", "3", "--when", "morning", "--feels", "numb").out
    assert "looked at" not in run("check-in", "--pain", "3", "--when", "morning").out
    assert "morning after" in run("check-in", "--pain", "3").out


def test_an_export_overwrites_nothing_but_an_export(run: Run, tmp_path: Path) -> None:
    letter = write(tmp_path / "letter.zip", "dear doctor")
    assert run("export", letter).code == 2 and letter.read_text() == "dear doctor"
    assert run("export", tmp_path / "out.zip").code == run("export", tmp_path / "out.zip").code == 0


def test_all_exercises_can_be_listed(run: Run) -> None:
    listed = run("names", "list", "--all", "--json").json["exercises"]
    assert {"id": "deadlift", "name": "Deadlift (Barbell)", "family": "hinge"} in listed


def test_activities_are_logged(run: Run) -> None:
    run("log", "run", "--minutes", "30", "--effort", "6", "--km", "5")
    run("log", "run", "--minutes", "30", "--effort", "6", "--km", "5")
    assert run("days", "--json").json["days"][-1]["other_training"] == 360


def test_export_restore_and_forget(run: Run, log: Path, tmp_path: Path) -> None:
    run("import", log, "--units", "kg")
    out, new = tmp_path / "out.zip", tmp_path / "new.db"
    assert run("export", out, "--json").json["rows"]["sets"] == 108
    with zipfile.ZipFile(out) as archive:
        assert len(archive.read("sets.jsonl").decode().splitlines()) == 108
    assert run("restore", out, "--journal", new, "--json").json["rows"]["sets"] == 108
    assert run("load", "--json").json == run("load", "--json", "--journal", new).json
    assert run("forget", "--all", "--json").code == 0
    assert run("load").code == 1
    assert run("load", "--journal", new).code == 0


def test_names_from_files_are_shown_as_they_stand(run: Run, log: Path) -> None:
    log.write_text(log.read_text().replace("Squat (Barbell)", "[bold red]x[/] :smile: \x1b[31m=1+1"))
    run("import", log)
    shown = run("names", "list").out
    assert "[bold red]x[/] :smile:" in shown and "\x1b[31m" not in shown


def test_demo_shows_truth_beside_answer_and_touches_no_journal(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    ran = run("demo", "--folder", folder, "--json").json
    assert ran["simulated"] is True
    assert [file["reader"] for file in ran["files"]] == ["strong", "diary"]
    assert all(file["problems"] == [] and not file["unmapped"] for file in ran["files"])
    effect = ran["answer"]["effects"][0]
    assert effect["verdict"] == "worse" and effect["lo90"] < ran["truth"]["points"] < effect["hi90"]
    assert not (tmp_path / "home").exists()
    assert run("demo", "--folder", folder, "--journal", folder / "demo.db").code == 2, "it is not empty any more"


def test_demo_says_that_it_is_simulated(run: Run, tmp_path: Path) -> None:
    out = run("demo", "--folder", tmp_path / "demo").out
    assert "SIMULATED" in out and "put in" in out and "found" in out
    assert max(len(line) for line in out.splitlines()) <= 80 or str(tmp_path) in out


def test_every_command_takes_journal_and_json(run: Run) -> None:
    commands = [
        "import",
        "check-in",
        "log",
        "profile",
        "load",
        "set",
        "days",
        "answer",
        "demo",
        "export",
        "restore",
        "forget",
    ]
    for command in [*([name] for name in commands), ["names", "list"], ["names", "set"]]:
        shown = run(*command, "--help").out
        assert "--journal" in shown and "--json" in shown, command


@pytest.mark.parametrize("arguments", [("--help",), ("names",)])
def test_help_shows_what_there_is(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 0 and ran.err == "" and "Commands:" in ran.out
    assert "..." not in ran.out.split("Commands:")[1], "each command's line fits"


def test_the_program_runs_as_a_module_and_says_its_version() -> None:
    ran = subprocess.run([sys.executable, "-m", "backstory", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("backstory ")
    assert json.loads(json.dumps(ran.stderr)) == ""

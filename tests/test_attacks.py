"""Hostile files, careless hands, broken disks: one clear line, nothing lost, nothing of others changed."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from backstory.readers import hevy
from conftest import Run
from test_readers_damage import HEADERS, ROW, strong_file, write

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def daily(tmp_path: Path, load: Callable[[int], float], pain: Callable[[int], float]) -> list[Path]:
    days = [(date(2025, 1, 1) + timedelta(days=n)).isoformat() for n in range(200)]
    rows = [ROW.format(n=1).replace("2026-03-02", d).replace("80.0", str(load(n))) for n, d in enumerate(days)]
    diary = write(tmp_path / "diary.csv", "date,pain,when", *(f"{d},{pain(n)},morning" for n, d in enumerate(days)))
    return [strong_file(tmp_path / "log.csv", *rows), diary]


@pytest.mark.parametrize("kg", [80, 81.3, 100])
def test_the_same_load_every_day_is_not_enough_data(run: Run, tmp_path: Path, kg: float) -> None:
    run("import", *daily(tmp_path, lambda n: kg, lambda n: n % 5), "--units", "kg")
    ran = run("answer", "--json")
    assert ran.json["verdict"] == "not enough data" and "does not vary enough" in ran.json["text"]


@pytest.mark.parametrize("pain", [0.1, 3, 3.3, 7.7])
def test_the_same_pain_every_day_is_not_enough_data(run: Run, tmp_path: Path, pain: float) -> None:
    run("import", *daily(tmp_path, lambda n: 60 + n % 3, lambda n: pain), "--units", "kg")
    assert "every score is the same" in run("answer", "--json").json["text"]


def test_a_body_mass_that_nobody_has_is_a_problem_of_its_line(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "d.csv", "date,pain,body_mass_kg", "2026-03-01,3,0", "2026-03-02,3,310", "2026-03-03,3,80")
    assert [p["line"] for p in run("import", path, "--json").json["files"][0]["problems"]] == [2, 3]
    assert run("days").code == 0


def test_another_unit_in_the_app_doubles_nothing(run: Run, tmp_path: Path) -> None:
    for unit, weights in (("weight_kg", (60, 62.5, 100)), ("weight_lbs", (132.277, 137.789, 220.462))):
        header = HEADERS[hevy].replace("weight_kg", unit)
        rows = [f'Legs,"8 Apr 2026, 16:50",,,Squat,,,{n},normal,{kg},5,,,' for n, kg in enumerate(weights)]
        file = run("import", write(tmp_path / f"{unit}.csv", header, *rows), "--json").json["files"][0]
    assert file["new_sets"] == 0


def test_sessions_of_the_same_minute_count_whatever_their_order(run: Run, tmp_path: Path) -> None:
    a, b = ROW.format(n=1), ROW.format(n=1).replace("Legs", "Arms").replace("80.0", "20.0")
    assert run("import", strong_file(tmp_path / "1.csv", a, a, a), "--json").json["files"][0]["new_sets"] == 3
    both = strong_file(tmp_path / "2.csv", b, b, a, a, a)
    assert run("import", both, "--json").json["files"][0]["new_sets"] == 2


@posix
def test_files_of_others_keep_their_content_and_rights(run: Run, tmp_path: Path) -> None:
    text, database, fifo = tmp_path / "log.csv", tmp_path / "other.db", tmp_path / "pipe"
    text.write_text("date,pain\n")
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    os.mkfifo(fifo)
    for path in (text, database):
        path.chmod(0o644)
        before = path.read_bytes()
        ran = run("days", "--journal", path)
        assert ran.code == 2 and ran.err.count("\n") == 1 and "nothing was changed" in ran.err
        assert path.read_bytes() == before and path.stat().st_mode & 0o777 == 0o644
    assert run("days", "--journal", fifo).code == run("days", "--journal", os.devnull).code == 2
    assert "no ordinary file" in run("import", fifo).err


def test_a_broken_journal_is_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "j.db"
    run("check-in", "--pain", "3", "--journal", path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    for arguments in (("days",), ("check-in", "--pain", "3"), ("answer",), ("profile",)):
        ran = run(*arguments, "--journal", path)
        assert ran.code == 2 and ran.err.count("\n") == 1, ran


@pytest.mark.parametrize(
    "url",
    [
        "postgresqll://alice:s3cret@h/db", "postgresql://alice:s3cret@h:port/db", "postgresql://a:s3cret@[::1/db",
        "postgresql://127.0.0.1:1/db?user=a&password=s3cret", "postgresql://alice:x@s3cret@127.0.0.1:1/db",
        "sqlite:///x.db?timeout=s3cret", "~nosuchuser/s3cret.db",
    ],
)  # fmt: skip
def test_no_password_is_ever_shown(run: Run, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("days", "--journal", url)
    assert ran.code == 2 and ran.err.count("\n") == 1
    assert "s3cret" not in ran.err or url.startswith(("sqlite", "~"))


def test_broken_archives_cost_only_themselves(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    strong_file(folder / "a.csv", ROW.format(n=1))
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr(".hidden", "x")
    with zipfile.ZipFile(folder / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.csv", "\n".join([HEADERS[hevy]] * 200))
    broken = bytearray((folder / "c.zip").read_bytes())
    broken[60:70] = b"\xff" * 10
    (folder / "c.zip").write_bytes(bytes(broken))
    strong_file(folder / "d.csv", ROW.format(n=1).replace("2026", "2025"))
    files = run("import", folder, "--units", "kg", "--json").json["files"]
    assert [bool(file["reader"]) for file in files] == [True, False, False, True]


def test_a_file_of_rubbish_is_given_up(run: Run, tmp_path: Path) -> None:
    path = strong_file(tmp_path / "a.csv", *["1"] * 30_000)
    ran = run("import", path)
    assert ran.code == 2 and "right file" in ran.err


@pytest.mark.parametrize("duration", ["9" * 400 + ":00:00", "99999999999h", "9" * 400 + "h", "soon"])
def test_a_session_is_not_lost_for_how_long_it_took(run: Run, tmp_path: Path, duration: str) -> None:
    path = strong_file(tmp_path / "a.csv", ROW.format(n=1).replace("1h", duration))
    assert run("import", path, "--units", "kg", "--json").json["files"][0]["new_sets"] == 1
    assert run("days", "--json").code == 0


def test_a_stray_nul_costs_one_line(run: Run, tmp_path: Path) -> None:
    path = strong_file(
        tmp_path / "a.csv", *[ROW.format(n=n) for n in range(50)], ROW.format(n=1).replace("80.0", "8\0")
    )
    file = run("import", path, "--units", "kg", "--json").json["files"][0]
    assert file["new_sets"] == 50 and [problem["line"] for problem in file["problems"]] == [52]


def test_text_that_is_no_unicode_or_moves_the_cursor_is_made_plain(run: Run, tmp_path: Path) -> None:
    assert run("check-in", "--pain", "3", "--note", "a\udcff", "--json").json["check_in"]["note"] == "a?"
    assert "\x1b" not in run("log", "run\x1b[31m", "--minutes", "5").out
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("\x1b[31mlog.csv", "nothing")
    assert "\x1b" not in run("import", tmp_path / "a.zip").err


def test_demo_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "strong.csv").write_text("mine")
    assert run("demo", "--folder", tmp_path).code == 2
    assert (tmp_path / "strong.csv").read_text() == "mine"
    assert run("demo", "--folder", tmp_path / "strong.csv").code == 2


CHANGES: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "pain 99": ("check_ins", lambda row: row.update(pain=99)),
    "infinite pain": ("check_ins", lambda row: row.update(pain=float("inf"))),
    "noon": ("check_ins", lambda row: row.update(when="noon")),
    "moon": ("check_ins", lambda row: row.update(where="moon")),
    "year 9999": ("sessions", lambda row: row.update(day="9999-12-31")),
    "heavy": ("sets", lambda row: row.update(load_kg=1e300)),
    "not a number": ("sets", lambda row: row.update(reps=float("nan"))),
    "wrong type": ("sets", lambda row: row.update(reps="5")),
    "mass": ("profile", lambda row: row.update(name="body_mass_kg", value="abc")),
    "unit": ("profile", lambda row: row.update(name="units", value="stone")),
    "huge id": ("sets", lambda row: row.update(id=10**30)),
    "steps": ("measures", lambda row: row.update(value=-1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_export_is_restored_whole_or_not_at_all(run: Run, tmp_path: Path, change: str) -> None:
    diary = write(tmp_path / "d.csv", "date,pain,when,where,steps", "2026-03-01,3,morning,neck,5000")
    run("import", strong_file(tmp_path / "a.csv", ROW.format(n=1)), diary, "--units", "kg")
    run("export", tmp_path / "good.zip")
    table, spoil = CHANGES[change]
    with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            text = good.read(name).decode()
            if name == f"{table}.jsonl":
                row = json.loads(text.splitlines()[0])
                spoil(row)
                text = json.dumps(row) + "\n"
            bad.writestr(name, text)
    ran = run("restore", tmp_path / "bad.zip", "--journal", tmp_path / "new.db")
    assert ran.code == 2 and ran.err.count("\n") == 1
    assert run("restore", tmp_path / "good.zip", "--journal", tmp_path / "new.db").code == 0


@posix
def test_an_export_is_private_even_where_a_leftover_was_not(run: Run, tmp_path: Path) -> None:
    part = tmp_path / "out.zip.part"
    part.touch(mode=0o666)
    run("export", tmp_path / "out.zip")
    assert (tmp_path / "out.zip").stat().st_mode & 0o777 == 0o600


@posix
def test_a_reader_that_leaves_early_is_no_error(run: Run, tmp_path: Path) -> None:
    run("import", *daily(tmp_path, lambda n: 60 + n, lambda n: n % 5), "--units", "kg")
    command = f'"{sys.executable}" -m backstory days | head -1; exit ${{PIPESTATUS[0]}}'
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_many_hands_at_once_lose_nothing(tmp_path: Path) -> None:
    journal = str(tmp_path / "j.db")
    ended: list[tuple[int, str]] = []

    def check_in(pain: int) -> None:
        arguments = [sys.executable, "-m", "backstory", "check-in", "--pain", str(pain), "--journal", journal]
        ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
        ended.append((ran.returncode, ran.stderr))

    threads = [threading.Thread(target=check_in, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with sqlite3.connect(journal) as connection:
        assert ended == [(0, "")] * 6
        assert {row[0] for row in connection.execute("SELECT pain FROM check_ins")} == set(range(6))

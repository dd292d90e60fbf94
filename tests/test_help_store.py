"""Answers on when to get help in the journal: kept, dated, checked. Older journals and exports lose nothing."""

import json
import sqlite3
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command

from backstory.errors import InputError
from backstory.journal import Journal, open_journal
from backstory.model import CheckIn
from backstory.store import export, restore
from backstory.store.migrating import config
from backstory.store.opening import HEAD, _engine, _url
from backstory.store.store import WRITE
from backstory.store.tables import SINCE
from conftest import NOW

ANSWERS = {"RF14": True, "RF01": False}
DAY = date(2026, 11, 19)


def test_answers_and_visits_are_loaded_as_they_were_saved(journal: Journal) -> None:
    assert journal.store.help_first() == []
    journal.store.save_help_first(ANSWERS, None, NOW)
    journal.store.save_help_first({}, DAY, NOW + timedelta(days=1))
    journal.store.save_help_first({"RF25": True}, DAY, NOW + timedelta(hours=1))
    assert journal.store.help_first() == [
        (NOW, ANSWERS, None),
        (NOW + timedelta(days=1), {}, DAY),
        (NOW + timedelta(hours=1), {"RF25": True}, DAY),
    ]


@pytest.mark.parametrize(
    ("answers", "seen_on"),
    [
        ({}, None),
        ({"RF1": True}, None),
        ({"=cmd": True}, None),
        ({"RF01": 1}, None),
        ({"RF01": "yes"}, None),
        ({"RF01": True}, date(2026, 11, 22)),
        ({"RF01": True}, date(1900, 1, 1)),
    ],
)
def test_what_cannot_be_is_not_saved(journal: Journal, answers: dict[str, bool], seen_on: date | None) -> None:
    with pytest.raises(InputError):
        journal.store.save_help_first(answers, seen_on, NOW)
    assert journal.store.is_empty()


def filled(path: Path) -> None:
    with open_journal(str(path), clock=lambda: NOW) as journal:
        journal.store.add_check_in(CheckIn(DAY, 3.0, "morning", entered_at=NOW), NOW)
        journal.store.save_help_first(ANSWERS, DAY, NOW)


def test_an_export_brings_them_back_and_forgetting_deletes_them(tmp_path: Path) -> None:
    filled(tmp_path / "old.db")
    with open_journal(str(tmp_path / "old.db")) as old, open_journal(str(tmp_path / "new.db")) as new:
        counts = export(old.store, tmp_path / "out.zip")
        assert counts["help_first"] == 1
        assert restore(new.store, tmp_path / "out.zip") == counts
        assert new.store.help_first() == old.store.help_first() == [(NOW, ANSWERS, DAY)]
        old.store.clear()
        assert old.store.is_empty() and old.store.help_first() == []


@pytest.mark.parametrize(
    "change",
    [
        {"answers": "{}", "seen_on": None},
        {"answers": "[]"},
        {"answers": "{"},
        {"answers": '{"RF01": 1}'},
        {"answers": '{"elbow": true}'},
        {"answers": "[" * 99_999},
        {"seen_on": "2026-12-24"},
        {"seen_on": "soon"},
        {"asked_at": None},
    ],
)
def test_an_export_with_what_cannot_be_restores_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    filled(tmp_path / "old.db")
    with open_journal(str(tmp_path / "old.db")) as old:
        export(old.store, tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(tmp_path / "odd.zip", "w") as odd:
        for name in good.namelist():
            text = good.read(name).decode()
            if name == "help_first.jsonl":
                text = json.dumps(json.loads(text) | change) + "\n"
            odd.writestr(name, text)
    with open_journal(str(tmp_path / "new.db")) as new:
        with pytest.raises(InputError, match="no whole export"):
            restore(new.store, tmp_path / "odd.zip")
        assert new.store.is_empty()


@pytest.mark.parametrize("schema", ["0001", "0002"])
def test_an_export_from_before_them_is_restored_whole(tmp_path: Path, schema: str) -> None:
    filled(tmp_path / "old.db")
    with open_journal(str(tmp_path / "old.db")) as old:
        export(old.store, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as now, zipfile.ZipFile(tmp_path / "then.zip", "w") as then:
        for name in now.namelist():
            if SINCE.get(name.removesuffix(".jsonl"), schema) <= schema:
                then.writestr(name, now.read(name).decode().replace(f'"schema": "{HEAD}"', f'"schema": "{schema}"'))
    assert f"{schema}" in zipfile.ZipFile(tmp_path / "then.zip").read("backstory.json").decode()
    with open_journal(str(tmp_path / "new.db")) as new:
        counts = restore(new.store, tmp_path / "then.zip")
        assert counts["check_ins"] == 1 and counts["help_first"] == 0
        new.store.save_help_first(ANSWERS, None, NOW)
        assert len(new.store.help_first()) == 1


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_an_older_journal_moves_on_with_all_its_data(tmp_path: Path, version: str) -> None:
    path = tmp_path / "journal.db"
    engine = _engine(_url(str(path)))
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        command.upgrade(config(connection), version)
    engine.dispose()
    with sqlite3.connect(path) as file:
        tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert "help_first" not in tables
        file.execute(
            "INSERT INTO profile (name, value, made_at) VALUES ('birth_year', '1990', '2026-01-01 10:00:00.000000')"
        )
    with open_journal(str(path)) as journal:
        assert journal.store.profile() == {"birth_year": "1990"}
        journal.store.save_help_first(ANSWERS, DAY, NOW)
    with open_journal(str(path)) as journal:
        assert journal.store.help_first() == [(NOW, ANSWERS, DAY)]


def test_moments_are_kept_in_utc(journal: Journal) -> None:
    moment = datetime.fromisoformat("2026-05-01T08:00:00+02:00")
    journal.store.save_help_first(ANSWERS, None, moment)
    assert journal.store.help_first()[0].asked_at == moment.astimezone(UTC)

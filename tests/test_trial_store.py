"""Self-trials and past answers in the journal: kept whole, dated, checked. Older journals and exports lose nothing."""

import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select

from backstory.cause import draw_schedule
from backstory.errors import InputError, JournalError
from backstory.journal import Journal, open_journal
from backstory.model import CheckIn, PastAnswer, Trial, TrialArm
from backstory.store import export, open_store, restore
from backstory.store.migrating import config
from backstory.store.opening import HEAD, _engine, _url
from backstory.store.store import WRITE
from backstory.store.tables import FIRST, SINCE, metadata
from conftest import NOW

STARTS = date(2026, 3, 2)
TRIAL = Trial(
    question="heavy-hinging", title="heavy hinging against “light” hinging",
    arms=(TrialArm("heavy", "Go heavy, ä.", 10.0, 20.5), TrialArm("light", "Go light.", None, 5.0)),
    usual_range="As usual.", measure="load_hinge", usual_pain=2.5, told=("18 or older", "not pregnant"),
    worth_knowing=1.0, smallest_effect=None, starts=STARTS, days=84, block_days=4, schedule=draw_schedule(84, 4, 1),
    seed=1, started_at=NOW,
)  # fmt: skip
ANSWER = PastAnswer(NOW, "load", "worse", {"program": "0.1.0", "model": "1"}, "abc123")


def test_a_trial_is_loaded_as_it_was_saved(journal: Journal) -> None:
    journal.store.save_trial(TRIAL)
    assert journal.store.trials() == [replace(TRIAL, id=1)]


def test_a_trial_ends_once(journal: Journal) -> None:
    journal.store.save_trial(TRIAL)
    assert journal.store.end_trial(1, STARTS + timedelta(days=9), "pain")
    assert not journal.store.end_trial(1, STARTS + timedelta(days=12), "by hand")
    assert not journal.store.end_trial(7, STARTS, "pain")
    (ended,) = journal.store.trials()
    assert (ended.ended_on, ended.ended_because) == (STARTS + timedelta(days=9), "pain")
    with pytest.raises(InputError):
        journal.store.save_trial(replace(TRIAL, starts=STARTS + timedelta(days=20)))
        journal.store.end_trial(2, STARTS, "pain")
    assert journal.store.trials()[1].ended_on is None


def test_two_trials_never_run_at_once_whoever_writes_first(journal: Journal) -> None:
    journal.store.save_trial(TRIAL)
    with pytest.raises(JournalError, match="Another self-trial"):
        journal.store.save_trial(replace(TRIAL, starts=TRIAL.last_day))
    journal.store.save_trial(replace(TRIAL, starts=TRIAL.last_day + timedelta(days=1)))
    assert len(journal.store.trials()) == 2


def test_the_last_answer_about_an_exposure_is_remembered(journal: Journal) -> None:
    assert journal.store.last_answer("load") is None
    later = replace(ANSWER, verdict="no clear effect", versions={"model": "2"}, asked_at=NOW + timedelta(days=7))
    for answer in (ANSWER, replace(ANSWER, exposure="sleep_h"), later):
        journal.store.save_answer(answer)
    assert journal.store.last_answer("load") == later
    assert journal.store.last_answer("sleep_h") == replace(ANSWER, exposure="sleep_h")


@pytest.mark.parametrize("change", [{"exposure": ""}, {"verdict": ""}, {"fingerprint": ""}, {"versions": {"model": 1}}])
def test_a_past_answer_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        replace(ANSWER, **change)


def test_trials_and_answers_are_dated(journal: Journal) -> None:
    journal.store.save_trial(TRIAL)
    journal.store.save_answer(ANSWER)
    with journal.store.read() as connection:
        for table, column in (("trials", "started_at"), ("answers", "asked_at")):
            (moment,) = connection.execute(select(metadata.tables[table].c[column])).scalars()
            assert moment.replace(tzinfo=UTC) == NOW


def filled(path: Path) -> None:
    with open_journal(str(path), clock=lambda: NOW) as journal:
        journal.store.add_check_in(CheckIn(STARTS, 3.0, "morning", entered_at=NOW), NOW)
        journal.store.save_trial(TRIAL)
        journal.store.end_trial(1, STARTS + timedelta(days=9), "pain")
        journal.store.save_answer(ANSWER)


def test_an_export_brings_trials_and_answers_back_and_forgetting_deletes_them(tmp_path: Path) -> None:
    filled(tmp_path / "old.db")
    with open_journal(str(tmp_path / "old.db")) as old, open_journal(str(tmp_path / "new.db")) as new:
        counts = export(old.store, tmp_path / "out.zip")
        assert counts["trials"] == counts["answers"] == 1
        assert restore(new.store, tmp_path / "out.zip") == counts
        assert new.store.trials() == old.store.trials()
        assert new.store.last_answer("load") == ANSWER
        old.store.clear()
        assert old.store.is_empty() and old.store.trials() == [] and old.store.last_answer("load") is None


def changed_export(source: Path, target: Path, table: str, change: dict[str, object]) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == f"{table}.jsonl":
                text = json.dumps(json.loads(text) | change) + "\n"
            new.writestr(name, text)


def parameters(**change: object) -> dict[str, object]:
    arms = [{"name": a.name, "text": a.text, "low": a.low, "high": a.high} for a in TRIAL.arms]
    told = {
        "title": "t", "arms": arms, "usual_range": "u", "measure": "m", "usual_pain": 2, "told": [],
        "worth_knowing": 1, "smallest_effect": None,
    }  # fmt: skip
    return {"parameters": json.dumps(told | change)}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("trials", {"schedule": "A" * 84}),
        ("trials", {"schedule": "=cmd"}),
        ("trials", {"days": 20}),
        ("trials", {"seed": -1}),
        ("trials", {"starts": "0001-01-01"}),
        ("trials", {"starts": "soon"}),
        ("trials", {"ended_because": None}),
        ("trials", {"ended_because": "boredom"}),
        ("trials", {"parameters": "[]"}),
        ("trials", {"parameters": "{"}),
        ("trials", {"parameters": "{}"}),
        ("trials", parameters(usual_pain=99)),
        ("trials", parameters(usual_pain="2")),
        ("trials", parameters(arms=[])),
        ("trials", parameters(arms=[{"name": "a"}, {"name": "b"}])),
        ("trials", parameters(arms=[{"name": "a", "text": "b", "low": "c", "high": None}] * 2)),
        ("trials", parameters(more=1)),
        ("answers", {"versions": "{"}),
        ("answers", {"versions": '{"model": 1}'}),
        ("answers", {"verdict": ""}),
        ("answers", {"asked_at": "never"}),
    ],
)
def test_an_export_with_what_cannot_be_restores_nothing(tmp_path: Path, table: str, change: dict[str, object]) -> None:
    filled(tmp_path / "old.db")
    with open_journal(str(tmp_path / "old.db")) as old:
        export(old.store, tmp_path / "good.zip")
    changed_export(tmp_path / "good.zip", tmp_path / "odd.zip", table, change)
    with open_journal(str(tmp_path / "new.db")) as new:
        with pytest.raises(InputError, match="no whole export"):
            restore(new.store, tmp_path / "odd.zip")
        assert new.store.is_empty()
        changed_export(tmp_path / "good.zip", tmp_path / "same.zip", "trials", parameters())
        assert restore(new.store, tmp_path / "same.zip")["trials"] == 1


def test_an_export_from_before_the_trials_is_restored_whole(tmp_path: Path) -> None:
    filled(tmp_path / "old.db")
    with open_journal(str(tmp_path / "old.db")) as old:
        export(old.store, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as now, zipfile.ZipFile(tmp_path / "then.zip", "w") as then:
        for name in now.namelist():
            if name.removesuffix(".jsonl") not in SINCE:
                text = now.read(name).decode().replace(f'"schema": "{HEAD}"', '"schema": "0001"')
                then.writestr(name, text)
    with open_journal(str(tmp_path / "new.db")) as new:
        counts = restore(new.store, tmp_path / "then.zip")
        assert counts["check_ins"] == 1 and counts["trials"] == counts["answers"] == 0
        new.store.save_trial(TRIAL)


def test_a_table_that_an_export_should_have_may_not_be_missing(tmp_path: Path) -> None:
    filled(tmp_path / "old.db")
    with open_journal(str(tmp_path / "old.db")) as old:
        export(old.store, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as whole, zipfile.ZipFile(tmp_path / "cut.zip", "w") as cut:
        for name in whole.namelist():
            if name != "trials.jsonl":
                cut.writestr(name, whole.read(name))
    with open_journal(str(tmp_path / "new.db")) as new:
        with pytest.raises(InputError, match="no whole export"):
            restore(new.store, tmp_path / "cut.zip")
        assert new.store.is_empty()


def journal_of_the_first_version(path: Path) -> None:
    """A journal as the first migration made it, with a check-in, an entry of the profile and a session in it."""
    engine = _engine(_url(str(path)))
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        command.upgrade(config(connection), "0001")
    engine.dispose()
    with sqlite3.connect(path) as file:
        tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {"alembic_version", *FIRST}
        made = "2026-01-01 10:00:00.000000"
        file.execute(
            'INSERT INTO check_ins (day, pain, "when", recalled, made_at) VALUES (?, 3, ?, 0, ?)',
            ("2026-01-01", "morning", made),
        )
        file.execute("INSERT INTO profile (name, value, made_at) VALUES ('birth_year', '1990', ?)", (made,))
        file.execute(
            "INSERT INTO sessions (source, key, day, title, made_at) VALUES ('strong', 'k', '2026-01-01', 'Legs', ?)",
            (made,),
        )


def test_a_journal_of_the_first_version_moves_on_with_all_its_data(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    journal_of_the_first_version(path)
    for _ in range(2):
        with open_journal(str(path)) as journal:
            (check_in,), (session,) = journal.store.check_ins(), journal.store.sessions()
            assert (check_in.day, check_in.pain, session.title) == (date(2026, 1, 1), 3.0, "Legs")
            assert journal.store.profile() == {"birth_year": "1990"}
    with open_journal(str(path)) as journal:
        journal.store.save_trial(TRIAL)
        journal.store.save_answer(ANSWER)
        assert len(journal.store.trials()) == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_a_migration_that_fails_leaves_the_old_journal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    journal_of_the_first_version(path)
    real = command.upgrade

    def half(settings: Any, revision: str) -> None:
        real(settings, revision)
        raise ValueError("the lights went out")

    monkeypatch.setattr(command, "upgrade", half)
    with pytest.raises(JournalError, match="lights"):
        open_store(str(path))
    monkeypatch.undo()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert connection.execute("SELECT COUNT(*) FROM check_ins").fetchone() == (1,)
    with open_journal(str(path)) as journal:
        assert len(journal.store.check_ins()) == 1 and journal.store.trials() == []


def test_a_moment_without_a_zone_is_taken_for_utc(journal: Journal) -> None:
    journal.store.save_answer(replace(ANSWER, asked_at=datetime(2026, 5, 1, 8, tzinfo=UTC)))
    found = journal.store.last_answer("load")
    assert found is not None and found.asked_at == datetime(2026, 5, 1, 8, tzinfo=UTC)

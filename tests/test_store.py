"""The journal on disk: private, all or nothing, the same after a round trip."""

import os
import sqlite3
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backstory.errors import InputError, JournalError
from backstory.journal import Journal, open_journal
from backstory.model import CheckIn, Measure, Session, Set
from backstory.store import export, open_store, restore
from backstory.store.migrating import config
from backstory.store.opening import HEAD
from backstory.store.tables import metadata
from conftest import NOW

SESSION = Session(
    "strong", date(2026, 3, 2),
    (Set("Squat (Barbell)", 80.0, 5.0, None, None, 8.5, "normal", "deep", 80.0), Set("Plank", duration_s=60.0)),
    datetime(2026, 3, 2, 18, 5), 3600.0, "Legs", "fine",
)  # fmt: skip
CHECK_IN = CheckIn(
    date(2026, 3, 3), 3.0, "morning", ("low-back-left", "leg-left"), ("ache",), True, 7.5, 6.0, "side", 8.0, 4.0, False,
    "no", "some", None, "stiff", datetime(2026, 3, 3, 7, 0, tzinfo=UTC),
)  # fmt: skip


DATED_BY = {"trials": "started_at", "answers": "asked_at", "help_first": "asked_at"}


def save(journal: Journal, *sessions: Session, correct_units: bool = False) -> int:
    return journal.store.save_import("a.csv", "strong", sessions, (), (), NOW, correct_units).sets


def test_what_is_saved_is_loaded(journal: Journal) -> None:
    measure = Measure(date(2026, 3, 1), "steps", 5000.0)
    journal.store.save_import("a.csv", "strong", [SESSION], [CHECK_IN], [measure], NOW)
    assert journal.store.sessions() == [SESSION]
    assert journal.store.check_ins() == [CHECK_IN]
    assert journal.store.measures() == [measure]


def test_saving_again_adds_nothing_and_growth_adds_the_new_sets(journal: Journal) -> None:
    assert save(journal, SESSION) == 2
    assert save(journal, SESSION) == 0
    grown = replace(SESSION, sets=(*SESSION.sets, SESSION.sets[0], Set("Plank", duration_s=45.0)))
    assert save(journal, grown) == 2
    assert save(journal, SESSION, grown) == 2, "what began in the same minute counts together"
    assert len(journal.store.sessions()[0].sets) == 6


def test_identical_sets_are_counted(journal: Journal) -> None:
    twice = replace(SESSION, sets=(SESSION.sets[0],) * 2)
    assert save(journal, twice) == 2
    assert save(journal, replace(SESSION, sets=(SESSION.sets[0],) * 3)) == 1


def test_another_unit_corrects_loads_only_when_asked(journal: Journal) -> None:
    save(journal, SESSION)
    pounds = replace(SESSION, sets=(replace(SESSION.sets[0], load_kg=36.3), SESSION.sets[1]))
    assert save(journal, pounds) == 0
    assert journal.store.sessions()[0].sets[0].load_kg == 80
    assert save(journal, pounds, correct_units=True) == 0
    assert journal.store.sessions()[0].sets[0].load_kg == 36.3


def test_a_failure_leaves_nothing_of_the_file(journal: Journal) -> None:
    broken = replace(SESSION, sets=(SESSION.sets[0], Set(None)))  # type: ignore[arg-type]
    with pytest.raises(Exception, match="exercise_name"):
        save(journal, broken)
    assert journal.store.is_empty()


def test_every_entry_keeps_when_it_was_made(journal: Journal) -> None:
    journal.store.save_import("a.csv", "strong", [SESSION], [CHECK_IN], [], NOW)
    journal.store.set_profile({"sex": "female"}, NOW)
    with journal.store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            own = table.c.get(DATED_BY.get(table.name, "made_at"))
            dated = metadata.tables["imports"].c.made_at if own is None else own
            assert dated.nullable is False
            assert own is not None or table.c.import_id.nullable is False
            for moment in connection.execute(select(dated)).scalars():
                assert moment.replace(tzinfo=UTC) == NOW, table.name


@pytest.mark.parametrize(("late", "recalled"), [(timedelta(hours=35), False), (timedelta(hours=37), True)])
@pytest.mark.parametrize(("when", "hour"), [("morning", 8), ("evening", 20), (None, 20)])
def test_a_score_is_recalled_after_36_hours(late: timedelta, recalled: bool, when: str | None, hour: int) -> None:
    about = datetime(2026, 3, 3, hour).astimezone()
    assert replace(CHECK_IN, when=when, entered_at=(about + late).astimezone(UTC)).recalled is recalled


def test_a_score_given_later_counts_even_when_an_older_diary_is_imported_after_it(journal: Journal) -> None:
    mended = replace(CHECK_IN, pain=1.0, entered_at=NOW)
    journal.store.add_check_in(mended, NOW)
    journal.store.save_import("d.csv", "diary", [], [CHECK_IN], [], NOW + timedelta(days=1))
    assert journal.store.check_ins() == [CHECK_IN, mended]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_the_owner_can_read_the_journal_its_side_files_and_exports(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "journal.db"
    with open_journal(str(path)) as journal:
        save(journal, SESSION)
        export(journal.store, tmp_path / "out.zip")
        files = [*path.parent.iterdir(), tmp_path / "out.zip"]
        assert len(files) > 2
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_sqlite_is_durable_and_checks_references(journal: Journal) -> None:
    with journal.store.engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


def test_the_migrations_make_the_tables_that_the_program_uses(journal: Journal) -> None:
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD
    with journal.store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_files_that_are_no_journal_are_refused_unchanged(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("not a database, but long enough to look at " * 50)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = {path: path.read_bytes() for path in (text, other)}
    for path in before:
        with pytest.raises(JournalError) as refused:
            open_store(str(path))
        assert "\n" not in str(refused.value)
    assert text.read_bytes() == before[text]
    with sqlite3.connect(other) as connection:
        assert [row[0] for row in connection.execute("SELECT name FROM sqlite_master")] == ["recipes"]


def test_a_journal_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    open_store(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(JournalError, match="newer Backstory"):
        open_store(str(path))


@pytest.mark.parametrize("url", ["nonsense://x", "/proc/nowhere/journal.db", "postgresql://u:secret@127.0.0.1:1/none"])
def test_a_place_that_cannot_hold_a_journal_is_named_without_its_password(url: str) -> None:
    with pytest.raises(JournalError) as refused:
        open_store(url)
    assert "secret" not in str(refused.value) and "\n" not in str(refused.value)


def filled(journal: Journal) -> None:
    journal.store.save_import("ä.csv", "strong", [SESSION], [CHECK_IN], [Measure(date(2026, 3, 1), "steps", 5.0)], NOW)
    journal.store.set_profile({"sex": "female", "height_cm": "170"}, NOW)
    journal.store.set_name("My lift", "lift my", "deadlift", NOW)


def test_an_export_brings_everything_back(journal: Journal, tmp_path: Path) -> None:
    filled(journal)
    out = tmp_path / "out.zip"
    counts = export(journal.store, out)
    with open_journal(str(tmp_path / "new.db")) as new:
        assert restore(new.store, out) == counts
        for load in ("sessions", "check_ins", "measures", "profile", "names"):
            assert getattr(new.store, load)() == getattr(journal.store, load)()
        assert save(new, SESSION) == 0, "importing again still adds nothing"
        export(new.store, tmp_path / "again.zip")
    with zipfile.ZipFile(out) as one, zipfile.ZipFile(tmp_path / "again.zip") as two:
        assert {n: one.read(n) for n in one.namelist()} == {n: two.read(n) for n in two.namelist()}


def test_restore_needs_an_empty_journal(journal: Journal, tmp_path: Path) -> None:
    filled(journal)
    export(journal.store, tmp_path / "out.zip")
    with pytest.raises(JournalError, match="not empty"):
        restore(journal.store, tmp_path / "out.zip")


def test_a_damaged_export_restores_nothing(journal: Journal, tmp_path: Path) -> None:
    filled(journal)
    good, cut, other, missing, odd = (tmp_path / f"{name}.zip" for name in ("good", "cut", "other", "missing", "odd"))
    export(journal.store, good)
    cut.write_bytes(good.read_bytes()[:-200])
    other.write_text("not a zip")
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(odd, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'"load_kg": 80.0', b'"load_kg": "=cmd"'))
    with open_journal(str(tmp_path / "new.db")) as new:
        for path in (cut, other, missing):
            with pytest.raises(InputError):
                restore(new.store, path)
            assert new.store.is_empty()


def test_an_export_of_a_newer_program_says_so(journal: Journal, tmp_path: Path) -> None:
    filled(journal)
    export(journal.store, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(f'"schema": "{HEAD}"'.encode(), b'"schema": "9999"'))
    with (
        open_journal(str(tmp_path / "new.db")) as empty,
        pytest.raises(InputError, match="newer; update first"),
    ):
        restore(empty.store, tmp_path / "new.zip")


def test_forgetting_leaves_no_trace_in_the_file(journal: Journal, tmp_path: Path) -> None:
    filled(journal)
    journal.store.clear()
    assert journal.store.is_empty()
    journal.store.close()
    for file in tmp_path.glob("journal.db*"):
        assert b"Squat" not in file.read_bytes()


@pytest.mark.skipif(
    "BACKSTORY_TEST_DATABASE" not in os.environ, reason="needs BACKSTORY_TEST_DATABASE, an empty server database"
)
def test_a_server_database_works_like_a_file(tmp_path: Path) -> None:
    url = os.environ["BACKSTORY_TEST_DATABASE"]
    with open_journal(url) as journal:
        journal.store.clear()
        filled(journal)
        assert journal.store.sessions() == [SESSION] and journal.store.check_ins() == [CHECK_IN]
        export(journal.store, tmp_path / "out.zip")
        with journal.store.write() as connection:
            metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
    with open_journal(url) as journal:
        restore(journal.store, tmp_path / "out.zip")
        assert save(journal, SESSION) == 0
        assert save(journal, replace(SESSION, started_at=datetime(2026, 3, 5, 18, 0))) == 2
        journal.store.clear()


some_sets = st.lists(
    st.builds(
        Set,
        st.sampled_from(["Squat", "Plank"]),
        reps=st.sampled_from([None, 5.0]),
        logged_load=st.sampled_from([None, 80.0]),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_sets, st.integers(0, 12), st.integers(0, 3))
def test_a_log_that_grew_ends_as_if_it_had_been_imported_once(
    journal: Journal, sets: list[Set], first: int, again: int
) -> None:
    journal.store.clear()
    whole = replace(SESSION, sets=tuple(sets))
    added = [save(journal, replace(SESSION, sets=tuple(sets[:first])))]
    added += [save(journal, whole) for _ in range(again + 1)]
    assert sum(added) == len(sets) and added[2:] == [0] * again
    held = [one for session in journal.store.sessions() for one in session.sets]
    assert Counter(held) == Counter(sets)

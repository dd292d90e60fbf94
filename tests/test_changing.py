"""What was recorded can be changed, removed and brought back; nothing is lost, and an import brings nothing back."""

import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from backstory import store
from backstory.errors import BackstoryError, InputError
from backstory.journal import Journal, open_journal
from backstory.journal.entering import check_in
from backstory.journal.keeping import export_bytes, forget, restore
from backstory.journal.loading import day_table
from backstory.journal.recorded import change, entry, last_change, recorded, remove, undo
from backstory.journal.training import log_set, unlog_set
from backstory.model import Bout, CheckIn, Limits, Measure, Outcome, Session, Set
from conftest import NOW
from test_recorded import DAY, SQUATS, TODAY, full

__all__ = ["full"]  # a fixture, which pytest finds by its name here
DIARY = [
    CheckIn(TODAY - 2 * DAY, 5.0, "morning", ("low-back-left",), note="After GARDENING"),
    CheckIn(TODAY - 2 * DAY, 4.0, "morning", entered_at=NOW - 2 * DAY),
]
STEPS = [Measure(TODAY - DAY, "steps", 5000.0)]


@pytest.fixture(params=["file", "server"])
def either(request: pytest.FixtureRequest, journal: Journal) -> Iterator[Journal]:
    """A journal in a file, and one on a server where there is one."""
    if request.param == "file":
        yield journal
        return
    if "BACKSTORY_TEST_DATABASE" not in os.environ:
        pytest.skip("needs BACKSTORY_TEST_DATABASE, an empty server database")
    with open_journal(os.environ["BACKSTORY_TEST_DATABASE"], clock=lambda: NOW) as opened:
        opened.store.clear()
        yield opened
        opened.store.clear()


def bring(journal: Journal, *sessions: Session, correct_units: bool = False) -> tuple[int, int, int]:
    saved = journal.store.save_import("a.csv", "strong", sessions or [SQUATS], DIARY, STEPS, NOW, correct_units)
    return saved.sets, saved.check_ins, saved.measures


def only(journal: Journal, kind: str, query: str = "") -> str:
    return recorded(journal, query, kind).entries[0].id


def rows(journal: Journal) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the changes."""
    with zipfile.ZipFile(BytesIO(export_bytes(journal))) as out:
        names = [name for name in out.namelist() if name.endswith(".jsonl") and name != "changes.jsonl"]
        return {name: [json.loads(line) for line in out.read(name).decode().splitlines()] for name in names}


def squat_load(journal: Journal) -> float:
    return float(day_table(journal).table["load_squat"].to_dict()[pd.Timestamp(SQUATS.day)])


CHANGES: dict[str, dict[str, Any]] = {
    "check-in": {"pain": 7, "when": "morning", "where": ["low-back"], "day": "2026-11-18", "leg_symptoms": None},
    "session": {"title": "Leg day", "day": TODAY - 4 * DAY, "note": None, "duration_s": 1800, "effort": 7},
    "activity": {"title": "yoga", "duration_s": 600, "distance_km": None},
    "measure": {"value": 6000},
    "outcome": {"answers": {"pain": 2.0, "enjoyment": 2.0, "activity": 5.0}, "day": TODAY - DAY},
    "limits": {"keep": ["plank"], "avoid": [], "prescribed_by": "Dr Ä"},
    "bout": {"day": TODAY - 10 * DAY},
    "help-first": {"answers": {"RF02": True}, "seen_on": TODAY},
    "name": {"exercise_id": "squat"},
}


@pytest.mark.parametrize("kind", CHANGES)
def test_each_kind_is_changed_and_is_the_very_same_row_after_an_undo(full: Journal, kind: str) -> None:
    before, was = rows(full), entry(full, only(full, kind))
    made = change(full, was.id, CHANGES[kind])
    assert made is not None and made.before == was and made.after == entry(full, was.id) != was
    for name, value in CHANGES[kind].items():
        got = made.after.values[name]
        wanted = tuple(value) if isinstance(value, list) else value
        assert (got.isoformat() if isinstance(value, str) and name == "day" else got) == wanted, name
    assert last_change(full) == made
    undone = undo(full)
    assert undone.undone and undone.id == made.id
    assert rows(full) == before and entry(full, was.id) == was and last_change(full) is None


@pytest.mark.parametrize("kind", [*CHANGES, "set"])
def test_each_kind_is_removed_and_comes_back_as_it_was(full: Journal, kind: str) -> None:
    before = rows(full)
    of_it = recorded(full, kind="session").entries[-1].values["sets"][0]["id"] if kind == "set" else only(full, kind)
    was, page = entry(full, of_it), recorded(full).entries
    gone = remove(full, of_it)
    assert gone.before == was and gone.after is None
    with pytest.raises(InputError, match="no such entry"):
        entry(full, of_it)
    with pytest.raises(InputError, match="no such entry"):
        remove(full, of_it)
    with pytest.raises(InputError, match="no such entry"):
        change(full, of_it, {})
    undo(full, gone.id)
    assert rows(full) == before and recorded(full).entries == page


def test_what_was_removed_counts_nowhere_and_what_was_changed_counts_as_it_is(full: Journal) -> None:
    change(full, only(full, "outcome"), {"answers": {"pain": 2.0, "enjoyment": 2.0, "activity": 5.0}})
    assert full.store.entries(Outcome)[0].value == 3.0, "the value is reckoned anew"
    kinds = ("limits", "bout", "name", "help-first", "measure", "check-in", "check-in", "outcome")
    for kind in kinds:
        remove(full, only(full, kind))
    held = full.store
    assert held.entries(Limits) == [] and held.entries(Bout) == [] and held.entries(Outcome) == []
    assert not held.names() and not (held.help_first() or held.measures() or held.check_ins())
    squats = only(full, "session", "squat")
    heavy = squat_load(full)
    change(full, entry(full, squats).values["sets"][1]["id"], {"load_kg": 40.0})
    assert 0 < squat_load(full) < heavy
    remove(full, squats)
    assert all(session.day != SQUATS.day for session in held.sessions())


def test_a_session_moves_with_its_time_of_day_and_comes_back_with_its_sets(journal: Journal) -> None:
    bring(journal)
    session = only(journal, "session")
    change(journal, session, {"day": TODAY - 5 * DAY})
    (moved,) = journal.store.sessions()
    assert moved.started_at == datetime.combine(TODAY - 5 * DAY, datetime.min.time()) + timedelta(hours=18)
    remove(journal, session)
    assert journal.store.sessions() == []
    undo(journal)
    undo(journal)
    assert journal.store.sessions() == [SQUATS]


def test_a_session_without_its_last_set_is_gone_and_comes_back_with_it(journal: Journal) -> None:
    bring(journal)
    for one in entry(journal, only(journal, "session")).values["sets"]:
        remove(journal, one["id"])
    assert journal.store.sessions() == [] and recorded(journal, kind="activity").entries == ()
    undo(journal)
    assert [len(session.sets) for session in journal.store.sessions()] == [1]


def test_importing_again_brings_nothing_back_and_doubles_nothing(either: Journal) -> None:
    journal = either
    assert bring(journal) == (3, 2, 1)
    squats = entry(journal, only(journal, "session"))
    change(journal, squats.values["sets"][0]["id"], {"load_kg": 65.0, "reps": 6})
    change(journal, squats.values["sets"][0]["id"], {"load_kg": 70.0})
    remove(journal, squats.values["sets"][1]["id"])
    change(journal, squats.id, {"day": TODAY - 4 * DAY, "title": "Leg day"})
    newest, oldest = recorded(journal, kind="check-in").entries
    change(journal, newest.id, {"pain": 8.0, "when": "evening"})
    remove(journal, oldest.id)
    change(journal, only(journal, "measure"), {"value": 5500.0})
    before = rows(journal)
    assert bring(journal) == (0, 0, 0)
    after = rows(journal)
    assert after == before
    grown = replace(SQUATS, sets=(*SQUATS.sets, Set("Squat (Barbell)", 85.0, 3.0)))
    assert bring(journal, grown) == (1, 0, 0), "what is new in the file is still taken"
    remove(journal, squats.id)
    remove(journal, only(journal, "measure"))
    assert bring(journal, replace(grown, sets=(*grown.sets, Set("Plank", duration_s=60.0)))) == (0, 0, 0)
    assert journal.store.sessions() == [] and journal.store.measures() == []
    for _ in range(9):
        undo(journal)
    assert last_change(journal) is None
    (whole,) = journal.store.sessions()
    assert sorted(map(repr, whole.sets)) == sorted(map(repr, grown.sets))
    assert sorted(journal.store.check_ins(), key=lambda one: -(one.pain or 0)) == DIARY
    assert bring(journal, grown) == (0, 0, 0)


def test_searching_pages_and_ticks_are_the_same_on_a_server(either: Journal) -> None:
    bring(either)
    log_set(either, TODAY, "deadlift", 80, 5, tick="a")
    check_in(either, pain=2)
    for query, count in (("SQUAT", 1), ("ÜBERZÜGE", 1), ("50%", 1), ("gardening", 1), ("a_b 2026-11", 1), ("2026", 6)):
        assert len(recorded(either, query).entries) == count, query
    first = recorded(either, limit=2)
    rest = recorded(either, before=first.older, limit=10)
    assert first.entries + rest.entries == recorded(either).entries and rest.older is None
    stamp = either.stamp()
    undone = remove(either, only(either, "session", "squat"))
    assert either.stamp() != stamp
    undo(either, undone.id)
    assert len(either.store.sessions()) == 2


def test_another_unit_leaves_loads_alone_that_were_put_right_by_hand(journal: Journal) -> None:
    plain = replace(SQUATS, sets=tuple(replace(one, logged_load=one.load_kg) for one in SQUATS.sets))
    bring(journal, plain)
    sets = entry(journal, only(journal, "session")).values["sets"]
    change(journal, sets[0]["id"], {"load_kg": 61.0})
    change(journal, sets[1]["id"], {"reps": 4.0})
    pounds = replace(plain, sets=tuple(replace(one, load_kg=(one.load_kg or 0) / 2) for one in plain.sets))
    bring(journal, pounds, correct_units=True)
    held = journal.store.sessions()[0].sets
    assert [(one.load_kg, one.reps) for one in held] == [(61.0, 5.0), (40.0, 4.0), (5.0, 12.0)]
    undo(journal)
    assert journal.store.sessions()[0].sets[1] == pounds.sets[1], "the load stays put right when the other is undone"


def test_a_change_that_another_rests_on_is_undone_after_it(journal: Journal) -> None:
    bring(journal)
    of_it = only(journal, "measure")
    first, second = (change(journal, of_it, {"value": value}) for value in (6000.0, 7000.0))
    assert first is not None and second is not None
    with pytest.raises(InputError, match="changed again later"):
        undo(journal, first.id)
    undo(journal, second.id)
    with pytest.raises(InputError, match="undone already"):
        undo(journal, second.id)
    assert journal.store.measures()[0].value == 6000.0
    undo(journal, first.id)
    for wrong in (None, 99):
        with pytest.raises(InputError):
            undo(journal, wrong)
    assert journal.store.measures() == STEPS


def test_the_same_values_are_no_change(full: Journal) -> None:
    for kind in CHANGES:
        was = entry(full, only(full, kind))
        same = {name: was.values[name] for name in was.editable}
        assert change(full, was.id, same) is None, kind
    assert last_change(full) is None


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("check-in", {"pain": 11}, "Pain must be between 0 and 10, not 11."),
        ("check-in", {"pain": "3"}, "Pain must be a number."),
        ("check-in", {"pain": True}, "Pain must be a number."),
        ("check-in", {"pain": float("nan")}, "Pain must be a number."),
        ("check-in", {"where": "low-back"}, "Where must be a list of words."),
        ("check-in", {"where": ["moon"]}, "Where must be one of neck"),
        ("check-in", {"leg_symptoms": 1}, "Leg symptoms must be yes, no or nothing."),
        ("check-in", {"day": "soon"}, "Day must be a day such as 2026-03-14."),
        ("check-in", {"day": "2027-01-01"}, "still to come"),
        ("check-in", {"day": "1900-01-01"}, "cannot be a training day"),
        ("check-in", {"day": None}, "Day must be a day"),
        ("check-in", {"entered_at": None}, "Entered at cannot be changed here."),
        ("check-in", {"pain": None, "sleep_h": None, "leg_symptoms": None}, "needs something to say"),
        ("check-in", {"note": "x" * 5001}, "at most 5000 characters"),
        ("session", {"effort": 11}, "Effort must be between 0 and 10"),
        ("session", {"source": "x"}, "Source cannot be changed here."),
        ("activity", {"title": " "}, "Title must have 1 to 200 characters."),
        ("measure", {"value": None}, "Value must be a number."),
        ("measure", {"value": 1e9}, "Steps must be between 0 and 200000"),
        ("outcome", {"answers": {"pain": 99}}, "."),
        ("outcome", {"answers": {"pain": 5.0}}, "cannot be scored without"),
        ("outcome", {"answers": [5]}, "Answers must be answers by question."),
        ("limits", {"keep": ["nonsense-lift"]}, "There is no exercise"),
        ("limits", {"keep": ["plank"], "avoid": ["plank"]}, "cannot be both kept and avoided"),
        ("help-first", {"answers": {"RF99": True}}, "."),
        ("help-first", {"answers": {"RF01": 1}}, "."),
        ("help-first", {"answers": {}, "seen_on": None}, "Neither an answer nor a visit"),
        ("name", {"exercise_id": "nonsense-lift"}, "There is no exercise"),
        ("trial", {"title": "x"}, "Title cannot be changed here."),
        ("profile", {"value": "x"}, "Value cannot be changed here."),
        ("set", {"load_kg": 9999}, "Load (kg) must be between 0 and 2500, not 9999."),
        ("set", {"kind": "huge"}, "Kind must be one of normal"),
        ("set", {"exercise_name": ""}, "Exercise name must have 1 to 200 characters."),
        ("set", {"exercise_name": "x" * 201}, "Exercise name must have 1 to 200 characters."),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_changes_nothing(
    full: Journal, kind: str, values: dict[str, Any], message: str
) -> None:
    of_it = recorded(full, kind="session").entries[0].values["sets"][0]["id"] if kind == "set" else only(full, kind)
    before = rows(full)
    with pytest.raises(BackstoryError) as refused:
        change(full, of_it, values)
    assert message in str(refused.value) and "\n" not in str(refused.value)
    assert rows(full) == before and last_change(full) is None


@pytest.mark.parametrize("wrong", ["", "check-in", "check-in:", "check-in:x", "check-in:999", "check-in:-1", "trials:1",
                                   "session:1:2", "check-in:٣", "bout:1", "changes:1", "set:" + "9" * 30])  # fmt: skip
def test_an_id_that_names_nothing_is_refused(full: Journal, wrong: str) -> None:
    with pytest.raises(InputError, match="no such entry"):
        entry(full, wrong)
    with pytest.raises(InputError, match="no such entry"):
        remove(full, wrong)
    with pytest.raises(InputError, match="no such entry"):
        change(full, wrong, {"pain": 1})


def test_trials_and_the_profile_stay_on_record(full: Journal) -> None:
    for kind in ("trial", "profile"):
        with pytest.raises(InputError, match="stays on record"):
            remove(full, only(full, kind))


def test_a_set_that_was_taken_back_comes_back_by_an_undo_and_by_its_tick_alike(journal: Journal) -> None:
    one = log_set(journal, TODAY, "deadlift", 80, 5, tick="a")
    unlog_set(journal, one)
    undo(journal)
    assert log_set(journal, TODAY, "deadlift", 80, 5, tick="a") == one
    assert [len(session.sets) for session in journal.store.sessions()] == [1]
    unlog_set(journal, one)
    log_set(journal, TODAY, "deadlift", 85, 5, tick="a")
    done = last_change(journal)
    assert done is not None and done.after is not None and done.after.values["load_kg"] == 85
    undo(journal)
    assert journal.store.sessions()[0].sets[0].load_kg == 80


def test_an_export_keeps_the_changes_and_forgetting_forgets_them(full: Journal, tmp_path: Path) -> None:
    was = entry(full, only(full, "check-in"))
    remove(full, was.id)
    sent = export_bytes(full)
    with open_journal(str(tmp_path / "new.db"), clock=lambda: NOW) as new:
        restore(new, BytesIO(sent))
        assert bring(new)[1] == 1, "the other check-in of the diary alone is new"
        undo(new)
        assert entry(new, was.id) == was
        change(new, was.id, {"note": "a secret word"})
        undo(new)
        forget(new)
        assert new.store.is_empty() and last_change(new) is None
    for file in tmp_path.glob("new.db*"):
        assert b"secret word" not in file.read_bytes()


@pytest.mark.parametrize(
    "odd",
    [
        {"table_name": "profile"}, {"table_name": "alembic_version"}, {"before": "{"}, {"before": "{}"},
        {"after": "[]"},
        {"before": '{"id": 1, "removed_at": "never"}'}, {"before": '{"id": 1, "removed_at": null, "x": 1}'},
    ],
)  # fmt: skip
def test_an_export_with_a_change_that_cannot_be_restores_nothing(
    full: Journal, tmp_path: Path, odd: dict[str, object]
) -> None:
    from test_trial_store import changed_export

    remove(full, only(full, "check-in"))
    (tmp_path / "good.zip").write_bytes(export_bytes(full))
    changed_export(tmp_path / "good.zip", tmp_path / "odd.zip", "changes", odd)
    with open_journal(str(tmp_path / "new.db")) as new:
        with pytest.raises(InputError, match="no whole export"):
            restore(new, tmp_path / "odd.zip")
        assert new.store.is_empty()


def test_a_change_that_fails_half_way_leaves_everything(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(journal)

    def full_disk(_: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr("backstory.store.changing.as_json", full_disk)
    with pytest.raises(OSError, match="no space"):
        change(journal, only(journal, "measure"), {"value": 1.0})
    monkeypatch.undo()
    assert journal.store.measures() == STEPS and last_change(journal) is None


def test_a_journal_of_the_version_before_moves_on_with_its_sets(tmp_path: Path) -> None:
    from alembic import command

    from backstory.store.migrating import config
    from backstory.store.opening import _engine, _url
    from backstory.store.store import WRITE

    path = tmp_path / "journal.db"
    engine = _engine(_url(str(path)))
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        command.upgrade(config(connection), "0004")
    engine.dispose()
    made = "2026-01-01 10:00:00.000000"
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO imports VALUES (1, 'a.csv', 'strong', ?)", (made,))
        file.execute(
            "INSERT INTO sessions (id, import_id, source, key, day, made_at) VALUES (1, 1, 'strong', ?, ?, ?)",
            ("2026-01-01", "2026-01-01", made),
        )
        file.execute(
            "INSERT INTO sets (import_id, session_id, position, exercise_name, load_kg, reps, kind) "
            "VALUES (1, 1, 0, 'Squat (Barbell)', 80, 5, 'normal')"
        )
    with open_journal(str(path), clock=lambda: NOW) as journal:
        (session,) = journal.store.sessions()
        assert session.sets == (Set("Squat (Barbell)", 80.0, 5.0),)
        remove(journal, "set:1")
        assert bring(journal, session)[0] == 0
        undo(journal)
        assert journal.store.sessions() == [session]


def test_two_changes_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    path = str(tmp_path / "journal.db")
    with open_journal(path, clock=lambda: NOW) as journal:
        bring(journal)

        def add(_: int) -> None:
            def more(row: Mapping[str, Any]) -> Mapping[str, Any]:
                return {"value": row["value"] + 1.0}

            with open_journal(path, clock=lambda: NOW) as own:
                store.change(own.store, "measures", 1, more, NOW)

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(add, range(12)))
        assert journal.store.measures()[0].value == 5012.0
        for _ in range(12):
            undo(journal)
        assert journal.store.measures() == STEPS

"""Limits, measures and bouts come back as they were written, through an export too; old exports are understood."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from backstory.errors import InputError
from backstory.journal import Journal, open_journal
from backstory.model import Bout, CheckIn, Limits, Outcome
from backstory.store.backup import export, restore
from backstory.store.entries import entry_of
from backstory.store.opening import HEAD
from backstory.store.tables import LATER, SINCE
from conftest import NOW

DAY = date(2026, 3, 2)
LIMITS = Limits(DAY, ("bird_dog",), ("hinge",), "Dr Müller")
OUTCOME = Outcome(DAY, "peg", {"pain": 5.0, "enjoyment": 4.0, "activity": 6.0}, 5.0)
BOUT = Bout(DAY)


def filled(journal: Journal) -> None:
    for entry in (LIMITS, OUTCOME, BOUT, Bout(DAY, withdrawn=True)):
        journal.store.save_entry(entry, NOW)
    journal.store.add_check_in(CheckIn(DAY, 3.0, hurts=("bending", "lifting")), NOW)


def test_what_is_written_comes_back_each_kind_by_itself_and_through_an_export(journal: Journal, tmp_path: Path) -> None:
    filled(journal)
    export(journal.store, tmp_path / "out.zip")
    with open_journal(str(tmp_path / "new.db")) as new:
        restore(new.store, tmp_path / "out.zip")
        for store in (journal.store, new.store):
            assert store.entries(Limits) == [LIMITS]
            assert store.entries(Outcome) == [OUTCOME]
            assert store.entries(Bout) == [BOUT, Bout(DAY, withdrawn=True)]
            assert store.check_ins()[0].hurts == ("bending", "lifting")


def test_an_export_from_before_there_were_entries_is_restored(journal: Journal, tmp_path: Path) -> None:
    journal.store.add_check_in(CheckIn(DAY, 3.0), NOW)
    export(journal.store, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as new, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        for name in new.namelist():
            text, table = new.read(name).decode(), name.removesuffix(".jsonl")
            if name != table:
                later = {column for own, column in LATER if own == table}
                rows = [json.loads(line) for line in text.splitlines()]
                text = "\n".join(json.dumps({k: v for k, v in row.items() if k not in later}) for row in rows)
            if SINCE.get(table, "") <= "0003":
                old.writestr(name, text.replace(f'"schema": "{HEAD}"', '"schema": "0003"'))
    with open_journal(str(tmp_path / "new.db")) as restored:
        restore(restored.store, tmp_path / "old.zip")
        assert restored.store.check_ins() == [CheckIn(DAY, 3.0)]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("spell", "{}"), ("bout", "no"), ("bout", "[]"), ("bout", '{"withdrawn": 1}'), ("limits", '{"keep": []}'),
        ("limits", '{"keep": ["squat"], "avoid": ["squat"], "prescribed_by": ""}'),
        ("outcome", '{"measure": "", "answers": {}, "value": 1}'),
        ("outcome", '{"measure": "peg", "answers": {"pain": NaN}, "value": 1}'),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused(kind: str, content: str) -> None:
    with pytest.raises(InputError):
        entry_of({"kind": kind, "day": DAY, "content": content})

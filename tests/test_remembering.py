"""A journal that stays open knows what it has read, and never shows what is no longer so."""

from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from backstory.journal import Journal, open_journal, remembering
from backstory.journal.entering import check_in, check_ins_of
from backstory.journal.remembering import LOOKS_AGAIN_S, Remembering
from backstory.store import Store

DAY = date(2026, 11, 20)


@pytest.fixture
def kept(journal: Journal) -> Journal:
    return remembering.remembering(journal)


def test_a_table_is_read_once(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    check_in(kept, pain=3, when="morning")
    first = kept.store.check_ins()

    def never(_store: Store, _day: date | None = None) -> Any:
        raise AssertionError("read again")

    monkeypatch.setattr(Store, "check_ins", never)
    assert kept.store.check_ins() is first and len(first) == 1


def test_what_is_written_is_seen_at_once(kept: Journal) -> None:
    for n in range(1, 6):
        check_in(kept, pain=n, when="morning")
        assert [one.pain for one in kept.store.check_ins()] == list(range(1, n + 1))
        assert check_ins_of(kept, DAY)[-1].pain == n
        kept.store.set_profile({"birth_year": f"198{n}"}, kept.clock())
        assert kept.store.profile() == {"birth_year": f"198{n}"}


def test_what_another_program_writes_is_seen_soon(
    kept: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    assert kept.store.check_ins() == [] and not kept.store.profile()
    with open_journal(str(tmp_path / "journal.db"), clock=kept.clock) as other:
        check_in(other, pain=3, when="morning")
    now[0] += 2 * LOOKS_AGAIN_S
    assert [one.pain for one in kept.store.check_ins()] == [3]


def test_a_write_while_reading_is_not_covered_up(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list that was read before the write is given out once, and not remembered."""
    assert isinstance(kept.store, Remembering)
    read = Store.check_ins

    def slowly(store: Store, day: date | None = None) -> Any:
        found = read(store, day)
        if not found:
            writer = Thread(target=check_in, args=(kept,), kwargs={"pain": 4, "when": "morning"})
            writer.start()
            writer.join()
        return found

    monkeypatch.setattr(Store, "check_ins", slowly)
    assert kept.store.check_ins() == []
    assert [one.pain for one in kept.store.check_ins()] == [4]


def test_nobody_can_spoil_what_is_remembered(kept: Journal) -> None:
    kept.store.set_profile({"sex": "female"}, kept.clock())
    kept.store.profile()["sex"] = "spoilt"
    assert kept.store.profile() == {"sex": "female"}

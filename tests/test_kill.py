"""kill -9 in the middle of an import: the journal opens, holds all or nothing of it, and it can be repeated."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from backstory import catalogue, cli
from backstory.journal import Journal, open_journal
from backstory.journal.importing import import_paths
from test_readers_damage import ROW, strong_file

SETS, KILLS = 6000, 50
MADE_BYTES = 200_000  # of the log, when only the tables were made


def start(path: Path, journal: Path) -> int:
    """A process of its own that runs `backstory import`; forked, so that no time goes by before the import begins."""
    process = os.fork()
    if process == 0:
        try:
            cli.main(["import", str(path), "--journal", str(journal), "--units", "kg", "--json"])
        finally:
            os._exit(1)
    return process


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of forking beside numpy's idle threads
def test_fifty_kills_leave_all_or_nothing(tmp_path: Path) -> None:
    days = [f"20{10 + n // 2800:02}-{1 + n // 280 % 10:02}-{1 + n // 10 % 28:02}" for n in range(SETS)]
    path = strong_file(
        tmp_path / "log.csv", *(ROW.format(n=n).replace("2026-03-02", day) for n, day in enumerate(days))
    )
    catalogue.load()
    begin = time.monotonic()
    os.waitpid(start(path, tmp_path / "whole.db"), 0)
    whole_s = time.monotonic() - begin
    rng = random.Random(7)
    held_after: list[int] = []
    for kill in range(KILLS):
        journal_path = tmp_path / f"journal{kill % 5}.db"
        process = start(path, journal_path)
        if kill % 2:
            wait_for_writing(journal_path, whole_s)
            time.sleep(rng.uniform(0, 0.1 * whole_s))
        else:
            time.sleep(rng.uniform(0, 1.2 * whole_s))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with open_journal(str(journal_path)) as journal:
            held_after.append(set_count(journal))
            if kill % 10 >= 5:  # half of the time the next import finds what this one left
                journal.store.clear()
    assert set(held_after) == {0, SETS}, f"all or nothing, and both must have been seen: {held_after}"
    for n in range(5):
        with open_journal(str(tmp_path / f"journal{n}.db")) as journal:
            (file,) = import_paths(journal, [path], "kg")
            assert file.sets == SETS and set_count(journal) == SETS


def set_count(journal: Journal) -> int:
    return sum(len(session.sets) for session in journal.store.sessions())


def wait_for_writing(journal: Path, longest_s: float) -> None:
    """Until the write-ahead log holds more than the making of the tables did."""
    log, until = Path(f"{journal}-wal"), time.monotonic() + longest_s
    while time.monotonic() < until and not (log.exists() and log.stat().st_size > MADE_BYTES):
        time.sleep(0.0005)

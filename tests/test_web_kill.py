"""kill -9 of the server among check-ins: whatever was acknowledged is there afterwards, and nothing is there twice."""

import json
import random
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from backstory.journal import open_journal

CHECK_INS, KILLS = 200, 3
FIRST = date(2025, 1, 1)
HEADERS = {"content-type": "application/json"}


def started(journal: Path) -> tuple["subprocess.Popen[str]", int]:
    """A server of its own, and its port."""
    command = [sys.executable, "-m", "backstory", "serve", "--port", "0", "--no-browser", "--journal", str(journal)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    line = running.stderr.readline()
    assert line.startswith("Backstory is at"), line
    return running, int(line.split(" ")[3].rstrip("/").rsplit(":", 1)[1])


def killed(running: "subprocess.Popen[str]") -> None:
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert running.stderr is not None
    running.stderr.close()


def sent(port: int, number: int) -> bool:
    """Whether the server acknowledged this check-in."""
    body = json.dumps({"date": (FIRST + timedelta(days=number)).isoformat(), "pain": number % 11, "when": "morning"})
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", "/api/check-ins", body, HEADERS)
        return connection.getresponse().status == 201
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_every_acknowledged_check_in_outlives_a_kill_and_none_is_there_twice(tmp_path: Path) -> None:
    journal, rng = tmp_path / "journal.db", random.Random(11)
    acknowledged: set[int] = set()
    number = kills = 0
    while number < CHECK_INS:
        running, port = started(journal)
        dies_at = number + CHECK_INS // (KILLS + 1) if kills < KILLS else None
        watched = None
        while number < CHECK_INS:
            if dies_at is not None and number >= dies_at and watched is None:
                delay = rng.uniform(0, 0.03)  # s; somewhere within the next few check-ins
                watched = subprocess.Popen(["/bin/sh", "-c", f"sleep {delay:.3f}; kill -9 {running.pid}"])
            if not sent(port, number):
                break  # this one is sent again, to the next server
            acknowledged.add(number)
            number += 1
        if watched is not None:
            watched.wait()
            kills += 1
        killed(running)
        with open_journal(str(journal)) as opened:
            there = Counter((one.day - FIRST).days for one in opened.store.check_ins())
        assert acknowledged <= there.keys(), "an acknowledged check-in is gone"
        assert not there or max(there.values()) == 1, "a check-in is there twice"
    assert kills == KILLS and acknowledged == set(range(CHECK_INS))
    assert sorted(there) == list(range(CHECK_INS))

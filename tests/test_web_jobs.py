"""Long work in processes of their own: progress, cancel, and what is left when one dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backstory.errors import NotEnough
from backstory.journal import open_journal
from backstory.web import bounded, jobs
from backstory.web.jobs import Job, Jobs

DIARY = "date,pain,when\n2026-03-03,4,morning\n2026-03-04,2,morning\n"
STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight (kg),Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
)
KIND = "import_files"


@pytest.fixture
def location(tmp_path: Path) -> str:
    with open_journal(str(tmp_path / "jobs.db")):
        return str(tmp_path / "jobs.db")


@pytest.fixture
def running(location: str) -> Iterator[Jobs]:
    complaints: list[str] = []
    made = Jobs(location, complaints.append)
    yield made
    made.close()
    assert complaints == []


def files(folder: Path, *texts: str) -> tuple[dict[str, object], Path]:
    """What a job is given."""
    folder.mkdir()
    for n, text in enumerate(texts):
        (folder / str(n)).write_text(text, encoding="utf-8")
    return {"files": [(f"{n}.csv", str(folder / str(n))) for n in range(len(texts))], "units": None}, folder


def long_log(days: int = 4000) -> str:
    """A log that takes some seconds to read."""
    rows = [
        f"{2000 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02} 18:00:00,A,1h,Squat (Barbell),{n},{n},5,,,,,\n"
        for day in range(days)
        for n in range(40)
    ]
    return STRONG + "".join(rows)


def until(job: Job, states: tuple[str, ...], most_s: float = 30.0) -> Job:
    ends = time.monotonic() + most_s
    while job.state not in states:
        assert time.monotonic() < ends, (job.state, job.progress)
        time.sleep(0.02)
    return job


def count(location: str) -> tuple[int, int]:
    with open_journal(location) as journal:
        return len(journal.store.check_ins()), len(journal.store.sessions())


def test_files_are_read_in_another_process_one_job_after_the_other(
    running: Jobs, location: str, tmp_path: Path
) -> None:
    first = running.start(KIND, *files(tmp_path / "a", DIARY, "no log at all", DIARY))
    second = running.start(KIND, *files(tmp_path / "b", DIARY))
    assert first.under_way and second.state == jobs.WAITING
    until(second, (jobs.DONE,))
    assert first.state == jobs.DONE
    assert [part["new_check_ins"] for part in first.parts] == [2, 0, 0]
    assert (first.progress.done, first.progress.of) == (3, 3)
    assert [job.id for job in running.all()] == [second.id, first.id]
    assert count(location) == (2, 0)
    assert not (tmp_path / "a").exists() and not (tmp_path / "b").exists()


def test_cancelling_keeps_whole_files_and_nothing_half_written(running: Jobs, location: str, tmp_path: Path) -> None:
    job = running.start(KIND, *files(tmp_path / "a", DIARY, long_log()))
    waiting = running.start(KIND, *files(tmp_path / "b", DIARY))
    while job.progress.done < 1:
        time.sleep(0.01)
    running.cancel(waiting.id)
    running.cancel(job.id)
    until(job, (jobs.CANCELLED,))
    assert waiting.state == jobs.CANCELLED
    assert [part["path"] for part in job.parts] == ["0.csv"]
    assert count(location) == (2, 0)
    assert not (tmp_path / "a").exists() and not (tmp_path / "b").exists()
    again = running.start(KIND, *files(tmp_path / "c", DIARY))
    assert until(again, (jobs.DONE,)).parts[0]["new_check_ins"] == 0


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_process_that_is_killed_becomes_one_line(running: Jobs, location: str, tmp_path: Path) -> None:
    job = running.start(KIND, *files(tmp_path / "a", long_log()))
    while running._process is None or running._process.pid is None:
        time.sleep(0.01)
    os.kill(running._process.pid, signal.SIGKILL)
    until(job, (jobs.FAILED,))
    assert job.why_not == bounded.NO_MEMORY and "\n" not in job.why_not
    assert count(location) == (0, 0)
    assert not (tmp_path / "a").exists()


def test_no_more_wait_than_may(running: Jobs, tmp_path: Path) -> None:
    running.start(KIND, *files(tmp_path / "a", long_log()))
    with pytest.raises(NotEnough):
        for n in range(jobs.MOST_WAITING + 2):
            running.start(KIND, *files(tmp_path / f"b{n}", DIARY))
    assert not (tmp_path / f"b{n}").exists()


def test_closing_ends_what_is_under_way_and_removes_its_files(location: str, tmp_path: Path) -> None:
    made = Jobs(location, lambda what: None)
    job = made.start(KIND, *files(tmp_path / "a", long_log()))
    until(job, (jobs.RUNNING,))
    made.close()
    assert not (tmp_path / "a").exists()
    until(job, (jobs.CANCELLED,))
    assert count(location) == (0, 0)


def test_files_that_wait_for_an_answer_go_after_a_while(
    location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Jobs(location, lambda what: None, keeps_files=lambda job: True)
    job = until(made.start(KIND, *files(tmp_path / "a", DIARY)), (jobs.DONE,))
    assert made.get(job.id).has_files
    monkeypatch.setattr(jobs, "KEEPS_S", -1.0)
    assert not made.get(job.id).has_files and not (tmp_path / "a").exists()
    made.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold to every limit")
def test_a_process_gets_no_more_memory_than_it_may() -> None:
    code = (
        "from backstory.web import bounded, long\n"
        "import types, sys\n"
        "greedy = types.ModuleType('backstory.web.long.greedy')\n"
        "greedy.do = lambda location, tell: bytearray(bounded.MEMORY_BYTES)\n"
        "sys.modules[greedy.__name__] = greedy\n"
        "bounded.bound()\n"
        "print(bounded.outcome('nowhere', 'greedy', {}, print).why_not)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == bounded.NO_MEMORY


def test_a_mistake_of_the_programs_is_told_without_what_was_recorded() -> None:
    told = bounded.outcome("nowhere", "import_files", {"files": [("my secret.csv", 7)]}, lambda progress: None)
    assert isinstance(told, bounded.Failed)
    assert "TypeError at" in told.what and "secret" not in told.what

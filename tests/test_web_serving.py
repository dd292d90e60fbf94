"""`backstory` alone and `backstory serve`: where the app listens, and who may ask for it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from conftest import Run


@contextmanager
def served(*arguments: object) -> Iterator[str]:
    """The address of an app that runs."""
    command = [sys.executable, "-m", "backstory", *map(str, arguments)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        try:
            yield line.split(" ")[3]
        finally:
            running.terminate()


def test_it_serves_on_this_machine(tmp_path: Path) -> None:
    with served("serve", "--port", 0, "--no-browser", "--journal", tmp_path / "j.db") as address:
        assert address.startswith("http://127.0.0.1:")
        with urlopen(address) as page:
            assert page.status == 200 and b"Backstory" in page.read()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "example.org"])
def test_it_listens_to_nobody_else(run: Run, host: str) -> None:
    ran = run("serve", "--host", host, "--no-browser")
    assert (ran.code, ran.out) == (2, "")
    assert "this machine alone" in ran.err and ran.err.count("\n") == 1


def test_a_port_that_is_taken_is_told(run: Run, tmp_path: Path) -> None:
    with served("serve", "--port", 0, "--no-browser", "--journal", tmp_path / "j.db") as address:
        port = address.rstrip("/").rsplit(":", 1)[1]
        ran = run("serve", "--port", port, "--no-browser")
        assert ran.code == 2 and f"--port {port}" in ran.err and ran.err.count("\n") == 1


def test_alone_it_opens_the_app(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("backstory.web.serving.serve", lambda *given: asked.append(given))
    assert run().code == 0
    [(_, host, port, open_browser, _)] = asked
    assert (host, port, open_browser) == ("127.0.0.1", None, True)

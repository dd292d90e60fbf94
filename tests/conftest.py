"""What the tests share: the sample folder beside the checkout, a fresh journal, and the command line."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import browsing
from backstory import cli
from backstory.journal import Journal, open_journal
from browsing import browser, open_page  # fixtures

if TYPE_CHECKING:
    from starlette.testclient import TestClient

__all__ = ["browser", "open_page"]

SHARED = Path(os.environ.get("BACKSTORY_SHARED", Path(__file__).parents[2] / "shared"))
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
_missing: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden outputs anew")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name in sorted(_missing | browsing.missing):
        terminalreporter.write_line(f"NOT TESTED: {name} is not there, so the tests on it were skipped.", yellow=True)


def shared(*parts: str) -> Path:
    """A file or folder of the shared material; the test is skipped, and that said, where it is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        _missing.add("../shared/" + "/".join(parts))
        pytest.skip(f"../shared/{'/'.join(parts)} is not there")
    return path


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches anybody's journal."""
    monkeypatch.setenv("BACKSTORY_JOURNAL", str(tmp_path / "home" / "journal.db"))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(str(tmp_path / "journal.db"), clock=lambda: NOW) as opened:
        yield opened


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as left:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(int(left.value.code or 0), out, err)

    return run


HERE = "http://127.0.0.1:8765"


@pytest.fixture
def web(tmp_path: Path) -> "Iterator[TestClient]":
    """The app on an empty journal, with everything done at once; its journal is `web.app.state.desk.journal`."""
    from starlette.testclient import TestClient

    from backstory.web.app import create_app

    with TestClient(create_app(str(tmp_path / "web.db"), at_once=True), base_url=HERE) as client:
        yield client

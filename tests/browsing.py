"""A real browser on a real server, for tests: every error of a page and every request to elsewhere fails the test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESK, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
PAGES = (
    "/", "/why", "/load", "/plan", "/trial", "/journal", "/help-first", "/learn", "/import", "/settings", "/report",
)  # fmt: skip
FURTHER = (
    "/start", "/start/signs", "/start/you", "/start/log", "/demo", "/import/names", "/import/names/choose",
    "/journal/measures", "/learn/warm-up", "/plan/print", "/plan/ahead",
)  # fmt: skip
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LONGEST_MS = 60_000  # until what is worked out in the background is there
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
missing: set[str] = set()

OpenPage = Callable[..., "Page"]


def chromium_path() -> str | None:
    """Where the machine's Chromium is."""
    there = (shutil.which(name) for name in BROWSERS)
    return os.environ.get("BACKSTORY_CHROMIUM") or next((path for path in there if path), None)


@contextmanager
def serving(journal: Path | str, home: Path) -> Iterator[str]:
    """The address of `backstory serve` on this journal, with an empty home."""
    command = [sys.executable, "-m", "backstory", "serve", "--port", "0", "--no-browser", "--journal", str(journal)]
    home.mkdir(exist_ok=True)
    environment = {**os.environ, "HOME": str(home)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        try:
            assert line.startswith("Backstory is at "), line
            yield line.split(" ")[3].rstrip("/")
        finally:
            running.terminate()
            said = running.stderr.read()
            assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for all tests; without one they are skipped, and that is said."""
    path = chromium_path()
    if path is None:
        missing.add("Chromium (make browser)")
        pytest.skip("there is no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: "Browser") -> Iterator[OpenPage]:
    """A new page of a size and theme; what went wrong on any of them fails the test at its end."""
    wrong: list[str] = []
    contexts = []

    def open_page(
        address: str, size: tuple[int, int] = DESK, scheme: str = "light", language: str = "en", **given: Any
    ) -> "Page":
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale=language,  # type: ignore[arg-type]
            reduced_motion="reduce", accept_downloads=True, base_url=address, **given,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if said.type == "error" else None)
        page.on("request", lambda asked: _only_here(asked.url, address, wrong))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _only_here(url: str, address: str, wrong: list[str]) -> None:
    if not stays_here(url, address):
        wrong.append(f"asked elsewhere: {url}")


def stays_here(url: str, address: str) -> bool:
    """Whether a request stays on this machine: the app under test may open ports of its own, as for its demo."""
    asked = urlsplit(url)
    return asked.scheme in ("data", "blob") or asked.hostname in {urlsplit(address).hostname, *LOOPBACK}


def settled(page: "Page", path: str) -> None:
    """Open a page, wait until nothing on it is being worked out any more."""
    from playwright.sync_api import expect

    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-soon]")).to_have_count(0, timeout=LONGEST_MS)
    page.wait_for_load_state("networkidle")


def violations(page: "Page") -> list[str]:
    """What axe-core finds on a page as it stands; the test is skipped where axe-core is not there."""
    if not AXE.exists():
        missing.add("axe-core (make browser)")
        pytest.skip("axe-core is not there")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", WCAG)
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


def unfold(page: "Page") -> None:
    """Open whatever is folded: it counts, too."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.wait_for_load_state("networkidle")


def sideways(page: "Page") -> int:
    """By how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

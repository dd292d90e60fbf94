"""Every page in a real browser: no error, nobody else asked, axe-core finds nothing, nothing scrolls sideways."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backstory.journal import open_journal
from backstory.journal.demo import demo
from browsing import DESK, NARROW, PAGES, PHONE, OpenPage, serving, settled, sideways, violations


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("empty")
    with serving(folder / "journal.db", folder / "home") as address:
        yield address


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A simulated year."""
    folder: Path = tmp_path_factory.mktemp("lived")
    with open_journal(str(folder / "journal.db")) as journal:
        demo(journal, folder, 1)
    with serving(folder / "journal.db", folder / "home") as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everyone(lived: str, empty: str, open_page: OpenPage, path: str, scheme: str) -> None:
    for address, size in ((lived, DESK), (empty, PHONE)):
        page = open_page(address, size, scheme)
        settled(page, path)
        assert violations(page) == []
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_the_narrowest_screen(lived: str, open_page: OpenPage, path: str) -> None:
    page = open_page(lived, NARROW)
    settled(page, path)
    assert sideways(page) <= 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_german(lived: str, open_page: OpenPage, path: str) -> None:
    page = open_page(lived, PHONE, language="de")
    settled(page, path)
    assert page.locator("html").get_attribute("lang") == "de"
    assert sideways(page) <= 0

"""Every page in a real browser: no error, nobody else asked, axe-core finds nothing, nothing scrolls sideways."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from backstory.journal import open_journal
from backstory.journal.demo import demo
from browsing import DESK, FURTHER, NARROW, PAGES, OpenPage, serving, settled, sideways, unfold, violations

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


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


@pytest.mark.parametrize("path", PAGES + FURTHER)
def test_a_page_is_for_everyone(lived: str, open_page: OpenPage, path: str) -> None:
    """In both themes, with everything unfolded, down to the narrowest screen."""
    page = open_page(lived, DESK)
    settled(page, path)
    unfold(page)
    assert page.locator("h1").count() == 1
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert sideways(page) <= 0


@pytest.mark.parametrize("path", PAGES + FURTHER)
def test_a_page_without_anything_recorded_is_for_everyone(empty: str, open_page: OpenPage, path: str) -> None:
    page = open_page(empty, NARROW)
    settled(page, path)
    assert sideways(page) <= 0
    unfold(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_german(lived: str, open_page: OpenPage, path: str) -> None:
    """German words are long: they have to fit, too."""
    page = open_page(lived, NARROW, language="de")
    settled(page, path)
    assert page.locator("html").get_attribute("lang") == "de"
    assert sideways(page) <= 0

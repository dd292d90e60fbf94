"""The whole way of a person in a real browser, on a desk and on a phone: from the first page to the last deletion."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backstory.journal import open_journal
from backstory.journal.demo import demo
from browsing import DESK, LONGEST_MS, PHONE, OpenPage, serving, settled
from conftest import shared

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONGEST_CHECK_IN_S, MOST_TAPS = 10.0, 3
FIRST_PICTURE_S = 60.0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path / "journal.db", tmp_path / "home") as there:
        yield there


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A year's training log and diary as files, of a simulated person, up to today."""
    folder: Path = tmp_path_factory.mktemp("exports")
    with open_journal(str(folder / "journal.db")) as journal:
        return [Path(file.path) for file in demo(journal, folder, 1).files]


def arrive(page: "Page") -> None:
    """The first run: which start, no signs, a year of birth, and on to the import."""
    settled(page, "/")
    page.locator("main a[href='/start']").first.click()
    page.locator(".starts a").first.click()
    page.get_by_role("checkbox", name="None of these").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Year of birth").fill("1990")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Bring in a training log").click()
    page.wait_for_url("**/import*")


def bring(page: "Page", files: list[Path]) -> None:
    from playwright.sync_api import expect

    page.locator("#files").set_input_files([str(file) for file in files])
    expect(page.locator(".job h2").first).to_contain_text("New", timeout=LONGEST_MS)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_person_goes_the_whole_way(
    address: str, open_page: OpenPage, exports: list[Path], size: tuple[int, int], tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    page = open_page(address, size)
    begun = time.monotonic()
    arrive(page)
    bring(page, exports)
    settled(page, "/load")
    expect(page.locator("[data-chart] canvas").first).to_be_visible()
    assert time.monotonic() - begun < FIRST_PICTURE_S, "a first picture in under a minute"

    settled(page, "/why")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("load on the low back", timeout=LONGEST_MS)

    settled(page, "/plan")
    page.locator("button.tick[aria-pressed='false']").first.click()
    expect(page.locator("button.tick[aria-pressed='true']")).to_have_count(1)
    settled(page, "/plan")
    expect(page.locator("button.tick[aria-pressed='true']")).to_have_count(1)
    settled(page, "/journal?kind=session")
    expect(page.locator(".entry").first).to_contain_text("1 set")

    settled(page, "/trial")
    page.locator("main a[href^='/trial/design']").first.click()
    expect(page.get_by_role("table")).to_be_visible(timeout=LONGEST_MS)
    begin_trial(page)

    settled(page, "/report")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF, A4").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")

    settled(page, "/settings")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take everything along").click()
    copy = tmp_path / "copy.zip"
    taken.value.save_as(copy)
    delete_everything(page)
    settled(page, "/settings")
    page.locator("#file").set_input_files(str(copy))
    page.get_by_role("button", name="Bring it back").click()
    page.wait_for_url("**/")
    settled(page, "/journal?kind=session")
    expect(page.locator(".entry").first).to_contain_text("1 set")


def begin_trial(page: "Page") -> None:
    """What still has to be asked is answered with no; the trial's day stands on its page and on Today."""
    from playwright.sync_api import expect

    for asked in page.get_by_role("radio", name="No", exact=True).all():
        asked.check()
    page.get_by_role("button", name="Start the trial today").click()
    page.wait_for_url("**/trial")
    expect(page.locator(".trial-days [aria-current='date']")).to_have_count(1)
    told = page.locator("main .lead").first.inner_text()
    settled(page, "/")
    expect(page.locator("main")).to_contain_text(told)


def delete_everything(page: "Page") -> None:
    from playwright.sync_api import expect

    page.get_by_text("Delete everything", exact=True).click()
    page.locator("#sure").fill("delete")
    page.get_by_role("button", name="Delete everything now").click()
    page.wait_for_url("**/")
    settled(page, "/journal")
    expect(page.locator(".entry")).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_check_in_takes_three_taps_and_ten_seconds_at_most(
    address: str, open_page: OpenPage, size: tuple[int, int], tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    page = open_page(address, size, has_touch=True)
    settled(page, "/")
    page.evaluate("window.taps = 0; addEventListener('pointerdown', () => { window.taps += 1; }, true)")
    begun = time.monotonic()
    page.get_by_role("button", name="4 of 10", exact=True).tap()
    expect(page.locator("#said")).to_contain_text("4 of 10")
    took_s, taps = time.monotonic() - begun, page.evaluate("window.taps")
    assert 1 <= taps <= MOST_TAPS and took_s <= LONGEST_CHECK_IN_S
    page.get_by_role("button", name="No training today").tap()
    expect(page.get_by_role("button", name=re.compile("No training today"))).to_have_attribute("aria-pressed", "true")
    with open_journal(str(tmp_path / "journal.db")) as journal:
        said = journal.store.check_ins()
    assert [one.pain for one in said if one.pain is not None][-1] == 4
    assert any(one.trained == "no" for one in said)


def test_everything_can_be_done_with_the_keyboard(address: str, open_page: OpenPage) -> None:
    from playwright.sync_api import expect

    page = open_page(address)
    settled(page, "/")
    page.get_by_role("button", name="2 of 10", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="2 of 10", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


def test_a_real_export_is_read(address: str, open_page: OpenPage) -> None:
    """Files that real apps wrote, where the shared material is there."""
    from playwright.sync_api import expect

    log = next(path for path in sorted(shared("samples", "logs", "strong").glob("*.csv")))
    page = open_page(address)
    settled(page, "/import")
    bring(page, [log])
    expect(page.locator(".imported").first).to_contain_text("%")
    settled(page, "/load")
    expect(page.locator("[data-chart] canvas").first).to_be_visible()

"""Every page as a picture, into build/screenshots: on a desk and on a phone, light and dark, for three journals (empty,
the demo person's year, ten years); with --readme also the README's three.

Needs Chromium (`make browser`). Look at them: what one would not show a stranger is mended before it is committed.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from browsing import DESK, FURTHER, PAGES, PHONE, QUIET, chromium_path, serving, settled  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOOKS = {"desk-light": (DESK, "light"), "desk-dark": (DESK, "dark"), "phone-light": (PHONE, "light")}
README = {"app-today": ("/", PHONE), "app-why": ("/why", (1000, 1100)), "app-plan": ("/plan", (1000, 1100))}
SHARP = 2  # pixels of the picture a pixel of the page, in the README


def main() -> None:
    options = asked()
    path = chromium_path()
    if path is None:
        sys.exit("There is no Chromium; `make browser` tries to install one.")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="backstory-pictures-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        for kind in options.journals:
            with served(kind, Path(folder)) as address:
                take_all(browser, address, options.out / kind, options.pages)
                if options.readme and kind == "demo":
                    take_for_readme(browser, address)
        browser.close()


@contextmanager
def served(kind: str, folder: Path) -> Iterator[str]:
    """The address of the app on a journal of this kind."""
    place = folder / kind
    place.mkdir()
    if kind == "demo":
        from backstory.journal import open_journal
        from backstory.journal.demo import demo

        with open_journal(str(place / "journal.db")) as journal:
            demo(journal, place, 1)
    elif kind == "ten-years":
        from ten_years import make

        make(place / "journal.db")
    with serving(place / "journal.db", place / "home") as address:
        yield address


def take_all(browser: "Browser", address: str, out: Path, pages: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for look, (size, scheme) in LOOKS.items():
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            base_url=address,
            reduced_motion="reduce",
        )
        page = context.new_page()
        for path in pages:
            settled(page, path)
            name = path.strip("/").replace("/", "-") or "today"
            page.screenshot(path=out / f"{name}-{look}.png", full_page=True)
        context.close()


def take_for_readme(browser: "Browser", address: str) -> None:
    for name, (path, size) in README.items():
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, base_url=address, reduced_motion="reduce",
            device_scale_factor=SHARP if size == PHONE else 1,
        )  # fmt: skip
        page = context.new_page()
        settled(page, path)
        page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")
        context.close()


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--pages", nargs="+", default=list(PAGES + FURTHER))
    parser.add_argument("--journals", nargs="+", default=["empty", "demo", "ten-years"])
    parser.add_argument("--readme", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""What others made and the app ships is what they published, byte for byte."""

from hashlib import sha256

import pytest

from backstory.web.showing import STATIC

PUBLISHED = {  # by npm: htmx.org 2.0.11 and uplot 1.6.32
    "htmx-2.0.11.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
    "uplot-1.6.32.iife.min.js": "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
    "uplot-1.6.32.min.css": "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_file_is_as_it_was_published(name: str) -> None:
    assert sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == PUBLISHED[name]


def test_nothing_else_is_shipped_without_being_known_and_each_has_its_licence() -> None:
    names = {file.name for file in (STATIC / "vendor").iterdir()}
    assert {name for name in names if not name.endswith(".LICENSE")} == set(PUBLISHED)
    assert {name.split("-")[0] for name in PUBLISHED} == {
        name.removesuffix(".LICENSE") for name in names - {*PUBLISHED}
    }

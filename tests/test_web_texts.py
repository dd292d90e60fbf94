"""Every language says everything, and every text that a page asks for is there."""

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from backstory.web import texts

WEB = Path(texts.__file__).parent
OTHERS = [code for code in texts.languages() if code != texts.ENGLISH]
ASKED = re.compile(r"""\b(?:t|text)\(\s*['"]([a-z_]+(?:\.[a-z_]+)+)['"]""")


def test_english_comes_first() -> None:
    assert list(texts.languages())[:2] == ["en", "de"]


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_says_what_english_says(code: str) -> None:
    assert texts.keys(texts.load(code).ui) == texts.keys(texts.load("en").ui)
    assert set(texts.load(code).language) == set(texts.load("en").language)


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_has_the_same_gaps_in_every_language(code: str) -> None:
    for key in texts.keys(texts.load("en").ui):
        assert gaps(value_of(texts.load(code).ui, key)) == gaps(value_of(texts.load("en").ui, key)), key


def test_every_text_that_a_page_names_is_there() -> None:
    for file in (*WEB.rglob("*.html"), *WEB.rglob("*.py")):
        for key in ASKED.findall(file.read_text(encoding="utf-8")):
            assert value_of(texts.load("en").ui, key), f"{file.name}: {key}"


def value_of(ui: Any, key: str) -> Any:
    for part in key.split("."):
        ui = ui[part]
    return ui


def gaps(text: object) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name} if isinstance(text, str) else set()

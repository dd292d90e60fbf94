"""What the tests of the phrasebook share: a German one of their own, and a look at what it could not say."""

from collections.abc import Iterable

import tomli

from backstory.web import phrasebook
from backstory.web.phrasebook import Phrasebook, read


def german() -> Phrasebook:
    """A fresh one, so that what it misses is counted from nothing."""
    return read("de", tomli.loads((phrasebook.FOLDER / "de.toml").read_text(encoding="utf-8")))


def missed_in(book: Phrasebook, texts: Iterable[object]) -> list[str]:
    """What stays English of these texts."""
    book.missed.clear()
    for text in texts:
        if text:
            book.say(str(text))
    return list(book.missed)

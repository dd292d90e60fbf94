"""What the program says, in the language of the page: sentences, names of exercises, and words of closed lists."""

from dataclasses import dataclass
from functools import cache

from backstory.web import phrasebook, texts

PAGES = {
    "/": "today", "/why": "why", "/load": "load", "/plan": "plan", "/trial": "trial", "/journal": "journal",
    "/help-first": "help_first", "/learn": "learn", "/import": "import", "/settings": "settings", "/report": "report",
    "/start": "start",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """In one language."""

    code: str

    def say(self, text: str) -> str:
        """A sentence of the program's."""
        return phrasebook.load(self.code).say(text)

    def exercise(self, exercise_id: str) -> str:
        """An exercise's name; what is no exercise stays as it is."""
        return phrasebook.load(self.code).exercise(exercise_id)

    def word(self, word: str, table: str = "") -> str:
        """A word of a closed list, such as low-back-left or a_lot. table: which list, where several have it."""
        return phrasebook.load(self.code).word(word, table)

    def source(self, text: str) -> str:
        """Who says so."""
        return phrasebook.load(self.code).source(text)

    def number(self, value: float, digits: int | None = None) -> str:
        """A number as it is written there."""
        return texts.load(self.code).number(value, digits)

    def page_name(self, path: str) -> str:
        """What a page is called where a sentence leads there."""
        return texts.load(self.code).text(f"nav.{PAGES[path]}")


@cache
def wording(code: str) -> Wording:
    """The wording of a language."""
    return Wording(code)

"""What the program says, in the language of the page: sentences, names of exercises, and words of closed lists."""

from dataclasses import dataclass
from functools import cache

from backstory.model import words
from backstory.web import texts

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
        return text

    def exercise(self, exercise_id: str) -> str:
        """An exercise's name; what is no exercise stays as it is."""
        return _names().get(exercise_id, exercise_id)

    def word(self, word: str) -> str:
        """A word of a closed list, such as low-back-left or a_lot."""
        return words(word.replace("-", "_"))

    def page_name(self, path: str) -> str:
        """What a page is called where a sentence leads there."""
        return texts.load(self.code).text(f"nav.{PAGES[path]}")


@cache
def wording(code: str) -> Wording:
    """The wording of a language."""
    return Wording(code)


@cache
def _names() -> dict[str, str]:
    from backstory.journal.entering import all_exercises

    return {exercise.id: exercise.name for exercise in all_exercises()}

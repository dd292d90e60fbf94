"""The questions on when to get help, screen by screen, and what a person types below them."""

from dataclasses import dataclass

from backstory.errors import InputError
from backstory.questions.help_first import SCREENS, HelpQuestion, load_help

SHOWN_WITH = {"scope": "weak"}
NONE_OF_THESE = ("none", "none of these", "no", "0")


@dataclass(frozen=True, slots=True)
class Screen:
    """Questions that stand together. An item's number is its question's own, so that RF03 is 3 on every screen."""

    heading: str
    questions: tuple[HelpQuestion, ...]

    @property
    def items(self) -> tuple[tuple[int, str], ...]:
        """Each question with its number."""
        return tuple((number_of(question), question.question) for question in self.questions)


def screens() -> tuple[Screen, ...]:
    """The emergency's questions first, all on one screen."""
    known = load_help()
    return tuple(
        Screen(
            known.headings[name],
            tuple(q for q in known.questions.values() if SHOWN_WITH.get(q.weight, q.weight) == name),
        )
        for name in SCREENS
    )


def picked(screen: Screen, words: str) -> dict[str, bool]:
    """Answers to a whole screen from what was typed below it: "1, 3", "none", or nothing at all = not answered.

    Raises InputError for anything else.
    """
    words = " ".join(words.casefold().replace(",", " ").split())
    if not words:
        return {}
    if words in NONE_OF_THESE:
        return dict.fromkeys((question.id for question in screen.questions), False)
    numbers = {number_of(question): question.id for question in screen.questions}
    yes = set()
    for word in words.split():
        digits = word.removeprefix("rf")
        if not (digits.isascii() and digits.isdigit()) or int(digits[:4]) not in numbers:
            raise InputError(f"{word} is none of these; give numbers such as {min(numbers)}, or none.")
        yes.add(numbers[int(digits[:4])])
    return {question.id: question.id in yes for question in screen.questions}


def number_of(question: HelpQuestion) -> int:
    """RF03 → 3."""
    return int(question.id.removeprefix("RF"))

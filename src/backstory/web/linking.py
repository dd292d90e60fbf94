"""Sentences of the program's for a page: translated, and where they name a command, a link to its page."""

import re
from typing import Protocol

from markupsafe import Markup, escape

COMMAND = re.compile(r"`backstory ([^`]*)`")
PLACES = {
    "import": "/import", "check-in": "/", "log": "/journal", "answer": "/why", "look-back": "/load", "load": "/load",
    "trial": "/trial", "plan": "/plan", "help-first": "/help-first", "learn": "/learn", "names": "/import",
    "profile": "/settings", "report": "/report", "start": "/start", "measure": "/journal", "days": "/journal",
    "export": "/settings", "set": "/load", "figure": "/plan", "form": "/plan", "demo": "/start", "restore": "/settings",
}  # fmt: skip


class Book(Protocol):
    """What translates."""

    def say(self, text: str) -> str: ...

    def page_name(self, path: str) -> str: ...


def linked(book: Book, text: str) -> Markup:
    """The sentence, escaped, with links in place of commands."""
    said, parts, end = book.say(text), [], 0
    for found in COMMAND.finditer(said):
        path = PLACES.get(found[1].split(" ")[0])
        parts.append(escape(said[end : found.start()]))
        parts.append(Markup('<a href="{}">{}</a>').format(path, book.page_name(path)) if path else escape(found[1]))
        end = found.end()
    return Markup("").join([*parts, escape(said[end:])])

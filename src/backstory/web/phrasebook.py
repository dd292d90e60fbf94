"""What the rest of the program says in English, said in another language: one file, `texts/CODE.toml`, a language."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import tomli

from backstory.errors import CatalogueError
from backstory.journal.entering import all_exercises
from backstory.model import words
from backstory.web import phrases

FOLDER = resources.files("backstory.web") / "texts"
NO_WORDS = ("exercises", "joins", "language", "phrases", "ui")  # the other tables hold words of closed lists
IN_SENTENCES = ("muscles", "equipment", "areas", "feels", "movements", "checks")
MOST_KEPT, MOST_MISSED = 8192, 500


class Phrasebook:
    """One language. missed: what it could not say, as far as that was asked for (the first 500)."""

    def __init__(self, tables: Mapping[str, Any], code: str, names: Mapping[str, str]) -> None:
        """names: of exercises in English, by id. Raises CatalogueError."""
        self.missed: dict[str, int] = {}
        self._language, self._joins = tables.get("language", {}), tables.get("joins", {})
        self._exercises: dict[str, str] = {**names, **tables.get("exercises", {})}
        if strange := self._exercises.keys() - names.keys():
            raise CatalogueError(f"{code}.toml: there is no exercise {min(strange)}.")
        self._tables = {name: table for name, table in tables.items() if name not in NO_WORDS}
        pairs = [(one["en"], one[code]) for one in tables.get("phrases", ())]
        phrases.check(code, pairs)
        self._names = {name: self._exercises[key] for key, name in names.items()}
        plain = {re.sub("[_-]", " ", w): said for t in IN_SENTENCES for w, said in self._tables.get(t, {}).items()}
        whole = {english.format(): said.format() for english, said in pairs if not phrases.gaps(english)}
        self._whole = self._names | plain | whole
        gapped = sorted(
            (pair for pair in pairs if phrases.gaps(pair[0])), key=lambda pair: (-phrases.fixed(pair[0]), pair[0])
        )
        self._templates = [phrases.template(english, said) for english, said in gapped]
        self._split = re.compile(f"({'|'.join(sorted(map(re.escape, self._joins), key=len, reverse=True))})").split
        self._known, self._said = lru_cache(MOST_KEPT)(self._look_up), lru_cache(MOST_KEPT)(self._say)

    def say(self, text: str) -> str:
        """A text of the program's; what is not known stays English, and is counted as missed."""
        return self._said(text) if self._language else text

    def source(self, text: str) -> str:
        """Who says so: citations as they stand, words in between translated where they are known."""
        return self._whole.get(text) or "; ".join(self._whole.get(part, part) for part in text.split("; "))

    def exercise(self, exercise_id: str) -> str:
        """An exercise's name by its id; what is no exercise stays as it is."""
        return self._exercises.get(exercise_id, exercise_id)

    def word(self, word: str, table: str = "") -> str:
        """A word of a closed list, such as low-back-left. table: which list, where several have it."""
        said = (one[word] for one in (self._tables.get(table, {}), *self._tables.values()) if word in one)
        return str(next(said, None) or words(word.replace("-", "_")))

    def _say(self, text: str) -> str:
        return self._known(text) or "\n".join(map(self._line, text.split("\n")))

    def _line(self, line: str) -> str:
        """A line, or cells of a table that are parted by two spaces and more."""
        before = begins[0] if (begins := phrases.BEGINS.match(line)) else ""
        cell, *further = phrases.CELLS.split(line[len(before) :])
        said = before + self._sentences(cell)
        for spaces, after in zip(further[::2], further[1::2], strict=True):
            before += cell + spaces
            said = f"{said.ljust(len(before) - 2)}  {self._sentences(after)}"
            cell = after
        return said

    def _sentences(self, text: str) -> str:
        """Sentence by sentence, where it is not known as a whole."""
        if not any(letter.isalpha() for letter in text):
            return phrases.number(text, self._language)
        first, *others = phrases.SENTENCES.split(text)
        for end in range(len(others), -1, -1):
            if (begun := self._known(" ".join([first, *others[:end]]))) is not None:
                return f"{begun} {self._sentences(' '.join(others[end:]))}".rstrip()
        return f"{self._with_own_words(first)} {self._sentences(' '.join(others))}".rstrip()

    def _with_own_words(self, text: str) -> str:
        """A list that begins with what is known and may end in the person's own words; else the text as it is."""
        words, ends = text.removesuffix("."), "." * text.endswith(".")
        parts = phrases.OF_A_LIST.split(words)
        known = {part: self._known(part) for part in parts[::2]}
        begins = known[parts[0]] is not None
        for part in [part for part, said in known.items() if said is None] if begins else [text]:
            if len(self.missed) < MOST_MISSED or part in self.missed:
                self.missed[part] = self.missed.get(part, 0) + 1
        return "".join(known.get(part) or part for part in parts) + ends if begins else text

    def _look_up(self, text: str) -> str | None:
        """What is known as a whole: by itself, by a template, as sentences or as a list. None = it is not."""
        if phrases.NUMBER.fullmatch(text):
            return phrases.number(text, self._language)
        if phrases.DAY.fullmatch(text):
            return phrases.day(text, self._language)
        for other in dict.fromkeys((text, text[:1].swapcase() + text[1:])):
            said = self._whole.get(other) or self._by_template(other) or self._whole.get(f"{other}.", "")[:-1]
            if said:
                return said[:1].upper() + said[1:] if text[:1].isupper() else said
        said = self._in_parts(phrases.SENTENCES.split(text), " ")
        if said is None and text.endswith(".") and (bare := self._known(text[:-1])):
            return f"{bare}."
        return said or self._in_parts(self._split(text))

    def _in_parts(self, parts: list[str], joined: str = "") -> str | None:
        """All parts, as many together as are known; parts of a list stand between what joins them."""
        step = 1 if joined else 2
        for end in range(len(parts) - step, 0, -step):
            head = self._known(joined.join(parts[:end]))
            rest = None if head is None else self._known(joined.join(parts[end + step - 1 :]))
            if head is not None and rest is not None:
                return head + (joined or self._joins[parts[end]]) + rest
        return None

    def _by_template(self, text: str) -> str | None:
        for one in self._templates:
            found = one.pattern.fullmatch(text) if one.part in text else None
            filled = found and {name: self._fill(phrases.kind_of(name), gap) for name, gap in found.groupdict().items()}
            if filled and None not in filled.values():
                return one.said.format_map(filled)
        return None

    def _fill(self, kind: str, gap: str) -> str | None:
        if kind in ("say", "text"):
            return self._known(gap)
        if kind == "source":
            return self.source(gap)
        if kind == "name":
            return self._names.get(gap) or ", ".join(self._names.get(part, part) for part in gap.split(", "))
        return phrases.day(gap, self._language) if kind == "day" else phrases.number(gap, self._language)


def read(code: str, tables: Mapping[str, Any]) -> Phrasebook:
    """The phrasebook that a language's tables make. Raises CatalogueError."""
    return Phrasebook(tables, code, {exercise.id: exercise.name for exercise in all_exercises()})


@cache
def load(code: str) -> Phrasebook:
    """A language's phrasebook; English has nothing to translate. Raises CatalogueError."""
    return read(code, tomli.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")) if code != "en" else {})

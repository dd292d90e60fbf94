"""What the pages say, in each language: one TOML file a language, read once and compared with English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import tomli

ENGLISH = "en"
FOLDER = resources.files("backstory.web") / "texts"


@dataclass(frozen=True, slots=True)
class Texts:
    """One language. `say`, names of exercises and closed words are the phrasebook's."""

    code: str
    language: Mapping[str, Any]
    ui: Mapping[str, Any] = field(repr=False)

    def text(self, key: str, **gaps: Any) -> str:
        """A text by its dotted key, its gaps filled; of a plural the form for `n`. Raises KeyError."""
        found: Any = self.ui
        for part in key.split("."):
            found = found[part]
        if isinstance(found, Mapping):
            found = found["one" if gaps.get("n") == 1 else "other"]
        shown = {name: self.number(gap) if isinstance(gap, int | float) else gap for name, gap in gaps.items()}
        return str(found).format_map(shown) if gaps else str(found)

    def number(self, value: float, digits: int | None = None) -> str:
        """A number as it is written there; digits None: as many as it has, to three.

        >>> load("en").number(12345.678, 1), load("en").number(0.5), load("en").number(3)
        ('12,345.7', '0.5', '3')
        """
        plain = f"{value:,.{digits}f}" if digits is not None else f"{round(float(value), 3):,}".removesuffix(".0")
        swapped = str.maketrans({",": self.language["thousands"], ".": self.language["decimal"], "-": "−"})
        return plain.translate(swapped)

    def day(self, day: date | str, form: str = "day") -> str:
        """A date as it is written there. form: day, short_day, weekday, short_weekday, month or both (weekday, short
        day).

        >>> load("en").day("2026-03-09"), load("en").day("2026-03-09", "both")
        ('9 Mar 2026', 'Monday 9 Mar')
        """
        when = date.fromisoformat(day) if isinstance(day, str) else day
        weekday: str = self.language["weekdays"][when.weekday()]
        if form in ("weekday", "short_weekday"):
            return weekday if form == "weekday" else str(self.language["short_weekdays"][when.weekday()])
        if form == "month":
            return f"{self.language['months'][when.month - 1]} {when.year}"
        pattern: str = self.language["short_day" if form == "both" else form]
        shown = pattern.format(day=when.day, month=self.language["months"][when.month - 1], year=when.year)
        return f"{weekday} {shown}" if form == "both" else shown


@cache
def load(code: str) -> Texts:
    """A language's texts. Raises KeyError for one that there is not."""
    read = tomli.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Texts(code, read["language"], read["ui"])


@cache
def languages() -> dict[str, str]:
    """Every language there is: its code and its own name; English first."""
    codes = sorted(file.name.removesuffix(".toml") for file in FOLDER.iterdir() if file.name.endswith(".toml"))
    return {code: load(code).language["name"] for code in sorted(codes, key=lambda code: code != ENGLISH)}


def best(wanted: str | None, header: str | None) -> str:
    """The language that the person chose, else the browser's first one that there is, else English.

    >>> best(None, "fr-CH, en;q=0.8"), best("en", "de")
    ('en', 'en')
    """
    asked = [wanted or "", *(part.split(";")[0].strip()[:2].casefold() for part in (header or "").split(","))]
    return next((code for code in asked if code in languages()), ENGLISH)


def keys(ui: Mapping[str, Any], under: str = "") -> set[str]:
    """Every key of a language's texts, dotted."""
    found = set()
    for name, value in ui.items():
        path = f"{under}{name}"
        found |= keys(value, f"{path}.") if isinstance(value, Mapping) else {path}
    return found

"""What a language's phrases are made of: templates with gaps, numbers and dates. Pure; `phrasebook` puts them together.

The first letters of a gap say what it holds: {n} a number, {day} a date, {name} names as they stand (those of exercises
are translated), {source} who says so, {say} another phrase or a list of them, {text} several sentences; a digit tells
two of a kind apart.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from backstory.errors import CatalogueError

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?½?|[+−-]?½")
DAY = re.compile(
    rf"(?:({'|'.join(WEEKDAYS)})[a-z]* )?(\d\d?) ({'|'.join(MONTHS)})[a-z]*(?: (\d{{4}}))?|(\d{{4}})-(\d\d)-(\d\d)"
)
BEGINS = re.compile(r"[\s–•-]*(?:\d+\. )?")  # of a line: a mark or a number in a list
CELLS, SENTENCES, OF_A_LIST = re.compile(r"( {2,})"), re.compile(r"(?<=[.!?”)]) "), re.compile("(, |; )")
KINDS = {
    "n": NUMBER.pattern, "day": re.sub(r"\((?!\?)", "(?:", DAY.pattern),
    "name": r"(?![\s–•-])(?:(?!\. )[^\n])+?", "source": r"[^\n]+?", "say": r"(?:(?![.!?] )[^\n])+?", "text": r"[^\n]+?",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A phrase with gaps. part: its longest piece of fixed text, which has to be there."""

    pattern: re.Pattern[str]
    part: str
    said: str


def kind_of(gap: str) -> str:
    """What a gap holds.

    >>> kind_of("say2")
    'say'
    """
    return gap.rstrip("0123456789")


def gaps(text: str) -> set[str]:
    """A template's gaps by name.

    >>> sorted(gaps("{n} of {n2} mornings"))
    ['n', 'n2']
    """
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def fixed(text: str) -> int:
    """How many letters stand outside of gaps.

    >>> fixed("{n} of {n2}")
    4
    """
    return sum(len(part) for part, *_ in Formatter().parse(text))


def template(english: str, said: str) -> Template:
    """A phrase with gaps, made ready; a gap that comes again holds the same."""
    pattern, seen, longest = "", set(), ""
    for part, name, _, _ in Formatter().parse(english):
        pattern, longest = pattern + re.escape(part), max(longest, part, key=len)
        if name is not None:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>{KINDS[kind_of(name)]})"
            seen.add(name)
    return Template(re.compile(pattern), longest, said)


def check(code: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Raise CatalogueError for phrases that cannot be."""
    seen = set()
    for english, said in pairs:
        if not said or gaps(english) != gaps(said):
            raise CatalogueError(f"{code}.toml: both sides of a phrase need the same gaps: {english}")
        if not all(kind_of(gap) in KINDS for gap in gaps(english)) or not fixed(english):
            raise CatalogueError(f"{code}.toml: gaps are {', '.join(KINDS)}, beside fixed text: {english}")
        if english in seen:
            raise CatalogueError(f"{code}.toml: a phrase stands twice: {english}")
        seen.add(english)


def number(text: str, language: Mapping[str, Any]) -> str:
    """A number in English as it is written in a language.

    >>> number("1,234.5", {"thousands": ".", "decimal": ","})
    '1.234,5'
    """
    return text.translate(str.maketrans({",": language["thousands"], ".": language["decimal"]}))


def day(text: str, language: Mapping[str, Any]) -> str:
    """A date in English as it is written in a language. Raises ValueError for what is none."""
    found = DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    weekday, in_month, month, year, *iso = found.groups()
    if in_month is None:
        year, month, in_month = iso[0], MONTHS[int(iso[1]) - 1], iso[2]
    shown: str = language["day" if year else "short_day"].format(
        day=int(in_month), month=language["months"][MONTHS.index(month)], year=year
    )
    return f"{language['weekdays'][WEEKDAYS.index(weekday)]}, {shown}" if weekday else shown

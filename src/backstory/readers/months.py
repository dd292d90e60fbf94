"""Dates with the month as a word, in the languages of the apps."""

import re
import unicodedata
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

import tomli

from backstory.errors import InputError
from backstory.model import check_day
from backstory.readers.cells import iso_moment, shorten

WORDED = re.compile(
    r"(?P<day>\d{1,2})\W{0,2}\s*(?:de |of )?(?P<month>[^\W\d]+)\.?\s*,?\s*(?:de )?(?P<year>\d{4}),?"
    r"\s+(?:at |um |a las |à )?(?P<hour>\d{1,2}):(?P<minute>\d{2})\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(r"(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{1,2}),?\s+(?P<rest>\d{4}.*)")


@lru_cache(maxsize=5_000)
def moment(text: str) -> datetime:
    """Local date and time from "8 Apr 2026, 16:50", "8. Mai 2026, 16:50", "Apr 8, 2026, 4:50 PM" or ISO text.

    Raises ValueError.
    """
    plain = text.strip()
    if plain[:4].isdigit():
        return iso_moment(plain)
    if turned := MONTH_FIRST.fullmatch(plain):
        plain = f"{turned['day']} {turned['month']} {turned['rest']}"
    parts = WORDED.fullmatch(plain)
    month = parts and month_number(parts["month"])
    if not parts or not month:
        raise ValueError(f"{shorten(text)!r} is not a date and time that is known here")
    hour = int(parts["hour"])
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"][0] in "pP" else 0)
    try:
        found = datetime(int(parts["year"]), month, int(parts["day"]), hour, int(parts["minute"]))
        check_day(found.date())
    except (ValueError, InputError):
        raise ValueError(f"{shorten(text)!r} is not a date and time from 1970 to 2199") from None
    return found


def month_number(word: str) -> int | None:
    """1 to 12 for a month's name or short form in any of the languages; None for another word."""
    bare = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    known = _months()
    return next((known[bare[:length]] for length in (5, 4, 3) if bare[:length] in known), None)


@cache
def _months() -> dict[str, int]:
    data = tomli.loads((Path(__file__).parent / "months.toml").read_text(encoding="utf-8"))
    return {start: int(month) for month, starts in data.items() for start in starts}

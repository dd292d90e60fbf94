"""From the text of a cell to a value. Everything here raises ValueError with a sentence for the person."""

import re
from datetime import date, datetime
from functools import cache, lru_cache

from backstory.errors import InputError
from backstory.model import LIMITS, check_day, plain

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
DURATION_PARTS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(h|hr|hrs|std|min|m|sec|s)\b\.?", re.IGNORECASE)
CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})")
PART_SECONDS = {"h": 3600, "hr": 3600, "hrs": 3600, "std": 3600, "min": 60, "m": 60, "sec": 1, "s": 1}
LONGEST_NAME, LONGEST_NOTE, LONGEST_DURATION = 200, 5000, 40  # characters


@lru_cache(maxsize=20_000)
def number(text: str, limit: float) -> float | None:
    """A number from 0 to `limit`; None for an empty cell and for 0, which the apps write for "not recorded"."""
    text = text.strip()
    if not text:
        return None
    thousands, decimal = (".", ",") if text.rfind(",") > text.rfind(".") else (",", ".")
    english = text.replace(thousands, "").replace(decimal, ".")
    if not NUMBER.fullmatch(english):
        raise ValueError(f"{shorten(text)!r} is not a number")
    value = float(english)
    if value < 0:
        raise ValueError(f"{text} is negative")
    if value > limit:
        raise ValueError(f"{text} is more than {limit:g}")
    return value or None


@cache
def duration_s(text: str) -> float | None:
    """Seconds in "1h 5m", "38min", "55s", "1:05:00", "05:30" or plain seconds; None for an empty cell and for 0."""
    text = text.strip()
    if len(text) > LONGEST_DURATION:
        raise ValueError(f"{shorten(text)!r} is no duration")
    if clock := CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return _bounded(float(hours * 3600 + minutes * 60 + seconds))
    parts = DURATION_PARTS.findall(text)
    if parts and not DURATION_PARTS.sub("", text).strip(" ,"):
        return _bounded(sum(float(n.replace(",", ".")) * PART_SECONDS[unit.lower()] for n, unit in parts))
    return number(text, LIMITS["duration_s"])


def duration_or_none(text: str) -> float | None:
    """The same, None for what is no duration: how long a session took is not worth losing its sets for."""
    try:
        return duration_s(text)
    except ValueError:
        return None


def _bounded(seconds: float) -> float | None:
    if seconds > LIMITS["duration_s"]:
        raise ValueError(f"{seconds:g} seconds is no duration")
    return seconds or None


@lru_cache(maxsize=5_000)
def iso_moment(text: str) -> datetime:
    """Local date and time from ISO text; a time with a zone is brought to this machine's."""
    try:
        moment = datetime.fromisoformat(text.strip())
        check_day(moment.date())
    except (ValueError, InputError):
        raise ValueError(f"{shorten(text)!r} is not a date and time from 1970 to 2199") from None
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


@lru_cache(maxsize=5_000)
def iso_day(text: str) -> date:
    """A day from ISO text; a time behind it is passed over."""
    return iso_moment(text).date()


@lru_cache(maxsize=5_000)
def name(text: str) -> str:
    """An exercise's name on one line, without control characters."""
    clean = " ".join(plain(text).split())
    if not clean:
        raise ValueError("the exercise has no name")
    if len(clean) > LONGEST_NAME:
        raise ValueError(f"the exercise's name is longer than {LONGEST_NAME} characters")
    return clean


def note(text: str) -> str | None:
    """A note without control characters, cut at 5,000 characters; None for an empty cell."""
    return plain(text).strip()[:LONGEST_NOTE] or None if text else None


def shorten(text: str, length: int = 40) -> str:
    """Text fit for a message."""
    return text if len(text) <= length else text[: length - 1] + "…"

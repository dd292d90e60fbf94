"""Days and text as they may be recorded."""

from datetime import date

from backstory.errors import InputError

EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(2200, 1, 1)
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160), 0x2028, 0x2029], " ")


def check_day(day: date) -> date:
    """The day itself, if it can be one of somebody's training days. Raises InputError."""
    if not EARLIEST_DAY <= day < LATEST_DAY:
        raise InputError(f"{day.isoformat()} cannot be a training day; dates from 1970 to 2199 are taken.")
    return day


def plain(text: str) -> str:
    """Text without control characters and without what is no Unicode, on one line."""
    return text.encode("utf-8", "replace").decode("utf-8").translate(_CONTROLS)


def words(name: str) -> str:
    """A field's name as a person reads it: sleep_h → Sleep (hours)."""
    stem, _, unit = name.rpartition("_")
    units = {"h": " (hours)", "kg": " (kg)", "cm": " (cm)"}
    return (stem.replace("_", " ") + units[unit] if unit in units else name.replace("_", " ")).capitalize()


def shown(day: date) -> str:
    """A day as a person writes it: 4 Mar 2026."""
    return f"{day.day} {day:%b %Y}"

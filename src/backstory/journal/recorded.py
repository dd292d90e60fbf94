"""Everything that was recorded: newest first, page by page, searched; changed, removed and brought back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backstory import store
from backstory.errors import InputError
from backstory.journal.opening import Journal
from backstory.journal.recorded_changing import Change, change, entry, last_change, remove, undo
from backstory.journal.recorded_telling import Entry, finder, told, with_ids
from backstory.model import EARLIEST_DAY, LATEST_DAY, plain
from backstory.store import Asked, Found, place_of

__all__ = ["KINDS", "Change", "Entry", "Page", "change", "entry", "last_change", "recorded", "remove", "undo"]
KINDS = store.KINDS
MOST_ON_A_PAGE, LONGEST_QUERY, MOST_WORDS = 200, 100, 8
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, the newest first; older: what to give as `before` for the next ones, None = there are none."""

    entries: tuple[Entry, ...]
    older: str | None


def recorded(
    journal: Journal, query: str = "", kind: str | None = None, before: str | None = None, limit: int = 50
) -> Page:
    """What was recorded and is there. Raises InputError.

    query: words that are all in an entry, whatever their case (title, note, names of exercises, where it hurts), and
    days: 2026, 2026-03 or 2026-03-14; kind: one of KINDS, None = all; before: the `older` of the page before.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f"Kind must be one of {', '.join(KINDS)}, not {kind!r}.")
    if not 1 <= limit <= MOST_ON_A_PAGE:
        raise InputError(f"A page holds 1 to {MOST_ON_A_PAGE} entries, not {limit}.")
    words, spans = _parts(query)
    place = place_of(before) if before else None
    kinds = frozenset(KINDS if kind is None else [kind])
    asked = Asked(kinds, tuple(words), tuple(spans), place, limit + 1)
    found = sorted(store.look(journal.store, asked), key=lambda one: one.place.order)
    entries = _with_words(journal, found, words, limit + 1)
    more = len(entries) > limit
    return Page(tuple(one for one, _ in entries[:limit]), str(entries[limit - 1][1].place) if more else None)


def _with_words(journal: Journal, found: Iterable[Found], words: list[str], limit: int) -> list[tuple[Entry, Found]]:
    """The first of them that hold the words; those of large tables were searched where they lie."""
    find = finder(journal.store.names())
    fitting: list[Found] = []
    for one in found:
        if len(fitting) == limit:
            break
        if not words or store.searched_here(one.kind) or _holds(told(one, (), find), words):
            fitting.append(one)
    found_sets = store.sets_of(journal.store, [one.place.id for one in fitting if one.kind == "session"])
    sets = {session: with_ids(rows) for session, rows in found_sets.items()}
    return [(told(one, sets[one.place.id] if one.kind == "session" else (), find), one) for one in fitting]


def _holds(one: Entry, words: Iterable[str]) -> bool:
    text = f"{one.title} {one.text}".lower()
    return all(word in text for word in words)


def _parts(query: str) -> tuple[list[str], list[tuple[date, date]]]:
    """Words in small letters, and spans of days [from, to). Raises InputError."""
    if len(query) > LONGEST_QUERY:
        raise InputError(f"A search takes at most {LONGEST_QUERY} characters.")
    words, spans = [], []
    for part in dict.fromkeys(plain(query).lower().split()):
        span = _span(part)
        words += [] if span else [part]
        spans += [span] if span else []
    if len(words) + len(spans) > MOST_WORDS:
        raise InputError(f"A search takes at most {MOST_WORDS} words.")
    return words, spans


def _span(part: str) -> tuple[date, date] | None:
    """The days of a year, a month or a day; None for a word that names none."""
    match = DATE.fullmatch(part)
    if match is None:
        return None
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if not EARLIEST_DAY <= first < LATEST_DAY:
        return None
    if day is not None:
        return first, first + timedelta(days=1)
    return first, date(first.year + 1, 1, 1) if month in (None, 12) else date(first.year, first.month + 1, 1)

"""What was before the bouts, in words: every criterion, how often it came anyway, and what can be concluded."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backstory.journal.looking_back_telling import NUMBERS, Section, shown
from backstory.load.bouts import CRITERIA
from backstory.load.chance import DRAWN, LEAST_BOUTS, Compared

HEADING = "Before your bouts"
HOW_TO_MARK = (
    "None is marked. `backstory look-back --bout 2025-03-14`, with the day on which a spell of back pain began, shows "
    "the four weeks before it beside all your others."
)
NOTHING_FOLLOWS = (
    "Nothing can be concluded from {count}. Whatever came before may have come by accident{anyway}. It takes {least} "
    "bouts before they can be held against chance at all."
)
TOGETHER = (
    "It says that they came together, and no more: memory picks its dates, and a back that begins to hurt changes how "
    "one trains."
)
KEPT_APART = "What is marked here never enters `backstory answer`."
TEXT, CELLS = 45, (12, 9, 12)  # letters of a table's columns
TEXTS = {one.what: one.text for one in CRITERIA}


def tell_bouts(
    before: Sequence[Mapping[str, Any]], compared: Sequence[Compared] | None, anyway: Mapping[str, int], weekly: bool
) -> list[Section]:
    """Each bout with every criterion, then all of them together.

    anyway: in how many other four weeks (`times` of `of`) one thing or another was unusual; weekly: nothing is said of
    an answer.
    """
    if not before:
        return [Section(HEADING, (HOW_TO_MARK,))]
    known = [bout for bout in before if _is_known(bout)]
    lines = [_not_known(bout) for bout in before if not _is_known(bout)]
    lines += [_reads(known[0])] if known else []
    for bout in known:
        lines += _table(bout)
    closing = _together(compared) if compared else [_nothing_follows(len(known), len(before), anyway)]
    return [Section(HEADING, (*lines, *([""] if known else []), *closing, *([] if weekly else [KEPT_APART])))]


def _is_known(bout: Mapping[str, Any]) -> bool:
    return any(row["unusual"] is not None for row in bout["before"])


def _reads(bout: Mapping[str, Any]) -> str:
    others = max(row["elsewhere"]["of"] for row in bout["before"])
    if not others:
        return "The log holds no other four weeks to compare with, so nothing can be called unusual."
    where = f"in your {others} other four-week stretches" if others > 1 else "in your only other four-week stretch"
    return f"The same things were looked for before every bout, and {where} (elsewhere)."


def _table(bout: Mapping[str, Any]) -> list[str]:
    began = _began(bout)
    rows = ["", *_row(f"Four weeks before {began}", ("largest", "unusual", "elsewhere"))]
    for row in bout["before"]:
        so = "?" if row["unusual"] is None else "yes" if row["unusual"] else "no"
        elsewhere = "" if not row["elsewhere"]["of"] else f"{row['elsewhere']['times']} of {row['elsewhere']['of']}"
        rows += _row(row["text"], (_value(row), so, elsewhere))
    return rows


def _row(text: str, cells: tuple[str, ...]) -> list[str]:
    """A row whose first column may take several lines; the others stand on its last."""
    *above, last = textwrap.wrap(text, TEXT, subsequent_indent="  ")
    rest = "".join(f"{cell:>{width}}" for cell, width in zip(cells, CELLS, strict=True))
    return [*(f"  {line}" for line in above), f"  {last:<{TEXT}}{rest}".rstrip()]


def _value(row: Mapping[str, Any]) -> str:
    value = row["value"]
    if value is None:
        return "not known" if row["unusual"] is None else "none usual"
    if row["unit"] == "times":
        return f"{value:.2f} times"
    return f"{value:.0f} {row['unit'] if value != 1 or row['unit'] == 'new' else 'day'}"


def _not_known(bout: Mapping[str, Any]) -> str:
    return f"{_began(bout)}: the log says too little of the four weeks before it, or of what was usual then."


def _began(bout: Mapping[str, Any]) -> str:
    return shown(date.fromisoformat(bout["began"]))


def _nothing_follows(known: int, marked: int, anyway: Mapping[str, int]) -> str:
    count = "one bout" if marked == 1 else f"{marked} bouts"
    if known < marked and marked >= LEAST_BOUTS:
        count += f" of which the log tells {NUMBERS[known]}"
    seen = (
        f": one or another of these things was unusual in {anyway['times']} of {anyway['of']} other four weeks too"
        if anyway["of"] > 1
        else ""
    )
    return NOTHING_FOLLOWS.format(count=count, anyway=seen, least=NUMBERS[LEAST_BOUTS])


def _together(compared: Sequence[Compared]) -> list[str]:
    """All bouts beside random days, each criterion with its numbers, and what stands out of chance, if anything."""
    of = compared[0].of
    rows = _row(f"Before how many of your {of} bouts", ("bouts", "", "random days"))
    for one in compared:
        rows += _row(TEXTS[one.what], (f"{one.times}", "", _in_a_hundred(one.by_chance)))
    lines = [
        *rows,
        "",
        f"Random days: how many of 100 sets of {of} days on the same weekdays have it before as many of them or more "
        f"({DRAWN:,} sets were drawn).",
    ]
    told = [one for one in compared if one.more_often]
    if not told:
        rarest = min(one.corrected for one in compared)
        return [
            *lines,
            f"Nothing came before your bouts more often than chance would bring: of {len(compared)} things looked for, "
            f"one is as rare as the rarest of these in {_in_a_hundred(rarest)} random sets.",
        ]
    for one in told:
        lines.append(
            f"More often than chance would bring came: {TEXTS[one.what]}. Of {len(compared)} things looked for, one is "
            f"as rare as this in {_in_a_hundred(one.corrected)} random sets."
        )
    return [*lines, TOGETHER]


def _in_a_hundred(share: float) -> str:
    """A share of random sets in hundredths, and never none.

    >>> _in_a_hundred(0.243), _in_a_hundred(0.0002)
    ('24 of 100', 'under 1 of 100')
    """
    return "under 1 of 100" if share < 0.01 else f"{100 * share:.0f} of 100"

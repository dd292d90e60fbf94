"""Look back: what a log says by itself, and what was unusual before the bouts that a person remembers.

Nothing of it goes to the estimator: what is remembered is no score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, isnan
from typing import Any

import numpy as np

from backstory.days.table import LONGEST_BREAK
from backstory.errors import InputError, NotEnough
from backstory.journal import looking_back_telling as tell
from backstory.journal.bouts_telling import tell_bouts
from backstory.journal.entering import refuse_future
from backstory.journal.loading import exercise_of_activity, weigh
from backstory.journal.looking_back_telling import Section, shown
from backstory.journal.opening import Journal
from backstory.journal.so_far import SoFar, so_far
from backstory.load import Weighed, bouts, look_back
from backstory.load.chance import Compared, compare
from backstory.load.daily import Daily, by_day
from backstory.model import Bout

WALK = "walk"
NO_LOG = (
    "No training is recorded yet, so there is nothing to look back on. Import a training log (`backstory import FILE`) "
    "or note what you do (`backstory log run --minutes 30`)."
)


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What is shown: for people, and for programs."""

    sections: tuple[Section, ...]
    values: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The contract's keys, and `marked`: what was done with the days that were given."""
        return {**self.values, "text": "\n".join(line for part in self.sections for line in part.all_lines)}


def look_back_on(journal: Journal, began: Sequence[date] = (), withdrawn: Sequence[date] = ()) -> LookedBack:
    """Keep the bouts given, and look back. Raises InputError; NotEnough where there is neither a log nor a calendar."""
    marked = mark(journal, began, withdrawn)
    log = weigh(journal)
    early = so_far(journal, log)
    if not log and not early.calendar:
        raise NotEnough(" ".join([*marked, NO_LOG]))
    told = [Section("", tuple(marked))] if marked else []
    if not log:
        told += [Section("", (NO_LOG,)), tell.so_far(early)]
        return LookedBack(tuple(told), _values({}, [], None, early, marked))
    daily = by_day(log, LONGEST_BREAK, _is_walk)
    values, seen = _alone(log, daily)
    before, compared, anyway = _bouts(journal, bouts.Log(log, daily))
    told += [tell.intro(log), *seen, *tell_bouts(before, compared, anyway, early.weekly)]
    if not early.weekly:
        told.append(tell.so_far(early))
    return LookedBack(tuple(told), _values(values, before, compared, early, marked))


def mark(journal: Journal, began: Sequence[date], withdrawn: Sequence[date]) -> list[str]:
    """Keep on which days bouts began, and which were none; what was done, in sentences. Raises InputError."""
    there = marked_days(journal)
    for day in (*began, *withdrawn):
        refuse_future(journal, day)
        Bout(day)
    if both := {*began} & {*withdrawn}:
        raise InputError(f"{min(both).isoformat()} cannot be both marked and taken back.")
    if unknown := [day for day in withdrawn if day not in there]:
        raise InputError(f"No bout is marked on {unknown[0].isoformat()}.")
    said = []
    for day in dict.fromkeys(withdrawn):
        journal.store.save_entry(Bout(day, withdrawn=True), journal.clock())
        said.append(f"Taken back: {shown(day)}.")
    for day in dict.fromkeys(began):
        if day in there and day not in withdrawn:
            said.append(f"{shown(day)} is marked already.")
            continue
        journal.store.save_entry(Bout(day), journal.clock())
        said.append(f"Marked: a bout that began on {shown(day)}.")
    for first, others in bouts.merged(marked_days(journal)):
        if {first, *others} & {*began}:
            said += [f"{shown(other)} lies within two weeks of {shown(first)} and counts as one with it."
                     for other in others]  # fmt: skip
    return said


def marked_days(journal: Journal) -> set[date]:
    """Days on which bouts began: the last word on each day holds."""
    last = {bout.day: bout for bout in journal.store.entries(Bout)}
    return {day for day, bout in last.items() if not bout.withdrawn}


def _is_walk(item: Weighed) -> bool:
    """A walk leaves a rest day one."""
    exercise = exercise_of_activity(item.session)
    return exercise is not None and exercise.id == WALK


def _alone(log: Sequence[Weighed], daily: Daily) -> tuple[dict[str, Any], list[Section]]:
    """What the log says by itself, as values and in words."""
    usual, news = look_back.usual_weeks(daily), look_back.news(log)
    jumps = [
        *look_back.session_jumps(log, log[-1].day - look_back.HALF_YEAR),
        *look_back.week_jumps(daily, "load" if np.nansum(daily.columns["load"]) > 0 else "minutes"),
    ]
    jumps = sorted((jump for jump in jumps if jump.ratio > tell.LEAST_JUMP[jump.kind]), key=lambda jump: -jump.ratio)
    balance, rest = look_back.balances(log), look_back.resting(daily)
    values = {
        "usual": {
            "until": daily.last.isoformat(),
            "weeks": [
                {"what": one.what, "unit": look_back.UNITS[one.what], "low": one.low, "middle": one.middle,
                 "high": one.high, "weeks": one.weeks} for one in usual
            ],
        },
        "new": tell.news_values(news),
        "jumps": [
            {"kind": jump.kind, "date": jump.day.isoformat(), "what": jump.what, "unit": jump.unit,
             "value": jump.value, "before": jump.before, "ratio": jump.ratio, "weeks_off": jump.weeks_off}
            for jump in jumps
        ],
        "balance": balance,
        "rest_days": {
            "longest_stretch": {"days": rest.longest[1], "until": rest.longest[0].isoformat()}
            if rest.longest else None,
            "weeks": rest.weeks, "weeks_without": rest.without, "usual_a_week": rest.middle,
        },
    }  # fmt: skip
    sections = [tell.usual(usual), tell.news(news), tell.jumps(jumps), tell.balance(balance), tell.rest(rest)]
    return values, [section for section in sections if section.lines]


def _bouts(journal: Journal, log: bouts.Log) -> tuple[list[dict[str, Any]], list[Compared] | None, dict[str, int]]:
    """Each bout with what was before it; the comparison of them all, None where there are too few; and in how many
    other four weeks anything was unusual.
    """
    days = bouts.merged(marked_days(journal))
    if not days:
        return [], None, {"times": 0, "of": 0}
    looked = bouts.look(log)
    others = bouts.other_stretches(looked, [began for began, _ in days])
    columns = [looked.column(began) for began, _ in days]
    elsewhere = [{"times": times, "of": of} for times, of in bouts.elsewhere(looked, others)]
    found = [
        {
            "began": began.isoformat(),
            "counts_with": [day.isoformat() for day in more],
            "before": [
                {**_before(looked, n, column), "elsewhere": elsewhere[n]} for n in range(len(looked.criteria))
            ],
        }
        for (began, more), column in zip(days, columns, strict=True)
    ]  # fmt: skip
    compared = compare(looked, [column for column in columns if column is not None])
    return found, compared, {"times": int(looked.unusual[:, others].any(axis=0).sum()), "of": len(others)}


def _before(looked: bouts.Looked, n: int, column: int | None) -> dict[str, Any]:
    """A criterion in the four weeks before a bout; None = not known, and for a value: nothing to compare with."""
    one = looked.criteria[n]
    value = float("nan") if column is None else float(looked.value[n, column])
    return {
        "what": one.what, "text": one.text, "unit": one.unit, "limit": one.limit,
        "value": value if isfinite(value) else None,
        "unusual": None if column is None or isnan(value) else bool(looked.unusual[n, column]),
    }  # fmt: skip


def _values(
    alone: Mapping[str, Any],
    before: list[dict[str, Any]],
    compared: Sequence[Compared] | None,
    early: SoFar,
    marked: Sequence[str],
) -> dict[str, Any]:
    nothing: dict[str, Any] = {"usual": {}, "new": [], "jumps": [], "balance": [], "rest_days": {}}
    rows = None if compared is None else [
        {"what": one.what, "bouts": {"times": one.times, "of": one.of}, "by_chance": one.by_chance,
         "corrected": one.corrected, "more_often": one.more_often} for one in compared
    ]  # fmt: skip
    return {**nothing, **alone, "bouts": before, "comparison": rows, "so_far": early.as_json(), "marked": list(marked)}

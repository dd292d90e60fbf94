"""An answer as plain values for a page: its words part by part, and what its pictures show; None = not known."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import isnan
from statistics import fmean, median
from typing import Any

from backstory import cause
from backstory.journal.answered import Report
from backstory.journal.picturing import values_of
from backstory.report.answer_calendar import Calendar, calendar
from backstory.report.answer_values import Timeline

DAYS_SHOWN = 400  # day by day; what is longer is shown by week, too
SHARES = tuple(round(0.5 + 0.05 * n, 2) for n in range(21))  # of the usual load, from half to half as much again
WEEK = timedelta(days=7)


def shown(report: Report) -> dict[str, Any]:
    """`answer`: the command line's contract; `sentence`; `told`: as in Report; `found`: whether an effect is claimed.

    `effects`, `curves`: with names and ranges; `timeline`: see `timeline`; `what_if`: one row a share of the usual load
    with the change of pain on a morning and its 90 % range, [] where there is no estimate.
    """
    page = values_of(report)
    effects = [dict(zip(("label", "points", "lo", "hi", "said"), row, strict=True)) for row in page.effects]
    names = [entry["exposure"] for entry in report.effects()]
    return {
        "answer": report.as_json(),
        "sentence": report.sentence,
        "told": report.told,
        "found": report.verdict in (cause.WORSE, cause.BETTER),
        "missing": bool(report.main.missing),
        "effects": [
            {"exposure": name, **{key: _known(value) for key, value in row.items()}}
            for name, row in zip(names, effects, strict=True)
        ],
        "curves": [
            {"label": one.label, "example": one.example, "points": [*one.points], "lo": [*one.lo90], "hi": [*one.hi90]}
            for one in page.curves
        ],
        "timeline": timeline(page.timeline) if page.timeline else None,
        "what_if": [[one.share, one.points, one.lo90, one.hi90] for one in cause.what_if(report.main, SHARES)],
    }


def timeline(told: Timeline) -> dict[str, Any]:
    """Pain and load on one calendar, the load beside the usual training day's or week's: `days` (the last 400 at most),
    `weeks` (Mondays; None where the days are all), and `months` for a table.
    """
    whole = calendar(told)
    usual = median([value for value in whole.load if value > 0] or [1.0])
    start = max(0, len(whole.days) - DAYS_SHOWN)
    days = {
        "begins": whole.days[start].isoformat(),
        "pain": [_known(value) for value in whole.pain[start:]],
        "middle": [_known(value) for value in whole.medians[start:]],
        "load": [_times(value, usual) for value in whole.load[start:]],
    }
    return {
        "label": told.load_label,
        "days": days,
        "weeks": _weeks(whole) if start else None,
        "months": [_month(month, list(some)) for month, some in groupby(_rows(whole), key=lambda row: row[0][:7])],
    }


def _weeks(whole: Calendar) -> dict[str, Any]:
    """The middle score of each week with its lowest and highest, and the load a day beside the middle week's."""
    first = whole.days[0] - timedelta(days=whole.days[0].weekday())
    groups: dict[date, list[tuple[float, float]]] = {}
    for n in range((whole.days[-1] - first) // WEEK + 1):
        groups[first + n * WEEK] = []
    for day, pain, load in zip(whole.days, whole.pain, whole.load, strict=True):
        groups[day - timedelta(days=day.weekday())].append((pain, load))
    scores = [_present(pain for pain, _ in week) for week in groups.values()]
    means = [_mean([load for _, load in week]) for week in groups.values()]
    usual = median([value for value in means if value] or [1.0])
    return {
        "begins": first.isoformat(),
        "middle": [median(some) if some else None for some in scores],
        "lo": [min(some, default=None) for some in scores],
        "hi": [max(some, default=None) for some in scores],
        "load": [None if value is None else value / usual for value in means],
    }


def _rows(whole: Calendar) -> Iterable[tuple[str, float, float]]:
    usual = median([value for value in whole.load if value > 0] or [1.0])
    for day, pain, load in zip(whole.days, whole.pain, whole.load, strict=True):
        yield day.isoformat(), pain, load / usual


def _month(month: str, rows: Sequence[tuple[str, float, float]]) -> dict[str, Any]:
    """scored: mornings; training_days: with any load; load: of the middle training day; known: days."""
    scores, loads = _present(row[1] for row in rows), _present(row[2] for row in rows)
    trained = [load for load in loads if load > 0]
    return {
        "month": f"{month}-01", "pain": fmean(scores) if scores else None, "scored": len(scores),
        "training_days": len(trained), "load": median(trained) if trained else None, "known": len(loads),
        "days": len(rows),
    }  # fmt: skip


def _present(values: Iterable[float]) -> list[float]:
    return [value for value in values if not isnan(value)]


def _mean(values: Sequence[float]) -> float | None:
    """Of a week's known days; None where they are less than half of them."""
    known = _present(values)
    return fmean(known) if known and 2 * len(known) >= len(values) else None


def _times(value: float, usual: float) -> float | None:
    return None if isnan(value) else value / usual


def _known(value: Any) -> Any:
    return None if isinstance(value, float) and isnan(value) else value

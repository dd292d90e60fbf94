"""What training asked of the low back, as the page shows it: every week, families and muscles of late, jumps, notes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from backstory.journal import Journal

LATE = timedelta(days=28)
WEEK_FIELDS = (
    "week", "load", "usual", "times_usual", "whole", "sessions", "sessions_not_known", "training_days", "rest_days",
    "sets", "hard_sets", "break_s",
)  # fmt: skip
JUMPS, NOTES, PAUSES = 6, 8, 5
A_YEAR, LEAST_COMPARED = timedelta(days=365), 4
DAY = timedelta(days=1)


def make(journal: Journal) -> dict[str, Any]:
    """Values of the page. Raises NotEnough where no sets are recorded."""
    from backstory.journal.reporting import load_report

    report = load_report(journal)
    last = date.fromisoformat(report["days"][-1]["date"])
    late = [day for day in report["days"] if date.fromisoformat(day["date"]) > last - LATE]
    return {
        "unit": report["unit"], "assumed": report["assumed"], "last": last.isoformat(),
        "weeks": _every_week([{name: week[name] for name in WEEK_FIELDS} for week in report["weeks"]]),
        "days": [{name: day[name] for name in ("date", "load", "times_usual", "sets")} for day in report["days"]],
        "families": _families(late), "muscles": _muscles(report["muscles"]), "balance": report["balance"],
        "pauses": report["pauses"][: -PAUSES - 1 : -1],
        "jumps": _jumps(report["spikes"], last),
        "notes": report["notes"][:NOTES],
    }  # fmt: skip


def _jumps(spikes: Sequence[Mapping[str, Any]], last: date) -> list[Mapping[str, Any]]:
    """Sessions of the last year above the largest of the 30 days before, the largest first; a few before it are needed
    to compare with.
    """
    since = (last - A_YEAR).isoformat()
    above = [
        one for one in spikes
        if one["date"] > since and (one["ratio"] or 0) > 1 and one["compared_with"] >= LEAST_COMPARED
    ]  # fmt: skip
    return sorted(above, key=lambda one: -float(one["ratio"]))[:JUMPS]


def _every_week(weeks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those without training, too: nothing was lifted in them as far as the log goes."""
    by_monday = {week["week"]: week for week in weeks}
    monday, last = (date.fromisoformat(weeks[place]["week"]) for place in (0, -1))
    empty = dict.fromkeys(WEEK_FIELDS, 0) | {
        "load": None,
        "usual": None,
        "times_usual": None,
        "whole": True,
        "break_s": None,
    }
    found: list[Mapping[str, Any]] = []
    while monday <= last:
        text = monday.isoformat()
        found.append(by_monday.get(text, empty | {"week": text, "rest_days": 7}))
        monday += 7 * DAY
    return found


def _families(days: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each family's share of what these days asked of the low back, the largest first."""
    sums: dict[str, float] = defaultdict(float)
    for day in days:
        for family, load in day["families"].items():
            sums[family] += load or 0.0
    total = sum(sums.values())
    shares = [{"family": family, "share": load / total} for family, load in sums.items() if load > 0 and total]
    return sorted(shares, key=lambda one: -float(one["share"]))


def _muscles(counts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sets a muscle in the last week, and the mean of the four weeks before, the most first."""
    if not counts:
        return []
    this = counts[-1]["week"]
    first = (date.fromisoformat(this) - LATE).isoformat()
    before: dict[str, float] = defaultdict(float)
    now: dict[str, tuple[float, str]] = {}
    for one in counts:
        if one["week"] == this:
            now[one["muscle"]] = (one["sets"], one["level"])
        elif one["week"] >= first:
            before[one["muscle"]] += one["sets"] / 4
    rows = [
        {"muscle": muscle, "sets": now.get(muscle, (0.0, "few"))[0], "before": before[muscle],
         "level": now.get(muscle, (0.0, "few"))[1]}
        for muscle in {*now, *before}
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-float(row["sets"]), -float(row["before"]), str(row["muscle"])))

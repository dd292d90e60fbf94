"""Ten described persons, a week for each: their journal is made up, kept by the real store, and planned from.

    python benchmarks/plan_people.py           # one JSON object
    python benchmarks/plan_people.py --write   # docs/validation/plan.md as well

The persons stand in plan_people.toml. The days are fixed: the same program writes the same page.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli

from backstory.journal import Journal, open_journal
from backstory.journal.entering import profile
from backstory.journal.plan_told import as_json
from backstory.journal.plan_wish import WEEKDAYS, Wish
from backstory.journal.planning import Planned, plan
from backstory.model import CheckIn, Limits, Session, Set

DATA = Path(__file__).with_suffix(".toml")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
STEP_KG, BLOCK_WEEKS = 0.5, 4
Table = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """A person as told, and the plan: what it was made from, and as `backstory plan --json` gives it."""

    key: str
    told: Table
    planned: Planned
    plan: dict[str, Any]


def people(path: Path = DATA) -> tuple[date, dict[str, Table]]:
    """The day before the plans begin, and each person's table by a short name."""
    tables = tomli.loads(path.read_text(encoding="utf-8"))
    return tables["today"], tables["persons"]


def shown(only: Sequence[str] = ()) -> list[Shown]:
    """The plans of these persons; () = of all."""
    today, tables = people()
    return [_shown(key, table, today) for key, table in tables.items() if not only or key in only]


def _shown(key: str, told: Table, today: date) -> Shown:
    with journal_of(told, today) as journal:
        planned = plan(journal, Wish(first=today + DAY, **told["wish"]))
    return Shown(key, told, planned, as_json(planned))


@contextmanager
def journal_of(told: Table, today: date) -> Iterator[Journal]:
    """The person's journal at noon of `today`, in a folder of its own that goes with it."""
    now = datetime.combine(today, time(12), UTC)
    with (
        TemporaryDirectory() as folder,
        open_journal(str(Path(folder) / "journal.db"), clock=lambda: now) as journal,
    ):
        profile(journal, told["profile"])
        sessions = [*_sessions(told, today), *_activities(told, today)]
        sessions.sort(key=lambda session: session.day)
        check_ins = [*_check_ins(told, today), *_following(told, today, sessions)]
        journal.store.save_import("log.csv", "strong", sessions, check_ins, (), now)
        if limits := told.get("clinician"):
            said = Limits(today, tuple(limits["keep"]), tuple(limits["avoid"]), limits["by"])
            journal.store.save_entry(said, now)
        yield journal


def _sessions(told: Table, today: date) -> Iterator[Session]:
    """All that comes back on a day is one session."""
    sets: dict[date, list[Set]] = {}
    for template in told.get("trains", ()):
        for ago, day in _days(template, today):
            shares = template.get("times", [1.0])
            main = template["main"]
            sets.setdefault(day, []).extend(one for row in main for one in _sets(row, ago, shares[ago % len(shares)]))
    return (Session("strong", day, tuple(done)) for day, done in sets.items())


def _sets(row: Table, weeks_ago: int, share: float) -> list[Set]:
    load_kg = None
    if "load_kg" in row:
        load_kg = (row["load_kg"] - row["step_kg"] * (weeks_ago // BLOCK_WEEKS)) * share
        load_kg = STEP_KG * round(load_kg / STEP_KG)
    reps = float(row["reps"]) if "reps" in row else None
    return [Set(row["name"], load_kg=load_kg, reps=reps, duration_s=row.get("hold_s"))] * row["sets"]


def _activities(told: Table, today: date) -> Iterator[Session]:
    for one in told.get("moves", ()):
        for _, day in _days(one, today):
            yield Session("backstory", day, title=one["kind"], duration_s=60.0 * one["minutes"])


def _days(template: Table, today: date) -> Iterator[tuple[int, date]]:
    """Weeks since the last one, and the day; weeks end with `today`."""
    until = template.get("to_weeks_ago", 0)
    for ago in range(template["weeks"]):
        for name in template["days"]:
            back = (today.weekday() - WEEKDAYS.index(name)) % 7
            yield ago, today - back * DAY - (ago + until) * WEEK


def _check_ins(told: Table, today: date) -> Iterator[CheckIn]:
    for one in told.get("says", ()):
        scores = cycle(one["pain"])
        for back in range(one["from"], one.get("to", 0) - 1, -one["every"]):
            yield CheckIn(
                today - back * DAY, float(next(scores)), one.get("when"), tuple(one.get("where", ())),
                leg_symptoms=one.get("leg_symptoms"), session=one.get("session"), hurts=tuple(one.get("hurts", ())),
            )  # fmt: skip


def _following(told: Table, today: date, sessions: Sequence[Session]) -> Iterator[CheckIn]:
    """Mornings that are worse the more of an exercise was done on the day before, and the day before that."""
    if "follows" not in told:
        return
    rule = told["follows"]
    done = {session.day: _heaviest(session, rule["name"]) for session in sessions}
    most = max(done.values())
    usual = cycle(rule["usual"])
    for back in range(rule["from"], -1, -1):
        day = today - back * DAY
        more = sum(points * done.get(day - n * DAY, 0.0) / most for n, points in enumerate(rule["points"], 1))
        yield CheckIn(day, float(round(next(usual) + more)), "morning")


def _heaviest(session: Session, name: str) -> float:
    return max((one.load_kg or 0.0 for one in session.sets if one.exercise_name == name), default=0.0)


def summary(one: Shown) -> dict[str, Any]:
    """What a glance at a plan shows."""
    rules, sessions = one.plan["rules"], one.plan["sessions"]
    return {
        "optimal": one.plan["optimal"],
        "hard_rules_held": all(rule["held"] is not False for rule in rules if rule["hard"]),
        "soft_rules_not_held": [rule["id"] for rule in rules if not rule["hard"] and rule["held"] is False],
        "sessions": len(sessions),
        "exercises": sum(len(session["main"]) for session in sessions),
        "minutes_used": sum(session["takes"] for session in sessions),
        "minutes": sum(session["minutes"] for session in sessions),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    from plan_people_page import PAGE, page  # it needs this file

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/validation/plan.md")
    options = parser.parse_args(arguments)
    every = shown()
    if options.write:
        PAGE.write_text(page(every), encoding="utf-8")
    print(json.dumps({one.key: summary(one) for one in every}, indent=1))


if __name__ == "__main__":
    main()

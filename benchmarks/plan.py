"""Weeks planned for 1,000 generated requests: rules, time, optimum, oracle. Prints one JSON object.

    python benchmarks/plan.py [--requests 1000] [--seed 0] [--oracle 30] [--again 30] [--runs 5]

Hard rules are checked by functions that share no code with the solver (`plan_checks`), the optimum by a mixed-integer
programme that is written from the rules (`plan_oracle`) in exact decimals, so that what the solver rounds away shows.
Times are of one call of `solve` in this process, imports excluded; `command` is `backstory plan` as a whole process,
on an empty journal and on one with ten years of training.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from backstory.plan.solve import solve
from backstory.plan.values import Wanted, Week
from plan_checks import form_faults, rule_faults
from plan_log import ten_years
from plan_made import wanted_of
from plan_oracle import Unfinished, added_worth, best_worth, can_hold, most_added
from plan_requests import Ask, asks

MEDIAN_MS, P95_MS, NAMED_MS, COMMAND_S = 150.0, 500.0, 1000.0, 2.0
SHOWN = 10  # faults and disagreements that are told one by one


@dataclass(frozen=True, slots=True)
class Solved:
    """A request, what came of it, and how long that took."""

    ask: Ask
    wanted: Wanted
    week: Week
    ms: float


def solved(ask: Ask) -> Solved:
    wanted = wanted_of(ask)
    begun = time.perf_counter()
    week = solve(wanted)
    return Solved(ask, wanted, week, 1000 * (time.perf_counter() - begun))


def rules_held(every: Sequence[Solved]) -> dict[str, Any]:
    """How many weeks break which rule, and the first of them in words."""
    broken: Counter[str] = Counter()
    shown = []
    for one in every:
        found = rule_faults(one.wanted, one.week) | form_faults(one.wanted, one.week)
        broken.update(found.keys())
        if found:
            shown.append({"request": one.ask.number, "faults": found})
    return {"weeks_with_faults": len(shown), "by_rule": dict(broken), "first": shown[:SHOWN]}


def times(every: Sequence[Solved]) -> dict[str, Any]:
    """Of the weeks that hold."""
    ms = [one.ms for one in every]
    slow = sorted(every, key=lambda one: -one.ms)[:SHOWN]
    return {
        "median_ms": float(np.median(ms)), "p95_ms": float(np.percentile(ms, 95)), "slowest_ms": max(ms),
        "slowest": [[one.ask.number, round(one.ms)] for one in slow],
        "optimal_share": sum(one.week.optimal for one in every) / len(every),
        "not_optimal": [one.ask.number for one in every if not one.week.optimal][:SHOWN],
    }  # fmt: skip


def cannot_hold(every: Sequence[Solved]) -> dict[str, Any]:
    """Of the weeks that cannot: whether that is so, whether what is named explains it alone, and how fast it came."""
    named = Counter(rule for one in every for rule in _named(one.week))
    wrong = [one.ask.number for one in every if can_hold(one.wanted)]
    others = [one for one in every if can_hold(one.wanted, _named(one.week))]
    return {
        "requests": len(every), "slowest_ms": max((one.ms for one in every), default=0.0), "rules_named": dict(named),
        "wrongly": wrong[:SHOWN], "not_by_what_is_named": [
            {"request": one.ask.number, "named": sorted(_named(one.week))} for one in others
        ][:SHOWN],
    }  # fmt: skip


def _named(week: Week) -> set[str]:
    return {rule for clash in week.clashes for rule in clash.rules}


def beside_oracle(every: Sequence[Solved]) -> dict[str, Any]:
    """Whether the best worth is the oracle's, and so is that of the added sets."""
    worths, added, ms, unfinished = [], [], [], []
    for one in every:
        begun = time.perf_counter()
        try:
            best = best_worth(one.wanted)
        except Unfinished:
            unfinished.append(one.ask.number)
            continue
        ms.append(1000 * (time.perf_counter() - begun))
        if best != one.week.worth:
            worths.append({"request": one.ask.number, "worth": one.week.worth, "oracle": best})
        more, most = added_worth(one.wanted, one.week), most_added(one.wanted, one.week)
        if more != most:
            added.append({"request": one.ask.number, "added_worth": more, "oracle": most})
    count = len(ms)
    return {
        "compared": count, "same_worth": count - len(worths), "other_worth": worths[:SHOWN],
        "same_added": count - len(added), "other_added": added[:SHOWN], "unfinished": unfinished,
        "oracle_median_ms": float(median(ms)) if ms else None,
    }  # fmt: skip


def command_seconds(runs: int) -> dict[str, float] | None:
    """`backstory plan` as a whole process, by the journal it reads; None while there is no such command."""
    begin = [sys.executable, "-m", "backstory"]
    if subprocess.run([*begin, "plan", "--help"], capture_output=True, check=False).returncode:
        return None
    with tempfile.TemporaryDirectory() as folder:
        log, empty, long = (Path(folder) / name for name in ("log.csv", "empty.db", "long.db"))
        log.write_text(ten_years(date.today()), encoding="utf-8")
        imported = [*begin, "import", str(log), "--units", "kg", "--journal", str(long)]
        subprocess.run(imported, capture_output=True, check=True)
        return {path.stem: median(_whole_process(begin, path) for _ in range(runs)) for path in (empty, long)}


def _whole_process(begin: list[str], journal: Path) -> float:
    begun = time.perf_counter()
    asked = ["plan", "--days", "mon,wed,fri", "--minutes", "45", "--json", "--journal", str(journal)]
    done = subprocess.run([*begin, *asked], capture_output=True, check=True)
    seconds = time.perf_counter() - begun
    if not json.loads(done.stdout)["sessions"]:
        raise RuntimeError("backstory plan gave no session.")
    return seconds


def compared(options: argparse.Namespace) -> dict[str, Any]:
    """Everything that is printed."""
    every = [solved(ask) for ask in asks(options.requests, options.seed)]
    holds = [one for one in every if not one.week.clashes]
    rules, took, clashes = rules_held(every), times(holds), cannot_hold([o for o in every if o.week.clashes])
    oracle = beside_oracle(holds[:: max(1, len(holds) // options.oracle)][: options.oracle] if options.oracle else [])
    again = sum(solve(one.wanted) == one.week for one in every[: options.again])
    command = command_seconds(options.runs) if options.runs else None
    met = {
        "rules": not rules["weeks_with_faults"],
        "median": took["median_ms"] <= MEDIAN_MS,
        "p95": took["p95_ms"] <= P95_MS,
        "optimal": took["optimal_share"] == 1.0,
        "clashes": clashes["slowest_ms"] <= NAMED_MS and not clashes["wrongly"] and not clashes["not_by_what_is_named"],
        "oracle": oracle["same_worth"] == oracle["same_added"] == oracle["compared"],
        "same_again": again == min(options.again, len(every)),
        "command": None if command is None else max(command.values()) <= COMMAND_S,
    }
    limits = {"median_ms": MEDIAN_MS, "p95_ms": P95_MS, "named_ms": NAMED_MS, "command_s": COMMAND_S}
    return {
        "requests": len(every), "seed": options.seed, "limits": limits, "faults": rules, "holds": len(holds), **took,
        "cannot_hold": clashes, "oracle": oracle, "same_again": again, "command_s": command, "met": met,
    }  # fmt: skip


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--oracle", type=int, default=30, help="weeks that are held against the oracle")
    parser.add_argument("--again", type=int, default=30, help="weeks that are planned twice")
    parser.add_argument("--runs", type=int, default=5, help="of the command; 0 leaves it out")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    print(json.dumps(compared(parser().parse_args(arguments)), indent=1))


if __name__ == "__main__":
    main()

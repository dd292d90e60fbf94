"""Simulated people live a half year by the plan, by plain linear progression, and by their own old habits.

python benchmarks/half_year.py --people 40 --weeks 26 --seed 1 --processes 2 [--write]

The same people, and the same draws of every day, in all three ways; backs that mind spikes, sameness, long weeks, or
nothing. These are simulated people: what they show is whether the plan does what it is meant to do where a back is as
described, and nothing about anybody's back. What they are made of stands in half_year.toml. Prints one JSON object.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from scipy.stats import t as student

import half_year_page
from half_year_people import BACKS, VALUE, somebody
from half_year_plan import Asked, ByPlan
from half_year_ways import SHORT_LINEAR, WAYS, Half, lived

WARNING = (
    "These are simulated people. How their backs answer was chosen, not measured; no figure here says how many painful "
    "days anybody would have."
)
EVERY = (*WAYS, SHORT_LINEAR)
MAIN_SLOTS = ("squat", "hinge", "push-horizontal", "push-vertical", "pull-horizontal")
VOLUME = 0.9
NOTHING = "nothing"


@dataclass(frozen=True)
class Outcome:
    """One person's half year. painful_days and sessions are counts; volume: kg x repetitions; strength: of the main
    lifts at the end, in strengths at the beginning; load: on the low back; spikes: sessions with more than 10 % above
    the largest of 30 days; above_the_plan: with more than the plan allowed.
    """

    painful_days: float
    mean_pain: float
    volume: float
    hard_sets: float
    strength: float
    sessions: float
    missed: float
    load: float
    spikes: float
    above_the_plan: float


def outcome(half: Half) -> Outcome:
    least, above = VALUE["painful"]
    who = half.life.who
    ends = [half.life.strength.fitness[slot] / half.began[slot] for slot in MAIN_SLOTS]
    return Outcome(
        sum(score >= max(least, who.usual_pain + above) for score in half.scores), float(np.mean(half.scores)),
        half.volume, half.hard_sets, math.prod(ends) ** (1 / len(ends)), half.sessions, half.missed, half.load,
        half.spikes, half.above_the_plan,
    )  # fmt: skip


@dataclass(frozen=True)
class Task:
    """One person with one back."""

    seed: int
    number: int
    weeks: int
    back: str
    asked: Asked
    sleep: bool


@dataclass(frozen=True)
class Found:
    """By way; seen, broken, seconds: of the plans."""

    back: str
    outcomes: dict[str, Outcome]
    seen: Counter[str]
    broken: Counter[str]
    seconds: list[float]


def found(task: Task) -> Found:
    who = somebody(task.seed, task.number, task.weeks)
    halves = {name: lived(who, task.back, name, task.weeks, task.asked, task.sleep) for name in EVERY}
    by_plan = halves["plan"].way
    assert isinstance(by_plan, ByPlan)
    outcomes = {name: outcome(half) for name, half in halves.items()}
    return Found(task.back, outcomes, by_plan.seen, by_plan.broken, by_plan.seconds)


def estimate(values: Sequence[float]) -> dict[str, float | None]:
    """Mean, its standard error, and its 90 % interval by Student's t; no error of one person alone."""
    mean, count = float(np.mean(values)), len(values)
    if count < 2:
        return {"mean": mean, "se": None, "lo90": None, "hi90": None}
    error = float(np.std(values, ddof=1)) / math.sqrt(count)
    half = float(student.ppf(0.95, count - 1)) * error
    return {"mean": mean, "se": error, "lo90": mean - half, "hi90": mean + half}


def of_back(people: Sequence[Found]) -> dict[str, Any]:
    """Each figure by way, and the plan beside the others, person by person."""
    report: dict[str, Any] = {
        field.name: {way: estimate([getattr(one.outcomes[way], field.name) for one in people]) for way in EVERY}
        for field in fields(Outcome)
    }
    others = [way for way in EVERY if way != "plan"]
    report["painful_days_less"] = {
        way: estimate([one.outcomes["plan"].painful_days - one.outcomes[way].painful_days for one in people])
        for way in others
    }
    for name in ("volume", "hard_sets"):
        report[f"{name}_share"] = {way: estimate(_shares(people, name, way)) for way in others}
    return report


def _shares(people: Sequence[Found], name: str, way: str) -> list[float]:
    """The plan's figure in this way's, person by person."""
    pairs = [(getattr(one.outcomes["plan"], name), getattr(one.outcomes[way], name)) for one in people]
    return [plan / other for plan, other in pairs if other]


def plans(everybody: Sequence[Found]) -> dict[str, Any]:
    """What the plans were like."""
    seen, broken = Counter[str](), Counter[str]()
    for one in everybody:
        seen.update(one.seen)
        broken.update(one.broken)
    seconds = [second for one in everybody for second in one.seconds]
    return {
        "hard_rules_broken": sum(broken.values()), "broken": dict(sorted(broken.items())),
        "seen": dict(sorted(seen.items())), "median_s": float(np.median(seconds)),
        "p95_s": float(np.quantile(seconds, 0.95)), "longest_s": max(seconds),
    }  # fmt: skip


def targets(backs: dict[str, Any], made: dict[str, Any]) -> dict[str, str]:
    """What was to be reached: "yes", "no", or "open" where the 90 % interval holds both."""
    told = {}
    for back, report in backs.items():
        for way in [way for way in WAYS if way != "plan" and back != NOTHING]:
            low, high = (report["painful_days_less"][way][end] for end in ("lo90", "hi90"))
            told[f"{back}: fewer painful days than by {way}"] = _met(high is not None and high < 0, low, 0.0)
    if NOTHING in backs:
        share = backs[NOTHING]["volume_share"]["linear"]
        enough = share["lo90"] is not None and share["lo90"] >= VOLUME
        below = None if share["hi90"] is None else -share["hi90"]
        told[f"{NOTHING}: volume at least {VOLUME:.0%} of linear"] = _met(enough, below, -VOLUME)
    told["no hard rule broken"] = "no" if made["hard_rules_broken"] else "yes"
    return told


def _met(reached: bool, least: float | None, limit: float) -> str:
    """least: where the whole interval lies above the limit, the target is missed."""
    return "yes" if reached else "no" if least is not None and least > limit else "open"


def compared(options: argparse.Namespace) -> dict[str, Any]:
    """Everything that is printed."""
    asked = Asked(options.goal, options.minutes, not options.mondays, not options.no_answer)
    tasks = [
        Task(options.seed, number, options.weeks, back, asked, options.sleep)
        for number in range(options.people)
        for back in options.backs
    ]
    if options.processes > 1:
        with ProcessPoolExecutor(options.processes) as pool:
            everybody = list(pool.map(found, tasks))
    else:
        everybody = [found(task) for task in tasks]
    backs = {back: of_back([one for one in everybody if one.back == back]) for back in options.backs}
    made = plans(everybody)
    told = {name: value for name, value in vars(options).items() if name not in ("processes", "write")}
    return {"warning": WARNING, "options": told, "targets": targets(backs, made), "backs": backs, "plans": made}


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--backs", nargs="+", choices=BACKS, default=list(BACKS))
    parser.add_argument("--goal", choices=("strength", "muscle", "general"), default="general", help="of the plan")
    parser.add_argument("--minutes", type=int, default=60, help="of a planned session")
    parser.add_argument("--mondays", action="store_true", help="plans are made on Mondays only")
    parser.add_argument("--no-answer", action="store_true", help="plans know nothing of the person's own answer")
    parser.add_argument("--sleep", action="store_true", help="nights are told, which may hold loads back (R32)")
    parser.add_argument("--write", action="store_true", help="docs/validation/half-year.md")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    options = parser().parse_args(arguments)
    report = compared(options)
    if options.write:
        half_year_page.write(report)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()

"""Self-trials of simulated persons: how often bands cover, differences are claimed and found. Prints one JSON object.

python benchmarks/trial.py --people 400 --days 56 84 112 --block 4 --points 0 1 --seed 1

Pain is that of `cause.simulate`: a memory, the noise of a score, rounding, missing mornings. The difference between the
arms comes on top, half of it up in A and half down in B, spread over the mornings after a day. The truth is the
difference between the recorded scores of the same person all in arm A and all in arm B, when that share of the days is
kept to. Trials go on to their end here; how many the stop rule would have ended (three mornings in a row with two
points above the usual) is told beside.
"""

import argparse
import json
import math
import time

import numpy as np
from numpy.typing import NDArray

from backstory.cause import simulate as usual
from backstory.cause.trial import FIRST_VERDICT_DAY, STOP_RISE, draw_schedule
from backstory.cause.trial_analysis import TrialResult, analyse_trial

Array = NDArray[np.float64]
LARGEST_SEED = 2**31 - 1
BEFORE = 28  # days whose median is the usual pain


def pain_of(rng: np.random.Generator, days: int, memory: float, variability: float) -> Array:
    """What a person would feel on each morning without the trial [points]."""
    shocks = rng.normal(0.0, math.sqrt(1 - memory**2), days)
    drift = np.empty(days)
    now = rng.normal()
    for day in range(days):
        now = memory * now + shocks[day]
        drift[day] = now
    felt = usual.FLUCTUATION_SD * drift + rng.normal(0.0, usual.NOISE_SD, days)
    return np.asarray(rng.normal(usual.MEAN_PAIN, 0.4) + variability * felt)


def trial_of(
    rng: np.random.Generator, days: int, points: float, options: argparse.Namespace
) -> tuple[Array, str, float, bool]:
    """A trial's scores with gaps, its schedule, the true difference between the arms on the recorded score, and whether
    the stop rule would have ended it.
    """
    felt = pain_of(rng, BEFORE + days, options.memory, options.variability)
    recorded = np.clip(np.rint(felt), 0, 10)
    usual_pain, felt = float(np.median(recorded[:BEFORE])), felt[BEFORE:]
    schedule = draw_schedule(days, options.block, int(rng.integers(LARGEST_SEED)))
    assigned = np.array([letter == "A" for letter in schedule])
    done = np.where(rng.random(days) < options.kept, assigned, ~assigned)
    shares = np.array(options.lags) / sum(options.lags)
    effect = np.zeros(days)
    for lag, share in enumerate(shares, start=1):
        effect[lag:] += points * share * (done[:-lag] - 0.5)
    recorded = np.clip(np.rint(felt + effect), 0, 10)
    recorded[rng.random(days) < options.missing] = np.nan
    difference = np.clip(felt + points / 2, 0, 10) - np.clip(felt - points / 2, 0, 10)
    high = recorded >= usual_pain + STOP_RISE
    stops = bool((high[2:] & high[1:-1] & high[:-2]).any())
    return recorded, schedule, float(difference.mean()) * (2 * options.kept - 1), stops


def claimed(result: TrialResult) -> bool:
    return result.verdict in ("worse", "better")


def claimed_early(pain: Array, schedule: str, block: int, every: int) -> bool:
    """Whether a look before the end claims something, for a person who looks every so many days from day 56 on."""
    days = range(FIRST_VERDICT_DAY, len(pain), every)
    return any(claimed(analyse_trial(pain[:day], schedule, block, complete=False)) for day in days)


def share(hits: list[bool]) -> dict[str, float]:
    """A share with its standard error."""
    mean = sum(hits) / len(hits)
    return {"share": mean, "mc_error": math.sqrt(max(mean * (1 - mean), 1 / len(hits)) / len(hits))}


def cell(days: int, points: float, options: argparse.Namespace) -> dict[str, object]:
    """`people` trials of one length and one true difference."""
    results: list[tuple[TrialResult, float]] = []
    early, stopped, seconds = [], [], []
    for person in range(options.people):
        rng = np.random.default_rng([options.seed, days, int(1000 * abs(points)), person])
        pain, schedule, truth, stops = trial_of(rng, days, points, options)
        stopped.append(stops)
        begin = time.perf_counter()
        results.append((analyse_trial(pain, schedule, options.block), truth))
        seconds.append(time.perf_counter() - begin)
        if options.look_every and days > FIRST_VERDICT_DAY and points == 0:
            looks = claimed_early(pain, schedule, options.block, options.look_every)
            early.append(looks or claimed(results[-1][0]))
    known = [(r.lo90, r.hi90, r.points_per_morning, t) for r, t in results if r.lo90 is not None]
    low, high, estimate, truths = (np.array(column, dtype=float) for column in zip(*known, strict=True))
    found: dict[str, object] = {
        "days": days, "points": points, "people": len(results), "true_points": float(truths.mean()),
        "band_covers": share(list((low <= truths) & (truths <= high))),
        "claimed_worse": share([r.verdict == "worse" for r, _ in results]),
        "claimed_better": share([r.verdict == "better" for r, _ in results]),
        "stop_rule_met": share(stopped),
        "bias": float((estimate - truths).mean()), "rmse": float(np.sqrt(((estimate - truths) ** 2).mean())),
        "band_width": float((high - low).mean()), "ms_median": 1e3 * float(np.median(seconds)),
    }  # fmt: skip
    if points == 0:
        found["false_claims"] = share([claimed(r) for r, _ in results])
    if early:
        found["false_claims_with_early_looks"] = share(early)
    return found


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=400, help="of each length and each difference")
    parser.add_argument("--days", type=int, nargs="+", default=[56, 84, 112])
    parser.add_argument("--block", type=int, default=4, help="days in arm A or B together")
    parser.add_argument("--points", type=float, nargs="+", default=[0.0, 1.0], help="true differences, a morning")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lags", type=float, nargs="+", default=list(usual.LAG_SHAPE), help="shares of the mornings")
    parser.add_argument("--memory", type=float, default=usual.MEMORY, help="of pain, from day to day")
    parser.add_argument("--variability", type=float, default=1.0, help="of pain; 1 = about one point")
    parser.add_argument("--missing", type=float, default=usual.MISSING, help="share of the scores")
    parser.add_argument("--kept", type=float, default=1.0, help="share of the days that are kept to")
    parser.add_argument("--look-every", type=int, default=14, help="days between early looks; 0 = none")
    options = parser.parse_args(arguments)
    begin = time.perf_counter()
    cells = [cell(days, points, options) for days in options.days for points in options.points]
    limits = {"band_covers": "0.88 to 0.93", "false_claims": "<= 0.05"}
    took = time.perf_counter() - begin
    print(json.dumps({"options": vars(options), "cells": cells, "limits": limits, "seconds": took}, indent=1))


if __name__ == "__main__":
    main()

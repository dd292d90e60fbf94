"""False claims, power, coverage and time of the answer, on simulated persons. Prints one JSON object.

python benchmarks/answer.py --without 2000 --with 400 --days 365 --points 0.8 --seed 1
"""

import argparse
import json
import math
import time

import numpy as np
import pandas as pd

from backstory.cause import explain
from backstory.cause.simulate import SimulatedYear, simulate


def table_of(year: SimulatedYear) -> pd.DataFrame:
    index = pd.date_range("2025-01-01", periods=len(year.pain), name="date")
    return pd.DataFrame({"pain": year.pain, "load": year.load}, index=index)


def cell(people: int, points: float, weekly: bool, options: argparse.Namespace) -> dict[str, float]:
    """Shares of `people` simulated persons: claimed worse, better; band covers; mean and RMSE of the error; time."""
    worse = better = covered = 0
    errors, seconds = [], []
    for person in range(people):
        rng = np.random.default_rng([options.seed, int(points * 1000), person])
        year = simulate(rng, options.days, points, variability=options.variability)
        table = table_of(year)
        begin = time.perf_counter()
        effect = explain(table, weekly=weekly).effects.iloc[0]
        seconds.append(time.perf_counter() - begin)
        worse += effect["verdict"] == "worse"
        better += effect["verdict"] == "better"
        covered += effect["lo90"] <= year.true_points <= effect["hi90"]
        errors.append(effect["points"] - year.true_points)
    return {
        "people": people, "claimed_worse": worse / people, "claimed_better": better / people,
        "band_covers": covered / people, "bias": float(np.mean(errors)),
        "rmse": float(np.sqrt(np.mean(np.square(errors)))), "ms_median": 1e3 * float(np.median(seconds)),
        "ms_p95": 1e3 * float(np.quantile(seconds, 0.95)),
    }  # fmt: skip


def monte_carlo_error(share: float, people: int) -> float:
    """Standard error of a share."""
    return math.sqrt(max(share * (1 - share), 1 / people) / people)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", type=int, default=2000, help="persons without an effect")
    parser.add_argument("--with", type=int, default=400, dest="having", help="persons with one")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--points", type=float, default=0.8, help="the true effect")
    parser.add_argument("--variability", type=float, default=1.0, help="of pain; 1 = about one point from day to day")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    result: dict[str, object] = {**vars(options)}
    for name, weekly in (("one_look", False), ("weekly", True)):
        without = cell(options.without, 0.0, weekly, options)
        having = cell(options.having, options.points, weekly, options)
        false_claims = without["claimed_worse"] + without["claimed_better"]
        result[name] = {
            "false_claims": false_claims,
            "false_claims_mc_error": monte_carlo_error(false_claims, options.without),
            "power": having["claimed_worse"],
            "power_mc_error": monte_carlo_error(having["claimed_worse"], options.having),
            "wrong_sign": having["claimed_better"],
            "without": without,
            "with": having,
        }
    result["limits"] = {"false_claims": "<= 0.05", "power": ">= 0.80", "band_covers": "0.87 to 0.97", "ms": "<= 20"}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()

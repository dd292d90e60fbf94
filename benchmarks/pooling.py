"""Groups of simulated persons pooled: do bands hold the group's effect, each person's, and that of somebody new?

python benchmarks/pooling.py --people 1000 --sizes 5 20 100 --days 60 120 --points 0 0.8 --between 0 0.4 --seed 1

Each person's effect is drawn about the group's and acts in `cause.simulate`; days are drawn between the two numbers.
Effects are told as for a day one sd above the usual load, one sd of the plan's being the unit for all. Beside the
pooled figures stand the persons' summaries alone, and the group's effect when those are drawn towards zero first, as a
reader might who pools what `answer` says. Where people do not differ (--between 0), the bands of persons hold more than
they promise, since the prior expects them to. Prints one JSON object, each share with its Monte-Carlo error.
"""

import argparse
import json
import math
import time
from itertools import product

import numpy as np
import pandas as pd

from backstory.cause import Pooled, Summary, pool, summary
from backstory.cause.estimating import Estimate, estimate
from backstory.cause.simulate import simulate

UNIT = 1 / simulate(np.random.default_rng(0), 30, 1.0).points_per_unit  # one sd of the planned load
LIMITS = {"group_covered": "0.85 to 0.95", "personal_covered": "0.85 to 0.95"}


def person(rng: np.random.Generator, days: int, points: float) -> Estimate:
    """A simulated person's estimate."""
    year = simulate(rng, days, points)
    index = pd.date_range("2025-01-01", periods=days, name="date")
    found = estimate(pd.DataFrame({"pain": year.pain, "load": year.load}, index=index), "pain", ["load"])
    assert found is not None
    return found


def drawn_to_zero(found: Estimate, unit: float) -> Summary:
    """What a posterior's mean and sd would hand on: the same, with the person's own prior in it."""
    weight, mean, scale, degrees = found.mixture("load")
    middle = float(weight @ mean)
    variance = float(weight @ (scale**2 * degrees / (degrees - 2) + (mean - middle) ** 2))
    each = unit / float(found.sd[found.part("load")])
    return Summary(middle * each, math.sqrt(variance) * each, degrees + 1, unit)


def share(hits: list[bool]) -> dict[str, float]:
    """A share of groups, or of persons one by one, with its standard error."""
    mean = sum(hits) / len(hits)
    return {"share": mean, "mc_error": math.sqrt(max(mean * (1 - mean), 1 / len(hits)) / len(hits))}


def mean_share(of_groups: list[float]) -> dict[str, float | None]:
    """The mean of the groups' shares: persons of one group are not independent, groups are; one alone has no error."""
    error = float(np.std(of_groups, ddof=1)) / math.sqrt(len(of_groups)) if len(of_groups) > 1 else None
    return {"share": float(np.mean(of_groups)), "mc_error": error}


def covers(found: Pooled, points: float) -> bool:
    return found.lo90 <= points <= found.hi90


def cell(size: int, points: float, between: float, options: argparse.Namespace) -> dict[str, object]:
    """Groups of one size about one effect."""
    groups = max(options.people // size, 1)
    group, shrunk, personal, new, alone = [], [], [], [], []
    off, own_off, steady_off, sd, seconds = [], [], [], [], []
    for number in range(groups):
        rng = np.random.default_rng([options.seed, size, int(1000 * points), int(1000 * between), number])
        truth = rng.normal(points, between, size)
        people = [person(rng, int(rng.integers(options.days[0], options.days[1] + 1)), true) for true in truth]
        begin = time.perf_counter()
        each = [summary(found, "load", UNIT) for found in people]
        found = pool(each, options.scale)
        seconds.append(time.perf_counter() - begin)
        group.append(covers(found, points))
        shrunk.append(covers(pool([drawn_to_zero(one, UNIT) for one in people], options.scale), points))
        new.append(bool(found.new_lo90 <= rng.normal(points, between) <= found.new_hi90))
        personal.append(float(np.mean((found.personal["lo90"] <= truth) & (truth <= found.personal["hi90"]))))
        own, se = np.array([one.points for one in each]), np.array([one.se for one in each])
        alone += list(np.abs(own - truth) <= 1.645 * se)
        off.append(found.mean - points)
        sd.append(found.sd_between)
        own_off += list(own - truth)
        steady_off += list(found.personal["points"] - truth)
    return {
        "size": size, "groups": groups, "points": points, "between": between,
        "group_covered": share(group), "new_person_covered": share(new), "personal_covered": mean_share(personal),
        "alone_covered": share(alone), "group_covered_if_drawn_to_zero": share(shrunk),
        "group_bias": float(np.mean(off)), "group_rmse": float(np.sqrt(np.mean(np.square(off)))),
        "personal_rmse": float(np.sqrt(np.mean(np.square(steady_off)))),
        "alone_rmse": float(np.sqrt(np.mean(np.square(own_off)))), "sd_between_median": float(np.median(sd)),
        "ms_a_person": 1e3 * float(np.median(seconds)) / size,
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000, help="of each cell, in groups")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 20, 100], help="of the groups")
    parser.add_argument("--days", type=int, nargs=2, default=[60, 120], help="fewest and most")
    parser.add_argument("--points", type=float, nargs="+", default=[0.0, 0.8], help="the groups' true effects")
    parser.add_argument("--between", type=float, nargs="+", default=[0.0, 0.4], help="sd from person to person")
    parser.add_argument("--scale", type=float, default=1.0, help="of the half-normal prior on that")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    cells = [cell(*one, options) for one in product(options.sizes, options.points, options.between)]
    print(json.dumps({"options": vars(options), "cells": cells, "limits": LIMITS}, indent=1))


if __name__ == "__main__":
    main()

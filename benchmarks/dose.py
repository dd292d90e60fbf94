"""What 50,000 logged sets of 200 exercises did to the low back, first use included. Prints one JSON object.

    python benchmarks/dose.py [--sets 50000] [--exercises 200] [--people 1] [--seed 0] [--runs 5]

Each run is a fresh process with the libraries imported and the catalogue read, as it is after an import; then nothing
is warm: every motion is posed, its dynamics are computed, and every set, session and day is summed. What reading the
catalogue takes is told beside. The limit is 150 ms.
"""

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

LIMIT_MS = 150.0
SETS_A_SESSION = 20


def one_run(options: argparse.Namespace) -> dict[str, float]:
    from backstory import catalogue, load
    from backstory.model import Exercise, Person, Session, Set

    begun = time.perf_counter()
    known = catalogue.load()
    catalogue_ms = 1000 * (time.perf_counter() - begun)
    rng = np.random.default_rng(options.seed)
    lifted = sorted((e for e in known.exercises.values() if not e.motion.endurance), key=lambda e: e.id)
    chosen = [lifted[i] for i in rng.permutation(len(lifted))[: options.exercises]]
    exercises: list[Exercise | None] = [chosen[i] for i in rng.integers(len(chosen), size=options.sets)]
    sets = [
        Set(e.names[0], load_kg=float(kg), reps=float(reps))
        for e, kg, reps in zip(
            (e for e in exercises if e), rng.uniform(5, 150, options.sets), rng.integers(1, 15, options.sets),
            strict=True,
        )
    ]  # fmt: skip
    crowd = [
        Person(None, float(mass), float(height))
        for mass, height in zip(
            rng.uniform(50, 110, options.people), rng.uniform(1.5, 2.0, options.people), strict=True
        )
    ]
    people = [crowd[i * options.people // options.sets] for i in range(options.sets)]
    starts = range(0, options.sets, SETS_A_SESSION)
    sessions = [
        Session("bench", date(2000, 1, 1) + timedelta(days=n), tuple(sets[i : i + SETS_A_SESSION]))
        for n, i in enumerate(starts)
    ]
    gc.collect()  # what making up the log left behind
    begun = time.perf_counter()
    loads = load.set_loads(sets, exercises, people)
    sets_ms = 1000 * (time.perf_counter() - begun)
    days = load.session_loads(sessions, loads)
    total_ms = 1000 * (time.perf_counter() - begun)
    begun = time.perf_counter()
    load.set_loads(sets, exercises, people)
    again_ms = 1000 * (time.perf_counter() - begun)
    return {
        "ms": total_ms, "sets_ms": sets_ms, "days_ms": total_ms - sets_ms, "again_sets_ms": again_ms,
        "catalogue_ms": catalogue_ms, "known_share": float(loads.known.mean()),
        "kNm_reps": sum(day.power_sums[1] or 0.0 for day in days),
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=50_000)
    parser.add_argument("--exercises", type=int, default=200)
    parser.add_argument("--people", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        print(json.dumps(one_run(options)))
        return
    given = [f"--{name}={getattr(options, name)}" for name in ("sets", "exercises", "people", "seed")]
    command = [sys.executable, __file__, "--inside", *given]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(options.runs)]
    middle = {name: float(np.median([run[name] for run in runs])) for name in runs[0]}
    times = [run["ms"] for run in runs]
    print(json.dumps({
        "sets": options.sets, "exercises": options.exercises, "people": options.people, "limit_ms": LIMIT_MS,
        **middle, "fastest_ms": min(times), "slowest_ms": max(times), "met": middle["ms"] <= LIMIT_MS,
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()

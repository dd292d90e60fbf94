"""How far the answer can be trusted: on simulated persons whose truth is known. Prints one JSON object.

    python benchmarks/calibration.py [--only PART...] [--write]

`--write` renews docs/validation/answer.md, its pictures, and answer.json beside it, which it is written from. Each
person comes from seed, kind and number alone, so the same options give the same figures (but for the times) whatever
the number of processes.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from threadpoolctl import threadpool_limits

import calibration_cells
import calibration_looks
import calibration_page
from backstory import __version__
from backstory.cause import VERSION, grid
from backstory.cause.verdicts import ONE_LOOK, SHARING, WEEKLY
from calibration_cells import Run
from calibration_speed import speed
from first_persons import HARMLESS

PARTS: dict[str, Callable[[Run, Any], list[dict[str, Any]]]] = {
    "cells": calibration_cells.cells,
    "stress": calibration_cells.strong_stress,
    "hard": calibration_cells.hard,
    "rise": calibration_cells.rises,
    "weekly": calibration_looks.weekly,
    "naive": calibration_cells.naive,
    "known": calibration_cells.known,
    "trial": calibration_looks.trials,
}
SIMULATORS = ("first", "second")
SPEED = "speed"  # last, and by itself: nothing else may run beside it
CHUNK = 4  # persons that a process takes at once


def parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("--only", nargs="+", choices=[*PARTS, SPEED], default=[*PARTS, SPEED], metavar="PART")
    found.add_argument("--simulator", type=_simulators, default=SIMULATORS, help="first, second or both")
    found.add_argument("--days", type=_from(42), nargs="+", default=[60, 120, 365], help="of the logs, 42 or more")
    found.add_argument("--harmless", type=int, nargs="+", default=[0, 1, 4], choices=range(len(HARMLESS) + 1))
    found.add_argument("--without", type=_from(0), default=2000, help="persons without an effect, in each cell")
    found.add_argument("--with", type=_from(0), default=400, dest="having", help="persons with one, in each cell")
    found.add_argument("--points", type=float, default=0.8, help="the true effect of the load")
    found.add_argument("--rise-points", type=float, default=0.3, help="the true effect of the rise")
    found.add_argument("--variability", type=float, default=1.0, help="of pain, first simulator; 1 = about one point")
    found.add_argument("--stressed", type=_from(1), default=400, help="persons in each cell of stress and hard")
    found.add_argument("--looking", type=_from(1), default=2000, help="persons who look again and again")
    found.add_argument("--looks", type=_from(1), default=26)
    found.add_argument("--look-every", type=_from(1), default=7, help="days")
    found.add_argument("--trials", type=_from(2), default=1000, help="self-trials of each true difference")
    found.add_argument("--trial-days", type=int, default=84)
    found.add_argument("--trial-points", type=float, default=1.0)
    found.add_argument("--block", type=int, default=4, help="days of a self-trial's block")
    found.add_argument("--people", type=_from(1), default=2000, help="answered at once; 10,000 are told of it")
    found.add_argument("--timed", type=_from(2), default=200, help="answers timed one by one")
    found.add_argument("--seed", type=int, default=1)
    found.add_argument("--processes", type=_from(1), default=2)
    found.add_argument("--write", action="store_true")
    return found


def calibrate(options: argparse.Namespace) -> dict[str, Any]:
    """Everything that was asked for."""
    parts: dict[str, Any] = {}
    seconds: dict[str, float] = {}
    with workers(options.processes) as run:
        for name in (part for part in PARTS if part in options.only):
            begin = time.perf_counter()
            parts[name] = PARTS[name](run, options)
            seconds[name] = round(time.perf_counter() - begin, 1)
            print(f"{name}: {seconds[name]:.0f} s", file=sys.stderr, flush=True)
    if SPEED in options.only:
        begin = time.perf_counter()
        parts[SPEED] = speed(options)
        seconds[SPEED] = round(time.perf_counter() - begin, 1)
    asked = {name: value for name, value in vars(options).items() if name != "write"}
    usual = vars(parser().parse_args([]))
    unusual = {name: value for name, value in asked.items() if value != usual[name] and name != "processes"}
    return {"options": asked, "unusual": unusual, "versions": versions(), "parts": parts, "seconds": seconds}


def versions() -> dict[str, Any]:
    """Of what was tried, and what of it was set by looking at simulations."""
    return {
        "program": __version__, "model": VERSION, "one_look": ONE_LOOK, "weekly": WEEKLY, "sharing": SHARING,
        "tau": list(grid.TAU), "decay": list(grid.DECAY), "lag_length": grid.LAG_LENGTH,
    }  # fmt: skip


@contextmanager
def workers(processes: int) -> Iterator[Run]:
    """A map over so many processes, one thread each. They are started afresh, the same way on every system."""
    if processes == 1:
        with threadpool_limits(limits=1):
            yield lambda job, items: [job(item) for item in items]
        return
    with multiprocessing.get_context("spawn").Pool(processes, initializer=one_thread) as pool:
        yield lambda job, items: list(pool.imap(job, items, chunksize=CHUNK))


def one_thread() -> None:
    """The matrices are small: several threads would only wait for each other."""
    threadpool_limits(limits=1)


def _from(least: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        if int(text) < least:
            raise argparse.ArgumentTypeError(f"must be {least} or more")
        return int(text)

    return whole_number


def _simulators(text: str) -> tuple[str, ...]:
    if text not in (*SIMULATORS, "both"):
        raise argparse.ArgumentTypeError("must be first, second or both")
    return SIMULATORS if text == "both" else (text,)


def main(arguments: Sequence[str] | None = None) -> None:
    asking = parser()
    options = asking.parse_args(arguments)
    if options.write and set(options.only) != {*PARTS, SPEED}:
        asking.error("the page is written from all parts: --write goes without --only")
    result = calibrate(options)
    written = json.dumps(result, indent=1)
    if options.write:
        calibration_page.write(json.loads(written))
    print(written)


if __name__ == "__main__":
    main()

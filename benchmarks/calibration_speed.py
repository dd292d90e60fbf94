"""How long an answer takes: a person's, and many persons' on one process and on two. Persons of the first simulator."""

import multiprocessing
import time
from multiprocessing.synchronize import Barrier
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from backstory.cause import explain
from first_persons import Kind, columns, person
from monte_carlo import quantile

UNKNOWN_SHARE = 0.15  # of the loads
SOME = 40  # persons, asked again and again
CASES = ((1, False), (3, False), (3, True))  # questions asked; whether loads are unknown
_ready: Barrier
_tables: list[pd.DataFrame]


def tables(questions: int, *, unknown: bool, seed: int, days: int) -> list[pd.DataFrame]:
    """Logs with so many columns beside pain."""
    found = []
    for number in range(SOME):
        table = person(Kind("first", days), seed, number).table[["pain", *columns(questions - 1)]].copy()
        if unknown:
            gone = np.random.default_rng([seed, number]).random(days) < UNKNOWN_SHARE
            table["load"] = table["load"].mask(gone)
        found.append(table)
    return found


def speed(options: Any) -> dict[str, Any]:
    """Times at the longest of the lengths, `.checks` not asked for; with nothing else running on the machine."""
    days, one_by_one, at_once = max(options.days), [], []
    with threadpool_limits(limits=1):
        for questions, unknown in CASES:
            logs = tables(questions, unknown=unknown, seed=options.seed, days=days)
            took_ms = _one_by_one(logs, options.timed)
            one_by_one.append({
                "questions": questions, "unknown_share": UNKNOWN_SHARE if unknown else 0.0, "days": days,
                "ms_median": quantile(took_ms, 0.5), "ms_p95": quantile(took_ms, 0.95),
            })  # fmt: skip
    for questions in (1, 3):
        seconds = {processes: _at_once(questions, processes, options, days) for processes in (1, 2)}
        at_once.append({
            "questions": questions, "days": days, "people": options.people,
            "persons_per_s": {str(processes): options.people / took for processes, took in seconds.items()},
            "ratio": seconds[1] / seconds[2], "ten_thousand_s": 10_000 * seconds[2] / options.people,
            "extrapolated": options.people < 10_000,
        })  # fmt: skip
    return {"one_by_one": one_by_one, "at_once": at_once}


def _one_by_one(logs: list[pd.DataFrame], times: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Milliseconds of each of so many answers, after a first that nobody waits for twice."""
    explain(logs[0])
    took = []
    for number in range(times):
        begin = time.perf_counter()
        explain(logs[number % len(logs)])
        took.append(1e3 * (time.perf_counter() - begin))
    return np.array(took)


def _at_once(questions: int, processes: int, options: Any, days: int) -> float:
    """Seconds that many answers take; the processes are there already, and have their first answer behind them."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    prepared = (barrier, questions, options.seed, days)
    with context.Pool(processes, initializer=_prepare, initargs=prepared) as pool:
        pool.map(_wait, range(processes), chunksize=1)
        begin = time.perf_counter()
        pool.map(_answer, range(options.people), chunksize=max(1, min(50, options.people // (4 * processes))))
        return time.perf_counter() - begin


def _prepare(barrier: Barrier, questions: int, seed: int, days: int) -> None:
    global _ready, _tables  # what a process has at hand
    threadpool_limits(limits=1)
    _ready, _tables = barrier, tables(questions, unknown=False, seed=seed, days=days)
    explain(_tables[0])


def _wait(_number: int) -> None:
    _ready.wait()


def _answer(number: int) -> str:
    return explain(_tables[number % len(_tables)]).verdict

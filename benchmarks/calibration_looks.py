"""Looking every week for half a year, and the randomised self-trial, as parts of the calibration."""

import io
import json
from contextlib import redirect_stdout
from functools import partial
from typing import Any

import numpy as np

import trial
from backstory.cause import explain
from backstory.cause.days import LEAST_SCORED
from calibration_cells import Job, Run, asked_of, claims, one_look
from first_persons import Kind, columns, person
from monte_carlo import share

# Of `--looking`: what is asked beside four columns, and of persons with unknown days, takes 3 to 15 times as long
SHARES = {("first", 0): 1.0, ("second", 0): 0.3, ("first", 4): 0.15, ("second", 4): 0.08}
SPARE_DAYS = 120  # in which even the second simulator's persons come to their first look


def looking_job(job: Job, harmless: int, looks: int, every: int) -> tuple[int, int]:
    """The number of the look, from 1, at which anything is first claimed by the weekly rule, and by a rule made for one
    look; 0 = never.
    """
    simulated = person(*job)
    table = simulated.table[["pain", *columns(harmless)]]
    enough = np.flatnonzero(table["pain"].notna().cumsum() >= LEAST_SCORED)
    first = [0, 0]
    for look in range(1, looks + 1):
        seen = int(enough[0]) + 1 + every * (look - 1) if len(enough) else len(table) + 1
        if seen > len(table):
            break
        answer = explain(table.iloc[:seen], weekly=True)
        for rule, made in enumerate((claims(answer.effects), one_look(answer))):
            if not first[rule] and made.any():
                first[rule] = look
        if all(first):
            break
    return first[0], first[1]


def weekly(run: Run, options: Any) -> list[dict[str, Any]]:
    """Persons without an effect who look again and again, from the first look on with enough scores."""
    found = []
    days = SPARE_DAYS + options.look_every * (options.looks - 1)
    for simulator in options.simulator:
        for harmless in (0, 4):
            people = max(round(options.looking * SHARES[simulator, harmless]), 1)
            kind = Kind(simulator, days, variability=options.variability)
            job = partial(looking_job, harmless=harmless, looks=options.looks, every=options.look_every)
            first = np.array(run(job, asked_of(kind, options.seed, people)))
            row = {"simulator": simulator, "harmless": harmless, "looks": options.looks, "people": people}
            for rule, at in (("weekly", 0), ("one_look", 1)):
                row[rule] = {"false_claims_ever": share(first[:, at] > 0), "at_first_look": share(first[:, at] == 1)}
            found.append(row)
    return found


def trial_job(points: float, given: tuple[str, ...]) -> dict[str, Any]:
    """What benchmarks/trial.py prints of one true difference."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        trial.main([*given, "--points", str(points)])
    cell: dict[str, Any] = json.loads(printed.getvalue())["cells"][0]
    return cell


def trials(run: Run, options: Any) -> list[dict[str, Any]]:
    """Self-trials of one length and block, without a difference and with one."""
    given = {
        "--people": options.trials, "--days": options.trial_days, "--block": options.block, "--seed": options.seed,
        "--variability": options.variability,
    }  # fmt: skip
    told = tuple(str(word) for pair in given.items() for word in pair)
    return run(partial(trial_job, given=told), [0.0, options.trial_points])

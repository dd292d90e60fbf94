"""Cells of the calibration: persons of one kind, what the answer says of them, and what of it is right.

A job is one person, and comes to the same in whichever process it runs. Its result is an array with a row for each
question asked: points, lo90, hi90, truth, and what is claimed in one look and by the weekly rule (1 = worse, -1 =
better, 0 = neither). NaN points: not enough data; nothing is claimed then.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from backstory.cause import BETTER, WORSE, Answer, explain
from backstory.cause.simulate import FLUCTUATION_SD, LAG_SHAPE, MEMORY, NOISE_SD
from backstory.cause.verdicts import threshold, verdict
from first_persons import WANDERING, Array, Kind, Person, columns, person
from monte_carlo import Figure, mean, rmse, share, share_in_groups
from naive import NAIVE, Claim

Run = Callable[[Callable[[Any], Any], Iterable[Any]], list[Any]]  # maps a job over persons, in their order
Job = tuple[Kind, int, int]  # kind, seed, number of the person

RISE = "rise"
ROUNDING_VARIANCE = 1 / 12
POINTS, LOW, HIGH, TRUTH, ONE_LOOK, WEEKLY = range(6)
CLAIMS = {WORSE: 1.0, BETTER: -1.0}


def asked_of(kind: Kind, seed: int, people: int) -> list[Job]:
    """The jobs of a cell."""
    return [(kind, seed, number) for number in range(people)]


def answered(simulated: Person, asked: list[str]) -> Array:
    """What is said of a person, (m, 6)."""
    table = simulated.table[["pain", *(name for name in asked if name in simulated.table.columns)]]
    answer = explain(table, exposures=asked, weekly=True)
    said = answer.effects
    rows = [said["points"], said["lo90"], said["hi90"], simulated.truths(asked), one_look(answer), claims(said)]
    return np.column_stack([np.asarray(row, dtype=float) for row in rows])


def claims(effects: pd.DataFrame) -> Array:
    """(m,) verdicts as numbers."""
    return np.array([CLAIMS.get(said, 0.0) for said in effects["verdict"]])


def one_look(answer: Answer) -> Array:
    """(m,) what would be claimed in one look; `explain(weekly=False)` says the same, but reckons everything again."""
    found, asked = answer.estimate, list(answer.effects["exposure"])
    limit = threshold(len(asked), 0, weekly=False)
    known = () if found is None else found.names
    return np.array(
        [CLAIMS.get(verdict(*found.if_none(name), limit), 0.0) if found and name in known else 0.0 for name in asked]
    )


def cell_job(job: Job, harmless: Sequence[int]) -> list[Array]:
    """The answer beside different numbers of harmless columns."""
    simulated = person(*job)
    return [answered(simulated, columns(number)) for number in harmless]


def asking_job(job: Job, asked: Sequence[str]) -> Array:
    """The answer to these questions."""
    return answered(person(*job), list(asked))


def cells(run: Run, options: Any) -> list[dict[str, Any]]:
    """Each simulator, length and number of harmless columns, without and with an effect of the load."""
    found = []
    for simulator in options.simulator:
        for days in options.days:
            job = partial(cell_job, harmless=options.harmless)
            results = {}
            for name, kind, people in kinds(simulator, days, options):
                results[name] = run(job, asked_of(kind, options.seed, people))
            for at, number in enumerate(options.harmless):
                parts = {name: np.array([one[at] for one in result]) for name, result in results.items()}
                row = {"simulator": simulator, "days": days, "harmless": number}
                found.append(row | summaries(parts, columns(number), options.points))
    return found


def kinds(simulator: str, days: int, options: Any) -> list[tuple[str, Kind, int]]:
    """Persons without an effect and with one, and how many."""
    return [
        ("without", Kind(simulator, days, variability=options.variability), options.without),
        ("with", Kind(simulator, days, options.points, variability=options.variability), options.having),
    ]


def summaries(parts: dict[str, Array], asked: list[str], points: float) -> dict[str, Any]:
    """What is asked of the persons without and with an effect; (n, m, 6) each."""
    return {
        name: summary(found, asked, points if name == "with" else 0.0) for name, found in parts.items() if len(found)
    }


def summary(found: Array, asked: list[str], points: float) -> dict[str, Any]:
    """Figures of one group of persons. points: of the load, 0 = none."""
    told = ~np.isnan(found[:, 0, POINTS])
    covers = covered(found)
    off = (found[:, 0, POINTS] - found[:, 0, TRUTH])[told]
    result: dict[str, Any] = {
        "people": len(found), "answered": share(told),
        "covers": share_in_groups(covers),
        "covers_each": {name: share_in_groups(covers[:, [k]]) for k, name in enumerate(asked)},
        "bias": mean(off), "rmse": rmse(off), "true_points": float(found[:, 0, TRUTH].mean()),
        "band_width": mean((found[:, 0, HIGH] - found[:, 0, LOW])[told]),
    }  # fmt: skip
    nothing = [k for k in range(len(asked)) if k or not points]
    for name, at in (("one_look", ONE_LOOK), ("weekly", WEEKLY)):
        made = found[..., at]
        result[name] = {"false_claims": share((made[:, nothing] != 0).any(axis=1))} if nothing else {}
        if points:
            result[name] |= {
                "power": share(made[:, 0] * points > 0), "wrong_sign": share(made[:, 0] * points < 0)
            }  # fmt: skip
    return result


def covered(found: Array) -> Array:
    """(n, m, 6) -> (n, m) whether the band holds the truth, NaN where there is none."""
    held = (found[..., LOW] <= found[..., TRUTH]) & (found[..., TRUTH] <= found[..., HIGH])
    return np.where(np.isnan(found[..., POINTS]), np.nan, held.astype(float))


def strong_stress(run: Run, options: Any) -> list[dict[str, Any]]:
    """Sleep that does nothing, among persons whom a hidden stress moves up to half a point and half an hour a standard
    deviation; only the second simulator has one.
    """
    if "second" not in options.simulator:
        return []
    asked, found = columns(4), []
    for days in options.days:
        jobs = asked_of(Kind("second", days, stress=(0.5, 0.5)), options.seed, options.stressed)
        results = np.array(run(partial(asking_job, asked=asked), jobs))
        at = asked.index("sleep_h")
        found.append({
            "simulator": "second", "days": days, "harmless": 4, "people": len(results),
            "covers": share_in_groups(covered(results)[:, [at]]),
            "false_claims": share(results[:, at, ONE_LOOK] != 0),
            "false_claims_weekly": share(results[:, at, WEEKLY] != 0),
        })  # fmt: skip
    return found


def rises(run: Run, options: Any) -> list[dict[str, Any]]:
    """The load and the rise asked about together: neither acts, the rise does, the load does."""
    found = []
    for simulator in options.simulator:
        for days in options.days:
            for acts, points, rise_points, people in (
                ("nothing", 0.0, 0.0, options.without // 2),
                ("rise", 0.0, options.rise_points, options.having),
                ("load", options.points, 0.0, options.having),
            ):
                kind = Kind(simulator, days, points, rise_points, options.variability)
                jobs = asked_of(kind, options.seed, people)
                results = np.array(run(partial(asking_job, asked=["load", RISE]), jobs))
                if not people:
                    continue
                of_rise = results[:, [1]]
                figures = summary(of_rise, [RISE], rise_points)
                figures["covers_each"]["load"] = share_in_groups(covered(results)[:, [0]])
                found.append({"simulator": simulator, "days": days, "acts": acts} | figures)
    return found


def hard(run: Run, options: Any) -> list[dict[str, Any]]:
    """What the model does not expect: an effect in equal parts on `SPREAD` mornings, and a column without effect that
    wanders as pain does; of the first simulator alone.
    """
    found: list[dict[str, Any]] = []
    for days in options.days if "first" in options.simulator else ():
        spread = Kind("first", days, options.points, variability=options.variability, hard="spread")
        jobs = asked_of(spread, options.seed, options.stressed)
        results = np.array(run(partial(asking_job, asked=["load"]), jobs))
        found.append({"what": "spread", "days": days} | summary(results, ["load"], options.points))
        jobs = asked_of(Kind("first", days, variability=options.variability), options.seed, options.stressed)
        results = np.array(run(partial(asking_job, asked=["load", WANDERING]), jobs))
        found.append({"what": "wandering", "days": days} | summary(results[:, [1]], [WANDERING], 0.0))
    return found


def naive_job(job: Job) -> list[tuple[float, float, float]]:
    """Of each obvious analysis: what it claims, its points, the truth."""
    simulated = person(*job)
    table, truth = simulated.table[["pain", "load"]], simulated.true_points["load"]
    return [(CLAIMS.get(str(said.claimed), 0.0), said.points, truth) for said in (method(table) for method in NAIVE)]


def naive_names() -> list[str]:
    """What the obvious analyses are called."""
    nothing = pd.DataFrame({"pain": [np.nan], "load": [np.nan]})
    said: list[Claim] = [method(nothing) for method in NAIVE]
    return [one.name for one in said]


def naive(run: Run, options: Any) -> list[dict[str, Any]]:
    """The obvious analyses on the persons of `cells`."""
    return _methods(run, options, options.simulator, naive_job, naive_names())


def known_job(job: Job) -> list[tuple[float, float, float]]:
    """A regression that is told what nobody knows: how pain remembers, how it is spread over the mornings, how much a
    score is noise. Generalised least squares, 2.5 % on each side.
    """
    kind, _, _ = job
    simulated = person(*job)
    pain, load = simulated.table["pain"].to_numpy(), simulated.table["load"].to_numpy()
    acts = np.convolve(load, [0.0, *LAG_SHAPE])[: len(load)]
    when = np.flatnonzero(~np.isnan(pain))
    noise = (kind.variability * NOISE_SD) ** 2 + ROUNDING_VARIANCE
    memory = MEMORY ** np.abs(np.subtract.outer(when, when))
    V = (kind.variability * FLUCTUATION_SD) ** 2 * memory + noise * np.eye(len(when))
    X = np.column_stack([np.ones(len(when)), acts[when]])
    weighed = np.linalg.solve(V, np.column_stack([X, pain[when]]))
    covariance = np.linalg.inv(X.T @ weighed[:, :2])
    slope = float((covariance @ (X.T @ weighed[:, 2]))[1])
    claim = np.sign(slope) if abs(slope) > 1.96 * np.sqrt(covariance[1, 1]) else 0.0
    return [(float(claim), slope * float(np.std(load, ddof=1)), simulated.true_points["load"])]


def known(run: Run, options: Any) -> list[dict[str, Any]]:
    """What can be had at all, by somebody who knows more than anybody can; of the first simulator alone."""
    simulators = [name for name in options.simulator if name == "first"]
    return _methods(run, options, simulators, known_job, ["who knows memory and delay"])


def _methods(
    run: Run, options: Any, simulators: Sequence[str], job: Callable[[Job], Any], names: list[str]
) -> list[dict[str, Any]]:
    """False claims, power and error of other methods on the load alone."""
    found = []
    for simulator in simulators:
        for days in options.days:
            row: dict[str, Any] = {"simulator": simulator, "days": days, "methods": {name: {} for name in names}}
            for group, kind, people in kinds(simulator, days, options):
                results = np.array(run(job, asked_of(kind, options.seed, people)))
                for at, name in enumerate(names) if people else ():
                    row["methods"][name] |= _figures(results[:, at], group, options.points)
            found.append(row)
    return found


def _figures(found: Array, group: str, points: float) -> dict[str, Figure]:
    """(n, 3) claims, points, truths -> figures."""
    claimed = found[:, 0]
    if group == "without":
        return {"false_claims": share(claimed != 0)}
    off = (found[:, 1] - found[:, 2])[~np.isnan(found[:, 1])]
    error = {"rmse": rmse(off)} if len(off) > 1 else {}
    return {"power": share(claimed * points > 0), "wrong_sign": share(claimed * points < 0)} | error

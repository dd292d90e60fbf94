"""The estimator beside full MCMC with the same model and priors. Prints one JSON object.

python benchmarks/nuts.py --days 60 120 365 --points 0 0.8 --exposures 1 3 --people 1 --seed 1

MCMC is NumPyro's NUTS (Phan et al. 2019, arXiv:1912.11554), in double precision, on simulated persons whose days hold
one load, or that load, two harmless columns and the rise. It shares with the estimator the regression's columns and the
prior covariance of their coefficients (tests/test_cause_grid.py holds both against the formulas, written out again).
All else is apart: coefficients, s, phi and rho are drawn, none integrated in closed form, and the likelihood is a
Kalman filter over all days that passes over the missing mornings.

"The same priors". The grid gives each of its points the same weight, so phi = f(v), v uniform on (0, number of
points): f is linear between f(i + 1/2) = the i-th point, so that the cell between the middles of neighbouring points
has a point's mass; the outermost half cells end as far out as the next middle lies inside, at most at 0 and LAST. rho
likewise. tau and D have no values but the grid's: their pairs are summed over in the density. log s is flat, as is b0.

The coefficients but b0 are drawn as z = L^-1 b / s, L L' being the mean of the pairs' covariances: white for no pair
alone, and without the several modes that b / (s tau) would have.

A row an effect: differences over the posterior's sd by NUTS, which have errors of their own of about 1 / sqrt(ess) and,
for the ends of the band, 2.1 / sqrt(ess_tail). NUTS' time is that of warm-up and draws; what JAX says it took to trace
and compile is told apart and not held against it.
"""

import argparse
import json
import os
import sys
import time
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from backstory.cause import grid
from backstory.cause.design import rise_over_usual, standard_scores
from backstory.cause.estimating import RISE, Estimate, estimate
from backstory.cause.mixture import quantiles
from backstory.cause.simulate import simulate

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")
try:
    import jax
    import jax.numpy as jnp
    import numpyro
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin
    from numpyro.distributions import ImproperUniform, Uniform, constraints
    from numpyro.infer import MCMC, NUTS
except ImportError:
    sys.exit("This benchmark needs NumPyro, which `make setup` leaves out: .tools/bin/uv pip install -p .venv numpyro")

Array = NDArray[np.float64]
COMPILING = "/jax/core/compile/"  # JAX's name for the durations of all that it does before it runs
BAND = (0.05, 0.95)
PAGE = Path(__file__).parents[1] / "docs" / "validation" / "mcmc.md"
LAST = 0.999  # phi and rho end before 1
HARMLESS = {"sleep": (7.0, 1.0), "sitting": (6.0, 2.0)}  # mean and sd of a day [hours]
REPEATS = 15  # of the estimator, for its time
compiling: list[float] = []  # durations that JAX told of, for one person
LIMITS = {"mean_off": 0.1, "band_off": 0.15, "times_faster": 200, "r_hat": 1.01}


def days_of(rng: np.random.Generator, days: int, points: float, exposures: int) -> pd.DataFrame:
    """A simulated person's table; the second and later exposures do nothing."""
    year = simulate(rng, days, points)
    index = pd.date_range("2025-01-01", periods=days, name="date")
    table = pd.DataFrame({"pain": year.pain, "load": year.load}, index=index)
    for name, (mean, sd) in list(HARMLESS.items())[: exposures - 1]:
        table[name] = rng.normal(mean, sd, days)
    return table


def cells(points: tuple[float, ...]) -> tuple[Array, Array]:
    """v and f(v) between which f is linear."""
    at, middles = np.array(points), (np.array(points[1:]) + points[:-1]) / 2
    first, last = max(2 * at[0] - middles[0], 0.0), min(2 * at[-1] - middles[-1], LAST)
    v = np.concatenate([[0.0], np.arange(len(at)) + 0.5, [len(at)]])
    return v, np.concatenate([[first], at, [last]])


def deviance(r: Any, scored: Any, phi: Any, rho: Any) -> Any:
    """Sum over the scored mornings of log S + v2 / S: residuals r (T,) = u + e in units of s, v the error of the
    forecast from the mornings before and S its variance (Harvey 1989, ch. 3).
    """

    def morning(state: Any, today: Any) -> Any:
        (mean, spread), (value, seen) = state, today
        mean, spread = phi * mean, phi**2 * spread + (1 - rho) * (1 - phi**2)
        variance = spread + rho
        gain = jnp.where(seen, spread / variance, 0.0)
        return (mean + gain * (value - mean), spread * (1 - gain)), (mean, variance)

    _, (forecast, variance) = jax.lax.scan(morning, (0.0, 1 - rho), (r, scored))
    return jnp.where(scored, jnp.log(variance) + (r - forecast) ** 2 / variance, 0.0).sum()


def model(y: Any, scored: Any, columns: Any, L: Any, precision: Any) -> None:
    """y, scored: (T,); columns: (T, p), the first of ones; L: (p - 1, p - 1); precision: of z for each pair of tau and
    D, (h, p - 1, p - 1).
    """
    phi_at, rho_at = cells(grid.PHI), cells(grid.RHO)
    phi = jnp.interp(numpyro.sample("phi_v", Uniform(0.0, len(grid.PHI))), *phi_at)
    rho = jnp.interp(numpyro.sample("rho_v", Uniform(0.0, len(grid.RHO))), *rho_at)
    log_s = numpyro.sample("log_s", ImproperUniform(constraints.real, (), ()))
    b0 = numpyro.sample("b0", ImproperUniform(constraints.real, (), ()))
    z = numpyro.sample("z", ImproperUniform(constraints.real_vector, (), (len(L),)))
    _, log_det = jnp.linalg.slogdet(precision)
    of_pair = 0.5 * (log_det - jnp.einsum("i,hij,j->h", z, precision, z))
    numpyro.factor("coefficients", jax.scipy.special.logsumexp(of_pair))
    b = jnp.exp(log_s) * (L @ z)
    r = jnp.where(scored, y - b0 - columns[:, 1:] @ b, 0.0) * jnp.exp(-log_s)
    numpyro.factor("scores", -scored.sum() * log_s - 0.5 * deviance(r, scored, phi, rho))
    numpyro.deterministic("b", b)
    numpyro.deterministic("phi", phi)
    numpyro.deterministic("rho", rho)


def drawn(table: pd.DataFrame, names: tuple[str, ...], options: argparse.Namespace) -> dict[str, Array]:
    """Draws of phi, rho and each effect [sd of pain], (chains, draws) each."""
    exposures = [name for name in names if name in table.columns]
    scores = standard_scores(table[exposures].to_numpy(dtype=float))
    y = standard_scores(table[["pain"]].to_numpy(dtype=float))[:, 0]
    rise = standard_scores(rise_over_usual(scores[:, 0])[:, None])[:, 0] if RISE in names else None
    columns = grid.design(scores, rise)
    priors = grid.prior(len(exposures), rise is not None)[0][:, 1:, 1:]
    L = np.linalg.cholesky(np.linalg.inv(priors).mean(axis=0))
    sampler = MCMC(
        NUTS(model, dense_mass=True, target_accept_prob=options.accept), num_warmup=options.warmup,
        num_samples=options.draws, num_chains=options.chains, chain_method="vectorized", progress_bar=False,
    )  # fmt: skip
    sampler.run(
        jax.random.PRNGKey(options.seed), np.nan_to_num(y), ~np.isnan(y), columns, L, L.T @ priors @ L,
        extra_fields=("diverging",),
    )  # fmt: skip
    found = sampler.get_samples(group_by_chain=True)
    b = np.concatenate([np.asarray(found["b0"])[..., None], np.asarray(found["b"])], axis=-1)
    effects = {name: b[..., grid.lags_of(k)].sum(axis=-1) for k, name in enumerate(exposures)}
    if rise is not None:
        effects[RISE] = b[..., -1]
    diverged = np.asarray(sampler.get_extra_fields(group_by_chain=True)["diverging"], dtype=float)
    return {**effects, "phi": np.asarray(found["phi"]), "rho": np.asarray(found["rho"]), "diverged": diverged}


def row(name: str, ours: Estimate, draws: Array) -> dict[str, object]:
    """One effect by both [points], and their differences over the sd."""
    weight, mean, _, _ = ours.mixture(name)
    ends, middle = quantiles(np.array(BAND), *ours.mixture(name)), float(weight @ mean)
    theirs, sd = np.quantile(draws, BAND), float(draws.std())
    outside = (draws < theirs[0]) | (draws > theirs[1])
    return {
        "effect": name, "mean": middle, "nuts_mean": float(draws.mean()), "nuts_sd": sd,
        "band": ends.tolist(), "nuts_band": theirs.tolist(), "mean_off": abs(middle - float(draws.mean())) / sd,
        "lo_off": abs(float(ends[0] - theirs[0])) / sd, "hi_off": abs(float(ends[1] - theirs[1])) / sd,
        "r_hat": float(split_gelman_rubin(draws)), "ess": float(effective_sample_size(draws)),
        "ess_tail": float(effective_sample_size(outside.astype(float))),
    }  # fmt: skip


def person(days: int, points: float, exposures: int, number: int, options: argparse.Namespace) -> dict[str, object]:
    """One simulated person by both."""
    rng = np.random.default_rng([options.seed, days, int(1000 * points), exposures, number])
    table = days_of(rng, days, points, exposures)
    asked = [*table.columns[1:], *([RISE] if exposures > 1 else [])]
    seconds = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        ours = estimate(table, "pain", asked)
        seconds.append(time.perf_counter() - begin)
    assert ours is not None
    compiling.clear()
    begin = time.perf_counter()
    draws = drawn(table, ours.names, options)
    nuts_seconds = time.perf_counter() - begin - sum(compiling)
    at = ours.posterior
    return {
        "days": days, "points": points, "exposures": exposures, "number": number,
        "ms": 1e3 * float(np.median(seconds)), "nuts_s": nuts_seconds, "compiling_s": sum(compiling),
        "times_faster": nuts_seconds / float(np.median(seconds)), "diverged": int(draws["diverged"].sum()),
        "phi": [float(at.weight @ at.phi), float(draws["phi"].mean()), float(draws["phi"].std())],
        "rho": [float(at.weight @ at.rho), float(draws["rho"].mean()), float(draws["rho"].std())],
        "effects": [row(name, ours, draws[name] * ours.unit) for name in ours.names],
    }  # fmt: skip


def summed_up(people: list[dict[str, Any]]) -> dict[str, object]:
    """The worst of all, and how many effects lie within the limits."""
    rows = [effect for one in people for effect in one["effects"]]
    band = [max(effect["lo_off"], effect["hi_off"]) for effect in rows]
    return {
        "effects": len(rows), "mean_off_largest": max(effect["mean_off"] for effect in rows),
        "mean_off_median": float(np.median([effect["mean_off"] for effect in rows])),
        "band_off_largest": max(band), "band_off_median": float(np.median(band)),
        "within_limits": sum(
            effect["mean_off"] <= LIMITS["mean_off"] and end <= LIMITS["band_off"]
            for effect, end in zip(rows, band, strict=True)
        ),
        "r_hat_largest": max(effect["r_hat"] for effect in rows), "ess_least": min(effect["ess"] for effect in rows),
        "ess_tail_least": min(effect["ess_tail"] for effect in rows),
        "diverged": sum(one["diverged"] for one in people),
        "times_faster_least": min(one["times_faster"] for one in people),
    }  # fmt: skip


def page(result: dict[str, Any]) -> str:
    """docs/validation/mcmc.md."""
    told, options = result["summary"], result["options"]
    head = (
        "# The estimator beside full MCMC\n\n"
        "Written by `python benchmarks/nuts.py --write`, which needs NumPyro; do not edit.\n\n"
        "The same model and the same priors, once by the grid that the program uses and once by NumPyro's NUTS "
        f"({options['chains']} chains of {options['draws']} draws after {options['warmup']}), on simulated persons. "
        "Differences are in standard deviations of NUTS' posterior; its own error is 1 to 2 hundredths for means and "
        "about four for the ends of a band.\n\n"
    )
    rows = [
        ("means: the largest difference", "0.1", f"{told['mean_off_largest']:.2f}"),
        ("ends of the 90 % band: the largest difference", "0.15", f"{told['band_off_largest']:.2f}"),
        ("effects within both", "all", f"{told['within_limits']} of {told['effects']}"),
        ("times faster, at least", "200", f"{told['times_faster_least']:.0f}"),
    ]
    lines = [
        "| | to reach | found |",
        "|---|---|---|",
        *(f"| {what} | {goal} | {found} |" for what, goal, found in rows),
    ]
    detail = ["", "| days | true points | effect | mean | NUTS | band | NUTS |", "|---|---|---|---|---|---|---|"]
    for one in result["people"]:
        for effect in one["effects"]:
            bands = (f"{ends[0]:.2f} to {ends[1]:.2f}" for ends in (effect["band"], effect["nuts_band"]))
            ours, theirs = bands
            detail.append(
                f"| {one['days']} | {one['points']:g} | {effect['effect']} | {effect['mean']:.2f} | "
                f"{effect['nuts_mean']:.2f} | {ours} | {theirs} |"
            )
    return head + "\n".join([*lines, *detail]) + "\n"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1, help="of each length, effect and number of exposures")
    parser.add_argument("--days", type=int, nargs="+", default=[60, 120, 365])
    parser.add_argument("--points", type=float, nargs="+", default=[0.0, 0.8], help="true effects")
    parser.add_argument("--exposures", type=int, nargs="+", default=[1, 3], choices=[1, 2, 3])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chains", type=int, default=4)
    parser.add_argument("--warmup", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=3000, help="of each chain")
    parser.add_argument("--accept", type=float, default=0.95, help="target acceptance probability")
    parser.add_argument("--write", action="store_true", help="docs/validation/mcmc.md too")
    options = parser.parse_args(arguments)
    jax.config.update("jax_enable_x64", True)
    jax.monitoring.register_event_duration_secs_listener(
        lambda event, seconds, **_: compiling.append(seconds) if event.startswith(COMPILING) else None
    )
    people = [
        person(*cell, number, options)
        for cell in product(options.days, options.points, options.exposures)
        for number in range(options.people)
    ]
    result = {"options": vars(options), "summary": summed_up(people), "limits": LIMITS, "people": people}
    if options.write:
        PAGE.write_text(page(result), encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()

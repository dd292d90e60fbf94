"""The persons whom the answer is tried on: those of `cause.simulate`, as the model likes them, and those of
`second_simulator`, as it does not, as tables of one form. The same seed, kind and number give the same person.

The truth is the effect on the recorded score. Rounding to whole numbers leaves it as it is: pain moves over more than
one of them, so what pushes a score over its edge on some mornings and not on others comes to the same on average. The
ends of the scale do not, and the first simulator's own truth, of what is felt, is therefore told times the share of
mornings that are free to move. That is .999 of them as they come, and .95 when pain varies twice as much.
"""

import zlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.special import ndtr

import second_simulator
from backstory.cause import design
from backstory.cause.simulate import simulate

Array = NDArray[np.float64]
Generator = np.random.Generator

HARMLESS = second_simulator.HARMLESS
TOGETHER = 0.7  # correlation of the first harmless column with the load
WANDERING = "wandering"  # a random walk, in the first simulator alone
SPREAD = 6  # mornings
BEFORE = 28  # days that a person trains before the log, where a rise over the usual acts


@dataclass(frozen=True)
class Kind:
    """What persons: "first" or "second" simulator, days of their log, true points of the load and of the rise; how much
    pain varies (first simulator), how strong the hidden stress is (second), and what is hard about them (first):
    "spread", the load's effect comes in equal parts on `SPREAD` mornings.
    """

    simulator: str
    days: int
    points: float = 0.0
    rise_points: float = 0.0
    variability: float = 1.0
    stress: tuple[float, float] = second_simulator.STRESS
    hard: str = ""


@dataclass(frozen=True)
class Person:
    """table: `pain`, `load`, then the columns of `HARMLESS` and `WANDERING`; true_points of each and of "rise", as
    `explain` tells them: for one standard deviation of the table's own.
    """

    table: pd.DataFrame
    true_points: dict[str, float]

    def truths(self, asked: list[str]) -> Array:
        """(m,) of what is asked."""
        return np.array([self.true_points[name] for name in asked])


def person(kind: Kind, seed: int, number: int) -> Person:
    """One person of a kind."""
    rng = np.random.default_rng([seed, zlib.crc32(repr(kind).encode()), number])
    return {"first": _first, "second": _second}[kind.simulator](kind, rng)


def columns(harmless: int) -> list[str]:
    """The load and so many harmless columns beside it."""
    return ["load", *HARMLESS[:harmless]]


def _first(kind: Kind, rng: Generator) -> Person:
    later = bool(kind.rise_points) or kind.hard == "spread"  # what acts is not what `simulate` knows
    before = BEFORE if later else 0
    points = 0.0 if kind.hard == "spread" else kind.points
    year = simulate(rng, before + kind.days, points, variability=kind.variability)
    load, pain = year.load[before:], year.pain[before:]
    sd = float(np.std(load, ddof=1))
    true_points = dict.fromkeys((*HARMLESS, WANDERING), 0.0) | {"load": year.points_per_unit * sd, "rise": 0.0}
    if later:
        rise = second_simulator.rise_over_usual(year.load)[before:]
        gain = kind.rise_points / float(np.std(rise, ddof=1))
        acts = gain * rise
        true_points["rise"] = gain * own_rise_sd(load, load)
        if kind.hard == "spread":
            evenly = np.convolve(year.load - year.load.mean(), [0.0, *[1 / SPREAD] * SPREAD])[before : len(year.load)]
            acts, true_points["load"] = acts + kind.points / sd * evenly, kind.points
        # A rounded score may have been any within its unit; with more pain in that place it would be rounded again
        pain = second_simulator.recorded(pain + rng.uniform(-0.5, 0.5, len(pain)) + acts)
    free = _free_share(pain)
    index = pd.date_range(second_simulator.FIRST_DAY, periods=kind.days, name="date")
    table = pd.DataFrame({"pain": pain, "load": load} | _harmless(rng, load), index=index)
    return Person(table, {name: value * free for name, value in true_points.items()})


def _second(kind: Kind, rng: Generator) -> Person:
    given = second_simulator.simulate_person(
        rng, kind.days, kind.points, len(HARMLESS), rise_points=kind.rise_points, strength=kind.stress
    )
    load = given.hidden.load
    lived = float(np.std(second_simulator.rise_over_usual(load)[-kind.days :], ddof=1))
    own = own_rise_sd(load[-kind.days :], given.table["load"].to_numpy())
    return Person(given.table, given.true_points | {"rise": given.true_points["rise"] * own / lived})


def own_rise_sd(load: Array, known: Array) -> float:
    """Standard deviation of the rise as a log can show it, in units of load: its first weeks know no days before.

    load: (T,) as it happened; known: (T,) as recorded, NaN = not known, whose mean and sd everything is measured by.
    """
    mean, sd = float(np.nanmean(known)), float(np.nanstd(known, ddof=1))
    return sd * float(np.std(design.rise_over_usual((load - mean) / sd), ddof=1))


def _free_share(pain: Array) -> float:
    """Share of mornings on which pain lies between the ends of the scale, by a normal approximation to the scores."""
    mean, sd = float(np.nanmean(pain)), float(np.nanstd(pain, ddof=1))
    return float(ndtr((10 - mean) / sd) - ndtr(-mean / sd)) if sd > 0 else 1.0


def _harmless(rng: Generator, load: Array) -> dict[str, Array]:
    """Columns that do nothing: goes with the load, differs from night to night, follows the weekday, rare, wanders."""
    n = len(load)
    score = (load - load.mean()) / (load.std() or 1.0)
    steps = 8000 + 2000 * (TOGETHER * score + np.sqrt(1 - TOGETHER**2) * rng.standard_normal(n))
    sleep_h = 7.2 + 0.8 * rng.standard_normal(n)
    sitting_h = 7.0 - 3.0 * (np.arange(n) % 7 >= 5) + lfilter([1.0], [1.0, -0.5], rng.standard_normal(n))
    gardening = (rng.random(n) < 0.08).astype(float)
    wandering = np.cumsum(rng.standard_normal(n))
    return dict(zip((*HARMLESS, WANDERING), (steps, sleep_h, sitting_h, gardening, wandering), strict=True))

"""Checks that travel with an answer: one function each; to add one, write it and put it into CHECKS.

They speak of the main exposure. Those that try to shake an effect do not apply where none was found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.linalg import solve_triangular
from scipy.special import chdtrc

from backstory.cause import grid
from backstory.cause.days import LEAST_SCORED
from backstory.cause.design import LAGS, WEEK, expected, standard_scores, varies, weekdays
from backstory.cause.estimating import RISE, Estimate, estimate
from backstory.cause.memory import Array, Mornings, inverse_times
from backstory.cause.verdicts import BETTER, WORSE

LEAST_SCORED_SHARE, LEAST_KNOWN_SHARE = 0.5, 0.7
TRAINING_SHARE = (0.05, 0.95)
FEW = 0.1  # of the scores
STANDS = 0.5  # of an effect: what must be left of it when something that should not matter is changed
SAME_WAY = 0.2  # the same where the change may well matter, and only the direction may not
AHEAD_DAYS = 14  # far enough that pain's memory, which makes people train less, has faded
SHIFTS, LEAST_SHIFT_DAYS, NEARLY_ALL = 19, 28, 0.9
CHANCE = 0.005  # how often a check may fail by chance alone, on each side
ALWAYS_SOME = ("sleep_h", "sleep_quality", "sitting_h", "steps", "stress")
NOTHING_FOUND = "Nothing was found that this could put in doubt."


@dataclass(frozen=True, slots=True)
class Check:
    """One check: passed True or False, or None where it does not apply; `text` is a sentence for the person."""

    name: str
    passed: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """What an answer rests on. asked: columns, the main one first; recalled, evening: days with such a score; variants:
    the main exposure reckoned in other ways.
    """

    days: pd.DataFrame
    outcome: str
    asked: tuple[str, ...]
    weekly: bool
    found: Estimate | None
    effects: pd.DataFrame
    recalled: frozenset[date]
    evening: frozenset[date]
    variants: Mapping[str, pd.Series] | None

    @property
    def main(self) -> str:
        """The main exposure."""
        return self.asked[0]

    @property
    def points(self) -> float | None:
        """The main effect in points, where there is one."""
        row = self.effects.iloc[0]
        return float(row["points"]) if row["verdict"] in (WORSE, BETTER) else None

    def again(self, days: pd.DataFrame) -> tuple[float, tuple[float, float]] | None:
        """The main effect in points on other days, and how often such an estimate comes without an effect; None where
        they hold too little.
        """
        enough = days[self.outcome].notna().sum() >= LEAST_SCORED and varies(days[self.outcome])
        found = estimate(days, self.outcome, self.asked) if enough and varies(days[self.main]) else None
        if found is None:
            return None
        weight, mean, _, _ = found.mixture(self.main)
        return float(weight @ mean), found.if_none(self.main)

    def scored(self) -> pd.DatetimeIndex:
        """Days with a score."""
        return pd.DatetimeIndex(self.days.index[self.days[self.outcome].notna()])

    def without_scores(self, days: pd.Index) -> pd.DataFrame:
        """The days with these scores taken out."""
        return self.days.assign(**{self.outcome: self.days[self.outcome].mask(self.days.index.isin(days))})

    def with_main(self, column: pd.Series) -> pd.DataFrame:
        """The days with another main exposure."""
        return self.days.assign(**{self.main: column})


def mornings_scored(case: Case) -> Check:
    """Pain that was felt and not recorded can bias the answer, so most mornings should have a score."""
    name, scored = "mornings scored", case.scored()
    if not len(scored):
        return Check(name, None, "No morning has a score yet.")
    share = len(scored) / ((scored[-1] - scored[0]).days + 1)
    text = f"{share:.0%} of the mornings between the first and the last score have one."
    return Check(name, share >= LEAST_SCORED_SHARE, text)


def training_known(case: Case) -> Check:
    """Days whose training is not known are guessed from the others, which hides effects when there are many."""
    share = float(case.days[case.main].notna().mean())
    text = f"The training is known on {share:.0%} of the days."
    return Check("training known", share >= LEAST_KNOWN_SHARE, text)


def enough_contrast(case: Case) -> Check:
    """Who trains every day, or hardly ever, has nothing to compare with."""
    known = case.days[case.main].dropna()
    if known.empty:
        return Check("enough contrast", None, "No day's training is known.")
    if case.main in ALWAYS_SOME:
        return Check("enough contrast", varies(known), "There is some of it every day, now more and now less.")
    share = float((known > 0).mean())
    text = f"{share:.0%} of the days with known training were training days."
    return Check("enough contrast", TRAINING_SHARE[0] <= share <= TRAINING_SHARE[1], text)


def one_time_of_day(case: Case) -> Check:
    """Scores that blur this morning with the next cost half of an effect."""
    name, scored = "one time of day", case.scored()
    evenings = scored[_among(scored, case.evening)]
    mornings = len(scored) - len(evenings)
    said = f"{mornings} scores were given in the morning and {len(evenings)} in the evening or without a time of day"
    if min(mornings, len(evenings)) <= FEW * len(scored):
        return Check(name, True, f"{said}.")
    left = _left(case, case.without_scores(evenings))
    if left is not None and left >= STANDS:
        return Check(name, True, f"{said}; from the mornings alone it is the same.")
    return Check(name, False, f"{said}; such a mixture can hide half of an effect. Best: every morning.")


def given_in_time(case: Case) -> Check:
    """Scores from memory follow what a person believes."""
    name, scored = "given in time", case.scored()
    late = scored[_among(scored, case.recalled)]
    said = f"{len(late)} of {len(scored)} scores were entered more than 36 hours late"
    if not len(late):
        return Check(name, True, f"{said}.")
    if case.points is None:
        return Check(name, len(late) <= FEW * len(scored), f"{said}.")
    left = _left(case, case.without_scores(late))
    stands = left is not None and left >= STANDS
    return Check(name, stands, f"{said}; {'without them it is the same' if stands else 'it rests on them'}.")


def future_training(case: Case) -> Check:
    """What comes later cannot hurt now: beside the real training, that of one to two weeks ahead must show nothing."""
    name, later = "future training", f"later {case.main}"
    if case.points is None:
        return Check(name, None, NOTHING_FOUND)
    days = case.days.assign(**{later: case.days[case.main].shift(-AHEAD_DAYS)})
    found = estimate(days, case.outcome, [case.main, later]) if varies(days[later]) else None
    if found is None or later not in found.names:
        return Check(name, None, "The days are too few to look at what came later.")
    none = min(found.if_none(later)) >= CHANCE
    text = "Training one to two weeks later shows no effect on this morning, as it should be."
    return Check(name, none, text if none else "Training one to two weeks LATER shows an effect, which cannot be.")


def shifted_in_time(case: Case) -> Check:
    """Moved by weeks, the load cannot have an effect: the real one must stand out among such shifts."""
    name, days = "shifted in time", len(case.days)
    if case.points is None or case.found is None or days < 3 * LEAST_SHIFT_DAYS:
        return Check(name, None, NOTHING_FOUND)
    weeks = np.linspace(LEAST_SHIFT_DAYS // WEEK, (days - LEAST_SHIFT_DAYS) // WEEK, SHIFTS)
    steps = WEEK * np.unique(weeks.astype(int))  # whole weeks: a habit of the weekdays must not look like an effect
    column = case.days[case.main]
    moved = [_shifted(case, pd.Series(np.roll(column.to_numpy(), step), column.index)) for step in steps]
    smaller = float(np.mean([abs(points) < abs(case.points) for points in moved]))
    text = f"The effect is larger than {smaller:.0%} of those found with the training moved by weeks."
    return Check(name, smaller >= NEARLY_ALL, text)


def _shifted(case: Case, column: pd.Series) -> float:
    """The effect of a moved load on the main exposure's own part of the grid [points]."""
    assert case.found is not None
    values = case.with_main(column)[[name for name in case.found.names if name != RISE]].to_numpy(dtype=float)
    pain = case.days[case.outcome].to_numpy(dtype=float)
    filled, _ = expected(standard_scores(values), weekdays(case.days))
    heaviest = int(np.argmax(case.found.posterior.weight))
    at = (case.found.posterior.phi[heaviest], case.found.posterior.rho[heaviest])
    near = (grid.POINTS[0] == at[0]) & (grid.POINTS[1] == at[1])
    posterior = grid.fit(standard_scores(pain[:, None])[:, 0], filled, None, near)
    return float(posterior.weight @ posterior.mean[:, 0]) * case.found.unit


def other_exponents(case: Case) -> Check:
    """How much more a heavy repetition counts than a light one is not known, so the direction must not hang on it."""
    ways = _ways(case, "^")
    return _stands(case, "heavy counts more", ways, SAME_WAY, "heavy repetitions counted more than in proportion")


def unknown_loads(case: Case) -> Check:
    """Sets and days whose load is not known must not decide."""
    ways = _ways(case, "known")
    if case.days[case.main].isna().any():
        ways["none"] = case.with_main(case.days[case.main].fillna(0.0))
    return _stands(case, "unknown loads", ways, STANDS, "loads that are not known counted as none")


def _ways(case: Case, mark: str) -> dict[str, pd.DataFrame]:
    return {
        key: case.with_main(column.reindex(case.days.index))
        for key, column in (case.variants or {}).items()
        if mark in key and not column.reindex(case.days.index).equals(case.days[case.main])
    }


def _stands(case: Case, name: str, ways: Mapping[str, pd.DataFrame], least: float, when: str) -> Check:
    """Whether at least this share of the effect is left in each of these ways."""
    if case.points is None:
        return Check(name, None, NOTHING_FOUND)
    if not ways:
        return Check(name, None, "There is no other way to reckon this load.")
    left = [_left(case, days) for days in ways.values()]
    stands = all(share is not None and share >= least for share in left)
    return Check(name, stands, f"The effect {'would stay' if stands else 'would not stay'} if {when}.")


def _left(case: Case, days: pd.DataFrame) -> float | None:
    """How much of the effect is left on other days, as a share; None where there is none, or too little."""
    again = case.again(days) if case.points is not None else None
    return None if again is None or not case.points else again[0] / case.points


def one_week(case: Case) -> Check:
    """An effect that one week carries is that week's story."""
    name = "one week"
    if case.points is None or case.found is None:
        return Check(name, None, NOTHING_FOUND)
    weeks = pd.DatetimeIndex(case.days.index).to_period("W")
    shares = pd.Series(_pull(case), case.days.index).groupby(weeks).sum()
    heaviest = shares.index[int(shares.to_numpy().argmax())]
    left = _left(case, case.without_scores(case.days.index[weeks == heaviest]))
    share = 0.0 if left is None else 1 - left
    monday = heaviest.start_time
    text = f"Without the week of {monday.day} {monday:%B %Y}, which counts most, {1 - share:.0%} of the effect is left."
    return Check(name, left is not None and left >= STANDS, text)


def _pull(case: Case) -> Array:
    """What each morning's score adds to the main effect, as a share of it, at the grid's heaviest point; (T,)."""
    assert case.found is not None
    posterior = case.found.posterior
    point = int(np.argmax(posterior.weight))
    y, Z = _regression(case)
    when = np.flatnonzero(~np.isnan(y))
    asked = np.zeros(Z.shape[1])
    asked[grid.lags_of(0)] = 1.0
    row = np.linalg.solve(posterior.precision[point][: len(asked), : len(asked)], asked)
    weighted = inverse_times(Z[when], np.diff(when), posterior.phi[point], posterior.rho[point])
    pull = np.zeros(len(y))
    pull[when] = weighted @ row * y[when]
    return pull / (posterior.mean[point, 0] or 1.0)


def nothing_left_over(case: Case) -> Check:
    """What the model does not explain should have no memory (Ljung & Box 1978, Biometrika 65:297)."""
    name = "nothing left over"
    if case.found is None:
        return Check(name, None, "There is nothing to look at yet.")
    posterior = case.found.posterior
    point = int(np.argmax(posterior.weight))
    y, Z = _regression(case)
    when = np.flatnonzero(~np.isnan(y))
    rest = y[when] - Z[when] @ posterior.b[point, : Z.shape[1]]
    apart = np.abs(when[:, None] - when)
    V = (1 - posterior.rho[point]) * np.power(posterior.phi[point], apart) + posterior.rho[point] * np.eye(len(when))
    surprises = solve_triangular(np.linalg.cholesky(V), rest, lower=True)
    none = ljung_box(surprises, LAGS) >= 2 * CHANCE
    text = "What is left over after the model has no memory" if none else "What is left over still has a memory"
    return Check(name, none, f"{text}{'.' if none else ', so that the range may be too narrow.'}")


def ljung_box(values: Array, lags: int) -> float:
    """Probability of autocorrelations at least this large in a series without memory. values: (n,)."""
    n, z = len(values), values - values.mean()
    r = np.array([z[lag:] @ z[:-lag] for lag in range(1, lags + 1)]) / (z @ z)
    return float(chdtrc(lags, n * (n + 2) * np.sum(r**2 / (n - np.arange(1, lags + 1)))))


def _regression(case: Case) -> tuple[Array, Array]:
    """Standardised pain and the regression's columns without the rise, at the expected loads."""
    assert case.found is not None
    names = [name for name in case.found.names if name != RISE]
    filled, _ = expected(standard_scores(case.days[names].to_numpy(dtype=float)), weekdays(case.days))
    return standard_scores(case.days[[case.outcome]].to_numpy(dtype=float))[:, 0], grid.design(filled, None)


def _among(index: pd.DatetimeIndex, days: frozenset[date]) -> Mornings:
    return np.array([moment.date() in days for moment in index], dtype=bool)


CHECKS: tuple[Callable[[Case], Check], ...] = (
    mornings_scored, training_known, enough_contrast, one_time_of_day, given_in_time, future_training, shifted_in_time,
    other_exponents, unknown_loads, one_week, nothing_left_over,
)  # fmt: skip

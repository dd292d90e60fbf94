"""`explain`: from one row a day to what is followed by pain, with which delay and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from backstory.cause import grid
from backstory.cause.checks import CHECKS, Check
from backstory.cause.memory import Array
from backstory.cause.mixture import below, quantiles
from backstory.cause.telling import caveats, tell
from backstory.cause.verdicts import BETTER, TOO_LITTLE, UNCLEAR, WORSE
from backstory.errors import InputError

LEAST_SCORED, LEAST_TRAINING = 28, 8
ONE_LOOK, WEEKLY = 0.025, 0.0135  # one-sided; for one exposure asked
BAND = (0.05, 0.95)
MOST_OF_EFFECT = 0.8
SAME_VALUE = 1e-9  # of the largest: smaller differences are rounding
SAME = 0.999  # two exposures that go together more than this cannot be told apart

COLUMNS = (
    "exposure",
    "points",
    "points_per_morning",
    "lo90",
    "hi90",
    "mornings",
    "delay_days",
    "mean",
    "sd",
    "verdict",
)


@dataclass(frozen=True)
class Answer:
    """What the days say.

    effects: one row an exposure: `points` of pain (0-10) summed over the following seven mornings, for a day one
    standard deviation above the person's mean, with its 90 % band; the same for each of the `mornings` that hold most
    of it; `delay_days`; the exposure's own `mean` and `sd`; `verdict`.
    """

    effects: pd.DataFrame
    days: pd.DataFrame
    outcome: str
    weekly: bool
    missing: tuple[str, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """The main exposure's, which is the first."""
        return str(self.effects["verdict"].iloc[0])

    @property
    def pain_days(self) -> int:
        """Mornings with a score."""
        return int(self.days[self.outcome].notna().sum())

    @cached_property
    def checks(self) -> list[Check]:
        """What could make this answer wrong; computed when first asked for."""
        return [check(self.days, self.outcome, list(self.effects["exposure"])) for check in CHECKS]

    @cached_property
    def findings(self) -> str:
        """What was found, in words."""
        return tell(self.effects, self.days, self.missing)

    @property
    def caveats(self) -> str:
        """What the answer cannot know, in words."""
        return caveats(self.missing, weekly=self.weekly)

    @property
    def text(self) -> str:
        """The whole answer in words, for the person."""
        return "\n".join(part for part in (self.findings, self.caveats) if part)


def explain(
    days: pd.DataFrame, outcome: str = "pain", exposures: Sequence[str] | None = None, weekly: bool = True
) -> Answer:
    """What is followed by more pain, or less.

    days: indexed by date; `outcome` is the morning's score 0-10 (NaN = not recorded); one column an exposure (NaN = not
    known, 0 = known to be none). exposures: the columns asked about, the main one first; None = every column but the
    outcome. weekly: keep the verdict honest for somebody who looks again and again (until there is an exact rule for
    that, by a stricter threshold). Raises InputError for days that cannot be what they say.
    """
    asked = [str(name) for name in days.columns if name != outcome] if exposures is None else list(exposures)
    table = checked(days, outcome, asked)
    missing = what_is_missing(table, outcome, asked[0])
    usable = [] if missing else _usable(table, asked)
    threshold = (WEEKLY if weekly else ONE_LOOK) / len(asked)
    found = _estimate(table, outcome, asked[0], usable, threshold) if usable else {}
    effects = pd.DataFrame([found.get(name) or _nothing(table[name]) for name in asked], columns=list(COLUMNS))
    return Answer(effects, table, outcome, weekly, tuple(missing))


def checked(days: pd.DataFrame, outcome: str, exposures: Sequence[str]) -> pd.DataFrame:
    """The days asked about, sorted and without gaps in the calendar. Raises InputError."""
    if not exposures:
        raise InputError("There is nothing to ask about: the days hold no column beside the outcome.")
    if absent := [name for name in (outcome, *exposures) if name not in days.columns]:
        raise InputError(f"The days have no column {', '.join(map(repr, absent))}.")
    if len(set(exposures)) < len(exposures) or outcome in exposures:
        raise InputError("Each column can be asked about once, and not the outcome itself.")
    if days.empty:
        raise InputError("There are no days.")
    try:
        index = pd.DatetimeIndex(pd.to_datetime(days.index, format="ISO8601")).normalize()
        table = days[[outcome, *exposures]].astype(float).set_axis(index).sort_index()
    except (TypeError, ValueError) as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(f"The days must be indexed by date and hold numbers: {why}.") from None
    if table.index.hasnans or table.index.has_duplicates:
        raise InputError("Each day may stand once, and must have a date.")
    if np.isinf(table.to_numpy()).any():
        raise InputError("A value is infinite.")
    if ((table[outcome] < 0) | (table[outcome] > 10)).any():
        raise InputError(f"{outcome} must lie between 0 and 10.")
    return table.asfreq("D")


def what_is_missing(table: pd.DataFrame, outcome: str, main: str) -> list[str]:
    """What it still takes until there can be an answer, as words; [] when there is enough."""
    scored, trained = int(table[outcome].notna().sum()), int((table[main] > 0).sum())
    missing = []
    if scored < LEAST_SCORED:
        missing.append(f"{LEAST_SCORED - scored} more scored mornings ({scored} of {LEAST_SCORED})")
    if trained < LEAST_TRAINING:
        missing.append(f"{LEAST_TRAINING - trained} more training days ({trained} of {LEAST_TRAINING})")
    if not missing and not varies(table[outcome]):
        missing.append("mornings that differ: every score is the same")
    return missing


def varies(column: pd.Series) -> bool:
    """Whether there is more in a column than one value and its rounding."""
    known = column.dropna()
    return len(known) > 1 and float(known.max() - known.min()) > SAME_VALUE * float(known.abs().max())


def in_lockstep(table: pd.DataFrame, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Columns that always come together, in groups: the days cannot tell them apart."""
    groups: list[list[str]] = []
    for name in columns:
        group = next((g for g in groups if abs(_together(table[name], table[g[0]])) > SAME), None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    return [tuple(group) for group in groups if len(group) > 1]


def _usable(table: pd.DataFrame, asked: Sequence[str]) -> list[str]:
    """Exposures that vary and are not the same as one asked before them."""
    found: list[str] = []
    for name in asked:
        if varies(table[name]) and not any(abs(_together(table[name], table[other])) > SAME for other in found):
            found.append(name)
    return found


def _together(a: pd.Series, b: pd.Series) -> float:
    both = a.notna() & b.notna()
    x, y = a[both].to_numpy(), b[both].to_numpy()
    if len(x) < 2 or not x.std() or not y.std():
        return 0.0
    return float(np.corrcoef(x, y)[0, 1])


def standardised(column: pd.Series) -> Array:
    """(x − mean) / sd over known days, NaN kept; 0 everywhere for a column that does not vary."""
    values = column.to_numpy(dtype=float)
    return (values - column.mean()) / column.std() if varies(column) else np.zeros(len(values))


def _estimate(
    table: pd.DataFrame, outcome: str, main: str, usable: Sequence[str], threshold: float
) -> dict[str, dict[str, object]]:
    y = standardised(table[outcome])
    X = np.column_stack([np.nan_to_num(standardised(table[name])) for name in usable])
    rise = grid.rise_over_usual(np.nan_to_num(standardised(table[main])))
    posterior = grid.fit(y, X, rise)
    unit = float(table[outcome].std())
    rows: dict[str, dict[str, object]] = {}
    for k, name in enumerate(usable):
        parts = (posterior.weight, posterior.mean[:, k], posterior.scale[:, k], posterior.degrees)
        low, high = quantiles(np.array(BAND), *parts) * unit
        negative = float(below(0.0, *parts))
        mornings = _mornings(posterior.lag_mean[k])
        points = float(posterior.weight @ posterior.mean[:, k]) * unit
        size = np.abs(posterior.lag_mean[k])
        rows[name] = {
            "exposure": name, "points": points, "points_per_morning": points / mornings, "lo90": low, "hi90": high,
            "mornings": mornings, "delay_days": float(np.arange(1, grid.LAGS + 1) @ size / size.sum()),
            "mean": float(table[name].mean()), "sd": float(table[name].std()),
            "verdict": WORSE if negative < threshold else BETTER if 1 - negative < threshold else UNCLEAR,
        }  # fmt: skip
    return rows


def _mornings(lag_mean: Array) -> int:
    """The fewest mornings that hold 80 % of Σ|b_l|."""
    largest_first = np.sort(np.abs(lag_mean))[::-1]
    share = np.cumsum(largest_first) / largest_first.sum()
    return int(np.searchsorted(share, MOST_OF_EFFECT - 1e-12) + 1)


def _nothing(column: pd.Series) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(COLUMNS, np.nan)
    return row | {"exposure": column.name, "mean": column.mean(), "sd": column.std(), "verdict": TOO_LITTLE}

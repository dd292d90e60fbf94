"""`explain`: from one row a day to what is followed by pain, with which delay and how surely."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from backstory.cause.checks import CHECKS, Case, Check
from backstory.cause.days import checked, what_is_missing
from backstory.cause.estimating import RISE, Estimate, effects, estimate
from backstory.cause.telling import caveats, tell


@dataclass(frozen=True)
class Answer:
    """What the days say.

    effects: one row an exposure: `points` of pain (0-10) summed over the following seven mornings, for a day one
    standard deviation above the person's mean, with its 90 % band; the same for each of the `mornings` that hold most
    of it, and for one unit of the exposure; `delay_days`, with its 90 % band where there is a verdict; the exposure's
    own `mean` and `sd`; `verdict`. The rise over the usual, where it was asked about, acts on one morning.
    """

    effects: pd.DataFrame
    days: pd.DataFrame
    outcome: str
    weekly: bool
    missing: tuple[str, ...]
    estimate: Estimate | None
    case: Case = field(repr=False)

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
        return [check(self.case) for check in CHECKS]

    @cached_property
    def findings(self) -> str:
        """What was found, in words."""
        return tell(self)

    @property
    def caveats(self) -> str:
        """What the answer cannot know, in words."""
        return caveats(self)

    @property
    def text(self) -> str:
        """The whole answer in words, for the person."""
        return "\n".join(part for part in (self.findings, self.caveats) if part)


def explain(
    days: pd.DataFrame,
    outcome: str = "pain",
    exposures: Sequence[str] | None = None,
    weekly: bool = True,
    *,
    recalled: Collection[date] = (),
    evening: Collection[date] = (),
    variants: Mapping[str, pd.Series] | None = None,
) -> Answer:
    """What is followed by more pain, or less.

    days: indexed by date; `outcome` is the morning's score 0-10 (NaN = not recorded); one column an exposure (NaN = not
    known, 0 = known to be none). exposures: the columns asked about, the main one first; None = every column but the
    outcome; "rise", unless it is a column, asks about the main exposure's last week against the three before. weekly:
    keep the verdict honest for somebody who looks every week. For the checks: days whose score was recalled, or stands
    for the evening before, and the main exposure reckoned in other ways (name → column). Raises InputError for days
    that cannot be what they say.
    """
    asked = [str(name) for name in days.columns if name != outcome] if exposures is None else list(exposures)
    columns = [name for name in asked if name != RISE or name in days.columns]
    table = checked(days, outcome, columns)
    missing = what_is_missing(table, outcome, columns[0])
    found = None if missing else estimate(table, outcome, asked)
    rows = effects(found, table, asked, weekly=weekly)
    case = Case(table, outcome, tuple(asked), weekly, found, rows, frozenset(recalled), frozenset(evening), variants)
    return Answer(rows, table, outcome, weekly, tuple(missing), found, case)

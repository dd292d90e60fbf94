"""The answer: the main load first, then, where that shows something, which part of the training it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from backstory import __version__, catalogue, cause
from backstory.cause import Answer, Check
from backstory.days import known_spans
from backstory.errors import NotEnough
from backstory.journal.loading import day_table, weigh
from backstory.journal.opening import Journal
from backstory.load import EXPOSURE_UNITS
from backstory.model import FAMILIES

MAIN, WITHOUT_SETS = "load", "other_training"
LONGEST_SILENCE = timedelta(days=180)  # without a score; what lies before it is another story
SPANS_SHOWN = 3
BEFORE = timedelta(days=28)  # of training before the first score: the lags and the rise need it
LEAST_FAMILY_DAYS = 8
FRESH_DAYS = 3  # not known since the last session: more, and a new export is asked for
NEXT = {
    cause.WORSE: "Next: try somewhat lighter sessions for two weeks, go on scoring every morning, and look again.",
    cause.BETTER: "Next: keep training as you do, go on scoring every morning, and look again in a few weeks.",
    cause.UNCLEAR: "Next: go on scoring every morning; each month makes the range narrower.",
    cause.TOO_LITTLE: "Next: `backstory check-in --pain 0..10 --when morning`, ten seconds a day.",
}


@dataclass(frozen=True)
class Report:
    """An answer with what surrounds it. `parts` is the answer by family, where it was asked."""

    main: Answer
    parts: Answer | None
    lockstep: Sequence[tuple[str, ...]]
    left_out_before: date | None
    checks: tuple[Check, ...]
    covered: tuple[tuple[date, date], ...]
    next_step: str

    @property
    def verdict(self) -> str:
        return self.main.verdict

    def effects(self) -> list[dict[str, Any]]:
        """One entry an exposure, the main one first; None for what could not be computed."""
        frames = [self.main.effects] if self.parts is None else [self.main.effects, self.parts.effects]
        rows = pd.concat(frames).to_dict("records")
        return [
            {
                "unit": EXPOSURE_UNITS.get(str(row["exposure"])),
                **{str(k): None if pd.isna(v) else v for k, v in row.items()},
            }
            for row in rows
        ]

    @property
    def text(self) -> str:
        """The answer in words, as the person reads it."""
        lines = [self.main.findings]
        if self.parts is not None:
            lines.append("Which part of it? " + cause.tell_parts(self.parts.effects, self.parts.days, self.lockstep))
        elif self.lockstep:
            lines.append("Which part of it? " + cause.tell_parts(self.main.effects[:0], self.main.days, self.lockstep))
        if self.main.caveats:
            lines.append(self.main.caveats)
        applicable = [check for check in self.checks if check.passed is not None]
        failed = [check.text for check in applicable if not check.passed]
        passed = f"Checks: {len(applicable) - len(failed)} of {len(applicable)} passed."
        lines.append(" Not passed: ".join([passed, *failed]) if failed else passed)
        lines.append(
            f"Covered: {_spans(self.covered)}; {self.main.pain_days} of {len(self.main.days)} mornings scored."
        )
        return "\n".join([*lines, self.next_step])

    def as_json(self) -> dict[str, Any]:
        """The command line's contract."""
        return {
            "verdict": self.verdict,
            "text": self.text,
            "effects": self.effects(),
            "covered": [[a.isoformat(), b.isoformat()] for a, b in self.covered],
            "days": len(self.main.days),
            "pain_days": self.main.pain_days,
            "checks": [{"name": c.name, "passed": c.passed, "text": c.text} for c in self.checks],
            "next_step": self.next_step,
            "versions": {"program": __version__, "model": cause.VERSION, "catalogue": catalogue.load().version},
        }


def answer(journal: Journal) -> Report:
    """What the journal says. Raises NotEnough where no morning has a score."""
    days = day_table(journal, weigh(journal))
    if not days.table["pain"].notna().any():
        raise NotEnough("No morning has a pain score yet. Begin with: backstory check-in --pain 3 --when morning")
    table = around_scores(days.table)
    asked = MAIN if (table[MAIN] > 0).any() or not (table[WITHOUT_SETS] > 0).any() else WITHOUT_SETS
    main = cause.explain(table, exposures=[asked])
    parts, lockstep = None, []
    if asked == MAIN and main.verdict in (cause.WORSE, cause.BETTER):
        families = _families(table)
        lockstep = cause.in_lockstep(table, families)
        apart = [family for family in families if not any(family in group for group in lockstep)]
        parts = cause.explain(table, exposures=apart) if apart and len(families) > 1 else None
    first = table.index[table["pain"].notna()][0].date()
    return Report(
        main,
        parts,
        lockstep,
        left_out_before=first if first > days.table.index[days.table["pain"].notna()][0].date() else None,
        checks=(
            *main.checks,
            cause.one_time_of_day(days.morning_scores, days.evening_scores),
            cause.given_in_time(len(days.recalled), days.morning_scores + days.evening_scores),
        ),
        covered=known_spans(table[asked]),
        next_step=_next_step(main, table[asked], days.log_ends),
    )


def around_scores(table: pd.DataFrame) -> pd.DataFrame:
    """The days that can tell something: from four weeks before the first score, after the last long silence."""
    scored = table.index[table["pain"].notna()]
    silences = [later for earlier, later in pairwise(scored) if later - earlier > LONGEST_SILENCE]
    first = silences[-1] if silences else scored[0]
    return table.loc[first - BEFORE : scored[-1]]


def _families(table: pd.DataFrame) -> list[str]:
    """Families that were trained often enough to be asked about, the one with the most load first."""
    columns = [f"load_{family}" for family in FAMILIES]
    often = [column for column in columns if (table[column] > 0).sum() >= LEAST_FAMILY_DAYS]
    return sorted(often, key=lambda column: -table[column].sum())


def _next_step(main: Answer, column: pd.Series, log_ends: date | None) -> str:
    """column: the load asked about, day by day; log_ends: the last session's day."""
    if log_ends is None or not column.notna().any():
        return (
            "Next: import your training log (`backstory import FILE`) or note what you do (`backstory log run "
            "--minutes 30`, and `backstory check-in --trained no` on the other days)."
        )
    if column[column.index > pd.Timestamp(log_ends)].isna().sum() > FRESH_DAYS:
        return f"Next: your training log ends on {_day(log_ends)}; export it again and import it."
    return NEXT[main.verdict]


def _spans(covered: tuple[tuple[date, date], ...]) -> str:
    if not covered:
        return "no day with known training"
    if len(covered) <= SPANS_SHOWN:
        return ", ".join(f"{_day(a)} - {_day(b)}" for a, b in covered)
    known = sum((b - a).days + 1 for a, b in covered)
    return f"{_day(covered[0][0])} - {_day(covered[-1][1])} with {len(covered) - 1} gaps, {known} days known"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"

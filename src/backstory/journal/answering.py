"""The answer: the main load first, then, where that shows something, which part of the training it is."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from backstory import cause
from backstory.cause import Answer
from backstory.days import known_spans
from backstory.errors import NotEnough
from backstory.journal.answered import Report, shown
from backstory.journal.loading import day_table
from backstory.journal.opening import Journal
from backstory.model import FAMILIES

MAIN, WITHOUT_SETS = "load", "other_training"
LONGEST_SILENCE = timedelta(days=180)  # without a score; what lies before it is another story
BEFORE = timedelta(days=28)  # of training before the first score: the lags and the rise need it
LEAST_FAMILY_DAYS = 8
FRESH_DAYS = 3  # not known since the last session: more, and a new export is asked for
NEXT = {
    cause.WORSE: "Next: try somewhat lighter sessions for two weeks, go on scoring every morning, and look again.",
    cause.BETTER: "Next: keep training as you do, go on scoring every morning, and look again in a few weeks.",
    cause.UNCLEAR: "Next: go on scoring every morning; each month makes the range narrower.",
    cause.TOO_LITTLE: "Next: `backstory check-in --pain 0..10 --when morning`, ten seconds a day.",
}


def answer(journal: Journal) -> Report:
    """What the journal says. Raises NotEnough where no morning has a score."""
    days = day_table(journal)
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
        return f"Next: your training log ends on {shown(log_ends)}; export it again and import it."
    return NEXT[main.verdict]

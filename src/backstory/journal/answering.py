"""The answer: the main load first, then, where that shows something, which part of the training it is."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from backstory import cause
from backstory.cause import Answer
from backstory.days import known_spans
from backstory.errors import NotEnough
from backstory.journal import rhythm
from backstory.journal.answered import NO_UPDATE, Report
from backstory.journal.loading import day_table
from backstory.journal.opening import Journal
from backstory.journal.updating import noted
from backstory.model import FAMILIES, shown

MAIN, WITHOUT_SETS = "load", "other_training"
OTHERS = (
    "hard_sets", "other_training", "unaccustomed_sets", "sleep_h", "sleep_quality", "sitting_h", "steps", "stress",
)  # fmt: skip
HELD_CONSTANT = ("painkiller",)
LEAST_KNOWN = 0.7  # of the days
LONGEST_SILENCE = timedelta(days=180)  # without a score; what lies before it is another story
BEFORE = timedelta(days=28)  # of training before the first score: the lags and the rise need it
LEAST_FAMILY_DAYS = 8
FRESH_DAYS = 3  # not known since the last session: more, and a new export is asked for
SETTLE = "settle it by a self-trial: `backstory trial design`"
NEXT = {
    cause.WORSE: f"Next: try somewhat lighter sessions for two weeks and look again, or {SETTLE}.",
    cause.BETTER: "Next: keep training as you do, go on scoring every morning, and look again in a few weeks.",
    cause.UNCLEAR: f"Next: go on scoring every morning, which makes the range narrower, or {SETTLE}.",
    cause.TOO_LITTLE: "Next: `backstory check-in --pain 0..10 --when morning`, ten seconds a day.",
}
UNTIL_THEN = "Until then, what the log says by itself: `backstory look-back`."


def answer(journal: Journal) -> Report:
    """What the journal says. Raises NotEnough where no morning has a score, or the back is well and asked weekly."""
    if well := rhythm.nothing_to_ask(journal):
        raise NotEnough(well)
    days = day_table(journal)
    if not days.table["pain"].notna().any():
        raise NotEnough("No morning has a pain score yet. Begin with: backstory check-in --pain 3 --when morning")
    table = around_scores(days.table)
    asked = MAIN if (table[MAIN] > 0).any() or not (table[WITHOUT_SETS] > 0).any() else WITHOUT_SETS
    variants = {str(name): days.variants[name] for name in days.variants} if asked == MAIN else {}
    main = cause.explain(table, exposures=[asked], recalled=days.recalled, evening=days.evening, variants=variants)
    parts, lockstep = _parts(main, table) if asked == MAIN else (None, [])
    first = table.index[table["pain"].notna()][0].date()
    report = Report(
        main,
        parts,
        lockstep,
        others=_others(main, table, asked),
        left_out_before=first if first > days.table.index[days.table["pain"].notna()][0].date() else None,
        checks=tuple(main.checks),
        covered=known_spans(table[asked]),
        next_step="",
        update=NO_UPDATE,
    )
    step = rhythm.next_step(journal) or _next_step(report.verdict, table[asked], days.log_ends)
    if report.verdict == cause.TOO_LITTLE:
        step = f"{step} {UNTIL_THEN}"
    return replace(report, next_step=step, update=noted(journal, report, asked, days.log_ends))


def _parts(main: Answer, table: pd.DataFrame) -> tuple[Answer | None, list[tuple[str, ...]]]:
    """Which part of the training it is, and families that cannot be told apart; only where something was found."""
    if main.verdict not in (cause.WORSE, cause.BETTER):
        return None, []
    families = _families(table)
    lockstep = cause.in_lockstep(table, families)
    apart = [family for family in families if not any(family in group for group in lockstep)]
    return cause.explain(table, exposures=apart) if apart and len(families) > 1 else None, lockstep


def _others(main: Answer, table: pd.DataFrame, asked: str) -> Answer | None:
    """What else may be followed by pain, beside the main load; painkillers are held constant."""
    if main.missing:
        return None
    enough = [
        name
        for name in (*OTHERS, *HELD_CONSTANT)
        if name in table.columns
        and name != asked
        and table[name].notna().mean() >= LEAST_KNOWN
        and (table[name] > 0).sum() >= LEAST_FAMILY_DAYS
    ]
    questions = [asked, *enough, *([cause.RISE] if asked == MAIN else [])]
    return cause.explain(table, exposures=questions) if len(questions) > 1 else None


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


def _next_step(verdict: str, column: pd.Series, log_ends: date | None) -> str:
    """verdict: as it is told; column: the load asked about, day by day; log_ends: the last session's day."""
    if log_ends is None or not column.notna().any():
        return (
            "Next: import your training log (`backstory import FILE`) or note what you do (`backstory log run "
            "--minutes 30`, and `backstory check-in --trained no` on the other days)."
        )
    if column[column.index > pd.Timestamp(log_ends)].isna().sum() > FRESH_DAYS:
        return f"Next: your training log ends on {shown(log_ends)}; export it again and import it."
    return NEXT[verdict]

"""Events become one row a day; everything that Backstory says is computed from these rows.

A day's row holds what happened on that day; `pain` is that morning's score, so it can only come from rows before it.
Sleep told on a morning stands in the row of the day before: the night that followed it.
"""

from backstory.days.once import counted_once, same_training
from backstory.days.said import Said, said_on
from backstory.days.scores import Score, in_order_of_entry, morning_scores
from backstory.days.table import ESTIMATED, DayTable, build, known_spans

__all__ = [
    "ESTIMATED", "DayTable", "Said", "Score", "build", "counted_once", "in_order_of_entry", "known_spans",
    "morning_scores", "said_on", "same_training",
]  # fmt: skip

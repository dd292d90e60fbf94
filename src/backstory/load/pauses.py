"""Long times without training, and how much came first after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from backstory.load.looking import Weighed

USUAL_OVER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Pause:
    """ended: the first training day after it; days: between the training days around it, without any of training;
    load, usual: of the first session with sets on that day and of the middle one of the 90 days before the pause
    [kNm·reps], None = not known.
    """

    ended: date
    days: int
    load: float | None
    usual: float | None

    @property
    def times_usual(self) -> float | None:
        """None where one of the two is not known."""
        return self.load / self.usual if self.usual and self.load is not None else None


def pauses(log: Sequence[Weighed], longest: timedelta) -> list[Pause]:
    """Every time of more than `longest` between two training days, in order. log: oldest first, activities too."""
    days = sorted({item.day for item in log})
    return [_pause(log, before, after) for before, after in pairwise(days) if after - before > longest]


def _pause(log: Sequence[Weighed], before: date, after: date) -> Pause:
    first = next((item for item in log if item.day == after and item.session.sets), None)
    known = [
        load for item in log
        if before - USUAL_OVER < item.day <= before and item.session.sets and (load := item.load.power_sums[1])
    ]  # fmt: skip
    usual = median(known) if known else None
    return Pause(after, (after - before).days - 1, first.load.power_sums[1] if first else None, usual)

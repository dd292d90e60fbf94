"""How pulling stands to pushing, and hinging to squatting, in this week so far and in a usual one (R26, R27)."""

from collections import Counter
from datetime import timedelta

from backstory.journal.plan_slots import Given
from backstory.journal.plan_wish import Checked
from backstory.load import Weighed, monday
from backstory.plan.rules import BALANCED
from backstory.plan.values import Balance

WEEK = timedelta(days=7)
USUAL_WEEKS = 4
WARM_UP = "warm-up"


def balances(given: Given, asked: Checked) -> tuple[Balance, ...]:
    """Each pair with its band; usual: mean sets a week of the last four weeks that hold any."""
    begins = monday(asked.first) if asked.done.slots else asked.first
    this_week, before = Counter[str](), Counter[str]()
    weeks = set()
    for item in given.history.weighed:
        if begins <= item.day <= asked.first:
            this_week += _sides(given, item)
        elif begins - USUAL_WEEKS * WEEK <= item.day < begins:
            before += _sides(given, item)
            weeks.add((begins - item.day - timedelta(days=1)) // WEEK)
    many = max(len(weeks), 1)
    return tuple(
        Balance(
            first, second, *band,
            done=(this_week[first], this_week[second]),
            usual=(round(before[first] / many), round(before[second] / many)),
        )
        for (first, second), band in BALANCED.items()
    )  # fmt: skip


def _sides(given: Given, item: Weighed) -> Counter[str]:
    """Sets of a session by the first word of their slots."""
    return Counter(
        slot.split("-")[0]
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True)
        if exercise is not None and one_set.kind != WARM_UP and (slot := given.training.slot_of(exercise))
    )

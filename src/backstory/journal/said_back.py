"""What is said back to a check-in: what it stands for, that it comes late, and when to have a leg looked at."""

from backstory.days import Said
from backstory.journal.opening import Journal
from backstory.journal.rhythm import is_weekly
from backstory.model import CheckIn

LEGS = (
    "Pain, tingling or numbness down a leg: have it looked at when it is new or does not go away; at once when a leg "
    "gets weak, or when bladder, bowels or the feeling between the legs change."
)
STANDS_FOR_MORNING = "It stands for the morning after, unless that has a score of its own."
RECALLED = "It is marked as recalled, because it comes more than 36 hours late."
IN_A_LEG = frozenset({"numb", "shooting", "leg-left", "leg-right"})


def said_back(journal: Journal, check_in: CheckIn) -> list[str]:
    """Sentences for people on one check-in; [] = there is nothing to add."""
    of_day = check_in.pain is not None and check_in.session is None
    evening = of_day and check_in.when != "morning" and not is_weekly(journal)
    lines = {STANDS_FOR_MORNING: evening, RECALLED: check_in.recalled, LEGS: in_a_leg(check_in)}
    return [line for line, holds in lines.items() if holds]


def said_back_of(journal: Journal, told: Said) -> list[str]:
    """Sentences for people on all that was said of a day; [] = there is nothing to add."""
    evening = told.evening is not None and not is_weekly(journal)
    late = any(one.recalled for one in journal.store.check_ins(told.day))
    lines = {STANDS_FOR_MORNING: evening, RECALLED: late, LEGS: in_a_leg(told)}
    return [line for line, holds in lines.items() if holds]


def in_a_leg(told: CheckIn | Said) -> bool:
    """Whether something in a leg was told."""
    return bool(told.leg_symptoms or IN_A_LEG & {*told.feels, *told.where})

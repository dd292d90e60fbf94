"""The least ceiling of a session's low-back load: a log of very light work would leave no ordinary session (R20)."""

from datetime import date
from functools import lru_cache

from backstory import catalogue
from backstory.catalogue.training import load_training
from backstory.journal.plan_history import History
from backstory.journal.plan_slots import RETURN, Given, slots
from backstory.model import Person
from backstory.plan.choosing import Wishes
from backstory.plan.state import State

LIFTS = ("squat", "hinge", "push-horizontal", "pull-horizontal")
ANY_DAY = date(2026, 1, 5)
NOTHING_KNOWN = History((), {}, None, {}, (), {}, {}, State(), {})


@lru_cache(maxsize=32)
def gentle_session(person: Person) -> float:
    """Low-back load of the gentlest full session for a body [kNm·reps]; judgement.

    What somebody without a log or anything to lift is given while a back settles: two sets of each of four lifts, and
    one set of core work in each direction.
    """
    wishes = Wishes(frozenset(), easy=True, settling=True)
    bare = Given(
        catalogue.load(), load_training(), NOTHING_KNOWN, person, wishes, RETURN, ANY_DAY, 0, 60.0, {}
    )  # fmt: skip
    first = [(slot.id, slot.candidates[0]) for slot in slots(bare)]
    return sum(
        one.load_per_set * (1 if one.direction else one.sets) for name, one in first if one.direction or name in LIFTS
    )

"""The things Backstory talks about, as frozen dataclasses. Units stand in the names.

A day is the person's local day; times of training are local and naive, times of writing are UTC and aware.
"""

from backstory.model.check_ins import (
    AREAS,
    CHECK_IN_CHOICES,
    CHECK_IN_FRAME,
    CHECK_IN_RANGES,
    FEELS,
    MEASURE_RANGES,
    MOVEMENTS,
    OTHER_LOADS,
    RECALLED_AFTER,
    SESSION_MOMENTS,
    SLEEP_POSITIONS,
    TIMES_OF_DAY,
    TRAINED,
    CheckIn,
    Measure,
)
from backstory.model.entries import Begun, Bout, Entry, Limits, Outcome, PlanWish
from backstory.model.people import PROFILE_CHOICES, PROFILE_RANGES, PROFILE_SHOWN, Person, check_profile
from backstory.model.training import (
    FAMILIES,
    LIMITS,
    MILE_KM,
    POUND_KG,
    SET_KINDS,
    Exercise,
    LoadedSession,
    Motion,
    Problem,
    Rule,
    Session,
    Set,
    UnitTaken,
)
from backstory.model.trials import (
    ARM_LETTERS,
    LARGEST_SEED,
    TRIAL_BLOCK_DAYS,
    TRIAL_DAYS,
    TRIAL_ENDS,
    PastAnswer,
    Trial,
    TrialArm,
)
from backstory.model.words import EARLIEST_DAY, LATEST_DAY, check_day, plain, shown, words

__all__ = [
    "AREAS", "ARM_LETTERS", "CHECK_IN_CHOICES", "CHECK_IN_FRAME", "CHECK_IN_RANGES", "EARLIEST_DAY", "FAMILIES",
    "FEELS", "LARGEST_SEED", "LATEST_DAY", "LIMITS", "MEASURE_RANGES", "MILE_KM", "MOVEMENTS", "OTHER_LOADS",
    "POUND_KG", "PROFILE_CHOICES", "PROFILE_RANGES", "PROFILE_SHOWN", "RECALLED_AFTER", "SESSION_MOMENTS", "SET_KINDS",
    "SLEEP_POSITIONS", "TIMES_OF_DAY", "TRAINED", "TRIAL_BLOCK_DAYS", "TRIAL_DAYS", "TRIAL_ENDS", "Begun", "Bout",
    "CheckIn", "Entry", "Exercise", "Limits", "LoadedSession", "Measure", "Motion", "Outcome", "PastAnswer", "Person",
    "PlanWish", "Problem", "Rule", "Session", "Set", "Trial", "TrialArm", "UnitTaken", "check_day", "check_profile",
    "plain", "shown", "words",
]  # fmt: skip

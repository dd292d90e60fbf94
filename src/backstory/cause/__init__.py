"""What is followed by pain, with which delay and how surely."""

from backstory.cause.checks import CHECKS, Check, given_in_time, one_time_of_day
from backstory.cause.explaining import Answer, explain, in_lockstep
from backstory.cause.grid import VERSION
from backstory.cause.telling import tell_parts
from backstory.cause.verdicts import BETTER, TOO_LITTLE, UNCLEAR, WORSE

__all__ = [
    "BETTER", "CHECKS", "TOO_LITTLE", "UNCLEAR", "VERSION", "WORSE", "Answer", "Check", "explain", "given_in_time",
    "in_lockstep", "one_time_of_day", "tell_parts",
]  # fmt: skip

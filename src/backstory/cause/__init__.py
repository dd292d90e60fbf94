"""What is followed by pain, with which delay and how surely."""

from backstory.cause.checks import CHECKS, Check
from backstory.cause.explaining import Answer, explain
from backstory.cause.grid import VERSION
from backstory.cause.telling import tell_parts

__all__ = ["CHECKS", "VERSION", "Answer", "Check", "explain", "tell_parts"]

"""What is followed by pain, with which delay and how surely."""

from backstory.cause.checks import CHECKS, Check
from backstory.cause.design import in_lockstep
from backstory.cause.estimating import RISE
from backstory.cause.explaining import Answer, explain
from backstory.cause.finding import like
from backstory.cause.grid import VERSION
from backstory.cause.painful_days import NO_EFFECT, Expected, Mornings, effect_of, expected, mornings_of, score
from backstory.cause.pooling import Pooled, Summary, pool, summary
from backstory.cause.telling import everything, one_sentence, tell_beside, tell_parts, what_if
from backstory.cause.trial import draw_schedule
from backstory.cause.trial_analysis import TrialResult, analyse_trial
from backstory.cause.trial_design import DesignCell, Variability, design_trial
from backstory.cause.trial_report import Reported, report_words
from backstory.cause.verdicts import BETTER, TOO_LITTLE, UNCLEAR, WORSE
from backstory.cause.wording import label

__all__ = [
    "BETTER", "CHECKS", "RISE", "TOO_LITTLE", "UNCLEAR", "VERSION", "WORSE", "Answer", "Check", "everything",
    "explain", "in_lockstep", "label", "like", "one_sentence", "tell_beside", "tell_parts", "what_if",
]  # fmt: skip
__all__ += [
    "DesignCell", "Reported", "TrialResult", "Variability", "analyse_trial", "design_trial", "draw_schedule",
    "report_words",
]  # fmt: skip
__all__ += ["Pooled", "Summary", "pool", "summary"]
__all__ += ["NO_EFFECT", "Expected", "Mornings", "effect_of", "expected", "mornings_of", "score"]

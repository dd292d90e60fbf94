"""What is known and how firmly: rules and studies with their grade and source. Data in `data/`, validated on load."""

from backstory.questions.help_first import HelpQuestion, Judgement, judge, load_help
from backstory.questions.help_history import Asked, due, open_flags
from backstory.questions.kinds_of_pain import described
from backstory.questions.learn import find_page, load_pages
from backstory.questions.measure_data import load_measures
from backstory.questions.measures import Score, change, score
from backstory.questions.rules import load_rules
from backstory.questions.studies import NO_STUDY, Study, load_studies, sentences_on, studies_on
from backstory.questions.trials import ReportItem, TrialQuestion, Way, find_trial, load_report, load_trials

__all__ = [
    "NO_STUDY", "Asked", "HelpQuestion", "Judgement", "ReportItem", "Score", "Study", "TrialQuestion", "Way",
    "change", "described", "due", "find_page", "find_trial", "judge", "load_help", "load_measures", "load_pages",
    "load_report", "load_rules", "load_studies", "load_trials", "open_flags", "score", "sentences_on", "studies_on",
]  # fmt: skip

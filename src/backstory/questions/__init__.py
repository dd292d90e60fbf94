"""What is known and how firmly: rules with their grade and source. Data in `data/`, validated on load."""

from backstory.questions.rules import load_rules

__all__ = ["load_rules"]

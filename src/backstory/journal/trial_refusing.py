"""Who had better not start a self-trial now, told kindly, in one line, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from backstory.cause import trial as rules
from backstory.errors import InputError, NotEnough
from backstory.journal.helping import asks_for_a_doctor, due_now, stands
from backstory.journal.opening import Journal

LOOKED_AT = "Have it looked at first; the trial can wait, and ordinary training that feels fine need not stop."
OPTIONS = {
    "pregnant": "--pregnant or --not-pregnant",
    "recent_surgery": "--recent-surgery or --no-recent-surgery",
    "help_first_open": "whether something asks for a doctor (`backstory help-first`, or --no-help-first-open)",
}
NO_TO = {
    "pregnant": "not pregnant",
    "recent_surgery": "no recent surgery",
    "help_first_open": "nothing open that asks for a doctor",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the person says before a trial; None = not said."""

    pregnant: bool | None = None
    recent_surgery: bool | None = None
    help_first_open: bool | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be said."""
        return tuple(name for name in OPTIONS if getattr(self, name) is None)


def told_in_words(told: Told) -> tuple[str, ...]:
    """What was said, for the record; every answer is the one that lets a trial start."""
    return ("18 or older", *(NO_TO[name] for name in OPTIONS if getattr(told, name) is False))


def refuse(journal: Journal, told: Told, scores: Mapping[date, float]) -> None:
    """Raise NotEnough with the reason for not starting now, or InputError naming what is still to be said."""
    birth_year = journal.store.profile().get("birth_year")
    told, today = known(journal, told), journal.today()
    pain = rules.latest_score(scores, today)
    reason = _reason(told, None if birth_year is None else int(birth_year), pain, today)
    if reason is None and rules.in_a_flare(scores, today):
        reason = (
            "Your back hurts clearly more than in the two weeks before. Go easy and let it settle; start when it is as "
            "usual again."
        )
    if reason is None and any(trial.is_running(today) for trial in journal.store.trials()):
        reason = "Another self-trial is running; one at a time tells more. `backstory trial stop` ends it."
    if reason is not None:
        raise NotEnough(reason)
    _ask(told, birth_year, pain)


def known(journal: Journal, told: Told) -> Told:
    """With what `backstory help-first` knows: what it holds open stands, whatever is said; what it asked lately and is
    not open need not be said again.
    """
    if asks_for_a_doctor(journal):
        return replace(told, help_first_open=True)
    lately = stands(journal).asked_on is not None and due_now(journal) is None
    return replace(told, help_first_open=False) if lately and told.help_first_open is None else told


def _reason(told: Told, birth_year: int | None, pain: float | None, today: date) -> str | None:
    """Why a trial had better not start, by what is known; None = nothing speaks against it."""
    if told.help_first_open:
        return f"Something of yours asks for a doctor. {LOOKED_AT}"
    if told.pregnant:
        return (
            "In pregnancy a back has its own good reasons to hurt, and a self-trial is not made for that. Your midwife "
            "or doctor can say which training does you good."
        )
    if told.recent_surgery:
        return (
            "After surgery whoever looks after you decides what to lift and when; a self-trial can come when they have "
            "let you go."
        )
    if birth_year is not None and not rules.is_adult(birth_year, today):
        return (
            "Self-trials are for people of 18 and over (from the year after the 18th birthday, since only the year is "
            "known). The log and the answer are there for you all the same."
        )
    if pain is not None and pain > rules.MOST_PAIN:
        return f"Pain of {pain:g} is too much to start a trial with. {LOOKED_AT}"
    return None


def _ask(told: Told, birth_year: str | None, pain: float | None) -> None:
    """Raise InputError naming everything that is still to be said."""
    wanted = [OPTIONS[name] for name in told.missing]
    if birth_year is None:
        wanted.append("when you were born (backstory profile --birth-year YEAR)")
    if pain is None:
        wanted.append("how your back is these days (backstory check-in --pain 0..10 --when morning)")
    if wanted:
        raise InputError(f"Before a self-trial, please say: {'; '.join(wanted)}.")

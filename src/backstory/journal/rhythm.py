"""How often a person is asked: daily, or once a week while the back is well. Who is asked weekly is not urged."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from backstory.days.scores import morning_scores
from backstory.journal.opening import Journal
from backstory.model import CheckIn
from backstory.questions.start import load_starts

RHYTHM = "rhythm"
DAILY, WEEKLY = "daily", "weekly"
RECENT = timedelta(days=28)  # judgement, as are the two below
A_WEEK_APART = timedelta(days=5)  # nobody keeps to the same day each week
STILL_TRUE = timedelta(days=14)
ENOUGH_SCORES = 28  # from which an answer can be given


def is_weekly(journal: Journal) -> bool:
    """Whether the person is asked once a week."""
    return journal.store.profile().get(RHYTHM) == WEEKLY


def set_rhythm(journal: Journal, rhythm: str) -> bool:
    """Whether this changed it: "daily", which is what holds where nothing was said, or "weekly"."""
    if (journal.store.profile().get(RHYTHM) or DAILY) == rhythm:
        return False
    journal.store.set_profile({RHYTHM: rhythm}, journal.clock())
    return True


def nothing_to_ask(journal: Journal) -> str:
    """Why no answer is looked for, in words: a weekly rhythm and a back that is well; "" = there is one to look for."""
    if not is_weekly(journal):
        return ""
    pain = _scores(journal.store.check_ins())
    if len(pain) >= ENOUGH_SCORES or hurt_of_late(pain, journal.today()):
        return ""
    return load_starts().words["well"]


def suggestion(journal: Journal) -> str:
    """A sentence for a person who is asked weekly and whose back hurt twice in a row; "" where there is none."""
    if not is_weekly(journal):
        return ""
    return load_starts().words["again"] if hurt_twice(journal.store.check_ins(), journal.today()) else ""


def next_step(journal: Journal) -> str:
    """What a person who is asked weekly may do next, in place of a score every morning; "" for all others."""
    if not is_weekly(journal):
        return ""
    late = hurt_of_late(_scores(journal.store.check_ins()), journal.today())
    return load_starts().words["next_weekly_pain" if late else "next_weekly"]


def hurt_of_late(scores: Mapping[date, float], today: date) -> bool:
    """Whether a score of the last 28 days is above 0. scores: 0 to 10, by morning."""
    return any(score > 0 for day, score in scores.items() if day > today - RECENT)


def hurt_twice(check_ins: Iterable[CheckIn], today: date) -> bool:
    """Whether the last two weekly scores, five days apart or more, are above 0, with no 0 between them.

    The last one is at most 14 days old.
    """
    pain = _scores(check_ins)
    if not pain or max(pain) < today - STILL_TRUE:
        return False
    last = max(pain)
    before = [day for day in pain if day <= last - A_WEEK_APART]
    return bool(before) and all(score > 0 for day, score in pain.items() if day >= max(before))


def _scores(check_ins: Iterable[CheckIn]) -> dict[date, float]:
    """Scores as an answer takes them, by morning: what was entered later corrects what came before."""
    return {day: score.pain for day, score in morning_scores(check_ins).items()}

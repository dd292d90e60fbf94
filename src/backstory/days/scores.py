"""Which of a person's entries is the score of which morning, and what else they told about a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from backstory.model import CheckIn

SLEEP = ("sleep_h", "sleep_quality")
DAYTIME = ("sitting_h", "stress", "painkiller")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Score:
    """A morning's pain score and where it comes from."""

    pain: float
    from_evening: bool
    recalled: bool


def in_order_of_entry(check_ins: Iterable[CheckIn]) -> list[CheckIn]:
    """Check-ins as they were entered; one that does not say when stays behind the one it came after."""
    given = list(check_ins)
    entered, moments = datetime.min.replace(tzinfo=UTC), []
    for check_in in given:
        if check_in.entered_at is not None:
            entered = check_in.entered_at.astimezone(UTC)  # one without a zone is local
        moments.append(entered)
    return [given[place] for place in sorted(range(len(given)), key=moments.__getitem__)]


def morning_scores(check_ins: Iterable[CheckIn]) -> dict[date, Score]:
    """The pain score of each morning.

    Of several entries for one morning the one entered last counts: it corrects the others. An evening's, or one
    without a time of day, of these again the last, stands for the next morning where that has none of its own. An entry
    without a score corrects nothing; scores about a session are not the day's.
    """
    mornings: dict[date, Score] = {}
    evenings: dict[date, Score] = {}
    for check_in in in_order_of_entry(check_ins):
        if check_in.pain is None or check_in.session is not None:
            continue
        if check_in.when == "morning":
            mornings[check_in.day] = Score(check_in.pain, False, check_in.recalled)
        else:
            evenings[check_in.day + DAY] = Score(check_in.pain, True, check_in.recalled)
    return evenings | mornings


def told(check_ins: Sequence[CheckIn]) -> Mapping[date, dict[str, float]]:
    """Nights and days as told, by the day whose row they belong to; the later entry counts. painkiller: 0 or 1."""
    found: dict[date, dict[str, float]] = defaultdict(dict)
    for check_in in check_ins:
        for name in (*SLEEP, *DAYTIME):
            value = getattr(check_in, name)
            if value is not None:
                found[check_in.day - DAY if name in SLEEP else check_in.day][name] = float(value)
    return found

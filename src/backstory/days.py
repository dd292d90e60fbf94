"""Events become one row a day; everything that Backstory says is computed from these rows.

A day's row holds what happened on that day; `pain` is that morning's score, so it can only come from rows before it.
Sleep told on a morning stands in the row of the day before: the night that followed it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import nan
from typing import TYPE_CHECKING

from backstory.model import CheckIn, LoadedSession, Measure, Session

if TYPE_CHECKING:
    import pandas as pd

LONGEST_BREAK = timedelta(days=14)  # between two sessions of a log that goes on; a longer gap is unexplained
UNTIMED = timedelta(hours=1)  # how long a session takes whose duration nobody recorded
LONGEST_SESSION = timedelta(hours=12)
SAME_SETS = 0.5  # of the shorter of two logs of one day: beyond, they are one session
SLEEP = ("sleep_h", "sleep_quality")
DAYTIME = ("sitting_h", "stress", "painkiller")
ENDURANCE = "other_training"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayTable:
    """`table`: one row a day, indexed by date. `log_ends`: the day of the last session."""

    table: "pd.DataFrame"
    log_ends: date | None
    morning_scores: int
    evening_scores: int
    recalled: frozenset[date]


@dataclass(frozen=True, slots=True)
class Score:
    """A morning's pain score and where it comes from."""

    pain: float
    from_evening: bool
    recalled: bool


def build(
    sessions: Sequence[LoadedSession], check_ins: Sequence[CheckIn], measures: Sequence[Measure], columns: Sequence[str]
) -> DayTable | None:
    """The daily table; None where there is nothing at all.

    sessions: each training once; check_ins and measures: oldest entry first; columns: exposures that come from
    sessions, the main one first. A day without a session is 0 only where the log covers it, or where the person said
    "no training"; after the last session and in gaps longer than two weeks it is not known.
    """
    import pandas as pd

    scores = morning_scores(check_ins)
    said = {check_in.day: check_in.trained for check_in in check_ins if check_in.trained}
    night_and_day = _told(check_ins)
    known = [*(item.session.day for item in sessions), *said, *scores, *night_and_day, *(m.day for m in measures)]
    if not known:
        return None
    index = pd.date_range(min(known), max(known), name="date")
    days = [moment.date() for moment in index]
    loads = _session_columns(sessions, said, days, columns)
    table = pd.DataFrame({"pain": [scores[d].pain if d in scores else nan for d in days], **loads}, index=index)
    for name in (*SLEEP, *DAYTIME):
        if any(name in told for told in night_and_day.values()):
            table[name] = [night_and_day[d].get(name, nan) for d in days]
    for name in sorted({measure.name for measure in measures}):
        values = {measure.day: measure.value for measure in measures if measure.name == name}
        table[name] = [values.get(d, nan) for d in days]
    evenings = sum(score.from_evening for score in scores.values())
    return DayTable(
        table,
        log_ends=max((item.session.day for item in sessions), default=None),
        morning_scores=len(scores) - evenings,
        evening_scores=evenings,
        recalled=frozenset(day for day, score in scores.items() if score.recalled),
    )


def morning_scores(check_ins: Iterable[CheckIn]) -> dict[date, Score]:
    """The pain score of each morning. The last entry counts; an evening's, or one without a time of day, stands for the
    next morning where that has none of its own; scores about a session are not the day's.
    """
    mornings: dict[date, Score] = {}
    evenings: dict[date, Score] = {}
    for check_in in check_ins:
        if check_in.pain is None or check_in.session is not None:
            continue
        if check_in.when == "morning":
            mornings[check_in.day] = Score(check_in.pain, False, check_in.recalled)
        else:
            evenings[check_in.day + DAY] = Score(check_in.pain, True, check_in.recalled)
    return evenings | mornings


def counted_once(sessions: Sequence[Session]) -> list[Session]:
    """Sessions, in their order, without those that another source logged too; of two, the one with more sets stays."""
    by_day: dict[date, list[Session]] = defaultdict(list)
    dropped: set[int] = set()
    for session in sorted(sessions, key=lambda session: -len(session.sets)):
        if any(same_training(session, other) for other in by_day[session.day]):
            dropped.add(id(session))
        else:
            by_day[session.day].append(session)
    return [session for session in sessions if id(session) not in dropped]


def same_training(a: Session, b: Session) -> bool:
    """Whether two sessions of different sources are one: their times overlap, or most of their sets are the same."""
    if a.source == b.source or a.day != b.day or not (a.sets and b.sets):
        return False
    if a.started_at and b.started_at:
        return a.started_at < b.started_at + _length(b) and b.started_at < a.started_at + _length(a)
    count_a, count_b = (Counter((round(s.load_kg or 0), s.reps) for s in session.sets) for session in (a, b))
    return (count_a & count_b).total() > SAME_SETS * min(count_a.total(), count_b.total())


def _length(session: Session) -> timedelta:
    return min(timedelta(seconds=session.duration_s), LONGEST_SESSION) if session.duration_s else UNTIMED


def _session_columns(
    sessions: Sequence[LoadedSession], said: Mapping[date, str], days: Sequence[date], columns: Sequence[str]
) -> dict[str, list[float]]:
    by_day: dict[date, list[LoadedSession]] = defaultdict(list)
    for item in sessions:
        by_day[item.session.day].append(item)
    lifting = _covered(item.session for item in sessions if item.session.sets)
    moving = _covered(item.session for item in sessions if item.exposures.get(ENDURANCE))
    result = {}
    for column in columns:
        covered = moving if column == ENDURANCE else lifting
        result[column] = [_value(column, by_day.get(day, ()), said.get(day), day in covered) for day in days]
    return result


def _value(column: str, items: Sequence[LoadedSession], said: str | None, covered: bool) -> float:
    """One cell: NaN = not known. What a person said and the log does not hold makes a day unknown."""
    anything = bool(items)
    if column != ENDURANCE:
        items = [item for item in items if item.session.sets]
    elif not any(item.exposures.get(column) for item in items) and not covered:
        items = ()
    if said == "not-logged" or (said == "yes" and not anything):
        return float("nan")
    if items:
        values = [item.exposures.get(column, 0.0) for item in items]
        return float("nan") if None in values else float(sum(v for v in values if v is not None))
    return 0.0 if covered or said == "no" else float("nan")


def _covered(sessions: Iterable[Session]) -> Collection[date]:
    """Days between two sessions of one source that lie no further apart than a break of a log that goes on."""
    by_source: dict[str, set[date]] = defaultdict(set)
    for session in sessions:
        by_source[session.source].add(session.day)
    covered: set[date] = set()
    for source_days in by_source.values():
        covered |= source_days
        for earlier, later in pairwise(sorted(source_days)):
            if later - earlier <= LONGEST_BREAK:
                covered.update(earlier + DAY * n for n in range((later - earlier).days))
    return covered


def _told(check_ins: Iterable[CheckIn]) -> Mapping[date, dict[str, float]]:
    told: dict[date, dict[str, float]] = defaultdict(dict)
    for check_in in check_ins:
        for name in (*SLEEP, *DAYTIME):
            value = getattr(check_in, name)
            if value is not None:
                told[check_in.day - DAY if name in SLEEP else check_in.day][name] = float(value)
    return told


def known_spans(column: "pd.Series") -> tuple[tuple[date, date], ...]:
    """From-to dates of each run of days on which a column of the table is known."""
    spans: list[tuple[date, date]] = []
    for day in (moment.date() for moment in column.index[column.notna()]):
        if spans and day - spans[-1][1] == DAY:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return tuple(spans)

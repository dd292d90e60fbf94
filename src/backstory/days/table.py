"""The daily table: what is known of each day, and what is not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import isnan, nan
from typing import TYPE_CHECKING

from backstory.days.scores import DAY, DAYTIME, SLEEP, in_order_of_entry, morning_scores, told
from backstory.model import CheckIn, LoadedSession, Measure, Session

if TYPE_CHECKING:
    import pandas as pd

LONGEST_BREAK = timedelta(days=14)  # between two sessions of a log that goes on; a longer gap is unexplained
ENDURANCE = "other_training"
ESTIMATED = "estimated_sets"  # among a session's exposures: how many of its sets were estimated from the others
ByDay = Mapping[date, Sequence[LoadedSession]]


@dataclass(frozen=True)
class DayTable:
    """One row a day, and how much of it to believe.

    `table`: indexed by date; `variants`: the main column reckoned otherwise, on the same days, not known where it is
    not. `log_ends`: the day of the last session.
    Mornings, by their date: `evening`, whose score is of the evening before or of no time of day; `recalled`, whose
    score was entered late. Days: `partly_known`, whose load rests in part on sets that were estimated from the others;
    `unweighed`, on which there was training and nobody knows how much, so that the main column is NaN.
    """

    table: "pd.DataFrame"
    variants: "pd.DataFrame"
    log_ends: date | None
    evening: frozenset[date]
    recalled: frozenset[date]
    partly_known: frozenset[date]
    unweighed: frozenset[date]

    @property
    def evening_scores(self) -> int:
        """How many mornings' scores are of the evening before or of no time of day."""
        return len(self.evening)

    @property
    def morning_scores(self) -> int:
        """How many scores were given for a morning."""
        return int(self.table["pain"].notna().sum()) - len(self.evening)


def build(
    sessions: Sequence[LoadedSession],
    check_ins: Sequence[CheckIn],
    measures: Sequence[Measure],
    columns: Sequence[str],
    variants: Sequence[str] = (),
) -> DayTable | None:
    """The daily table; None where there is nothing at all.

    sessions: each training once; check_ins and measures: oldest entry first; columns: exposures that come from
    sessions, the main one first; variants: those of them that go into `DayTable.variants`. A day without a session is
    0 only where the log covers it, or where the person said "no training"; after the last session and in gaps longer
    than two weeks it is not known.
    """
    import pandas as pd

    check_ins = in_order_of_entry(check_ins)
    scores = morning_scores(check_ins)
    said = {check_in.day: check_in.trained for check_in in check_ins if check_in.trained}
    night_and_day = told(check_ins)
    known = [*(item.session.day for item in sessions), *said, *scores, *night_and_day, *(m.day for m in measures)]
    if not known:
        return None
    index = pd.date_range(min(known), max(known), name="date")
    days = [moment.date() for moment in index]
    trained = _Training.of(sessions, said)
    loads = {name: trained.column(name, days) for name in columns}
    table = pd.DataFrame({"pain": [scores[d].pain if d in scores else nan for d in days], **loads}, index=index)
    for name in (*SLEEP, *DAYTIME):
        if any(name in row for row in night_and_day.values()):
            table[name] = [night_and_day[d].get(name, nan) if d in night_and_day else nan for d in days]
    for name in sorted({measure.name for measure in measures}):
        values = {measure.day: measure.value for measure in measures if measure.name == name}
        table[name] = [values.get(d, nan) for d in days]
    unknown = {day for day, value in zip(days, loads[columns[0]], strict=True) if isnan(value)}
    return DayTable(
        table,
        pd.DataFrame({name: trained.column(name, days) for name in variants}, index=index),
        log_ends=max((item.session.day for item in sessions), default=None),
        evening=frozenset(day for day, score in scores.items() if score.from_evening),
        recalled=frozenset(day for day, score in scores.items() if score.recalled),
        partly_known=frozenset(item.session.day for item in sessions if item.exposures.get(ESTIMATED)) - unknown,
        unweighed=frozenset(unknown & (trained.lifted.keys() | trained.untold)),
    )


@dataclass(frozen=True, slots=True)
class _Training:
    """Sessions by day, those with sets (`lifted`) and those with other training (`moved`), and which days without one
    are known to have none. `untold`: days with a training that the person spoke of and no log holds.
    """

    lifted: ByDay
    moved: ByDay
    untold: frozenset[date]
    no_lifting: Collection[date]
    no_moving: Collection[date]

    @classmethod
    def of(cls, sessions: Sequence[LoadedSession], said: Mapping[date, str]) -> "_Training":
        logged = {item.session.day for item in sessions}
        untold = {day for day, word in said.items() if word == "not-logged" or (word == "yes" and day not in logged)}
        rested = {day for day, word in said.items() if word == "no"}
        lifts = [item for item in sessions if item.session.sets]
        moves = [item for item in sessions if item.exposures.get(ENDURANCE, 0.0) != 0.0]
        return cls(
            _by_day(lifts),
            _by_day(moves),
            frozenset(untold),
            (_covered(item.session for item in lifts) | rested) - untold,
            (_covered(item.session for item in moves) | rested) - untold,
        )

    def column(self, name: str, days: Iterable[date]) -> list[float]:
        """One exposure, day by day; NaN = not known: what a person said and no log holds makes a day unknown."""
        endurance = name == ENDURANCE
        there, none = (self.moved, self.no_moving) if endurance else (self.lifted, self.no_lifting)
        return [
            _sum(name, there[day]) if day in there and day not in self.untold else 0.0 if day in none else nan
            for day in days
        ]


def _by_day(sessions: Iterable[LoadedSession]) -> ByDay:
    found: dict[date, list[LoadedSession]] = defaultdict(list)
    for item in sessions:
        found[item.session.day].append(item)
    return dict(found)


def _sum(name: str, items: Iterable[LoadedSession]) -> float:
    """What the day's sessions add up to; NaN where one of them is not known."""
    values = [item.exposures.get(name, 0.0) for item in items]
    return nan if None in values else float(sum(value for value in values if value is not None))


def _covered(sessions: Iterable[Session]) -> set[date]:
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


def known_spans(column: "pd.Series") -> tuple[tuple[date, date], ...]:
    """From-to dates of each run of days on which a column of the table is known."""
    spans: list[tuple[date, date]] = []
    for day in (moment.date() for moment in column.index[column.notna()]):
        if spans and day - spans[-1][1] == DAY:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return tuple(spans)

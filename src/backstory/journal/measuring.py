"""Measures: what there is, taking one, what the values were, and what lies between them in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from backstory.days.weekly import ByDay, daily_values, weekly_means
from backstory.errors import InputError, NotEnough
from backstory.journal.helping import asks_for_a_doctor
from backstory.journal.opening import Journal
from backstory.model import EARLIEST_DAY, Outcome
from backstory.questions.measure_answers import answers_of, read_answers
from backstory.questions.measure_data import LEFT_OUT, Item, Measure, load_measures
from backstory.questions.measure_ways import ASKED, DAILY, DONE, Way, answer_of, load_ways, noticed
from backstory.questions.measures import Answers, change, find_measure, score

__all__ = [
    "ASKED", "DAILY", "DONE", "History", "Item", "Listed", "Measure", "MeasureLine", "Reading", "Taken", "Way",
    "answer_of", "answers_of", "histories", "history", "list_measures", "read_answers", "ready", "summary", "take",
]  # fmt: skip
NOTHING_YET = "No measure was taken yet. `backstory measure list` shows what there is."
WAITS = (
    "{} waits, because something of yours asks for a doctor (`backstory help-first`). Have it looked at first; "
    "questionnaires such as peg can be answered meanwhile."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure's value on a day in its unit, or the mean of the week that begins on it; None = nothing is known.

    items: what was answered; count: how many values the mean of a week is taken over.
    """

    day: date
    value: float | None
    items: frozenset[str] = frozenset()
    count: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Day and value; for a week the count too."""
        values: dict[str, Any] = {"day": self.day.isoformat(), "value": self.value}
        return values if self.count is None else {**values, "count": self.count}


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure's first and last value [unit, "" = points] since a day, and what lies between them in words ("" where
    there is one value alone).
    """

    name: str
    first: float
    first_day: date
    last: float
    last_day: date
    change: str
    unit: str


@dataclass(frozen=True, slots=True)
class History:
    """Every value of a measure, the oldest first; `weekly`: means of weeks, of what is told every day."""

    measure: Measure
    readings: tuple[Reading, ...]
    weekly: bool

    @property
    def known(self) -> list[Reading]:
        """The readings without the gaps."""
        return [reading for reading in self.readings if reading.value is not None]

    @property
    def change(self) -> str | None:
        """What lies between the first value and the last, in words; None where there are not two."""
        return _change(self.measure, self.known[0], self.known[-1]) if len(self.known) > 1 else None

    @property
    def latest_change(self) -> str | None:
        """What lies between the last value and the one before."""
        return _change(self.measure, self.known[-2], self.known[-1]) if len(self.known) > 1 else None

    @property
    def noticed(self) -> bool | None:
        """Whether people notice the change from the first value to the last; None = perhaps, or not known."""
        if len(self.known) < 2 or not _comparable(self.measure, self.known[0], self.known[-1]):
            return None
        return noticed(self.measure.id, _value(self.known[0]), _value(self.known[-1]))

    def as_json(self) -> dict[str, Any]:
        """The contract's keys first."""
        known = self.measure.change
        return {
            "measure": self.measure.id,
            "code": _code(self.measure),
            "values": [reading.as_json() for reading in self.readings],
            "change": self.change,
            "noticed": self.noticed,
            "name": self.measure.name,
            "unit": self.measure.unit,
            "each": "week" if self.weekly else "day",
            "change_from_previous": self.latest_change,
            "noticed_from": {"points": known.points, "share": known.share} if known else None,
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """A measure that can be taken or is told every day, and its last value."""

    measure: Measure
    way: Way
    last: Reading | None

    def as_json(self) -> dict[str, Any]:
        """The contract's keys first."""
        last = self.last.as_json() if self.last else None
        more = {"kind": self.way.kind, "minutes": self.way.minutes, "unit": self.measure.unit}
        return {"id": self.measure.id, "name": self.measure.name, "code": _code(self.measure), "last": last, **more}


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure that was just taken; change: from the value before it, in words, None = it is the first."""

    measure: Measure
    day: date
    value: float
    note: str
    change: str | None

    def as_json(self) -> dict[str, Any]:
        """The contract's keys."""
        return {
            "measure": self.measure.id, "day": self.day.isoformat(), "value": self.value, "unit": self.measure.unit,
            "note": self.note, "change": self.change,
        }  # fmt: skip


def summary(journal: Journal, since: date) -> list[MeasureLine]:
    """A line for each measure that was taken since a day, in the measures' order; what is told daily has none.

    Of several values of one day the one taken last counts.
    """
    lines = []
    for measure_id, readings in _taken(journal).items():
        if inside := [reading for reading in readings if reading.day >= since]:
            measure, first, last = find_measure(measure_id), inside[0], inside[-1]
            told = _change(measure, first, last) if len(inside) > 1 else ""
            lines.append(
                MeasureLine(measure.name, _value(first), first.day, _value(last), last.day, told, measure.unit)
            )
    return lines


def list_measures(journal: Journal) -> tuple[list[Listed], list[str]]:
    """What there is, with its last value; and the ids of holds and reaches that wait until a doctor had a look."""
    taken, told, wait = _taken(journal), _told(journal), asks_for_a_doctor(journal)
    offered, waiting = [], []
    for measure, way in _measures():
        if wait and way.kind == DONE:
            waiting.append(measure.id)
            continue
        daily = [Reading(day, value) for day, value in told[way.column]] if way.kind == DAILY else []
        offered.append(Listed(measure, way, next(reversed(daily or taken.get(measure.id, [])), None)))
    return offered, waiting


def ready(journal: Journal, measure_id: str, day: date | None = None) -> tuple[Measure, Way]:
    """A measure that can be taken now. Raises InputError for one that is told every day and for a day that cannot be,
    NotEnough for one that waits.
    """
    measure, way = find_measure(measure_id), load_ways()[measure_id]
    if day is not None and not EARLIEST_DAY <= day <= journal.today():
        raise InputError(f"A measure is taken between 1970 and today, not on {day.isoformat()}.")
    if way.kind == DAILY:
        raise InputError(f"{measure.name} is not asked twice: it is what you tell with `{way.told_by}`.")
    if way.kind == DONE and asks_for_a_doctor(journal):
        raise NotEnough(WAITS.format(measure.name))
    return measure, way


def take(journal: Journal, measure_id: str, answers: Answers, day: date | None = None) -> Taken:
    """Score answers and keep them; day: today by default. Raises InputError, NotEnough; then nothing is kept."""
    day = day or journal.today()
    measure, _ = ready(journal, measure_id, day)
    scored = score(measure_id, answers)
    before = [reading for reading in _taken(journal).get(measure_id, []) if reading.day < day]
    journal.store.save_entry(Outcome(day, measure_id, answers, scored.value), journal.clock())
    now = Reading(day, scored.value, frozenset(answers))
    return Taken(measure, day, scored.value, scored.note, _change(measure, before[-1], now) if before else None)


def history(journal: Journal, measure_id: str) -> History:
    """Every value of a measure. Raises InputError, and NotEnough where there is none."""
    measure, way = find_measure(measure_id), load_ways()[measure_id]
    found = next((one for one in _histories(journal) if one.measure.id == measure_id), None)
    if found is None:
        how = way.told_by if way.kind == DAILY else f"backstory measure take {measure_id}"
        raise NotEnough(f"{measure.name}: there is no value yet. `{how}` gives one.")
    return found


def histories(journal: Journal) -> list[History]:
    """Every measure that has a value, in the measures' order; what is told daily by weeks. Raises NotEnough."""
    found = list(_histories(journal))
    if not found:
        raise NotEnough(NOTHING_YET)
    return found


def _histories(journal: Journal) -> Iterator[History]:
    taken, told = _taken(journal), _told(journal)
    for measure, way in _measures():
        if way.kind == DAILY:
            readings = tuple(
                Reading(week.monday, week.mean, count=week.values) for week in weekly_means(told[way.column])
            )
        else:
            readings = tuple(taken.get(measure.id, ()))
        if readings:
            yield History(measure, readings, way.kind == DAILY)


def _measures() -> Sequence[tuple[Measure, Way]]:
    ways = load_ways()
    return [(measure, ways[measure.id]) for measure in load_measures().values()]


def _taken(journal: Journal) -> Mapping[str, list[Reading]]:
    """What was taken, by measure and in the order of days; of several values of one day the last one made."""
    by_day: dict[str, dict[date, Reading]] = {measure.id: {} for measure, way in _measures() if way.kind != DAILY}
    for outcome in journal.store.entries(Outcome):
        if outcome.measure in by_day:
            reading = Reading(outcome.day, outcome.value, frozenset(outcome.answers))
            by_day[outcome.measure][outcome.day] = reading
    return {name: [days[day] for day in sorted(days)] for name, days in by_day.items() if days}


def _told(journal: Journal) -> Mapping[str, ByDay]:
    return daily_values(journal.store.check_ins(), journal.store.sessions())


def _change(measure: Measure, before: Reading, after: Reading) -> str:
    if not _comparable(measure, before, after):
        return f"{measure.name}: not compared, because other ones were answered on {before.day.isoformat()}."
    return change(measure.id, _value(before), _value(after))


def _comparable(measure: Measure, before: Reading, after: Reading) -> bool:
    """A mean over those items that were answered compares with a mean over the same ones alone."""
    return measure.missing != LEFT_OUT or before.items == after.items


def _value(reading: Reading) -> float:
    assert reading.value is not None
    return reading.value


def _code(measure: Measure) -> dict[str, str] | None:
    return {"system": measure.code.system, "code": measure.code.code} if measure.code else None

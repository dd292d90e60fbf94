"""One life of a simulated half year, on a copy of the journal: each Monday a plan, every set in the log as asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from backstory import catalogue
from backstory.cause import Mornings, score
from backstory.errors import NotEnough
from backstory.journal.entering import BY_HAND
from backstory.journal.loading import weigh
from backstory.journal.opening import Journal
from backstory.journal.plan_wish import Wish
from backstory.journal.planning import plan
from backstory.journal.training import MOST_RIR, TITLE, name_of
from backstory.model import CheckIn, Session, Set
from backstory.plan.plan import FullSession
from backstory.plan.values import Chosen

Array = NDArray[np.float64]
DAY, WEEK_DAYS = timedelta(days=1), 7
UP_AT = time(8)  # when plans are made and mornings scored
SIMULATED = "simulated"
NO_PLAN = "No plan can hold what is wanted of the week from {day}; `backstory plan` says what is in the way."


@dataclass(slots=True)
class Clock:
    """The simulated day."""

    day: date

    def __call__(self) -> datetime:
        return datetime.combine(self.day, UP_AT).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every life has in common. begins: the first Monday; activities: what goes on beside the weights, by week and
    weekday, over and over; before: low-back load of days until today; mornings: None = no pain is simulated; ramps:
    whether lighter sets before a lift are logged.
    """

    wish: Wish
    today: date
    begins: date
    weeks: int
    activities: Sequence[Sequence[Session]]
    before: Mapping[date, float]
    mornings: Mornings | None
    ramps: bool


@dataclass(slots=True)
class Life:
    """journal: the copy, with `clock`; loads: of days; weeks: what was trained in each, from the first Monday on."""

    setting: Setting
    journal: Journal
    clock: Clock
    seed: int
    loads: dict[date, float] = field(default_factory=dict)
    weeks: list[list[FullSession]] = field(default_factory=list)
    _a_unit: float = 0.0
    _left: Array = field(default_factory=lambda: np.zeros(0))

    def live(self, told: Callable[[], None]) -> None:
        """All its weeks. Raises NotEnough for a Monday on which no plan can be made."""
        setting, mornings = self.setting, self.setting.mornings
        self.loads = dict(setting.before)
        if mornings is not None:
            rng = np.random.default_rng(self.seed)
            self._a_unit = mornings.effect.mean + mornings.effect.sd * float(rng.standard_normal())
            days = (setting.begins - setting.today).days + setting.weeks * WEEK_DAYS
            self._left = mornings.drawn(rng, days, self._a_unit)
        if setting.today < setting.begins:
            self._week(setting.today, setting.begins)  # the rest of this one
        for number in range(setting.weeks):
            first = setting.begins + number * WEEK_DAYS * DAY
            beside = setting.activities[number % len(setting.activities)]
            self._save([
                replace(one, source=BY_HAND, day=first + one.day.weekday() * DAY, started_at=None) for one in beside
            ])  # fmt: skip
            self.weeks.append(self._week(first, first + WEEK_DAYS * DAY))
            told()

    def _week(self, first: date, until: date) -> list[FullSession]:
        """Plan, train, and wake up on the days after these; what was trained. until: the first day after it."""
        self.clock.day = first
        made = plan(self.journal, replace(self.setting.wish, first=first, weeks=1)).weeks[0]
        if made.week.clashes:
            raise NotEnough(NO_PLAN.format(day=first.isoformat()))
        done, own = [one for one in made.sessions if one.day < until], self.journal.store.names()
        self._save([self._session(one, own) for one in done])
        for day in {one.day for one in done}:
            self.loads[day] = sum(one.load.power_sums[1] or 0.0 for one in weigh(self.journal, day))
        self._save([], self._mornings(first + DAY, until))
        return done

    def _session(self, full: FullSession, own: Mapping[str, str]) -> Session:
        sets = [one for chosen in full.session.main for one in as_asked(chosen, own, self.setting.ramps)]
        return Session(BY_HAND, full.day, tuple(sets), title=TITLE)

    def _mornings(self, first: date, last: date) -> list[CheckIn]:
        """Both days included."""
        mornings, found = self.setting.mornings, list[CheckIn]()
        if mornings is None:
            return found
        for day in (first + n * DAY for n in range((last - first).days + 1)):
            pull = float(mornings.pulls_of(in_a_row(self.loads, day - WEEK_DAYS * DAY, WEEK_DAYS + 1))[0])
            pain = score(float(self._left[(day - self.setting.today).days - 1]), pull, self._a_unit)
            found.append(CheckIn(day, pain=pain, when="morning", entered_at=Clock(day)()))
        return found

    def _save(self, sessions: list[Session], check_ins: Sequence[CheckIn] = ()) -> None:
        if sessions or check_ins:
            self.journal.store.save_import("", SIMULATED, sessions, check_ins, [], self.journal.clock())


def as_asked(chosen: Chosen, own: Mapping[str, str], ramps: bool) -> list[Set]:
    """The sets of an exercise, done as they were asked for. own: the person's names of exercises."""
    one = chosen.candidate
    name = name_of(catalogue.load().exercises[one.exercise], own)
    lighter = [Set(name, load_kg=kg, reps=float(reps), kind="warm-up") for kg, reps in one.ramp] if ramps else []
    rpe = None if one.rir is None else MOST_RIR - one.rir
    working = []
    for number in range(chosen.sets):
        if one.hold_s is not None:
            holds = one.holds[min(number, len(one.holds) - 1)] if one.holds else one.reps or 1
            working.append(Set(name, load_kg=one.load_kg, duration_s=holds * one.hold_s, rpe=rpe))
        elif one.minutes is not None:
            working.append(Set(name, load_kg=one.load_kg, duration_s=60 * one.minutes, rpe=rpe))
        else:
            working.append(Set(name, load_kg=one.load_kg, reps=float(one.reps or 1), rpe=rpe))
    return [*lighter, *working]


def in_a_row(loads: Mapping[date, float], first: date, count: int) -> Array:
    """Of so many days; one without a session has none."""
    return np.array([loads.get(first + n * DAY, 0.0) for n in range(count)])

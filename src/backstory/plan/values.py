"""What a plan is made of: what may be planned, what is asked for, and the week that comes out.

Loads on the low back are in the unit of the day table's `load` (kNm·reps, see `load`); pain in points on 0-10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

GOALS = ("strength", "muscle", "general", "return")
DEMANDS = ("flexion", "extension", "compression", "nerve")
DIRECTIONS = ("front", "rotation", "side")  # of the trunk, which core work holds still


@dataclass(frozen=True, slots=True)
class Candidate:
    """One exercise as it would be done in the next week: what it takes, what it asks of the back, why it stands here.

    slot: what it trains, such as "squat" or "pull-vertical"; a week fills slots. muscles: 1 for the ones that do most
    of it, 0.5 for helpers. hard: its muscles (those with 1) need 48 h. direction: of core work, one of DIRECTIONS.
    demand: 0 to 3 of each of DEMANDS; rung: of the slot's ladder, from 1, 0 = not on it. reps (likely_reps: as many as
    there probably will be), or hold_s with holds (in the first set, the second, …), or minutes; helps: the load takes
    weight off; load_kg: None = own body, or not known yet; last_kg: of the last time; usual_kg: of the weeks before,
    without what a flare took. ramp: warm-up sets before it. points: expected pain of one set, with its band, None = the
    person's own answer says nothing.
    because: ids of rules that made it so, with a sentence each.
    """

    exercise: str
    name: str
    slot: str
    family: str
    muscles: Mapping[str, float]
    sets: int
    minutes_per_set: float
    load_per_set: float
    hard: bool
    reps: int | None = None
    hold_s: float | None = None
    holds: tuple[int, ...] = ()
    minutes: float | None = None
    load_kg: float | None = None
    last_kg: float | None = None
    usual_kg: float | None = None
    likely_reps: float | None = None
    helps: bool = False
    rir: int | None = None
    rest_s: int = 90
    ramp: tuple[tuple[float, int], ...] = ()  # kg and repetitions
    direction: str | None = None
    demand: Mapping[str, int] = field(default_factory=dict)
    rung: int = 0
    points: tuple[float, float, float] | None = None
    because: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """What a slot is worth to this person: `worth[k]` for its (k+1)-th time in a week; none beyond the last.

    kept: it holds an exercise that must come at least once.
    """

    id: str
    worth: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    kept: bool = False


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A day on which there may be a session, and the minutes there are for it, warm-up and cool-down included."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Two sides of which a week should hold about as much (R26, R27), by the first word of their slots.

    low, high: sets of the first to one of the second, in quarters; done: sets of both that the week holds already;
    usual: those of a usual week.
    """

    first: str
    second: str
    low: float
    high: float
    done: tuple[int, int] = (0, 0)
    usual: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A week to be solved.

    days: in order, at most 7 in a row of a week; slots: in order of importance; warm_up, cool_down: minutes of each day
    by its place in `days`; most_load: of a session (R20), None = no limit; sets_most: of a muscle in the week;
    trained_before: the days with training in the week before the first day; moving: days of the plan on which the
    person usually runs or the like, which are no days of rest either; hard_before: the last day on which a muscle
    was trained hard; done: sets a muscle, and slots by their times, that this week already holds; pain_weight: worth
    that a point of expected pain costs; week_load: of a week's sessions together, what is above it costs worth,
    week_weight for as much again; done_load: of what this week already holds; balances: what is aimed at (R26, R27);
    more_sets: whether sets are added where there is room.
    """

    days: tuple[PlanDay, ...]
    slots: tuple[Slot, ...]
    warm_up: tuple[int, ...]
    cool_down: tuple[int, ...]
    most_load: float | None = None
    sets_most: float = 20.0
    most_exercises: int = 8
    trained_before: tuple[date, ...] = ()
    moving: tuple[date, ...] = ()
    hard_before: Mapping[str, date] = field(default_factory=dict)
    done_sets: Mapping[str, float] = field(default_factory=dict)
    done_slots: Mapping[str, int] = field(default_factory=dict)
    pain_weight: float = 0.0
    week_load: float | None = None
    week_weight: float = 0.0
    done_load: float = 0.0
    balances: tuple[Balance, ...] = ()
    more_sets: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """An exercise of a session and its sets."""

    candidate: Candidate
    sets: int

    @property
    def minutes(self) -> float:
        """What it takes, ramp sets included."""
        return self.sets * self.candidate.minutes_per_set + len(self.candidate.ramp)


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A day's exercises, in their order."""

    day: date
    minutes: int
    warm_up: int
    cool_down: int
    main: tuple[Chosen, ...]

    @property
    def load(self) -> float:
        """On the low back."""
        return sum(one.sets * one.candidate.load_per_set for one in self.main)


@dataclass(frozen=True, slots=True)
class Week:
    """A solved week. worth: of what was chosen; bound: the most that could be; equal ones: it is the best there is.

    Where none can hold: no sessions, and `clashes`.
    """

    sessions: tuple[PlannedSession, ...]
    worth: int
    bound: int
    clashes: tuple["Clash", ...] = ()

    @property
    def optimal(self) -> bool:
        return self.worth == self.bound


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that cannot all hold, and the cheapest way out, in words; where a wish can be changed for it, how: so many
    more minutes on a day, or an exercise that is not kept.
    """

    rules: tuple[str, ...]
    way_out: str
    more_minutes: tuple[date, int] | None = None
    leave_out: str | None = None

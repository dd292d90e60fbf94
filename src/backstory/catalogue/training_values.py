"""What a week of training is made of: slots and what fills them, what comes before and after, what stands behind what.

Order, demand and starting loads are opinion; each thing carries its grade.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from backstory.catalogue.slotting import inferred_slot
from backstory.model import PROFILE_CHOICES, Exercise

GOALS = PROFILE_CHOICES["goal"]
SEXES = PROFILE_CHOICES["sex"]
LEVELS = ("new", "some", "long")  # how long somebody has trained
DEMANDS = ("flexion", "extension", "compression", "nerve")
DIRECTIONS = ("front", "rotation", "side")
BETWEEN_HOLDS_S = 3.0
WORTH_STEP = 5


@dataclass(frozen=True, slots=True)
class Work:
    """What a set is: repetitions by goal, or holds of so many seconds, or minutes.

    holds: how many in the first set, the second, …; the last number goes on.
    """

    reps: Mapping[str, int] = field(default_factory=dict)
    hold_s: float | None = None
    holds: tuple[int, ...] = (1,)
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An exercise's place in a slot.

    rung: how hard, from 1; ladder: whether it is the rung itself or an exercise beside it; demand: 0 to 3 of each of
    DEMANDS; hard: its muscles need 48 h; sides: 2 = one after the other; start: by sex, logged load to begin with as a
    share of body mass, {} = no load; equipment: all that it needs; says: how, where minutes count; drill: it readies or
    teaches a movement, and is no work to rest from.
    """

    exercise: str
    rung: int
    ladder: bool
    demand: Mapping[str, int]
    work: Work
    hard: bool
    equipment: frozenset[str]
    sides: int = 1
    start: Mapping[str, float] = field(default_factory=dict)
    says: str | None = None
    drill: bool = False


@dataclass(frozen=True, slots=True)
class TrainingSlot:
    """One thing that a week trains. moves: the ladder from the easiest, then what stands beside it.

    needs: one of these has to be there, () = something needs nothing; sets, rir, rest_s [s] and worth (of its 1st, 2nd,
    … time in a week) by goal; direction: of DIRECTIONS, None = no core work.
    """

    id: str
    name: str
    moves: tuple[Move, ...]
    sets: Mapping[str, int]
    rir: Mapping[str, int]
    rest_s: Mapping[str, int]
    worth: Mapping[str, tuple[int, ...]]
    seconds_per_rep: float
    hard: bool
    direction: str | None = None
    needs: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()

    @property
    def ladder(self) -> tuple[Move, ...]:
        """The rungs, from the easiest to the hardest; () for accessories."""
        return tuple(move for move in self.moves if move.ladder)

    def possible(self, equipment: Set[str] | None) -> tuple[Move, ...]:
        """What can be done with this equipment, easiest first; None = with everything."""
        there = [move for move in self.moves if equipment is None or move.equipment <= equipment]
        return tuple(sorted(there, key=lambda move: move.rung))

    def minutes_per_set(self, move: Move, goal: str) -> float:
        """How long a set takes, both sides and the rest after it included [min]."""
        work = move.work
        if work.minutes is not None:
            seconds = 60 * work.minutes
        elif work.hold_s is not None:
            count = self.sets[goal]
            holds = sum(work.holds[min(k, len(work.holds) - 1)] for k in range(count)) / count
            seconds = holds * (work.hold_s + BETWEEN_HOLDS_S)
        else:
            seconds = work.reps[goal] * self.seconds_per_rep
        return (move.sides * seconds + self.rest_s[goal]) / 60


@dataclass(frozen=True, slots=True)
class Weight:
    """Of an implement: the smallest step of the logged number, and the least there is [kg]."""

    step_kg: float
    least_kg: float


@dataclass(frozen=True, slots=True)
class Around:
    """Something that is done before or after training.

    kind: of a warm-up; before: slots that it prepares for, () = any session; hold_s: how long it is held, None = it
    moves; muscles: that it stretches.
    """

    exercise: str
    demand: Mapping[str, int]
    kind: str = ""
    before: tuple[str, ...] = ()
    hold_s: float | None = None
    muscles: tuple[str, ...] = ()
    sides: int = 1
    says: str | None = None


@dataclass(frozen=True, slots=True)
class WarmUpPart:
    """minutes: least and most of the part, shared out among its kinds, one move of each."""

    id: str
    name: str
    minutes: tuple[float, float]
    kinds: tuple[str, ...]
    moves: tuple[Around, ...]


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Parts in their order. minutes: least and most of the whole; most_hold_s: of a stretch before training (R14)."""

    parts: tuple[WarmUpPart, ...]
    minutes: tuple[float, float]
    most_hold_s: float
    rule: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class CoolDown:
    """An easy end, stretches of what was trained (hold_s: least and most), lying stretches after long sessions."""

    easy: tuple[Around, ...]
    easy_minutes: tuple[float, float]
    stretches: tuple[Around, ...]
    hold_s: tuple[float, float]
    lying: tuple[Around, ...]
    lying_minutes: tuple[float, float]
    lying_after_minutes: float
    rule: str
    grade: str
    source: str

    def stretches_of(self, muscle: str) -> tuple[Around, ...]:
        """What stretches a muscle, the usual one first."""
        return tuple(stretch for stretch in self.stretches if muscle in stretch.muscles)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something for a day of rest; minutes by level, demand on the back, {} for a reminder; exercise None for one."""

    id: str
    text: str
    rule: str
    grade: str
    source: str
    exercise: str | None = None
    minutes: Mapping[str, float] = field(default_factory=dict)
    demand: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Walking:
    """What walking grows to (R03)."""

    minutes_a_week: float
    minutes: float
    times_a_week: int
    rule: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class RestDays:
    """What may be done on days without a session, and what is worth remembering."""

    walking: Walking
    suggestions: tuple[Suggestion, ...]
    reminders: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Mastered:
    """When a rung is mastered, so that the next one opens (R33). hold_share: of the seconds asked, of holds."""

    sessions: int
    sets: int
    reps: tuple[int, int]
    hold_share: float
    most_pain: float
    least_rir: int
    text: str
    rule: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class Gate:
    """What exercises stay closed until: behind: (slot, rung) that have been mastered; an exercise held so long; pain
    below, of 10; no symptoms in the leg. text: for the person.
    """

    id: str
    name: str
    exercises: frozenset[str]
    text: str
    rule: str
    grade: str
    source: str
    behind: tuple[tuple[str, int], ...] = ()
    hold: str | None = None
    hold_s: float | None = None
    pain_below: float | None = None
    no_leg_symptoms: bool = False


@dataclass(frozen=True, slots=True)
class Training:
    """Everything there is to build a week from. slots: in order of importance for a general lifter."""

    slots: Mapping[str, TrainingSlot]
    weights: Mapping[str, Weight]
    no_slot: frozenset[str]
    warm_up: WarmUp
    cool_down: CoolDown
    rest_days: RestDays
    mastered: Mastered
    gates: tuple[Gate, ...]
    grade: str
    start_grade: str

    def slot_of(self, exercise: Exercise) -> str | None:
        """The slot in which a log's sets of an exercise count; None for stretches, sports and the like.

        By the lists first: what a slot counts, what it offers (the more important slot where two offer it); else by
        family, muscles and motion.
        """
        if exercise.id in self.no_slot:
            return None
        counted = [slot.id for slot in self.slots.values() if exercise.id in slot.counts]
        return next(iter((*counted, *self.slots_with(exercise.id))), None) or inferred_slot(exercise)

    def slots_with(self, exercise: str) -> tuple[str, ...]:
        """Every slot that offers an exercise (a suitcase carry is a carry, and core work for the side)."""
        return tuple(slot.id for slot in self.slots.values() if any(move.exercise == exercise for move in slot.moves))

    def gates_of(self, exercise: str) -> tuple[Gate, ...]:
        """The gates before an exercise."""
        return tuple(gate for gate in self.gates if exercise in gate.exercises)

    def weight_of(self, exercise: Exercise) -> Weight | None:
        """Of what an exercise is loaded with; None without a load. A bar in a landmine or smith machine is that."""
        there = [self.weights[thing] for thing in self.weights if thing in exercise.equipment]
        return there[0] if there and exercise.needs_load else None

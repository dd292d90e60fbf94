"""What logged sets did to the low back: any number of sets at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from backstory.body.masspoints import Array
from backstory.load.repetition import LOAD, Repetition, repetitions
from backstory.model import FAMILIES, Exercise, Person, Session, Set

NO_MOMENT_NM = 1e-9  # per kilogram: what a motion that is the same on both sides leaves of bending and rotation
KM_H_IN_MIN = 60.0
Thing = TypeVar("Thing")
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class SetLoads:
    """One row a set (n,); NaN = not known.

    `peak_moment_nm`: the largest moment about L5/S1, of extension, bending and rotation together, which for a motion
    that is the same on both sides is its extension (or flexion) moment; `reps`: repetitions, for a hold those that
    take as long; `impulse_nms`: moment over the whole set's time; `minutes`: of endurance, whose moment is 0;
    `family`: place in FAMILIES, -1 where nobody knows the exercise.
    """

    peak_moment_nm: Array
    reps: Array
    impulse_nms: Array
    minutes: Array
    family: Places

    def __getitem__(self, rows: slice) -> "SetLoads":
        return SetLoads(*(getattr(self, column.name)[rows] for column in fields(self)))

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.asarray(np.isfinite(self.peak_moment_nm * self.reps + self.minutes))


def set_loads(sets: Sequence[Set], exercises: Sequence[Exercise | None], people: Sequence[Person]) -> SetLoads:
    """Peak moment, repetitions, impulse and minutes of each set, done by this exercise and person.

    Not known: an exercise nobody knows, a weight or a count that was not logged.
    """
    logged = _Logged.of(sets, exercises, people)
    families = [FAMILIES.index(one.family) if one else -1 for one in logged.exercises]
    peak, reps, impulse_nms, minutes = np.full((4, len(sets)), np.nan)
    loads = SetLoads(peak, reps, impulse_nms, minutes, np.array(families, dtype=np.intp)[logged.exercise])
    for size in {(person.sex, person.height_m) for person in logged.people}:
        of_size = np.array([(person.sex, person.height_m) == size for person in logged.people], dtype=bool)
        rows = np.flatnonzero(of_size[logged.person] & logged.named)
        if rows.size:
            _fill(loads, logged, rows, *size)
    return loads


@dataclass(frozen=True, slots=True)
class _Logged:
    """Sets as columns (n,), NaN = not logged; `exercise`, `person`: places in the lists of what is distinct."""

    sets: Sequence[Set]
    load_kg: Array
    reps: Array
    exercise: Places
    person: Places
    named: NDArray[np.bool_]
    exercises: Sequence[Exercise | None]
    people: Sequence[Person]

    @classmethod
    def of(cls, sets: Sequence[Set], exercises: Sequence[Exercise | None], people: Sequence[Person]) -> "_Logged":
        exercise, distinct = _places(exercises)
        person, bodies = _places(people)
        return cls(
            sets,
            np.array([np.nan if one.load_kg is None else one.load_kg for one in sets]),
            np.array([np.nan if one.reps is None else one.reps for one in sets]),
            exercise,
            person,
            np.array([one is not None for one in distinct], dtype=bool)[exercise],
            distinct,
            bodies,
        )


def _places(things: Sequence[Thing]) -> tuple[Places, list[Thing]]:
    """Which of the distinct objects each one is."""
    distinct = dict(zip(map(id, things), things, strict=True))
    if len(distinct) == 1:  # one person, as a rule
        return np.zeros(len(things), dtype=np.intp), list(distinct.values())
    place = {identity: n for n, identity in enumerate(distinct)}
    return np.fromiter(map(place.__getitem__, map(id, things)), np.intp, len(things)), list(distinct.values())


def _fill(loads: SetLoads, logged: _Logged, rows: Places, sex: str | None, height_m: float) -> None:
    """The rows of people of one size."""
    code = logged.exercise[rows]
    used = np.unique(code)
    done = {int(n): exercise for n in used if (exercise := logged.exercises[n]) is not None}
    known = repetitions(list({e.motion.id: e.motion for e in done.values()}.values()), sex, height_m)

    def of_exercise(value: Callable[[Exercise], float]) -> Array:
        table = np.zeros(len(logged.exercises))
        table[used] = [value(exercise) for exercise in done.values()]
        return np.asarray(table[code])

    def unknown_without_kg(exercise: Exercise) -> float:
        """Where the weight never reaches the back, a set without one is as good as any."""
        counts = np.abs(known[exercise.motion.id].moment[LOAD]).max() > NO_MOMENT_NM
        return np.nan if exercise.needs_load and counts else 0.0

    helped = of_exercise(unknown_without_kg)
    load_kg = logged.load_kg[rows]
    load_kg = np.where(np.isnan(load_kg), helped, load_kg * of_exercise(lambda e: e.load_factor))
    body_kg = np.array([person.body_mass_kg for person in logged.people])[logged.person[rows]]
    reps, minutes = logged.reps[rows], of_exercise(lambda e: e.motion.endurance)
    for place in np.flatnonzero((minutes > 0) | np.isnan(reps) | (reps == 1)):
        one_set, exercise = logged.sets[rows[place]], done[int(code[place])]
        if minutes[place]:
            minutes[place], reps[place] = endurance_minutes(exercise, one_set) or np.nan, 0.0
        elif one_set.duration_s is not None:  # one repetition of a hold is a way to tick it off
            held = one_set.duration_s / known[exercise.motion.id].seconds.sum()
            reps[place] = held if np.isnan(reps[place]) else max(held, 1.0)
    loads.reps[rows], loads.minutes[rows] = reps, minutes
    order = np.argsort(code, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        repetition = known[done[int(code[some[0]])].motion.id]
        sizes = moment_sizes(repetition, body_kg[some], load_kg[some])
        loads.peak_moment_nm[rows[some]] = sizes.reshape(len(some), -1).max(axis=1)
        loads.impulse_nms[rows[some]] = reps[some] * impulse(sizes, repetition.seconds)
    endurance = rows[minutes > 0]
    loads.peak_moment_nm[endurance] = loads.impulse_nms[endurance] = 0.0


def moment_sizes(repetition: Repetition, body_kg: Array, load_kg: Array) -> Array:
    """Size of the moment about L5/S1 through a repetition, lowering and lifting, (n, 2, frames) [Nm]."""
    moment = repetition.moment
    axes = 1 if np.abs(moment[:, 1:]).max() < NO_MOMENT_NM else 3
    each_kg = moment[:, :axes].reshape(2, -1)
    moved_kg = np.stack([body_kg, load_kg], axis=1)
    found = (moved_kg @ each_kg).reshape(len(body_kg), axes, *moment.shape[2:])
    return np.asarray(np.abs(found[:, 0]) if axes == 1 else np.sqrt((found * found).sum(axis=1)))


def impulse(sizes: Array, seconds: Array) -> Array:
    """Moment over the time of one repetition (n,) [Nm s]; seconds: of lowering, pause and lifting."""
    frames = sizes.shape[2]
    trapezoid = np.full(frames, 1.0)
    trapezoid[[0, -1]] = 0.5
    weights = np.concatenate([seconds[0] * trapezoid, seconds[2] * trapezoid]) / (frames - 1)
    weights[frames - 1] += seconds[1]
    return np.asarray(sizes.reshape(len(sizes), -1) @ weights)


def endurance_minutes(exercise: Exercise, done: Set | Session) -> float | None:
    """Minutes of a run, ride or swim: as logged, else from the distance or the steps at the motion's usual pace.

    One repetition is no step but a way to tick off a run.
    """
    motion, steps = exercise.motion, done.reps if isinstance(done, Set) else None
    if done.duration_s:
        return done.duration_s / 60
    if done.distance_km and motion.pace_km_h:
        return done.distance_km / motion.pace_km_h * KM_H_IN_MIN
    if steps and steps > 1 and motion.cadence_per_min:
        return steps / motion.cadence_per_min
    return None

"""From the training data and what the journal knows to the slots of a week, with the exercises that may fill them."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf

import numpy as np

from backstory.catalogue import Catalogue
from backstory.catalogue.training_values import WORTH_STEP, Move, Training, TrainingSlot, Work
from backstory.journal.plan_gates import closed_gates
from backstory.journal.plan_history import History
from backstory.load.sets import set_loads
from backstory.model import Exercise, Person
from backstory.model import Set as OneSet
from backstory.plan.building import Lift, Way, planned
from backstory.plan.choosing import Option, Wishes, choose, objection
from backstory.plan.progress import usual_load
from backstory.plan.values import Candidate, Slot

HELPING = 0.5  # R25
KEPT_WORTH = (60, 30)
CORE_SHARE, CORE_OF_WEEK = 1 / 3, 1 / 16  # of a session's and a week's load, at most, in one core exercise (judgement)
FAMILIAR_SESSIONS = 2
SHORT_MINUTES, MIDDLING_MINUTES = 15, 30  # for the main part of a session: one set of core work, or two
WALKING, RETURN, STRENGTH, GENERAL = "gait", "return", "strength", "general"
DRILL_SETS, DRILL_REST_S = 2, 40  # of what readies or teaches a movement (judgement)
LIGHT_REST_S = {"strength": 90, "muscle": 90, "general": 60, "return": 60}  # between sets without a weight (R34)
FEW_REPS, FEW_REPS_REST_S = 6, 120
START_BY_LEVEL = {"new": 1.0, "some": 1.5, "long": 2.0}  # of the share that the data say (judgement)
OLDER_SHARE = 0.75  # of a load to begin with, from 65 on (judgement)
MAIN_SLOTS = frozenset(
    {"squat", "hinge", "lunge", "push-horizontal", "push-vertical", "pull-horizontal", "pull-vertical"}
)
WALK = "walk"
EACH_ONCE = MAIN_SLOTS - {"lunge"}
ONCE_FIRST = 100  # more for the first time in a week: each main movement once, before any comes twice (judgement)
WALKS = frozenset({WALK, "treadmill-walk", "marching"})
NEAR_THE_LEAST = 0.8  # of the lightest bar there is
LESS_WHEN_NEW, LATELY = 0.85, timedelta(days=60)  # of what should be as hard (judgement)
UNKNOWN_START = 0.1  # of body mass, where an exercise of the person's own needs a load and has none


@dataclass(frozen=True, slots=True)
class Given:
    """Everything a week is made from. points: expected pain a unit of low-back load by family ("" = any), with its
    band; main_minutes: of a session, without warm-up and cool-down; week: counts up, so that exercises change places;
    walk_minutes: the longest walk that the person is ready for.
    """

    catalogue: Catalogue
    training: Training
    history: History
    person: Person
    wishes: Wishes
    goal: str
    today: date
    week: int
    main_minutes: float
    points: Mapping[str, tuple[float, float, float]]
    lighter: bool = False
    walk_minutes: float = 10.0


def slots(given: Given, most_load: float | None = None) -> tuple[Slot, ...]:
    """Every slot that something may fill, in order of importance; what is to be kept first, each by itself.

    most_load: of a session; core work takes as many sets as leave room for other things.
    """
    closed = closed_gates(given.training, given.history, given.wishes, given.today)
    given = replace(given, wishes=replace(given.wishes, closed=closed))
    filled = [_kept(given, name) for name in sorted(given.wishes.keep) if name in given.catalogue.exercises]
    core = {candidate.direction for slot in filled for candidate in slot.candidates if candidate.direction}
    for slot in given.training.slots.values():
        if slot.direction in core:
            continue  # what is kept holds the trunk that way already
        taken = {candidate.exercise for other in filled for candidate in other.candidates}
        filled.append(_filled(given, slot, taken))
    return _weighed(given, [slot for slot in filled if slot.candidates], most_load)


def options(given: Given, slot: TrainingSlot) -> dict[str, tuple[Option, Move]]:
    """What could fill a slot: its moves, and what the person has done in it of late, by exercise.

    An exercise on several rungs, such as a walk that grows longer, stands on the first of them, with the minutes that
    the person is ready for.
    """
    found: dict[str, tuple[Option, Move]] = {}
    for move in (*slot.moves, *_own_moves(given, slot)):
        if move.exercise in found and move.work.minutes and move.work.minutes <= given.walk_minutes:
            found[move.exercise] = (found[move.exercise][0], move)
        exercise = given.catalogue.exercises[move.exercise]
        gates = tuple(gate.id for gate in given.training.gates_of(move.exercise))
        option = Option(
            exercise.id, exercise.name, exercise.family, move.rung, move.demand, move.equipment, gates,
            exercise.needs_load,
        )  # fmt: skip
        found.setdefault(exercise.id, (option, move))
    return found


def candidate_of(given: Given, slot_id: str, exercise: str) -> Candidate:
    """An exercise of a slot as it would be planned."""
    slot = given.training.slots[slot_id]
    return _candidate(given, slot, *options(given, slot)[exercise])


def _filled(given: Given, slot: TrainingSlot, taken: Set[str]) -> Slot:
    """taken: exercises that fill other slots already."""
    if given.wishes.settling and not slot.ladder:
        return Slot(slot.id, slot.worth[given.goal], ())  # small muscles wait until the back has settled (R40, R41)
    there = {key: pair for key, pair in options(given, slot).items() if key not in taken and _fits(given, slot, *pair)}
    if slot.id == WALKING and given.goal == RETURN:
        there = _walks(there, given.wishes) or there
    wishes = replace(given.wishes, keep=frozenset(word for word in given.wishes.keep if word == slot.id))
    chosen = choose(
        [option for option, _ in there.values()],
        given.history.done, given.history.worst, wishes, given.today, given.week,
    )  # fmt: skip
    candidates = tuple(_candidate(given, slot, *there[option.exercise]) for option in chosen[:1])
    drill = any(there[option.exercise][1].drill for option in chosen[:1])
    first, *more = (_half(one) if drill else one for one in slot.worth[given.goal])
    if slot.id in EACH_ONCE and given.goal != RETURN and not drill:
        first += ONCE_FIRST
    return Slot(slot.id, (first, *more), candidates)


def _half(worth: int) -> int:
    """About half of what a drill's slot is worth, in steps of the data, with which the solver is quickest."""
    return WORTH_STEP * max(1, worth // 2 // WORTH_STEP)


def _walks(there: Mapping[str, tuple[Option, Move]], wishes: Wishes) -> dict[str, tuple[Option, Move]]:
    """Walking brings a back on its way again, before anything that is done sitting (R03, R41)."""
    free = {
        key: pair for key, pair in there.items() if key in WALKS and objection(pair[0], wishes, pair[0].rung) is None
    }
    return {key: free[key] for key in free if key == WALK} or free


def _fits(given: Given, slot: TrainingSlot, option: Option, move: Move) -> bool:
    """Walking belongs to the days of rest, unless it is what brings somebody back; and who has not done an exercise yet
    begins only with a load that is not too light for the bar. What a flare or a cut would make lighter than the bar is
    left for something easier.
    """
    if slot.id == WALKING and given.goal != RETURN and option.exercise in WALKS:
        return False
    exercise = given.catalogue.exercises[option.exercise]
    weight = given.training.weight_of(exercise)
    if weight is None or not exercise.needs_load:
        return True
    known = any(one.load_kg is not None for one in given.history.done.get(option.exercise, ()))
    if not known and _begins_kg(given, slot, move) < NEAR_THE_LEAST * weight.least_kg:
        return False
    load_kg = _candidate(given, slot, option, move).load_kg
    return load_kg is None or load_kg >= _least_kg(given, exercise)


def _least_kg(given: Given, exercise: Exercise) -> float:
    """The lightest that there is of what it is loaded with; less where the log knows less."""
    weight = given.training.weight_of(exercise)
    known = [one.load_kg for one in given.history.done.get(exercise.id, ()) if one.load_kg is not None]
    return min([weight.least_kg if weight else 0.0, *known])


def _share(given: Given, move: Move) -> float:
    """Of body mass, to begin with; unknown sex: the lower one. Who has trained for long begins with more; help, which
    takes weight off, does not grow with that.
    """
    share = move.start.get(given.person.sex or "female", UNKNOWN_START)
    if given.catalogue.exercises[move.exercise].load_factor < 0:
        return share
    share *= OLDER_SHARE if given.wishes.older else 1.0
    return share * START_BY_LEVEL["new" if given.wishes.settling else given.wishes.level]


def _begins_kg(given: Given, slot: TrainingSlot, move: Move) -> float:
    """A load to begin with [kg]: from what the person lifts most often in the same slot, in the ratio of the loads that
    the data begin with, and somewhat less; else a share of body mass.
    """
    helps, by_mass = (
        given.catalogue.exercises[move.exercise].load_factor < 0, _share(given, move) * given.person.body_mass_kg
    )  # fmt: skip
    if like := [] if helps else [one for other in slot.moves if (one := _like(given, slot, other, move)) is not None]:
        found = LESS_WHEN_NEW * max(like)[1]
        return min(found, by_mass) if given.wishes.settling else found
    return by_mass


def _like(given: Given, slot: TrainingSlot, known: Move, move: Move) -> tuple[int, float] | None:
    """How often a move of the slot was done of late, and how much of the other one is about as hard [kg]."""
    sex, since = given.person.sex or "female", given.today - LATELY
    times = [one for one in given.history.done.get(known.exercise, ()) if one.load_kg and one.day >= since]
    helps = given.catalogue.exercises[known.exercise].load_factor < 0
    if not times or helps or not known.start.get(sex) or not move.start.get(sex):
        return None
    reps = move.work.reps[given.goal] if move.work.reps else 0
    return len(times), usual_load(times, reps) * move.start[sex] / known.start[sex]


def _kept(given: Given, name: str) -> Slot:
    """A slot of its own for an exercise that must come. Nothing speaks against it: the person or a clinician asked."""
    exercise = given.catalogue.exercises[name]
    slot_id = given.training.slot_of(exercise)
    slot = given.training.slots[slot_id or "calves"]
    move = next((move for move in slot.moves if move.exercise == name), None) or _as_move(exercise, slot)
    option = Option(name, exercise.name, exercise.family, move.rung, move.demand, move.equipment)
    candidate = _candidate(given, slot if slot_id else replace(slot, hard=False, direction=None), option, move)
    because = (("keep", "you asked to keep it, or it was prescribed"), *candidate.because)
    worth = slot.worth[given.goal] if candidate.direction else KEPT_WORTH
    return Slot(f"keep {name}", worth, (replace(candidate, because=because),), kept=True)


def _own_moves(given: Given, slot: TrainingSlot) -> list[Move]:
    """What the person has done at least twice and the slot's lists do not hold."""
    listed = {move.exercise for move in slot.moves}
    done = (name for name, times in given.history.done.items() if len(times) >= FAMILIAR_SESSIONS)
    known = given.catalogue.exercises
    own = [known[name] for name in done if name not in listed and name in known]
    return [_as_move(exercise, slot) for exercise in own if given.training.slot_of(exercise) == slot.id]


def _as_move(exercise: Exercise, slot: TrainingSlot) -> Move:
    """An exercise that no list names, as demanding as the harder steps of its slot."""
    steps = slot.ladder[:-1] or slot.moves
    demand = {kind: max(step.demand[kind] for step in steps) for kind in steps[0].demand}
    work = next((move.work for move in slot.moves if move.work.reps), Work(reps={}, hold_s=20.0))
    start = {"female": UNKNOWN_START, "male": UNKNOWN_START} if exercise.needs_load else {}
    rung = max(len(slot.ladder) - 1, 1)
    return Move(exercise.id, rung, False, demand, work, slot.hard, frozenset(exercise.equipment), start=start)


def _candidate(given: Given, slot: TrainingSlot, option: Option, move: Move) -> Candidate:
    exercise = given.catalogue.exercises[option.exercise]
    weight = given.training.weight_of(exercise)
    way, start = _way(given, slot, move), None
    if exercise.needs_load and weight is not None:
        start = max(weight.least_kg, weight.step_kg * round(_begins_kg(given, slot, move) / weight.step_kg))
    lift = Lift(
        given.history.done.get(option.exercise, ()), weight.step_kg if weight else 0.0, start,
        _least_kg(given, exercise), helps=exercise.load_factor < 0, ramps=slot.id in MAIN_SLOTS,
    )  # fmt: skip
    made = planned(option, way, lift, given.history.state, given.today, given.lighter)
    muscles = dict.fromkeys(exercise.secondary, HELPING) | dict.fromkeys(exercise.primary, 1.0)
    return replace(made, slot=slot.id, muscles={} if slot.direction else muscles)  # core work counts by directions


def _way(given: Given, slot: TrainingSlot, move: Move) -> Way:
    goal, work = given.goal, move.work
    if not move.start and not given.history.done.get(move.exercise) and goal == STRENGTH:
        goal = GENERAL  # five repetitions make sense with a weight
    sets = slot.sets[goal]
    if slot.direction is not None and given.main_minutes < MIDDLING_MINUTES:
        sets = 1 if given.main_minutes < SHORT_MINUTES else min(sets, 2)
    rest_s = slot.rest_s[goal] if move.start else min(slot.rest_s[goal], LIGHT_REST_S[goal])
    if work.reps and work.reps[goal] <= FEW_REPS:
        rest_s = max(rest_s, FEW_REPS_REST_S)
    if move.drill:
        sets, rest_s = min(sets, DRILL_SETS), min(rest_s, DRILL_REST_S)
    timed = work.minutes is not None or work.hold_s is not None
    return Way(
        sets=sets,
        reps=work.holds[0] if work.hold_s is not None and work.holds[0] > 1 else None if timed else work.reps[goal],
        hold_s=work.hold_s, holds=work.holds[:sets] if work.hold_s is not None else (),
        minutes=work.minutes, rir=None if timed else slot.rir[goal], rest_s=rest_s,
        minutes_per_set=slot.minutes_per_set(move, goal) - (slot.rest_s[goal] - rest_s) / 60,
        rep_minutes=move.sides * slot.seconds_per_rep / 60,
        hard=move.hard and slot.hard, direction=slot.direction,
    )  # fmt: skip


def _weighed(given: Given, filled: Sequence[Slot], most_load: float | None) -> tuple[Slot, ...]:
    """The slots with each candidate's low-back load, and the pain that may follow it."""
    flat = [candidate for slot in filled for candidate in slot.candidates]
    loads = iter(set_weights(flat, given))
    found = []
    for slot in filled:
        candidates = []
        for candidate in slot.candidates:
            weight = next(loads)
            points = given.points.get(candidate.family) or given.points.get("")
            expected = None if points is None else (weight * points[0], weight * points[1], weight * points[2])
            sets = candidate.sets
            if candidate.direction is not None and most_load is not None and weight > 0:
                week_load = given.history.usual_load
                room = min(CORE_SHARE * most_load, CORE_OF_WEEK * week_load if week_load else inf)
                sets = max(1, min(sets, int(room / weight)))
            candidates.append(replace(candidate, sets=sets, load_per_set=weight, points=expected))
        found.append(replace(slot, candidates=tuple(candidates)))
    return tuple(found)


def _holds(one: Candidate) -> float:
    """Of a set, on average: they get fewer from set to set."""
    each = [one.holds[min(number, len(one.holds) - 1)] for number in range(one.sets)] if one.holds else [1]
    return sum(each) / len(each)


def set_weights(candidates: Sequence[Candidate], given: Given) -> list[float]:
    """The low-back load of one set of each [kNm·reps], 0 where nobody knows it."""
    sets = [
        OneSet(
            one.exercise,
            load_kg=one.load_kg,
            reps=None if one.hold_s is not None else one.likely_reps or one.reps,
            duration_s=one.hold_s * _holds(one) if one.hold_s is not None else None,
        )
        for one in candidates
    ]
    exercises = [given.catalogue.exercises[one.exercise] for one in candidates]
    loads = set_loads(sets, exercises, [given.person] * len(sets))
    weights = np.nan_to_num(loads.peak_moment_nm / 1000 * loads.reps)
    return [float(weight) for weight in weights]

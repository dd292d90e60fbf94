"""A week's choices as a CP-SAT model, with the hard rules as constraints. Amounts are whole: tenths and hundredths."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import ceil, floor

from ortools.sat.python import cp_model

from backstory.plan.values import DIRECTIONS, Candidate, Wanted

DAY = timedelta(days=1)
WEEK = 7
MINUTE, LOAD, HALF = 10, 100, 2  # how many whole units are in one
Place = tuple[int, int, int]  # of day, slot and candidate


@dataclass(frozen=True, slots=True)
class Problem:
    """The model, whether each candidate is used on each day, and what the week is worth."""

    wanted: Wanted
    model: cp_model.CpModel
    use: dict[Place, cp_model.IntVar]
    worth: cp_model.LinearExpr

    def times(self, day: int, slot: int) -> cp_model.LinearExpr:
        """How often a slot comes on a day: 0 or 1."""
        return total(used for (d, s, _), used in self.use.items() if (d, s) == (day, slot))

    def on(self, day: int) -> list[tuple[Candidate, cp_model.IntVar]]:
        """What may be used on a day."""
        slots = self.wanted.slots
        return [(slots[s].candidates[c], used) for (d, s, c), used in self.use.items() if d == day]


@dataclass(frozen=True, slots=True)
class Slack:
    """How far a rule is let go, where the way out of a clash is looked for; 0 where it must hold."""

    minutes: dict[int, cp_model.LinearExpr]
    load: dict[int, cp_model.LinearExpr]
    directions: dict[str, cp_model.LinearExpr]
    kept: dict[int, cp_model.LinearExpr]


NONE = Slack({}, {}, {}, {})


def new_problem(wanted: Wanted) -> Problem:
    """Choices and their worth, without any rule but that a slot comes once a day."""
    model = cp_model.CpModel()
    use = {
        (day, slot, candidate): model.new_bool_var(f"{day} {slot} {candidate}")
        for day in range(len(wanted.days))
        for slot, filled in enumerate(wanted.slots)
        for candidate in range(len(filled.candidates))
    }
    worth: list[cp_model.LinearExpr] = []
    for number, slot in enumerate(wanted.slots):
        here = [used for (_, s, _), used in use.items() if s == number]
        for day in range(len(wanted.days)):
            model.add_at_most_one(used for (d, s, _), used in use.items() if (d, s) == (day, number))
        left = slot.worth[wanted.done_slots.get(slot.id, 0) :]
        steps = [model.new_bool_var("") for _ in left]
        model.add(total(here) == total(steps))
        for first, second in pairwise(steps):
            model.add_implication(second, first)
        worth += [value * step for value, step in zip(left, steps, strict=True)]
    for (_, number, at), used in use.items():
        if cost := pain_cost(wanted, wanted.slots[number].candidates[at]):
            worth.append(-cost * used)
    return Problem(wanted, model, use, total(worth))


def total(terms: Iterable[cp_model.LinearExpr]) -> cp_model.LinearExpr:
    """Their sum."""
    return cp_model.LinearExpr.sum(list(terms))


def pain_cost(wanted: Wanted, candidate: Candidate) -> int:
    """What the pain that may follow a candidate takes from its worth; what is followed by less pain adds."""
    return 0 if candidate.points is None else round(candidate.points[0] * candidate.sets * wanted.pain_weight)


def add_hard_rules(problem: Problem, slack: Slack = NONE) -> None:
    """Every rule that must hold, as constraints."""
    for day in range(len(problem.wanted.days)):
        _time_and_load(problem, slack, day)
    _rest(problem)
    _two_days_apart(problem)
    _ceilings(problem)
    _core_and_kept(problem, slack)


def room(wanted: Wanted, day: int) -> int:
    """Tenths of a minute for the main part."""
    return MINUTE * (wanted.days[day].minutes - wanted.warm_up[day] - wanted.cool_down[day])


def takes(candidate: Candidate, sets: int) -> int:
    """Tenths of a minute, rounded up."""
    return ceil(round(MINUTE * (sets * candidate.minutes_per_set + len(candidate.ramp)), 6))


def weighs(candidate: Candidate, sets: int) -> int:
    """Hundredths of load, rounded up."""
    return ceil(round(LOAD * sets * candidate.load_per_set, 6))


def _time_and_load(problem: Problem, slack: Slack, day: int) -> None:
    here, model, wanted = problem.on(day), problem.model, problem.wanted
    minutes = total(takes(candidate, candidate.sets) * used for candidate, used in here)
    model.add(minutes <= max(room(wanted, day), 0) + slack.minutes.get(day, 0))
    model.add(total(used for _, used in here) <= wanted.most_exercises)
    if wanted.most_load is not None:
        most = floor(LOAD * wanted.most_load)
        load = total(weighs(candidate, candidate.sets) * used for candidate, used in here)
        model.add(load <= most + slack.load.get(day, 0))


def _rest(problem: Problem) -> None:
    wanted, model = problem.wanted, problem.model
    active = {}
    for place, day in enumerate(wanted.days):
        active[day.day] = model.new_bool_var("")
        model.add_max_equality(active[day.day], [used for _, used in problem.on(place)])
    for end in active:
        for start in (end - n * DAY for n in range(WEEK)):
            window = {start + n * DAY for n in range(WEEK)}
            planned = [active[day] for day in active if day in window]
            before = len({day for day in wanted.trained_before if day in window} - active.keys())
            if len(planned) + before >= WEEK and before < WEEK:
                model.add(total(planned) <= WEEK - 1 - before)


def _two_days_apart(problem: Problem) -> None:
    wanted, model = problem.wanted, problem.model
    using: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for place in range(len(wanted.days)):
        for candidate, used in problem.on(place):
            for muscle in trained_hard(candidate):
                using[muscle, place].append(used)
    for (muscle, place), here in using.items():
        yesterday = wanted.days[place].day - DAY
        if wanted.hard_before.get(muscle) in (yesterday, wanted.days[place].day):
            for used in here:
                model.add(used == 0)
        if place and wanted.days[place - 1].day == yesterday and (before := using.get((muscle, place - 1))):
            either = [model.new_bool_var("") for _ in range(2)]
            for hard, uses in zip(either, (before, here), strict=True):
                for used in uses:
                    model.add_implication(used, hard)
            model.add_bool_or(either[0].negated(), either[1].negated())


def trained_hard(candidate: Candidate) -> list[str]:
    """Muscles that need two days after it."""
    return [muscle for muscle, share in candidate.muscles.items() if share >= 1] if candidate.hard else []


def muscles_of(candidates: Iterable[Candidate]) -> list[str]:
    """Every muscle that any of them trains."""
    return sorted({muscle for candidate in candidates for muscle in candidate.muscles})


def _ceilings(problem: Problem) -> None:
    wanted = problem.wanted
    everything = [pair for place in range(len(wanted.days)) for pair in problem.on(place)]
    for muscle in muscles_of(candidate for candidate, _ in everything):
        sets = total(ceil(HALF * c.muscles.get(muscle, 0.0)) * c.sets * used for c, used in everything)
        left = HALF * (wanted.sets_most - wanted.done_sets.get(muscle, 0.0))
        problem.model.add(sets <= max(floor(left), 0))


def _core_and_kept(problem: Problem, slack: Slack) -> None:
    wanted, model = problem.wanted, problem.model
    for direction in DIRECTIONS:
        slots = {n for n, slot in enumerate(wanted.slots) if any(c.direction == direction for c in slot.candidates)}
        had = any(wanted.done_slots.get(wanted.slots[number].id, 0) for number in slots)
        if slots and not had:
            using = [
                used
                for (_, s, c), used in problem.use.items()
                if s in slots and wanted.slots[s].candidates[c].direction == direction
            ]
            model.add(total(using) + slack.directions.get(direction, 0) >= 1)
    for number, slot in enumerate(wanted.slots):
        if slot.kept and not wanted.done_slots.get(slot.id, 0):
            using = [used for (_, s, _), used in problem.use.items() if s == number]
            model.add(total(using) + slack.kept.get(number, 0) >= 1)

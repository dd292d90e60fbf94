"""A week's choices as a CP-SAT model, with the hard rules as constraints.

Amounts are whole: tenths of a second, and ten-thousandths of a load, so fine that rounding them up costs nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import ceil, floor

from ortools.sat.python import cp_model

from backstory.plan.balance import costs
from backstory.plan.values import DIRECTIONS, Candidate, Wanted

DAY = timedelta(days=1)
WEEK = 7
MINUTE, LOAD, HALF = 600, 10_000, 2  # how many whole units are in one
MOST_TOGETHER = 8  # long items of a session that are counted, beyond their minutes
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
    """How far a rule is let go, where the way out of a clash is looked for; where nothing stands, it must hold.

    minutes, load: by day; directions, kept: by what is left out; sets: of every muscle; exercises: of every session.
    """

    minutes: Mapping[int, cp_model.LinearExpr]
    load: Mapping[int, cp_model.LinearExpr]
    directions: Mapping[str, cp_model.LinearExpr]
    kept: Mapping[int, cp_model.LinearExpr]
    sets: cp_model.LinearExpr | int = 0
    exercises: cp_model.LinearExpr | int = 0


NONE = Slack({}, {}, {}, {})


def new_problem(wanted: Wanted) -> Problem:
    """Choices and their worth, less what pain and imbalance cost, without any rule but that a slot comes once a day."""
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
    if wanted.week_load:
        each = ((wanted.slots[slot].candidates[at], used) for (_, slot, at), used in use.items())
        loads = [(load_cost(wanted, one, one.sets), used) for one, used in each]
        over = model.new_int_var(0, sum(cost for cost, _ in loads), "above the usual week")
        model.add(over >= total(cost * used for cost, used in loads) - load_free(wanted))
        worth.append(-1 * over)
    sets = ((c := wanted.slots[s].candidates[at], c.sets * used) for (_, s, at), used in use.items())
    worth += [-1 * cost for cost in costs(model, wanted, sets)]
    return Problem(wanted, model, use, total(worth))


def total(terms: Iterable[cp_model.LinearExpr]) -> cp_model.LinearExpr:
    """Their sum."""
    return cp_model.LinearExpr.sum(list(terms))


def pain_cost(wanted: Wanted, candidate: Candidate) -> int:
    """What the pain that may follow a candidate takes from its worth. Less pain after more load adds nothing: who hurts
    trains less, which looks the same in a log.
    """
    if candidate.points is None:
        return 0
    return max(0, round(candidate.points[0] * candidate.sets * wanted.pain_weight))


def load_cost(wanted: Wanted, candidate: Candidate, sets: int) -> int:
    """What a candidate's low-back load takes from the week's worth, beyond `load_free` of all of them together."""
    return round(wanted.week_weight * sets * candidate.load_per_set / wanted.week_load) if wanted.week_load else 0


def load_free(wanted: Wanted) -> int:
    """How much of `load_cost` is free: the usual week, less what this week holds already."""
    left = max(1 - wanted.done_load / wanted.week_load, 0.0) if wanted.week_load else 0.0
    return round(wanted.week_weight * left)


def add_hard_rules(problem: Problem, slack: Slack = NONE, rules: Collection[str] | None = None) -> None:
    """Every rule that must hold, as constraints. rules: only these, where it is asked which of them clash."""
    for rule, add in HARD.items():
        if problem.use and (rules is None or rule in rules):
            add(problem, slack)


def room(wanted: Wanted, day: int) -> int:
    """Tenths of a second for the main part; less than 0 where warm-up and cool-down take more than there is."""
    return MINUTE * (wanted.days[day].minutes - wanted.warm_up[day] - wanted.cool_down[day])


def takes(candidate: Candidate, sets: int) -> int:
    """Tenths of a second, rounded up."""
    return ceil(round(MINUTE * (sets * candidate.minutes_per_set + len(candidate.ramp)), 3))


def weighs(candidate: Candidate, sets: int) -> int:
    """Ten-thousandths of a load, rounded up."""
    return ceil(round(LOAD * sets * candidate.load_per_set, 3))


def most_weight(wanted: Wanted) -> int | None:
    """Ten-thousandths of the load that a session may have."""
    return None if wanted.most_load is None else floor(round(LOAD * wanted.most_load, 3))


def _time(problem: Problem, slack: Slack) -> None:
    wanted, model = problem.wanted, problem.model
    for day in range(len(wanted.days)):
        here = [(takes(candidate, candidate.sets), used) for candidate, used in problem.on(day)]
        most = max(room(wanted, day), 0)
        if day in slack.minutes:
            model.add(total(long * used for long, used in here) <= most + slack.minutes[day])
            continue
        filled = _filled_at_most(most, [long for long, _ in here])
        model.add(total(long * used for long, used in here) <= filled)
        for count in range(1, MOST_TOGETHER):  # says nothing new, and shows sooner that there is nothing better
            too_long = [used for long, used in here if long * (count + 1) > filled]
            if len(too_long) > count:
                model.add(total(too_long) <= count)


def _filled_at_most(most: int, items: Iterable[int]) -> int:
    """The largest sum of some of the items that is not above `most`."""
    reached, mask = 1, (1 << (most + 1)) - 1
    for item in items:
        reached |= (reached << item) & mask
    return reached.bit_length() - 1


def _many(problem: Problem, slack: Slack) -> None:
    for day in range(len(problem.wanted.days)):
        count = total(used for _, used in problem.on(day))
        problem.model.add(count <= problem.wanted.most_exercises + slack.exercises)


def _load(problem: Problem, slack: Slack) -> None:
    most = most_weight(problem.wanted)
    if most is None:
        return
    for day in range(len(problem.wanted.days)):
        load = total(weighs(candidate, candidate.sets) * used for candidate, used in problem.on(day))
        problem.model.add(load <= most + slack.load.get(day, 0))


def _rest(problem: Problem, _slack: Slack) -> None:
    wanted, model = problem.wanted, problem.model
    active = {}
    for place, day in enumerate(wanted.days):
        active[day.day] = model.new_bool_var("")
        model.add_max_equality(active[day.day], [used for _, used in problem.on(place)])
    anyway = {*wanted.trained_before, *wanted.moving}
    for end in active.keys() | anyway:
        window = {end - n * DAY for n in range(WEEK)}
        planned = [active[day] for day in sorted(active.keys() & window - anyway)]
        before = len(anyway & window)
        if planned and len(planned) + before >= WEEK:
            model.add(total(planned) <= WEEK - 1 - before)


def _two_days_apart(problem: Problem, _slack: Slack) -> None:
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


def _ceilings(problem: Problem, slack: Slack) -> None:
    wanted = problem.wanted
    everything = [pair for place in range(len(wanted.days)) for pair in problem.on(place)]
    for muscle in muscles_of(candidate for candidate, _ in everything):
        sets = total(ceil(HALF * c.muscles.get(muscle, 0.0)) * c.sets * used for c, used in everything)
        left = HALF * (wanted.sets_most - wanted.done_sets.get(muscle, 0.0))
        problem.model.add(sets <= max(floor(left), 0) + slack.sets)


def _core(problem: Problem, slack: Slack) -> None:
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


def _kept(problem: Problem, slack: Slack) -> None:
    for number, slot in enumerate(problem.wanted.slots):
        if slot.kept and not problem.wanted.done_slots.get(slot.id, 0):
            using = [used for (_, s, _), used in problem.use.items() if s == number]
            problem.model.add(total(using) + slack.kept.get(number, 0) >= 1)


HARD: Mapping[str, Callable[[Problem, Slack], None]] = {
    "time": _time, "R20": _load, "many": _many, "R18": _rest, "R19": _two_days_apart, "R24": _ceilings, "R05": _core,
    "keep": _kept,
}  # fmt: skip

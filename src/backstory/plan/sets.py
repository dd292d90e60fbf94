"""More sets where a chosen week leaves room: a small problem of its own, solved exactly."""

from ortools.sat.python import cp_model

from backstory.plan.balance import costs
from backstory.plan.model import HALF, Place, load_cost, load_free, most_weight, muscles_of, room, takes, total, weighs
from backstory.plan.values import Candidate, Wanted

SEED = 20260105
WORK = 0.3  # deterministic seconds; far more than it takes
MOST_SETS = 5
IMBALANCE = 10  # times what it costs a week: a set that is added does not leave the band (judgement)


def added_sets(wanted: Wanted, chosen: frozenset[Place]) -> frozenset[tuple[int, int]]:
    """(day, slot) by place whose exercise gets one set more: the slots that are worth most, as many as there is room;
    what unbalances the week is worth less.

    Core work and carries stay as they are; minutes, the session's and the week's load and the muscles' ceilings hold.
    """
    model = cp_model.CpModel()
    picked = {(d, s): wanted.slots[s].candidates[c] for d, s, c in sorted(chosen)}
    more = {
        at: model.new_bool_var("") for at, candidate in picked.items() if candidate.hard and candidate.sets < MOST_SETS
    }
    for day in range(len(wanted.days)):
        here = {at: candidate for at, candidate in picked.items() if at[0] == day}
        extra = [(candidate, more[at]) for at, candidate in here.items() if at in more]
        left = room(wanted, day) - sum(takes(c, c.sets) for c in here.values())
        model.add(total(_more_minutes(c) * one for c, one in extra) <= max(left, 0))
        if (most := most_weight(wanted)) is not None:
            weight = sum(weighs(c, c.sets) for c in here.values())
            spare = most - weight
            model.add(total((weighs(c, c.sets + 1) - weighs(c, c.sets)) * one for c, one in extra) <= max(spare, 0))
    for muscle in muscles_of(picked.values()):
        sets = sum(_half_sets(c, muscle) * c.sets for c in picked.values())
        spare = int(HALF * (wanted.sets_most - wanted.done_sets.get(muscle, 0.0))) - sets
        model.add(total(_half_sets(picked[at], muscle) * one for at, one in more.items()) <= max(spare, 0))
    if wanted.week_load:
        cost = {at: load_cost(wanted, c, c.sets + 1) - load_cost(wanted, c, c.sets) for at, c in picked.items()}
        spare = load_free(wanted) - sum(load_cost(wanted, c, c.sets) for c in picked.values())
        model.add(total(cost[at] * one for at, one in more.items()) <= max(spare, 0))
    worth = [wanted.slots[slot].worth[0] * one for (_, slot), one in more.items()]
    each = ((candidate, candidate.sets + more.get(at, 0)) for at, candidate in picked.items())
    model.maximize(total([*worth, *(-1 * cost for cost in costs(model, wanted, each, IMBALANCE))]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = WORK
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return frozenset()
    return frozenset(at for at, one in more.items() if solver.boolean_value(one))


def _more_minutes(candidate: Candidate) -> int:
    """Tenths of a second that a set more takes."""
    return takes(candidate, candidate.sets + 1) - takes(candidate, candidate.sets)


def _half_sets(candidate: Candidate, muscle: str) -> int:
    return -int(-HALF * candidate.muscles.get(muscle, 0.0) // 1)

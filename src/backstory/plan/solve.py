"""From what is wanted to the best week that keeps every hard rule (CP-SAT of OR-Tools).

Two problems, one after the other. First: which exercises on which days, so that the week is worth most; solved to
proven optimality. Of the weeks that are worth that much, one is taken in which sessions differ less and the same slot
does not come on neighbouring days, as far as a fixed amount of work finds one. Then: more sets where the minutes, the
load and the ceilings leave room. One worker and a fixed seed: the same wishes give the same week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ortools.sat.python import cp_model

from backstory.errors import NotEnough
from backstory.plan.clashes import clashes
from backstory.plan.model import Problem, add_hard_rules, load_cost, new_problem, total
from backstory.plan.sets import added_sets
from backstory.plan.values import Candidate, Chosen, PlannedSession, Wanted, Week

SECONDS = 5.0
SEED = 20260105
TIDY_WORK = 0.04  # CP-SAT's deterministic seconds
EVEN, HEAVIEST = 20, 1_000_000
NOT_IN_TIME = "No week was found in time. Fewer days, or another length of sessions, is quicker."
LIFT, EASIER, CORE = range(3)  # in this order: what tires least comes late


@dataclass(frozen=True, slots=True)
class _Found:
    """A choice, (day, slot, candidate) by place, and how good it is."""

    chosen: frozenset[tuple[int, int, int]]
    worth: int
    bound: int


def solve(wanted: Wanted, seconds: float = SECONDS) -> Week:
    """The best week. Where no week can hold, one without sessions that names what clashes. Raises NotEnough where none
    was found in time.
    """
    problem = new_problem(wanted)
    add_hard_rules(problem)
    problem.model.maximize(problem.worth)
    found = _solved(problem, seconds)
    if found is None:
        return Week((), 0, 0, clashes(wanted))
    tidy = _tidied(wanted, found)
    return Week(_sessions(wanted, tidy), found.worth, found.bound)


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.linearization_level = 2
    return solver


def _solved(problem: Problem, seconds: float) -> _Found | None:
    solver = _solver(seconds)
    status = solver.solve(problem.model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NotEnough(NOT_IN_TIME)
    chosen = frozenset(at for at, used in problem.use.items() if solver.boolean_value(used))
    return _Found(chosen, round(solver.objective_value), round(solver.best_objective_bound))


def _tidied(wanted: Wanted, found: _Found) -> frozenset[tuple[int, int, int]]:
    """The same worth, better laid out: sessions alike in length, a slot's times apart, the first candidate first."""
    problem = new_problem(wanted)
    add_hard_rules(problem)
    problem.model.add(problem.worth >= found.worth)
    for at, used in problem.use.items():
        problem.model.add_hint(used, at in found.chosen)
    problem.model.minimize(_untidiness(problem))
    solver = _solver(SECONDS)
    solver.parameters.max_deterministic_time = TIDY_WORK
    if solver.solve(problem.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found.chosen
    return frozenset(at for at, used in problem.use.items() if solver.boolean_value(used))


def _untidiness(problem: Problem) -> cp_model.LinearExpr:
    wanted, model = problem.wanted, problem.model
    terms: list[cp_model.LinearExpr] = [
        candidate * used for (_, _, candidate), used in problem.use.items() if candidate > 0
    ]
    counts = [total(used for (day, _, _), used in problem.use.items() if day == d) for d in range(len(wanted.days))]
    most = model.new_int_var(0, wanted.most_exercises, "")
    for count in counts:
        model.add(most >= count)
    terms.append(3 * most)
    for first, (a, b) in enumerate(pairwise(wanted.days)):
        if b.day - a.day > timedelta(days=1):
            continue
        for slot in range(len(wanted.slots)):
            both = model.new_bool_var("")
            model.add(problem.times(first, slot) + problem.times(first + 1, slot) <= 1 + both)
            terms.append(2 * both)
    return EVEN * total(terms) + _heaviest(problem)


def _heaviest(problem: Problem) -> cp_model.LinearExpr:
    """The session with the most low-back load, in shares of the week as they are priced."""
    wanted = problem.wanted
    heaviest = problem.model.new_int_var(0, HEAVIEST, "")
    for day in range(len(wanted.days)):
        here = [(load_cost(wanted, candidate, candidate.sets), used) for candidate, used in problem.on(day)]
        problem.model.add(heaviest >= total(cost * used for cost, used in here))
    return total([heaviest])


def _sessions(wanted: Wanted, chosen: frozenset[tuple[int, int, int]]) -> tuple[PlannedSession, ...]:
    more = added_sets(wanted, chosen) if wanted.more_sets else frozenset()
    sessions = []
    for place, day in enumerate(wanted.days):
        here = sorted((slot, candidate) for d, slot, candidate in chosen if d == place)
        main = [_chosen(wanted, place, slot, candidate, more) for slot, candidate in here]
        if main:
            in_order = sorted(main, key=lambda one: _place_of(one.candidate))
            sessions.append(
                PlannedSession(day.day, day.minutes, wanted.warm_up[place], wanted.cool_down[place], tuple(in_order))
            )
    return tuple(sessions)


def _place_of(candidate: Candidate) -> int:
    if candidate.direction is not None:
        return CORE
    return LIFT if candidate.hard else EASIER


def _chosen(wanted: Wanted, place: int, slot: int, at: int, more: frozenset[tuple[int, int]]) -> Chosen:
    candidate = wanted.slots[slot].candidates[at]
    return Chosen(candidate, candidate.sets + ((place, slot) in more))


def rest_days(days: Sequence[date], sessions: Sequence[PlannedSession]) -> list[date]:
    """Those of a week's days that hold no session."""
    trained = {session.day for session in sessions}
    return [day for day in days if day not in trained]

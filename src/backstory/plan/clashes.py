"""Why no week can hold, and the cheapest way out.

Which rules clash: of all of them as few as still cannot hold together, found by leaving out one after the other. The
way out: the same rules with a price on letting them go (judgement: five minutes more cost least, a kept exercise most).
"""

from dataclasses import replace
from datetime import date

from ortools.sat.python import cp_model

from backstory.plan.model import HALF, HARD, LOAD, MINUTE, Slack, add_hard_rules, new_problem, room, total
from backstory.plan.values import Candidate, Clash, Wanted

STEP_MINUTES, MOST_STEPS = 5, 24
STEP_COST, LOAD_COST, EXERCISE_COST, SETS_COST, DIRECTION_COST, KEPT_COST = 1, 2, 4, 5, 30, 40
LOAD_STEPS, MOST_EXERCISES_MORE, MOST_SETS_MORE = 100, 8, 40
SEED, WORK = 20260105, 2.0
ANOTHER_DAY = "Another day for training, or fewer wishes."
WITHOUT_ONE = "Train on a day on which you usually do something else anyway, or leave that out once."
AGAINST = {"front": "bending back", "rotation": "turning", "side": "tipping sideways"}


def clashes(wanted: Wanted) -> tuple[Clash, ...]:
    """The rules that cannot all hold, with what must give so that a week can, at the least price."""
    rules = conflicting(wanted)
    alone = [Clash((), WITHOUT_ONE)] if "R18" in rules and wanted.moving else []
    return tuple(replace(way_out, rules=rules) for way_out in alone or _ways_out(wanted) or [Clash((), ANOTHER_DAY)])


def conflicting(wanted: Wanted) -> tuple[str, ...]:
    """As few rules as cannot all hold: none of them can be left out."""
    needed = list(HARD)
    for rule in HARD:
        fewer = [other for other in needed if other != rule]
        problem = new_problem(wanted)
        add_hard_rules(problem, rules=fewer)
        if _solver().solve(problem.model) == cp_model.INFEASIBLE:
            needed = fewer
    return tuple(needed)


def _ways_out(wanted: Wanted) -> list[Clash]:
    """Without their rules."""
    problem = new_problem(wanted)
    model = problem.model
    minutes = {day: model.new_int_var(0, MOST_STEPS, "") for day in range(len(wanted.days))}
    load = {day: model.new_int_var(0, LOAD_STEPS, "") for day in range(len(wanted.days))}
    slots = {n: slot for n, slot in enumerate(wanted.slots) if slot.candidates}
    directions = {c.direction: model.new_bool_var("") for s in slots.values() for c in s.candidates if c.direction}
    kept = {number: model.new_bool_var("") for number, slot in slots.items() if slot.kept}
    sets = model.new_int_var(0, MOST_SETS_MORE, "")
    exercises = model.new_int_var(0, MOST_EXERCISES_MORE, "")
    tenth = max(round(LOAD * (wanted.most_load or 0.0) / 10), 1)
    slack = Slack(
        {day: _gained(model, steps, room(wanted, day)) for day, steps in minutes.items()},
        {day: tenth * steps for day, steps in load.items()},
        directions, kept, HALF * sets, exercises,
    )  # fmt: skip
    add_hard_rules(problem, slack)
    prices = (
        (STEP_COST, minutes.values()), (LOAD_COST, load.values()), (DIRECTION_COST, directions.values()),
        (KEPT_COST, kept.values()), (SETS_COST, [sets]), (EXERCISE_COST, [exercises]),
    )  # fmt: skip
    model.minimize(total(price * one for price, ones in prices for one in ones))
    solver = _solver()
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return []
    told = [
        *(
            (steps, _minutes(wanted.days[day].day, solver.value(steps) * STEP_MINUTES))
            for day, steps in minutes.items()
        ),
        *(
            (steps, _only(f"More low-back load on {wanted.days[day].day:%A} than in any session of your last 30 days."))
            for day, steps in load.items()
        ),
        *((gone, _only(f"No core work against {AGAINST[where]} this week.")) for where, gone in directions.items()),
        *((gone, _without(wanted.slots[number].candidates[0])) for number, gone in kept.items()),
        (sets, _only(f"More than {wanted.sets_most:g} sets of a muscle this week.")),
        (exercises, _only(f"More than {wanted.most_exercises} exercises in a session.")),
    ]
    return [way_out for let_go, way_out in told if solver.value(let_go)]


def _only(words: str) -> Clash:
    """A way out that no wish opens."""
    return Clash((), words)


def _minutes(day: date, more: int) -> Clash:
    return Clash((), f"{more} more minutes on {day:%A}.", more_minutes=(day, more))


def _without(kept: Candidate) -> Clash:
    return Clash((), f"Leave out {kept.name} this week.", leave_out=kept.exercise)


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = WORK
    return solver


def _gained(model: cp_model.CpModel, steps: cp_model.IntVar, spare: int) -> cp_model.IntVar:
    """Tenths of a second that more steps give the main part; first they make up for what warm-up and cool-down lack."""
    most = MOST_STEPS * STEP_MINUTES * MINUTE
    gained, any_gain = model.new_int_var(0, most, ""), model.new_bool_var("")
    model.add(gained <= most * any_gain)
    model.add(STEP_MINUTES * MINUTE * steps >= gained + max(-spare, 0) * any_gain)
    return gained

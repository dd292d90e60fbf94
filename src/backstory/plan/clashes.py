"""Why no week can hold, and the cheapest way out: the same rules with a price on letting them go."""

from ortools.sat.python import cp_model

from backstory.plan.model import LOAD, MINUTE, Slack, add_hard_rules, new_problem, room, total
from backstory.plan.values import Clash, Wanted

STEP_MINUTES, MOST_STEPS = 5, 24
# What a step of five minutes, a tenth of a session's load, a direction of core work, a kept exercise cost to let go.
STEP_COST, LOAD_COST, DIRECTION_COST, KEPT_COST = 1, 2, 30, 40
LOAD_STEPS = 100
SEED, WORK = 20260105, 2.0
TIME, LOAD_RULE, CORE, KEEP = "time", "R20", "R05", "keep"
NOTHING = "Another day for training, or fewer wishes."


def elastic(wanted: Wanted) -> tuple[Clash, ...]:
    """What must give so that a week can hold, at the least price."""
    problem = new_problem(wanted)
    model = problem.model
    minutes = {day: model.new_int_var(0, MOST_STEPS, "") for day in range(len(wanted.days))}
    load = {day: model.new_int_var(0, LOAD_STEPS, "") for day in range(len(wanted.days))}
    slots = {n: slot for n, slot in enumerate(wanted.slots) if slot.candidates}
    directions = {c.direction: model.new_bool_var("") for s in slots.values() for c in s.candidates if c.direction}
    kept = {number: model.new_bool_var("") for number, slot in slots.items() if slot.kept}
    tenth = max(round(LOAD * (wanted.most_load or 0.0) / 10), 1)
    slack = Slack(
        {day: _gained(model, steps, room(wanted, day)) for day, steps in minutes.items()},
        {day: tenth * steps for day, steps in load.items()},
        dict(directions),
        dict(kept),
    )
    add_hard_rules(problem, slack)
    model.minimize(
        STEP_COST * total(minutes.values())
        + LOAD_COST * total(load.values())
        + DIRECTION_COST * total(directions.values())
        + KEPT_COST * total(kept.values())
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = WORK
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return (Clash((TIME, "R18", "R19"), NOTHING),)
    because = (CORE, *((KEEP,) if kept else ()))
    found = [
        Clash((TIME, *because), f"{solver.value(steps) * STEP_MINUTES} more minutes on {wanted.days[day].day:%A}.")
        for day, steps in minutes.items()
        if solver.value(steps)
    ]
    found += [
        Clash((LOAD_RULE, *because), f"A session on {wanted.days[day].day:%A} with more load than your last 30 days.")
        for day, steps in load.items()
        if solver.value(steps)
    ]
    found += [
        Clash((CORE, TIME), f"No core work to the {direction} this week.") if direction != "rotation"
        else Clash((CORE, TIME), "No core work against rotation this week.")
        for direction, dropped in directions.items()
        if solver.value(dropped)
    ]  # fmt: skip
    found += [
        Clash((KEEP, TIME), f"Leave out {wanted.slots[number].candidates[0].name} this week.")
        for number, dropped in kept.items()
        if solver.value(dropped)
    ]
    return tuple(found) or (Clash((TIME, "R18", "R19"), NOTHING),)


def _gained(model: cp_model.CpModel, steps: cp_model.IntVar, spare: int) -> cp_model.IntVar:
    """Tenths of a minute that more steps give the main part; first they make up for what warm-up and cool-down lack."""
    most = MOST_STEPS * STEP_MINUTES * MINUTE
    gained, any_gain = model.new_int_var(0, most, ""), model.new_bool_var("")
    model.add(gained <= most * any_gain)
    model.add(STEP_MINUTES * MINUTE * steps >= gained + max(-spare, 0) * any_gain)
    return gained

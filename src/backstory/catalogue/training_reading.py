"""Tables of training data read and checked: fields, words, and slots with the exercises that fill them."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from backstory.catalogue.catalogue import Catalogue
from backstory.catalogue.training_values import (
    DEMANDS,
    DIRECTIONS,
    GOALS,
    SEXES,
    WORTH_STEP,
    Move,
    TrainingSlot,
    Weight,
    Work,
)
from backstory.errors import CatalogueError

Table = Mapping[str, Any]
NUMBER = (int, float)
MOST_DEMAND, MOST_SETS = 3, 5
HEAVY_REPS, HEAVY_REST_S, LIGHT_REST_S = 6, 120, 60  # R34
WORK = {"reps": (int, dict), "hold_s": NUMBER, "holds": list, "minutes": NUMBER}
MOVE = {"demand": list, "start": list, "sides": int, "hard": bool, "drill": bool, "says": str, **WORK}
SLOT = {"name": str, "sets": dict, "rir": dict, "rest_s": dict, "worth": dict, "seconds_per_rep": NUMBER, "hard": bool}
SLOT_MAY = {"ladder": list, "beside": list, "counts": list, "needs": list, "direction": str, **WORK}


def check_fields(where: str, table: Table, needed: Mapping[str, Any], may: Mapping[str, Any] | None = None) -> None:
    """Raise CatalogueError where a field is missing, unknown or of another kind. needed, may: kind by name."""
    known = {**needed, **(may or {})}
    if missing := needed.keys() - table.keys():
        raise CatalogueError(f"{where}: {', '.join(sorted(missing))} is missing.")
    if unknown := table.keys() - known.keys():
        raise CatalogueError(f"{where}: {', '.join(sorted(unknown))} is not known here.")
    for name, value in table.items():
        kind = known[name]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise CatalogueError(f"{where}: {name} is of the wrong kind.")


def check_words(where: str, kind: str, used: Any, known: Any) -> None:
    """Raise CatalogueError for a word that is not among those that are known."""
    for word in used:
        if word not in known:
            raise CatalogueError(f"{where}: {word!r} is not among the {kind}.")


def pair(where: str, values: Any, most: float) -> tuple[float, float]:
    """Two numbers, the least and the most. Raises CatalogueError."""
    good = isinstance(values, list) and len(values) == 2 and all(_number(value) for value in values)
    if not good or not 0 <= values[0] <= values[1] <= most:
        raise CatalogueError(f"{where}: needs two numbers from 0 to {most:g}, the smaller one first.")
    return float(values[0]), float(values[1])


def demand_of(where: str, values: Any) -> dict[str, int]:
    """The demand on a back, by kind. Raises CatalogueError."""
    whole = isinstance(values, list) and len(values) == len(DEMANDS) and all(type(value) is int for value in values)
    if not whole or not all(0 <= value <= MOST_DEMAND for value in values):
        raise CatalogueError(f"{where}: demand needs {', '.join(DEMANDS)}, each from 0 to {MOST_DEMAND}.")
    return dict(zip(DEMANDS, values, strict=True))


def read_weights(table: Table, equipment: Any) -> dict[str, Weight]:
    """Implements by name, what decides first: a landmine before the bar in it. Raises CatalogueError."""
    weights = {}
    for name, one in table.items():
        check_words("slots.toml, weights", "equipment", [name], equipment)
        check_fields(f"slots.toml, weights, {name}", one, {"step_kg": NUMBER, "least_kg": NUMBER})
        if min(one["step_kg"], one["least_kg"]) <= 0:
            raise CatalogueError(f"slots.toml, weights, {name}: must be above 0.")
        weights[name] = Weight(float(one["step_kg"]), float(one["least_kg"]))
    return weights


def read_slot(identity: str, table: Table, catalogue: Catalogue) -> TrainingSlot:
    """One table of slots.toml. Raises CatalogueError."""
    where = f"slots.toml, {identity}"
    check_fields(where, table, SLOT, SLOT_MAY)
    usual = _work(where, table, None)
    ladder, beside = table.get("ladder", []), table.get("beside", [])
    moves = [_move(f"{where}, rung {n}", one, (n, True), (usual, table["hard"]), catalogue)
             for n, one in enumerate(ladder, start=1)]  # fmt: skip
    for one in beside:
        rung = one.get("rung")
        if type(rung) is not int or not 1 <= rung <= max(len(ladder), 1):
            raise CatalogueError(f"{where}, {one.get('exercise')}: rung must be one of the ladder's.")
        rest = {key: value for key, value in one.items() if key != "rung"}
        moves.append(_move(f"{where}, {one.get('exercise')}", rest, (rung, False), (usual, table["hard"]), catalogue))
    if len({(move.exercise, move.rung) for move in moves}) < len(moves):
        raise CatalogueError(f"{where}: an exercise stands twice on one rung.")
    check_words(where, "exercises", table.get("counts", ()), catalogue.exercises)
    check_words(where, "equipment", table.get("needs", ()), catalogue.equipment)
    check_words(where, "directions", [table[key] for key in ("direction",) if key in table], DIRECTIONS)
    slot = TrainingSlot(
        id=identity, name=table["name"], moves=tuple(moves), sets=_by_goal(where, "sets", table, (1, MOST_SETS)),
        rir=_by_goal(where, "rir", table, (0, 5)), rest_s=_by_goal(where, "rest_s", table, (0, 300)),
        worth=_worth(where, table["worth"]), seconds_per_rep=float(table["seconds_per_rep"]), hard=table["hard"],
        direction=table.get("direction"), needs=tuple(table.get("needs", ())), counts=tuple(table.get("counts", ())),
    )  # fmt: skip
    _check_equipment(where, slot)
    _check_rest(where, slot)
    return slot


def _move(
    where: str, table: Table, place: tuple[int, bool], usual: tuple[Work, bool], catalogue: Catalogue
) -> Move:  # fmt: skip
    """place: rung, and whether it is the rung itself; usual: the slot's work, and whether it is hard."""
    check_fields(where, table, {"exercise": str, "demand": list}, MOVE)
    check_words(where, "exercises", [table["exercise"]], catalogue.exercises)
    exercise = catalogue.exercises[table["exercise"]]
    if exercise.needs_load != ("start" in table):
        told = "needs a start, since its weight is logged" if exercise.needs_load else "has no weight to start with"
        raise CatalogueError(f"{where}: {told}.")
    start = table.get("start", [])
    if start and (len(start) != len(SEXES) or not all(_number(share) and 0 < share < 2 for share in start)):
        raise CatalogueError(f"{where}: start needs a share of body mass for {' and '.join(SEXES)}.")
    sides = table.get("sides", 1)
    if sides not in (1, 2):
        raise CatalogueError(f"{where}: sides must be 1 or 2.")
    if table.get("drill") and table.get("hard"):
        raise CatalogueError(f"{where}: a drill is never hard.")
    drill = table.get("drill", False)
    return Move(
        exercise=exercise.id, rung=place[0], ladder=place[1], demand=demand_of(where, table["demand"]),
        work=_work(where, table, usual[0]), hard=table.get("hard", usual[1] and not drill), drill=drill,
        equipment=frozenset(exercise.equipment), sides=sides, says=table.get("says"),
        start=dict(zip(SEXES, map(float, start), strict=True)) if start else {},
    )  # fmt: skip


def _work(where: str, table: Table, usual: Work | None) -> Work:
    """What a set is: of the table, else the slot's."""
    said = [key for key in ("reps", "hold_s", "minutes") if key in table]
    if not said and usual is not None and "holds" not in table:
        return usual
    if len(said) != 1 or ("holds" in table and said != ["hold_s"]):
        raise CatalogueError(f"{where}: needs one of reps, hold_s (with holds) and minutes.")
    value = table[said[0]]
    if said == ["reps"]:
        reps = value if isinstance(value, dict) else dict.fromkeys(GOALS, value)
        return Work(reps=_by_goal(where, "reps", {"reps": reps}, (1, 30)))
    if value <= 0:
        raise CatalogueError(f"{where}: {said[0]} must be above 0.")
    if said == ["minutes"]:
        return Work(minutes=float(value))
    holds = table.get("holds", [1])
    if not holds or not all(type(hold) is int and hold > 0 for hold in holds):
        raise CatalogueError(f"{where}: holds must be whole numbers above 0.")
    return Work(hold_s=float(value), holds=tuple(holds))


def _by_goal(where: str, name: str, table: Table, limits: tuple[int, int]) -> dict[str, int]:
    values: dict[str, int] = table[name]
    if set(values) != set(GOALS):
        raise CatalogueError(f"{where}: {name} needs {', '.join(GOALS)}.")
    for value in values.values():
        if type(value) is not int or not limits[0] <= value <= limits[1]:
            raise CatalogueError(f"{where}: {name} must be whole numbers from {limits[0]} to {limits[1]}.")
    return values


def _worth(where: str, table: Table) -> dict[str, tuple[int, ...]]:
    if set(table) != set(GOALS):
        raise CatalogueError(f"{where}: worth needs {', '.join(GOALS)}.")
    for goal, values in table.items():
        good = isinstance(values, list) and values and all(type(one) is int and one > 0 for one in values)
        if not good or any(one % WORTH_STEP for one in values) or any(a < b for a, b in pairwise(values)):
            raise CatalogueError(f"{where}: worth.{goal} must fall, in steps of {WORTH_STEP}.")
    return {goal: tuple(values) for goal, values in table.items()}


def _check_equipment(where: str, slot: TrainingSlot) -> None:
    """`needs` is true: each of it is of use, nothing can be done without it, and without it something needs nothing."""
    if not slot.needs and not any(not move.equipment for move in slot.moves):
        raise CatalogueError(f"{where}: nothing can be done without equipment, and needs does not say so.")
    for move in slot.moves if slot.needs else ():
        if move.equipment.isdisjoint(slot.needs):
            raise CatalogueError(f"{where}: {move.exercise} can be done without anything of needs.")
    for thing in slot.needs:
        if not slot.possible({thing}):
            raise CatalogueError(f"{where}: with {thing} alone nothing can be done.")


def _check_rest(where: str, slot: TrainingSlot) -> None:
    """R34: 2 to 3 minutes after heavy sets, 1 to 2 after light ones."""
    for move in slot.moves:
        for goal, reps in move.work.reps.items() if move.hard else ():
            least = HEAVY_REST_S if reps <= HEAVY_REPS else LIGHT_REST_S
            if slot.rest_s[goal] < least:
                raise CatalogueError(f"{where}, {move.exercise}: {reps} repetitions need {least} s of rest ({goal}).")


def _number(value: object) -> bool:
    return isinstance(value, NUMBER) and not isinstance(value, bool)

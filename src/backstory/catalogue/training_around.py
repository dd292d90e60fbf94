"""What stands around training, read and checked: warm-up, cool-down, days of rest, and gates."""

from collections.abc import Mapping, Set
from typing import Any

from backstory.catalogue.catalogue import Catalogue
from backstory.catalogue.training_reading import NUMBER, Table, check_fields, check_words, demand_of, pair
from backstory.catalogue.training_values import (
    DEMANDS,
    LEVELS,
    Around,
    CoolDown,
    Gate,
    Mastered,
    RestDays,
    Suggestion,
    TrainingSlot,
    Walking,
    WarmUp,
    WarmUpPart,
)
from backstory.errors import CatalogueError

SAID = {"rule": str, "grade": str, "source": str}
MOST_MINUTES = 60.0
LEAST_MOVES = 3
AROUND = {"demand": list, "kind": str, "before": list, "hold_s": NUMBER, "muscles": list, "sides": int, "says": str}
GATE = {"name": str, "exercises": list, "text": str, **SAID}
GATE_MAY = {"behind": list, "hold": str, "hold_s": NUMBER, "pain_below": NUMBER, "no_leg_symptoms": bool}


def read_warm_up(table: Table, catalogue: Catalogue, slots: Mapping[str, TrainingSlot], held: Set[str]) -> WarmUp:
    """warm_up.toml. held: exercises that are stretches. Raises CatalogueError, also where the parts do not fit."""
    check_fields("warm_up.toml", table, {"minutes": list, "most_hold_s": NUMBER, "parts": list, **SAID})
    whole = pair("warm_up.toml, minutes", table["minutes"], MOST_MINUTES)
    parts = tuple(_part(one, float(table["most_hold_s"]), catalogue, slots, held) for one in table["parts"])
    least, most = (sum(part.minutes[k] for part in parts) for k in (0, 1))
    if not whole[0] <= least <= most <= whole[1]:
        told = f"its parts take {least:g} to {most:g} min, not {whole[0]:g} to {whole[1]:g}"
        raise CatalogueError(f"warm_up.toml: {told}.")
    return WarmUp(parts, whole, float(table["most_hold_s"]), table["rule"], table["grade"], table["source"])


def _part(
    table: Table, most_hold_s: float, catalogue: Catalogue, slots: Mapping[str, TrainingSlot], held: Set[str]
) -> WarmUpPart:
    where = f"warm_up.toml, {table.get('id')}"
    check_fields(where, table, {"id": str, "name": str, "minutes": list, "kinds": list, "moves": list})
    moves = tuple(_around(where, move, catalogue) for move in table["moves"])
    for move in moves:
        check_words(where, "kinds", [move.kind], table["kinds"])
        check_words(f"{where}, {move.exercise}", "slots", move.before, slots)
        if move.exercise in held and not 0 < (move.hold_s or 0) <= most_hold_s:
            raise CatalogueError(f"{where}, {move.exercise}: hold_s must say how long, {most_hold_s:g} s at most.")
    for kind in table["kinds"]:
        of_kind = [move for move in moves if move.kind == kind]
        if not any(not move.before and not catalogue.exercises[move.exercise].equipment for move in of_kind):
            raise CatalogueError(f"{where}: {kind} needs a move for any day that needs no equipment.")
        if len(of_kind) < LEAST_MOVES:
            raise CatalogueError(f"{where}: {kind} needs {LEAST_MOVES} moves.")
    minutes = pair(f"{where}, minutes", table["minutes"], MOST_MINUTES)
    return WarmUpPart(table["id"], table["name"], minutes, tuple(table["kinds"]), moves)


def read_cool_down(table: Table, catalogue: Catalogue, muscles: Set[str]) -> CoolDown:
    """cool_down.toml. muscles: each needs a stretch, or to be named as having none. Raises CatalogueError."""
    check_fields("cool_down.toml", table, {"easy": dict, "static": dict, "lying": dict, **SAID})
    easy, static, lying = table["easy"], table["static"], table["lying"]
    check_fields("cool_down.toml, easy", easy, {"minutes": list, "moves": list})
    check_fields("cool_down.toml, static", static, {"hold_s": list, "none_for": list, "moves": list})
    check_fields("cool_down.toml, lying", lying, {"after_minutes": NUMBER, "minutes": list, "moves": list})
    moves = {
        name: tuple(_around(f"cool_down.toml, {name}", move, catalogue) for move in part["moves"])
        for name, part in (("easy", easy), ("static", static), ("lying", lying))
    }
    stretched = {muscle for move in moves["static"] for muscle in move.muscles}
    check_words("cool_down.toml, static", "muscles", (*stretched, *static["none_for"]), muscles)
    if stretched | set(static["none_for"]) != muscles or stretched & set(static["none_for"]):
        raise CatalogueError("cool_down.toml, static: each muscle needs a stretch, or to stand in none_for.")
    return CoolDown(
        easy=moves["easy"], easy_minutes=pair("cool_down.toml, easy", easy["minutes"], MOST_MINUTES),
        stretches=moves["static"], hold_s=pair("cool_down.toml, static", static["hold_s"], 120),
        lying=moves["lying"], lying_minutes=pair("cool_down.toml, lying", lying["minutes"], MOST_MINUTES),
        lying_after_minutes=float(lying["after_minutes"]),
        rule=table["rule"], grade=table["grade"], source=table["source"],
    )  # fmt: skip


def read_rest_days(table: Table, catalogue: Catalogue) -> RestDays:
    """rest_day.toml. Raises CatalogueError."""
    check_fields("rest_day.toml", table, {"walking": dict, "suggestions": dict, "reminders": dict})
    numbers = {"minutes_a_week": NUMBER, "minutes": NUMBER, "times_a_week": int}
    check_fields("rest_day.toml, walking", table["walking"], {**numbers, **SAID})
    suggestions = []
    for identity, one in table["suggestions"].items():
        where = f"rest_day.toml, {identity}"
        check_fields(where, one, {"exercise": str, "text": str, "minutes": dict, **SAID}, {"demand": list})
        check_words(where, "exercises", [one["exercise"]], catalogue.exercises)
        if tuple(one["minutes"]) != LEVELS or not all(isinstance(n, NUMBER) and n > 0 for n in one["minutes"].values()):
            raise CatalogueError(f"{where}: minutes needs a number for {', '.join(LEVELS)}.")
        asked = demand_of(where, one["demand"]) if "demand" in one else {}
        suggestions.append(Suggestion(**{**one, "id": identity, "demand": asked}))
    for identity, one in table["reminders"].items():
        check_fields(f"rest_day.toml, {identity}", one, {"text": str, **SAID})
    reminders = tuple(Suggestion(id=identity, **one) for identity, one in table["reminders"].items())
    return RestDays(Walking(**table["walking"]), tuple(suggestions), reminders)


def read_mastered(table: Table) -> Mastered:
    """The table `base` of gates.toml. Raises CatalogueError."""
    where = "gates.toml, base"
    numbers = {"sessions": int, "sets": int, "hold_share": NUMBER, "most_pain": NUMBER, "least_rir": int}
    check_fields(where, table, {**numbers, "reps": list, "text": str, **SAID})
    low, high = pair(where, table["reps"], 30)
    return Mastered(**{**table, "reps": (int(low), int(high))})


def read_gate(identity: str, table: Table, catalogue: Catalogue, slots: Mapping[str, TrainingSlot]) -> Gate:
    """One gate of gates.toml. Raises CatalogueError."""
    where = f"gates.toml, {identity}"
    check_fields(where, table, GATE, GATE_MAY)
    check_words(
        where, "exercises", (*table["exercises"], *[table[k] for k in ("hold",) if k in table]), catalogue.exercises
    )
    if ("hold" in table) != ("hold_s" in table):
        raise CatalogueError(f"{where}: hold and hold_s come together.")
    if not {"behind", "hold", "pain_below"} & table.keys():
        raise CatalogueError(f"{where}: nothing stands before it.")
    behind = []
    for one in table.get("behind", ()):
        check_fields(where, one, {"slot": str, "rung": int})
        check_words(where, "slots", [one["slot"]], slots)
        if not 1 <= one["rung"] <= len(slots[one["slot"]].ladder):
            raise CatalogueError(f"{where}: {one['slot']} has no rung {one['rung']}.")
        behind.append((one["slot"], one["rung"]))
    rest: dict[str, Any] = {key: value for key, value in table.items() if key not in ("exercises", "behind")}
    return Gate(id=identity, exercises=frozenset(table["exercises"]), behind=tuple(behind), **rest)


def _around(where: str, table: Table, catalogue: Catalogue) -> Around:
    check_fields(where, table, {"exercise": str}, AROUND)
    check_words(where, "exercises", [table["exercise"]], catalogue.exercises)
    asked = (
        demand_of(f"{where}, {table['exercise']}", table["demand"]) if "demand" in table else dict.fromkeys(DEMANDS, 0)
    )
    lists = {key: tuple(table[key]) for key in ("before", "muscles") if key in table}
    return Around(**{**table, **lists, "demand": asked})

"""Why each exercise of a plan is there, which rule speaks against the others, and what could stand in for it."""

from dataclasses import replace
from typing import Any

from backstory import catalogue
from backstory.errors import NotEnough
from backstory.journal.plan_gates import closed_gates
from backstory.journal.plan_slots import Given, candidate_of, options, set_weights
from backstory.journal.plan_told import lift
from backstory.journal.planning import Planned
from backstory.load import peak_load
from backstory.plan.choosing import Objection, Option, Wishes, highest_rung, objection
from backstory.plan.values import Candidate

SWAPS = 6


def explained(planned: Planned) -> list[dict[str, Any]]:
    """For each exercise of the first week: why it is there, and which rule objects to each alternative."""
    given, rows = planned.given, {}
    for full in planned.weeks[0].sessions:
        for candidate in (chosen.candidate for chosen in full.session.main):
            if candidate.exercise not in rows and candidate.slot in given.training.slots:
                rows[candidate.exercise] = _explained(given, candidate)
    return list(rows.values())


def _explained(given: Given, one: Candidate) -> dict[str, Any]:
    slot = given.training.slots[one.slot]
    wanted = ("R05" if slot.direction else "R24", f"the week needs {slot.name}")
    others = [(option, against) for option, against in objections(given, one.slot) if option.exercise != one.exercise]
    loads = set_weights([candidate_of(given, one.slot, option.exercise) for option, _ in others], given)
    return {
        "exercise": one.exercise, "name": one.name,
        "why": [{"rule": rule, "text": text} for rule, text in (*one.because, wanted)],
        "alternatives": [
            {
                "exercise": option.exercise, "name": option.name, "load": round(load, 2),
                "objection": None if against is None else {"rule": against.rule, "text": against.text},
            }
            for (option, against), load in zip(others, loads, strict=True)
        ],
    }  # fmt: skip


def objections(given: Given, slot_id: str) -> list[tuple[Option, Objection | None]]:
    """Everything that could fill a slot, and the first rule that speaks against it."""
    wishes = _wishes(given)
    there = [option for option, _ in options(given, given.training.slots[slot_id]).values()]
    highest = highest_rung(there, given.history.done, given.history.worst, wishes, given.today)
    return [(option, objection(option, wishes, highest)) for option in there]


def swapped(given: Given, name_or_id: str) -> dict[str, Any]:
    """What could stand in for an exercise, the lightest on the low back first. Raises UnknownExercise, NotEnough."""
    exercise = catalogue.load().get(name_or_id)
    slot_id = given.training.slot_of(exercise)
    free = [] if slot_id is None else [option for option, against in objections(given, slot_id) if against is None]
    offers = [candidate_of(given, slot_id, o.exercise) for o in free if slot_id and o.exercise != exercise.id]
    if not offers:
        raise NotEnough(f"There is nothing to stand in for {exercise.name} with what there is and may be done.")
    rows = [
        {
            "exercise": one.exercise, "name": one.name, "load_kg": one.load_kg, "reps": one.reps,
            "peak_moment_nm": round(
                peak_load(given.catalogue.exercises[one.exercise], given.person, one.load_kg or 0.0).moment_nm
            ),
            "why": "; ".join(text for _, text in one.because),
        }
        for one in offers
    ]  # fmt: skip
    rows.sort(key=lambda row: (float(str(row["peak_moment_nm"])), str(row["exercise"])))
    return {"instead_of": exercise.id, "name": exercise.name, "offers": rows[:SWAPS]}


def stand_ins(given: Given, exercise_id: str) -> dict[str, Any]:
    """What could be done in place of an exercise, each as it would be planned, the lightest on the low back first; and
    which rule speaks against the others. times: the load of a set, 1 = as the exercise's own, None = nobody knows.
    Raises UnknownExercise.
    """
    exercise = catalogue.load().get(exercise_id)
    slot_id = given.training.slot_of(exercise)
    told: dict[str, Any] = {"exercise": exercise.id, "needs": "", "offers": [], "not_now": []}
    if slot_id is None:
        return told
    others = [(option, against) for option, against in objections(given, slot_id) if option.exercise != exercise.id]
    free = [candidate_of(given, slot_id, option.exercise) for option, against in others if against is None]
    there = options(given, given.training.slots[slot_id])
    own = [candidate_of(given, slot_id, exercise.id)] if exercise.id in there else []
    load, *loads = set_weights([*(own or free[:1]), *free], given) or [0.0]
    pairs = sorted(zip(free, loads, strict=True), key=lambda pair: (pair[1], pair[0].exercise))[:SWAPS]
    told["offers"] = [
        {**lift(one, one.sets), "times": round(weight / load, 2) if own and load and weight else None}
        for one, weight in pairs
    ]
    told["not_now"] = [
        {"exercise": option.exercise, "rule": against.rule, "text": against.text}
        for option, against in others
        if against is not None
    ]
    return {**told, "needs": f"the week needs {given.training.slots[slot_id].name}"}


def _wishes(given: Given) -> Wishes:
    closed = closed_gates(given.training, given.history, given.wishes, given.today)
    return replace(given.wishes, closed=closed)

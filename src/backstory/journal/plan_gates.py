"""Gates before exercises: what must have been mastered, held, or be calm, before they are planned."""

from datetime import date, timedelta

from backstory.catalogue.training_values import Gate, Training
from backstory.journal.plan_history import History
from backstory.plan.choosing import Wishes

RECENT = timedelta(days=60)
WEEK = timedelta(days=7)


def closed_gates(training: Training, history: History, wishes: Wishes, today: date) -> dict[str, tuple[str, str]]:
    """Gates that do not stand open, with the rule and the sentence why."""
    return {
        gate.id: (gate.rule, gate.text) for gate in training.gates if not _open(gate, training, history, wishes, today)
    }


def _open(gate: Gate, training: Training, history: History, wishes: Wishes, today: date) -> bool:
    worst = max((pain for day, pain in history.worst.items() if today - WEEK < day <= today), default=0.0)
    if gate.pain_below is not None and worst >= gate.pain_below:
        return False
    if gate.no_leg_symptoms and (history.state.leg or wishes.most.get("nerve", 3) == 0):
        return False
    if _knows(gate, history, today):
        return True
    if gate.hold is not None and not _held(gate, history):
        return False
    return all(_mastered(slot, rung, training, history, wishes.good_reps) for slot, rung in gate.behind)


def _knows(gate: Gate, history: History, today: date) -> bool:
    """Whether the person has done what lies behind the gate lately, and more than once."""
    times = [one.day for name in gate.exercises for one in history.done.get(name, ()) if one.day >= today - RECENT]
    return len(set(times)) > 1


def _held(gate: Gate, history: History) -> bool:
    return gate.hold_s is not None and history.holds.get(gate.hold or "", 0.0) >= gate.hold_s


def _mastered(slot: str, rung: int, training: Training, history: History, reps_asked: int) -> bool:
    least = training.mastered
    for move in training.slots[slot].moves:
        if move.rung >= rung:
            good = [
                one
                for one in history.done.get(move.exercise, ())
                if sum(reps >= min(least.reps[0], reps_asked) for reps in one.reps) >= least.sets
                and (one.rir is None or one.rir >= least.least_rir)
                and history.worst.get(one.day, 0.0) <= least.most_pain
            ]
            if len(good) >= least.sessions:
                return True
    return False

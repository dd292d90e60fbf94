"""A block of weeks: each is planned as if the one before it had been done as planned."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from backstory.journal.plan_history import History
from backstory.journal.plan_slots import WALK
from backstory.plan.plan import Plan
from backstory.plan.progress import Done
from backstory.plan.state import State


def lived(known: History, made: Plan) -> History:
    """What would be known after a week that went as planned, one repetition better than asked, without any pain."""
    done: dict[str, list[Done]] = defaultdict(list, {name: list(times) for name, times in known.done.items()})
    hard: dict[str, date] = dict(known.hard)
    largest = known.largest or 0.0
    for full in made.sessions:
        largest = max(largest, full.session.load)
        for one in full.session.main:
            candidate = one.candidate
            reps = (float((candidate.reps or 0) + 1),) * one.sets if candidate.reps else ()
            done[candidate.exercise].append(Done(full.day, candidate.load_kg, reps))
            if candidate.hard:
                hard |= {muscle: full.day for muscle, share in candidate.muscles.items() if share >= 1}
    trained = tuple(sorted({*known.trained, *(full.day for full in made.sessions)}))
    walks = {day.day: day.minutes for day in made.rest_days if day.exercise == WALK}
    return replace(
        known,
        done={name: tuple(times) for name, times in done.items()},
        hard=hard,
        trained=trained,
        active=tuple(sorted({*known.active, *made.wanted.moving})),
        walks={**known.walks, **walks},
        largest=largest or None,
        state=State(),
    )

"""The rest of a week that has begun: what was done of it is kept, and counts."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

from backstory.catalogue.training import load_training
from backstory.journal.plan_history import History
from backstory.journal.plan_wish import Checked, WeekSoFar
from backstory.load import monday

HELPING = 0.5  # R25
WEEK_DAYS = 7


def rest_of_this_week(asked: Checked, known: History) -> Checked:
    """Where the week of the first day holds sessions already, the plan ends with it; else it takes seven days.

    It takes seven days, too, where none of the asked days is left of the week, and for a block of weeks.
    """
    begins = monday(asked.first)
    ends = begins + timedelta(days=WEEK_DAYS)
    so_far = [item for item in known.weighed if item.day >= begins and item.session.sets]
    trained = {item.day for item in so_far}
    left = tuple(day for day in asked.days if day.day < ends and day.day not in trained)
    if not so_far or not left or asked.weeks > 1:
        return asked
    training, sets = load_training(), defaultdict[str, float](float)
    slots: Counter[str] = Counter()
    for item in so_far:
        exercises = [exercise for exercise in item.exercises if exercise is not None]
        for exercise in (one for one in exercises if one.family != "core"):
            for muscle in exercise.primary:
                sets[muscle] += 1
            for muscle in exercise.secondary:
                sets[muscle] += HELPING
        done = {exercise.id: training.slot_of(exercise) for exercise in exercises}
        slots.update({slot for slot in done.values() if slot is not None})
        slots.update({f"keep {name}" for name in done if name in asked.keep})
    load = sum(item.load.power_sums[1] or 0.0 for item in so_far)
    held = WeekSoFar(dict(sets), dict(slots), load, len(left) / len(asked.days))
    return replace(asked, days=left, span_days=(ends - asked.first).days, done=held)

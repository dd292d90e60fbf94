"""What `backstory load` tells: days, weeks, muscles, balance, jumps and notes, beside the person's own usual."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from backstory import load
from backstory.days.table import LONGEST_BREAK
from backstory.errors import NotEnough
from backstory.journal.entering import person_of
from backstory.journal.loading import weigh
from backstory.journal.opening import Journal
from backstory.load import EXPOSURE_UNITS, MOMENT_BAND, Weighed
from backstory.questions import load_rules

USUAL_OVER = timedelta(days=90)
BALANCE_OVER = timedelta(days=28)
WEEK = 7


def load_report(journal: Journal) -> dict[str, Any]:
    """What training did to the low back: by day and week, by muscle, in balance, and where it jumped.

    Raises NotEnough where no training is recorded.
    """
    log = weigh(journal)
    weighed = [item for item in log if item.session.sets]
    if not weighed:
        activities = len(log)
        noted = f" {activities} activities are noted; they count by effort and minutes." if activities else ""
        raise NotEnough(f"No sets are recorded yet.{noted} Import a training log: `backstory import FILE`.")
    rules = load_rules()
    sets = [(item.day, exercise) for item in weighed for exercise in item.exercises if exercise]
    muscles = load.muscle_sets(sets, helping=rules["R25"].limits[0])
    few, many, _ = rules["R24"].limits
    usual = usual_of([item.load.power_sums[1] for item in weighed if item.day > weighed[-1].day - USUAL_OVER])
    loads = [(item.day, item.load.power_sums[1]) for item in weighed]
    return {
        "unit": EXPOSURE_UNITS["load"],
        "usual_day": usual,
        "assumed": list(person_of(journal.store.profile()).assumed),
        "days": [_day(item, usual) for item in weighed],
        "weeks": _weeks(weighed),
        "muscles": [
            {
                "week": week.isoformat(),
                "muscle": muscle,
                "sets": count,
                "level": "few" if count < few else "many" if count >= many else "middling",
            }
            for week, counts in sorted(muscles.items())
            for muscle, count in counts.items()
        ],
        "balance": load.balance(_counts([item for item in weighed if item.day > weighed[-1].day - BALANCE_OVER])),
        "spikes": [_spike(spike) for spike in load.spikes([(day, value) for day, value in loads if value])],
        "pauses": [_pause(pause) for pause in load.pauses(log, LONGEST_BREAK)],
        "notes": [
            {
                "rule": note.rule.id, "text": note.text, "value": note.value, "says": note.rule.text,
                "limits": list(note.rule.limits), "grade": note.rule.grade, "source": note.rule.source,
            }
            for note in load.notes(weighed, rules)
        ],
    }  # fmt: skip


def sets_of_day(journal: Journal, day: date) -> list[dict[str, Any]]:
    """Each set of a day with what it did to the low back. Raises NotEnough where the day has none."""
    weighed = [item for item in weigh(journal, day) if item.session.sets]
    if not weighed:
        raise NotEnough(f"No sets are recorded on {day.isoformat()}.")
    return [row for item in weighed for row in _sets(item)]


def _sets(item: Weighed) -> list[dict[str, Any]]:
    rows = []
    for i, (one_set, exercise) in enumerate(zip(item.session.sets, item.exercises, strict=True)):
        timed = bool(item.sets.minutes[i] > 0)
        known = bool(item.sets.known[i]) and not timed
        moment = float(item.sets.peak_moment_nm[i])
        rows.append({
            "name": one_set.exercise_name,
            "exercise": exercise.id if exercise else None,
            "load_kg": one_set.load_kg,
            "reps": one_set.reps,
            "peak_moment_nm": moment if known else None,
            "peak_moment_nm_band": [moment * (1 - MOMENT_BAND), moment * (1 + MOMENT_BAND)] if known else None,
            "impulse_nms": float(item.sets.impulse_nms[i]) if known else None,
            "minutes": float(item.sets.minutes[i]) if timed else None,
        })  # fmt: skip
    return rows


def usual_of(loads: Sequence[float | None]) -> float | None:
    """The median of what is known; None where nothing is, or nothing was carried."""
    known = [value for value in loads if value]
    return median(known) if known else None


def _counts(weighed: Sequence[Weighed]) -> Counter[str]:
    """Sets a family, and a side where the log names one."""
    counts: Counter[str] = Counter()
    for item in weighed:
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
            if exercise:
                counts[exercise.family] += 1
                side = load.side_of(f"{one_set.exercise_name} {one_set.note or ''}")
                counts[side or "no side"] += 1
    return counts


def _day(item: Weighed, usual: float | None) -> dict[str, Any]:
    sums = item.load.power_sums
    return {
        "date": item.day.isoformat(), "load": sums[1], "load_squared": sums[2], "load_fourth": sums[4],
        "times_usual": sums[1] / usual if usual and sums[1] is not None else None,
        "sets": item.load.sets, "estimated_sets": item.load.estimated_sets, "hard_sets": item.load.hard_sets,
        "break_s": load.break_s(item), "families": dict(item.load.by_family),
    }  # fmt: skip


def _spike(spike: load.Spike) -> dict[str, Any]:
    return {
        "date": spike.day.isoformat(), "load": spike.load, "largest_before": spike.largest_before,
        "ratio": spike.ratio, "compared_with": spike.compared_with,
    }  # fmt: skip


def _pause(pause: load.Pause) -> dict[str, Any]:
    return {
        "ended": pause.ended.isoformat(), "days": pause.days, "load": pause.load, "times_usual": pause.times_usual
    }  # fmt: skip


def _weeks(weighed: Sequence[Weighed]) -> list[dict[str, Any]]:
    weeks: dict[date, list[Weighed]] = defaultdict(list)
    for item in weighed:
        weeks[load.monday(item.day)].append(item)
    sums = {week: _known_sum([item.load.power_sums[1] for item in items]) for week, items in weeks.items()}
    rows = []
    for week, items in sorted(weeks.items()):
        before = [sums[w] for w in weeks if timedelta(0) < week - w <= USUAL_OVER]
        usual, this = usual_of(before), sums[week]
        repeated = load.most_repeated([exercise for item in items for exercise in item.exercises])
        days = len({item.day for item in items})
        length = _days_of(week, weighed)
        whole = length == WEEK
        breaks = [value for item in items if (value := load.break_s(item)) is not None]
        rows.append({
            "week": week.isoformat(),
            "load": this,
            "usual": usual,
            "times_usual": this / usual if whole and usual and this is not None else None,
            "whole": whole,
            "sessions": len(items),
            "sessions_not_known": sum(item.load.power_sums[1] is None for item in items),
            "training_days": days,
            "rest_days": length - days,
            "sets": sum(item.load.sets for item in items),
            "hard_sets": sum(item.load.hard_sets for item in items),
            "break_s": median(breaks) if breaks else None,
            "monotony": _monotony(week, items) if whole else None,
            "most_repeated": {"exercise": repeated[0].id, "sets": repeated[1]} if repeated else None,
        })  # fmt: skip
    return rows


def _days_of(week: date, weighed: Sequence[Weighed]) -> int:
    """How many days of a week lie within the log, from its first session to its last."""
    first, last = max(week, weighed[0].day), min(week + timedelta(days=WEEK - 1), weighed[-1].day)
    return (last - first).days + 1


def _monotony(week: date, items: Sequence[Weighed]) -> float | None:
    """None where a session's load is not known."""
    daily = dict.fromkeys((week + timedelta(days=n) for n in range(WEEK)), 0.0)
    for item in items:
        if item.load.power_sums[1] is None:
            return None
        daily[item.day] += item.load.power_sums[1]
    return load.monotony(list(daily.values()))


def _known_sum(loads: Sequence[float | None]) -> float | None:
    known = [value for value in loads if value is not None]
    return sum(known) if known else None

"""A plan as values: the command line's contract, with the rules in words."""

from collections.abc import Mapping
from typing import Any

from backstory.journal.planning import Planned
from backstory.model import Rule
from backstory.plan.plan import FullSession, Part, Plan
from backstory.plan.rules import RULES, Held, minutes_of
from backstory.plan.values import Candidate, Clash
from backstory.questions import load_rules


def as_json(planned: Planned) -> dict[str, Any]:
    """The contract: all weeks' sessions and days of rest in one, the rules of each week that they were held in."""
    weeks, rules = planned.weeks, load_rules()
    last = weeks[-1]
    return {
        "from": planned.wish.first.isoformat(),
        "goal": last.goal,
        "weeks": len(weeks),
        "optimal": all(week.week.optimal for week in weeks),
        "gap": sum(week.week.bound - week.week.worth for week in weeks),
        "sessions": [_session(week, one) for week in weeks for one in week.sessions],
        "rest_days": [
            {"date": day.day.isoformat(), "suggestion": day.suggestion, "minutes": day.minutes, "usual": day.usual}
            for week in weeks
            for day in week.rest_days
        ],
        "rules": _rules(weeks, rules),
        "clashes": [_clash(clash) for week in weeks for clash in week.week.clashes],
        "expected": _expected(weeks),
        "notes": list(weeks[0].notes),
    }


def _clash(clash: Clash) -> dict[str, Any]:
    """`more_minutes` on `date`, or what to `leave_out`, where a wish opens the way out."""
    told: dict[str, Any] = {"rules": list(clash.rules), "way_out": clash.way_out}
    if clash.more_minutes is not None:
        day, minutes = clash.more_minutes
        told |= {"date": day.isoformat(), "more_minutes": minutes}
    return told if clash.leave_out is None else {**told, "leave_out": clash.leave_out}


def _session(week: Plan, full: FullSession) -> dict[str, Any]:
    return {
        "date": full.day.isoformat(), "kind": full.kind, "minutes": full.session.minutes,
        "takes": round(minutes_of(week, full.day)), "load": round(full.session.load, 2),
        "warm_up": [_part(part) for part in full.warm_up],
        "main": [lift(chosen.candidate, chosen.sets) for chosen in full.session.main],
        "cool_down": [_part(part) for part in full.cool_down],
    }  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    return {"exercise": part.exercise, "name": part.name, "minutes": part.minutes, "kind": part.kind}


def lift(one: Candidate, sets: int) -> dict[str, Any]:
    """An exercise of a session's main part."""
    return {
        "exercise": one.exercise, "name": one.name, "slot": one.slot, "sets": sets, "reps": one.reps,
        "hold_s": one.hold_s, "holds": list(one.holds), "minutes": one.minutes, "load_kg": one.load_kg,
        "rir": one.rir, "rest_s": one.rest_s,
        "ramp": [{"kg": kg, "reps": reps} for kg, reps in one.ramp],
        "why": "; ".join(f"{text} ({rule})" for rule, text in one.because),
    }  # fmt: skip


def _rules(weeks: tuple[Plan, ...], known: Mapping[str, Rule]) -> list[dict[str, Any]]:
    """Each rule once: held if it is held in every week; what is shown is the week in which it is held least."""
    rows = []
    for rule in RULES:
        seen = [rule.look(week) for week in weeks if not week.week.clashes] or [Held("", "", None)]
        shown = next((held for held in seen if held.held is False), seen[0])
        about = known[rule.id]
        rows.append({
            "id": rule.id, "text": about.text, "hard": rule.hard, "held": shown.held, "value": shown.value,
            "limit": shown.limit, "grade": about.grade, "source": about.source,
        })  # fmt: skip
    return rows


def _expected(weeks: tuple[Plan, ...]) -> dict[str, float] | None:
    told = [week.points for week in weeks if week.points is not None]
    if not told or len(told) < len(weeks):
        return None
    sums = [sum(points[k] for points in told) / len(told) for k in range(3)]
    return {"points": sums[0], "lo90": sums[1], "hi90": sums[2]}

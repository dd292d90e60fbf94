"""Plans as `backstory plan --json` prints them, written by hand: two short sessions, a barbell week, a flare."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

Plan = dict[str, Any]


def part(name: str, minutes: float, kind: str = "raise") -> Plan:
    return {"exercise": name.casefold().replace(" ", "-"), "name": name, "minutes": minutes, "kind": kind}


def exercise(id_: str, name: str, sets: int, reps: int | None = None, **more: Any) -> Plan:
    empty: Plan = {"hold_s": None, "minutes": None, "load_kg": None, "rir": 3, "rest_s": 90, "ramp": []}
    why = "new to your log: the basic version first (R33)"
    return {"exercise": id_, "name": name, "slot": "", "sets": sets, "reps": reps, "why": why} | empty | more


def rule(id_: str, text: str, held: bool | None, hard: bool = True, value: str = "as asked") -> Plan:
    about = {"limit": "6", "grade": f"grade of {id_}", "source": f"source of {id_}"}
    return {"id": id_, "text": text, "hard": hard, "held": held, "value": value} | about


def session(day: str, kind: str, minutes: int, takes: int, main: Sequence[Plan]) -> Plan:
    return {
        "date": day, "kind": kind, "minutes": minutes, "takes": takes, "load": 6.2, "main": list(main),
        "warm_up": [part("Walk", 4), part("World's Greatest Stretch", 1.5, "spine")],
        "cool_down": [part("Walk", 3), part("Hamstring Stretch", 0.5, "stretch")],
    }  # fmt: skip


def plan(goal: str, sessions: Sequence[Plan], rest_days: Sequence[str], **more: Any) -> Plan:
    values = {
        "from": sessions[0]["date"] if sessions else "2026-11-23", "goal": goal, "weeks": 1, "optimal": True, "gap": 0,
        "sessions": list(sessions), "clashes": [], "expected": None,
        "rest_days": [{"date": day, "suggestion": "Walk, easily.", "minutes": 20} for day in rest_days],
        "rules": [
            rule("R26", "Pulling to pushing, in sets.", False, hard=False, value="0 to 6 sets"),
            rule("R18", "At least one full rest day in seven.", True, value="at most 4 of 7 days"),
            rule("R20", "A session beside the largest of 30 days.", None),
        ],
        "notes": ["Pain up to 2 of 10: go on (weak evidence, R38)."],
    }  # fmt: skip
    return deepcopy(values | more)


SQUAT = exercise(
    "squat", "Squat (Barbell)", 3, 8, load_kg=60.0, rest_s=120, rir=2, why="last time 3 x 9 at 60 kg; the same (R23)",
    ramp=[{"kg": 25.0, "reps": 8}, {"kg": 37.5, "reps": 5}, {"kg": 47.5, "reps": 3}],
)  # fmt: skip
BENCH = exercise("bench-press", "Bench Press (Barbell)", 4, 6, load_kg=52.5, rest_s=150)
ROW = exercise("seated-cable-row", "Seated Row (Cable)", 4, 10, load_kg=45.0)
PLANK = exercise("plank", "Plank", 2, 6, hold_s=10.0, rir=None, rest_s=30)
WALK = exercise("walk", "Walking", 1, minutes=20.0, rir=None)
CARRY = exercise("farmers-walk", "Farmers Walk", 3, hold_s=30.0, load_kg=16.0, rir=None, rest_s=60)
SHORT = plan(
    "general",
    [
        session("2026-11-23", "core and easy work", 30, 29, [exercise("glute-bridge", "Glute Bridge", 3, 12), PLANK]),
        session("2026-11-26", "whole body", 30, 30, [exercise("push-up", "Push Up", 3, 8), PLANK]),
    ],
    ["2026-11-24", "2026-11-25", "2026-11-27", "2026-11-28", "2026-11-29"],
)
GYM = plan(
    "strength",
    [
        session("2026-11-23", "whole body", 60, 57, [SQUAT, BENCH, CARRY]),
        session("2026-11-24", "upper body", 60, 60, [ROW, PLANK, WALK]),
        session("2026-11-26", "whole body", 60, 59, [SQUAT, ROW, PLANK]),
        session("2026-11-28", "upper body", 60, 58, [BENCH, CARRY]),
    ],
    ["2026-11-25", "2026-11-27", "2026-11-29"],
    expected={"points": 4.2, "lo90": 1.0, "hi90": 7.7},
)
FLARE = plan(
    "return",
    [session("2026-11-25", "core and easy work", 40, 38, [PLANK, WALK])],
    ["2026-11-26"],
    notes=["A flare since 20 November: less load for now (R41).", "Stop what sends it further down (R40)."],
    expected={"points": -0.4, "lo90": -1.1, "hi90": 0.2},
)
NO_WEEK = plan(
    "general", [], [], clashes=[{"rules": ["time", "R18"], "way_out": "10 more minutes on Tuesday."}], optimal=False,
    rules=[rule("R18", "At least one full rest day in seven.", False)],
)  # fmt: skip
PLANS = {"short": SHORT, "gym": GYM, "flare": FLARE}


def renamed(values: Plan, name: str) -> Plan:
    """The same plan, with this text for everything that is only text."""
    new = deepcopy(values)
    for one in new["sessions"]:
        one["kind"] = name
        for piece in (*one["warm_up"], *one["main"], *one["cool_down"]):
            piece |= {"name": name, "why": name}
    for one in new["rest_days"]:
        one["suggestion"] = name
    for one in new["rules"]:
        one |= {"text": name, "value": name, "limit": name, "grade": name, "source": name}
    for one in new["clashes"]:
        one["way_out"] = name
    return new | {"notes": [name, name], "goal": name}

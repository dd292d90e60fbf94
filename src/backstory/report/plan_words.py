"""The words that terminal, Markdown, calendar and page of a plan share.

A plan is the JSON object that `backstory plan --json` prints. expected: pain points that a week's training
brings, over all mornings after it, with the ends of the 90 % range; of several weeks, their mean. Where every week is
like it, the mornings of a week bear as much.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from backstory.model import POUND_KG
from backstory.report.answer_values import plain

Json = Mapping[str, Any]
GOALS = {
    "strength": "for strength",
    "muscle": "for muscle",
    "general": "for general fitness",
    "return": "to come back after a flare",
}
BIDI = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
KILOS = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?) kg\b")
DAYS = 7
NOTICED = 2  # points of pain that people notice
RIR = "RIR: repetitions in reserve, how many more you could have done."
RANGE = "90 % range"


def inert(text: object) -> str:
    """Text on one line, without control characters and without marks that turn the direction of reading."""
    return plain(str(text).translate(BIDI))


def number(value: float) -> str:
    """With at most two decimals, the half as a sign of its own where nothing else follows.

    >>> number(60.0), number(37.25), number(1.5), number(0.5), number(-20)
    ('60', '37.25', '1½', '½', '−20')
    """
    text = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    if text.endswith(".5") and abs(value) < 10:
        text = text.removesuffix(".5").removeprefix("0") + "½"
    return f"−{text}" if value < 0 and text != "0" else text


def weight(kg: float, units: str) -> str:
    """A weight as it stands on plates; pounds to the half pound.

    >>> weight(37.5, "kg"), weight(60, "lb")
    ('37.5 kg', '132.5 lb')
    """
    value = round(2 * kg / POUND_KG) / 2 if units == "lb" else kg
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−") + f" {units}"


def told(text: object, units: str) -> str:
    """A sentence whose kilograms are told in the person's units."""
    said = inert(text)
    return KILOS.sub(lambda found: weight(float(found[1]), units), said) if units == "lb" else said


def work(one: Json, units: str) -> str:
    """Sets, repetitions or seconds or minutes, and the load.

    >>> work({"sets": 3, "reps": 8, "load_kg": 60.0}, "kg"), work({"sets": 2, "reps": 5, "hold_s": 10}, "kg")
    ('3 x 8 @ 60 kg', '2 x 5 holds of 10 s')
    """
    sets, reps, hold_s, minutes = one["sets"], one.get("reps"), one.get("hold_s"), one.get("minutes")
    if hold_s is not None:
        counts = [str(count) for count in one.get("holds") or ()][:sets]
        if len(set(counts)) > 1:
            return f"{', '.join(counts)} holds of {number(hold_s)} s" + _with_load(one, units)
        each = f"{reps} holds of {number(hold_s)} s" if reps and reps > 1 else f"{number(hold_s)} s"
    elif minutes is not None:
        each = f"{number(minutes)} min"
    else:
        each = "as many as go well" if reps is None else str(reps)
    return (each if sets == 1 and minutes is not None else f"{sets} x {each}") + _with_load(one, units)


def _with_load(one: Json, units: str) -> str:
    return f" @ {weight(one['load_kg'], units)}" if one.get("load_kg") else ""


def rest(one: Json) -> str:
    """The break between sets; empty where there is only one set.

    >>> rest({"sets": 3, "rest_s": 120}), rest({"sets": 3, "rest_s": 90}), rest({"sets": 3, "rest_s": 150})
    ('2 min', '90 s', '2½ min')
    """
    seconds = one.get("rest_s")
    if not seconds or one["sets"] < 2:
        return ""
    return f"{number(seconds / 60)} min" if seconds == 60 or (seconds >= 120 and not seconds % 30) else f"{seconds:g} s"


def ramp(one: Json, units: str) -> str:
    """The lighter sets before; empty where there are none."""
    return ", ".join(f"{step['reps']} @ {weight(step['kg'], units)}" for step in one.get("ramp") or ())


def around(parts: Sequence[Json], space: str = " ") -> tuple[str, str]:
    """Minutes of a warm-up or cool-down in all, and what there is to do with the minutes of each.

    space: what stands between the last word of a name and its minutes.
    """
    total = number(sum(part["minutes"] for part in parts))
    return f"{total} min", ", ".join(f"{inert(part['name'])}{space}{number(part['minutes'])}" for part in parts)


def day(text: str, short: bool = False) -> str:
    """A day as a person writes it."""
    found = date.fromisoformat(text)
    return f"{found:%a} {found.day} {found:%b}" if short else f"{found:%A} {found.day} {found:%B}"


def title(plan: Json) -> str:
    """The weeks, and since when."""
    first = date.fromisoformat(plan["from"])
    span = "Week" if plan["weeks"] == 1 else f"{plan['weeks']} weeks"
    return f"{span} from {day(plan['from'])} {first.year}"


def summary(plan: Json) -> str:
    """How many sessions, and what for."""
    count = len(plan["sessions"])
    goal = GOALS.get(plan["goal"]) or f"for {inert(plan['goal'])}"
    return f"{count or 'No'} session{'s' * (count != 1)} {goal}"


def length(session: Json) -> str:
    """What a session takes, and the time that there is.

    >>> length({"takes": 57, "minutes": 60}), length({"takes": 30.0, "minutes": 30})
    ('57 of 60 min', '30 min')
    """
    takes, minutes = number(session["takes"]), number(session["minutes"])
    return f"{takes} min" if takes == minutes else f"{takes} of {minutes} min"


def by_week(plan: Json) -> list[tuple[str, list[Json], list[Json]]]:
    """Heading, sessions and rest days of each week, counted from the first day; no heading where there is one week."""
    first = date.fromisoformat(plan["from"])

    def week(one: Json) -> int:
        return (date.fromisoformat(one["date"]) - first).days // 7

    together = sorted([*plan["sessions"], *plan["rest_days"]], key=lambda one: str(one["date"]))
    weeks = []
    for count, found in groupby(together, key=week):
        days = list(found)
        sessions = [one for one in days if "main" in one]
        heading = f"Week {count + 1}" if plan["weeks"] > 1 else ""
        weeks.append((heading, sessions, [one for one in days if "main" not in one]))
    return weeks


def other_days(days: Sequence[Json]) -> str:
    """What days without a session are called: on some of them the person usually runs or the like.

    >>> other_days([{"usual": False}]), other_days([{"usual": True}, {}])
    ('Rest days', 'Other days')
    """
    return "Other days" if any(one.get("usual") for one in days) else "Rest days"


def suggestion(one: Json) -> str:
    """What may be done on a rest day, and how long."""
    words = inert(one["suggestion"]).rstrip(".")
    return f"{words} ({number(one['minutes'])} min)" if one.get("minutes") else words


def expected(plan: Json) -> str:
    """What the person's own answer makes of it; empty where it says nothing."""
    found = plan.get("expected")
    if not found:
        return ""
    points, low, high = (_points(found[name]) for name in ("points", "lo90", "hi90"))
    what = "a week like this goes" if plan["weeks"] == 1 else "weeks like these go"
    return (
        f"By your own log, {what} with {points} pain points against your usual week, all mornings added up "
        f"({RANGE} {low} to {high}). That is {_points(found['points'] / DAYS)} a morning; people notice {NOTICED}."
    )


def proof(plan: Json) -> str:
    """Whether a better week could be found; empty where this is the best there is, or where there is none."""
    if plan["optimal"] or not plan["sessions"]:
        return ""
    return "The best that was found in the time there was; a slightly better one may exist."


def looked_at(plan: Json) -> list[Json]:
    """The rules that apply, hard ones first."""
    return sorted((rule for rule in plan["rules"] if rule["held"] is not None), key=lambda rule: not rule["hard"])


def broken(plan: Json) -> list[Json]:
    """The rules that are not held."""
    return [rule for rule in looked_at(plan) if not rule["held"]]


def compared(rule: Json) -> str:
    """A rule, and what the plan makes of it."""
    text = inert(rule["text"])
    return f"{text}{'' if text.endswith(('.', '!', '?')) else '.'} Here: {inert(rule['value'])}."


def graded(rule: Json) -> str:
    """Its id and grade.

    >>> graded({"id": "R18", "grade": "opinion"})
    'R18, opinion'
    """
    return ", ".join(inert(rule[name]) for name in ("id", "grade") if rule.get(name))


def ways_out(plan: Json) -> list[str]:
    """For each clash the cheapest way out, and the rules, in words where the plan holds their words."""
    texts = {rule["id"]: f"{inert(rule['text']).rstrip('.')} ({inert(rule['id'])})" for rule in plan["rules"]}
    return [
        f"{inert(clash['way_out'])} What clashes: {'; '.join(texts.get(name, inert(name)) for name in clash['rules'])}."
        for clash in plan["clashes"]
    ]


def _points(value: float) -> str:
    rounded = round(value, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"

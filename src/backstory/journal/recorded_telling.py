"""One entry of everything that was recorded, as people read it and as it can be changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from backstory import catalogue
from backstory.errors import InputError
from backstory.journal.limits import told_as
from backstory.model import Bout, CheckIn, Exercise, Limits, Outcome, shown, words
from backstory.model import Entry as Entered
from backstory.questions.help_first import load_help
from backstory.questions.measures import find_measure
from backstory.store import Found, asked_of, check_in_of, entry_of, trial_of

Row = Mapping[str, Any]
Find = Callable[[str], Exercise | None]
EXERCISES_SHOWN = 4
# What can be changed of each kind, and as what it is given.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "check-in": {
        "day": "day", "when": "text", "pain": "number", "where": "words", "feels": "words", "hurts": "words",
        "leg_symptoms": "flag", "sleep_h": "number", "sleep_quality": "number", "slept": "text", "sitting_h": "number",
        "stress": "number", "painkiller": "flag", "trained": "text", "other_load": "text", "session": "text",
        "note": "text",
    },
    "session": {"day": "day", "title": "text", "note": "text", "duration_s": "number", "effort": "number"},
    "activity": {
        "day": "day", "title": "name", "note": "text", "duration_s": "number", "effort": "number",
        "distance_km": "number",
    },
    "set": {
        "exercise_name": "name", "load_kg": "number", "reps": "number", "duration_s": "number",
        "distance_km": "number", "rpe": "number", "kind": "name", "note": "text",
    },
    "measure": {"day": "day", "value": "value"},
    "limits": {"keep": "words", "avoid": "words", "prescribed_by": "text"},
    "outcome": {"day": "day", "answers": "answers"},
    "bout": {"day": "day"},
    "help-first": {"answers": "answers", "seen_on": "some day"},
    "name": {"exercise_id": "name"},
    "trial": {}, "profile": {},
}  # fmt: skip
REMOVABLE = frozenset(FIELDS) - {"trial", "profile"}
UNITS = {"load_kg": "kg", "reps": "reps", "duration_s": "s", "distance_km": "km"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was recorded. `id` as `change` and `remove` take it; text: one line; values: what it holds, by
    name (a session's `sets` each with their own `id`); editable: which of them can be changed.
    """

    id: str
    day: date
    kind: str
    title: str
    text: str
    values: Mapping[str, Any]
    editable: tuple[str, ...]
    removable: bool


def with_ids(sets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sets of a session, each under the id that it is changed and removed by; not copied, a page holds a thousand."""
    for one in sets:
        one["id"] = f"set:{one['id']}"
    return sets


def told(found: Found, sets: Sequence[Row], find: Find) -> Entry:
    """A row as an entry. sets: of a session; find: the exercise that a name means to this person."""
    title, text, values = _session(found.row, sets, find) if found.kind == "session" else TELL[found.kind](found.row)
    return Entry(
        f"{found.kind}:{found.place.id}",
        found.place.day,
        found.kind,
        title,
        text,
        values,
        tuple(FIELDS[found.kind]),
        found.kind in REMOVABLE,
    )


Told = tuple[str, str, dict[str, Any]]


def _check_in(row: Row) -> Told:
    one = check_in_of(row)
    moment = f", {one.session} a session" if one.session else f", {one.when}" if one.when else ""
    values = _values(one) | {"recalled": one.recalled, "imported": row["import_id"] is not None}
    return f"Check-in{moment}", ", ".join(_said(one)) + ".", values


def _values(one: CheckIn | Entered) -> dict[str, Any]:
    """By name, and not copied: a search looks at hundreds."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _said(one: CheckIn) -> list[str]:
    """What a check-in says, each as a few words."""
    numbers = (
        ("pain {:g}", one.pain), ("slept {:g} h", one.sleep_h), ("sleep {:g} of 10", one.sleep_quality),
        ("sat {:g} h", one.sitting_h), ("stress {:g}", one.stress),
    )  # fmt: skip
    texts = (
        ("slept on the {}", one.slept), ("trained: {}", one.trained), ("other load: {}", one.other_load),
        ("{}", one.note),
    )  # fmt: skip
    lists = (("{}", one.where), ("{}", one.feels), ("hurts: {}", one.hurts))
    flags = (("leg symptoms", one.leg_symptoms), ("painkiller", one.painkiller))
    said = [pattern.format(value) for pattern, value in numbers if value is not None]
    said[1:1] = [pattern.format(" and ".join(value).replace("-", " ")) for pattern, value in lists if value]
    said += [name if value else f"no {name}" for name, value in flags if value is not None]
    said += [pattern.format(value) for pattern, value in texts if value]
    return [said[0][:1].upper() + said[0][1:], *said[1:]] if said else ["Nothing"]


def finder(own: Mapping[str, str]) -> Find:
    """The exercise that a name means, by the person's own choices (key → id) first; each name is looked up once."""
    known = catalogue.load()
    return cache(lambda name: known.find(name, own))


def _session(row: Row, sets: Sequence[Row], find: Find) -> Told:
    by_name: dict[str, list[Row]] = {}
    for one in sets:
        by_name.setdefault(one["exercise_name"], []).append(one)
    exercises = [_exercise(name, group) for name, group in by_name.items()]
    more = [f"and {len(exercises) - EXERCISES_SHOWN} more"] if len(exercises) > EXERCISES_SHOWN else []
    parts = [*exercises[:EXERCISES_SHOWN], *more, *_around(row)]
    values = _of_session(row) | {"sets": sets}
    values["exercises"] = {name: exercise.id if (exercise := find(name)) else None for name in by_name}
    return row["title"] or next(iter(by_name), "Session"), "; ".join(parts) + ".", values


def _exercise(name: str, sets: Sequence[Row]) -> str:
    heaviest = max((one["load_kg"] for one in sets if one["load_kg"]), default=None)
    weight = "" if heaviest is None else f", up to {heaviest:g} kg"
    return f"{name}: {len(sets)} set{'s' if len(sets) > 1 else ''}{weight}"


def _activity(row: Row) -> Told:
    return row["title"] or "Activity", "; ".join(_around(row) or ["No more is known"]) + ".", _of_session(row)


def _around(row: Row) -> list[str]:
    """Minutes, kilometres, effort and note of a session."""
    minutes = None if row["duration_s"] is None else row["duration_s"] / 60
    told = (("{:.0f} minutes", minutes), ("{:g} km", row["distance_km"]), ("effort {:g} of 10", row["effort"]))
    noted = [row["note"]] if row["note"] else []
    return [pattern.format(value) for pattern, value in told if value is not None] + noted


def _of_session(row: Row) -> dict[str, Any]:
    names = ("day", "source", "started_at", "duration_s", "title", "note", "effort", "distance_km")
    return {name: row[name] for name in names}


def _set(row: Row) -> Told:
    values = {"id": f"set:{row['id']}", **{name: row[name] for name in (*FIELDS["set"], "logged_load", "tick")}}
    told = [f"{row[name]:g} {unit}" for name, unit in UNITS.items() if row[name] is not None]
    return row["exercise_name"], " × ".join(told) or "Nothing more is known", values


def _measure(row: Row) -> Told:
    return words(row["name"]), f"{row['value']:g}", {name: row[name] for name in ("day", "name", "value")}


def _limits(row: Row) -> Told:
    one = entry_of(row)
    assert isinstance(one, Limits)
    lists = (("to do", one.keep), ("to avoid", one.avoid))
    parts = [f"{name}: {', '.join(map(told_as, entries))}" for name, entries in lists if entries]
    text = "; ".join([*parts, *([f"by {one.prescribed_by}"] if one.prescribed_by else [])])
    return "Limits from a clinician", f"{text[:1].upper()}{text[1:]}." if parts else "None hold any more.", _values(one)


def _outcome(row: Row) -> Told:
    one = entry_of(row)
    assert isinstance(one, Outcome)
    try:
        measure = find_measure(one.measure)
        name, unit = measure.name, measure.unit
    except InputError:  # a measure that this program does not have any more
        name, unit = one.measure, ""
    return name, f"{one.value:g} {unit or 'points'}", _values(one) | {"unit": unit}


def _bout(row: Row) -> Told:
    one = entry_of(row)
    assert isinstance(one, Bout)
    return "A bout of pain", "Taken back: it was none." if one.withdrawn else "It began on this day.", _values(one)


def _help_first(row: Row) -> Told:
    one, questions = asked_of(row), load_help().questions
    yes = [questions[key].noted if key in questions else key for key, answer in one.answers.items() if answer]
    count = len(one.answers)
    parts = [f"{count} question{'s' if count > 1 else ''} answered"] if count else []
    parts += [f"yes to: {', '.join(yes)}"] if yes else []
    parts += [f"a doctor or physio had a look on {shown(one.seen_on)}"] if one.seen_on else []
    text = "; ".join(parts)
    return "Get help first", f"{text[:1].upper()}{text[1:]}.", one._asdict() | {"answers": dict(one.answers)}


def _name(row: Row) -> Told:
    values = {name: row[name] for name in ("name", "exercise_id")}
    return "Name of an exercise", f"“{row['name']}” is {told_as(row['exercise_id'])}.", values


def _trial(row: Row) -> Told:
    one = trial_of(row)
    ended = f"; ended on {shown(one.ended_on)} ({one.ended_because})" if one.ended_on else ""
    text = f"{one.days} days, to {shown(one.last_day)}{ended}."
    return f"Self-trial: {one.title}", text, asdict(one)


def _profile(row: Row) -> Told:
    values = {name: row[name] for name in ("name", "value")}
    return "Profile", f"{words(row['name'])}: {row['value']}", values


TELL: Mapping[str, Callable[[Row], Told]] = {
    "check-in": _check_in, "activity": _activity, "set": _set, "measure": _measure,
    "limits": _limits, "outcome": _outcome, "bout": _bout, "help-first": _help_first, "name": _name, "trial": _trial,
    "profile": _profile,
}  # fmt: skip

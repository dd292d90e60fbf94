"""A plan as a calendar (RFC 5545): a session is an event with a reminder, a rest day one for the whole day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Any

from icalendar import Alarm, Calendar, Event

from backstory.errors import InputError, NotEnough
from backstory.report import plan_words as words
from backstory.report.plan_words import Json

MARK = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Backstory//"  # what every one of them begins with
PRODUCT = "-//Backstory//Plan//EN"
Say = Callable[[str], str]
MINUTE = timedelta(minutes=1)
LONGEST_MINUTES = 7 * 24 * 60  # of a reminder


def calendar(
    plan: Json, at: time, reminder_minutes: int | None = 30, units: str = "kg", made: datetime | None = None,
    say: Say = str,
) -> bytes:  # fmt: skip
    """The sessions and rest days of a plan as a calendar file.

    at: when a session begins, local time wherever the calendar is read; reminder_minutes: before it, None = none;
    units: kg or lb; made: when the plan was made (left out: the start of its first day), naive = UTC; say: turns a
    sentence into the person's language. An event is known by its day alone: the same day in a plan that was made later
    takes its place. Summaries say what kind of session it
    is and nothing more; calendars are shared. Raises NotEnough for a plan without any day, InputError for a reminder
    after the start or more than a week ahead.
    """
    if reminder_minutes is not None and not 0 <= reminder_minutes <= LONGEST_MINUTES:
        raise InputError(f"A reminder comes 0 to {LONGEST_MINUTES} minutes before, not {reminder_minutes}.")
    if not (plan["sessions"] or plan["rest_days"]):
        raise NotEnough("There is no day in this plan to put into a calendar.")
    made = datetime.combine(date.fromisoformat(plan["from"]), time()) if made is None else made
    stamp = (made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)).replace(microsecond=0)
    found = Calendar()
    for name, value in {"version": "2.0", "prodid": PRODUCT, "calscale": "GREGORIAN"}.items():
        found.add(name, value)
    for session in plan["sessions"]:
        found.add_component(_session(session, at, reminder_minutes, stamp, _described(session, units, say), say))
    for rest_day in plan["rest_days"]:
        found.add_component(_rest_day(rest_day, stamp, say))
    return bytes(found.to_ical())


def _session(
    session: Json, at: time, reminder_minutes: int | None, stamp: datetime, described: str, say: Say
) -> Event:  # fmt: skip
    begins = datetime.combine(date.fromisoformat(session["date"]), at.replace(tzinfo=None, microsecond=0))
    summary = say(f"Training: {words.inert(session['kind'])}")
    event = _event(session, stamp, {"summary": summary, "description": described})
    event.add("dtstart", begins)
    event.add("duration", ceil(session["takes"]) * MINUTE)
    if reminder_minutes is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -reminder_minutes * MINUTE)
        alarm.add("description", summary)
        event.add_component(alarm)
    return event


def _rest_day(one: Json, stamp: datetime, say: Say) -> Event:
    begins = date.fromisoformat(one["date"])
    summary, told = say("As usual" if one.get("usual") else "Rest day"), say(words.suggestion(one))
    event = _event(one, stamp, {"summary": summary, "description": told, "transp": "TRANSPARENT"})
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(days=1))
    return event


def _event(one: Json, stamp: datetime, values: Mapping[str, Any]) -> Event:
    """CLASS:PRIVATE: others see that there is something, where the calendar's server knows how."""
    event = Event()
    event.add("uid", f"{one['date']}@plan.backstory")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", int(stamp.timestamp()) // 60)
    event.add("class", "PRIVATE")
    for name, value in values.items():
        event.add(name, value)
    return event


def _described(session: Json, units: str, say: Say) -> str:
    """What to do, without the reasons: those speak of the back."""
    lines = [_around("Warm-up", session["warm_up"], say)]
    for one in session["main"]:
        first = words.ramp(one, units)
        details = [words.work(one, units), f"rest {words.rest(one)}" if words.rest(one) else ""]
        lines.append(say(f"{words.inert(one['name'])}: {', '.join(detail for detail in details if detail)}"))
        lines += [f"   {say(f'first {first}')}"] if first else []
    lines.append(_around("Cool-down", session["cool_down"], say))
    return "\n".join(line for line in lines if line)


def _around(label: str, parts: Sequence[Json], say: Say) -> str:
    if not parts:
        return ""
    minutes, what = words.around([{**part, "name": say(words.inert(part["name"]))} for part in parts])
    return f"{say(label)}, {minutes}: {what}"

"""Today: how the back is, today's session, a trial's instruction, and one sentence of state."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.datastructures import FormData

from backstory.errors import InputError, NotEnough
from backstory.journal import recorded, rhythm, trialling
from backstory.journal.entering import check_in, log_activity, said_so_far
from backstory.journal.said_back import said_back_of
from backstory.model import (
    AREAS,
    FEELS,
    MOVEMENTS,
    OTHER_LOADS,
    SESSION_MOMENTS,
    SLEEP_POSITIONS,
    TIMES_OF_DAY,
)  # fmt: skip
from backstory.web.forms import Filled, amount, day_of, several, yes_or_no
from backstory.web.planned import planned, shown_weight, units_of
from backstory.web.showing import Seen, View, chosen

router = APIRouter()
NOON = 12
KIND = "check-in"  # among what was recorded
DAY = timedelta(days=1)
CHOICES = {
    "areas": AREAS, "feels": FEELS, "movements": MOVEMENTS, "sleep_positions": SLEEP_POSITIONS,
    "other_loads": OTHER_LOADS, "moments": SESSION_MOMENTS,
}  # fmt: skip
NUMBERS = ("sleep_h", "sleep_quality", "sitting_h", "stress")
WORDS = ("when", "trained", "slept", "other_load", "note")
ACTIVITY = ("minutes", "effort", "km")
LISTS = ("where", "feels", "hurts")
NOTHING_BESIDE = dict.fromkeys(("help_due", "suggestion", "next_step"), "")
ANSWERS = ("leg_symptoms", "painkiller")


@router.get("/")
def today(seen: Seen, day: Annotated[str, Query()] = "") -> Response:
    """The page, of today or of a day before it."""
    journal = seen.desk.journal
    asked, now = day_of(day) or journal.today(), journal.today()
    if asked > now:
        raise InputError(f"{asked.isoformat()} is still to come.")
    beside, answer, plan = seen.desk.shelf.get("today"), seen.desk.shelf.get("answer"), planned(seen)
    return seen.page(
        "today.html", new=journal.store.is_empty(), beside=beside.value or NOTHING_BESIDE, trial=_trial(seen),
        state=answer, plan=plan, fresh=beside.fresh and answer.fresh and plan.kept.fresh, now=now,
        units=units_of(seen), weight=shown_weight, yesterday=asked - DAY, tomorrow=asked + DAY,
        **_day_values(seen, asked),
    )  # fmt: skip


@router.post("/")
def say(seen: Seen, form: Filled) -> Response:
    """One tap, a score or that there is no training, with whatever else was filled in below it."""
    day, score = _day(seen, form), amount(form.get("pain"), seen.text("today.how"))
    said: dict[str, Any] = {name: amount(form.get(name), seen.text(f"today.{name}")) for name in NUMBERS}
    said |= {name: chosen(form, name) for name in WORDS}
    said |= {name: several(form.getlist(name)) for name in LISTS}
    said |= {name: yes_or_no(form.get(name)) for name in ANSWERS}
    if score is None and not any(value not in (None, ()) for name, value in said.items() if name != "when"):
        raise InputError(seen.text("today.says_nothing"))
    check_in(seen.desk.journal, day=day, pain=score, **said)
    if score is not None:
        return noted(seen, day, "today.noted", said["when"], pain=score)
    return noted(seen, day, "today.noted_rest" if said["trained"] == "no" else "today.noted_more", said["when"])


@router.post("/session-pain")
def say_session(seen: Seen, form: Filled) -> Response:
    """Pain before, during or after training; it is not the day's."""
    day, score = _day(seen, form), amount(form.get("pain"), seen.text("today.how"))
    moment = chosen(form, "session") or SESSION_MOMENTS[-1]
    if score is None:
        raise InputError(seen.text("today.says_nothing"))
    check_in(seen.desk.journal, day=day, pain=score, session=moment)
    return noted(seen, day, "today.noted_session", pain=score, moment=seen.text(f"today.{moment}"))


@router.post("/activity")
def say_activity(seen: Seen, form: Filled) -> Response:
    """What no file holds: a run, yoga, moving house."""
    day, (minutes, effort, km) = _day(seen, form), (amount(form.get(n), seen.text(f"today.{n}")) for n in ACTIVITY)
    if minutes is None and km is None:
        raise InputError(seen.text("today.activity_needs"))
    done = log_activity(seen.desk.journal, chosen(form, "kind") or "", day, minutes, effort, km)
    return noted(seen, day, "today.noted_activity", kind=done.title)


def _day(seen: View, form: FormData) -> date:
    return day_of(form.get("day")) or seen.desk.journal.today()


@router.post("/undo")
def undo(seen: Seen, form: Filled) -> Response:
    """Take back a check-in that was just given; the journal's page brings it back. Raises InputError."""
    entry = recorded.entry(seen.desk.journal, chosen(form, "entry") or "")
    if entry.kind != KIND:
        raise InputError(seen.text("today.says_nothing"))
    recorded.remove(seen.desk.journal, entry.id)
    return noted(seen, entry.day, "today.undone", taken_back=True)


def noted(seen: View, day: date, key: str, when: str | None = None, taken_back: bool = False, **gaps: Any) -> Response:
    """The page again, or its upper part with a word on what was done, and the time of day as it was chosen."""
    if not seen.by_script:
        return seen.go_to("/" if day == seen.desk.journal.today() else f"/?day={day.isoformat()}")
    values = _day_values(seen, day)
    newest = recorded.recorded(seen.desk.journal, day.isoformat(), KIND, limit=1).entries
    undoes = "" if taken_back or key == "today.noted_activity" or not newest else newest[0].id
    shown = seen.page(
        "parts/check_in.html",
        said_now=seen.text(key, **gaps),
        undoes=undoes,
        **{**values, "when": when or values["when"]},
    )
    shown.headers["HX-Trigger"] = "noted"
    return shown


def _day_values(seen: View, day: date) -> dict[str, Any]:
    """What was said on a day, what may be said, and what is said back."""
    journal = seen.desk.journal
    told, is_today = said_so_far(journal, day), day == journal.today()
    late = journal.clock().astimezone().hour >= NOON if is_today else told.morning is not None
    moments = [one.session for one in told.sessions]
    return {
        "day": day, "told": told, "when": TIMES_OF_DAY[late], "weekly": rhythm.is_weekly(journal),
        "is_today": is_today, "back": said_back_of(journal, told),
        "moment": next((one for one in SESSION_MOMENTS if one not in moments), SESSION_MOMENTS[-1]), **CHOICES,
    }  # fmt: skip


def _trial(seen: View) -> dict[str, Any] | None:
    """What today is in a self-trial; None where none is running."""
    try:
        found = trialling.day_of(seen.desk.journal, None)
    except NotEnough:
        return None
    return found if found["arm"] else None

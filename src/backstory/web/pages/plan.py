"""The plan: today's session to be ticked off, the days to come, and what is wanted of them."""

from datetime import date, time
from functools import cache, partial
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel

from backstory.errors import InputError, NotEnough
from backstory.journal import plan_own
from backstory.journal.entering import all_exercises, check_in
from backstory.journal.plan_wish import MINUTES, WEEKDAYS, WEEKS, Wish
from backstory.journal.training import log_set, unlog_set
from backstory.model import SESSION_MOMENTS
from backstory.web.forms import amount, needed_day, yes_or_no
from backstory.web.planned import (
    TITLE,
    PlannedSet,
    Shown,
    days_of,
    done_on,
    in_kg,
    next_of,
    planned,
    sets_of,
    shown_weight,
    tick_of,
    units_of,
)
from backstory.web.showing import Seen, View

router = APIRouter(prefix="/plan")
GOALS, LEVELS = ("strength", "muscle", "general", "return"), ("new", "some", "long")
CHOICES: dict[str, Any] = {
    "weekdays": WEEKDAYS,
    "goals": GOALS,
    "levels": LEVELS,
    "minutes_range": MINUTES,
    "weeks_range": WEEKS,
}
FIRST_PLAN_S = 20.0  # how long a first tick waits for the plan that it belongs to, after the app was started anew
BEFORE_TRAINING = "Pain while training"  # the note that belongs to the first set


@router.get("")
def plan(seen: Seen, when: str = "") -> Response:
    """The page. when: "fresh" = only once it is of the journal as it stands, so that nothing open is closed before."""
    shown = planned(seen)
    if when and seen.by_script and not shown.kept.fresh:
        return Response(status_code=204)
    return seen.page("plan.html", shown=shown, **CHOICES, **_values(seen, shown))


class Tick(BaseModel):
    """A set's button, with the fields as they stand."""

    day: str
    exercise: str
    set: str
    kg: str = ""
    reps: str = ""
    seconds: str = ""
    rir: str = ""


@router.post("/sets")
def tick(seen: Seen, form: Annotated[Tick, Form()]) -> Response:
    """One tap: the set stands in the log as it was planned, or as it was corrected before."""
    when = needed_day(form.day)
    sets = sets_of(_lift(seen, when, form.exercise), form.day, done_on(seen, when))
    asked = next((one for one in sets if one.key == form.set), None)
    if asked is None:
        raise InputError("There is no such set in this session.")
    typed = {name: amount(getattr(form, name), seen.text(f"plan.{name}")) for name in ("kg", "reps", "seconds", "rir")}
    told = _as_done(asked, next_of(sets), typed, units_of(seen))
    log_set(
        seen.desk.journal, when, form.exercise, told["kg"], told["reps"], rir=told["rir"], duration_s=told["seconds"],
        kind=asked.kind, title=TITLE, tick=tick_of(form.day, form.exercise, form.set),
    )  # fmt: skip
    return _part(seen, when, form.exercise, seen.text("plan.ticked"))


@router.post("/sets/undo")
def untick(
    seen: Seen, entry: Annotated[str, Form(alias="undo")], day: Annotated[str, Form()],
    exercise: Annotated[str, Form()],
) -> Response:  # fmt: skip
    """Take a ticked set back."""
    unlog_set(seen.desk.journal, entry)
    return _part(seen, needed_day(day), exercise, seen.text("plan.unticked"))


@router.post("/begin")
def begin(seen: Seen, day: Annotated[str, Form()]) -> Response:
    """Do another day's session today."""
    today = seen.desk.journal.today()
    session = next((one for one in planned(seen).others if one["date"] == day), None)
    if session is None:
        raise InputError("There is no such session in the plan any more; look at it again.")
    plan_own.begin(seen.desk.journal, today, {**session, "date": today.isoformat()})
    return seen.go_to("/plan")


@router.post("/pain")
def pain(
    seen: Seen, moment: Annotated[str, Form()], score: Annotated[str, Form(alias="pain")],
    leg: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Pain before, at its worst during, or after a session."""
    if moment not in SESSION_MOMENTS:
        raise InputError(f"A session has the moments {', '.join(SESSION_MOMENTS)}.")
    given = {"pain": amount(score, seen.text("today.how")), "leg_symptoms": yes_or_no(leg)}
    check_in(seen.desk.journal, session=moment, **given)
    if not seen.by_script:
        return seen.go_to("/plan")
    return seen.page(
        "parts/plan_pain.html", moment=moment, said=_pain_said(seen), said_now=seen.text("today.noted_more")
    )


@router.get("/instead/{exercise}")
def instead(seen: Seen, exercise: str) -> Response:
    """What else could be done, and why not the rest."""
    found = seen.desk.shelf.get("instead", exercise=exercise, **plan_own.wanted(seen.desk.journal))
    template = "parts/plan_instead.html" if seen.by_script else "plan_instead.html"
    return seen.page(template, exercise=exercise, found=found, units=units_of(seen), weight=shown_weight)


@router.post("/swap")
def swap(seen: Seen, exercise: Annotated[str, Form()], other: Annotated[str, Form()]) -> Response:
    """Another exercise in place of one, from now on: it is kept, the first is avoided."""
    journal = seen.desk.journal
    wish = plan_own.wanted(journal)
    keep = [name for name in wish.get("keep", ()) if name not in (exercise, other)]
    avoid = [name for name in wish.get("avoid", ()) if name not in (exercise, other)]
    offers = seen.desk.shelf.get("instead", FIRST_PLAN_S, exercise=exercise, **wish).value
    plan_own.want(journal, Wish(**{**wish, "keep": (*keep, other), "avoid": (*avoid, exercise)}))
    session = plan_own.begun(journal)
    if session is not None and any(one["exercise"] == exercise for one in session["main"]):
        one = next((one for one in (offers or {}).get("offers", ()) if one["exercise"] == other), None)
        if one is not None:
            plan_own.swap_today(journal, exercise, {name: one[name] for name in one if name != "times"})
    return seen.go_to("/plan")


@router.post("/wish")
async def wish(seen: Seen) -> Response:
    """What is wanted of the weeks to come."""
    form = await seen.request.form()

    def words(name: str) -> tuple[str, ...]:
        parts = (part.strip() for value in form.getlist(name) for part in str(value).split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    numbers = tuple(round(amount(part, seen.text("plan.minutes")) or 0) for part in words("minutes"))
    weeks = amount(form.get("weeks"), seen.text("plan.weeks"))
    asked = Wish(
        days=words("days"), minutes=numbers, goal=str(form.get("goal") or "") or None,
        level=str(form.get("level") or "") or None, equipment=words("equipment"), keep=words("keep"),
        avoid=words("avoid"), weeks=1 if weeks is None else int(weeks),
    )  # fmt: skip
    plan_own.want(seen.desk.journal, asked)
    return seen.go_to("/plan")


@router.post("/give")
def give(
    seen: Seen, day: Annotated[str, Form()] = "", more_minutes: Annotated[str, Form()] = "",
    leave_out: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """The way out of a clash: more minutes on a day, or an exercise that need not come."""
    journal = seen.desk.journal
    if leave_out:
        plan_own.need_not_come(journal, leave_out)
    else:
        plan_own.lengthen(journal, needed_day(day), int(amount(more_minutes, "minutes") or 0))
    return seen.go_to("/plan")


@router.get("/calendar.ics")
def calendar(seen: Seen, at: str = "18:00") -> Response:
    """The plan for a calendar."""
    from backstory.journal.plan_files import as_calendar

    try:
        begins = time.fromisoformat(at)
    except ValueError:
        raise InputError(f"A time is written such as 18:00, not {at[:20]!r}.") from None
    made = as_calendar(_whole(seen), begins, units_of(seen), seen.desk.journal.clock(), seen.say)
    return _file(made, "text/calendar", "backstory-plan.ics")


@router.get("/plan.md")
def markdown(seen: Seen) -> Response:
    """The plan as Markdown."""
    from backstory.journal.plan_files import as_markdown

    return _file(as_markdown(_whole(seen), units_of(seen), seen.say), "text/markdown", "backstory-plan.md")


@router.get("/print")
def printed(seen: Seen) -> Response:
    """The plan as a page to print and write on; it has its own style, which its policy names."""
    from backstory.journal.entering import person_of
    from backstory.journal.plan_files import as_page

    person = person_of(seen.desk.journal.store.profile())
    page, policy = as_page(_whole(seen), person, units_of(seen), seen.say, seen.language)
    return Response(page, media_type="text/html", headers={"content-security-policy": policy})


def _file(content: str | bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _whole(seen: View) -> dict[str, Any]:
    """A plan that can be taken along. Raises NotEnough."""
    shown = planned(seen, FIRST_PLAN_S)
    if not shown.told.get("sessions") and shown.session is None:
        raise NotEnough(shown.refused or shown.kept.why_not or "There is no plan yet that could be taken along.")
    if not shown.told:
        raise NotEnough("The plan is being worked out; try again in a moment.")
    return shown.whole


def _lift(seen: View, day: date, exercise: str) -> dict[str, Any]:
    """The exercise in the session of a day, which has begun with this. Raises InputError."""
    session = plan_own.begun(seen.desk.journal, day)
    if session is None:
        shown = planned(seen, FIRST_PLAN_S)
        session = shown.session if shown.session and shown.session["date"] == day.isoformat() else None
        if session is not None:
            plan_own.begin(seen.desk.journal, day, session)
    found = next((one for one in (session or {"main": ()})["main"] if one["exercise"] == exercise), None)
    if found is None:
        raise InputError("This exercise is not in the day's session any more; look at the plan again.")
    return dict(found)


def _as_done(
    asked: PlannedSet, shown: PlannedSet, typed: dict[str, float | None], units: str
) -> dict[str, float | None]:
    """How a set was done: as it was asked for, but for what was changed in the fields, where `shown` stood.

    A lighter set is as it was asked for; and what was left in reserve only who did it can say.
    """
    planned_as = {"kg": asked.load_kg, "reps": asked.reps, "seconds": asked.seconds}
    if asked.kind != "normal":
        return {**planned_as, "rir": None}
    stood = {"kg": shown_weight(shown.load_kg, units), "reps": shown.reps, "seconds": shown.seconds}
    told = {name: planned_as[name] if typed[name] == stood[name] else typed[name] for name in planned_as}
    if typed["kg"] != stood["kg"]:
        told["kg"] = in_kg(typed["kg"], units)
    return {**told, "rir": typed["rir"]}


def _part(seen: View, day: date, exercise: str, said: str) -> Response:
    if not seen.by_script:
        return seen.go_to(f"/plan#{exercise}")
    lift = _lift(seen, day, exercise)
    return seen.page(
        "parts/plan_lift.html", lift=lift, day=day.isoformat(), today=True, said_now=said, **_for_sets(seen, day)
    )


def _for_sets(seen: View, day: date) -> dict[str, Any]:
    done = done_on(seen, day)
    return {
        "units": units_of(seen), "weight": shown_weight, "next_of": next_of,
        "sets_of": partial(sets_of, day=day.isoformat(), done=done),
    }  # fmt: skip


def _values(seen: View, shown: Shown) -> dict[str, Any]:
    today = seen.desk.journal.today()
    notes = shown.told.get("notes", [])
    return {
        "day": today, "days": days_of(shown, today), "said": _pain_said(seen),
        "at_first": [note for note in notes if note.startswith(BEFORE_TRAINING)],
        "notes": [note for note in notes if not note.startswith(BEFORE_TRAINING)],
        "equipment": ("none", "everything", *_equipment()),
        "profile": seen.desk.journal.store.profile(), **_for_sets(seen, today),
    }  # fmt: skip


def _pain_said(seen: View) -> dict[str, Any]:
    """What was said of today's session, by its moments."""
    return {one.session: one for one in seen.desk.journal.store.check_ins(seen.desk.journal.today()) if one.session}


@cache
def _equipment() -> list[str]:
    """Everything that some exercise needs."""
    return sorted({thing for exercise in all_exercises() for thing in exercise.equipment})

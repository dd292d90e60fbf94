"""Today: how the back is, today's session, a trial's instruction, and one sentence of state."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from backstory.errors import NotEnough
from backstory.journal import helping, trialling
from backstory.journal.entering import check_in, check_ins_of
from backstory.model import AREAS, FEELS, MOVEMENTS, OTHER_LOADS, SLEEP_POSITIONS, CheckIn
from backstory.web.forms import amount, several, yes_or_no
from backstory.web.showing import Seen, View

router = APIRouter()
NOON = 12
CHOICES = {
    "areas": AREAS, "feels": FEELS, "movements": MOVEMENTS, "sleep_positions": SLEEP_POSITIONS,
    "other_loads": OTHER_LOADS,
}  # fmt: skip
NUMBERS = ("pain", "sleep_h", "sleep_quality", "sitting_h", "stress")
WORDS = ("when", "slept", "trained", "other_load", "note")
LISTS = ("where", "feels", "hurts")
ANSWERS = ("leg_symptoms", "painkiller")


@router.get("/")
def today(seen: Seen) -> Response:
    """The page."""
    now = seen.desk.journal.today()
    answer, plan = seen.desk.shelf.get("state"), seen.desk.shelf.get("plan")
    sessions = plan.value["sessions"] if plan.value else []
    return seen.page(
        "today.html", day=now, new=seen.desk.journal.store.is_empty(), help_due=helping.due_now(seen.desk.journal),
        trial=_trial(seen), state=answer, plan=plan,
        session=next((one for one in sessions if one["date"] == now.isoformat()), None), **_check_in_values(seen, now),
    )  # fmt: skip


@router.post("/")
def say(
    seen: Seen,
    pain: Annotated[str, Form()] = "",
    when: Annotated[str, Form()] = "",
    trained: Annotated[str, Form()] = "",
) -> Response:
    """One tap: a score, or that there is no training today."""
    given = {"pain": amount(pain, seen.text("today.how")), "when": when or None, "trained": trained or None}
    check_in(seen.desk.journal, **given)
    return _noted(seen, "today.noted_rest" if given["pain"] is None else "today.noted", pain=pain)


@router.post("/more")
async def say_more(seen: Seen) -> Response:
    """Everything else about the day, with the score as it stands."""
    form = await seen.request.form()
    said: dict[str, Any] = {name: amount(form.get(name), seen.text(f"today.{name}")) for name in NUMBERS[1:]}
    said |= {name: str(form.get(name) or "").strip() or None for name in WORDS}
    said |= {name: several(form.getlist(name)) for name in LISTS}
    said |= {name: yes_or_no(form.get(name)) for name in ANSWERS}
    said["pain"] = amount(form.get("pain"), seen.text("today.how"))
    check_in(seen.desk.journal, **said)
    return _noted(seen, "today.noted_more")


def _noted(seen: View, key: str, **gaps: str) -> Response:
    if not seen.by_script:
        return seen.go_to("/")
    now = seen.desk.journal.today()
    return seen.page("parts/check_in.html", said_now=seen.text(key, **gaps), **_check_in_values(seen, now))


def _check_in_values(seen: View, day: date) -> dict[str, Any]:
    """What was said today, and what may be said."""
    hour = seen.desk.journal.clock().astimezone().hour
    told = merged(check_ins_of(seen.desk.journal, day))
    return {"told": told, "when": told.get("when") or ("morning" if hour < NOON else "evening"), **CHOICES}


def merged(check_ins: list[CheckIn]) -> dict[str, Any]:
    """What a day's check-ins say together, the later ones counting; those about a session are not the day's.

    >>> day = date(2026, 3, 14)
    >>> merged([CheckIn(day, pain=3, when="morning"), CheckIn(day, sleep_h=7), CheckIn(day, pain=2, when="morning")])
    {'pain': 2, 'when': 'morning', 'sleep_h': 7}
    """
    told: dict[str, Any] = {}
    for one in check_ins:
        if one.session is None:
            values = {field.name: getattr(one, field.name) for field in fields(one)}
            told |= {name: value for name, value in values.items() if value not in (None, ())}
    return {name: value for name, value in told.items() if name not in ("day", "entered_at")}


def _trial(seen: View) -> dict[str, Any] | None:
    """What today is in a self-trial; None where none is running."""
    try:
        found = trialling.day_of(seen.desk.journal, None)
    except NotEnough:
        return None
    return found if found["arm"] else None

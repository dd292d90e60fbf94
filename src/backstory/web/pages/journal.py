"""Journal: everything that was recorded, newest first; searched, changed, removed, brought back; entries by hand."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from backstory.errors import InputError
from backstory.journal import helping, recorded
from backstory.journal.entering import all_exercises, log_activity
from backstory.journal.recorded_telling import FIELDS
from backstory.journal.training import log_set
from backstory.model import CHECK_IN_CHOICES, SET_KINDS
from backstory.web.forms import Filled, amount, day_of, several, whole, yes_or_no
from backstory.web.showing import Seen, View

router = APIRouter()
A_PAGE, MOST_SETS = 30, 20
CHOICES = {**CHECK_IN_CHOICES, "kind": SET_KINDS}
SURE, ANSWERS = "sure", "answers."
EMPTY = {"number": None, "text": None, "some day": None, "flag": None}


@router.get("/journal")
def journal(seen: Seen, q: str = "", kind: str = "", before: str = "") -> Response:
    """The list, or with htmx the next part of it."""
    page = recorded.recorded(seen.desk.journal, q, kind or None, before or None, A_PAGE)
    return seen.page(
        "journal.html", page=page, q=q, kind=kind, kinds=recorded.KINDS, day=seen.desk.journal.today(),
        last=recorded.last_change(seen.desk.journal),
    )  # fmt: skip


@router.get("/journal/exercises")
def exercises(seen: Seen) -> Response:
    """Names to choose from, asked for when somebody is about to."""
    return seen.page("parts/exercises.html", exercises=all_exercises())


@router.get("/journal/entry/{entry_id}")
def entry(seen: Seen, entry_id: str) -> Response:
    """One entry, to be changed."""
    found = recorded.entry(seen.desk.journal, entry_id)
    return seen.page(
        "journal_entry.html", one=found, types=FIELDS[found.kind], choices=CHOICES, questions=helping.question_texts()
    )


@router.post("/journal/entry/{entry_id}")
def change(seen: Seen, entry_id: str, form: Filled) -> Response:
    """Give it the values of the form. An answer on getting help opens or closes training: that is asked for first."""
    found = recorded.entry(seen.desk.journal, entry_id)
    given = {name: _value(seen, FIELDS[found.kind][name], name, form) for name in found.editable if name in _here(form)}
    if found.kind == helping.KIND:
        given |= _answers(found, form)
        if SURE not in form:
            return _ask_first(seen, found, given, form)
    recorded.change(seen.desk.journal, entry_id, given)
    return seen.go_to("/journal")


@router.post("/journal/remove/{entry_id}")
def remove(seen: Seen, entry_id: str, form: Filled) -> Response:
    """Take it away; it can be brought back. An answer on getting help is asked for first."""
    found = recorded.entry(seen.desk.journal, entry_id)
    if found.kind == helping.KIND and SURE not in form:
        return _ask_first(seen, found, None, form)
    done = recorded.remove(seen.desk.journal, entry_id)
    if not seen.by_script or found.kind == helping.KIND:
        return seen.go_to("/journal")
    return seen.page("parts/removed.html", change=done)


@router.post("/journal/undo")
def undo(seen: Seen, change_id: Annotated[str, Form()] = "") -> Response:
    """Bring back what was changed or removed, without a number the last."""
    recorded.undo(seen.desk.journal, whole(change_id, "change_id") if change_id else None)
    return seen.go_to("/journal")


@router.post("/journal/activity")
def activity(seen: Seen, form: Filled) -> Response:
    """An activity that no file holds."""
    minutes, effort, km = (amount(form.get(name), seen.text(f"journal.{name}")) for name in ("minutes", "effort", "km"))
    log_activity(seen.desk.journal, str(form.get("title") or ""), day_of(form.get("day")), minutes, effort, km)
    return seen.go_to("/journal")


@router.post("/journal/sets")
def sets(seen: Seen, form: Filled) -> Response:
    """Some sets of an exercise, all the same."""
    count = whole(form.get("sets") or "1", seen.text("journal.sets"))
    if not 1 <= count <= MOST_SETS:
        raise InputError(f"{seen.text('journal.sets')}: 1 to {MOST_SETS}.")
    load_kg, reps = (amount(form.get(name), seen.text(f"journal.{name}")) for name in ("load_kg", "reps"))
    day = day_of(form.get("day")) or seen.desk.journal.today()
    exercise = str(form.get("exercise") or "").strip()
    found = next((one for one in all_exercises() if exercise in (one.id, *one.names)), None)
    for _ in range(count):
        log_set(seen.desk.journal, day, found.id if found else exercise, load_kg, reps)
    return seen.go_to("/journal")


def _answers(found: recorded.Entry, form: Filled) -> dict[str, Any]:
    """The answers that the form shows, in place of those that the entry has; nothing where it shows none."""
    told = {key: yes_or_no(form.get(f"{ANSWERS}{key}")) for key in found.values["answers"]}
    told = {key: answer for key, answer in told.items() if answer is not None}
    return {"answers": {**found.values["answers"], **told}} if told else {}


def _ask_first(seen: View, found: recorded.Entry, given: Mapping[str, Any] | None, form: Filled) -> Response:
    """What the answers led to and what would hold then, before anything is done; given None = it is to be removed."""
    journal, shown = seen.desk.journal, {name: value for name, value in form.multi_items() if isinstance(value, str)}
    then = helping.would_stand(journal, found, given and {**given, **_seen_on(given)})
    asked = seen.page(
        "journal_sure.html", one=found, removing=given is None, now=helping.stands(journal).judgement,
        then=then.judgement, shown=shown,
    )  # fmt: skip
    asked.headers.update({"hx-retarget": "#content", "hx-reselect": "#content", "hx-reswap": "outerHTML show:top"})
    return asked


def _seen_on(given: Mapping[str, Any]) -> dict[str, Any]:
    """The day of a visit as a day. Raises InputError."""
    return {"seen_on": day_of(given["seen_on"])} if "seen_on" in given else {}


def _here(form: Filled) -> set[str]:
    """The fields that the form shows; an empty list of boxes is told by a field of its own."""
    return {name.removesuffix(".shown") for name in form}


def _value(seen: View, kind: str, name: str, form: Filled) -> object:
    """A field's value as the entry takes it."""
    if kind == "words":
        return several(form.getlist(name))
    typed = str(form.get(name) or "").strip()
    if not typed and kind in EMPTY:
        return None
    if kind == "flag":
        return yes_or_no(typed)
    return amount(typed, name) if kind in ("number", "value") else typed

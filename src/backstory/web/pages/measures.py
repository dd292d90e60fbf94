"""Measures: what can be taken now and then, its questions, and its values."""

from fastapi import APIRouter
from fastapi.responses import Response

from backstory.errors import InputError, NotEnough
from backstory.journal import measuring
from backstory.journal.measure_drawing import scale, sources, tell
from backstory.web.forms import Filled
from backstory.web.showing import Seen

router = APIRouter()
VALUES_SHOWN = 20


@router.get("/journal/measures")
def measures(seen: Seen) -> Response:
    """The list, with last values."""
    return seen.page("measures.html", measures=seen.desk.shelf.get("measures"))


@router.get("/journal/measures/{measure_id}")
def measure(seen: Seen, measure_id: str) -> Response:
    """Its questions, and its values so far. Raises InputError, NotEnough."""
    wanted, way = measuring.ready(seen.desk.journal, measure_id)
    try:
        history = measuring.history(seen.desk.journal, measure_id)
    except NotEnough:
        history = None
    told = tell(history) if history else []
    return seen.page(
        "measure.html", measure=wanted, way=way, readings=history.readings[-VALUES_SHOWN:] if history else (),
        told=told, scale=scale(wanted), sources=sources(wanted),
    )  # fmt: skip


@router.post("/journal/measures/{measure_id}")
def take(seen: Seen, measure_id: str, form: Filled) -> Response:
    """Keep the answers. Raises InputError, NotEnough."""
    wanted, _ = measuring.ready(seen.desk.journal, measure_id)
    answers = {}
    for item in wanted.items:
        try:
            answer = measuring.answer_of(item, str(form.get(item.id) or ""))
        except ValueError as error:
            raise InputError(f"{item.text} {error}") from None
        if answer is not None:
            answers[item.id] = answer
    measuring.take(seen.desk.journal, measure_id, answers)
    return seen.go_to(f"/journal/measures/{measure_id}")

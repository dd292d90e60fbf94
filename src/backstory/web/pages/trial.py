"""Self-trial: what it is, what it takes, today's instruction, and what came out."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from backstory.errors import InputError, NotEnough
from backstory.journal import trialling
from backstory.journal.trial_refusing import Told, known
from backstory.web.forms import whole, yes_or_no
from backstory.web.showing import Seen, View

router = APIRouter()
LENGTHS, BLOCKS = trialling.LENGTHS, (3, 4, 5, 6)


@router.get("/trial")
def trial(seen: Seen) -> Response:
    """The running trial, or what the last one said, or what can be asked."""
    last = _last(seen)
    answer = seen.desk.shelf.get("trial_answer") if last else None
    return seen.page("trial.html", last=last, answer=answer, questions=trialling.questions())


@router.get("/trial/design")
def design(seen: Seen, question: str, refused: str = "") -> Response:
    """What a trial of a question would find and how long it must be."""
    found = next((one for one in trialling.questions() if one["id"] == question), None)
    if found is None:
        raise InputError("There is no such question; the page on self-trials shows those that there are.")
    laid_out = seen.desk.shelf.get("trial_design", question=question)
    missing = known(seen.desk.journal, Told()).missing
    where = f"/trial/design?question={question}"
    return seen.page(
        "trial_design.html", question=found, design=laid_out, missing=missing, refused=refused, where=where,
        lengths=LENGTHS, blocks=BLOCKS,
    )  # fmt: skip


@router.post("/trial/start")
def start(
    seen: Seen,
    question: Annotated[str, Form()],
    weeks: Annotated[str, Form()],
    block_days: Annotated[str, Form()] = str(trialling.USUAL_BLOCK),
    pregnant: Annotated[str, Form()] = "",
    recent_surgery: Annotated[str, Form()] = "",
    help_first_open: Annotated[str, Form()] = "",
) -> Response:
    """Fix a trial that begins today. Raises InputError, NotEnough with the reason against it."""
    told = Told(yes_or_no(pregnant), yes_or_no(recent_surgery), yes_or_no(help_first_open))
    for name in known(seen.desk.journal, told).missing:
        raise InputError(f"{seen.text(f'trial.{name}')} {seen.text('today.yes')} / {seen.text('today.no')}?")
    wanted = trialling.Wanted(
        question, whole(weeks, seen.text("trial.how_long")), whole(block_days, seen.text("trial.block_days"))
    )
    trialling.start(seen.desk.journal, wanted, told)
    return seen.go_to("/trial")


@router.post("/trial/stop")
def stop(seen: Seen) -> Response:
    """End the running trial."""
    trialling.stop(seen.desk.journal)
    return seen.go_to("/trial")


@router.get("/trial/report")
def report(seen: Seen) -> Response:
    """The last trial by CENT 2015."""
    return seen.page("trial_report.html", items=seen.desk.shelf.get("trial_report"))


def _last(seen: View) -> dict[str, Any] | None:
    """The last trial: today's part of it, and its days so far; None where there is none."""
    try:
        return {"today": trialling.day_of(seen.desk.journal, None), "days": trialling.days_of(seen.desk.journal)}
    except NotEnough:
        return None

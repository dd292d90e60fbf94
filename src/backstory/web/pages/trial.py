"""Self-trial: what it is, what it takes, today's instruction, and what came out."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from backstory.errors import InputError, NotEnough
from backstory.journal import entering, trialling
from backstory.journal.trial_refusing import OPTIONS, Told, known
from backstory.model import TIMES_OF_DAY
from backstory.web.forms import Filled, amount, whole, yes_or_no
from backstory.web.pages.today import NOON
from backstory.web.showing import Seen, View

router = APIRouter()
LENGTHS, BLOCKS, WORTHS = trialling.LENGTHS, (3, 4, 5, 6), (0.5, 1.0, 1.5, 2.0, 3.0)
Worth = Annotated[float, Query(gt=0, le=trialling.LARGEST_WORTH, allow_inf_nan=False)]


@router.get("/trial")
def trial(seen: Seen) -> Response:
    """The running trial, or what the last one said, or what can be asked."""
    last = _last(seen)
    answer = seen.desk.shelf.get("trial_answer") if last else None
    return seen.page("trial.html", last=last, answer=answer, questions=trialling.questions())


@router.get("/trial/design")
def design(seen: Seen, question: str, worth: Worth = 1.0) -> Response:
    """What a trial of a question would find and how long it must be."""
    found = next((one for one in trialling.questions() if one["id"] == question), None)
    if found is None:
        raise InputError("There is no such question; the page on self-trials shows those that there are.")
    laid_out = seen.desk.shelf.get("trial_design", question=question, worth=worth)
    missing = known(seen.desk.journal, Told()).missing
    where = f"/trial/design?question={question}&worth={worth:g}"
    return seen.page(
        "trial_design.html", question=found, design=laid_out, missing=missing, where=where, lengths=LENGTHS,
        blocks=BLOCKS, worths=sorted({*WORTHS, worth}), worth=worth, lacking=trialling.lacking(seen.desk.journal),
    )  # fmt: skip


@router.post("/trial/start")
def start(seen: Seen, form: Filled) -> Response:
    """Fix a trial that begins today. What was said of oneself stays, whatever speaks against the trial.

    Raises InputError, NotEnough with the reason against it.
    """
    told = Told(*(yes_or_no(form.get(name)) for name in OPTIONS))
    for name in known(seen.desk.journal, told).missing:
        raise InputError(f"{seen.text(f'trial.{name}')} {seen.text('today.yes')} / {seen.text('today.no')}?")
    worth = amount(form.get("worth"), seen.text("trial.worth"))
    wanted = trialling.Wanted(
        str(form.get("question") or ""), whole(form.get("weeks"), seen.text("trial.how_long")),
        whole(form.get("block_days") or trialling.USUAL_BLOCK, seen.text("trial.block_days")),
        1.0 if worth is None else worth,
    )  # fmt: skip
    _keep(seen, form)
    trialling.start(seen.desk.journal, wanted, told)
    return seen.go_to("/trial")


def _keep(seen: View, form: Mapping[str, Any]) -> None:
    """What the profile and the check-ins lack. Raises InputError."""
    journal, year = seen.desk.journal, form.get("birth_year")
    pain = amount(form.get("pain"), seen.text("today.how"))
    if year:
        entering.profile(journal, {"birth_year": whole(year, seen.text("settings.birth_year"))})
    if pain is not None:
        entering.check_in(journal, pain=pain, when=TIMES_OF_DAY[journal.clock().astimezone().hour >= NOON])


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

"""Settings: who you are, how pages look, what a clinician said; take everything along, bring it back, delete it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from backstory import __version__
from backstory.errors import InputError
from backstory.journal import entering, keeping, limits
from backstory.journal.entering import equipment_there_is
from backstory.model import PROFILE_CHOICES
from backstory.web.desk import forget_everything
from backstory.web.forms import Filled, several
from backstory.web.jobs import FAILED
from backstory.web.pages.importing import begin_restore
from backstory.web.showing import Seen

router = APIRouter()
NUMBERS = ("birth_year", "height_cm", "body_mass_kg")
CHOICES = {name: PROFILE_CHOICES[name] for name in ("sex", "goal", "rhythm", "units")}
DELETE = "delete"
RESTORES_IN_S = 5.0  # longer than that it goes on in the background


@router.get("/settings")
def settings(seen: Seen) -> Response:
    """The page."""
    profile = seen.desk.journal.store.profile()
    return seen.page(
        "settings.html", profile=profile, numbers=NUMBERS, choices=CHOICES, themes=PROFILE_CHOICES["theme"],
        equipment=equipment_there_is(), have=(profile.get("equipment") or "").split(","),
        assumed=entering.person_of(profile).assumed, held=limits.limits(seen.desk.journal), told_as=limits.told_as,
        where=seen.desk.journal.store.shown, version=__version__, empty=seen.desk.journal.store.is_empty(),
    )  # fmt: skip


@router.post("/settings")
def save(seen: Seen, form: Filled) -> Response:
    """Keep what was given; what is empty stays as it was. Raises InputError."""
    given: dict[str, Any] = {}
    for name in (*NUMBERS, *CHOICES, "language", "theme"):
        if typed := str(form.get(name) or "").strip().replace(",", "."):
            given[name] = typed
    if "equipment.shown" in form:
        given["equipment"] = ",".join(several(form.getlist("equipment"))) or None
    entering.profile(seen.desk.journal, given)
    return seen.go_to("/settings")


@router.post("/settings/limits")
def told_by_clinician(seen: Seen, form: Filled) -> Response:
    """Note what a clinician said, or that it has ended. Raises InputError, NotEnough."""
    if form.get("end"):
        limits.end_limits(seen.desk.journal)
        return seen.go_to("/settings")
    keep, avoid = (_names(str(form.get(name) or "")) for name in ("keep", "avoid"))
    wanted = limits.Wanted(keep=keep, avoid=avoid, prescribed_by=str(form.get("prescribed_by") or ""))
    limits.add_limits(seen.desk.journal, wanted)
    return seen.go_to("/settings")


@router.get("/settings/export")
def export(seen: Seen) -> Response:
    """Everything in one zip."""
    name = f"backstory-{seen.desk.journal.today().isoformat()}.zip"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(keeping.export_bytes(seen.desk.journal), media_type="application/zip", headers=headers)


@router.post("/settings/restore")
async def restore(seen: Seen) -> Response:
    """An export back into an empty journal, in the background where it takes long. Raises InputError."""
    begun = await begin_restore(seen.desk, seen.request)
    job = await run_in_threadpool(seen.desk.jobs.wait, begun, RESTORES_IN_S)
    if job.state == FAILED:
        raise InputError(job.why_not)
    return seen.go_to("/import" if job.under_way else "/")


@router.post("/settings/delete")
def delete(seen: Seen, sure: Annotated[str, Form()] = "") -> Response:
    """Delete everything, once the word was typed. Raises InputError."""
    if sure.strip().casefold() not in (DELETE, seen.text("settings.delete_word").casefold()):
        raise InputError(seen.text("settings.delete_how", word=seen.text("settings.delete_word")))
    forget_everything(seen.desk)
    return seen.go_to("/")


def _names(typed: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in typed.split(",") if part.strip())

"""Report: the page for a doctor or trainer, to print or to take along."""

from fastapi import APIRouter
from fastapi.responses import Response

from backstory.errors import InputError, NotEnough
from backstory.web.showing import Seen

router = APIRouter()
LONGEST_S = 30.0
TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


@router.get("/report")
def report(seen: Seen) -> Response:
    """What stands on it, as a page of the app that prints well."""
    return seen.page("report.html", report=seen.desk.shelf.get("report"))


@router.get("/report/backstory.{kind}")
def download(seen: Seen, kind: str, paper: str = "a4") -> Response:
    """The file itself; made anew where something has changed. Raises NotEnough, InputError."""
    made = seen.desk.shelf.get("report_file", wait_s=LONGEST_S, kind=kind, paper=paper)
    if made.made is None:
        raise NotEnough("The page is still being made; try again in a moment.")
    if made.value is None:
        raise InputError(made.why_not)
    name = f"backstory-{seen.desk.journal.today().isoformat()}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made.value, media_type=TYPES[kind], headers=headers)

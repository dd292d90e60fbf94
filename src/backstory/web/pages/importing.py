"""Import: files and folders of any format that is read, how far each is, and what came of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from backstory.errors import InputError
from backstory.web.desk import Desk
from backstory.web.guard import UPLOAD_BYTES
from backstory.web.jobs import Job
from backstory.web.receiving import MOST_FILES, receive
from backstory.web.showing import Seen, View

router = APIRouter(prefix="/import")
KIND, RESTORE = "import_files", "restore"
MOST_MB = UPLOAD_BYTES >> 20
SHOWN_PROBLEMS, SHOWN_UNKNOWN, MOST_SHOWN = 5, 6, 100


@router.get("")
def page(seen: Seen) -> Response:
    """The page."""
    return _page(seen)


@router.post("")
async def take(seen: Seen) -> Response:
    """Files; reading them goes on in the background."""
    await begin(seen.desk, seen.request)
    return _listed(seen)


@router.get("/jobs/{job_id}")
def one(seen: Seen, job_id: str) -> Response:
    """How far one is; what asks gets the whole page once it is done."""
    job = seen.desk.jobs.get(job_id)
    if not seen.by_script:
        return seen.go_to("/import")
    if job.under_way:
        return seen.page("parts/job.html", job=told(job))
    shown = _page(seen, just_done=told(job))
    shown.headers.update({"hx-retarget": "#content", "hx-reselect": "#content", "hx-reswap": "outerHTML show:none"})
    return shown


@router.post("/jobs/{job_id}/cancel")
def cancel(seen: Seen, job_id: str) -> Response:
    """No more of it; whole files that are done stay."""
    seen.desk.jobs.cancel(job_id)
    return _listed(seen)


@router.post("/jobs/{job_id}/units")
async def correct_units(seen: Seen, job_id: str, units: Annotated[str, Form()]) -> Response:
    """The same files once more, in the unit that the person says."""
    await run_in_threadpool(read_again, seen.desk, job_id, units)
    return _listed(seen)


async def begin(desk: Desk, request: Request) -> Job:
    """Take the files of a request and begin to read them. Raises InputError; nothing is left behind then."""
    folder = desk.uploads.folder()
    try:
        received = await receive(request, folder)
        given = {"files": received.files, "units": received.fields.get("units") or request.query_params.get("units")}
    except BaseException:
        desk.uploads.remove(folder)
        raise
    return await run_in_threadpool(desk.jobs.start, KIND, given, folder)


async def begin_restore(desk: Desk, request: Request) -> Job:
    """Take an export and begin to bring it back. Raises InputError; nothing is left behind then."""
    folder = desk.uploads.folder()
    try:
        (called, path), *more = (await receive(request, folder)).files
        if more:
            raise InputError("One export at a time can be brought back.")
    except BaseException:
        desk.uploads.remove(folder)
        raise
    return await run_in_threadpool(desk.jobs.start, RESTORE, {"path": path, "called": called}, folder)


def read_again(desk: Desk, job_id: str, units: str) -> Job:
    """Read a job's files once more with this unit of weight. Raises NotEnough where they are not there any more."""
    job, folder = desk.jobs.take_files(job_id)
    return desk.jobs.start(KIND, {**job.given, "units": units}, folder)


def _page(seen: View, **more: Any) -> Response:
    shelf = seen.desk.shelf
    return seen.page(
        "import.html", jobs=[told(job) for job in seen.desk.jobs.all()], standing=shelf.get("standing"),
        names=shelf.get("names"), most_mb=MOST_MB, most_files=MOST_FILES, most_bytes=UPLOAD_BYTES,
        **{"just_done": None, **more},
    )  # fmt: skip


def _listed(seen: View) -> Response:
    if not seen.by_script:
        return seen.go_to("/import")
    jobs = [told(job) for job in seen.desk.jobs.all()]
    if any(job["under_way"] for job in jobs):
        return seen.page("parts/jobs.html", jobs=jobs)
    return seen.go_to("/import")  # what is known besides has changed, too


def told(job: Job) -> dict[str, Any]:
    """A job as its part of the page shows it; long lists are cut, and how much is left out said."""
    parts = list(job.parts)
    read = [_file(part) for part in parts if part["reader"]]
    return {
        "id": job.id, "kind": job.kind, "state": job.state, "under_way": job.under_way, "progress": job.progress,
        "why_not": job.why_not, "value": job.value, "read": read[:MOST_SHOWN], "more_read": len(read[MOST_SHOWN:]),
        "unread": [part for part in parts if not part["reader"]][:MOST_SHOWN],
        "unread_count": len(parts) - len(read), "begun_at": job.begun_at, "new_sets": sum(f["new_sets"] for f in read),
        "new_check_ins": sum(f["new_check_ins"] for f in read), "unit_taken": _unit(job, read),
        "without_unit": [file["path"] for file in read if file["unit_taken"]][:3],
    }  # fmt: skip


def _unit(job: Job, read: list[dict[str, Any]]) -> str | None:
    """The unit that was taken for files that name none, as long as another one can be said."""
    return next((file["unit_taken"] for file in read if file["unit_taken"]), None) if job.has_files else None


def _file(part: dict[str, Any]) -> dict[str, Any]:
    """A file, with the first of each list apart from the rest."""
    problems = part["problems"]
    return {
        **part, "problems": problems[:SHOWN_PROBLEMS], "more_problems": problems[SHOWN_PROBLEMS:MOST_SHOWN],
        "problem_count": len(problems), "unmapped": part["unmapped"][:SHOWN_UNKNOWN],
        "more_unmapped": len(part["unmapped"][SHOWN_UNKNOWN:]),
    }  # fmt: skip

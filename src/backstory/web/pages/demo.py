"""A simulated person to look at, beside the person's own journal and never in it."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from backstory.model import PROFILE_SHOWN
from backstory.web.jobs import Job
from backstory.web.pages.importing import told
from backstory.web.showing import Seen, View

router = APIRouter(prefix="/demo")
KIND = "demo"


@router.get("")
def page(seen: Seen) -> Response:
    """Who that is, how far their year is, and the way to them."""
    job = _job(seen)
    return seen.page("demo.html", job=told(job) if job else None)


@router.post("")
def begin(seen: Seen) -> Response:
    """Simulate their year, unless there is one."""
    desk, job = seen.desk, _job(seen)
    if not desk.own_address and (job is None or not (job.under_way or job.state == "done")):
        profile = desk.journal.store.profile()
        shown = {name: profile[name] for name in PROFILE_SHOWN if name in profile}
        given = {"path": str(desk.demo.new_journal()), "shown": shown}
        desk.demo.job_id = desk.jobs.start(KIND, given).id
    return seen.go_to("/demo")


@router.get("/look")
def look(seen: Seen) -> Response:
    """To their app. Raises NotEnough where there is none yet."""
    return RedirectResponse(seen.desk.demo.address(f"http://{seen.request.headers['host']}"), 303)


def _job(seen: View) -> Job | None:
    return next((job for job in seen.desk.jobs.all() if job.id == seen.desk.demo.job_id), None)

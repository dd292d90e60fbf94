"""Imports as JSON: they go on in the background, and are listed while the app runs."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from backstory.web.jobs import STATES, Job
from backstory.web.pages.importing import KIND, begin
from backstory.web.showing import Seen

router = APIRouter(tags=["imports"])
JobId = Annotated[str, Path(description="as the list gives it", max_length=64)]
FILES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "units": {"type": "string", "enum": ["kg", "lb"]},
                    },
                }
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class HowFar(BaseModel):
    """So many of so many files; `at` is what is read now."""

    done: int
    of: int
    at: str


class ImportJob(BaseModel):
    """An import and what came of it so far."""

    id: str
    state: str = Field(json_schema_extra={"enum": list(STATES)})
    begun_at: datetime
    progress: HowFar
    files: list[dict[str, Any]] = Field(description="each as the command line tells it; with the unit that was taken")
    why_not: str | None = Field(description="why it failed, in one line")


def told(job: Job) -> ImportJob:
    """As JSON tells it."""
    how_far = HowFar(done=job.progress.done, of=job.progress.of, at=job.progress.at)
    return ImportJob(
        id=job.id, state=job.state, begun_at=job.begun_at, progress=how_far, files=list(job.parts),
        why_not=job.why_not or None,
    )  # fmt: skip


@router.post("/imports", status_code=202, openapi_extra=FILES)
async def add(
    seen: Seen,
    units: Annotated[Literal["kg", "lb"] | None, Query(description="for files that name no unit")] = None,
    name: Annotated[str | None, Query(description="of a file that is sent alone, without a form")] = None,
) -> ImportJob:
    """Begin to read files: a form's, or one that is the whole body. What each is, is seen from what stands in it."""
    return told(await begin(seen.desk, seen.request))


@router.get("/imports")
def all_of_them(seen: Seen) -> list[ImportJob]:
    """Every import since the app was started, the newest first."""
    return [told(job) for job in seen.desk.jobs.all() if job.kind == KIND]


@router.get("/imports/{job_id}")
def one(seen: Seen, job_id: JobId) -> ImportJob:
    """How far one is, and what came of it."""
    return told(seen.desk.jobs.get(job_id))


@router.delete("/imports/{job_id}")
def cancel(seen: Seen, job_id: JobId) -> ImportJob:
    """Cancel one. Files that are read whole stay; one that is done already stays as it is."""
    return told(seen.desk.jobs.cancel(job_id))

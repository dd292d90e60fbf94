"""Sets that are done, one by one, as JSON."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path
from pydantic import BaseModel, ConfigDict, Field

from backstory.errors import InputError
from backstory.journal.training import LONGEST_TICK, LONGEST_TITLE, MOST_RIR, TITLE, log_set, unlog_set
from backstory.model import LIMITS, SET_KINDS
from backstory.web.api.dates import Day
from backstory.web.showing import Seen

router = APIRouter(tags=["sets"])
KINDS: dict[str, Any] = {"enum": list(SET_KINDS)}


class DoneSet(BaseModel):
    """A set as it was done; an exercise with repetitions or seconds suffices."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    exercise: str = Field(max_length=200, description="an id, or any name of the catalogue")
    date: Day | None = Field(None, description="today by default")
    load_kg: float | None = Field(None, ge=0, le=LIMITS["load_kg"])
    reps: float | None = Field(None, gt=0, le=LIMITS["reps"])
    seconds: float | None = Field(None, gt=0, le=86_400)
    rir: float | None = Field(None, ge=0, le=MOST_RIR, description="repetitions in reserve")
    kind: str = Field("normal", json_schema_extra=KINDS)
    title: str = Field(TITLE, min_length=1, max_length=LONGEST_TITLE, description="of the day's session")
    tick: str | None = Field(
        None, min_length=1, max_length=LONGEST_TICK, pattern=r"^[ -~]+$",
        description="a key of your own for this set: the same one again is the same set",
    )  # fmt: skip


class StoredSet(DoneSet):
    """As it stands in the log."""

    id: str


@router.post("/sets", status_code=201)
def add(given: DoneSet, seen: Seen) -> StoredSet:
    """Write a set into the log, durably."""
    day = given.date or seen.desk.journal.today()
    stored = log_set(
        seen.desk.journal, day, given.exercise, given.load_kg, given.reps, rir=given.rir,
        duration_s=given.seconds, kind=given.kind, title=given.title, tick=given.tick,
    )  # fmt: skip
    return StoredSet(**{**given.model_dump(), "date": day, "id": stored})


@router.delete("/sets/{id}", status_code=204)
def take_back(seen: Seen, id: Annotated[str, Path(max_length=40)]) -> None:
    """Take a set back that was ticked off; 404 where there is none of this id. One taken back before stays so."""
    try:
        unlog_set(seen.desk.journal, id)
    except InputError as error:
        raise HTTPException(404, str(error)) from None

"""Half a year ahead as JSON: it goes on in the background, and is kept while the app runs."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from backstory.errors import NotEnough
from backstory.journal.plan_wish import AHEAD_WEEKS, USUAL_AHEAD
from backstory.web import looking_ahead
from backstory.web.api.waiting import OneLine
from backstory.web.jobs import STATES
from backstory.web.showing import Seen, View

router = APIRouter(tags=["plan"])
NOT_YET = "No half year was simulated since the app was started; POST begins one."
NOTHING: dict[int | str, dict[str, Any]] = {
    404: {"model": OneLine, "description": "None was simulated since the app was started."}
}


class Weeks(BaseModel):
    """So many simulated weeks of all lives together."""

    done: int
    of: int


class WeekLoad(BaseModel):
    """Of a week, in the result's unit; plan: mean of the lives, lo and hi: their ends."""

    plan: float
    lo: float
    hi: float
    before: float


class BothWays(BaseModel):
    """Of a week, by the plan (mean of the lives) and as before."""

    plan: float
    before: float


class SimulatedWeek(BaseModel):
    """One week; `week` is its Monday."""

    week: date
    load: WeekLoad
    sessions: BothWays
    working_sets: BothWays = Field(description="without lighter sets before a lift, core work and walking")


class Days(BaseModel):
    """Expected mornings, with the range that the answer's leaves."""

    days: float
    lo90: float
    hi90: float


class PainfulDays(BaseModel):
    """Mornings with at least this score; fewer: by the plan than as before."""

    at_least: int
    plan: Days
    before: Days
    fewer: Days


class LiftLoads(BaseModel):
    """The ends of all lives."""

    lo_kg: float
    hi_kg: float
    lo_reps: int
    hi_reps: int


class Lift(BaseModel):
    """A main lift at the beginning and at the end."""

    exercise: str
    name: str
    start: LiftLoads
    end: LiftLoads


class RuleUsed(BaseModel):
    """A rule that chose load or repetitions of so many planned exercises."""

    id: str
    text: str
    exercises: int


class HalfYear(BaseModel):
    """A simulation, and no forecast: every session is done as planned, and the back answers as it did."""

    simulated: bool
    warning: str
    made_on: date
    begins: date = Field(alias="from")
    weeks: int
    lives: int
    unit: str
    by_week: list[SimulatedWeek]
    painful_days: PainfulDays | None = Field(description="null where too few mornings have a score")
    lifts: list[Lift]
    rules: list[RuleUsed]
    planned_exercises: int
    text: list[str]


class AheadJob(BaseModel):
    """The last simulation that was begun, and what the last finished one gave."""

    state: str = Field(json_schema_extra={"enum": list(STATES)})
    begun_at: datetime
    progress: Weeks
    why_not: str | None = Field(description="why it failed, in one line")
    result: HalfYear | None
    older: bool = Field(description="whether the journal has changed since the result")


@router.post("/ahead", status_code=202)
def begin(
    seen: Seen,
    weeks: Annotated[int, Query(ge=AHEAD_WEEKS[0], le=AHEAD_WEEKS[1], description="to simulate")] = USUAL_AHEAD,
) -> AheadJob:
    """Simulate half a year by what is wanted of the plan; one that is under way already goes on instead."""
    looking_ahead.begin(seen.desk, weeks)
    return _told(seen)


@router.get("/ahead", responses=NOTHING)
def how_far(seen: Seen) -> AheadJob:
    """How far it is, and what came of it."""
    return _told(seen)


@router.delete("/ahead", responses=NOTHING)
def cancel(seen: Seen) -> AheadJob:
    """Cancel what is under way; what is done stays."""
    looking_ahead.cancel(seen.desk)
    return _told(seen)


def _told(seen: View) -> AheadJob:
    """Raises NotEnough where there is none."""
    ahead = looking_ahead.standing(seen.desk)
    if ahead.job is None:
        raise NotEnough(NOT_YET)
    progress = Weeks(done=ahead.job.progress.done, of=ahead.job.progress.of)
    return AheadJob(
        state=ahead.job.state, begun_at=ahead.job.begun_at, progress=progress, why_not=ahead.job.why_not or None,
        result=None if ahead.told is None else HalfYear.model_validate(ahead.told), older=ahead.older,
    )  # fmt: skip

"""What training asked of the low back, what one set would, and what the log says by itself, as JSON."""

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from backstory.journal.loading import told_set, weigh_set
from backstory.journal.looking_back import mark, marked_days
from backstory.journal.reporting import sets_of_day
from backstory.web.api.dates import Day
from backstory.web.api.waiting import WAITED, worked_out
from backstory.web.showing import Seen, View

router = APIRouter(tags=["load"])
Rows = list[dict[str, Any]]
MOST_KG = MOST_REPS = 1000
Bouts = Annotated[list[Day], Field(max_length=400)]


class LoadReport(BaseModel):
    """As `backstory load --json` gives it; null = not known."""

    unit: str
    usual_day: float | None = Field(description="load of the middle training day of the last three months")
    assumed: list[str] = Field(description="what of the body was assumed")
    days: Rows
    weeks: Rows
    muscles: Rows = Field(description="sets a muscle and week")
    balance: Rows = Field(description="sets of two kinds in the last four weeks")
    spikes: Rows = Field(description="each session beside the largest of the 30 days before it")
    pauses: Rows = Field(description="more than two weeks without training, with the first session after them")
    notes: Rows = Field(description="what a rule speaks of, with its grade and source")


class WeighedSet(BaseModel):
    """A logged set; null = not known."""

    name: str
    exercise: str | None
    load_kg: float | None
    reps: float | None
    peak_moment_nm: float | None
    peak_moment_nm_band: list[float] | None
    impulse_nms: float | None
    minutes: float | None = Field(description="of endurance, which counts by its minutes")


class SetsOfDay(BaseModel):
    """A day's sets."""

    date: datetime.date
    sets: list[WeighedSet]


class OneSet(BaseModel):
    """As `backstory set --json` gives it."""

    exercise: str
    peak_moment_nm: float
    peak_moment_nm_band: list[float]
    peak_compression_n_band: list[float]
    impulse_nms: float | None
    source: str


class LookBack(BaseModel):
    """As `backstory look-back --json` gives it."""

    usual: dict[str, Any] = Field(description="the range of the person's own weeks")
    new: Rows
    jumps: Rows
    balance: Rows
    rest_days: dict[str, Any]
    bouts: Rows = Field(description="each with what was before it, and how often the same came without one")
    comparison: Rows | None = Field(description="all bouts beside chance; null with too few")
    so_far: dict[str, Any] = Field(description="where somebody stands before the first answer")
    marked: list[str]
    text: str


class GivenBouts(BaseModel):
    """Days on which spells of back pain began, and days that are taken back."""

    model_config = ConfigDict(extra="forbid")

    began: Bouts = []
    withdrawn: Bouts = []


class MarkedBouts(BaseModel):
    """What was done, and every day that is marked now."""

    said: list[str]
    began: list[datetime.date]


@router.get("/load", response_model=LoadReport, responses=WAITED)
def load(seen: Seen) -> Response:
    """Days, weeks, muscles, balance, jumps and notes, beside the person's own usual."""
    return JSONResponse(worked_out(seen, "load_report"))


@router.get("/sets", responses={404: WAITED[404]})
def sets(seen: Seen, date: Day) -> SetsOfDay:
    """Each set of a day with what it asked of the low back."""
    return SetsOfDay(date=date, sets=[WeighedSet(**one) for one in sets_of_day(seen.desk.journal, date)])


@router.get("/set")
def one_set(
    seen: Seen,
    exercise: Annotated[str, Query(max_length=200, description="an id, or any name of the catalogue")],
    kg: Annotated[float, Query(ge=0, le=MOST_KG, allow_inf_nan=False, description="as you would log it")] = 0.0,
    reps: Annotated[int, Query(ge=0, le=MOST_REPS)] = 1,
) -> OneSet:
    """What one set of an exercise would ask of this person's low back."""
    return OneSet(**told_set(*weigh_set(seen.desk.journal, exercise, kg, reps)))


@router.get("/look-back", response_model=LookBack, responses=WAITED)
def look_back(seen: Seen) -> Response:
    """What the log says by itself, and what was unusual before bouts."""
    found = worked_out(seen, "look_back")
    return JSONResponse({name: found[name] for name in LookBack.model_fields})


@router.get("/bouts")
def bouts(seen: Seen) -> MarkedBouts:
    """Every day on which a spell of back pain is marked to have begun."""
    return _marked(seen, [])


@router.post("/bouts")
def mark_bouts(given: GivenBouts, seen: Seen) -> MarkedBouts:
    """Mark days, or take marked days back. All or nothing."""
    return _marked(seen, mark(seen.desk.journal, given.began, given.withdrawn))


def _marked(seen: View, said: list[str]) -> MarkedBouts:
    return MarkedBouts(said=said, began=sorted(marked_days(seen.desk.journal)))

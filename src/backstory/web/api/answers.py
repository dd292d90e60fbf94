"""The answer and the days it rests on, as JSON."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from backstory.web.api.waiting import WAITED, worked_out
from backstory.web.showing import Seen

router = APIRouter(tags=["answer"], responses=WAITED)
MORNINGS = "pain points summed over the seven mornings after a day one standard deviation above the mean"


class Effect(BaseModel):
    """What one exposure is followed by; null = could not be computed."""

    exposure: str
    unit: str | None
    points: float | None = Field(description=MORNINGS)
    points_per_morning: float | None
    lo90: float | None
    hi90: float | None
    points_per_unit: float | None
    mornings: float | None = Field(description="how many hold most of it")
    delay_days: float | None
    delay_lo90: float | None
    delay_hi90: float | None
    mean: float | None
    sd: float | None
    verdict: str = Field(description="worse, better, no clear effect, not enough data")


class Checked(BaseModel):
    """A check; passed null = it does not apply."""

    name: str
    passed: bool | None
    text: str


class Answered(BaseModel):
    """The answer, as `backstory answer --json` gives it."""

    verdict: str = Field(description="worse, better, no clear effect, not enough data")
    text: str
    effects: list[Effect]
    covered: list[tuple[date, date]] = Field(description="from-to dates on which training is known")
    days: int
    pain_days: int
    checks: list[Checked]
    next_step: str
    versions: dict[str, str]
    update: str = Field(description="a sentence where a new version of the program changed the verdict")
    evidence: list[str] = Field(description="what studies of many people say, apart from the answer")


class Days(BaseModel):
    """The daily table, as `backstory days --json` gives it."""

    days: list[dict[str, Any]] = Field(
        description="one entry a day: `date`, `pain` of that morning, and a column an exposure; null = not known"
    )


@router.get("/answer", response_model=Answered)
def answer(seen: Seen) -> Response:
    """Does working out hurt this back? Which part, with which delay, how surely?"""
    return JSONResponse(worked_out(seen, "answer")["answer"])


@router.get("/days", response_model=Days)
def days(seen: Seen) -> Response:
    """Everything that is known, one row a day."""
    return JSONResponse(worked_out(seen, "days"))

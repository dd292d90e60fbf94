"""Self-trials as JSON: what `backstory trial … --json` prints."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field

from backstory.errors import NotEnough
from backstory.journal import trialling
from backstory.journal.trial_refusing import Told
from backstory.model import LARGEST_SEED, TRIAL_BLOCK_DAYS, TRIAL_DAYS
from backstory.web.api.dates import Day
from backstory.web.api.waiting import worked_out
from backstory.web.showing import Seen

router = APIRouter(prefix="/trial", tags=["self-trial"])
Weeks = Annotated[int | None, Query(ge=TRIAL_DAYS[0] // 7, le=TRIAL_DAYS[1] // 7)]
Block = Annotated[int | None, Query(ge=TRIAL_BLOCK_DAYS[0], le=TRIAL_BLOCK_DAYS[1])]
Worth = Annotated[float, Query(gt=0, le=trialling.LARGEST_WORTH, allow_inf_nan=False)]


class NewTrial(BaseModel):
    """What to try, for how long, and the three questions about who had better not."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    question: str = Field(max_length=100)
    weeks: int = Field(ge=TRIAL_DAYS[0] // 7, le=TRIAL_DAYS[1] // 7)
    block_days: int = Field(trialling.USUAL_BLOCK, ge=TRIAL_BLOCK_DAYS[0], le=TRIAL_BLOCK_DAYS[1])
    worth: float = Field(1.0, gt=0, le=trialling.LARGEST_WORTH)
    seed: int | None = Field(None, ge=0, le=LARGEST_SEED, description="for the coins, drawn by default")
    date: Day | None = Field(None, description="the first day, today by default")
    pregnant: bool | None = None
    recent_surgery: bool | None = None
    help_first_open: bool | None = Field(None, description="something that asks for a doctor was not looked at")


@router.get("/questions")
def questions() -> list[dict[str, Any]]:
    """What can be asked: each question with its two ways."""
    return trialling.questions()


@router.get("/design")
def design(
    seen: Seen, question: Annotated[str, Query(max_length=100)], weeks: Weeks = None, block_days: Block = None,
    worth: Worth = 1.0,
) -> dict[str, Any]:  # fmt: skip
    """How long a trial must be to find what is worth knowing, on this person's own mornings."""
    found: dict[str, Any] = worked_out(
        seen, "trial_design", question=question, weeks=weeks, block_days=block_days, worth=worth
    )
    return found


@router.post("", status_code=201, responses={409: {"description": "why it had better not start now"}})
def start(given: NewTrial, seen: Seen) -> dict[str, Any]:
    """Fix the plan of a trial."""
    wanted = trialling.Wanted(
        given.question, given.weeks, given.block_days, given.worth, given.seed, given.date
    )  # fmt: skip
    try:
        trial = trialling.start(
            seen.desk.journal, wanted, Told(given.pregnant, given.recent_surgery, given.help_first_open)
        )
    except NotEnough as error:
        raise HTTPException(409, str(error)) from None
    return {**trialling.as_values(trial), "text": trialling.day_of(seen.desk.journal, trial.starts)["text"]}


@router.get("")
def days(seen: Seen) -> list[dict[str, Any]]:
    """Each day of the last trial, with its way and the score of the morning after; ways to come are not told."""
    return trialling.days_of(seen.desk.journal)


@router.get("/today")
def today(seen: Seen, date: Day | None = None) -> dict[str, Any]:
    """What a day of the last trial is, today by default; `arm` null where it asks for nothing."""
    return trialling.day_of(seen.desk.journal, date)


@router.post("/stop")
def stop(seen: Seen) -> dict[str, Any]:
    """End the running trial; 404 where none is running."""
    trial = trialling.stop(seen.desk.journal)
    return {**trialling.as_values(trial), "text": trialling.day_of(seen.desk.journal, trial.ended_on)["text"]}


@router.get("/answer")
def answer(seen: Seen) -> dict[str, Any]:
    """What came out; no number before day 56."""
    found: dict[str, Any] = worked_out(seen, "trial_answer")
    return found


@router.get("/report")
def report(seen: Seen) -> list[dict[str, str]]:
    """The whole trial by CENT 2015, item by item."""
    found: list[dict[str, str]] = worked_out(seen, "trial_report")
    return found

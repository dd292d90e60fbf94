"""The plan as JSON: what `backstory plan --json` prints."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from backstory.errors import InputError
from backstory.journal.plan_wish import MINUTES, WEEKDAYS, WEEKS, Wish, checked
from backstory.web.api.dates import Day
from backstory.web.api.plan_values import Explained, Plan, Swap
from backstory.web.api.waiting import worked_out
from backstory.web.showing import Seen, View

router = APIRouter(tags=["plan"])
Words = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=40)]
GOALS, LEVELS = ("strength", "muscle", "general", "return"), ("new", "some", "long")


class Wanted(BaseModel):
    """What is wanted of the plan; nothing is needed. Lists are repeated, or their parts set apart by commas."""

    model_config = ConfigDict(extra="forbid")

    first: Day | None = Field(None, alias="from", description="the first day, today by default")
    days: Words = Field([], description=f"weekdays: {', '.join(WEEKDAYS)}")
    minutes: Words = Field([], description=f"of a session, {MINUTES[0]} to {MINUTES[1]}: one number, or one a day")
    goal: str | None = Field(None, max_length=20, description=" or ".join(GOALS))
    level: str | None = Field(None, max_length=20, description=" or ".join(LEVELS))
    equipment: Words = Field([], description="what there is; none; everything")
    keep: Words = Field([], description="exercises or families that must come")
    avoid: Words = Field([], description="exercises or families that must not")
    weeks: int = Field(1, ge=WEEKS[0], le=WEEKS[1])

    def given(self, seen: View) -> dict[str, Any]:
        """The fields of a Wish that were said. Raises InputError for what cannot be, before anything is worked out."""
        told = {name: _parts(getattr(self, name)) for name in ("days", "equipment", "keep", "avoid")}
        wish = Wish(
            first=self.first, minutes=_numbers(_parts(self.minutes)), goal=self.goal, level=self.level,
            weeks=self.weeks, **told,
        )  # fmt: skip
        checked(seen.desk.journal, wish)
        nothing = Wish()
        names = ("first", "days", "minutes", "goal", "level", "equipment", "keep", "avoid", "weeks")
        return {name: getattr(wish, name) for name in names if getattr(wish, name) != getattr(nothing, name)}


Asked = Annotated[Wanted, Query()]


@router.get("/plan", responses={409: {"model": Plan, "description": "no week can hold this: see `clashes`"}})
def plan(seen: Seen, wanted: Asked) -> Plan:
    """The next week, or a block of weeks."""
    told = worked_out(seen, "plan", **wanted.given(seen))
    return JSONResponse(told, 409 if told["clashes"] else 200)  # type: ignore[return-value]


@router.get("/plan/explain")
def explain(seen: Seen, wanted: Asked) -> Explained:
    """Why each exercise is there, and which rule objects to the others."""
    return Explained.model_validate(worked_out(seen, "plan_why", **wanted.given(seen)))


class Replaced(Wanted):
    """With the exercise that something is to stand in for."""

    exercise: str = Field(max_length=200, description="an id, or any name of the catalogue")


@router.get("/plan/swap")
def swap(seen: Seen, wanted: Annotated[Replaced, Query()]) -> Swap:
    """Exercises that could stand in for one, the lightest on the low back first."""
    return Swap.model_validate(worked_out(seen, "plan_swap", exercise=wanted.exercise, **wanted.given(seen)))


def _parts(values: list[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _numbers(parts: tuple[str, ...]) -> tuple[int, ...]:
    """Raises InputError."""
    if wrong := [part for part in parts if not (part.isascii() and part.isdecimal() and len(part) < len("10000"))]:
        raise InputError(f"minutes takes whole numbers such as 45, not {wrong[0][:40]!r}.")
    return tuple(map(int, parts))

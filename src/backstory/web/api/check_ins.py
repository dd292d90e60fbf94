"""Check-ins as JSON."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from backstory.journal.entering import check_in
from backstory.model import (
    AREAS,
    FEELS,
    MOVEMENTS,
    OTHER_LOADS,
    SESSION_MOMENTS,
    SLEEP_POSITIONS,
    TIMES_OF_DAY,
    TRAINED,
    CheckIn,
    plain,
)  # fmt: skip
from backstory.web.api.dates import Day
from backstory.web.showing import Seen

router = APIRouter(tags=["check-ins"])
Score = Annotated[float | None, Field(ge=0, le=10)]
Hours = Annotated[float | None, Field(ge=0, le=24)]


def one_of(words: tuple[str, ...]) -> dict[str, Any]:
    """Of a field that takes one of these words."""
    return {"enum": [*words, None]}


def some_of(words: tuple[str, ...]) -> dict[str, Any]:
    """Of a field that takes several of these words."""
    return {"items": {"type": "string", "enum": list(words)}}


class GivenCheckIn(BaseModel):
    """What a person says about a day; `date` and one thing more suffice."""

    model_config = ConfigDict(extra="forbid")

    date: Day
    pain: Score = Field(None, description="0 = none, 10 = the worst you can imagine")
    when: str | None = Field(None, json_schema_extra=one_of(TIMES_OF_DAY))
    where: list[str] = Field([], json_schema_extra=some_of(AREAS))
    feels: list[str] = Field([], json_schema_extra=some_of(FEELS))
    hurts: list[str] = Field([], json_schema_extra=some_of(MOVEMENTS))
    leg_symptoms: bool | None = None
    sleep_h: Hours = None
    sleep_quality: Score = None
    slept: str | None = Field(None, json_schema_extra=one_of(SLEEP_POSITIONS))
    sitting_h: Hours = None
    stress: Score = None
    painkiller: bool | None = None
    trained: str | None = Field(None, json_schema_extra=one_of(TRAINED))
    other_load: str | None = Field(None, json_schema_extra=one_of(OTHER_LOADS))
    session: str | None = Field(None, json_schema_extra=one_of(SESSION_MOMENTS))
    note: str | None = Field(None, max_length=10_000)


class StoredCheckIn(GivenCheckIn):
    """A check-in as it stands in the journal."""

    model_config = ConfigDict(extra="ignore")

    entered_at: datetime | None = None
    recalled: bool = Field(description="given more than 36 hours late")


@router.post("/check-ins", status_code=201)
def add(given: GivenCheckIn, seen: Seen) -> StoredCheckIn:
    """Keep a check-in. The same one sent again is kept once; another of the same day counts in place of the earlier."""
    values = given.model_dump(exclude={"date"})
    lists = {name: tuple(map(plain, values[name])) for name in ("where", "feels", "hurts")}
    return stored(check_in(seen.desk.journal, **{**values, **lists, "day": given.date}))


@router.get("/check-ins")
def all_of_them(
    seen: Seen,
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
) -> list[StoredCheckIn]:
    """Every check-in, in the order in which they were given."""
    found = seen.desk.journal.store.check_ins()
    return [stored(one) for one in found if (not since or one.day >= since) and (not until or one.day <= until)]


def stored(one: CheckIn) -> StoredCheckIn:
    """As JSON tells it."""
    values = {name: getattr(one, name) for name in GivenCheckIn.model_fields if name != "date"}
    return StoredCheckIn(date=one.day, entered_at=one.entered_at, recalled=one.recalled, **values)

"""Names of exercises in the log, as JSON."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from backstory.errors import NotEnough
from backstory.journal.entering import set_name
from backstory.web.showing import Seen

router = APIRouter(tags=["names"])
WAIT_S = 30.0


class NameInLog(BaseModel):
    """A name in the log, how many sets bear it, and the exercise that it is taken for."""

    name: str
    sets: int
    exercise: str | None = Field(description="its id; null = not known")
    own_choice: bool
    suggestions: list[str]


class ChosenName(BaseModel):
    """What a name means from now on."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=500)]
    exercise: Annotated[str, Field(description="an id, or a name of the catalogue", min_length=1, max_length=500)]


@router.get("/names")
def all_of_them(seen: Seen) -> list[NameInLog]:
    """Every name in the log, those that are not known first."""
    found = seen.desk.shelf.get("names", wait_s=WAIT_S)
    if found.value is None:
        raise NotEnough(found.why_not or "The names are being looked up; ask again in a moment.")
    return [NameInLog(**one) for one in found.value]


@router.post("/names")
def choose(given: ChosenName, seen: Seen) -> ChosenName:
    """Remember what a name means."""
    return ChosenName(name=given.name, exercise=set_name(seen.desk.journal, given.name, given.exercise).id)

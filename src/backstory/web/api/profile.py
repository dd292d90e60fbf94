"""The profile and activities as JSON."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from backstory.journal import entering
from backstory.model import PROFILE_CHOICES, plain
from backstory.web.api.check_ins import one_of
from backstory.web.api.dates import Day
from backstory.web.showing import Seen, View

router = APIRouter()


def chosen(name: str) -> Any:
    """A field of the profile that takes one of its words."""
    return Field(None, json_schema_extra=one_of(PROFILE_CHOICES[name]))


class GivenProfile(BaseModel):
    """Who somebody is; what is left out, or null, stays as it is."""

    model_config = ConfigDict(extra="forbid")

    sex: str | None = chosen("sex")
    birth_year: Annotated[int | None, Field(ge=1850, le=2200)] = None
    height_cm: Annotated[float | None, Field(ge=120, le=220)] = None
    body_mass_kg: Annotated[float | None, Field(ge=25, le=300)] = None
    goal: str | None = chosen("goal")
    equipment: Annotated[list[str] | None, Field(max_length=100)] = None
    units: str | None = chosen("units")
    rhythm: str | None = chosen("rhythm")
    language: str | None = chosen("language")
    theme: str | None = chosen("theme")


class ComputedWith(BaseModel):
    """The body that loads are computed for, and what of it is assumed."""

    body_mass_kg: float
    height_cm: float
    assumed: list[str]


class StoredProfile(BaseModel):
    """The profile as it stands."""

    profile: GivenProfile
    computed_with: ComputedWith


WhichDay = Annotated[Day | None, Field(description="today by default")]


class Activity(BaseModel):
    """An activity that no file holds: a name, and minutes or kilometres."""

    model_config = ConfigDict(extra="forbid")

    date: WhichDay = None
    kind: Annotated[str, Field(description="run, yoga, football, moving house", min_length=1, max_length=200)]
    minutes: Annotated[float | None, Field(ge=0, le=1440)] = None
    effort: Annotated[float | None, Field(ge=0, le=10)] = None
    km: Annotated[float | None, Field(ge=0, le=1000)] = None


@router.get("/profile", tags=["profile"])
def read(seen: Seen) -> StoredProfile:
    """Who somebody is, as far as they said."""
    return _stored(seen, seen.desk.journal.store.profile())


@router.patch("/profile", tags=["profile"])
def change(given: GivenProfile, seen: Seen) -> StoredProfile:
    """Change what is given."""
    values = given.model_dump(exclude_none=True)
    if "equipment" in values:
        values["equipment"] = ",".join(plain(thing) for thing in values["equipment"])
    return _stored(seen, entering.profile(seen.desk.journal, values))


@router.post("/activities", status_code=201, tags=["activities"])
def log(given: Activity, seen: Seen) -> Activity:
    """Note an activity; `/api/journal?kind=activity` lists them."""
    noted = entering.log_activity(
        seen.desk.journal, given.kind, given.date, given.minutes, given.effort, given.km
    )  # fmt: skip
    return Activity(date=noted.day, kind=noted.title or "", minutes=given.minutes, effort=given.effort, km=given.km)


def _stored(seen: View, stored: dict[str, str]) -> StoredProfile:
    person = entering.person_of(stored)
    values: dict[str, Any] = {name: stored.get(name) for name in GivenProfile.model_fields}
    if values["equipment"] is not None:
        values["equipment"] = [thing for thing in values["equipment"].split(",") if thing]
    computed = ComputedWith(
        body_mass_kg=person.body_mass_kg, height_cm=person.height_m * entering.CENTIMETRES,
        assumed=list(person.assumed),
    )  # fmt: skip
    return StoredProfile(profile=GivenProfile.model_validate(values, strict=False), computed_with=computed)

"""The catalogue as JSON."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from pydantic import BaseModel, Field

from backstory.journal.entering import all_exercises
from backstory.model import Exercise

router = APIRouter(tags=["exercises"])


class KnownExercise(BaseModel):
    """An exercise; its figure is an animated SVG."""

    id: str
    name: str
    family: str
    equipment: list[str]
    primary: list[str] = Field(description="muscles that do most of it")
    secondary: list[str] = Field(description="muscles that help")
    figure: str


class NamedExercise(KnownExercise):
    """With every name that it is known by."""

    names: list[str]


@router.get("/exercises")
def exercises(search: Annotated[str, Query(max_length=200)] = "") -> list[KnownExercise]:
    """All of them, or those with all of these words in one of their names."""
    words = search.casefold().split()
    return [
        KnownExercise(**_told(one))
        for one in all_exercises()
        if not words or any(all(word in name.casefold() for word in words) for name in (one.id, *one.names))
    ]


@router.get("/exercises/{id}")
def exercise(id: Annotated[str, Path(max_length=200)]) -> NamedExercise:
    """One by its id."""
    found = next((one for one in all_exercises() if one.id == id), None)
    if found is None:
        raise HTTPException(404, "There is no exercise of this id.")
    return NamedExercise(**_told(found), names=list(found.names))


def _told(one: Exercise) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "family": one.family, "equipment": list(one.equipment),
        "primary": list(one.primary), "secondary": list(one.secondary), "figure": f"/figures/{one.id}.svg",
    }  # fmt: skip

"""What the exercises in the log are called: every name, and what it is taken for."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from backstory.journal.entering import find_exercises, set_name
from backstory.web.showing import Seen

router = APIRouter(prefix="/import/names")


@router.get("")
def page(seen: Seen) -> Response:
    """Every name."""
    return seen.page("names.html", names=seen.desk.shelf.get("names"))


@router.post("")
def choose(seen: Seen, name: Annotated[str, Form()] = "", exercise: Annotated[str, Form()] = "") -> Response:
    """Remember what a name means."""
    chosen = set_name(seen.desk.journal, name, exercise)
    if not seen.by_script:
        return seen.go_to("/import/names")
    return seen.page("parts/named.html", name=name, exercise=chosen.id)


@router.get("/choose")
def search(seen: Seen, name: str = "", q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Any exercise for one name: those that are close to it, or that were searched for."""
    found = [exercise.id for exercise in find_exercises(q or name)]
    return seen.page("name.html", name=name, q=q, found=found)

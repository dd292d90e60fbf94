"""Days on which spells of back pain began: marked on the load's page, and taken back."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from backstory.journal.looking_back import mark, marked_days
from backstory.web.forms import day_of
from backstory.web.showing import Seen, View

router = APIRouter()


@router.post("/load/bouts")
def mark_one(seen: Seen, began: Annotated[str, Form()] = "", withdrawn: Annotated[str, Form()] = "") -> Response:
    """Mark a day, or take a marked one back. Raises InputError."""
    days, back = day_of(began), day_of(withdrawn)
    said = mark(seen.desk.journal, [days] if days else [], [back] if back else [])
    if not seen.by_script:
        return seen.go_to("/load#bouts")
    shown = seen.page("parts/bouts.html", said_now=said, **bout_values(seen))
    shown.headers["HX-Trigger"] = "bouts"
    return shown


@router.get("/load/look-back")
def look_back(seen: Seen) -> Response:
    """What the log says by itself, and before the marked days."""
    if not seen.by_script:
        return seen.go_to("/load#look-back")
    return seen.page("parts/look_back.html", back=seen.desk.shelf.get("look_back"))


def bout_values(seen: View) -> dict[str, Any]:
    """What these parts of the page show: marked days, the latest first, and what was before them."""
    marked, today = marked_days(seen.desk.journal), seen.desk.journal.today()
    return {"bouts": sorted(marked, reverse=True), "today": today, "back": seen.desk.shelf.get("look_back")}

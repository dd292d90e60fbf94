"""Load: what training asked of the low back, week by week, day by day, set by set."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from backstory.journal.entering import all_exercises
from backstory.web.charting import bars, chart, line, panel, view, weeks
from backstory.web.forms import amount, whole
from backstory.web.pages.bouts import bout_values
from backstory.web.showing import Seen, View

router = APIRouter()
WEEKS_SHOWN, A_WEEK = 26, timedelta(days=6)
PATIENCE_S = 5.0


@router.get("/load")
def load(seen: Seen, day: Annotated[date | None, Query(alias="date")] = None) -> Response:
    """The page; with a date, that day's sets on it."""
    kept = seen.desk.shelf.get("load")
    known = kept.value
    sets = seen.desk.shelf.get("sets", day=day.isoformat()) if day else None
    return seen.page(
        "load.html", load=kept, weeks=known["weeks"][-WEEKS_SHOWN:][::-1] if known else [],
        chart=_chart(seen, known) if known else None, day=day, sets=sets, days=_days(known, day) if known else [],
        **bout_values(seen),
    )  # fmt: skip


@router.get("/load/exercises")
def exercises(seen: Seen) -> Response:
    """Names to choose from, asked for when somebody is about to."""
    return seen.page("parts/exercises.html", exercises=all_exercises())


@router.get("/load/set")
def one_set(seen: Seen, exercise: str, kg: str = "", reps: str = "1") -> Response:
    """What one set does. Raises InputError."""
    load_kg, count = amount(kg, "kg") or 0.0, whole(reps or "1", seen.text("journal.reps"))
    found = seen.desk.shelf.get("one_set", wait_s=PATIENCE_S, exercise=exercise, load_kg=load_kg, reps=count)
    return seen.page("parts/one_set.html" if seen.by_script else "one_set.html", found=found)


def _chart(seen: View, known: dict[str, Any]) -> dict[str, Any]:
    """Every week's load beside the usual, half a year of it first."""
    views = []
    for name, some in (("half_year", known["weeks"][-WEEKS_SHOWN:]), ("all", known["weeks"])):
        values = bars(seen.text("load.load"), [week["load"] for week in some], "load", known["unit"])
        along = weeks(seen.text, some[0]["week"], len(some))
        usual = line(seen.text("load.usual"), [week["usual"] for week in some], dashed=True)
        shown = panel(values, usual, title=seen.text("load.chart_title", unit=known["unit"]))
        views.append(view(along, shown, name=seen.text(f"load.{name}"), link="/load?date={date}"))
    return chart(seen.text, seen.text("load.chart"), *(views if len(known["weeks"]) > WEEKS_SHOWN else views[:1]))


def _days(known: dict[str, Any], day: date | None) -> list[dict[str, Any]]:
    """Training days of the week of a day, or of the last week of the log."""
    about = day or date.fromisoformat(known["last"])
    monday = about - timedelta(days=about.weekday())
    first, last = monday.isoformat(), (monday + A_WEEK).isoformat()
    return [one for one in known["days"] if first <= one["date"] <= last]

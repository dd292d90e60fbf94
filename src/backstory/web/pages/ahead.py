"""Half a year ahead: the plan lived on a copy of the journal, beside half a year as before."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from backstory.journal.plan_wish import USUAL_AHEAD
from backstory.web import looking_ahead
from backstory.web.charting import band, chart, line, panel, view, weeks
from backstory.web.forms import whole
from backstory.web.planned import shown_weight, units_of
from backstory.web.showing import Seen, View

router = APIRouter(prefix="/plan/ahead")


@router.get("")
def page(seen: Seen) -> Response:
    """The page."""
    return _page(seen)


@router.post("")
def begin(seen: Seen, weeks: Annotated[str, Form()] = str(USUAL_AHEAD)) -> Response:
    """Simulate; it goes on in the background."""
    looking_ahead.begin(seen.desk, whole(weeks, seen.text("plan.weeks")))
    return seen.go_to("/plan/ahead")


@router.get("/job")
def how_far(seen: Seen) -> Response:
    """How far it is; what asks gets the whole page once it is done."""
    if not seen.by_script:
        return seen.go_to("/plan/ahead")
    ahead = looking_ahead.standing(seen.desk)
    if ahead.under_way:
        return seen.page("parts/ahead_job.html", job=ahead.job)
    shown = _page(seen)
    shown.headers.update({"hx-retarget": "#content", "hx-reselect": "#content", "hx-reswap": "outerHTML show:none"})
    return shown


@router.post("/cancel")
def cancel(seen: Seen) -> Response:
    """No more of it."""
    looking_ahead.cancel(seen.desk)
    return seen.go_to("/plan/ahead")


def _page(seen: View) -> Response:
    ahead = looking_ahead.standing(seen.desk)
    drawn = _chart(seen, ahead.told) if ahead.told else None
    return seen.page("ahead.html", ahead=ahead, chart=drawn, units=units_of(seen), weight=shown_weight)


def _chart(seen: View, told: dict[str, Any]) -> dict[str, Any]:
    """Each week's low-back load by the plan, with its lives' ends, and as before."""
    loads = [week["load"] for week in told["by_week"]]
    values = {name: [one[name] for one in loads] for name in ("plan", "lo", "hi", "before")}
    shown = panel(
        band(seen.text("ahead.lives"), values["lo"], values["hi"]),
        line(seen.text("ahead.by_plan"), values["plan"]),
        line(seen.text("ahead.as_before"), values["before"], "load", dashed=True),
        title=seen.text("load.chart_title", unit=told["unit"]), height_px=220,
    )  # fmt: skip
    along = weeks(seen.text, told["by_week"][0]["week"], len(loads))
    return chart(seen.text, seen.text("ahead.chart"), view(along, shown))

"""Why: the answer at its three depths, and before there is one what is known so far."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from backstory.web import charting, texts
from backstory.web.kept import Kept
from backstory.web.showing import Seen, View

router = APIRouter()
PAIN_ENDS, PAIN_TICKS = (0.0, 10.0), (0.0, 5.0, 10.0)
LAGS = range(1, 8)
TIMES = " ×"


@router.get("/why")
def why(seen: Seen) -> Response:
    """The page."""
    kept = seen.desk.shelf.get("answer")
    if kept.value and kept.value["missing"] and not kept.fresh:
        kept = Kept(None, False)  # what was missing may be there by now
    found = kept.value
    early = seen.desk.shelf.get("so_far") if kept.made and (found is None or found["missing"]) else None
    return seen.page(
        "why.html", kept=kept, found=found, early=early, paragraph=_paragraph(found),
        pictures=_pictures(seen, found), effects=_effects(found),
        short_weekdays=texts.load(seen.language).language["short_weekdays"],
        calendar=_calendar(early.value) if early and early.value else [],
    )  # fmt: skip


@router.get("/why/newer")
def newer(seen: Seen) -> Response:
    """A line once the answer is of the journal as it stands; nothing until then."""
    fresh = seen.desk.shelf.get("answer").fresh
    return seen.page("parts/newer_there.html", where="/why") if fresh else Response(status_code=204)


def _paragraph(found: dict[str, Any] | None) -> list[str]:
    """What was found, without the sentence that stands above it."""
    if found is None:
        return []
    first, *others = found["told"]["findings"] or [""]
    return [text for text in (first.removeprefix(found["sentence"]).strip(), *others) if text]


def _pictures(seen: View, found: dict[str, Any] | None) -> dict[str, Any]:
    """The charts: `timeline`, None where there is none, and one of `curves` an exposure, the main one first."""
    if found is None:
        return {"timeline": None, "curves": []}
    told = found["timeline"]
    views = [_by_day(seen, told["days"])] if told else []
    if told and told["weeks"]:
        views.append(_by_week(seen, told["weeks"]))
    name = seen.text("why.timeline")
    return {
        "timeline": charting.chart(seen.text, name, *views) if views else None,
        "curves": [{**curve, "chart": _curve(seen, curve)} for curve in found["curves"]],
    }


def _by_day(seen: View, days: dict[str, Any]) -> charting.Part:
    pain = charting.panel(
        charting.dots(seen.text("why.score"), days["pain"]), charting.line(seen.text("why.middle"), days["middle"]),
        title=seen.text("why.pain"), ends=PAIN_ENDS, ticks=PAIN_TICKS,
    )  # fmt: skip
    along = charting.days(days["begins"], len(days["pain"]))
    return charting.view(along, pain, _load(seen, days["load"], "day"), name=seen.text("why.by_day"))


def _by_week(seen: View, weeks: dict[str, Any]) -> charting.Part:
    pain = charting.panel(
        charting.band(seen.text("why.week_range"), weeks["lo"], weeks["hi"]),
        charting.line(seen.text("why.week_middle"), weeks["middle"]),
        title=seen.text("why.pain"), ends=PAIN_ENDS, ticks=PAIN_TICKS,
    )  # fmt: skip
    along = charting.weeks(seen.text, weeks["begins"], len(weeks["middle"]))
    load = _load(seen, weeks["load"], "week")
    return charting.view(along, pain, load, name=seen.text("why.by_week"), link="/load?date={date}")


def _load(seen: View, values: Sequence[float | None], each: str) -> charting.Part:
    series = charting.bars(seen.text("why.load"), values, unit=TIMES)
    usual = seen.text(f"why.usual_{each}")
    return charting.panel(series, title=seen.text(f"why.load_{each}"), height_px=105, lines=[(1.0, usual)])


def _curve(seen: View, curve: dict[str, Any]) -> charting.Part:
    """Pain points on each of the seven mornings after."""
    mornings = charting.names([str(n) for n in LAGS], [seen.text("why.morning", n=n) for n in LAGS])
    points = charting.panel(
        charting.band(seen.text("why.range"), curve["lo"], curve["hi"]),
        charting.line("", curve["points"]), charting.dots(seen.text("why.points"), curve["points"]), height_px=170,
    )  # fmt: skip
    return charting.chart(seen.text, seen.text("why.curve", what=curve["label"]), charting.view(mornings, points))


def _effects(found: dict[str, Any] | None) -> dict[str, Any]:
    """Rows with their places on one scale [%], and where zero lies on it."""
    rows = [row for row in found["effects"] if row["points"] is not None] if found else []
    if not rows:
        return {"rows": [], "zero": 0.0}
    low: float = min(0.0, *(row["lo"] for row in rows))
    high: float = max(0.0, *(row["hi"] for row in rows))

    def place(value: float) -> float:
        return 2 + 96 * (value - low) / (high - low or 1.0)

    placed = [{**row, "at": [place(row[name]) for name in ("lo", "points", "hi")]} for row in rows]
    return {"rows": placed, "zero": place(0.0)}


def _calendar(early: dict[str, Any]) -> list[tuple[date, list[dict[str, Any] | None]]]:
    """Weeks from Monday on, each with its seven days; None for a day before the first or after the last."""
    by_day = {date.fromisoformat(one["date"]): one for one in early["calendar"]}
    if not by_day:
        return []
    first, last = min(by_day), max(by_day)
    monday = first - timedelta(days=first.weekday())
    count = ((last - monday).days // 7 + 1) * 7
    days = [monday + timedelta(days=n) for n in range(count)]
    unlogged = set(early["unlogged"])
    cells = [by_day.get(day) and {**by_day[day], "unlogged": by_day[day]["date"] in unlogged} for day in days]
    return [(days[n], cells[n : n + 7]) for n in range(0, count, 7)]

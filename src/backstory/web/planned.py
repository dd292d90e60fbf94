"""The plan as pages show it: what is wanted, the session of today with its sets, and the days to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backstory.journal import helping, plan_own
from backstory.journal.training import Ticked, logged_today
from backstory.model import POUND_KG
from backstory.web.kept import Kept
from backstory.web.showing import View

Session = Mapping[str, Any]
NO_PLAN = "none"
TITLE = "Training"


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """One set of an exercise as it is asked for, and as it was done; key: "1" for the first, "w1" for lighter ones."""

    key: str
    kind: str
    load_kg: float | None
    reps: float | None
    seconds: float | None
    done: Ticked | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The plan from today on. session: today's, None = there is none; begun: it was; others: later ones, oldest first.

    refused: why no plan may be made now; wish: what is wanted, as far as it was said.
    """

    kept: Kept
    refused: str
    wish: Mapping[str, Any]
    session: Session | None
    begun: bool
    others: Sequence[Session]
    rest_days: Sequence[Mapping[str, Any]]

    @property
    def told(self) -> dict[str, Any]:
        """The plan's own values; {} where there are none."""
        return self.kept.value or {}

    @property
    def whole(self) -> dict[str, Any]:
        """The plan with the session that was begun in it, as it is taken along."""
        sessions = [*([self.session] if self.session else []), *self.others]
        return {**self.told, "sessions": sessions, "rest_days": list(self.rest_days)}


def planned(seen: View, wait_s: float = 0.0) -> Shown:
    """The plan. wait_s: for how long to wait where it is not made yet."""
    journal, today = seen.desk.journal, seen.desk.journal.today().isoformat()
    judged, wish = helping.stands(journal).judgement, plan_own.wanted(journal)
    if judged.plan == NO_PLAN:
        return Shown(Kept(None, True), judged.text, wish, None, False, (), ())
    kept = seen.desk.shelf.get("plan", **wish)
    if kept.made is None and wait_s:
        kept = seen.desk.shelf.get("plan", wait_s, **wish)
    told, begun = kept.value or {"sessions": [], "rest_days": []}, plan_own.begun(journal)
    own = begun or next((one for one in told["sessions"] if one["date"] == today), None)
    others = [one for one in told["sessions"] if one["date"] > today]
    rest = [one for one in told["rest_days"] if one["date"] > today or (one["date"] == today and begun is None)]
    return Shown(kept, "", wish, own, begun is not None, others, rest)


def days_of(shown: Shown, today: date) -> list[dict[str, Any]]:
    """The days of the plan's first week: date, and what it is: session, rest or nothing that is known."""
    sessions = {one["date"] for one in (*shown.others, *([shown.session] if shown.session else []))}
    rest = {one["date"] for one in shown.rest_days}
    days = [(today + timedelta(days=number)).isoformat() for number in range(7)]
    last = max(sessions | rest, default="")
    kinds = {day: "session" if day in sessions else "rest" if day in rest else "" for day in days}
    return [{"date": day, "kind": kind} for day, kind in kinds.items() if day <= last]


def done_on(seen: View, day: date) -> dict[str, Ticked]:
    """What was ticked off on a day, by its key."""
    found = (one for logged in logged_today(seen.desk.journal, day) for one in logged.sets)
    return {one.tick: one for one in found if one.tick}


def tick_of(day: str, exercise: str, key: str) -> str:
    """The key of a planned set: one sent twice is one set."""
    return f"plan {day} {exercise} {key}"


def sets_of(lift: Session, day: str, done: Mapping[str, Ticked]) -> list[PlannedSet]:
    """Lighter sets, working sets, and what was done beyond them; one more to come where all are done."""
    found = [
        PlannedSet(
            f"w{n}", "warm-up", step["kg"], step["reps"], None, done.get(tick_of(day, lift["exercise"], f"w{n}"))
        )
        for n, step in enumerate(lift["ramp"], 1)
    ]
    number, load_kg = 0, lift["load_kg"]
    while number < lift["sets"] or done.get(tick_of(day, lift["exercise"], str(number))):
        number += 1
        ticked = done.get(tick_of(day, lift["exercise"], str(number)))
        load_kg = ticked.load_kg if ticked else load_kg  # what was corrected in one set holds for the next ones
        found.append(PlannedSet(str(number), "normal", load_kg, *_asked(lift, number), ticked))
    return found


def next_of(sets: Sequence[PlannedSet]) -> PlannedSet:
    """The working set that comes next: its values stand in the fields."""
    working = [one for one in sets if one.kind == "normal"]
    return next((one for one in working if one.done is None), working[-1])


def _asked(lift: Session, number: int) -> tuple[float | None, float | None]:
    """Repetitions or seconds of a working set; holds of a set, which get fewer from set to set, in one."""
    if lift["hold_s"] is not None:
        holds = lift["holds"][min(number, len(lift["holds"])) - 1] if lift["holds"] else lift["reps"] or 1
        return None, holds * lift["hold_s"]
    return (None, lift["minutes"] * 60) if lift["minutes"] is not None else (lift["reps"], None)


def shown_weight(load_kg: float | None, units: str) -> float | None:
    """As it stands on plates; pounds to the half pound."""
    return round(2 * load_kg / POUND_KG) / 2 if load_kg is not None and units == "lb" else load_kg


def in_kg(weight: float | None, units: str) -> float | None:
    """What was typed, in kilograms."""
    return weight * POUND_KG if weight is not None and units == "lb" else weight


def units_of(seen: View) -> str:
    """kg or lb."""
    units: str = seen.desk.journal.store.profile().get("units", "kg")
    return units

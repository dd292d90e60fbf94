"""What belongs to somebody's plan and not to the week's solving: what is wanted, and the session that was begun.

A plan is made anew from today on whenever the journal changes. A session that was begun stays as it was planned until
the day is over: else its first set would take it out of the plan.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from backstory.errors import InputError
from backstory.journal.opening import Journal
from backstory.journal.plan_wish import USUAL_DAYS, USUAL_MINUTES, WEEKDAYS, Wish, checked, ids_of
from backstory.model import Begun, PlanWish

KEPT = tuple(field.name for field in fields(Wish) if field.name != "first")
NOTHING = Wish()


def wanted(journal: Journal) -> dict[str, Any]:
    """What is wanted of a plan, as the fields of a Wish; only what was said."""
    found = journal.store.last_entry(PlanWish)
    return {} if found is None else {name: found.wish[name] for name in KEPT if name in found.wish}


def want(journal: Journal, wish: Wish) -> dict[str, Any]:
    """Keep what is wanted from now on; what was kept. Raises InputError, UnknownExercise for what cannot be."""
    checked(journal, wish)
    keep, avoid = (tuple(sorted(ids_of(journal, names))) for names in (wish.keep, wish.avoid))
    wish = replace(wish, keep=keep, avoid=avoid)
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(wish).items()}
    said = {name: given[name] for name in KEPT if given[name] and given[name] != getattr(NOTHING, name)}
    if said != wanted(journal):
        journal.store.save_entry(PlanWish(journal.today(), said), journal.clock())
    return said


def lengthen(journal: Journal, day: date, minutes: int) -> None:
    """So many more minutes on that weekday, from now on. Raises InputError for a weekday that is none of training."""
    wish = wanted(journal)
    days = [word[:3].casefold() for word in wish.get("days", USUAL_DAYS)]
    each = wish.get("minutes", [USUAL_MINUTES])
    by_day = dict(zip(days, each * len(days) if len(each) == 1 else each, strict=True))
    word = WEEKDAYS[day.weekday()]
    if word not in by_day:
        raise InputError("That day is none of your training days.")
    by_day[word] += minutes
    want(journal, Wish(**{**wish, "days": tuple(by_day), "minutes": tuple(by_day.values())}))


def need_not_come(journal: Journal, exercise: str) -> None:
    """An exercise that was to come whatever else is, need not any more. Raises InputError."""
    wish = wanted(journal)
    if exercise not in wish.get("keep", ()):
        raise InputError("You did not ask to keep this; what a clinician prescribed is changed in the settings.")
    want(journal, Wish(**{**wish, "keep": tuple(name for name in wish["keep"] if name != exercise)}))


def begun(journal: Journal, day: date | None = None) -> Mapping[str, Any] | None:
    """The session that was begun on a day, today by default; None = none was."""
    found = journal.store.last_entry(Begun)
    return found.session if found is not None and found.day == (day or journal.today()) else None


def begin(journal: Journal, day: date, session: Mapping[str, Any]) -> None:
    """Keep a session as it was planned, from its first set on. Raises InputError."""
    if session != begun(journal, day):
        journal.store.save_entry(Begun(day, session), journal.clock())


def swap_today(journal: Journal, exercise: str, other: Mapping[str, Any]) -> None:
    """Put another exercise into the session that was begun today. Raises InputError where there is none to replace."""
    session, today = begun(journal), journal.today()
    if session is None or all(one["exercise"] != exercise for one in session["main"]):
        raise InputError("This exercise is not in the session that you have begun.")
    main = [dict(other) if one["exercise"] == exercise else one for one in session["main"]]
    begin(journal, today, {**session, "main": main})

"""What surrounds a session: its warm-up, its cool-down, and the days without one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.plan.plan import FullSession, Part, RestDay
from backstory.plan.values import Chosen, PlannedSession

DAY = timedelta(days=1)
WARM_UP = ((25, 5), (40, 6), (60, 8), (90, 10))  # up to so many minutes of session: so many of warm-up (R13: 5 to 15)
LONGEST_WARM_UP = 12
COOL_DOWN = ((25, 3), (60, 5), (75, 7))  # R17: 5 to 10 walking and stretching; lying after long ones
LONG_COOL_DOWN = 15
LOWER = frozenset({"squat", "hinge", "lunge"})
UPPER = frozenset({"push", "pull"})
FEW_MAIN = 3
Offer = tuple[str, float, str]  # in words, minutes, exercise
Fits = Callable[[str], bool]  # whether an exercise can be done with what there is, and may be


@dataclass(frozen=True, slots=True)
class Piece:
    """What a warm-up or a cool-down may hold: before: slots that it prepares for, muscles that it stretches; empty =
    any. kind: as in the data, such as "raise" or "balance".
    """

    exercise: str
    name: str
    kind: str
    minutes: float
    before: frozenset[str] = frozenset()
    muscles: frozenset[str] = frozenset()
    static: bool = False


def warm_up_minutes(session_minutes: int) -> int:
    """How long a warm-up takes before a session of so many minutes.

    >>> warm_up_minutes(20), warm_up_minutes(60), warm_up_minutes(120)
    (5, 8, 12)
    """
    return next((minutes for most, minutes in WARM_UP if session_minutes <= most), LONGEST_WARM_UP)


def cool_down_minutes(session_minutes: int) -> int:
    """How long a cool-down takes; 15 after more than 75 minutes, a lying stretch being part of it (R17)."""
    return next((minutes for most, minutes in COOL_DOWN if session_minutes <= most), LONG_COOL_DOWN)


def warm_up(
    session: PlannedSession, kinds: Sequence[str], pieces: Sequence[Piece], fits: Fits, turn: int
) -> list[Part]:
    """One piece a kind, in their order, that fits what follows; other days, other pieces. Minutes are shared out."""
    slots, main = {one.candidate.slot for one in session.main}, {one.candidate.exercise for one in session.main}
    chosen: list[Piece] = []
    for kind in kinds:
        taken = main | {piece.exercise for piece in chosen}
        here = [p for p in pieces if p.kind == kind and fits(p.exercise) and p.exercise not in taken]
        apt = [piece for piece in here if piece.before & slots] or [p for p in here if not p.before] or here
        if apt:
            chosen.append(apt[turn % len(apt)])
    return _shared_out(chosen, session.warm_up)


def cool_down(
    session: PlannedSession,
    walk: Sequence[Piece],
    stretches: Sequence[Piece],
    lying: Sequence[Piece],
    fits: Fits,
    turn: int,
) -> list[Part]:
    """Walking, then a stretch for each of the muscles that worked most, then lying where there is time for it."""
    chosen = [piece for piece in walk if fits(piece.exercise)][:1]
    left = session.cool_down - sum(piece.minutes for piece in chosen)
    long = session.cool_down >= LONG_COOL_DOWN
    rest = [piece for piece in lying if fits(piece.exercise)] if long else []
    if rest:
        left -= rest[turn % len(rest)].minutes
    any_of_them = sorted({muscle for piece in stretches for muscle in piece.muscles})
    for muscle in _worked(session.main) or any_of_them:  # core work alone names none
        taken = {piece.exercise for piece in chosen}
        apt = [p for p in stretches if muscle in p.muscles and fits(p.exercise) and p.exercise not in taken]
        if apt and apt[0].minutes <= left:
            chosen.append(apt[0])
            left -= apt[0].minutes
    chosen += rest[turn % len(rest) : turn % len(rest) + 1] if rest else []
    return [Part(piece.exercise, piece.name, piece.minutes, piece.kind, piece.static) for piece in chosen]


def kind_of(main: Sequence[Chosen]) -> str:
    """What a session is, in a word or two."""
    families = {one.candidate.family for one in main if one.candidate.hard}
    if not families:
        return "core and easy work"
    lower, upper = bool(families & LOWER), bool(families & UPPER)
    if lower and upper:
        return "whole body" if len(main) >= FEW_MAIN else "a bit of everything"
    if lower:
        return "legs and hips"
    return "upper body" if upper else "small muscles"


def rest_days(
    first: date, days: int, sessions: Iterable[FullSession], offers: Sequence[Offer], usual: Mapping[int, Offer]
) -> list[RestDay]:
    """Each day of the plan without a session: what is usual on that weekday (Monday = 0), else a suggestion that
    changes from day to day.
    """
    trained = {one.day for one in sessions}
    free = [day for day in (first + n * DAY for n in range(days)) if day not in trained]
    found, turn = [], 0
    for day in free:
        if day.weekday() in usual:
            found.append(RestDay(day, *usual[day.weekday()], usual=True))
        elif offers:
            found.append(RestDay(day, *offers[turn % len(offers)]))
            turn += 1
    return found


def _shared_out(pieces: Sequence[Piece], minutes: int) -> list[Part]:
    """Pieces of so many minutes in all, in halves of a minute, in proportion to their own."""
    own = sum(piece.minutes for piece in pieces)
    parts: list[Part] = []
    passed = begins = 0.0
    for piece in pieces:
        passed += piece.minutes
        ends = round(2 * minutes * passed / own) / 2
        parts.append(Part(piece.exercise, piece.name, ends - begins, piece.kind, piece.static))
        begins = ends
    return parts


def _worked(main: Sequence[Chosen]) -> list[str]:
    """Muscles by the sets that they did, most first."""
    sets: dict[str, float] = {}
    for one in main:
        for muscle, share in one.candidate.muscles.items():
            sets[muscle] = sets.get(muscle, 0.0) + share * one.sets
    return sorted(sets, key=lambda muscle: (-sets[muscle], muscle))

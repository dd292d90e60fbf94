"""Which exercise fills a slot: what the person may do, has mastered and knows, mixed over the weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from backstory.plan.progress import Done

KNOWN_DAYS, RECENT_DAYS = 365, 60
MASTERED_SESSIONS, MASTERED_SETS, MASTERED_RIR, MASTERED_PAIN = 2, 2, 2, 2.0  # R33
MIXED = 3  # among so many of the best, where a slot has no ladder to climb
BLOCK_WEEKS = 4  # after which a lift makes room for its like
GENTLE = 1  # the highest demand, of any kind, of what is begun while the back settles (judgement)
FIRST_RUNG = {"new": 2, "some": 3, "long": 5}  # without any history in the slot: the basic version first
OLDER_FIRST_RUNG = {"new": 1, "some": 2, "long": 3}  # judgement


@dataclass(frozen=True, slots=True)
class Option:
    """An exercise that could fill a slot; fields as in `Candidate`, equipment: everything that it needs."""

    exercise: str
    name: str
    family: str
    rung: int
    demand: Mapping[str, int]
    equipment: frozenset[str]
    gates: tuple[str, ...] = ()
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What limits a choice. equipment None = anything; keep, avoid: exercises or families; most: highest demand of each
    kind; closed: gates that do not stand open, by name with the rule and the sentence why; easy: only the lower
    half of a ladder; settling: a back in a flare, or a leg that joined in: what the log does not know stays on the
    first steps (R40, R41); good_reps: of a set that counts for a step (R33); older: 65 and more.
    """

    equipment: frozenset[str] | None = None
    keep: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    most: Mapping[str, int] = field(default_factory=dict)
    closed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    easy: bool = False
    settling: bool = False
    level: str = "new"
    good_reps: int = 8
    older: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an exercise is not taken: the rule, and a sentence."""

    rule: str
    text: str


def objection(option: Option, wishes: Wishes, highest: int) -> Objection | None:
    """The first rule that speaks against an exercise; None = it may be taken. highest: the rung that is open."""
    if {option.exercise, option.family} & wishes.avoid:
        return Objection("avoid", "you asked to avoid it, or were told to")
    if wishes.equipment is not None and (lacks := sorted(option.equipment - wishes.equipment)):
        return Objection("equipment", f"it needs {', '.join(lacks).replace('_', ' ')}")
    for kind, most in wishes.most.items():
        if option.demand.get(kind, 0) > most:
            return Objection("preference", f"it asks more {kind} than your back likes at the moment")
    for gate in option.gates:
        if gate in wishes.closed:
            return Objection(*wishes.closed[gate])
    if option.exercise not in wishes.keep and option.rung > highest:
        return Objection("R33", "the step before it comes first: two good sessions of that")
    return None


def highest_rung(
    options: Sequence[Option],
    done: Mapping[str, Sequence[Done]],
    pain: Mapping[date, float],
    wishes: Wishes,
    today: date,
) -> int:
    """The highest rung that is open: what was done lately, one above what was mastered (R33), or where one begins."""
    recent = today - timedelta(days=KNOWN_DAYS)
    top, mastered = max((option.rung for option in options), default=0), 0
    lately = 0
    for option in options:
        sessions = [one for one in done.get(option.exercise, ()) if one.day >= recent]
        if len(sessions) >= MASTERED_SESSIONS:
            lately = max(lately, option.rung)
        if sum(_good(one, pain, wishes.good_reps) for one in sessions) >= MASTERED_SESSIONS:
            mastered = max(mastered, option.rung)
    open_to = max(lately, mastered + 1 if mastered and not wishes.settling else mastered)
    if not open_to:
        open_to = min(_first_rung(wishes), top)
    return max(1, (top + 1) // 2) if wishes.easy and open_to > (top + 1) // 2 else open_to


def choose(
    options: Sequence[Option],
    done: Mapping[str, Sequence[Done]],
    pain: Mapping[date, float],
    wishes: Wishes,
    today: date,
    week: int,
) -> tuple[Option, ...]:
    """The exercise of this week, first, and the next best; () where nothing may be taken.

    options: a slot's, easiest first; week: counts up by one a week, so that exercises change places over the weeks.
    """
    highest = highest_rung(options, done, pain, wishes, today)
    free = [option for option in options if objection(option, wishes, highest) is None]
    kept = [option for option in free if {option.exercise, option.family} & wishes.keep]
    if kept:
        return tuple(kept[:2])
    last = max((one.day for sessions in done.values() for one in sessions), default=today)
    recent = min(last, today) - timedelta(days=RECENT_DAYS)  # before a pause, too
    times = {option.exercise: sum(one.day >= recent for one in done.get(option.exercise, ())) for option in free}
    ladder = any(option.rung > 1 for option in options)
    ranked = sorted(free, key=lambda option: (-times[option.exercise], -option.rung if ladder else 0))
    if not ranked:
        return ()
    most = times[ranked[0].exercise]
    known = [option for option in ranked if times[option.exercise] > most / 2]  # what comes now and then is no like
    pool = known or _new(ranked, wishes)
    if (
        ladder and known and not known[0].loaded and known[0].rung < highest
    ):  # a weight grows; without one, the step does
        pool = [option for option in ranked if option.rung == known[0].rung + 1] or pool
    turn = week // BLOCK_WEEKS if ladder else week
    pool = pool[:MIXED]
    first = pool[turn % len(pool)] if len(pool) > 1 else pool[0]
    rest = [option for option in ranked if option is not first]
    return (first, *rest[:1])


def _first_rung(wishes: Wishes) -> int:
    """Where one begins in a slot that the log knows nothing of."""
    return (OLDER_FIRST_RUNG if wishes.older else FIRST_RUNG)["new" if wishes.settling else wishes.level]


def _new(ranked: Sequence[Option], wishes: Wishes) -> list[Option]:
    """Of what the log does not know, the hardest that is open; while the back settles, the first steps that ask little
    of it.
    """
    if not wishes.settling:
        return [option for option in ranked if option.rung == ranked[0].rung]
    gentle = [option for option in ranked if max(option.demand.values(), default=0) <= GENTLE] or list(ranked)
    low = [option.rung for option in gentle if option.rung <= _first_rung(wishes)]
    rung = max(low) if low else min(option.rung for option in gentle)
    return [option for option in gentle if option.rung == rung]


def _good(one: Done, pain: Mapping[date, float], least: int) -> bool:
    """Two sets and more, two in reserve where that is known, and a back that did not mind (R33)."""
    sets = sum(reps >= least for reps in one.reps)
    calm = pain.get(one.day, 0.0) <= MASTERED_PAIN and pain.get(one.day + timedelta(days=1), 0.0) <= MASTERED_PAIN
    return sets >= MASTERED_SETS and (one.rir is None or one.rir >= MASTERED_RIR) and calm

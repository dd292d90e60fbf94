"""The rules of a plan, one named function each: what a plan shows of it, its limit, and whether it is held.

To add one: write its function, put it into RULES with its id, and its text, grade and source into the rules' data. Hard
rules are kept by the solver; these functions look at the finished plan and share nothing with it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.plan.balance import side_of
from backstory.plan.building import asks_the_back
from backstory.plan.plan import Plan
from backstory.plan.values import DIRECTIONS, Candidate, Chosen

DAY, WEEK = timedelta(days=1), 7
WARM_UP_MINUTES, STATIC_S, COOL_DOWN_MINUTES, LYING_AFTER = (5, 15), 60, 3, 75
PULL_PUSH, HINGE_SQUAT = ("pull", "push"), ("hinge", "squat")
BALANCED = {PULL_PUSH: (0.75, 1.5), HINGE_SQUAT: (0.5, 2.0)}  # R26, R27
HEAVY_REST_S, LIGHT_REST_S, HEAVY_REPS = 120, 60, 6
FEW_RAMP_KG = 20.0
SETS_NOTE = 20.0
CUT_TO, CUT_NO_LOWER = 0.8, 0.5  # R39: 20 to 30 % less than last time; of the usual load
NEARLY, WEEK_NEARLY = 1e-6, 1.05
WALK, WALKS = "walk", 2
BALANCES = 2


@dataclass(frozen=True, slots=True)
class Held:
    """What a plan shows of a rule. held None: it does not apply."""

    value: str
    limit: str
    held: bool | None


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A rule by its id; hard: no plan breaks it."""

    id: str
    hard: bool
    look: Callable[[Plan], Held]


def rest_day(plan: Plan) -> Held:
    """A full rest day in seven, the week before and what the person usually does beside the weights included."""
    wanted, planned = plan.wanted, {one.day for one in plan.sessions}
    anyway = {*wanted.trained_before, *wanted.moving}
    longest = max((_window(anyway | planned, day) for day in anyway | planned), default=0)
    without = max((_window(anyway, day) for day in anyway), default=0)
    value = f"at most {longest} of 7 days{', runs and the like included' if wanted.moving else ''}"
    return Held(value, f"{WEEK - 1}", None if without == WEEK else longest < WEEK)


def two_days_apart(plan: Plan) -> Held:
    """48 hours between hard sessions of a muscle."""
    hard: dict[str, set[date]] = defaultdict(set)
    for muscle, day in plan.wanted.hard_before.items():
        hard[muscle].add(day)
    planned: dict[str, set[date]] = defaultdict(set)
    for day, one in _all(plan):
        for muscle in _hard(one.candidate):
            planned[muscle].add(day)
    near = sorted(m for m, days in planned.items() if any(day - DAY in days | hard[m] for day in days))
    return Held(", ".join(near) or "none nearer", "48 h", not near)


def no_spike(plan: Plan) -> Held:
    """No session with more low-back load than 10 % above the largest of 30 days."""
    most = plan.wanted.most_load
    largest = max((one.session.load for one in plan.sessions), default=0.0)
    if most is None:
        return Held(f"{largest:.1f}", "no session to compare with: starting loads", None)
    return Held(f"{largest:.1f}", f"{most:.1f}", largest <= most + 1e-6)


def usual_week(plan: Plan) -> Held:
    """The week's low-back load beside the usual one; what it holds already counts."""
    wanted = plan.wanted
    if wanted.week_load is None:
        return Held("not known yet", "your usual week", None)
    load = wanted.done_load + sum(one.session.load for one in plan.sessions)
    return Held(f"{load:.1f}", f"{wanted.week_load:.1f}", load <= WEEK_NEARLY * wanted.week_load)


def sets_a_muscle(plan: Plan) -> Held:
    """Sets a muscle and week."""
    counts = sets_by_muscle(plan)
    muscle = max(counts, key=lambda name: counts[name], default="")
    value = f"{counts[muscle]:g} ({muscle.replace('_', ' ')})" if muscle else "0"
    most = min(plan.wanted.sets_most, SETS_NOTE)
    return Held(value, f"{most:g}", all(sets <= most + 1e-6 for sets in counts.values()))


def pulling_to_pushing(plan: Plan) -> Held:
    """Pulling to pushing."""
    return _balance(plan, PULL_PUSH)


def hinging_to_squatting(plan: Plan) -> Held:
    """Hinging to squatting."""
    return _balance(plan, HINGE_SQUAT)


def core_in_three_directions(plan: Plan) -> Held:
    """Core work against bending back, turning and tipping."""
    offered = [d for d in DIRECTIONS if any(c.direction == d for slot in plan.wanted.slots for c in slot.candidates)]
    done = {one.candidate.direction for _, one in _all(plan)}
    done |= {c.direction for slot in plan.wanted.slots if plan.wanted.done_slots.get(slot.id) for c in slot.candidates}
    there = [direction for direction in offered if direction in done]
    return Held(", ".join(there) or "none", ", ".join(offered), len(there) == len(offered))


def walking(plan: Plan) -> Held:
    """Walking on days of rest and in sessions; what is usual, such as a run, is as good."""
    walks = [day.minutes for day in plan.rest_days if day.exercise == WALK or day.usual]
    walks += [one.candidate.minutes or 0.0 for _, one in _all(plan) if one.candidate.exercise == WALK]
    return Held(f"{len(walks)} times, {sum(walks):g} min", f"{WALKS} times and more", len(walks) >= WALKS)


def warm_up(plan: Plan) -> Held:
    """A warm-up of 5 to 15 minutes before every session."""
    minutes = [sum(part.minutes for part in one.warm_up) for one in plan.sessions]
    low, high = WARM_UP_MINUTES
    ends = dict.fromkeys(f"{one:g}" for one in (min(minutes), max(minutes))) if minutes else ()
    value = f"{' to '.join(ends)} min" if minutes else "no session"
    return Held(value, f"{low}-{high} min", all(low <= one <= high for one in minutes) if minutes else None)


def balance_work(plan: Plan) -> Held:
    """From 65 on, more balance before every session."""
    least = min((sum(part.kind == "balance" for part in one.warm_up) for one in plan.sessions), default=BALANCES)
    held = least >= BALANCES if plan.older else None
    return Held(f"{least} in each warm-up", f"{BALANCES} and more", held)


def ramp_sets(plan: Plan) -> Held:
    """Lighter sets before heavy ones."""
    heavy = [one for _, one in _all(plan) if one.candidate.hard and (one.candidate.load_kg or 0.0) > FEW_RAMP_KG]
    first = [one for one in heavy if (one.candidate.reps or 0) <= HEAVY_REPS]
    without = sum(not one.candidate.ramp for one in first)
    return Held(f"{len(first) - without} of {len(first)} heavy lifts", "40/60/80 %", not without if first else None)


def no_long_stretch_before(plan: Plan) -> Held:
    """No static stretch of more than 60 s before."""
    longest = max((60 * part.minutes for one in plan.sessions for part in one.warm_up if part.static), default=0.0)
    return Held(f"{longest:g} s", f"{STATIC_S} s", longest <= STATIC_S)


def cool_down(plan: Plan) -> Held:
    """A cool-down after every session."""
    minutes = [sum(part.minutes for part in one.cool_down) for one in plan.sessions]
    value = f"{min(minutes):g} min and more" if minutes else "no session"
    return Held(value, f"{COOL_DOWN_MINUTES} min", min(minutes) >= COOL_DOWN_MINUTES if minutes else None)


def breaks(plan: Plan) -> Held:
    """Breaks between sets."""
    short = [
        one.candidate.name
        for _, one in _all(plan)
        if one.candidate.hard and one.candidate.rest_s < (HEAVY_REST_S if _heavy(one.candidate) else LIGHT_REST_S)
    ]
    return Held(", ".join(dict.fromkeys(short)) or "as long as asked", "2-3 min heavy, 1-2 min light", not short)


def in_time(plan: Plan) -> Held:
    """Each session in its minutes."""
    over = [
        f"{one.day:%a} {used:g}"
        for one in plan.sessions
        if (used := minutes_of(plan, one.day)) > one.session.minutes + 1e-6
    ]
    return Held(", ".join(over) or "all", "minutes a day", not over)


def session_size(plan: Plan) -> Held:
    """Not too many exercises in a session."""
    most = max((len(one.session.main) for one in plan.sessions), default=0)
    return Held(f"{most} at most", f"{plan.wanted.most_exercises}", most <= plan.wanted.most_exercises)


def kept(plan: Plan) -> Held:
    """What was asked for or prescribed comes."""
    wanted = [slot for slot in plan.wanted.slots if slot.kept]
    came = {one.candidate.exercise for _, one in _all(plan)}
    missing = [
        slot.candidates[0].name
        for slot in wanted
        if not plan.wanted.done_slots.get(slot.id) and not came & {one.exercise for one in slot.candidates}
    ]
    return Held(", ".join(missing) or f"{len(wanted)} kept", "each week", not missing if wanted else None)


def avoided(plan: Plan) -> Held:
    """What is to be avoided does not come."""
    found = [one.candidate.name for _, one in _all(plan) if {one.candidate.exercise, one.candidate.family} & plan.avoid]
    return Held(", ".join(found) or "none of it", "never", not found if plan.avoid else None)


def preferences(plan: Plan) -> Held:
    """What the back minds is kept low, but for what was asked for or prescribed."""
    asked = {one.exercise for slot in plan.wanted.slots if slot.kept for one in slot.candidates}
    over = [
        one.candidate.name
        for _, one in _all(plan)
        if one.candidate.exercise not in asked
        and any(one.candidate.demand.get(kind, 0) > most for kind, most in plan.most.items())
    ]
    limit = ", ".join(f"{kind} {most}" for kind, most in plan.most.items())
    return Held(", ".join(over) or "kept", limit or "none known", not over if plan.most else None)


def flare_load(plan: Plan) -> Held:
    """In a flare, less than is usual."""
    if plan.state.flare is None:
        return Held("no flare", "of the usual load", None)
    share, loads = plan.state.flare.share, [(one.load_kg, one.usual_kg) for one in _loaded(plan)]
    shares = [now / usual for now, usual in loads if now is not None and usual]
    held = all(one <= share + NEARLY for one in shares)
    return Held(f"{max(shares, default=0.0):.0%}", f"{share:.0%} of the usual load", held)


def nights(plan: Plan) -> Held:
    """Short nights hold the load."""
    return _less(plan, 1.0 if plan.state.hold else None, "nights as usual", _loaded(plan))


def morning_after(plan: Plan) -> Held:
    """The morning after the last session: less, but what is at half of the usual load already may stay there."""
    on_the_back = [
        one
        for one in _loaded(plan)
        if asks_the_back(one.demand) and (one.load_kg or 0.0) > CUT_NO_LOWER * (one.usual_kg or 0.0) + NEARLY
    ]
    return _less(plan, CUT_TO if plan.state.cut else None, "settled", on_the_back)


def _loaded(plan: Plan) -> list[Candidate]:
    return [one.candidate for _, one in _all(plan) if one.candidate.load_kg is not None and not one.candidate.helps]


def _less(plan: Plan, share: float | None, otherwise: str, asked: Iterable[Candidate]) -> Held:
    """Whether no load is above this share of the last one."""
    limit = "of the last load"
    if share is None:
        return Held(otherwise, limit, None)
    shares = [one.load_kg / one.last_kg for one in asked if one.load_kg is not None and one.last_kg]
    return Held(f"{max(shares, default=0.0):.0%}", f"{share:.0%} {limit}", all(one <= share + NEARLY for one in shares))


RULES: tuple[PlanRule, ...] = (
    PlanRule("time", True, in_time), PlanRule("many", True, session_size), PlanRule("R18", True, rest_day),
    PlanRule("R19", True, two_days_apart),
    PlanRule("R20", True, no_spike), PlanRule("R05", True, core_in_three_directions), PlanRule("keep", True, kept),
    PlanRule("avoid", True, avoided), PlanRule("preference", True, preferences), PlanRule("R13", True, warm_up),
    PlanRule("R14", True, no_long_stretch_before), PlanRule("R17", True, cool_down), PlanRule("R41", True, flare_load),
    PlanRule("R39", True, morning_after), PlanRule("R32", True, nights), PlanRule("week", False, usual_week),
    PlanRule("R24", False, sets_a_muscle),
    PlanRule("R26", False, pulling_to_pushing), PlanRule("R27", False, hinging_to_squatting),
    PlanRule("R03", False, walking), PlanRule("age", False, balance_work), PlanRule("R34", False, breaks),
    PlanRule("R23", False, ramp_sets),
)  # fmt: skip


def sets_by_muscle(plan: Plan) -> dict[str, float]:
    """Sets a muscle in the week, done ones included; helpers count half (R25)."""
    counts: dict[str, float] = defaultdict(float, plan.wanted.done_sets)
    for _, one in _all(plan):
        for muscle, share in one.candidate.muscles.items():
            counts[muscle] += share * one.sets
    return dict(counts)


def minutes_of(plan: Plan, day: date) -> float:
    """What a session takes, warm-up and cool-down included."""
    one = next(full for full in plan.sessions if full.day == day)
    around = sum(part.minutes for part in (*one.warm_up, *one.cool_down))
    return around + sum(chosen.minutes for chosen in one.session.main)


def _all(plan: Plan) -> Iterable[tuple[date, Chosen]]:
    return ((one.day, chosen) for one in plan.sessions for chosen in one.session.main)


def _hard(candidate: Candidate) -> list[str]:
    return [muscle for muscle, share in candidate.muscles.items() if share == 1] if candidate.hard else []


def _heavy(candidate: Candidate) -> bool:
    return candidate.reps is not None and candidate.reps <= HEAVY_REPS


def _window(trained: set[date], end: date) -> int:
    return sum(end - n * DAY in trained for n in range(WEEK))


def _balance(plan: Plan, pair: tuple[str, str]) -> Held:
    """Of the whole week, what was done of it included."""
    sets: dict[str, float] = defaultdict(float)
    for _, one in _all(plan):
        sets[side_of(one.candidate)] += one.sets
    done = next((one.done for one in plan.wanted.balances if (one.first, one.second) == pair), (0, 0))
    a, b = (sets[side] + before for side, before in zip(pair, done, strict=True))
    low, high = BALANCED[pair]
    limit = f"{low:g}-{high:g}"
    if not a and not b:
        return Held("neither", limit, None)
    return Held(f"{a:g} to {b:g} sets", limit, bool(b) and low <= a / b <= high)

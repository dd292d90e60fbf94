"""From an exercise that was chosen to a candidate of the solver: sets, repetitions, load, breaks, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from backstory.plan.choosing import Option
from backstory.plan.progress import CUT, Done, Next, Target, held_load, lower, next_session, usual_load
from backstory.plan.state import State
from backstory.plan.values import Candidate

RAMPS = ((0.4, 8), (0.6, 5), (0.8, 3))  # R13: shares of the load, repetitions
FEWER_RAMPS = 1  # left out where the work itself is light
RAMP_FROM_KG, HEAVY_REPS = 20.0, 6
BENDS = 2  # of 3
LIGHTER_SETS, LIGHTER_LOAD = 0.6, 0.9  # of a lighter week (judgement)


@dataclass(frozen=True, slots=True)
class Way:
    """How an exercise is done for a goal: reps; with hold_s, holds of so many seconds; or minutes. minutes_per_set:
    with both sides and the rest; rep_minutes: what one repetition more takes; hard: whether its muscles need 48 h;
    direction: of core work.
    """

    sets: int
    reps: int | None
    hold_s: float | None
    holds: tuple[int, ...]
    minutes: float | None
    rir: int | None
    rest_s: int
    minutes_per_set: float
    rep_minutes: float
    hard: bool
    direction: str | None


@dataclass(frozen=True, slots=True)
class Lift:
    """What is known of lifting an exercise: its sessions, the smallest step, a load to begin with if it needs one.

    least_kg: the lightest there is; helps: the load takes weight off, as in an assisted pull-up; ramps: whether lighter
    sets come before.
    """

    done: Sequence[Done]
    step_kg: float
    start_kg: float | None
    least_kg: float = 0.0
    helps: bool = False
    ramps: bool = True


def planned(option: Option, way: Way, lift: Lift, state: State, today: date, lighter: bool) -> Candidate:
    """The exercise as it would be done next, its low-back load still 0 (`weighed` adds it).

    lighter: in the lighter week of a block.
    """
    cut = state.cut and asks_the_back(option.demand)
    told = _next(option, way, lift, state, today)
    load_kg = _help(lift) if lift.helps else told.load_kg if told else _held_load(lift, state, cut)
    if load_kg is not None and lighter and not lift.helps:
        load_kg = lower(load_kg, LIGHTER_LOAD, lift.step_kg)
    sets = max(1, round(way.sets * (LIGHTER_SETS if lighter else 1.0)))
    known = _loaded(lift)
    return Candidate(
        exercise=option.exercise, name=option.name, slot="", family=option.family, muscles={}, sets=sets,
        minutes_per_set=_minutes(way, told), load_per_set=0.0, hard=way.hard,
        reps=told.reps if told and way.reps else way.reps,
        likely_reps=_likely(told, lift), hold_s=way.hold_s, holds=way.holds, minutes=way.minutes,
        helps=lift.helps,
        load_kg=load_kg, last_kg=known[-1].load_kg if known else None,
        usual_kg=usual_load(known, way.reps or 0) if known else None,
        rir=way.rir, rest_s=way.rest_s,
        ramp=ramp_sets(load_kg, way, lift.step_kg) if lift.ramps else (),
        direction=way.direction, demand=option.demand, rung=option.rung,
        because=_because(told, load_kg, lift, way),
    )  # fmt: skip


def ramp_sets(load_kg: float | None, way: Way, step_kg: float) -> tuple[tuple[float, int], ...]:
    """Lighter sets before a lift that is heavy enough for them."""
    if load_kg is None or load_kg <= RAMP_FROM_KG or not way.hard or way.reps is None:
        return ()
    ramps = RAMPS if way.reps <= HEAVY_REPS else RAMPS[FEWER_RAMPS:]
    return tuple((lower(load_kg, share, step_kg), reps) for share, reps in ramps)


def asks_the_back(demand: Mapping[str, int]) -> bool:
    """Whether an exercise puts weight on the back, or bends it with something in the hands (R39)."""
    return demand.get("compression", 0) >= 1 or demand.get("flexion", 0) >= BENDS


def _help(lift: Lift) -> float | None:
    """Help stays as it was: less of it is asked by who takes less of it."""
    known = _loaded(lift)
    return known[-1].load_kg if known else lift.start_kg


def _loaded(lift: Lift) -> list[Done]:
    """Its sessions with a load."""
    return [one for one in lift.done if one.load_kg is not None]


def _next(option: Option, way: Way, lift: Lift, state: State, today: date) -> Next | None:
    if way.reps is None or way.hold_s is not None or lift.helps:
        return None
    target = Target(way.reps, way.rir or 0, way.sets, lift.step_kg, lift.least_kg)
    return next_session(
        lift.done,
        target,
        today,
        hold=state.hold,
        cut=(state.cut or state.leg) and asks_the_back(option.demand),
        flare=state.flare.share if state.flare else None,
    )


def _held_load(lift: Lift, state: State, cut: bool) -> float | None:
    """Of what is carried or held, or not done yet: by the last loads, or the one to begin with, less in a flare."""
    flare = state.flare.share if state.flare else None
    if known := _loaded(lift):
        return held_load(known, lift.step_kg, cut=cut, flare=flare)
    share = flare or (1 - CUT if cut else 1.0)
    return None if lift.start_kg is None else lower(lift.start_kg, share, lift.step_kg)


def _likely(told: Next | None, lift: Lift) -> float | None:
    """Repetitions that a set will probably have: those of last time, where these were more with no lighter load."""
    if told is None or not lift.done or not lift.done[-1].reps:
        return None if told is None else float(told.reps)
    last = lift.done[-1]
    heavier = (told.load_kg or 0.0) > (last.load_kg or 0.0)
    return float(told.reps) if heavier else max(float(told.reps), fmean(last.reps))


def _minutes(way: Way, told: Next | None) -> float:
    """Of a set, to half a minute: nobody knows it better, and whole halves are what the solver is quickest with."""
    more = told.reps - way.reps if told and way.reps else 0
    return max(round(2 * (way.minutes_per_set + max(more, 0) * way.rep_minutes)) / 2, 0.5)


def _because(told: Next | None, load_kg: float | None, lift: Lift, way: Way) -> tuple[tuple[str, str], ...]:
    if way.minutes is not None:
        return (("R01", "easy minutes beside the strength work"),)
    if told is not None:
        return ((told.rule, told.because),)
    if lift.done:
        return (("R33", f"you have done it {len(lift.done)} times"),)
    if load_kg is not None:
        return (("R23", "new to your log: begin light, and stop with two or three in reserve"),)
    return (("R33", "new to your log: the basic version first"),)

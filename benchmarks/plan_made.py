"""What the solver gets for a request: a log is made up, and the program makes the week's slots and limits from it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import numpy as np

from backstory import catalogue
from backstory.catalogue.training import load_training
from backstory.catalogue.training_values import Move
from backstory.journal.plan_history import History, trained_hard
from backstory.journal.plan_slots import Given
from backstory.journal.plan_usual import usual_load
from backstory.journal.plan_wish import Checked
from backstory.journal.planning import wish_of
from backstory.load.sets import set_loads
from backstory.model import Exercise, Person, Set
from backstory.plan.around import cool_down_minutes, warm_up_minutes
from backstory.plan.choosing import Wishes
from backstory.plan.progress import Done
from backstory.plan.state import Flare, State
from backstory.plan.values import Wanted
from plan_requests import EQUIPMENT, Ask

LARGEST_OF_DAYS, PAUSE_DAYS, PAIN_DAYS = 30, 35, 60
A_SESSION, SETS = (3, 6), (2, 5)
OPEN_RUNGS = {0.1: 2, 0.5: 4, 1.0: 6}  # by years of log; later all of them


@dataclass(frozen=True, slots=True)
class _Lift:
    """An exercise of the made-up log; set_load: on the low back, of one set [kNm·reps]."""

    exercise: Exercise
    slot: str
    load_kg: float | None
    reps: int
    set_load: float


@dataclass(frozen=True, slots=True)
class _Log:
    """sessions: by day, the lifts and how many sets of each."""

    sessions: dict[date, list[tuple[_Lift, int]]]


def wanted_of(ask: Ask) -> Wanted:
    """The request as the solver gets it."""
    log = _log(ask)
    given = _given(ask, log)
    wishes = given.wishes
    asked = Checked(
        first=ask.first, days=ask.days, goal=given.goal, level=None, equipment=wishes.equipment, keep=wishes.keep,
        avoid=wishes.avoid, weeks=1,
    )  # fmt: skip
    begun = ask.first - timedelta(days=ask.gone)
    this_week = [pair for day, main in log.sessions.items() if day >= begun for pair in main]
    sets: dict[str, float] = defaultdict(float)
    for lift, count in this_week:
        for share, muscles in ((1.0, lift.exercise.primary), (0.5, lift.exercise.secondary)):
            for muscle in muscles:
                sets[muscle] += share * count
    wanted = replace(
        wish_of(given, asked), done_sets=dict(sets), done_slots=dict(Counter(lift.slot for lift, _ in this_week))
    )
    return _tightened(ask, wanted)


def _given(ask: Ask, log: _Log) -> Given:
    """All that the program would have found in a journal."""
    rng = ask.random("wishes")
    training, history = load_training(), _history(ask, log)
    there = [move.exercise for slot in training.slots.values() for move in slot.possible(EQUIPMENT[ask.equipment])]
    keep = frozenset(rng.sample(sorted(set(there)), ask.kept))
    most = rng.choice(({}, {}, {"flexion": rng.choice((0, 1))}, {"compression": 1}))
    avoid = frozenset({ask.avoid} - {""})
    main = [day.minutes - warm_up_minutes(day.minutes) - cool_down_minutes(day.minutes) for day in ask.days]
    points = {"": (ask.pain, ask.pain - 0.1, ask.pain + 0.1)} if ask.pain is not None else {}
    if ask.pain is not None and rng.random() < 0.5:
        points["hinge"] = (2 * ask.pain, 2 * ask.pain - 0.1, 2 * ask.pain + 0.1)
    easy = history.state.leg or bool(history.state.flare and history.state.flare.easy)
    return Given(
        catalogue=catalogue.load(), training=training, history=history, person=_person(ask),
        wishes=Wishes(
            EQUIPMENT[ask.equipment], keep, avoid, most, {}, easy=easy, level=history.level,
            settling=history.state.leg or ask.flare,
        ),
        goal="return" if ask.flare else ask.goal, today=ask.first, week=ask.first.toordinal() // 7,
        main_minutes=sum(main) / len(main), points=points,
    )  # fmt: skip


def _history(ask: Ask, log: _Log) -> History:
    rng = ask.random("state")
    days = sorted(log.sessions)
    done: dict[str, list[Done]] = defaultdict(list)
    for number, day in enumerate(days):
        for lift, sets in log.sessions[day]:
            load_kg = None if lift.load_kg is None else round(lift.load_kg * (0.7 + 0.3 * number / len(days)) / 2) * 2.0
            rir = rng.choice((None, 1.0, 3.0))
            done[lift.exercise.id].append(Done(day, load_kg, (float(lift.reps + rng.randint(-1, 3)),) * sets, rir))
    since = ask.first - timedelta(days=LARGEST_OF_DAYS)
    every = [(day, sum(sets * lift.set_load for lift, sets in log.sessions[day])) for day in days]
    loads = [load for day, load in every if day >= since]
    hard = {muscle: day for day in days for lift, _ in log.sessions[day] for muscle in trained_hard(lift.exercise)}
    worst = {ask.first - timedelta(days=n): float(rng.randint(0, 4)) for n in range(PAIN_DAYS)}
    easy = rng.random() < 0.5
    flare = Flare(ask.first - timedelta(days=2 if easy else 9), 0.5 if easy else 0.7, easy) if ask.flare else None
    state = State(flare, cut=rng.random() < 0.1, hold=rng.random() < 0.1, leg=rng.random() < 0.05)
    return History(
        weighed=(), done={name: tuple(times) for name, times in done.items()}, largest=max(loads, default=None),
        hard=hard, trained=tuple(days), worst=worst, mornings=worst, state=state,
        holds={"side-plank": rng.choice((10.0, 40.0))}, usual_load=usual_load(every, state, ask.first),
    )  # fmt: skip


def _log(ask: Ask) -> _Log:
    """Sessions of the person's usual exercises, and of one that no slot lists."""
    rng = ask.random("log")
    sessions: dict[date, list[tuple[_Lift, int]]] = {}
    lifts = _lifts(ask, rng) if ask.years else []
    last = PAUSE_DAYS if ask.paused else 1
    for back in range(round(365 * ask.years), last - 1, -1):
        if lifts and rng.random() < ask.a_week / 7:
            chosen = rng.sample(lifts, min(rng.randint(*A_SESSION), len(lifts)))
            sessions[ask.first - timedelta(days=back)] = [(lift, rng.randint(*SETS)) for lift in chosen]
    return _Log(sessions)


def _lifts(ask: Ask, rng: Random) -> list[_Lift]:
    known, training = catalogue.load().exercises, load_training()
    picked: dict[str, tuple[Move | None, str]] = {}
    open_to = OPEN_RUNGS.get(ask.years, 8)
    for slot in training.slots.values():
        moves = [move for move in slot.possible(EQUIPMENT[ask.equipment]) if move.rung <= open_to]
        for move in rng.sample(moves, min(len(moves), rng.randint(0, 3))):
            picked[move.exercise] = (move, slot.id)
    others = [one for one in known.values() if training.slot_of(one) and one.id not in picked]
    own = rng.choice(others)
    picked[own.id] = (None, training.slot_of(own) or "")
    strength = min(1 + 0.5 * ask.years, 3.0)
    exercises: list[Exercise | None] = [known[name] for name in picked]
    loads = [_load_kg(ask, move, known[name], strength) for name, (move, _) in picked.items()]
    reps = [rng.randint(5, 12) for _ in picked]
    holds = [move is not None and move.work.hold_s is not None for move, _ in picked.values()]
    sets = [
        Set(name, load_kg=load_kg, reps=None if hold else count, duration_s=30.0 if hold else None)
        for name, load_kg, count, hold in zip(picked, loads, reps, holds, strict=True)
    ]
    found = set_loads(sets, exercises, [_person(ask)] * len(sets))
    weights = np.nan_to_num(found.peak_moment_nm / 1000 * found.reps)
    return [
        _Lift(known[name], slot, load_kg, count, float(weight))
        for (name, (_, slot)), load_kg, count, weight in zip(picked.items(), loads, reps, weights, strict=True)
    ]


def _load_kg(ask: Ask, move: Move | None, exercise: Exercise, strength: float) -> float | None:
    if not exercise.needs_load:
        return None
    share = move.start["female" if ask.female else "male"] if move and move.start else 0.1
    return 2.0 * max(1, round(share * ask.mass_kg * strength / 2))


def _person(ask: Ask) -> Person:
    return Person("female" if ask.female else "male", ask.mass_kg, 1.65 if ask.female else 1.8)


def _tightened(ask: Ask, wanted: Wanted) -> Wanted:
    """With what makes it hard to fill; some of these weeks cannot hold."""
    usual = ask.random("usual")
    balances = tuple(replace(b, usual=(usual.randint(0, 16), usual.randint(0, 16))) for b in wanted.balances)
    wanted = replace(wanted, balances=balances if ask.years else wanted.balances)
    runs = ask.random("runs")
    if runs.random() < 0.2:
        moving = sorted(ask.first + timedelta(days=n) for n in runs.sample(range(7), runs.randint(1, 5)))
        wanted = replace(wanted, moving=tuple(moving))
    rng, muscles = ask.random("tight"), sorted({m for s in wanted.slots for c in s.candidates for m in c.muscles})
    yesterday = ask.first - timedelta(days=1)
    if ask.tight == "light":
        return replace(wanted, most_load=rng.uniform(0.0, 0.6))
    if ask.tight == "worked":
        return replace(wanted, done_sets={muscle: rng.choice((17.0, 18.5, 20.0)) for muscle in muscles})
    if ask.tight == "yesterday":
        return replace(wanted, hard_before=dict.fromkeys(muscles, yesterday), trained_before=(yesterday,))
    if ask.tight == "few":
        return replace(wanted, most_exercises=rng.choice((1, 2)))
    if ask.tight == "in a row":
        before = tuple(yesterday - timedelta(days=n) for n in reversed(range(rng.choice((4, 5, 6)))))
        return replace(wanted, trained_before=before)
    return wanted

"""The best week by another way: mixed-integer linear programming (scipy.optimize.milp, HiGHS), in exact decimals.

Written from the rules as `plan_checks` states them, with no code of the solver's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from backstory.plan.values import Candidate, Wanted, Week
from plan_checks import MOST_SETS, RULES, imbalance_of, pain_of, slot_of

SECONDS = 60.0
OPTIMAL, NONE_HOLDS = 0, 2
ADDED = 10  # times that imbalance costs where sets are added
Row = Mapping[int, float]


class Unfinished(RuntimeError):
    """HiGHS needed more than SECONDS."""


@dataclass(slots=True)
class Programme:
    """Whole variables, most of them 0 or 1, what each is worth, and rows: low <= sum of coefficient x variable
    <= high.
    """

    values: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[tuple[Row, float, float]] = field(default_factory=list)

    def variable(self, value: float = 0.0, most: float = 1.0) -> int:
        self.values.append(value)
        self.most.append(most)
        return len(self.values) - 1

    def row(self, terms: Iterable[tuple[int, float]], low: float = -inf, high: float = inf) -> None:
        summed: dict[int, float] = defaultdict(float)
        for variable, coefficient in terms:
            summed[variable] += coefficient
        self.rows.append((summed, low, high))

    def solved(self) -> tuple[int, list[bool]] | None:
        """The most that it can be worth, and by what; None = the rows cannot all hold. Raises Unfinished."""
        if not self.values:
            return None if any(low > 0 or high < 0 for _, low, high in self.rows) else (0, [])
        at = [(n, variable, c) for n, (row, _, _) in enumerate(self.rows) for variable, c in row.items()]
        shape = (len(self.rows), len(self.values))
        matrix = csr_array(([c for *_, c in at], ([n for n, *_ in at], [v for _, v, _ in at])), shape=shape)
        lows, highs = (np.array([row[side] for row in self.rows]) for side in (1, 2))
        found: Any = milp(
            -np.array(self.values),
            integrality=np.ones(len(self.values), dtype=np.int64),
            bounds=Bounds(0, np.array(self.most)),
            constraints=LinearConstraint(matrix, lows, highs),
            options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
        )
        if found.status == NONE_HOLDS:
            return None
        if found.status != OPTIMAL:
            raise Unfinished(found.message)
        return round(-found.fun), [bool(round(one)) for one in found.x]


@dataclass(frozen=True, slots=True)
class _Use:
    """A candidate on a day, and its variable."""

    day: int
    slot: int
    candidate: Candidate
    variable: int


def best_worth(wanted: Wanted) -> int | None:
    """The most that a week can be worth; None = no week can hold. Raises Unfinished."""
    found = _programme(wanted).solved()
    return None if found is None else found[0]


def can_hold(wanted: Wanted, rules: Collection[str] = RULES) -> bool:
    """Whether any week holds these rules, whatever becomes of the others. Raises Unfinished."""
    programme = _programme(_with_only(wanted, rules))
    programme.values = [0.0] * len(programme.values)
    return programme.solved() is not None


def _with_only(wanted: Wanted, rules: Collection[str]) -> Wanted:
    """The same wishes where all other rules ask nothing."""

    def candidate(one: Candidate) -> Candidate:
        return replace(
            one, hard=one.hard and "R19" in rules, direction=one.direction if "R05" in rules else None,
            load_per_set=one.load_per_set if "R20" in rules else 0.0,
            minutes_per_set=one.minutes_per_set if "time" in rules else 0.0, ramp=one.ramp if "time" in rules else (),
            muscles=one.muscles if {"R19", "R24"} & set(rules) else {},
        )  # fmt: skip

    slots = (
        replace(slot, candidates=tuple(map(candidate, slot.candidates)), kept=slot.kept and "keep" in rules)
        for slot in wanted.slots
    )
    return replace(
        wanted, slots=tuple(slots), trained_before=wanted.trained_before if "R18" in rules else (),
        moving=wanted.moving if "R18" in rules else (),
        sets_most=wanted.sets_most if "R24" in rules else inf,
        most_exercises=wanted.most_exercises if "many" in rules else len(wanted.slots),
    )  # fmt: skip


def _programme(wanted: Wanted) -> Programme:
    programme = Programme()
    uses = [
        _Use(day, slot, candidate, programme.variable(-pain_of(wanted, candidate)))
        for day in range(len(wanted.days))
        for slot, filled in enumerate(wanted.slots)
        for candidate in filled.candidates
    ]
    _times(programme, wanted, uses)
    _sessions(programme, wanted, uses)
    _rest(programme, wanted, uses)
    _apart(programme, wanted, uses)
    _week(programme, wanted, uses)
    if wanted.week_load:
        _usual_week(programme, wanted, uses)
    _balanced(programme, wanted, [(use.candidate, use.variable, use.candidate.sets) for use in uses], [])
    return programme


def _balanced(
    programme: Programme,
    wanted: Wanted,
    open_sets: Collection[tuple[Candidate, int, int]],
    fixed: Collection[tuple[Candidate, int]],
    times: int = 1,
) -> None:
    """R26, R27: what a week costs whose sides are out of their band. open_sets: candidate, variable, sets it adds;
    times: that it costs.
    """

    def side(candidate: Candidate) -> str:
        return candidate.slot.partition("-")[0]

    can = {side(candidate) for slot in wanted.slots for candidate in slot.candidates}
    for one in wanted.balances:
        if not {one.first, one.second} <= can:
            continue
        for cost, more in ((10, (0, 0)), (5, one.usual)):
            if cost == 5 and one.usual == (0, 0):
                continue
            a, b = (
                done + usual + sum(sets for candidate, sets in fixed if side(candidate) == name)
                for name, done, usual in zip((one.first, one.second), one.done, more, strict=True)
            )
            outside = programme.variable(-cost * times, most=1000.0)
            firsts = [(variable, sets) for candidate, variable, sets in open_sets if side(candidate) == one.first]
            seconds = [(variable, sets) for candidate, variable, sets in open_sets if side(candidate) == one.second]
            below = [(v, n) for v, n in firsts] + [(v, -one.low * n) for v, n in seconds]
            above = [(v, -n) for v, n in firsts] + [(v, one.high * n) for v, n in seconds]
            programme.row([(outside, 1), *below], low=one.low * b - a)
            programme.row([(outside, 1), *above], low=a - one.high * b)


def most_added(wanted: Wanted, week: Week) -> int:
    """The most that added sets, at most one a hard exercise, can be worth in a week whose exercises stand."""
    programme = Programme()
    first_worth = _first_worth(wanted)
    chosen = [(session.day, one.candidate) for session in week.sessions for one in session.main]
    more = [
        programme.variable(
            first_worth[slot_of(wanted, c)], most=float(wanted.more_sets and c.hard and c.sets < MOST_SETS)
        )
        for _, c in chosen
    ]
    for place, day in enumerate(wanted.days):
        here = [(v, c) for v, (on, c) in zip(more, chosen, strict=True) if on == day.day]
        left = _room(wanted, place) - sum(_minutes(c) for _, c in here)
        programme.row([(v, c.minutes_per_set) for v, c in here], high=left)
        if wanted.most_load is not None:
            spare = wanted.most_load - sum(c.sets * c.load_per_set for _, c in here)
            programme.row([(v, c.load_per_set) for v, c in here], high=spare)
    for muscle in {muscle for _, c in chosen for muscle in c.muscles}:
        had = wanted.done_sets.get(muscle, 0.0) + sum(c.sets * c.muscles.get(muscle, 0.0) for _, c in chosen)
        terms = [(v, c.muscles[muscle]) for v, (_, c) in zip(more, chosen, strict=True) if c.muscles.get(muscle)]
        if terms:
            programme.row(terms, high=wanted.sets_most - had)
    if wanted.week_load:
        now = sum(_load_worth(wanted, c, c.sets) for _, c in chosen)
        extra = [_load_worth(wanted, c, c.sets + 1) - _load_worth(wanted, c, c.sets) for _, c in chosen]
        programme.row(zip(more, map(float, extra), strict=True), high=max(0, _free(wanted) - now))
    added = [(c, v, 1) for v, (_, c) in zip(more, chosen, strict=True)]
    _balanced(programme, wanted, added, [(c, c.sets) for _, c in chosen], ADDED)
    found = programme.solved()
    if found is None:
        raise RuntimeError("The week itself does not hold, before a set is added.")
    return found[0]


def added_worth(wanted: Wanted, week: Week) -> int:
    """What the sets are worth that a week added, less what the week's imbalance then costs."""
    first_worth = _first_worth(wanted)
    every = [one for session in week.sessions for one in session.main]
    worth = sum(first_worth[slot_of(wanted, one.candidate)] * (one.sets - one.candidate.sets) for one in every)
    return worth - ADDED * imbalance_of(wanted, [(one.candidate, one.sets) for one in every])


def _first_worth(wanted: Wanted) -> dict[str | None, int]:
    return {slot.id: slot.worth[0] for slot in wanted.slots if slot.worth}


def _room(wanted: Wanted, place: int) -> float:
    """Minutes for the main part; a day too short for its warm-up and cool-down has none."""
    return max(0, wanted.days[place].minutes - wanted.warm_up[place] - wanted.cool_down[place])


def _minutes(candidate: Candidate) -> float:
    return candidate.sets * candidate.minutes_per_set + len(candidate.ramp)


def _times(programme: Programme, wanted: Wanted, uses: list[_Use]) -> None:
    """A slot once a day; its n-th time in the week has the n-th worth, and beyond the last it does not come."""
    for number, slot in enumerate(wanted.slots):
        mine = [use for use in uses if use.slot == number]
        for day in range(len(wanted.days)):
            programme.row([(use.variable, 1) for use in mine if use.day == day], high=1)
        steps = [programme.variable(worth) for worth in slot.worth[wanted.done_slots.get(slot.id, 0) :]]
        programme.row([(use.variable, 1) for use in mine] + [(step, -1) for step in steps], low=0, high=0)
        for step, following in pairwise(steps):
            programme.row([(step, 1), (following, -1)], low=0)


def _sessions(programme: Programme, wanted: Wanted, uses: list[_Use]) -> None:
    for place in range(len(wanted.days)):
        here = [use for use in uses if use.day == place]
        programme.row([(use.variable, 1) for use in here], high=wanted.most_exercises)
        programme.row([(use.variable, _minutes(use.candidate)) for use in here], high=_room(wanted, place))
        if wanted.most_load is not None:
            loads = [(use.variable, use.candidate.sets * use.candidate.load_per_set) for use in here]
            programme.row(loads, high=wanted.most_load)


def _rest(programme: Programme, wanted: Wanted, uses: list[_Use]) -> None:
    trained = {}
    for place, day in enumerate(wanted.days):
        trained[day.day] = programme.variable()
        for use in uses:
            if use.day == place:
                programme.row([(trained[day.day], 1), (use.variable, -1)], low=0)
    others = set(wanted.moving) | set(wanted.trained_before)
    for last in {day + timedelta(days=n) for day in trained for n in range(7)}:
        run = [last - timedelta(days=n) for n in range(7)]
        open_days = [day for day in run if day in trained and day not in others]
        if open_days and all(day in trained or day in others for day in run):
            programme.row([(trained[day], 1) for day in open_days], high=len(open_days) - 1)


def _apart(programme: Programme, wanted: Wanted, uses: list[_Use]) -> None:
    hard: dict[tuple[str, date], list[int]] = defaultdict(list)
    for use in uses:
        day = wanted.days[use.day].day
        for muscle, share in use.candidate.muscles.items():
            if use.candidate.hard and share >= 1:
                hard[muscle, day].append(use.variable)
    flags = {}
    for (muscle, day), variables in hard.items():
        before = wanted.hard_before.get(muscle)
        too_soon = before is not None and 0 <= (day - before).days < 2
        flags[muscle, day] = programme.variable(most=float(not too_soon))
        for variable in variables:
            programme.row([(flags[muscle, day], 1), (variable, -1)], low=0)
    for (muscle, day), flag in flags.items():
        following = flags.get((muscle, day + timedelta(days=1)))
        if following is not None:
            programme.row([(flag, 1), (following, 1)], high=1)


def _usual_week(programme: Programme, wanted: Wanted, uses: list[_Use]) -> None:
    """What is above the usual week's low-back load costs what it is worth."""
    weights = [(use.variable, float(_load_worth(wanted, use.candidate, use.candidate.sets))) for use in uses]
    over = programme.variable(-1.0, most=sum(weight for _, weight in weights))
    programme.row([*weights, (over, -1.0)], high=_free(wanted))


def _load_worth(wanted: Wanted, candidate: Candidate, sets: int) -> int:
    share = sets * candidate.load_per_set / (wanted.week_load or inf)
    return round(wanted.week_weight * share)


def _free(wanted: Wanted) -> int:
    left = max(0.0, (wanted.week_load or 0.0) - wanted.done_load)
    return round(wanted.week_weight * left / (wanted.week_load or inf))


def _week(programme: Programme, wanted: Wanted, uses: list[_Use]) -> None:
    for muscle in {muscle for use in uses for muscle, share in use.candidate.muscles.items() if share > 0}:
        sets = [(use.variable, use.candidate.sets * use.candidate.muscles.get(muscle, 0.0)) for use in uses]
        programme.row(sets, high=max(0.0, wanted.sets_most - wanted.done_sets.get(muscle, 0.0)))
    for direction in ("front", "rotation", "side"):
        using = [use for use in uses if use.candidate.direction == direction]
        holders = [s.id for s in wanted.slots if any(c.direction == direction for c in s.candidates)]
        if holders and not any(wanted.done_slots.get(one, 0) for one in holders):
            programme.row([(use.variable, 1) for use in using], low=1)
    for number, slot in enumerate(wanted.slots):
        if slot.kept and not wanted.done_slots.get(slot.id, 0):
            programme.row([(use.variable, 1) for use in uses if use.slot == number], low=1)

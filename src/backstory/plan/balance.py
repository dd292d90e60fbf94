"""Pulling beside pushing, hinging beside squatting (R26, R27): what a week costs that leaves the band, per whole set.

Aimed at, not asked for: a set outside costs about a tenth of what a main lift is worth (judgement).
"""

from collections.abc import Iterable

from ortools.sat.python import cp_model

from backstory.plan.values import Balance, Candidate, Wanted

A_SET, A_LASTING_SET = 10, 5  # outside the band: in the week; in the week and a usual one together
QUARTERS, MOST_SETS = 4, 500


def side_of(candidate: Candidate) -> str:
    """What a candidate counts for.

    >>> side_of(Candidate("row", "Row", "pull-horizontal", "pull", {}, 3, 3.0, 0.0, hard=True))
    'pull'
    """
    return candidate.slot.split("-")[0]


def balances(wanted: Wanted) -> list[Balance]:
    """Those of which both sides can be trained: no week can mend the others."""
    there = {side_of(candidate) for slot in wanted.slots for candidate in slot.candidates}
    return [one for one in wanted.balances if {one.first, one.second} <= there]


def costs(
    model: cp_model.CpModel, wanted: Wanted, sets: Iterable[tuple[Candidate, cp_model.LinearExpr | int]], times: int = 1
) -> list[cp_model.LinearExpr]:
    """What is taken from a week's worth. sets: of each candidate that may come, as often as it may; times: so often."""
    found, there = [], list(sets)
    for one in balances(wanted):
        first, second = (
            cp_model.LinearExpr.sum([count for candidate, count in there if side_of(candidate) == name])
            for name in (one.first, one.second)
        )
        week = (first + one.done[0], second + one.done[1])
        found.append(times * A_SET * _outside(model, one, *week))
        if any(one.usual):
            found.append(times * A_LASTING_SET * _outside(model, one, week[0] + one.usual[0], week[1] + one.usual[1]))
    return found


def _outside(
    model: cp_model.CpModel, one: Balance, first: cp_model.LinearExpr, second: cp_model.LinearExpr
) -> cp_model.IntVar:
    """Sets by which the first side is below or above its band, rounded up."""
    outside = model.new_int_var(0, MOST_SETS, "")
    low, high = round(QUARTERS * one.low), round(QUARTERS * one.high)
    model.add(QUARTERS * outside >= low * second - QUARTERS * first)
    model.add(QUARTERS * outside >= QUARTERS * first - high * second)
    return outside

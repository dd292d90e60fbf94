"""What the low back is used to: the largest session of a month, and the load of a usual week."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean

from backstory.plan.state import State

LARGEST_OVER, WEEK = timedelta(days=30), timedelta(days=7)  # R20
USUAL_WEEKS, REMEMBERED_WEEKS, LEAST_WEEKS, ENOUGH_WEEKS = 8, 26, 3, 7
BACK_TO_USUAL = 1.1  # times what was usual of late (judgement)


def largest_session(loads: Sequence[tuple[date, float]], state: State, first: date) -> float | None:
    """The most low-back load of a session in 30 days, those before a flare included; None = no session with any."""
    since = _before_flare(state, first) - LARGEST_OVER
    return max((load for day, load in loads if day >= since and load > 0), default=None)


def usual_load(loads: Sequence[tuple[date, float]], state: State, first: date) -> float | None:
    """The low-back load of a usual week before the first day, or before a flare; None = too few weeks to know.

    The mean of the weeks with training of the last two months. Where pain or missed sessions had made them lighter than
    that was within half a year, a tenth more, until it is as it was. loads: of sessions.
    """
    end, weeks = _before_flare(state, first), [0.0] * REMEMBERED_WEEKS
    for day, load in loads:
        if end - REMEMBERED_WEEKS * WEEK <= day < end:
            weeks[(end - day - timedelta(days=1)) // WEEK] += load
    spans = (weeks[at : at + USUAL_WEEKS] for at in range(REMEMBERED_WEEKS - USUAL_WEEKS + 1))
    trained = [[load for load in span if load > 0] for span in spans]
    if len(trained[0]) < LEAST_WEEKS:
        return None
    lately = fmean(trained[0])
    before = max((fmean(one) for one in trained if len(one) >= ENOUGH_WEEKS), default=lately)
    return max(lately, min(BACK_TO_USUAL * lately, before))


def _before_flare(state: State, first: date) -> date:
    return min(first, state.flare.since) if state.flare else first

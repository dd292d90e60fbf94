"""Simulated persons who are not as the program's model likes them; nothing here is shared with `backstory.cause`.

Only load beyond a threshold acts, or it acts over-proportionally; tails are heavy; flares come by themselves, more
often under stress, and in some persons after heavy days; a hidden stress raises pain, cuts sleep and sometimes
training; bad mornings make training lighter or stop it; scores are whole numbers from 0 to 10, given in the morning or,
blurred, the evening before; some persons are often at zero; scores and training days are missing, also for weeks;
routines, holidays, a changed routine half-way with a shift of pain that has nothing to do with it, slow recovery.

The truth is counterfactual: the same person, noise and training, but for one day's load.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.signal import lfilter

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Generator = np.random.Generator

FIRST_DAY = "2025-01-06"  # a Monday
WARM_UP = 35  # days lived before the log: whole weeks, and enough for the lags and the rise
LAGS, MORNINGS = 10, 7  # mornings on which a day's load acts; those that count into its points
SHORTEST_FLARE, LONGEST_FLARE, LOWEST_FLARE, HIGHEST_FLARE = 3, 14, 1.5, 4.0  # days; first day's points
SHIFTS = (8, 16, 24, 32, 40, 48, 28)  # days between two loads that are swapped: every difference of weekdays once
STRESS = (0.25, 0.25)  # the most points, and hours of sleep lost, that a standard deviation of hidden stress brings
EVENINGS = (0.0, 0.0, 0.0, 0.5, 1.0)  # share of scores given in the evening, a kind of person each
HARMLESS = ("steps", "sleep_h", "sitting_h", "gardening")


@dataclass(frozen=True)
class Response:
    """What load does: `gain` pain points, and a chance `trigger` of a flare, for a unit of bent load, 0 = nothing.

    Bent load is (load / unit - threshold)+ ** power. kernel: (LAGS + 1,) share that acts 0, 1, 2 ... mornings later
    (none on the day's own), adding up to 1 over the seven that count. rise_gain: points a unit of rise.
    """

    unit: float
    threshold: float
    power: float
    kernel: Array
    gain: float = 0.0
    trigger: float = 0.0
    rise_gain: float = 0.0

    def bent(self, load: Array) -> Array:
        """(...,) load in the person's own units -> what of it acts."""
        result: Array = np.maximum(load / self.unit - self.threshold, 0.0) ** self.power
        return result


@dataclass(frozen=True)
class Hidden:
    """What no log holds: everything that happened and every draw; arrays (WARM_UP + days,).

    level: the person's usual pain; own: pain without load and flares; stress: in standard deviations; flare_rate,
    flare_draw: a flare begins where the draw is below the rate; flare_days, flare_height: its length and first day's
    points if it begins then; evening: share of the day before in the score, 0 for a score of the morning; noise: of
    the score; load: as it happened, known or not.
    """

    response: Response
    level: Array
    own: Array
    stress: Array
    flare_rate: Array
    flare_draw: Array
    flare_days: Array
    flare_height: Array
    evening: Array
    noise: Array
    load: Array

    def flares(self, load: Array) -> Array:
        """Pain points of the flares that come with this load."""
        rate = self.flare_rate.copy()
        rate[1:] += self.response.trigger * self.response.bent(load[:-1])
        points = np.zeros(len(load) + LONGEST_FLARE)
        for day in np.flatnonzero(self.flare_draw < rate):
            self.add_flare(points, int(day))
        return points[: len(load)]

    def add_flare(self, points: Array, day: int) -> None:
        """The flare of this day, where it is worse than what is there already."""
        span = points[day : day + LONGEST_FLARE]
        np.maximum(
            span, _pulse(self.flare_height[day], self.flare_days[day], np.arange(float(LONGEST_FLARE))), out=span
        )

    def felt_score(self, load: Array) -> Array:
        """The score before it is rounded and held between 0 and 10."""
        response = self.response
        acts = np.convolve(response.gain * response.bent(load), response.kernel)[: len(load)]
        pain = self.own + self.flares(load) + acts + response.rise_gain * rise_over_usual(load)
        return self.noise + pain - self.evening * np.diff(pain, prepend=pain[0])

    def scores(self, load: Array) -> Array:
        """The score that would be recorded every day with this load, everything else as it was."""
        return recorded(self.felt_score(load))


@dataclass(frozen=True)
class SimulatedPerson:
    """table: one row a day; `pain`, then the main load, then harmless columns; NaN = not recorded or not known.

    true_points: effect of each column on the recorded score: pain points summed over the following seven mornings for a
    day one standard deviation (known days, ddof 1) above the mean. "rise", always there and no column: points on one
    morning for a rise one standard deviation (all days of the log, ddof 1) higher.
    """

    table: pd.DataFrame
    true_points: dict[str, float]
    hidden: Hidden


def simulate_person(
    rng: Generator, days: int, points: float, harmless: int = 0, main: str = "load", rise_points: float = 0.0,
    strength: tuple[float, float] = STRESS,
) -> SimulatedPerson:  # fmt: skip
    """A person's log of `days` days in which the load called `main` has an effect of about `points`.

    points: where scores are free to move; at the floor less arrives, and `true_points` says how much. harmless: columns
    without effect, 0 to 4 (`HARMLESS`, in this order). rise_points: see `true_points["rise"]`. strength: of the hidden
    stress, see `STRESS`. The same state of `rng` gives the same person, whatever load does to them. Raises ValueError
    for more columns, or fewer than 42 days.
    """
    if not 0 <= harmless <= len(HARMLESS):
        raise ValueError(f"There are 0 to {len(HARMLESS)} harmless columns, not {harmless}.")
    if days < 42:
        raise ValueError(f"A log has at least 42 days, not {days}.")
    n = WARM_UP + days
    holiday = spells(rng.random(n) < 1 / 150, rng.integers(5, 17, n))
    stress = _red_noise(rng, n, rng.uniform(0.7, 0.93), 4) - 0.7 * holiday
    change = WARM_UP + int(rng.uniform(0.35, 0.65) * days) if rng.random() < 0.25 else n
    plan = _plan(rng, holiday, change)
    response = _scaled(_response(rng, plan), plan, points, rise_points)
    hidden = _train(rng, _without_training(rng, stress, strength[0], change, response), plan)
    columns = _log(rng, hidden, main) | _harmless(rng, hidden, holiday, harmless, strength[1])
    index = pd.date_range(FIRST_DAY, periods=days, name="date")
    table = pd.DataFrame({name: values[WARM_UP:] for name, values in columns.items()}, index=index)
    true_points = dict.fromkeys(columns, 0.0) | {"rise": _true_rise_points(hidden)}
    del true_points["pain"]
    true_points[main] = _true_points(hidden, float(table[main].std()))
    return SimulatedPerson(table, true_points, hidden)


def recorded(felt_score: Array) -> Array:
    """A whole number from 0 to 10."""
    result: Array = np.rint(np.clip(felt_score, 0.0, 10.0))
    return result


def rise_over_usual(load: Array) -> Array:
    """(n,) load -> (n,) how much the mean of the last 7 days is over that of the 21 before, 0 if it is not.

    Row t is of the morning: it looks at days t-7 .. t-1 and t-28 .. t-8; days before the first count as days without.
    """
    total = np.concatenate([np.zeros(29), np.cumsum(load)])
    until, week, month = total[28:-1], total[21:-8], total[:-29]
    result: Array = np.maximum((until - week) / 7 - (week - month) / 21, 0.0)
    return result


def spells(begins: Flags, lengths: NDArray[np.int64]) -> Flags:
    """(n,) days on which a spell begins and how long it would last -> (n,) days within one."""
    within = np.zeros(len(begins), dtype=bool)
    for day in np.flatnonzero(begins):
        within[day : day + lengths[day]] = True
    return within


def _red_noise(rng: Generator, n: int, phi: float, freedom: float) -> Array:
    """Autocorrelated noise of variance about 1 with Student-t innovations."""
    innovations = rng.standard_t(freedom, n) * np.sqrt((1 - phi**2) * (freedom - 2) / freedom)
    result: Array = lfilter([1.0], [1.0, -phi], innovations)
    return result


def _pulse(height: Array | float, length: Array | float, day: Array) -> Array:
    """A flare's points on its day 0, 1, 2 ...: highest at once, then falling to nothing."""
    return height * np.maximum(1 - day / length, 0.0)


def _plan(rng: Generator, holiday: Flags, change: int) -> Array:
    """Load that the person means to do: 2 to 5 weekdays of their own, some heavier; from `change` on others."""
    n = len(holiday)
    chance = np.full((2, 7), 0.05)
    for routine in chance:
        routine[rng.permutation(7)[: rng.integers(2, 6)]] = rng.uniform(0.75, 0.97)
    day = np.arange(n)
    later = day >= change
    trains = rng.random(n) < chance[later.astype(int), day % 7]
    level = rng.uniform(15, 60) * np.where(later, np.exp(rng.uniform(-0.7, 0.5)), 1.0)
    heavy = np.exp(0.25 * rng.standard_normal(7))[day % 7]
    size = np.exp(rng.uniform(0.15, 0.4) * rng.standard_normal(n) + rng.uniform(-0.2, 0.3) * day / 365)
    if rng.random() < 0.75:
        trains &= ~holiday
    return np.where(trains, level * heavy * size, 0.0)


def _response(rng: Generator, plan: Array) -> Response:
    """A half of the persons feel only what is beyond their threshold; the others heavy days more than in proportion.

    For a third, a fifth of it comes as flares after heavy days.
    """
    logged = plan[WARM_UP:]
    sessions = logged[logged > 0]
    unit = float(np.median(sessions))
    threshold, power = float(np.quantile(sessions, rng.uniform(0.3, 0.75))) / unit, rng.uniform(1.5, 2.5)
    lag = np.arange(LAGS + 1.0)
    kernel = lag ** rng.uniform(0.3, 2.5) * np.exp(-lag / rng.uniform(0.5, 1.2))
    kernel /= kernel[: MORNINGS + 1].sum()
    trigger = 0.2 * float(rng.random() < 1 / 3)
    if rng.random() < 0.5:
        return Response(unit, threshold, 1.0, kernel, trigger=trigger)
    return Response(unit, 0.0, power, kernel, trigger=trigger)


def _scaled(response: Response, plan: Array, points: float, rise_points: float) -> Response:
    """The response with the wanted points, were the plan kept and every morning's score free to move.

    response: its trigger is the share of the points that comes as flares (which can only hurt).
    """
    logged = plan[WARM_UP:]
    per_unit = _slope(response.bent(logged), logged) * float(np.std(logged, ddof=1))
    lengths = np.arange(SHORTEST_FLARE, LONGEST_FLARE + 1.0)[:, None]
    flare = _pulse((LOWEST_FLARE + HIGHEST_FLARE) / 2, lengths, np.arange(float(MORNINGS))).sum(axis=1).mean()
    by_flares = response.trigger if points > 0 else 0.0
    return replace(
        response,
        gain=(1 - by_flares) * points / per_unit,
        trigger=by_flares * points / per_unit / float(flare),
        rise_gain=rise_points / float(np.std(rise_over_usual(plan)[WARM_UP:], ddof=1)),
    )


def _without_training(rng: Generator, stress: Array, most_felt: float, change: int, response: Response) -> Hidden:
    """The person's days before any training is done: pain of its own, flares that may come, the way of scoring."""
    n = len(stress)
    day = np.arange(n)
    base = rng.uniform(1.8, 4.0) if rng.random() < 0.8 else rng.uniform(-1.0, 0.3)
    recovery = rng.uniform(0.5, 2.0) * (rng.random() < 0.5) * np.exp(-day / rng.uniform(60, 250))
    level = base + recovery + rng.normal(0, 0.8) * (day >= change)
    shocks = rng.exponential(1.5, n) * (rng.random(n) < rng.uniform(0, 0.02))
    slow = rng.uniform(0.5, 1.1) * _red_noise(rng, n, rng.uniform(0.3, 0.85), 3)
    from_stress = rng.uniform(0, 1) * most_felt * np.concatenate([stress[:1], stress[:-1]])
    often = rng.uniform(1 / 150, 1 / 40) * (rng.random() < 0.6)
    in_evening = rng.random(n) < EVENINGS[rng.integers(len(EVENINGS))]
    noise = rng.uniform(0.2, 0.5) * rng.standard_t(4, n) / np.sqrt(2) + rng.uniform(-0.3, 0.6) * in_evening
    return Hidden(
        response=response,
        level=level,
        own=level + shocks + slow + from_stress,
        stress=stress,
        flare_rate=often * np.where(stress > 1, 2.0, 1.0),
        flare_draw=rng.random(n),
        flare_days=rng.integers(SHORTEST_FLARE, LONGEST_FLARE + 1, n).astype(float),
        flare_height=rng.uniform(LOWEST_FLARE, HIGHEST_FLARE, n),
        evening=np.where(in_evening, rng.uniform(0.2, 0.5), 0.0),
        noise=noise,
        load=np.zeros(n),
    )


def _train(rng: Generator, hidden: Hidden, plan: Array) -> Hidden:
    """The plan as it works out: on a bad morning a session is skipped or lightened, under stress sometimes skipped."""
    n = len(plan)
    bad = rng.uniform(0.5, 1.5) if rng.random() < 0.7 else np.inf  # points over the usual; some persons never mind
    skips = (rng.random(n) < rng.uniform(0, 0.5)).tolist()
    stressed = ((rng.random(n) < 0.3 * (rng.random() < 0.4)) & (hidden.stress > 1)).tolist()
    choices = np.stack([np.zeros(n), plan * rng.uniform(0.4, 0.9), plan])  # no session, a lighter one, the whole
    response = hidden.response
    bent = response.bent(choices)
    by_load = response.gain * bent[2].mean() + response.rise_gain * rise_over_usual(plan).mean()
    limits = (np.maximum(hidden.level + by_load, 0.0) + bad).tolist()  # who always hurts from it calls that usual
    chosen: list[int] = []
    for day, pain in enumerate(_living(hidden, chosen, choices.tolist(), bent.tolist())):
        is_bad = max(pain, 0.0) > limits[day]
        chosen.append(0 if stressed[day] or (is_bad and skips[day]) else 1 if is_bad else 2)
    return replace(hidden, load=choices[chosen, np.arange(n)])


def _living(hidden: Hidden, chosen: list[int], load: list[list[float]], bent: list[list[float]]) -> Iterator[float]:
    """Each morning's pain in turn, as `Hidden.felt_score` has it; what was `chosen` until then has been done."""
    response = hidden.response
    n = len(hidden.own)
    own, rate, draw = hidden.own.tolist(), hidden.flare_rate.tolist(), hidden.flare_draw.tolist()
    acts_by_lag = list(enumerate((response.gain * response.kernel).tolist()))
    acts, flare = [0.0] * (n + LAGS + 1), np.zeros(n + LONGEST_FLARE)
    total, bent_before = [0.0] * 29, 0.0
    for day in range(n):
        if draw[day] < rate[day] + response.trigger * bent_before:
            hidden.add_flare(flare, day)
        pain = own[day] + acts[day] + float(flare[day])
        if response.rise_gain:
            rise = (total[-1] - total[-8]) / 7 - (total[-8] - total[-29]) / 21
            pain += response.rise_gain * max(rise, 0.0)
        yield pain
        bent_before = bent[chosen[day]][day]
        total.append(total[-1] + load[chosen[day]][day])
        if bent_before:
            for lag, share in acts_by_lag:
                acts[day + lag] += share * bent_before


def _log(rng: Generator, hidden: Hidden, main: str) -> dict[str, Array]:
    """What gets recorded of it; more scores are missing on rest days and weekends, some for weeks, some loads too."""
    n = len(hidden.load)
    gap = spells(rng.random(n) < rng.choice([0.0, 1 / 150]), rng.integers(7, 22, n))
    missing = np.full(n, rng.uniform(0.02, 0.2))
    missing[hidden.load == 0] *= rng.uniform(1, 2)
    missing[np.arange(n) % 7 >= 5] *= rng.uniform(1, 2)
    no_score = gap | (rng.random(n) < missing)
    unknown = rng.random(n) < rng.uniform(0, 0.1) * (rng.random() < 0.6)
    unknown |= gap & (rng.random() < 0.5)
    pain = np.where(no_score, np.nan, hidden.scores(hidden.load))
    load = np.where(unknown, np.nan, hidden.load)
    return {"pain": pain, main: load}


def _harmless(rng: Generator, hidden: Hidden, holiday: Flags, how_many: int, most_cut_h: float) -> dict[str, Array]:
    """Columns that do nothing: goes with the load, goes with the hidden stress, goes with the weekday, rare."""
    n = len(holiday)
    weekend = np.arange(n) % 7 >= 5
    together = rng.uniform(0.5, 0.8)
    load = (hidden.load - hidden.load.mean()) / hidden.load.std()
    steps = 8000 + 2000 * (together * load + np.sqrt(1 - together**2) * rng.standard_normal(n))
    from_stress = -rng.uniform(0.2, 1) * most_cut_h * hidden.stress
    sleep_h = rng.uniform(6.5, 8) + from_stress + 0.5 * weekend + 0.7 * rng.standard_normal(n)
    sleep_h[rng.random(n) < 0.05] = np.nan
    sitting_h = rng.uniform(5, 9) - 3.0 * (weekend | holiday) + rng.standard_normal(n)
    gardening = rng.random(n) < rng.uniform(0.06, 0.12)
    columns = (np.maximum(steps, 500), np.clip(sleep_h, 3, 12), np.maximum(sitting_h, 0), gardening.astype(float))
    return dict(zip(HARMLESS[:how_many], columns, strict=False))


def _slope(y: Array, x: Array) -> float:
    """Least squares of y on x."""
    off = x - x.mean()
    return float(off @ y / (off @ off))


def _true_points(hidden: Hidden, sd: float) -> float:
    """Effect of the load on the recorded score; sd: of the known loads.

    What an unlimited trial would find that deals the person's own loads out to the days at random, by a straight line
    through the outcomes: the best linear effect. Each day gets other days' loads in turn, the rest staying as it
    happened, so that each change in the seven scores belongs to one day; flares that may follow count by their chance.
    The change is taken for a unit of bent load, weighed as that line weighs it, for bent load is known exactly: what
    `SHIFTS` swaps leave to luck is only what the floor and the rounding do.
    """
    response, load = hidden.response, hidden.load
    if response.gain == 0:
        return 0.0
    days = np.arange(WARM_UP, len(load) - MORNINGS)
    ahead = days[:, None] + np.arange(1, MORNINGS + 1)
    felt = hidden.felt_score(load)[ahead]
    scores, late = recorded(felt), hidden.evening[ahead]

    def arrives(change: Array) -> Array:  # (days or 1, mornings) pain -> (days,) points
        before = np.concatenate([np.zeros((len(change), 1)), change[:, :-1]], axis=1)
        result: Array = (recorded(felt + (1 - late) * change + late * before) - scores).sum(axis=1)
        return result

    begins = ahead[:, :1]
    flare = _pulse(hidden.flare_height[begins], hidden.flare_days[begins], np.arange(float(MORNINGS)))
    by_flare = arrives(np.maximum(flare - hidden.flares(load)[ahead], 0.0))
    direct = response.gain * response.kernel[1 : MORNINGS + 1]
    before = response.bent(load[days])
    change, weights = 0.0, 0.0
    for shift in SHIFTS:
        other = np.roll(load[days], shift)
        more, after = other - load[days], response.bent(other)
        chance = np.minimum(response.trigger * after, 1.0) - np.minimum(response.trigger * before, 1.0)
        change += float(more @ (arrives((after - before)[:, None] * direct) + chance * by_flare))
        weights += float(more @ (after - before))
    logged = load[WARM_UP:]
    return change / weights * _slope(response.bent(logged), logged) * sd if weights else 0.0


def _true_rise_points(hidden: Hidden) -> float:
    """Effect of the rise on the recorded score, in the same way: the rises of other weeks in place of this one's."""
    rise = rise_over_usual(hidden.load)[WARM_UP:]
    if hidden.response.rise_gain == 0:
        return 0.0
    felt, late = hidden.felt_score(hidden.load)[WARM_UP:], hidden.evening[WARM_UP:]
    change, weights = 0.0, 0.0
    for shift in SHIFTS:
        more = np.roll(rise, shift) - rise
        pain = hidden.response.rise_gain * more
        arrives = recorded(felt + pain - late * np.diff(pain, prepend=pain[0])) - recorded(felt)
        change += float(more @ arrives)
        weights += float(more @ more)
    return change / weights * float(np.std(rise, ddof=1)) if weights else 0.0

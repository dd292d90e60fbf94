"""What an exercise's last sessions ask for next: load and repetitions, up, the same, or down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

BEATEN_BY, BEATEN_TIMES = 1, 2  # repetitions, sessions in a row (R23: target + 1-2 at two sessions)
STEP = (0.02, 0.10)  # of the load (R23)
USUAL_STEP = 0.05
MORE_REPS, MOST_MORE_REPS = 2, 6  # where the smallest step there is would be more than a tenth
MISSED_BY, REPS_OF_MAX = 2, 30.0  # Epley: a load for r repetitions is max / (1 + r / 30)
CUT = 0.25  # R39: 20-30 % less
PAUSES = ((180, 0.5), (90, 0.6), (30, 0.8))  # days without it, share of the load to come back with (judgement)
USUAL_DAYS = 60  # before the last session
LEAST_SHARE, BACK_BY = 0.5, 0.1  # of the usual load: R39 goes no lower; R41 brings 10-20 % of it back a session


@dataclass(frozen=True, slots=True)
class Done:
    """One session of an exercise: its heaviest working load and the sets that were done with it.

    reps: of each of these sets; rir: reps in reserve of the last one that has it recorded.
    """

    day: date
    load_kg: float | None
    reps: tuple[float, ...]
    rir: float | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a plan asks of an exercise. step_kg: the smallest step that plates or dumbbells allow; 0 = no load;
    least_kg: the lightest there is of what it is loaded with.
    """

    reps: int
    rir: int
    sets: int
    step_kg: float
    least_kg: float = 0.0


@dataclass(frozen=True, slots=True)
class Next:
    """Load and repetitions of the next session, and which rule says so. load_kg None: own body, or not known."""

    load_kg: float | None
    reps: int
    rule: str
    because: str


def next_session(
    done: Sequence[Done],
    target: Target,
    today: date,
    *,
    hold: bool = False,
    cut: bool = False,
    flare: float | None = None,
) -> Next | None:
    """done: the exercise's sessions, oldest first. hold: sleep or soreness keep the load (R32); cut: the back had not
    settled by the morning after (R39); flare: share of the load that it leaves (R41). None where it was never done with
    repetitions that are known.
    """
    known = [one for one in done if one.reps]
    if not known:
        return None
    if known[-1].load_kg is None:
        return _own_body(known, target, down=hold or cut or flare is not None)
    known = [one for one in known if one.load_kg is not None]
    usual = usual_load(known, target.reps)
    back = _held_back(known[-1], usual, target, today, hold=hold, cut=cut, flare=flare)
    return back or _come_back(known[-1], usual, target) or _by_result(known, target)


def usual_load(done: Sequence[Done], reps: int) -> float:
    """The load of the weeks before the last session [kg], as heavy as it was before a flare or a restless morning took
    from it: the heaviest that went well since one last failed with another. done: sessions with a load; reps: of a set.
    """
    usual = 0.0
    for one in done:
        if (done[-1].day - one.day).days <= USUAL_DAYS:
            load = _for_reps(one, reps)
            usual = load if one.reps and min(one.reps) <= reps - MISSED_BY else max(usual, load)
    return usual


def held_load(done: Sequence[Done], step_kg: float, *, cut: bool, flare: float | None) -> float:
    """The next load [kg] of what is carried or held, which has no repetitions to go by; done: sessions with a load."""
    usual, last = usual_load(done, 0), float(done[-1].load_kg or 0.0)
    if not cut and flare is None:
        return _nearer(last, usual, step_kg)
    return lower(_eased(last, usual, cut, flare), 1.0, step_kg)


def _own_body(known: Sequence[Done], target: Target, down: bool) -> Next:
    """Without a load, repetitions go up by one once the last ones went well twice; never above half as many more."""
    last = known[-1]
    least, most = int(min(last.reps)), round(1.5 * target.reps)
    twice = len(known) > 1 and min(min(one.reps) for one in known[-BEATEN_TIMES:]) >= max(target.reps, 1)
    reps = min(max(least + (1 if twice and not down else 0), 1), most)
    return Next(None, reps, "R23", f"last time {_told(last)}{'; one more' if reps > least else ''}")


def _held_back(
    last: Done, usual: float, target: Target, today: date, *, hold: bool, cut: bool, flare: float | None
) -> Next | None:
    """What speaks for less, or for the same, whatever was achieved; the strongest reason first."""
    load, said = _for_reps(last, target.reps), f"last time {_told(last)}"
    pause = next((share for days, share in PAUSES if (today - last.day).days > days), None)
    share, eased = flare or 1.0, _eased(load, usual, cut, flare)
    by_flare = flare is not None and eased >= share * usual
    reasons = (
        (by_flare, eased, "R41", f"{share:.0%} of the usual load while the back settles"),
        (cut, eased, "R39", "less, since the back had not settled by the next morning"),
        (
            pause is not None, max(min(load, (pause or 1.0) * usual), min(load, target.least_kg)), "R23",
            f"a month and more ago; {pause or 1.0:.0%} of it to come back",
        ),
        (hold, load, "R32", "the same, since sleep was short on several nights"),
    )  # fmt: skip
    for holds, less, rule, because in reasons:
        if holds:
            return Next(lower(less, 1.0, target.step_kg), target.reps, rule, f"{said}; {because}")
    return None


def _eased(load: float, usual: float, cut: bool, flare: float | None) -> float:
    """A quarter less than the last load (R39), a share of the usual one (R41), the lesser of the two; several bad
    mornings never take more than half of the usual one.
    """
    after_it = min(load, max((1 - CUT) * load, LEAST_SHARE * usual)) if cut else usual
    return min(after_it, usual if flare is None else flare * usual)


def _come_back(last: Done, usual: float, target: Target) -> Next | None:
    """Towards the load from before a flare or a cut, as long as what was asked goes well."""
    load = float(last.load_kg or 0.0)
    more = _nearer(load, usual, target.step_kg)
    if more <= load or min(last.reps) <= target.reps - MISSED_BY:
        return None
    return Next(more, target.reps, "R41", f"last time {_told(last)}; a step back towards the usual load")


def _nearer(load: float, usual: float, step_kg: float) -> float:
    """A tenth of the usual load more, one step at least, never above it."""
    return max(load, min(lower(usual, 1.0, step_kg), max(load + step_kg, lower(load + BACK_BY * usual, 1.0, step_kg))))


def _by_result(known: Sequence[Done], target: Target) -> Next:
    last, reps = known[-1], target.reps
    load, said = float(last.load_kg or 0.0), f"last time {_told(last)}"
    alike = [one for one in known if one.load_kg == last.load_kg][-BEATEN_TIMES:]
    if len(alike) == BEATEN_TIMES and all(_beaten(one, target) for one in alike):
        return _up(load, alike, target, said)
    if min(last.reps) <= reps - MISSED_BY:
        less = max(lower(_for_reps(last, reps), 1.0, target.step_kg), min(load, target.least_kg))
        return Next(less, reps, "R23", f"{said}; about as hard for {reps}")
    return Next(load, reps, "R23", f"{said}; the same until {reps + BEATEN_BY} repetitions went well twice")


def _for_reps(last: Done, asked: int) -> float:
    """The load that is about as hard for the repetitions asked where fewer were done; never more than the last.

    Epley's formula (Epley 1985, Poundage Chart, Boyd Epley Workout; not checked).
    """
    load, reps = float(last.load_kg or 0.0), min(last.reps, default=float(asked))
    if reps > asked - MISSED_BY:
        return load
    return load * (1 + reps / REPS_OF_MAX) / (1 + asked / REPS_OF_MAX)


def lower(load_kg: float, share: float, step_kg: float) -> float:
    """A share of a load, down to what plates allow [kg].

    >>> lower(100, 0.75, 2.5), lower(3, 0.5, 2.5)
    (75.0, 0.0)
    """
    return floor(round(load_kg * share / step_kg, 6)) * step_kg if step_kg else load_kg * share


def _up(load: float, alike: Sequence[Done], target: Target, said: str) -> Next:
    """The step nearest to 5 % that plates allow, within 2-10 %; else more repetitions first."""
    steps = max(1, round(load * USUAL_STEP / target.step_kg)) if target.step_kg else 0
    share = steps * target.step_kg / load if load else 1.0
    if steps and share <= STEP[1] + 1e-9:
        more = load + max(steps, ceil(round(load * STEP[0] / target.step_kg, 6))) * target.step_kg
        return Next(more, target.reps, "R23", f"{said}, the target beaten twice; {more - load:g} kg more")
    least = min(min(one.reps) for one in alike)
    if target.step_kg and least >= target.reps + MOST_MORE_REPS:
        more = load + target.step_kg
        return Next(more, target.reps, "R23", f"{said}; the next weight there is, with fewer repetitions")
    reps = min(int(least) + MORE_REPS, target.reps + MOST_MORE_REPS)
    return Next(load, reps, "R23", f"{said}; more repetitions, since the next weight is more than a tenth heavier")


def _beaten(one: Done, target: Target) -> bool:
    """The target and more in every set, or the target with more left than asked."""
    enough = len(one.reps) >= target.sets
    if one.rir is not None:
        return enough and min(one.reps) >= target.reps and one.rir >= target.rir + BEATEN_BY
    return enough and min(one.reps) >= target.reps + BEATEN_BY


def _told(one: Done) -> str:
    reps = f"{min(one.reps):g}" if min(one.reps) == max(one.reps) else f"{min(one.reps):g} to {max(one.reps):g}"
    rir = f", {one.rir:g} in reserve" if one.rir is not None else ""
    load = "" if one.load_kg is None else f" at {one.load_kg:g} kg"
    return f"{len(one.reps)} x {reps}{load}{rir}"

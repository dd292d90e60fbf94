"""Whether a planned week keeps every hard rule: one function a rule, written from the rules and not from the solver.

Each function takes what was wanted and the week that came out, and returns its faults as sentences; none: it is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from math import ceil

from backstory.plan.values import Candidate, Chosen, PlannedSession, Wanted, Week

NEARLY = 1e-6  # sums of decimals
MOST_SETS = 5  # more are never added to an exercise
Check = Callable[[Wanted, Week], list[str]]


def time(wanted: Wanted, week: Week) -> list[str]:
    """What a day's exercises and their ramp sets take fits between its warm-up and its cool-down."""
    faults = []
    for place, session in _placed(wanted, week):
        room = wanted.days[place].minutes - wanted.warm_up[place] - wanted.cool_down[place]
        taken = sum(one.sets * one.candidate.minutes_per_set + len(one.candidate.ramp) for one in session.main)
        if taken > room + NEARLY:
            faults.append(f"{session.day}: {taken:.3f} minutes where there are {room}.")
    return faults


def spike(wanted: Wanted, week: Week) -> list[str]:
    """R20: no session asks more of the low back than the most that is allowed."""
    if wanted.most_load is None:
        return []
    loads = {s.day: sum(one.sets * one.candidate.load_per_set for one in s.main) for s in week.sessions}
    return [
        f"{day}: a load of {load:.4f} where {wanted.most_load:.4f} is the most."
        for day, load in loads.items()
        if load > wanted.most_load + NEARLY
    ]


def rest_day(wanted: Wanted, week: Week) -> list[str]:
    """R18: of any seven days in a row with a session at least one is without training: what was trained before, and
    what is usually done beside the weights, included. A session on a day that is none of rest anyway takes none away.
    """
    sessions = {session.day for session in week.sessions}
    anyway = set(wanted.trained_before) | set(wanted.moving)
    trained = sessions | anyway
    ends = {day + timedelta(days=n) for day in sessions - anyway for n in range(7)}
    runs = [[end - timedelta(days=n) for n in range(7)] for end in sorted(ends)]
    return [f"{run[0]}: the seventh day of training in a row." for run in runs if trained.issuperset(run)]


def two_days_apart(wanted: Wanted, week: Week) -> list[str]:
    """R19: no muscle is trained hard on a day and on the day after, the last hard day before the week included."""
    hard: dict[str, set[date]] = defaultdict(set)
    for session in week.sessions:
        for muscle in {muscle for one in session.main for muscle in _hard_muscles(one.candidate)}:
            hard[muscle].add(session.day)
    faults = []
    for muscle, days in hard.items():
        before = wanted.hard_before.get(muscle)
        too_soon = [day for day in days if day - timedelta(days=1) in days]
        too_soon += [day for day in days if before is not None and 0 <= (day - before).days < 2]
        faults += [f"{day}: {muscle} trained hard again within 48 hours." for day in sorted(set(too_soon))]
    return faults


def sets_of_muscles(wanted: Wanted, week: Week) -> list[str]:
    """R24: no muscle gets more sets in the week than the ceiling; what the week already holds counts."""
    planned: dict[str, float] = defaultdict(float)
    for _, one in _every(week):
        for muscle, share in one.candidate.muscles.items():
            planned[muscle] += share * one.sets
    return [
        f"{muscle}: {sets + wanted.done_sets.get(muscle, 0.0):.1f} sets where {wanted.sets_most:g} are the most."
        for muscle, sets in planned.items()
        if sets > 0 and sets + wanted.done_sets.get(muscle, 0.0) > wanted.sets_most + NEARLY
    ]


def core(wanted: Wanted, week: Week) -> list[str]:
    """R05, R29: each direction of core work that can come comes at least once in the week."""
    missing = []
    for direction in ("front", "rotation", "side"):
        slots = [slot for slot in wanted.slots if any(c.direction == direction for c in slot.candidates)]
        had = any(wanted.done_slots.get(slot.id, 0) > 0 for slot in slots)
        comes = any(one.candidate.direction == direction for _, one in _every(week))
        if slots and not had and not comes:
            missing.append(f"No core work of the direction {direction}.")
    return missing


def kept(wanted: Wanted, week: Week) -> list[str]:
    """A slot that must come comes."""
    times = Counter(wanted.done_slots) + Counter(slot_of(wanted, one.candidate) for _, one in _every(week))
    return [f"{slot.id} was to come at least once." for slot in wanted.slots if slot.kept and not times[slot.id]]


def many(wanted: Wanted, week: Week) -> list[str]:
    """No session holds more exercises than the most."""
    return [
        f"{session.day}: {len(session.main)} exercises where {wanted.most_exercises} are the most."
        for session in week.sessions
        if len(session.main) > wanted.most_exercises
    ]


def times_of_slots(wanted: Wanted, week: Week) -> list[str]:
    """A slot comes at most once a day, and in the week at most as often as it has a worth."""
    daily = Counter((session.day, slot_of(wanted, one.candidate)) for session, one in _every(week))
    faults = [f"{day}: {slot} comes {times} times." for (day, slot), times in daily.items() if times > 1]
    weekly = Counter(slot_of(wanted, one.candidate) for _, one in _every(week))
    for slot in wanted.slots:
        times = weekly[slot.id] + wanted.done_slots.get(slot.id, 0)
        if weekly[slot.id] and times > len(slot.worth):
            faults.append(f"{slot.id} comes {times} times in the week; {len(slot.worth)} are the most.")
    return faults


def structure(wanted: Wanted, week: Week) -> list[str]:
    """The week is made of what was wanted: its days in order, candidates with their sets or, hard ones, one more."""
    days = [session.day for session in week.sessions]
    faults = [f"{day} is no day of the week that was wanted." for day in set(days) - {d.day for d in wanted.days}]
    if days != sorted(set(days)):
        faults.append("Its days are not in order, or one comes twice.")
    for place, session in _placed(wanted, week):
        asked = (wanted.days[place].minutes, wanted.warm_up[place], wanted.cool_down[place])
        if (session.minutes, session.warm_up, session.cool_down) != asked:
            faults.append(f"{session.day}: its minutes are not those that were asked for.")
        if not session.main:
            faults.append(f"{session.day}: a session without an exercise.")
        faults += [fault for one in session.main for fault in _strange(wanted, session.day, one)]
    return faults


def value(wanted: Wanted, week: Week) -> list[str]:
    """The worth that the week tells is the worth of what was chosen, and not above its bound."""
    if week.clashes:
        return []
    faults = [f"It says it is worth {week.worth}; its bound is {week.bound}."] if week.worth > week.bound else []
    if (worth := worth_of(wanted, week)) != week.worth:
        faults.append(f"It says it is worth {week.worth}; what was chosen is worth {worth}.")
    return faults


def either_or(wanted: Wanted, week: Week) -> list[str]:
    """A week that cannot hold has no session and says what clashes and what would help."""
    faults = ["It has sessions, and clashes."] if week.sessions and week.clashes else []
    for clash in week.clashes:
        if not clash.rules or not clash.way_out.strip().endswith("."):
            faults.append(f"A clash without a rule or without a sentence: {clash}")
    return faults


RULES: dict[str, Check] = {
    "time": time, "R20": spike, "R18": rest_day, "R19": two_days_apart, "R24": sets_of_muscles, "R05": core,
    "keep": kept, "many": many, "slots": times_of_slots,
}  # fmt: skip
FORM: dict[str, Check] = {"structure": structure, "worth": value, "clashes": either_or}


def rule_faults(wanted: Wanted, week: Week) -> dict[str, list[str]]:
    """Faults by rule, only of rules that are broken; nothing is asked of a week that says it cannot hold."""
    return {} if week.clashes else _found(RULES, wanted, week)


def form_faults(wanted: Wanted, week: Week) -> dict[str, list[str]]:
    """Faults of the week as a value: its parts, its worth, its clashes."""
    return _found(FORM, wanted, week)


def worth_of(wanted: Wanted, week: Week) -> int:
    """The worth of the week's choices, each exercise at its own sets: slots by their times, less what pain costs and
    what is out of balance.
    """
    came = Counter(slot_of(wanted, one.candidate) for _, one in _every(week))
    worth = 0
    for slot in wanted.slots:
        done = wanted.done_slots.get(slot.id, 0)
        worth += sum(slot.worth[done : done + came[slot.id]])
    sets = [(one.candidate, one.candidate.sets) for _, one in _every(week)]
    pain = sum(pain_of(wanted, one) for one, _ in sets)
    return worth - pain - above_usual(wanted, week) - imbalance_of(wanted, sets)


def above_usual(wanted: Wanted, week: Week) -> int:
    """What a week costs that is heavier for the low back than is usual; each exercise at its own sets."""
    if not wanted.week_load:
        return 0
    shares = [one.candidate.sets * one.candidate.load_per_set / wanted.week_load for _, one in _every(week)]
    free = round(wanted.week_weight * max(0.0, wanted.week_load - wanted.done_load) / wanted.week_load)
    return max(0, sum(round(wanted.week_weight * share) for share in shares) - free)


def imbalance_of(wanted: Wanted, sets: Sequence[tuple[Candidate, int]]) -> int:
    """R26, R27: 10 for each set, or part of one, outside the band; 5 again for the week and a usual one together. Only
    where both sides can be trained. sets: of each exercise that comes.
    """
    can = {candidate.slot.partition("-")[0] for slot in wanted.slots for candidate in slot.candidates}
    cost = 0
    for one in wanted.balances:
        if one.first in can and one.second in can:
            came = [sum(n for c, n in sets if c.slot.partition("-")[0] == side) for side in (one.first, one.second)]
            a, b = (here + done for here, done in zip(came, one.done, strict=True))
            cost += 10 * ceil(max(0.0, one.low * b - a, a - one.high * b))
            if one.usual != (0, 0):
                a, b = a + one.usual[0], b + one.usual[1]
                cost += 5 * ceil(max(0.0, one.low * b - a, a - one.high * b))
    return cost


def pain_of(wanted: Wanted, candidate: Candidate) -> int:
    """What the pain that is expected of a candidate costs, in whole numbers; less pain is worth nothing."""
    if candidate.points is None or candidate.points[0] < 0:
        return 0
    return round(candidate.points[0] * candidate.sets * wanted.pain_weight)


def slot_of(wanted: Wanted, candidate: Candidate) -> str | None:
    """The slot that a candidate was chosen from: one that is kept is offered by a slot of its own."""
    return next((slot.id for slot in wanted.slots if candidate in slot.candidates), None)


def _found(checks: dict[str, Check], wanted: Wanted, week: Week) -> dict[str, list[str]]:
    return {name: faults for name, check in checks.items() if (faults := check(wanted, week))}


def _placed(wanted: Wanted, week: Week) -> Iterator[tuple[int, PlannedSession]]:
    places = {day.day: place for place, day in enumerate(wanted.days)}
    for session in week.sessions:
        if session.day in places:
            yield places[session.day], session


def _every(week: Week) -> Iterator[tuple[PlannedSession, Chosen]]:
    for session in week.sessions:
        for one in session.main:
            yield session, one


def _hard_muscles(candidate: Candidate) -> list[str]:
    return [muscle for muscle, share in candidate.muscles.items() if candidate.hard and share >= 1]


def _strange(wanted: Wanted, day: date, one: Chosen) -> list[str]:
    candidate = one.candidate
    faults = []
    if slot_of(wanted, candidate) is None:
        faults.append(f"{day}: {candidate.exercise} was not to choose from.")
    if one.sets != candidate.sets and (one.sets != candidate.sets + 1 or not candidate.hard or one.sets > MOST_SETS):
        faults.append(f"{day}: {one.sets} sets of {candidate.exercise}, whose own are {candidate.sets}.")
    return faults

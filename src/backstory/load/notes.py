"""What is worth a note in a log, one function a rule: never an alarm, each with its grade and source."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.load.looking import Weighed, balance, longest_run, monday, muscle_sets, side_of, spikes
from backstory.load.summing import is_hard
from backstory.model import Rule

RECENT = timedelta(days=28)
ENOUGH_SESSIONS = 4  # in the 30 days before, to speak of a jump
LEAST_SETS = 6  # of a pair in four weeks, to speak of balance
TWICE = 2


@dataclass(frozen=True, slots=True)
class Note:
    """Something seen in the log, beside the rule it has to do with."""

    rule: Rule
    text: str
    value: float | None


Found = Iterator[tuple[str, float | None]]
Log = Sequence[Weighed]
Rules = Mapping[str, Rule]


def notes(log: Log, rules: Rules) -> list[Note]:
    """What the last four weeks of a log have that a rule speaks of. log: oldest first, sessions with sets."""
    if not log:
        return []
    recent = [item for item in log if item.day > log[-1].day - RECENT]
    return [
        Note(rules[key], text, value)
        for key, function in NOTES.items()
        for text, value in function(recent if key not in WHOLE else log, rules)
    ]


def rest_days(log: Log, rules: Rules) -> Found:
    limits = rules["R18"].limits
    run = longest_run(item.day for item in log)
    if run and run[1] >= limits[0]:
        yield f"{run[1]} days of training in a row, up to {run[0].isoformat()}", float(run[1])


def hard_sessions_apart(log: Log, rules: Rules) -> Found:
    """Days are all that is known: two in a row lie less than 48 hours apart."""
    limits = rules["R19"].limits
    days: dict[str, set[date]] = defaultdict(set)
    for item in log:
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
            if exercise and is_hard(one_set):
                for muscle in exercise.primary:
                    days[muscle].add(item.day)
    gap = timedelta(days=limits[0] / 24)
    for muscle, hard in sorted(days.items()):
        times = sum(day + timedelta(days=1) in hard for day in hard) if gap > timedelta(days=1) else 0
        if times:
            yield f"{_plain(muscle)} trained hard two days in a row, {_times(times)}", float(times)


def larger_sessions(log: Log, rules: Rules) -> Found:
    limits = rules["R20"].limits
    known = [(item.day, item.load.power_sums[1] or 0.0) for item in log if item.load.power_sums[1]]
    last = log[-1].day
    for spike in spikes(known):
        settled = spike.compared_with >= ENOUGH_SESSIONS and spike.day > last - RECENT
        if settled and spike.ratio and spike.ratio > limits[0]:
            yield (
                f"{spike.day.isoformat()}: a bigger jump than your last 30 days ({spike.ratio:.1f} x the largest)",
                spike.ratio,
            )


def week_to_week(log: Log, rules: Rules) -> Found:
    """The last whole week beside the one before it."""
    limits = rules["R21"].limits
    sums: dict[date, float] = defaultdict(float)
    for item in log:
        if item.load.power_sums[1] is None:
            return
        sums[monday(item.day)] += item.load.power_sums[1]
    last = monday(log[-1].day + timedelta(days=1)) - timedelta(weeks=1)
    this, before = sums.get(last), sums.get(last - timedelta(weeks=1))
    if this and before and abs(this / before - 1) > limits[0]:
        yield f"week of {last.isoformat()}: {this / before:.1f} x the week before", this / before


def weight_steps(log: Log, rules: Rules) -> Found:
    """The heaviest set of an exercise in its last session beside the heaviest of four weeks before."""
    limits = rules["R23"].limits
    heaviest: dict[str, list[float]] = defaultdict(list)
    names: dict[str, str] = {}
    for item in log:
        tops: dict[str, float] = defaultdict(float)
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
            if exercise and exercise.load_factor > 0 and one_set.load_kg:
                tops[exercise.id] = max(tops[exercise.id], one_set.load_kg)
                names[exercise.id] = exercise.name
        for identity, top in tops.items():
            heaviest[identity].append(top)
    for identity, loads in heaviest.items():
        if len(loads) > TWICE and loads[-1] > (1 + limits[1]) * max(loads[:-1]):
            step = loads[-1] / max(loads[:-1]) - 1
            yield f"{names[identity]}: {100 * step:.0f} % more weight than in four weeks before", step


def many_sets(log: Log, rules: Rules) -> Found:
    limits = rules["R24"].limits
    done = [(item.day, exercise) for item in log for exercise in item.exercises if exercise]
    weeks = muscle_sets(done, helping=rules["R25"].limits[0])
    for week, counts in sorted(weeks.items())[-1:]:
        many = {muscle: sets for muscle, sets in counts.items() if sets >= limits[2]}
        if many:
            told = ", ".join(f"{sets:g} sets of {_plain(muscle)}" for muscle, sets in many.items())
            yield f"{told} in the week of {week.isoformat()}", max(many.values())


def _pair_out_of_range(pair: str, rule: str) -> Callable[[Log, Rules], Found]:
    def look(log: Log, rules: Rules) -> Found:
        limits = rules[rule].limits
        families = Counter(exercise.family for item in log for exercise in item.exercises if exercise)
        for row in balance(families):
            sets, ratio = row["sets"], row["ratio"]
            if row["pair"] == pair and isinstance(sets, list) and sum(sets) >= LEAST_SETS:
                value = ratio if isinstance(ratio, float) else None
                if value is None or not limits[0] <= value <= limits[1]:
                    yield f"{pair.replace(':', ' to ')} in four weeks: {sets[0]} to {sets[1]} sets", value

    return look


def sides(log: Log, rules: Rules) -> Found:
    """The best set of each side, repetitions or seconds times weight, in sessions that name both sides."""
    limits = rules["R28"].limits
    seen: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for item in log:
        best: dict[tuple[str, str], float] = defaultdict(float)
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True):
            side = side_of(f"{one_set.exercise_name} {one_set.note or ''}")
            if exercise and side:
                work = (one_set.reps or one_set.duration_s or 0.0) * (one_set.load_kg or 1.0)
                best[exercise.name, side] = max(best[exercise.name, side], work)
        for name, side in list(best):
            if side == "left" and best.get((name, "right")):
                seen[name].append((best[name, "left"], best[name, "right"]))
    for name, pairs in seen.items():
        apart = [(a - b) / max(a, b) for a, b in pairs[-TWICE:] if max(a, b) > 0]
        if len(apart) == TWICE and (min(apart) > limits[0] or max(apart) < -limits[0]):
            stronger = "left" if apart[-1] > 0 else "right"
            yield f"{name}: {stronger} was {100 * abs(apart[-1]):.0f} % ahead, twice", abs(apart[-1])


NOTES: Mapping[str, Callable[[Log, Rules], Found]] = {
    "R18": rest_days, "R19": hard_sessions_apart, "R20": larger_sessions, "R21": week_to_week, "R23": weight_steps,
    "R24": many_sets, "R26": _pair_out_of_range("pull:push", "R26"),
    "R27": _pair_out_of_range("hinge:squat", "R27"), "R28": sides,
}  # fmt: skip
WHOLE = frozenset({"R20", "R28"})  # those that look further back than four weeks


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _plain(word: str) -> str:
    return word.replace("_", " ")

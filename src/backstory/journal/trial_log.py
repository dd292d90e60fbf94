"""What the log says about a self-trial: the measure that tells whether a day was kept, and the person's own range."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import median

from backstory import catalogue, load
from backstory.cause.trial import thirds
from backstory.cause.trial_telling import on
from backstory.journal.loading import weigh
from backstory.journal.opening import Journal
from backstory.load import Weighed
from backstory.model import TrialArm, plain
from backstory.questions import TrialQuestion

OWN_RANGE = timedelta(days=60)
LEAST_DAYS = 6  # with it in those 60 days, to tell heavy from light
WALKS = ("walk", "treadmill-walk", "hiking")
WARM_UP = "warm-up"
LOADS = {"load_hinge": "hinge", "load_squat": "squat", "load_core": "core"}
PEOPLE_SAY = {"hinge": "hinging", "squat": "squatting", "core": "core work"}
SETS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Log:
    """A journal's sessions with their loads, oldest first, and the days on which there was anything at all."""

    weighed: list[Weighed]
    told: frozenset[date]


def read_log(journal: Journal) -> Log:
    """Everything that trials look at."""
    weighed = sorted(weigh(journal), key=lambda item: item.day)
    return Log(weighed, frozenset(item.day for item in weighed) | {entry.day for entry in journal.store.check_ins()})


def measured(log: Log, measure: str) -> Mapping[date, float]:
    """A trial's measure on each day that can tell; {} for a measure that nobody knows any more."""
    find = MEASURES.get(measure)
    return {} if find is None else find(log)


def own_arms(log: Log, question: TrialQuestion, starts: date) -> tuple[tuple[TrialArm, TrialArm] | None, str]:
    """The two arms as they are for this person; or None, and what the log lacks for them."""
    a, b = question.ways
    if a.third is None or b.third is None:
        first, second = (TrialArm(way.name, way.text, way.low, way.high) for way in question.ways)
        return (first, second), ""
    since = starts - OWN_RANGE
    own = {day: value for day, value in measured(log, question.measure).items() if since <= day < starts}
    family = LOADS[question.measure]
    doing = PEOPLE_SAY[family]
    if len(own) < LEAST_DAYS:
        return None, (
            f"your log holds {len(own)} days of {doing} with a known load in the last {OWN_RANGE.days}, and it takes "
            f"{LEAST_DAYS} to say what is heavy and light for you"
        )
    ranges = thirds(list(own.values()))
    if ranges is None:
        return None, f"your days of {doing} in the last {OWN_RANGE.days} are too alike to tell heavy from light"
    by_third = dict(zip(("upper", "lower"), ranges, strict=True))
    arms = []
    for way in (a, b):
        low, high = by_third[way.third or ""]
        like = _like(log, family, own, low, high)
        arms.append(TrialArm(way.name, f"{way.text} {like}", low, high))
    return (arms[0], arms[1]), ""


def _like(log: Log, family: str, own: Mapping[date, float], low: float, high: float) -> str:
    """A range of the person's own in words, with a day of theirs that stands for it."""
    usual = median(own.values())
    day = min(own, key=lambda d: (abs(own[d] - (low + high) / 2), d))
    sets = [
        (plain(one_set.exercise_name), one_set.reps, one_set.load_kg)
        for item in log.weighed
        if item.day == day
        for one_set, exercise in zip(item.session.sets, item.exercises, strict=True)
        if exercise is not None and exercise.family == family
    ]
    shown = [_sets(name, list(group)) for name, group in groupby(sets, key=lambda one: one[0])]
    return (
        f"For you that is {low / usual:.1f} to {high / usual:.1f} times your usual {PEOPLE_SAY[family]} day, such as "
        f"{on(day)} ({'; '.join(shown[:SETS_SHOWN])})."
    )


def _sets(name: str, group: Iterable[tuple[str, float | None, float | None]]) -> str:
    rows = list(group)
    heaviest = max((load_kg for _, _, load_kg in rows if load_kg), default=None)
    weight = "" if heaviest is None else f", up to {heaviest:g} kg"
    return f"{name}: {len(rows)} set{'s' if len(rows) > 1 else ''}{weight}"


def _load(column: str, only_with: bool) -> Callable[[Log], Mapping[date, float]]:
    """The load of a family on the days whose load is known; only_with: only those with any."""

    def find(log: Log) -> Mapping[date, float]:
        days: dict[date, list[float | None]] = defaultdict(list)
        for item in log.weighed:
            if item.session.sets:
                days[item.day].append(item.load.exposures()[column])
        known = {day: sum(v for v in values if v is not None) for day, values in days.items() if None not in values}
        return {day: value for day, value in known.items() if value > 0 or not only_with}

    return find


def _warm_up(log: Log) -> Mapping[date, float]:
    """1 on training days with sets that are marked as warm-up, else 0."""
    days: dict[date, bool] = {}
    for item in log.weighed:
        if item.session.sets:
            marked = any(one_set.kind == WARM_UP for one_set in item.session.sets)
            days[item.day] = days.get(item.day, False) or marked
    return {day: float(marked) for day, marked in days.items()}


def _rest_days(log: Log) -> Mapping[date, float]:
    """Days without sets before each training day but the first."""
    days = sorted({item.day for item in log.weighed if item.session.sets})
    return {later: float((later - earlier).days - 1) for earlier, later in pairwise(days)}


def _walking(log: Log) -> Mapping[date, float]:
    """Minutes of walks noted, on every day on which anything was."""
    known = catalogue.load()
    walk = known.get(WALKS[0])
    minutes = dict.fromkeys(log.told, 0.0)
    for item in log.weighed:
        title = known.find(item.session.title) if item.session.title else None
        if item.session.sets:
            pairs = zip(item.exercises, item.sets.minutes.tolist(), strict=True)
            minutes[item.day] += sum(m for exercise, m in pairs if exercise and exercise.id in WALKS and m > 0)
        elif title is not None and title.id in WALKS:
            seconds = item.session.duration_s
            minutes[item.day] += seconds / 60 if seconds else load.endurance_minutes(walk, item.session) or 0.0
    return minutes


MEASURES: Mapping[str, Callable[[Log], Mapping[date, float]]] = {
    "load_hinge": _load("load_hinge", only_with=True),
    "load_squat": _load("load_squat", only_with=True),
    "load_core": _load("load_core", only_with=False),
    "warm_up": _warm_up,
    "rest_days": _rest_days,
    "walking": _walking,
}

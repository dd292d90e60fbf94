"""What a person looks at: sets a muscle and week, balance, sides, breaks, rest days, sameness, and larger sessions."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, pstdev

from backstory.load.sets import SetLoads
from backstory.load.summing import SessionLoad
from backstory.model import Exercise, Session

SPIKE_WINDOW = timedelta(days=30)  # Frandsen et al. 2025, Br J Sports Med: largest session of the last 30 days; running
PAIRS = (("pull", "push"), ("hinge", "squat"))
LEAST_SETS_FOR_BREAKS = 3
SIDE_WORDS = {
    "left": {"left", "links", "linke", "linker", "izquierda", "izquierdo", "esquerda", "esquerdo", "gauche", "sinistra",
             "sinistro"},
    "right": {"right", "rechts", "rechte", "rechter", "derecha", "derecho", "direita", "direito", "droite", "droit",
              "destra", "destro"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """A session with its load; `sets`, `exercises`: one row a set, None = a name that nobody knows."""

    session: Session
    load: SessionLoad
    sets: SetLoads
    exercises: tuple[Exercise | None, ...]

    @property
    def day(self) -> date:
        return self.session.day


@dataclass(frozen=True, slots=True)
class Spike:
    """A session beside the largest of the 30 days before it; `ratio` None where there was none.

    compared_with: how many sessions these 30 days held.
    """

    day: date
    load: float
    largest_before: float | None
    ratio: float | None
    compared_with: int = 0


def spikes(days: Sequence[tuple[date, float]]) -> list[Spike]:
    """Each session against the largest of the 30 days before its day. days: (day, load > 0), in order."""
    found: list[Spike] = []
    window: deque[tuple[date, float]] = deque()
    for day, load in days:
        while window and window[0][0] < day - SPIKE_WINDOW:
            window.popleft()
        before = [other for earlier, other in window if earlier < day]
        largest = max(before, default=None)
        found.append(Spike(day, load, largest, load / largest if largest else None, len(before)))
        window.append((day, load))
    return found


def muscle_sets(done: Iterable[tuple[date, Exercise]], helping: float) -> dict[date, dict[str, float]]:
    """Sets a muscle by the Monday of the week. done: one entry a set; helping: what a secondary muscle counts."""
    weeks: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for day, exercise in done:
        week = weeks[monday(day)]
        for muscle in exercise.primary:
            week[muscle] += 1
        for muscle in exercise.secondary:
            week[muscle] += helping
    return {week: dict(sorted(counts.items(), key=lambda item: -item[1])) for week, counts in weeks.items()}


def balance(counts: Counter[str]) -> list[dict[str, object]]:
    """Sets of pulling against pushing, hinging against squatting, left against right; ratio None without a second.

    counts: sets a family, and a side where the log names one.
    """
    pairs = [*PAIRS, ("left", "right")] if counts["left"] or counts["right"] else PAIRS
    return [
        {"pair": f"{a}:{b}", "sets": [counts[a], counts[b]], "ratio": counts[a] / counts[b] if counts[b] else None}
        for a, b in pairs
    ]


def side_of(text: str) -> str | None:
    """The side that a name or a note speaks of, if it speaks of one.

    >>> side_of("Side Plank (Left)"), side_of("Plank")
    ('left', None)
    """
    words = {word.strip("()[].,;:-–").casefold() for word in text.split()}
    sides = [side for side, names in SIDE_WORDS.items() if words & names]
    return sides[0] if len(sides) == 1 else None


def break_s(item: Weighed) -> float | None:
    """Time between sets, on average [s]: the session's, less what its sets took; None where it is not known."""
    count, duration = len(item.session.sets), item.session.duration_s
    if not duration or count < LEAST_SETS_FOR_BREAKS or item.load.estimated_sets:
        return None
    work = sum(
        float(reps) * sum(motion_s)
        for reps, motion_s in zip(item.sets.reps, map(_repetition_s, item.exercises), strict=True)
    )
    minutes = float(item.sets.minutes.sum())
    return max(0.0, duration - work - 60 * minutes) / (count - 1)


def _repetition_s(exercise: Exercise | None) -> tuple[float, ...]:
    motion = exercise.motion if exercise else None
    return (motion.eccentric_s, motion.pause_s, motion.concentric_s) if motion else (0.0,)


def monotony(loads: Sequence[float]) -> float | None:
    """Mean daily load of a week over its standard deviation, rest days as 0; None where every day is the same.

    Foster 1998, Med Sci Sports Exerc 30:1164.

    >>> monotony([2, 0, 2, 0, 2, 0, 0]).__round__(2)
    0.87
    """
    spread = pstdev(loads)
    return fmean(loads) / spread if spread > 0 else None


def most_repeated(exercises: Sequence[Exercise | None]) -> tuple[Exercise, int] | None:
    """The exercise with the most sets, and how many they are."""
    counts = Counter(exercise.id for exercise in exercises if exercise)
    if not counts:
        return None
    identity, sets = counts.most_common(1)[0]
    return next(e for e in exercises if e and e.id == identity), sets


def longest_run(days: Iterable[date]) -> tuple[date, int] | None:
    """The longest run of days in a row: its last day and its length; of equal ones the latest."""
    best: tuple[date, int] | None = None
    run, before = 0, None
    for day in sorted(set(days)):
        run = run + 1 if before is not None and day - before == timedelta(days=1) else 1
        before = day
        if best is None or run >= best[1]:
            best = (day, run)
    return best


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())

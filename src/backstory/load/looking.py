"""What a person looks at: sets a muscle and week, balance, and sessions larger than the last 30 days."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstory.model import Exercise

SECONDARY = 0.5  # Pelland et al. 2024 (preprint): an indirect muscle's share of a set; weak
SPIKE_WINDOW = timedelta(days=30)  # Frandsen et al. 2025, Br J Sports Med: largest session of the last 30 days; running
PAIRS = (("pull", "push"), ("hinge", "squat"))


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
    """Each training day against the largest of the 30 days before it. days: (day, load > 0), in order."""
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


def muscle_sets(done: Iterable[tuple[date, Exercise]]) -> dict[date, dict[str, float]]:
    """Sets a muscle by the Monday of the week: primary muscles count 1, secondary ½. done: one entry a set."""
    weeks: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for day, exercise in done:
        week = weeks[monday(day)]
        for muscle in exercise.primary:
            week[muscle] += 1
        for muscle in exercise.secondary:
            week[muscle] += SECONDARY
    return {week: dict(sorted(counts.items(), key=lambda item: -item[1])) for week, counts in weeks.items()}


def balance(families: Counter[str]) -> list[dict[str, object]]:
    """Sets of pulling against pushing and hinging against squatting; ratio None where the second has none."""
    return [
        {
            "pair": f"{a}:{b}",
            "sets": [families[a], families[b]],
            "ratio": families[a] / families[b] if families[b] else None,
        }
        for a, b in PAIRS
    ]


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())

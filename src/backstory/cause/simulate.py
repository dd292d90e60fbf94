"""Simulated persons with a known truth: pain has a memory, training reacts to it, scores are rounded or missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from backstory.cause.memory import Array

# A person whose score moves by about one point from day to day, rounding included.
MEAN_PAIN, FLUCTUATION_SD, NOISE_SD, MEMORY = 3.2, 0.8, 0.55, 0.75
LAG_SHAPE = (0.5, 0.3, 0.2)  # shares of the effect on the first, second and third morning
MISSING = 0.2  # of the scores
ADHERENCE = 0.88  # of planned sessions, on a morning without much pain
CAUTION = 0.12  # less adherence a point of pain above 3
LIGHTER = 0.06  # of the intensity, a point of pain above 3
INTENSITY_SD = 0.3  # log scale
WEEKDAYS = (0, 2, 4)

Loading = Callable[[int, float], float]


@dataclass(frozen=True, slots=True)
class SimulatedYear:
    """`intensity`: 0 = rest, about 1 = a usual session; `pain`: morning scores, NaN = missing; (T,) each."""

    intensity: Array
    load: Array
    pain: Array
    points_per_unit: float

    @property
    def true_points(self) -> float:
        """Pain points over the following mornings for a day one standard deviation above the mean load."""
        return self.points_per_unit * float(np.std(self.load, ddof=1))


def simulate(
    rng: np.random.Generator,
    days: int = 365,
    points: float = 0.0,
    loading: Loading = lambda _day, intensity: intensity,
    weekdays: Sequence[int] = WEEKDAYS,
    variability: float = 1.0,
) -> SimulatedYear:
    """A person's days.

    points: pain points (0-10) summed over the mornings after a day one standard deviation above the mean load;
    loading: (day, intensity) → that day's load in any unit; variability: of pain, 1 = about one point. Pain moves by an
    AR(1) process; what was trained yesterday and before acts on this morning; this morning's pain acts on today's
    training.
    """
    usual = [loading(day, 1.0) for day in range(7) if day % 7 in weekdays]
    planned = len(usual) / 7
    spread = float(np.mean(usual)) * np.sqrt(planned * (1 - planned) + planned * INTENSITY_SD**2)
    per_unit = points / spread
    intensity, load, pain = np.zeros(days), np.zeros(days), np.full(days, np.nan)
    mean = rng.normal(MEAN_PAIN, 0.4)
    fluctuation, noise = variability * FLUCTUATION_SD, variability * NOISE_SD
    drift = rng.normal(0.0, fluctuation)
    for day in range(days):
        drift = MEMORY * drift + rng.normal(0.0, fluctuation * np.sqrt(1 - MEMORY**2))
        effect = sum(
            share * per_unit * (load[day - lag] - float(np.mean(usual)) * planned)
            for lag, share in enumerate(LAG_SHAPE, start=1)
            if day >= lag
        )
        felt = mean + drift + effect + rng.normal(0.0, noise)
        above = max(0.0, felt - 3.0)
        if day % 7 in weekdays and rng.random() < ADHERENCE - CAUTION * above:
            wanted = float(np.exp(rng.normal(0.0, INTENSITY_SD))) * max(0.3, 1 - LIGHTER * above)
            intensity[day] = wanted
            load[day] = loading(day, wanted)
        if rng.random() >= MISSING:
            pain[day] = np.clip(np.rint(felt), 0, 10)
    return SimulatedYear(intensity, load, pain, per_unit)

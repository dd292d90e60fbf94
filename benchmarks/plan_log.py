"""Ten years of training as a Strong file: three sessions a week up to yesterday."""

from datetime import date, timedelta
from random import Random

HEADER = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
YEARS, SETS = 10, 4
LIFTS = {
    "Squat (Barbell)": 60, "Deadlift (Barbell)": 80, "Bench Press (Barbell)": 50, "Bent Over Row (Barbell)": 45,
    "Overhead Press (Barbell)": 30, "Lat Pulldown (Cable)": 45, "Romanian Deadlift (Barbell)": 60,
    "Bicep Curl (Dumbbell)": 10,
}  # fmt: skip
A_SESSION = 5


def ten_years(today: date, seed: int = 0) -> str:
    """The file's text: about 1,560 sessions of 20 sets, loads that grow slowly and vary."""
    rng, lines = Random(seed), [HEADER]
    days = [today - timedelta(days=back) for back in range(365 * YEARS, 0, -1)]
    for number, day in enumerate(day for day in days if day.weekday() in (0, 2, 4)):
        for name in rng.sample(list(LIFTS), A_SESSION):
            load_kg = 2.5 * round(LIFTS[name] * (1 + number / 1500) * rng.uniform(0.9, 1.05) / 2.5)
            for order in range(1, SETS + 1):
                lines.append(f'{day} 18:05:00,"Evening",55m,"{name}",{order},{load_kg},{rng.randint(5, 9)},0,0,,,')
    return "\n".join(lines) + "\n"

"""One simulated person-year with a known truth, through the real readers: what Backstory can and cannot find."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from backstory import catalogue, load
from backstory.cause.simulate import SimulatedYear, simulate
from backstory.journal.answered import Report
from backstory.journal.answering import answer
from backstory.journal.importing import ImportedFile, import_paths
from backstory.journal.opening import Journal
from backstory.journal.plan_told import as_json
from backstory.journal.plan_wish import Wish
from backstory.journal.planning import Planned, plan
from backstory.model import CheckIn, Person, Session, Set
from backstory.readers.writing import write_diary, write_strong

TRUE_POINTS = 1.2
DAYS = 364
PLATE_STEP_KG = 2.5
# weekday → title, and (exercise, sets, repetitions, kg on a usual day)
TEMPLATES: dict[int, tuple[str, tuple[tuple[str, int, int | None, float | None], ...]]] = {
    0: ("Legs", (
        ("Squat (Barbell)", 4, 6, 80.0), ("Romanian Deadlift (Barbell)", 3, 8, 60.0), ("Plank", 3, None, None),
    )),
    2: ("Push", (
        ("Bench Press (Barbell)", 4, 6, 65.0), ("Bent Over Row (Barbell)", 4, 8, 50.0),
        ("Lunge (Dumbbell)", 3, 10, 14.0),
    )),
    4: ("Pull", (
        ("Deadlift (Barbell)", 4, 5, 110.0), ("Overhead Press (Barbell)", 4, 6, 40.0), ("Pull Up", 3, 8, None),
    )),
}  # fmt: skip
START, GET_UP = time(18, 5), time(7, 30)
SESSION_S, HOLD_S = 3900.0, 45.0


@dataclass(frozen=True)
class Demo:
    """What was simulated, what was imported, what came out, and the week that follows from it."""

    folder: Path
    year: SimulatedYear
    files: tuple[ImportedFile, ...]
    report: Report
    week: Planned

    def truth(self) -> dict[str, Any]:
        """What was put into the simulation."""
        return {
            "exposure": "load",
            "points": self.year.true_points,
            "mornings": 3,
            "days": len(self.year.load),
            "training_days": int((self.year.load > 0).sum()),
            "scored_mornings": int(np.isfinite(self.year.pain).sum()),
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "simulated": True,
            "truth": self.truth(),
            "files": [file.as_json() for file in self.files],
            "answer": self.report.as_json(),
            "plan": as_json(self.week),
        }


def demo(journal: Journal, folder: Path, seed: int) -> Demo:
    """Simulate, write a Strong CSV and a diary CSV into the folder, import both into the journal, answer, plan."""
    year, files = live_a_year(journal, folder, seed)
    next_monday = load.monday(journal.today()) + timedelta(days=7)
    return Demo(folder, year, files, answer(journal), plan(journal, Wish(first=next_monday)))


def live_a_year(journal: Journal, folder: Path, seed: int) -> tuple[SimulatedYear, tuple[ImportedFile, ...]]:
    """Simulate, write a Strong CSV and a diary CSV into the folder, and import both into the journal."""
    monday = load.monday(journal.today()) - timedelta(days=DAYS)
    year = simulate(np.random.default_rng(seed), DAYS, TRUE_POINTS, loading=_loading(monday), weekdays=tuple(TEMPLATES))
    days = [monday + timedelta(days=n) for n in range(DAYS)]
    sessions = [_session(day, float(i)) for day, i in zip(days, year.intensity, strict=True) if i > 0]
    check_ins = [_check_in(day, float(pain)) for day, pain in zip(days, year.pain, strict=True) if np.isfinite(pain)]
    strong, diary = folder / "strong.csv", folder / "diary.csv"
    write_strong(strong, sessions)
    write_diary(diary, check_ins)
    return year, tuple(import_paths(journal, [strong, diary]))


def _loading(monday: date) -> Callable[[int, float], float]:
    """The load of the session of that intensity on that day, as it will be computed from the files [kNm·reps]."""
    known, person = catalogue.load(), Person()

    def loading(day: int, intensity: float) -> float:
        session = _session(monday + timedelta(days=day), intensity)
        exercises = [known.get(one_set.exercise_name) for one_set in session.sets]
        loads = load.set_loads(session.sets, exercises, [person] * len(exercises))
        return load.session_loads([session], loads)[0].power_sums[1] or 0.0

    return loading


def _session(day: date, intensity: float) -> Session:
    title, exercises = TEMPLATES[day.weekday()]
    sets = [
        _set(name, reps, None if kg is None else kg * intensity)
        for name, count, reps, kg in exercises
        for _ in range(count)
    ]
    return Session(
        source="strong",
        day=day,
        sets=tuple(sets),
        started_at=datetime.combine(day, START),
        duration_s=SESSION_S,
        title=title,
    )


def _set(name: str, reps: int | None, load_kg: float | None) -> Set:
    rounded = None if load_kg is None else max(PLATE_STEP_KG, PLATE_STEP_KG * round(load_kg / PLATE_STEP_KG))
    return Set(
        name, load_kg=rounded, reps=None if reps is None else float(reps), duration_s=HOLD_S if reps is None else None
    )


def _check_in(day: date, pain: float) -> CheckIn:
    entered = datetime.combine(day, GET_UP).astimezone(UTC)
    return CheckIn(day=day, pain=pain, when="morning", entered_at=entered)

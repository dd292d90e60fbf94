"""Ten years of one made-up person, as a journal: for benchmarks and pictures of long logs.

    python benchmarks/ten_years.py JOURNAL.db           # up to today
    python benchmarks/ten_years.py JOURNAL.db --until 2026-11-20 --seed 2

She lifts two or three times a week (squats, hinges, pushes, pulls, lunges, core), runs now and then, gets stronger and
falls back after breaks, and scores her back nearly every morning: it hurts more after heavy hinging, in two bouts, and
by itself. The same seed and day give the same journal.
"""

import argparse
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from backstory.journal import Journal, open_journal
from backstory.journal.entering import profile, set_name
from backstory.journal.measuring import take
from backstory.model import Bout, CheckIn, Measure, Session, Set

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
RUN_SHARE = 0.15
BREAKS = ((0.21, 0.225), (0.48, 0.50), (0.83, 0.84))  # parts of the ten years without training
BOUTS = (0.33, 0.71)
BOUT_DAYS, BOUT_PAIN = 21, 3.0
PLATE_KG, BASE_PAIN, HINGE_PAIN, MEMORY = 2.5, 1.4, 1.1, 0.6  # points the morning after the heaviest hinging


class Lift(NamedTuple):
    """An exercise of the template: its name in the log, repetitions (or seconds), and kg at first and at its best."""

    name: str
    reps: int | None
    first_kg: float | None
    best_kg: float | None
    hinge: bool = False


TEMPLATES: tuple[tuple[str, tuple[Lift, ...]], ...] = (
    ("Legs", (
        Lift("Squat (Barbell)", 5, 40, 95), Lift("Romanian Deadlift (Barbell)", 8, 35, 80, hinge=True),
        Lift("Lunge (Dumbbell)", 10, 8, 20), Lift("Leg Curl (Machine)", 12, 20, 45), Lift("Plank", None, None, None),
    )),
    ("Push", (
        Lift("Bench Press (Barbell)", 6, 30, 62.5), Lift("Overhead Press (Barbell)", 6, 20, 40),
        Lift("Incline Bench Press (Dumbbell)", 10, 10, 22), Lift("Triceps Pushdown", 12, 15, 35),
        Lift("Side Plank", None, None, None),
    )),
    ("Pull", (
        Lift("Deadlift (Barbell)", 5, 50, 120, hinge=True), Lift("Bent Over Row (Barbell)", 8, 30, 60),
        Lift("Lat Pulldown (Cable)", 10, 30, 60), Lift("Bicep Curl (Dumbbell)", 12, 6, 14),
        Lift("Back Extension", 12, None, None),
    )),
)  # fmt: skip
NOTES = ("felt heavy", "good day", "back a little stiff before", "new shoes", "tired, stopped early", "easy")
SIDES = ("low-back", "low-back-left", "low-back-right", "buttock-left")


def make(
    path: str | Path,
    seed: int = 1,
    sessions: int = 1200,
    sets: int = 24_000,
    check_ins: int = 3650,
    until: date | None = None,
) -> None:
    """Write the journal. until: its last day, today by default; the file must not hold a journal yet."""
    until = until or datetime.now().astimezone().date()
    rng = np.random.default_rng(seed)
    now = datetime.combine(until, time(20), UTC)
    log = _sessions(rng, sessions, sets, check_ins, until)
    diary = _check_ins(rng, log, check_ins, until)
    masses = [round(64 + 3 * float(np.sin(n / 12)), 1) for n in range(check_ins // 14)]
    weighed = [Measure(until - n * 2 * WEEK, "body_mass_kg", mass) for n, mass in enumerate(masses)]
    with open_journal(str(path), clock=lambda: now) as journal:
        if not journal.store.is_empty():
            raise SystemExit(f"{path} holds a journal already.")
        journal.store.save_import("ten-years.csv", "strong", log, (), (), now)
        journal.store.save_import("ten-years-diary.csv", "diary", (), diary, weighed, now)
        _by_hand(journal, rng, check_ins, until)


def _sessions(rng: np.random.Generator, count: int, sets: int, days: int, until: date) -> list[Session]:
    """So many sessions on days of their own, the last on the last day, with so many sets in all."""
    open_days = [day for day in range(days) if not any(low <= day / days < high for low, high in BREAKS)]
    chosen = np.append(rng.choice(open_days[:-1], count - 1, replace=False), open_days[-1])
    on = [int(day) for day in np.sort(chosen)]
    runs = set(rng.choice(count - 1, int(RUN_SHARE * count), replace=False).tolist())
    lifting = count - len(runs)
    shares = [sets // lifting + (n < sets % lifting) for n in range(lifting)]
    made, lifted = [], 0
    for number, day in enumerate(on):
        when = until - (days - 1 - day) * DAY
        if number in runs:
            made.append(_run(rng, when))
            continue
        title, lifts = TEMPLATES[lifted % len(TEMPLATES)]
        made.append(_lifting(rng, when, title, _sets(rng, lifts, shares[lifted], day / days)))
        lifted += 1
    return made


def _run(rng: np.random.Generator, day: date) -> Session:
    km = round(float(rng.uniform(3, 11)), 1)
    began = datetime.combine(day, time(7, 15))
    return Session("strong", day, (), began, 60 * km * float(rng.uniform(5.4, 6.4)), "Run", None, None, km)


def _lifting(rng: np.random.Generator, day: date, title: str, sets: tuple[Set, ...]) -> Session:
    began = datetime.combine(day, time(18, int(rng.integers(0, 59))))
    note = str(rng.choice(NOTES)) if rng.random() < 0.1 else None
    return Session("strong", day, sets, began, 60.0 * len(sets) * 3, title, note)


def _sets(rng: np.random.Generator, lifts: tuple[Lift, ...], count: int, part: float) -> tuple[Set, ...]:
    """So many sets of these lifts, at the strength of that part of the ten years."""
    strength = float(np.clip(1 - np.exp(-3 * part) + rng.normal(0, 0.04), 0, 1.05))
    each = [count // len(lifts) + (n < count % len(lifts)) for n in range(len(lifts))]
    pairs = zip(lifts, each, strict=True)
    return tuple(_set(rng, lift, strength, n == 0 and many > 2) for lift, many in pairs for n in range(many))


def _set(rng: np.random.Generator, lift: Lift, strength: float, warm_up: bool) -> Set:
    note = str(rng.choice(NOTES)) if rng.random() < 0.01 else None
    if lift.reps is None:
        return Set(lift.name, duration_s=float(5 * rng.integers(6, 13)), note=note)
    kg = None
    if lift.first_kg is not None and lift.best_kg is not None:
        wanted = (0.5 if warm_up else 1.0) * (lift.first_kg + strength * (lift.best_kg - lift.first_kg))
        kg = max(PLATE_KG, PLATE_KG * round(wanted / PLATE_KG))
    rpe = float(rng.integers(6, 10))
    return Set(lift.name, kg, float(lift.reps), rpe=rpe, kind="warm-up" if warm_up else "normal", note=note)


def _check_ins(rng: np.random.Generator, log: list[Session], count: int, until: date) -> list[CheckIn]:
    """One each morning. Pain comes back to its level, rises after heavy hinging, and with a bout."""
    best = {lift.name: lift.best_kg for _, lifts in TEMPLATES for lift in lifts if lift.hinge and lift.best_kg}
    hinges = [(one.day, [s for s in one.sets if s.exercise_name in best]) for one in log]
    heavy = {day: max((s.load_kg or 0) / best[s.exercise_name] for s in sets) for day, sets in hinges if sets}
    first = until - (count - 1) * DAY
    begins = [round(part * count) for part in BOUTS]
    state, made = 0.0, []
    for n in range(count):
        day = first + n * DAY
        since = [n - begin for begin in begins if 0 <= n - begin < BOUT_DAYS]
        in_bout = BOUT_PAIN * (1 - since[0] / BOUT_DAYS) if since else 0.0
        state = MEMORY * state + HINGE_PAIN * heavy.get(day - DAY, 0.0) + float(rng.normal(0, 0.7))
        pain = float(np.clip(round(BASE_PAIN + state + in_bout), 0, 10))
        made.append(_check_in(rng, day, pain))
    return made


def _check_in(rng: np.random.Generator, day: date, pain: float) -> CheckIn:
    return CheckIn(
        day,
        pain,
        "morning",
        where=(str(rng.choice(SIDES)),) if pain >= 2 else (),
        feels=(str(rng.choice(("ache", "stiff", "sharp"), p=(0.5, 0.4, 0.1))),) if pain >= 2 else (),
        leg_symptoms=False if pain >= 5 else None,
        sleep_h=round(float(np.clip(rng.normal(7.1, 0.9), 3, 11)) * 2) / 2,
        sitting_h=float(rng.integers(4, 11)) if day.weekday() < 5 else float(rng.integers(1, 6)),
        stress=float(np.clip(round(float(rng.normal(3.5, 1.8))), 0, 10)),
        note=str(rng.choice(NOTES)) if rng.random() < 0.03 else None,
        entered_at=datetime.combine(day, time(6, 40), UTC),
    )


def _by_hand(journal: Journal, rng: np.random.Generator, days: int, until: date) -> None:
    """What is entered now and then: who she is, a name, bouts, a questionnaire a quarter."""
    who = {"sex": "female", "birth_year": 1988, "height_cm": 169, "body_mass_kg": 65, "goal": "strength"}
    profile(journal, who)
    set_name(journal, "Good old deadlifts", "deadlift")
    first = until - (days - 1) * DAY
    for part in BOUTS:
        journal.store.save_entry(Bout(first + round(part * days) * DAY), journal.clock())
    for n in range(days // 91):
        answers = {item: float(rng.integers(1, 6)) for item in ("pain", "enjoyment", "activity")}
        take(journal, "peg", answers, first + n * 91 * DAY)


def main() -> None:
    """Write the journal to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--until", type=date.fromisoformat)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    make(given.path, seed=given.seed, until=given.until)


if __name__ == "__main__":
    main()

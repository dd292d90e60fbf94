"""Requests for a week of training, as varied as people are: 40 equipment sets, every goal, all kinds of logs.

`asks(count, seed)` says who asks for what; `plan_made.wanted_of(ask)` makes what the solver gets of it. The same number
and seed give the same request.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from backstory.plan.values import GOALS, PlanDay

FIRST = date(2026, 1, 5)
MINUTES = range(20, 91, 5)
YEARS = (0.0, 0.1, 0.5, 1.0, 3.0, 10.0)
MASSES_KG = (50, 100)
# What makes a week hard to fill, or impossible.
TIGHT = ("short", "light", "kept", "worked", "yesterday", "few", "in a row", "one day")
FAMILIES = ("squat", "hinge", "push", "pull", "carry", "lunge")
EQUIPMENT = tuple(
    frozenset(line.split())
    for line in """

    band
    dumbbell
    kettlebell
    barbell
    pull_up_bar
    suspension_trainer
    rings
    exercise_ball
    bench dumbbell
    band dumbbell
    band pull_up_bar
    band kettlebell
    band exercise_ball foam_roller
    barbell bench
    barbell bench pull_up_bar
    barbell bench pull_up_bar dip_bars
    barbell bench dumbbell
    barbell bench dumbbell pull_up_bar ab_wheel
    barbell bench dumbbell cable machine
    barbell trap_bar bench
    barbell landmine plate
    trap_bar dumbbell bench
    safety_bar barbell bench box
    ez_bar dumbbell bench
    smith_machine machine cable bench
    machine
    machine cable
    cable bench dumbbell
    kettlebell pull_up_bar
    kettlebell sandbag sled
    sandbag tire rope yoke sled
    medicine_ball box
    pull_up_bar dip_bars rings
    treadmill bike machine cable dumbbell bench
    rowing_machine dumbbell bench
    roman_chair barbell bench cable
    suspension_trainer band kettlebell
    barbell dumbbell kettlebell cable machine bench pull_up_bar dip_bars box landmine plate roman_chair
    barbell ez_bar trap_bar safety_bar dumbbell kettlebell plate cable machine smith_machine band bench pull_up_bar
    """.splitlines()[1:-1]
)


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for what.

    equipment: place in EQUIPMENT; years of log; a_week: sessions of the habit; paused: none in the last five weeks;
    gone: days of this week that lie behind; pain: points a unit of low-back load, None = the answer says nothing;
    kept: exercises that must come; avoid: a family; tight: one of TIGHT, or "".
    """

    number: int
    seed: int
    days: tuple[PlanDay, ...]
    equipment: int
    goal: str
    years: float
    a_week: int
    paused: bool
    gone: int
    flare: bool
    pain: float | None
    kept: int
    avoid: str
    tight: str
    female: bool
    mass_kg: float

    @property
    def first(self) -> date:
        """The first day of the plan, training or not."""
        return self.days[0].day

    def random(self, what: str) -> Random:
        """Its own numbers for one purpose."""
        return Random(f"{self.seed} {self.number} {what}")


def asks(count: int, seed: int) -> Iterator[Ask]:
    """So many requests: equipment and goals go round, the rest is drawn."""
    for number in range(count):
        rng = Random(f"{seed} {number}")
        tight = rng.choice(TIGHT) if rng.random() < 0.2 else ""
        gone = rng.choice((0, 0, 0, 0, 1, 2))
        yield Ask(
            number=number,
            seed=seed,
            days=_days(rng, tight, 7 - gone),
            equipment=number % len(EQUIPMENT),
            goal=GOALS[number // len(EQUIPMENT) % len(GOALS)],
            years=rng.choice(YEARS),
            a_week=rng.randint(1, 6),
            paused=rng.random() < 0.15,
            gone=gone,
            flare=rng.random() < 0.15,
            pain=rng.choice((None, None, rng.uniform(-0.05, 0.3))),
            kept=rng.randint(2, 4) if tight == "kept" else rng.choice((0, 0, 0, 1, 1, 2)),
            avoid=rng.choice(("", "", "", *FAMILIES)),
            tight=tight,
            female=rng.random() < 0.5,
            mass_kg=rng.uniform(*MASSES_KG),
        )


def _days(rng: Random, tight: str, left: int) -> tuple[PlanDay, ...]:
    """Two to six of the days that are left of a week, half of the time in a row; minutes for all of them or each."""
    count = 1 if tight == "one day" else min(rng.randint(2, 6), left)
    start = FIRST + timedelta(days=rng.randrange(365))
    if rng.random() < 0.5:
        place = rng.randint(0, left - count)
        places = list(range(place, place + count))
    else:
        places = sorted(rng.sample(range(left), count))
    short = tight in ("short", "one day")
    minutes = [20] * count if short else [rng.choice(MINUTES)] * count
    if not short and rng.random() < 0.3:
        minutes = [rng.choice(MINUTES) for _ in places]
    return tuple(PlanDay(start + timedelta(days=at), for_it) for at, for_it in zip(places, minutes, strict=True))

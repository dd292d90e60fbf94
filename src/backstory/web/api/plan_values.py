"""What a plan consists of as JSON."""

from datetime import date

from pydantic import BaseModel, Field


class Part(BaseModel):
    """Of a warm-up or cool-down."""

    exercise: str
    name: str
    minutes: float
    kind: str


class Step(BaseModel):
    """A lighter set before the working sets."""

    kg: float
    reps: int


class Lift(BaseModel):
    """An exercise of the main part: by repetitions, by holds of so many seconds, or by minutes."""

    exercise: str
    name: str
    slot: str = Field(description="what of the week it fills")
    sets: int
    reps: int | None
    hold_s: float | None
    holds: list[int] = Field(description="holds in the first set, the second, …")
    minutes: float | None
    load_kg: float | None = Field(description="null = own body, or not known yet")
    rir: int | None = Field(description="repetitions in reserve")
    rest_s: float | None
    ramp: list[Step]
    why: str


class PlannedSession(BaseModel):
    """One session with what surrounds it."""

    date: date
    kind: str
    minutes: float = Field(description="that there are")
    takes: float = Field(description="minutes that it takes")
    load: float = Field(description="on the low back, kNm·repetitions")
    warm_up: list[Part]
    main: list[Lift]
    cool_down: list[Part]


class RestDay(BaseModel):
    """A day without a session."""

    date: date
    suggestion: str
    minutes: float


class Rule(BaseModel):
    """A rule, what the plan makes of it, and how sure it is."""

    id: str
    text: str
    hard: bool
    held: bool | None = Field(description="null = it does not apply")
    value: str
    limit: str
    grade: str
    source: str


class Clash(BaseModel):
    """Rules that cannot all hold, and a way out; where a wish opens it, which."""

    rules: list[str]
    way_out: str
    date: str | None = None
    more_minutes: int | None = None
    leave_out: str | None = None


class Expected(BaseModel):
    """Pain points that the own answer expects against the usual week, all mornings added up, with the 90 % range."""

    points: float
    lo90: float
    hi90: float


class Plan(BaseModel):
    """A week, or a block of weeks."""

    first: date = Field(alias="from")
    goal: str
    weeks: int
    optimal: bool
    gap: float
    sessions: list[PlannedSession]
    rest_days: list[RestDay]
    rules: list[Rule]
    clashes: list[Clash]
    expected: Expected | None
    notes: list[str]


class Reason(BaseModel):
    """A rule with a sentence."""

    rule: str
    text: str


class Alternative(BaseModel):
    """Another exercise for the same place, and what speaks against it."""

    exercise: str
    name: str
    load: float
    objection: Reason | None


class Why(BaseModel):
    """Why an exercise is there."""

    exercise: str
    name: str
    why: list[Reason]
    alternatives: list[Alternative]


class Explained(BaseModel):
    """Of each exercise of the plan."""

    exercises: list[Why]


class Offer(BaseModel):
    """What could stand in."""

    exercise: str
    name: str
    load_kg: float | None
    reps: int | None
    peak_moment_nm: float = Field(description="the largest low-back moment of a repetition")
    why: str


class Swap(BaseModel):
    """Offers in place of an exercise."""

    instead_of: str
    name: str
    offers: list[Offer]

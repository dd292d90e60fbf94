"""The things Backstory talks about, as frozen dataclasses. Units stand in the names.

A day is the person's local day; times of training are local and naive, times of writing are UTC and aware.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta

from backstory.errors import InputError

POUND_KG = 0.45359237
MILE_KM = 1.609344

AREAS = (
    "neck", "upper-back", "mid-back", "low-back", "low-back-left", "low-back-right",
    "buttock-left", "buttock-right", "hip-left", "hip-right", "leg-left", "leg-right",
)  # fmt: skip
FEELS = ("ache", "sharp", "shooting", "cramp", "stiff", "numb")
TIMES_OF_DAY = ("morning", "evening")
SLEEP_POSITIONS = ("back", "side", "front")
TRAINED = ("yes", "no", "not-logged")
OTHER_LOADS = ("none", "some", "a-lot")
SESSION_MOMENTS = ("before", "during", "after")
SET_KINDS = ("normal", "warm-up", "failure", "drop")
FAMILIES = ("squat", "hinge", "push", "pull", "carry", "lunge", "core", "gait", "other")

# The most that a set or a session can be recorded with; distances and logged loads in whatever unit they came in.
LIMITS: Mapping[str, float] = {
    "load_kg": 2500, "logged_load": 6000, "reps": 10_000, "distance_km": 1_000_000, "duration_s": 1e8, "rpe": 10,
    "effort": 10,
}  # fmt: skip
RECALLED_AFTER = timedelta(hours=36)
EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Set:
    """One set as it was logged. None = not recorded; `logged_load`: the number in a file that names no unit."""

    exercise_name: str
    load_kg: float | None = None
    reps: float | None = None
    distance_km: float | None = None
    duration_s: float | None = None
    rpe: float | None = None
    kind: str = "normal"
    note: str | None = None
    logged_load: float | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One training session or activity. `started_at` is None where the source knows only the day."""

    source: str
    day: date
    sets: tuple[Set, ...] = ()
    started_at: datetime | None = None
    duration_s: float | None = None
    title: str | None = None
    note: str | None = None
    effort: float | None = None
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a person said about a day. `when` None = no time of day; `entered_at` None = not known."""

    day: date
    pain: float | None = None
    when: str | None = None
    where: tuple[str, ...] = ()
    feels: tuple[str, ...] = ()
    leg_symptoms: bool | None = None
    sleep_h: float | None = None
    sleep_quality: float | None = None
    slept: str | None = None
    sitting_h: float | None = None
    stress: float | None = None
    painkiller: bool | None = None
    trained: str | None = None
    other_load: str | None = None
    session: str | None = None
    note: str | None = None
    entered_at: datetime | None = None

    def __post_init__(self) -> None:
        check_day(self.day)
        for name, (low, high) in CHECK_IN_RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise InputError(f"{words(name)} must be between {low:g} and {high:g}, not {value:g}.")
        for name, allowed in CHECK_IN_CHOICES.items():
            value = getattr(self, name)
            for word in value if isinstance(value, tuple) else (value,):
                if word is not None and word not in allowed:
                    raise InputError(f"{words(name)} must be one of {', '.join(allowed)}, not {word!r}.")

    @property
    def recalled(self) -> bool:
        """Entered more than 36 h after the moment it is about: 8:00 for a morning, 20:00 for an evening or a day."""
        if self.entered_at is None:
            return False
        about = datetime.combine(self.day, time(8 if self.when == "morning" else 20))
        entered = self.entered_at.astimezone().replace(tzinfo=None) if self.entered_at.tzinfo else self.entered_at
        return entered - about > RECALLED_AFTER

    @property
    def says_something(self) -> bool:
        """Whether anything stands in it beside the day itself."""
        empty = (None, ())
        return any(getattr(self, f.name) not in empty for f in fields(self) if f.name not in CHECK_IN_FRAME)


CHECK_IN_FRAME = ("day", "when", "session", "entered_at")
CHECK_IN_RANGES: Mapping[str, tuple[float, float]] = {
    "pain": (0, 10), "sleep_h": (0, 24), "sleep_quality": (0, 10), "sitting_h": (0, 24), "stress": (0, 10),
}  # fmt: skip
CHECK_IN_CHOICES: Mapping[str, tuple[str, ...]] = {
    "when": TIMES_OF_DAY, "where": AREAS, "feels": FEELS, "slept": SLEEP_POSITIONS, "trained": TRAINED,
    "other_load": OTHER_LOADS, "session": SESSION_MOMENTS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured value of a day, such as body mass or steps."""

    day: date
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that could not be taken as it stands; `line` counts from 1, None = the whole file."""

    line: int | None
    message: str


PROFILE_CHOICES: Mapping[str, tuple[str, ...]] = {
    "sex": ("female", "male"), "units": ("kg", "lb"), "goal": ("strength", "muscle", "general", "return"),
}  # fmt: skip
PROFILE_RANGES: Mapping[str, tuple[float, float]] = {
    "height_cm": (120, 220), "body_mass_kg": (25, 300), "birth_year": (1850, 2200),
}  # fmt: skip
MEASURE_RANGES: Mapping[str, tuple[float, float]] = {
    "body_mass_kg": PROFILE_RANGES["body_mass_kg"], "steps": (0, 200_000),
}  # fmt: skip


def check_profile(name: str, value: str) -> None:
    """Raise InputError for an entry of the profile that cannot be."""
    called = name.replace("_", "-")
    if name in PROFILE_CHOICES and value not in PROFILE_CHOICES[name]:
        raise InputError(f"{called} must be {' or '.join(PROFILE_CHOICES[name])}, not {value!r}.")
    if name in PROFILE_RANGES:
        low, high = PROFILE_RANGES[name]
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise InputError(f"{called} must be between {low:g} and {high:g}, not {value}.")


@dataclass(frozen=True, slots=True)
class Person:
    """What the load on a back needs to know. Unknown mass or height are 75 kg and 1.75 m; `assumed` names them."""

    sex: str | None = None
    body_mass_kg: float = 75.0
    height_m: float = 1.75
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """One movement: keyframes of joint angles on the way there; the way back is the same, backwards.

    `angles`: degrees by name, one value a keyframe; `at`: when each keyframe is reached, in parts of the way. What the
    words mean stands in `catalogue/data/motions/README.md`. `id` names the motion and every parameter that an exercise
    changed, so that equal ids are equal motions.
    """

    id: str
    anchor: str
    angles: Mapping[str, tuple[float, ...]]
    at: tuple[float, ...] = (0.0, 1.0)
    eccentric_s: float = 1.5
    pause_s: float = 0.0
    concentric_s: float = 1.2
    lowers_first: bool = True
    height: float = 0.0
    arms_hang: bool = False
    fixed: tuple[str, ...] = ()
    stance: float | None = None
    bar_height_m: float | None = None
    part: tuple[float, float] = (0.0, 1.0)
    held: str = "none"
    pull: tuple[float, float, float] | None = None
    carried: str = "above"
    supported: float = 0.0
    compression_bw: float | None = None
    compression_by: str = "extensors"
    pace_km_h: float | None = None
    cadence_per_min: float | None = None
    scene: tuple[str, ...] = ()
    view: str = "side"

    @property
    def endurance(self) -> bool:
        """Whether minutes count and not repetitions."""
        return self.pace_km_h is not None or self.cadence_per_min is not None


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the catalogue: a motion with its parameters, names, and the muscles that work."""

    id: str
    names: tuple[str, ...]
    family: str
    equipment: tuple[str, ...]
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    motion: Motion
    load_factor: float = 1.0
    needs_load: bool = False

    @property
    def name(self) -> str:
        """The name shown to people."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about training: the numbers it names, how firm it is (`grade`), and who says so."""

    id: str
    text: str
    limits: tuple[float, ...]
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class LoadedSession:
    """A session with what it adds to its day: exposures by column name; None = nobody knows how much."""

    session: Session
    exposures: Mapping[str, float | None] = field(default_factory=dict)


def plain(text: str) -> str:
    """Text without control characters and without what is no Unicode, on one line."""
    return text.encode("utf-8", "replace").decode("utf-8").translate(_CONTROLS)


_CONTROLS = dict.fromkeys([*range(32), *range(127, 160), 0x2028, 0x2029], " ")


def check_day(day: date) -> date:
    """The day itself, if it can be one of somebody's training days. Raises InputError."""
    if not EARLIEST_DAY <= day < LATEST_DAY:
        raise InputError(f"{day.isoformat()} cannot be a training day; dates from 1970 to 2199 are taken.")
    return day


def words(name: str) -> str:
    """A field's name as a person reads it: sleep_h → Sleep (hours)."""
    stem, _, unit = name.rpartition("_")
    units = {"h": " (hours)", "kg": " (kg)", "cm": " (cm)"}
    return (stem.replace("_", " ") + units[unit] if unit in units else name.replace("_", " ")).capitalize()


TRIAL_DAYS, TRIAL_BLOCK_DAYS = (56, 112), (3, 6)
TRIAL_ENDS = ("pain", "by hand")
ARM_LETTERS = "AB"
LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class TrialArm:
    """One of the two ways of a self-trial; from `low` to `high` the trial's measure keeps to it, None = no end."""

    name: str
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A self-trial as it was fixed on its first day.

    `arms`: A and B; `schedule`: one letter a day, equal ones in blocks of `block_days`, each pair of blocks holding
    both (the last pair may be cut short); `measure`: what of the log tells whether an arm was kept; `usual_pain`: the
    median morning before; `told`: what the person answered to who may take part; `smallest_effect`: points a morning
    that such a trial finds four times of five, None = not known. `id` None = not saved yet.
    """

    question: str
    title: str
    arms: tuple[TrialArm, TrialArm]
    usual_range: str
    measure: str
    usual_pain: float
    told: tuple[str, ...]
    worth_knowing: float
    smallest_effect: float | None
    starts: date
    days: int
    block_days: int
    schedule: str
    seed: int
    started_at: datetime
    ended_on: date | None = None
    ended_because: str | None = None
    id: int | None = None

    def __post_init__(self) -> None:
        check_day(self.starts)
        low, high = TRIAL_DAYS
        if not low <= self.days <= high:
            raise InputError(f"A self-trial takes {low // 7} to {high // 7} weeks, not {self.days / 7:g}.")
        low, high = TRIAL_BLOCK_DAYS
        if not low <= self.block_days <= high:
            raise InputError(f"A self-trial's blocks take {low} to {high} days, not {self.block_days}.")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise InputError(f"A seed must be a whole number from 0 to {LARGEST_SEED}, not {self.seed}.")
        if len(self.schedule) != self.days or not self._in_pairs():
            raise InputError("A self-trial's schedule must hold both ways in each pair of blocks.")
        if not 0 <= self.usual_pain <= 10:
            raise InputError(f"The usual pain must be between 0 and 10, not {self.usual_pain:g}.")
        if (self.ended_on is None) is not (self.ended_because is None):
            raise InputError("A self-trial that has ended needs the day and the reason.")
        if self.ended_on is not None and (self.ended_on < self.starts or self.ended_because not in TRIAL_ENDS):
            raise InputError(f"A self-trial cannot have ended on {self.ended_on} because of {self.ended_because!r}.")

    def _in_pairs(self) -> bool:
        size = self.block_days
        blocks = [self.schedule[at : at + size] for at in range(0, self.days, size)]
        whole = all(block[0] in ARM_LETTERS and block == block[0] * len(block) for block in blocks)
        return whole and all(a[0] != b[0] for a, b in zip(blocks[::2], blocks[1::2], strict=False))

    @property
    def last_day(self) -> date:
        """The last day of the schedule, ended before or not."""
        return self.starts + timedelta(days=self.days - 1)

    def day_number(self, day: date) -> int:
        """1 on the first day; below 1 before it, above `days` after the last."""
        return (day - self.starts).days + 1

    def letter_on(self, day: date) -> str | None:
        """What that day was to be, A or B; None outside the trial, and from the day on which it ended."""
        number = self.day_number(day)
        if not 1 <= number <= self.days or (self.ended_on is not None and day >= self.ended_on):
            return None
        return self.schedule[number - 1]

    def arm_of(self, letter: str) -> TrialArm:
        """The arm that a letter of the schedule stands for."""
        return self.arms[ARM_LETTERS.index(letter)]

    def is_running(self, today: date) -> bool:
        """Whether it still asks for something, today or later."""
        return self.ended_on is None and today <= self.last_day


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """What an answer said of an exposure: under which versions, and of which data (`fingerprint`)."""

    asked_at: datetime
    exposure: str
    verdict: str
    versions: Mapping[str, str]
    fingerprint: str

    def __post_init__(self) -> None:
        if not (self.exposure and self.verdict and self.fingerprint):
            raise InputError("A past answer needs what it was about, its verdict and a fingerprint of its days.")
        if not all(isinstance(part, str) for pair in self.versions.items() for part in pair):
            raise InputError("The versions of a past answer are words.")

"""Self-trials, and answers that were given before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backstory.errors import InputError
from backstory.model.words import check_day

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

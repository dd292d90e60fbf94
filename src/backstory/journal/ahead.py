"""Half a year ahead: the weekly plan lived on a copy of the journal, beside the last eight weeks done over and over."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from backstory import cause
from backstory.cause import Mornings
from backstory.errors import InputError, NotEnough
from backstory.journal import helping
from backstory.journal.ahead_living import DAY, WEEK_DAYS, Array, Clock, Life, Setting, in_a_row
from backstory.journal.ahead_telling import Before, Compared, told
from backstory.journal.answering import MAIN, around_scores
from backstory.journal.keeping import export_bytes, restore
from backstory.journal.loading import day_table, weigh
from backstory.journal.opening import Journal, open_journal
from backstory.journal.plan_history import WARM_UPS
from backstory.journal.plan_own import wanted
from backstory.journal.plan_wish import USUAL_AHEAD, Wish, check_ahead, checked
from backstory.journal.planning import LEAST_SCORES
from backstory.journal.remembering import remembering
from backstory.load import Weighed, monday
from backstory.model import Session

LIVES = (1, 2, 3)  # their seeds
BEFORE_WEEKS, LEAST_WEEKS = 8, 3  # of training to compare with
MORNINGS_FROM = timedelta(weeks=26)
LIGHT = ("core", "gait")
ASKS_FOR_A_DOCTOR = "Something of yours asks for a doctor; half a year is simulated once that has been looked at."
TOO_LITTLE = "Half a year ahead needs training in 3 of the last 8 whole weeks to go by; your log holds {n}."

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Week:
    """One of the last eight: load by weekday (Monday = 0), sessions with sets, working sets, and activities without."""

    loads: dict[int, float]
    sessions: int
    sets: int
    activities: tuple[Session, ...]


def ahead(
    journal: Journal,
    folder: Path,
    weeks: int = USUAL_AHEAD,
    wish: Wish | None = None,
    progress: Progress = lambda done, of: None,
) -> dict[str, Any]:
    """What half a year by the plan would be like beside half a year as before, as plain values.

    folder: an empty private one for the copies; whoever made it removes it. wish: None = what is wanted in the app.
    progress: simulated weeks that are done, of all. The journal is only read; the same journal gives the same on the
    same day. Raises InputError, NotEnough.
    """
    check_ahead(weeks)
    wish = Wish(**wanted(journal)) if wish is None else wish
    if wish.first is not None:
        raise InputError("A simulation begins today; leave the first day out.")
    checked(journal, wish)
    judged = helping.stands(journal).judgement
    if judged.plan != "usual":
        raise NotEnough(judged.text if judged.plan == "none" else ASKS_FOR_A_DOCTOR)
    everything, today = weigh(journal), journal.today()
    before = _before(everything, monday(today) - BEFORE_WEEKS * WEEK_DAYS * DAY)
    if (trained := sum(one.sessions > 0 for one in before)) < LEAST_WEEKS:
        raise NotEnough(TOO_LITTLE.format(n=trained))
    mornings, verdict = _mornings(journal, everything)
    begins = monday(today)
    if begins < today or any(item.day == today for item in everything):
        begins += WEEK_DAYS * DAY
    setting = Setting(
        wish, today, begins, weeks, [one.activities for one in before], _by_day(everything), mornings,
        _logs_ramps(everything, today),
    )  # fmt: skip
    lives = _lived(journal, folder, setting, progress)
    return told(_compared(lives, setting, before, verdict))


def _logs_ramps(everything: Sequence[Weighed], today: date) -> bool:
    """Whether lighter sets before a lift were logged of late: then both ways count them, else neither does."""
    lately = (item for item in everything if item.day >= today - BEFORE_WEEKS * WEEK_DAYS * DAY)
    return any(one.kind in WARM_UPS for item in lately for one in item.session.sets)


def _lived(journal: Journal, folder: Path, setting: Setting, progress: Progress) -> list[Life]:
    """Each life on a copy of its own."""
    kept, lives, done = export_bytes(journal), list[Life](), 0

    def a_week_more() -> None:
        nonlocal done
        done += 1
        progress(done, len(LIVES) * setting.weeks)

    progress(0, len(LIVES) * setting.weeks)
    for seed in LIVES:
        clock = Clock(setting.today)
        with open_journal(str(folder / f"life-{seed}.db"), clock) as copy:
            restore(copy, BytesIO(kept))
            life = Life(setting, remembering(copy), clock, seed)
            life.live(a_week_more)
            lives.append(life)
    return lives


def _before(everything: Sequence[Weighed], first: date) -> list[_Week]:
    """Whole weeks from a Monday on. A load that is not known counts as the mean of those that are."""
    last = first + BEFORE_WEEKS * WEEK_DAYS * DAY
    lately = [item for item in everything if first <= item.day < last]
    known = [item.load.power_sums[1] for item in lately if item.session.sets]
    mean = sum(one for one in known if one is not None) / max(sum(one is not None for one in known), 1)
    weeks = []
    for number in range(BEFORE_WEEKS):
        begins = first + number * WEEK_DAYS * DAY
        here = [item for item in lately if begins <= item.day < begins + WEEK_DAYS * DAY]
        loads = defaultdict[int, float](float)
        for item in here:
            load = item.load.power_sums[1]
            loads[item.day.weekday()] += mean if load is None else load
        weeks.append(_Week(
            dict(loads), len({item.day for item in here if item.session.sets}), sum(map(_working_sets, here)),
            tuple(item.session for item in here if not item.session.sets),
        ))  # fmt: skip
    return weeks


def _working_sets(item: Weighed) -> int:
    return sum(
        one.kind not in WARM_UPS and (exercise is None or exercise.family not in LIGHT)
        for one, exercise in zip(item.session.sets, item.exercises, strict=True)
    )


def _by_day(everything: Sequence[Weighed]) -> dict[date, float]:
    loads = defaultdict[date, float](float)
    for item in everything:
        loads[item.day] += item.load.power_sums[1] or 0.0
    return dict(loads)


def _mornings(journal: Journal, everything: Sequence[Weighed]) -> tuple[Mornings | None, str]:
    """The person's mornings with the effect of their load, and what the answer says of it; None where too few have a
    score.
    """
    table = day_table(journal, everything).table
    recent = table.loc[str(journal.today() - MORNINGS_FROM) :]
    if recent["pain"].notna().sum() < LEAST_SCORES:
        return None, ""
    answer = cause.explain(around_scores(table), exposures=[MAIN])
    effect = cause.effect_of(answer)
    return cause.mornings_of(recent, MAIN, effect or cause.NO_EFFECT), "" if effect is None else answer.verdict


def _compared(lives: Sequence[Life], setting: Setting, before: Sequence[_Week], verdict: str) -> Compared:
    """Both ways side by side, from the first Monday on."""
    days = setting.weeks * WEEK_DAYS
    from_day = setting.begins - WEEK_DAYS * DAY  # what was done then acts on the first mornings

    def as_before(life: Life) -> Array:
        loads = in_a_row(life.loads, from_day, WEEK_DAYS + days)
        for number in range(days):
            week = before[number // WEEK_DAYS % BEFORE_WEEKS]
            loads[WEEK_DAYS + number] = week.loads.get(number % WEEK_DAYS, 0.0)
        return loads

    planned = [in_a_row(life.loads, from_day, WEEK_DAYS + days) for life in lives]
    painful = None
    if setting.mornings is not None:
        painful = cause.expected(setting.mornings, planned, [as_before(life) for life in lives])
    loads = [one[WEEK_DAYS:].reshape(setting.weeks, WEEK_DAYS).sum(axis=1).tolist() for one in planned]
    repeated = [before[number % BEFORE_WEEKS] for number in range(setting.weeks)]
    return Compared(
        setting.today, setting.begins, loads, [life.weeks for life in lives],
        [Before(sum(one.loads.values()), one.sessions, one.sets) for one in repeated],
        setting.mornings, painful, verdict,
    )  # fmt: skip

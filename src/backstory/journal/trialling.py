"""The self-trial: laid out, started, followed day by day, ended, answered, reported."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from backstory import __version__, cause
from backstory.cause import DesignCell, Reported, TrialResult, Variability, trial_telling
from backstory.cause import trial as rules
from backstory.cause.trial_design import design_cell, recommend, variability_of
from backstory.days import Score, morning_scores
from backstory.errors import InputError, NotEnough
from backstory.journal.opening import Journal
from backstory.journal.trial_log import measured, own_arms, read_log
from backstory.journal.trial_refusing import Told, refuse, told_in_words
from backstory.model import LARGEST_SEED, TRIAL_BLOCK_DAYS, TRIAL_DAYS, Trial, TrialArm
from backstory.questions import TrialQuestion, find_trial, load_report, load_trials

LENGTHS = (8, 10, 12, 14, 16)  # weeks shown
USUAL_BLOCK = 4
LATEST_START = timedelta(days=14)
DAY = timedelta(days=1)
LARGEST_WORTH = 5.0
NO_TRIAL = "There is no self-trial yet. Begin with: backstory trial design --question heavy-hinging"


@dataclass(frozen=True)
class Design:
    """What a trial of a question would look like, before it begins. arms: None where the log lacks `missing` for it."""

    question: TrialQuestion
    arms: tuple[TrialArm, TrialArm] | None
    missing: str
    person: Variability
    cells: list[DesignCell]
    recommended: DesignCell | None
    worth_knowing: float

    @property
    def shown_arms(self) -> list[TrialArm]:
        """The arms as far as they are known."""
        return list(self.arms or (TrialArm(way.name, way.text) for way in self.question.ways))

    @property
    def text(self) -> str:
        """The table's surroundings, in words."""
        told = trial_telling.tell_recommendation(self.recommended, self.cells, self.worth_knowing)
        lacks = f" Before it can start: {self.missing}." if self.missing else ""
        return f"{trial_telling.tell_variability(self.person)} {told}{lacks}"

    def as_json(self) -> dict[str, Any]:
        """The command line's contract."""
        return {
            "question": self.question.id, "title": self.question.title,
            "arms": [asdict(arm) for arm in self.shown_arms],
            "usual_range": self.question.usual_range, "background": self.question.background,
            "can_start": self.arms is not None, "variability": asdict(self.person),
            "worth_knowing": self.worth_knowing, "table": [asdict(cell) for cell in self.cells],
            "recommended": None if self.recommended is None else asdict(self.recommended), "text": self.text,
        }  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """What a trial says so far, with what it is told from."""

    reported: Reported
    background: str

    @property
    def given(self) -> bool:
        """Whether there is a verdict."""
        result = self.reported.result
        return result.mornings >= rules.FIRST_VERDICT_DAY and result.verdict != cause.TOO_LITTLE

    @property
    def text(self) -> str:
        """The answer in words."""
        told = trial_telling.tell_answer(self.reported.trial, self.reported.result, self.reported.complete)
        if not self.given:
            return told
        kept = trial_telling.tell_kept(self.reported.trial, self.reported.kept)
        return f"{told}\n{kept}\nStudies of many: {self.background}"

    def as_json(self) -> dict[str, Any]:
        """The command line's contract; no number is told before there is a verdict."""
        trial, result = self.reported.trial, self.reported.result
        shown = asdict(result) if self.given else dict.fromkeys(asdict(result))
        first = trial.starts + timedelta(days=rules.FIRST_VERDICT_DAY - 1)
        return {
            **shown, "verdict": result.verdict if self.given else cause.TOO_LITTLE, "scored": result.scored,
            "mornings": result.mornings, "question": trial.question, "arms": [arm.name for arm in trial.arms],
            "days": trial.days, "complete": self.reported.complete, "first_verdict_on": first.isoformat(),
            "kept": {letter: list(counts) for letter, counts in self.reported.kept.items()}, "text": self.text,
            "versions": {"program": __version__, "analysis": cause.trial_analysis.VERSION},
        }  # fmt: skip


def lay_out(journal: Journal, asked: str, weeks: int | None, block_days: int | None, worth_knowing: float) -> Design:
    """What trials of a question would find on this person's own variability. Raises InputError."""
    question = find_trial(asked)
    _check_sizes(weeks, block_days)
    _check_worth(worth_knowing)
    person = _variability(journal)
    low, high = TRIAL_BLOCK_DAYS
    blocks = range(low, high + 1) if block_days is None else [block_days]
    cells = cause.design_trial(person, LENGTHS if weeks is None else [weeks], list(blocks))
    best = recommend(cells, block_days or USUAL_BLOCK, worth_knowing)
    arms, missing = own_arms(read_log(journal), question, journal.today())
    return Design(question, arms, missing, person, cells, best, worth_knowing)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to try. seed None = drawn; starts None = today."""

    question: str
    weeks: int
    block_days: int = USUAL_BLOCK
    worth_knowing: float = 1.0
    seed: int | None = None
    starts: date | None = None


def start(journal: Journal, wanted: Wanted, told: Told) -> Trial:
    """Fix a trial's schedule for good and save it. Raises InputError; NotEnough with the reason against it."""
    question = find_trial(wanted.question)
    _check_sizes(wanted.weeks, wanted.block_days)
    _check_worth(wanted.worth_knowing)
    today = journal.today()
    starts = wanted.starts or today
    if not today <= starts <= today + LATEST_START:
        raise InputError(f"A self-trial starts today or within {LATEST_START.days} days, not on {starts.isoformat()}.")
    scores = _pain(journal)
    if journal.store.trials():
        current(journal)  # which ends where the stop rule says so
    refuse(journal, told, scores)
    arms, missing = own_arms(read_log(journal), question, starts)
    if arms is None:
        raise NotEnough(f"This question has to wait: {missing}.")
    usual = rules.usual_pain(scores, starts)
    assert usual is not None, "refused without a score of the last days"
    days = 7 * wanted.weeks
    seed = secrets.randbelow(LARGEST_SEED) if wanted.seed is None else wanted.seed
    cell = design_cell(_variability(journal), wanted.weeks, wanted.block_days)
    trial = Trial(
        question=question.id, title=question.title, arms=arms, usual_range=question.usual_range,
        measure=question.measure, usual_pain=usual, told=told_in_words(told), worth_knowing=wanted.worth_knowing,
        smallest_effect=cell.smallest_effect, starts=starts, days=days, block_days=wanted.block_days,
        schedule=cause.draw_schedule(days, wanted.block_days, seed), seed=seed, started_at=journal.clock(),
    )  # fmt: skip
    journal.store.save_trial(trial)
    return trial


def lacking(journal: Journal) -> tuple[str, ...]:
    """What a trial asks for besides the three answers, as far as it is not known: birth_year, and the pain of late."""
    today = journal.today()
    of_late = [one for one in journal.store.check_ins() if one.day >= today - rules.RECENT - DAY]
    scores = {day: score.pain for day, score in morning_scores(of_late).items()}
    known = {
        "birth_year": journal.store.profile().get("birth_year"), "pain": rules.latest_score(scores, today)
    }  # fmt: skip
    return tuple(name for name, value in known.items() if value is None)


def as_values(trial: Trial) -> dict[str, Any]:
    """A trial as the command line's contract tells it."""
    return {
        "question": trial.question, "title": trial.title, "arms": [arm.name for arm in trial.arms],
        "starts": trial.starts.isoformat(), "last_day": trial.last_day.isoformat(), "days": trial.days,
        "block_days": trial.block_days, "schedule": trial.schedule, "seed": trial.seed,
        "usual_pain": trial.usual_pain, "smallest_effect": trial.smallest_effect,
        "ended_on": trial.ended_on.isoformat() if trial.ended_on else None, "ended_because": trial.ended_because,
    }  # fmt: skip


def current(journal: Journal) -> Trial:
    """The last trial that was started, ended now where the stop rule says so. Raises NotEnough where there is none."""
    trials = journal.store.trials()
    if not trials:
        raise NotEnough(NO_TRIAL)
    trial = trials[-1]
    stops = rules.stop_day(trial, _pain(journal)) if trial.ended_on is None else None
    if stops is None or trial.id is None:
        return trial
    journal.store.end_trial(trial.id, stops, "pain")
    return journal.store.trials()[-1]


def day_of(journal: Journal, day: date | None) -> dict[str, Any]:
    """What a day of the last trial is, today by default; `arm` None where it asks for nothing. Raises NotEnough."""
    trial, day = current(journal), day or journal.today()
    letter, number = trial.letter_on(day), trial.day_number(day)
    over = "over" if number > trial.days else "not begun"
    ended = trial.ended_on is not None and day >= trial.ended_on
    return {
        "date": day.isoformat(), "question": trial.question, "title": trial.title,
        "status": "running" if letter else "ended" if ended else over,
        "arm": letter, "name": trial.arm_of(letter).name if letter else None, "day": number, "days": trial.days,
        "block": (number - 1) // trial.block_days + 1 if letter else None,
        "blocks": -(-trial.days // trial.block_days),
        "day_of_block": (number - 1) % trial.block_days + 1 if letter else None,
        "ended_on": trial.ended_on.isoformat() if trial.ended_on else None, "ended_because": trial.ended_because,
        "text": trial_telling.tell_day(trial, day),
    }  # fmt: skip


def days_of(journal: Journal) -> list[dict[str, Any]]:
    """Each day of the last trial: its date, way and morning's score; `arm` None for what is still to come, since who
    knows it may get ready for it. Raises NotEnough.
    """
    trial, today, scores = current(journal), journal.today(), _pain(journal)
    last = min(today, trial.ended_on - DAY if trial.ended_on else today)
    return [
        {"date": day.isoformat(), "arm": trial.letter_on(day) if day <= last else None, "pain": scores.get(day + DAY)}
        for day in (trial.starts + n * DAY for n in range(trial.days))
    ]


def questions() -> list[dict[str, Any]]:
    """What can be asked."""
    return [
        {"id": one.id, "title": one.title, "ways": [{"name": way.name, "text": way.text} for way in one.ways],
         "usual_range": one.usual_range, "background": one.background}
        for one in load_trials().values()
    ]  # fmt: skip


def stop(journal: Journal) -> Trial:
    """End the running trial by hand. Raises NotEnough where none is running."""
    trial = current(journal)
    if trial.id is None or not trial.is_running(journal.today()):
        raise NotEnough("No self-trial is running.")
    journal.store.end_trial(trial.id, max(journal.today(), trial.starts), "by hand")
    return journal.store.trials()[-1]


def answer(journal: Journal) -> Answered:
    """What the last trial says so far. Raises NotEnough where there is none."""
    trial, today = current(journal), journal.today()
    scores = morning_scores(journal.store.check_ins())
    row = rules.scores_of(trial, {day: score.pain for day, score in scores.items()}, today)
    complete = rules.is_complete(trial, today)
    result = _analysed(trial, row, complete)
    kept = rules.kept(trial, measured(read_log(journal), trial.measure), today)
    reported = Reported(trial, result, complete, row, kept, _recalled(trial, scores, len(row)))
    question = load_trials().get(trial.question)
    return Answered(reported, question.background if question else "Nothing is known here.")


def report(journal: Journal) -> list[dict[str, str]]:
    """The last trial by CENT 2015, item by item. Raises NotEnough where there is none."""
    answered = answer(journal)
    words = {**cause.report_words(answered.reported), "background": answered.background, "program": __version__}
    return [{**asdict(item), "text": item.text.format(**words).strip()} for item in load_report()]


def _analysed(trial: Trial, row: list[float | None], complete: bool) -> TrialResult:
    pain = np.array([np.nan if score is None else score for score in row], dtype=float)
    return cause.analyse_trial(pain, trial.schedule, trial.block_days, complete)


def _recalled(trial: Trial, scores: dict[date, Score], mornings: int) -> int:
    days = (trial.starts + timedelta(days=n) for n in range(mornings))
    return sum(day in scores and scores[day].recalled for day in days)


def _pain(journal: Journal) -> dict[date, float]:
    return {day: score.pain for day, score in morning_scores(journal.store.check_ins()).items()}


def _variability(journal: Journal) -> Variability:
    """Of the mornings up to today."""
    scores = {day: pain for day, pain in _pain(journal).items() if day <= journal.today()}
    if not scores:
        return variability_of(np.array([]))
    first, last = min(scores), max(scores)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return variability_of(np.array([scores.get(day, np.nan) for day in days]))


def _check_worth(worth_knowing: float) -> None:
    if not 0 < worth_knowing <= LARGEST_WORTH:
        raise InputError(f"--worth must be above 0 and at most {LARGEST_WORTH:g} points, not {worth_knowing:g}.")


def _check_sizes(weeks: int | None, block_days: int | None) -> None:
    low, high = (days // 7 for days in TRIAL_DAYS)
    if weeks is not None and not low <= weeks <= high:
        raise InputError(f"--weeks must be between {low} and {high}, not {weeks}.")
    low, high = TRIAL_BLOCK_DAYS
    if block_days is not None and not low <= block_days <= high:
        raise InputError(f"--block-days must be between {low} and {high}, not {block_days}.")

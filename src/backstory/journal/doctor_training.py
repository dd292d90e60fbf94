"""What the page for a doctor says about training: what was done, what was found in it, what was prescribed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from statistics import fmean

from backstory import catalogue, cause
from backstory.days import counted_once
from backstory.days.period import Period
from backstory.errors import NotEnough
from backstory.journal.answered import Report, spans
from backstory.journal.answering import answer
from backstory.journal.entering import person_of
from backstory.journal.limits import limits, told_as
from backstory.journal.opening import Journal
from backstory.journal.rhythm import nothing_to_ask
from backstory.load import EXPOSURE_UNITS, MOMENT_BAND
from backstory.model import Limits, Session, shown
from backstory.report.doctor_values import few, shortened

EXERCISES_SHOWN, LIMITS_SHOWN, EFFECTS_SHOWN = 3, 8, 4
RECENT_DAYS, WEEK = 28, 7
ENOUGH = 0.5  # of the days, for a mean to stand for them
LIMITS = "It cannot know what nobody recorded: pain that was felt and not scored, and other causes that come and go."


def trained(journal: Journal, told: Period, loads: Sequence[float], column: str, log_ends: date | None) -> list[str]:
    """How often, how much beside the weeks before, and what most."""
    sessions = _sessions(journal, told.first, told.last)
    if not sessions:
        ends = f" The log ends on {shown(log_ends)}." if log_ends and log_ends < told.first else ""
        return [f"No training is recorded in these weeks.{ends}"]
    days = {session.day for session in sessions}
    line = f"Recorded on {len(days)} of {len(told.pain)} days."
    if (log_ends or told.last) < told.last:
        line += f" The log ends on {shown(log_ends or told.last)}."
    recent, before = (_mean(part) for part in (loads[-RECENT_DAYS:], loads[:-RECENT_DAYS]))
    if recent is not None and before:
        change = recent / before - 1
        share = f"{100 * abs(change):.0f} % {'more' if change > 0 else 'less'} than"
        line += f" A week of the last four: {recent * WEEK:,.0f} {EXPOSURE_UNITS[column]}, {share} in the eight before."
    names = Counter(_names(sessions, journal))
    if names:
        most = few([f"{shortened(name)} ({count})" for name, count in names.most_common()], EXERCISES_SHOWN)
        line += f" Most sets: {most}."
    return [line, *([_unit(journal)] if column == "load" else [])]


def _unit(journal: Journal) -> str:
    assumed = person_of(journal.store.profile()).assumed
    band = f"± {100 * MOMENT_BAND:.0f} %{', with an assumed ' if assumed else ''}{' and '.join(assumed)}"
    return (
        f"Load: repetitions × moment about L5/S1, reckoned from motion and weight ({band}); to compare the person with "
        "themselves, and no limit."
    )


def _names(sessions: Sequence[Session], journal: Journal) -> list[str]:
    """One name a set: the catalogue's where it knows the exercise, else the person's own."""
    known, own = catalogue.load(), journal.store.names()
    names = {one.exercise_name for session in sessions for one in session.sets}
    found = {name: known.find(name, own) for name in names}
    called = {name: exercise.name if exercise else name for name, exercise in found.items()}
    return [called[one.exercise_name] for session in sessions for one in session.sets]


def _mean(loads: Sequence[float]) -> float | None:
    known = [load for load in loads if not isnan(load)]
    return fmean(known) if len(known) >= ENOUGH * len(loads) else None


def found(journal: Journal) -> list[str]:
    """The answer with its range, and what it cannot know; where there is none, why."""
    if nothing_to_ask(journal):
        return ["No answer is looked for: the person checks in once a week, and noted no pain of late."]
    try:
        report = answer(journal)
    except NotEnough:
        return ["There is no answer yet: no morning has a pain score."]
    told = cause.everything(report.main)
    lines = [f"As told to the person: “{told.paragraphs[0]}”"]
    if report.main.missing:
        return lines
    scored = f"{report.main.pain_days} of {len(report.main.days)} mornings scored"
    failed = [check.name for check in report.checks if check.passed is False]
    applied = sum(check.passed is not None for check in report.checks)
    checks = f"{applied - len(failed)} of {applied} checks passed{', not: ' if failed else ''}{', '.join(failed)}"
    limits = f"Ranges are 90 % intervals. From {spans(report.covered)}; {scored}; {checks}. {LIMITS}"
    return [*lines, *_also(report), limits]


def _also(report: Report) -> list[str]:
    """What was found beside the main load; of its parts only where the whole stands."""
    main, *rest = report.effects()
    stands = report.verdict == report.main.verdict
    rows = [
        f"{cause.label(row['exposure'])} {row['points']:+.1f} ({row['lo90']:+.1f} to {row['hi90']:+.1f})"
        for row in rest
        if row["verdict"] in (cause.WORSE, cause.BETTER)
        and (stands or not str(row["exposure"]).startswith("load_"))
        and row["exposure"] != main["exposure"]
    ]
    if not rows:
        return []
    over = "points over the seven mornings after a day one standard deviation above the person's mean"
    return [f"Found beside it, in {over}: {few(rows, EFFECTS_SHOWN).replace('-', '−')}."]


def prescribed(journal: Journal, first: date, last: date) -> list[str]:
    """What a clinician asked for and holds now, and what of it stands in the log since it was told."""
    told = journal.store.entries(Limits)
    holds = limits(journal)
    if holds is None:
        return ["Nothing that a clinician prescribed is noted." if not told else "Nothing prescribed holds any more."]
    done, unknown = _done(journal, first, last)
    by = f", by “{shortened(holds.prescribed_by)}”" if holds.prescribed_by else ""
    lines = [f"{'Told' if len(told) == 1 else 'Last changed'} on {shown(holds.day)}{by}."]
    avoid = {entry: _since([one.avoid for one in told], told, entry) for entry in holds.avoid}
    keep = {entry: _since([one.keep for one in told], told, entry) for entry in holds.keep}
    against = sorted(avoid, key=lambda entry: not any(day >= avoid[entry] for day in done.get(entry, ())))
    for heading, entries, since in (("To do", list(keep), keep), ("To avoid", against, avoid)):
        rows = [_row(entry, done.get(entry, {}), max(first, since[entry])) for entry in entries]
        if rows:
            lines.append(f"{heading}: {few(rows, LIMITS_SHOWN, '; ')}.")
    left_out = f"; {unknown} sets under names that are not known are not counted" if unknown else ""
    return [*lines, f"Looked for in the log of these weeks, from the day it was told on{left_out}."]


def _since(lists: Sequence[Sequence[str]], told: Sequence[Limits], entry: str) -> date:
    """The day from which an entry has been on its list without a break; limits that change are told anew in full."""
    since = told[-1].day
    for held, one in zip(reversed(lists), reversed(told), strict=True):
        if entry not in held:
            break
        since = one.day
    return since


def _row(entry: str, sets: Mapping[date, int], since: date) -> str:
    """sets: by day; since: from when on they count."""
    name, days = shortened(told_as(entry)), [day for day in sets if day >= since]
    if not days:
        return f"{name}: not in the log"
    count = sum(sets[day] for day in days)
    times = f"{len(days)} day{'s' if len(days) > 1 else ''}, {count} set{'s' if count > 1 else ''}"
    return f"{name}: on {times}, last on {shown(max(days))}"


def _done(journal: Journal, first: date, last: date) -> tuple[Mapping[str, Counter[date]], int]:
    """Sets by day, by id and by family; and how many are of an exercise that is not known. An activity without sets is
    one set.
    """
    known, own = catalogue.load(), journal.store.names()
    done: dict[str, Counter[date]] = defaultdict(Counter)
    unknown = 0
    for session in _sessions(journal, first, last):
        for name in [one.exercise_name for one in session.sets] or [session.title or ""]:
            exercise = known.find(name, own)
            unknown += exercise is None and bool(session.sets)
            for key in {exercise.id, exercise.family} if exercise else ():
                done[key][session.day] += 1
    return done, unknown


def _sessions(journal: Journal, first: date, last: date) -> list[Session]:
    """Those of these days, each training once."""
    inside = [session for session in journal.store.sessions() if first <= session.day <= last]
    return counted_once(inside)

"""What the page for a doctor says about signs, pain, measures, medicines and sleep: lines in words, exact and short."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import isnan
from statistics import fmean

from backstory.days.period import Period
from backstory.journal import helping
from backstory.journal.feeling import feeling
from backstory.journal.measuring import MeasureLine, summary
from backstory.journal.opening import Journal
from backstory.model import shown
from backstory.questions.help_first import load_help
from backstory.questions.help_history import JUMP
from backstory.questions.measure_data import load_measures
from backstory.report.doctor_values import few

FLAGS_SHOWN, WORDS_SHOWN, MEASURES_SHOWN, SENTENCES_SHOWN = 6, 4, 6, 2
RECENT_DAYS = 28
MEASURES_OVER = timedelta(days=365)
WEEK = 7
ASKS_FOR = {
    "emergency": "What is open asks for emergency help.",
    "doctor": "What is open asks for a doctor within days.",
    "mention": "What is open is to be mentioned at a visit.",
}
NOT_A_JUDGEMENT = "These are the person's own answers; nothing on this page is a judgement about illness."
AVERAGES = {
    "sleep_h": ("sleep", " h a night", "nights"), "sleep_quality": ("how good it was", " of 10", "nights"),
    "sitting_h": ("sitting", " h a day", "days"), "stress": ("stress", " of 10", "days"),
}  # fmt: skip


def signs(journal: Journal) -> list[str]:
    """What help first holds open, the weightiest first, and when it was asked."""
    now = helping.stands(journal)
    if now.asked_on is None:
        return [f"The questions on signs that need a doctor were not asked yet. {NOT_A_JUDGEMENT}"]
    known, order = load_help().questions, helping.judge(dict.fromkeys(now.open, True)).because
    flags = sorted(now.open, key=lambda key: order.index(known[key].told))
    days = dict.fromkeys(now.open[key] for key in flags[:FLAGS_SHOWN])
    lines = [
        f"Open since {shown(day)}: "
        + "; ".join(f"{known[key].noted} ({key})" for key in flags[:FLAGS_SHOWN] if now.open[key] == day)
        + "."
        for day in days
    ]
    if (more := len(flags) - FLAGS_SHOWN) > 0:
        lines.append(f"And {more} more, none of them weightier; backstory help-first lists them.")
    head = [ASKS_FOR[now.judgement.urgency]] if flags else []
    asked = [row for row in journal.store.help_first() if row.answers][-1]
    answered = f"{len(asked.answers)} of {len(known)} questions answered on {shown(now.asked_on)}"
    visits = [row.seen_on for row in journal.store.help_first() if row.seen_on]
    visit = f"; last seen by a doctor or physio about them on {shown(max(visits))}" if visits else ""
    none = "" if flags else "; no sign is open"
    return [*head, *lines, f"{answered}{visit}{none}. {NOT_A_JUDGEMENT}"]


def pain(told: Period) -> list[str]:
    """Mean and range of the mornings, and the last four weeks beside those before."""
    code = load_measures()["pain"].code
    coded = f" ({code.system} {code.code})" if code else ""
    scores = _known(told.pain)
    if not scores:
        return [f"Pain now, 0 to 10{coded}: no morning of these weeks has a score."]
    of_all = f"{len(scores)} of {len(told.pain)} mornings"
    line = f"Pain now, 0 to 10{coded}: mean {fmean(scores):.1f} ({min(scores):g} to {max(scores):g}) over {of_all}."
    recent, before = _known(told.pain[-RECENT_DAYS:]), _known(told.pain[:-RECENT_DAYS])
    if recent and before:
        line += (
            f" Last four weeks {fmean(recent):.1f} ({_times(len(recent), 'morning')}), the eight before "
            f"{fmean(before):.1f} ({_times(len(before), 'morning')}); people notice a change of {JUMP:g}."
        )
    return [line]


def feels(journal: Journal, told: Period) -> list[str]:
    """Where and how it hurts and on which movements, by number of days, and how people describe such days."""
    counted = [
        f"{label}: {few([_on_days(*item) for item in told.words[name]], WORDS_SHOWN)}"
        for name, label in (("where", "Where"), ("feels", "Feels"), ("hurts", "Hurts on"))
        if told.words[name]
    ]
    with_them, asked = told.leg_symptoms
    if asked:
        counted.append(f"Leg symptoms: on {with_them} of {_times(asked, 'day')} that say")
    nothing = "Nothing was told about where and how it hurts, nor which movements hurt."
    return [". ".join(counted) + "." if counted else nothing, *_described(journal, told)]


def _described(journal: Journal, told: Period) -> list[str]:
    """How people often describe such days, and which exercises that speaks for; nothing where the diary is older than
    these weeks. When to have a leg looked at is told to the person, not to a doctor.
    """
    days = [check_in.day for check_in in journal.store.check_ins()]
    if not any(told.first <= day <= told.last for day in days):
        return []
    felt = feeling(journal)
    names = [preference.name for preference in felt.preferences]
    sentences = [text for text in felt.described if text != load_help().texts["legs"]]
    lines = [f"As told to the person: “{text}”" for text in sentences[:SENTENCES_SHOWN]]
    if (more := len(sentences) - SENTENCES_SHOWN) > 0:
        lines.append(f"And {more} more such notes.")
    hurts = f"By the movements that hurt: {', '.join(names)}; this picks exercises and says nothing about why."
    return [*([hurts] if names else []), *lines]


def measures(journal: Journal, last: date) -> list[str]:
    """First and last value of each measure of the last twelve months, and what lies between them in words."""
    taken = summary(journal, last - MEASURES_OVER)
    lines = [_measure(line) for line in taken[:MEASURES_SHOWN]]
    if more := taken[MEASURES_SHOWN:]:
        lines.append(f"And {len(more)} more: {few([line.name for line in more], WORDS_SHOWN)}.")
    return lines or ["None was taken in the last twelve months."]


def _measure(line: MeasureLine) -> str:
    if line.change:
        return f"{line.change} {shown(line.first_day)} to {shown(line.last_day)}."
    return f"{line.name}: {f'{line.last:.4g} {line.unit}'.strip()} on {shown(line.last_day)}."


def medicines(told: Period) -> list[str]:
    """Days with a painkiller, among those that say."""
    taken, said = told.painkiller
    if not said:
        return ["Painkillers: nothing was told."]
    return [
        f"Painkillers: on {taken} of {_times(said, 'day')} that say, about {WEEK * taken / said:.1f} days a week. "
        "Which ones and how many is not recorded."
    ]


def averages(told: Period) -> list[str]:
    """Means with the number of nights or days that they rest on."""
    known = [
        f"{label} {told.means[name][0]:.1f}{unit} ({told.means[name][1]} {days})"
        for name, (label, unit, days) in AVERAGES.items()
        if name in told.means
    ]
    return [f"Means: {', '.join(known)}."] if known else ["Nothing was told."]


def _known(values: Sequence[float]) -> list[float]:
    return [value for value in values if not isnan(value)]


def _on_days(word: str, days: int) -> str:
    """A word of the check-in as people say it: low-back-left is the left low back."""
    place, _, side = word.rpartition("-")
    said = f"{side} {place}" if side in ("left", "right") else word
    return f"{said.replace('-', ' ')} ({_times(days, 'day')})"


def _times(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

"""The answer as a page with pictures: its values, handed from the estimator to the report."""

from pathlib import Path

import pandas as pd

from backstory import cause
from backstory.cause import Answer
from backstory.journal.answered import Report, spans
from backstory.load import EXPOSURE_UNITS
from backstory.report import write_page
from backstory.report.answer_page import AnswerPage, Effect, Fortnight, LagCurve, Timeline, page

TITLE = "Does working out hurt my back?"
UNIT_NOTE = "Load on the low back is what all repetitions of a day ask of it, one kNm held by one repetition being 1."
EFFECTS_NOTE = "Pain points (of 10) summed over the seven mornings after a day with more of it than usual."
SAID = {
    cause.WORSE: "more pain follows",
    cause.BETTER: "less pain follows",
    cause.UNCLEAR: "still open",
    cause.TOO_LITTLE: "too little to say",
}


def write_answer(path: Path, report: Report) -> None:
    """Write the page, readable by its owner alone. Raises InputError."""
    write_page(path, page(values_of(report)))


def values_of(report: Report) -> AnswerPage:
    """What the page shows."""
    told = cause.everything(report.main)
    rows = [(f"{one.share:.0%} of the usual load", one.points, one.lo90, one.hi90) for one in told.fortnights]
    answers = [answer for answer in (report.main, report.parts, report.others) if answer is not None]
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    return AnswerPage(
        title=TITLE,
        sentence=told.sentence,
        paragraphs=[line for line in report.text.splitlines() if line != told.sentence],
        timeline=_timeline(report.main),
        curves=[curve for answer in answers if answer is not report.others for curve in _curves(answer)],
        fortnight=Fortnight(told.fortnight_text, rows) if rows else None,
        effects=[effect for answer in answers for effect in _effects(answer, report)],
        effects_note=EFFECTS_NOTE,
        checks=[(check.name, check.passed, check.text) for check in report.checks],
        evidence=report.evidence,
        footnotes=[f"Covered: {spans(report.covered)}."],
        versions=versions,
    )


def _timeline(answer: Answer) -> Timeline:
    days, main = answer.days, str(answer.effects["exposure"].iloc[0])
    unit = EXPOSURE_UNITS.get(main, "")
    return Timeline(
        [moment.date() for moment in pd.DatetimeIndex(days.index)],
        days[answer.outcome].tolist(),
        days[main].tolist(),
        f"{cause.label(main)} [{unit}]" if unit else cause.label(main),
        UNIT_NOTE if main.startswith("load") else "",
    )


def _curves(answer: Answer) -> list[LagCurve]:
    if answer.estimate is None:
        return []
    curves = []
    for row in answer.effects.to_dict("records"):
        name = str(row["exposure"])
        if name not in answer.estimate.names or name == cause.RISE:
            continue
        example, times = cause.like(answer.days[name], row["mean"], row["sd"])
        points, low, high = (times * values for values in answer.estimate.lag_curve(name))
        curves.append(LagCurve(cause.label(name), points.tolist(), low.tolist(), high.tolist(), example))
    return curves


def _effects(answer: Answer, report: Report) -> list[Effect]:
    """One row an exposure; of what was asked beside the main load, only the rest."""
    rows = answer.effects.iloc[1:] if answer is report.others else answer.effects
    return [
        (cause.label(row["exposure"]), row["points"], row["lo90"], row["hi90"],
         SAID[report.verdict if answer is report.main else row["verdict"]])
        for row in rows.to_dict("records")
    ]  # fmt: skip

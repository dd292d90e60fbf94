"""An answer in words, at three depths: a sentence, a paragraph an exposure, everything.

Never more certain than the numbers. A check that was not passed takes the claim back, and the text says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backstory.cause.checks import Check
from backstory.cause.design import in_lockstep
from backstory.cause.estimating import TAKEN_FOR_PAIN
from backstory.cause.finding import Finding, finding
from backstory.cause.forecasting import Chance, chances, tell_chances
from backstory.cause.fortnight import Fortnight, fortnights, tell_fortnights
from backstory.cause.open_questions import OPEN, Standing, pace_of, standing
from backstory.cause.sentences import CLAIMS, brief, headline, paragraph, together
from backstory.cause.verdicts import UNCLEAR
from backstory.cause.wording import TRAINING, TRIALS, listed

if TYPE_CHECKING:
    from backstory.cause.explaining import Answer

LIMITS = (
    "It cannot know what nobody recorded: pain that was felt and not scored, and other causes that come and go with "
    "your training."
)
WEEKLY = "You may look every week: the threshold allows for it."
# What would make up for a check that was not passed.
MENDS = {
    "mornings scored": "a score on most mornings",
    "training known": "the training that your log does not hold",
    "enough contrast": "weeks with another routine",
    "one time of day": "scores that are all given in the morning",
    "given in time": "scores that are given on the day",
    "unknown loads": "the loads that your log does not hold",
    "one week": "another week in which it shows",
}
TIME = "more weeks of scores"


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is said. chances: before there is an answer; fortnights: only where an effect was found."""

    sentence: str
    paragraphs: tuple[str, ...]
    chances: tuple[Chance, ...]
    fortnights: tuple[Fortnight, ...]
    fortnight_text: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    finding: Finding
    standing: Standing
    because: str = ""


def lowered(verdict: str, checks: Sequence[Check]) -> tuple[str, str]:
    """The verdict that is told, and a sentence on what lowered it, "" where nothing did.

    A check that does not apply counts neither way.
    """
    failed = [f"“{check.name}”" for check in checks if check.passed is False]
    if verdict not in CLAIMS or not failed:
        return verdict, ""
    which = f"the check{'s' if len(failed) > 1 else ''} {listed(failed)}"
    return UNCLEAR, (
        f"The estimate by itself would say “{CLAIMS[verdict]}”, but it did not pass {which}, so nothing is claimed."
    )


def one_sentence(answer: "Answer") -> str:
    """The main exposure's answer."""
    if answer.missing:
        return f"There is no answer yet: it takes {listed(answer.missing)}."
    main = _told(answer)[0]
    return headline(main.finding, main.standing, main.because)


def paragraphs(answer: "Answer") -> list[str]:
    """The main exposure and what else was found, a paragraph each; then a line for each of the others.

    Before there is an answer: what it takes, and what could be found by when.
    """
    if answer.missing:
        takes = f"There is no answer yet. It takes {listed(answer.missing)}."
        return [takes, *tell_chances(_chances(answer), _main(answer))]
    told = _told(answer)
    groups = in_lockstep(answer.days, [one.finding.exposure for one in told if one.finding.exposure in answer.days])
    doubled = {name for group in groups for name in group[1:]}
    full = [one for n, one in enumerate(told) if n == 0 or one.finding.found]
    others = [one for one in told[1:] if not one.finding.found and one.finding.exposure not in doubled]
    return [
        *(paragraph(one.finding, one.standing, one.because) for one in full),
        *_in_a_line(others),
        *(together(group, asked=True) for group in groups),
    ]


def tell(answer: "Answer") -> str:
    """What was found, ruled out and is still open."""
    return "\n".join(paragraphs(answer))


def tell_parts(parts: "Answer | None", lockstep: Sequence[Sequence[str]] = ()) -> str:
    """The same for the parts of a whole that was found: what was found in full, a line for each of the others.

    lockstep: groups of parts that were not asked about, since they always come together.
    """
    lines = []
    if parts is not None and parts.missing:
        lines.append(f"There is no answer yet. It takes {listed(parts.missing)}.")
    elif parts is not None:
        told = _all_told(parts)
        lines += [paragraph(one.finding, one.standing) for one in told if one.finding.found]
        lines += _in_a_line([one for one in told if not one.finding.found])
    return "\n".join([*lines, *(together(group, asked=False) for group in lockstep)])


def tell_beside(answer: "Answer") -> str:
    """The same for what was asked beside the main exposure, which has been told before."""
    told = _all_told(answer)[1:]
    full = [paragraph(one.finding, one.standing) for one in told if one.finding.found]
    return "\n".join([*full, *_in_a_line([one for one in told if not one.finding.found])])


def everything(answer: "Answer") -> Everything:
    """The sentence, the paragraphs, and what goes with them."""
    if answer.missing:
        return Everything(one_sentence(answer), tuple(paragraphs(answer)[:1]), tuple(_chances(answer)), (), "", ())
    main = _told(answer)[0].finding
    expected: tuple[Fortnight, ...] = ()
    if main.found and main.exposure in TRAINING and answer.estimate is not None:
        expected = fortnights(answer.estimate, main.exposure)
    text = tell_fortnights(expected, main.exposure) if main.exposure in TRAINING else ""
    return Everything(
        one_sentence(answer), tuple(paragraphs(answer)), (), expected, text, tuple(caveats(answer).splitlines())
    )


def what_if(answer: "Answer", shares: Sequence[float]) -> tuple[Fortnight, ...]:
    """A fortnight at each of these shares of the usual load, by the main exposure's fitted effects, whether or not
    anything was found; () where there is no estimate of training.
    """
    main = str(answer.effects["exposure"].iloc[0])
    if answer.estimate is None or main not in TRAINING or main not in answer.estimate.names:
        return ()
    return fortnights(answer.estimate, main, shares)


def caveats(answer: "Answer") -> str:
    """What goes with every answer; nothing where there is none yet."""
    if answer.missing:
        return ""
    main = str(answer.effects["exposure"].iloc[0])
    mind = change_of_mind(answer.verdict, answer.checks, main)
    return "\n".join([LIMITS, mind, *([WEEKLY] if answer.weekly else [])])


def change_of_mind(verdict: str, checks: Sequence[Check], main: str) -> str:
    """What would make the answer another one. verdict: the estimator's own."""
    wanted = list(dict.fromkeys(MENDS.get(check.name, TIME) for check in checks if check.passed is False))
    trial = TRIALS.get("load_hinge" if main == "load" else main)
    if lowered(verdict, checks)[0] in CLAIMS:
        wanted = ["weeks with another routine in which this does not show"]
        trials = [] if trial is None else [f"a self-trial ({trial}) that finds no difference"]
    else:
        more = [TIME, *(["days of training that your log does not hold"] if main in TRAINING else [])]
        wanted = list(dict.fromkeys([*wanted, *(more if verdict not in CLAIMS else [])]))
        trials = [] if trial is None else [f"a self-trial ({trial})"]
    return f"What would change its mind: {listed([*wanted, *trials], ', or ')}."


def _in_a_line(others: Sequence[_Told]) -> list[str]:
    return [brief([(one.finding, one.standing) for one in others])] if others else []


def _told(answer: "Answer") -> list[_Told]:
    """Every exposure, the main one first, which the checks speak of."""
    first, *others = _all_told(answer)
    verdict, because = lowered(first.finding.verdict, answer.checks)
    if not because:
        return [first, *others]
    return [_Told(replace(first.finding, verdict=verdict), Standing(OPEN), because), *others]


def _all_told(answer: "Answer") -> list[_Told]:
    rows = answer.effects.to_dict("records")
    questions = sum(name not in TAKEN_FOR_PAIN for name in answer.effects["exposure"])
    pace = pace_of(answer.days[answer.outcome], questions, weekly=answer.weekly)
    found = [finding(row, answer.days, answer.estimate, _main(answer)) for row in rows]
    return [_Told(one, standing(one, pace)) for one in found]


def _main(answer: "Answer") -> str:
    return next(name for name in answer.case.asked if name in answer.days.columns)


def _chances(answer: "Answer") -> list[Chance]:
    return chances(answer.days, answer.outcome, _main(answer), weekly=answer.weekly)

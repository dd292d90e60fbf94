"""Outcome measures: what is asked, how it is scored, and which change people notice. Data in `data/measures.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from backstory.errors import InputError
from backstory.questions.measure_data import LEFT_OUT, NOT_TICKED, Change, Item, Measure, load_measures
from backstory.questions.studies import KNOWN

Answers = Mapping[str, float | bool]
ROUNDING = 1e-9  # 30 % of 10 is 3, whatever the last bit says
NOTICED = "a change people notice"


@dataclass(frozen=True, slots=True)
class Score:
    """A measure's value in its unit, and what to know when reading it ("" = nothing)."""

    value: float
    note: str


def find_measure(measure_id: str) -> Measure:
    """The measure with this id. Raises InputError."""
    known = load_measures()
    if measure_id not in known:
        raise InputError(f"There is no measure {measure_id!r}; there are: {', '.join(known)}.")
    return known[measure_id]


def score(measure_id: str, answers: Answers) -> Score:
    """Score answers by item id: numbers, and True or False for a tick.

    Where the source says what to do without an answer, that is done and noted: a statement of the Roland-Morris
    questionnaire that is left blank does not describe the person (Roland & Fairbank 2000, Spine 25:3115), and a mean of
    named activities is taken over those that were named. Otherwise every answer is needed. Raises InputError.

    >>> score("peg", {"pain": 5, "enjoyment": 4, "activity": 6}).value
    5.0
    """
    measure = find_measure(measure_id)
    given = _checked(measure, answers)
    missing = [item for item in measure.items if item.id not in given]
    if missing and (not given or measure.missing not in (NOT_TICKED, LEFT_OUT)):
        raise InputError(f"{measure.name} cannot be scored without: {', '.join(item.id for item in missing)}.")
    values = list(given.values())
    value = prod(values) if measure.scoring == "product" else sum(values)
    if measure.scoring == "mean":
        value /= len(values)
    return Score(float(value), " ".join(filter(None, (_on_missing(measure, len(missing)), measure.note))))


def change(measure_id: str, before: float, after: float) -> str:
    """What lies between two values of a measure, in words: whether people notice such a change, and who says so.

    For the better, by points and by share of the first value; where only one of the two is reached, that is said. For
    the worse by points alone: the figures come from people who got better. Raises InputError.

    >>> change("psfs", 4, 4)
    'Your own activities: the same (4).'
    """
    measure = find_measure(measure_id)
    for value in (before, after):
        low, high = measure.range
        if not low <= value <= high:
            raise InputError(f"{measure.name} goes from {low:g} to {high:g}, not {_shown(value)}.")
    if _shown(before) == _shown(after):
        return f"{measure.name}: the same ({_amount(after, measure)})."
    told = f"{measure.name}: {_difference(measure, before, after)}"
    if measure.change is None:
        return f"{told}. {measure.change_not_known}"
    better = (after < before) is (measure.better == "lower")
    verdict = (_for_the_better if better else _for_the_worse)(measure.change, before, after)
    recovered = _recovered(measure, measure.change, before, after)
    return f"{told}: {verdict}.{recovered} ({measure.change.source}; {KNOWN[measure.change.known]}.)"


def _checked(measure: Measure, answers: Answers) -> dict[str, float]:
    """The answers by item, ticks as 1 and 0. Raises InputError for what is no answer to it."""
    items = {item.id: item for item in measure.items}
    unknown = sorted(set(answers) - set(items))
    if unknown:
        raise InputError(f"{measure.name} does not ask for {', '.join(map(repr, unknown))}.")
    for name, answer in answers.items():
        if not _answers(items[name], answer):
            raise InputError(f"{measure.name}, {name}: {_wanted(items[name])}, not {answer!r}.")
    return {name: float(answer) for name, answer in answers.items()}


def _answers(item: Item, answer: object) -> bool:
    if item.least is None or item.most is None:
        return isinstance(answer, bool)
    if not isinstance(answer, int | float) or isinstance(answer, bool):
        return False
    return item.least[0] <= answer <= item.most[0]


def _wanted(item: Item) -> str:
    if item.least is None or item.most is None:
        return "must be ticked or not (true or false)"
    return f"must be a number from {item.least[0]:g} to {item.most[0]:g}"


def _on_missing(measure: Measure, missing: int) -> str:
    if not missing:
        return ""
    if measure.missing == NOT_TICKED:
        count = "1 statement" if missing == 1 else f"{missing} statements"
        return f"{count} without an answer: counted as not ticked, as the questionnaire says."
    return f"Over {len(measure.items) - missing} of {len(measure.items)}."


def _difference(measure: Measure, before: float, after: float) -> str:
    """How much more or less, from where to where, and whether that is for the better."""
    word = "more" if after > before else "less"
    share = f", {100 * abs(after - before) / before:.0f} %" if before else ""
    told = f"{_amount(abs(after - before), measure)} {word} ({_shown(before)} to {_shown(after)}{share})"
    if measure.better == "neither":
        return told
    return f"{told}, for the {'better' if (word == 'less') is (measure.better == 'lower') else 'worse'}"


def _for_the_better(noticed: Change, before: float, after: float) -> str:
    by = abs(after - before)
    points = by >= noticed.points - ROUNDING
    if noticed.share is None:
        return NOTICED if points else f"less than the {noticed.points:g} that people notice"
    share = by >= noticed.share * before - ROUNDING
    by_points, by_share = f"{noticed.points:g} points", f"{100 * noticed.share:.0f} % of the first score"
    if points and share:
        return NOTICED
    if not points and not share:
        return f"less than people notice ({by_points}, or {by_share})"
    reached, not_reached = (by_points, by_share) if points else (by_share, by_points)
    return f"perhaps {NOTICED}: it reaches {reached} but not {not_reached}"


def _for_the_worse(noticed: Change, before: float, after: float) -> str:
    if abs(after - before) < noticed.points - ROUNDING:
        return f"less than the {noticed.points:g} points that people notice"
    return f"{NOTICED}, by judgement: the {noticed.points:g} points come from people who got better"


def _recovered(measure: Measure, noticed: Change, before: float, after: float) -> str:
    """That a score which was higher now is where people call themselves recovered."""
    if noticed.recovered is None or not after <= noticed.recovered < before:
        return ""
    most = f"{noticed.recovered:g}" if noticed.recovered == measure.range[0] else f"{noticed.recovered:g} or less"
    return f" In studies, {most} matched best with people calling themselves recovered."


def _amount(value: float, measure: Measure) -> str:
    return f"{_shown(value)} {measure.unit}".strip()


def _shown(value: float) -> str:
    """With one decimal where it is not whole."""
    return f"{value:.1f}".removesuffix(".0")

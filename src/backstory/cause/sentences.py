"""Sentences about one finding, and about several that cannot be told apart."""

from collections.abc import Sequence
from math import isnan

from backstory.cause.estimating import RISE
from backstory.cause.finding import Finding
from backstory.cause.open_questions import (
    HELD,
    NOTHING,
    OPEN,
    RULED_OUT,
    Standing,
    possible,
    possible_range,
    tell_weeks,
    unlikely,
)
from backstory.cause.verdicts import BETTER, WORSE
from backstory.cause.wording import (
    NUMBERS,
    TRAINING,
    TRIALS,
    band,
    begun,
    fitting,
    label,
    listed,
    more,
    size,
    tenths,
    with_less,
    with_more,
)

NOTICED = 2.0  # points of 10; Ostelo et al. 2008, Spine 33:90: the change in pain that matters to people
NOTICE = f"people notice a change of {NOTICED:g}"
CLAIMS = {WORSE: "followed by more pain", BETTER: "followed by less pain"}
SEVEN = 7


def headline(told: Finding, where: Standing, because: str = "") -> str:
    """One sentence. because: what took the claim back."""
    name = label(told.exposure)
    if told.found:
        rested = told.exposure not in TRAINING or told.rest is not None
        other = with_less(told.exposure) if rested else "days with less"
        and_other = f", {other} by more" if told.verdict == BETTER else ""
        return f"{begun(with_more(told.exposure))} are {CLAIMS[told.verdict]}{and_other}."
    if because:
        return f"No clear effect of {name}: {because[0].lower()}{because[1:]}"
    if where.state in (HELD, NOTHING):
        return brief([(told, where)])
    if where.state == RULED_OUT:
        return f"No clear effect of {name}: {unlikely(where, ' points')}."
    return f"No clear effect of {name} so far: {possible(where, ' points')}."


def brief(several: Sequence[tuple[Finding, Standing]]) -> str:
    """A line about what was not found: the same said of several is said once."""
    said: dict[str, list[str]] = {}
    waiting: dict[int | None, list[tuple[str, Standing]]] = {}
    for told, where in several:
        if where.state == OPEN:
            waiting.setdefault(where.weeks, []).append((label(told.exposure), where))
        else:
            said.setdefault(_of(where), []).append(label(told.exposure))
    lines = [f"{begun(listed(names))}{rest}" for rest, names in said.items()]
    return " ".join([*lines, *(_waiting(group) for group in waiting.values())])


def _waiting(group: Sequence[tuple[str, Standing]]) -> str:
    """What will take equally long."""
    (name, where), *others = group
    if not others:
        return f"{begun(name)}: still open, {possible(where)}; {tell_weeks(where.weeks)}."
    ranges = listed([f"{name} ({possible_range(where)})" for name, where in group])
    return f"Still open, in points a morning: {ranges}; {tell_weeks(where.weeks)}."


def _of(where: Standing) -> str:
    if where.state == HELD:
        return " are taken because of pain: they are held constant here, and never called a cause."
    if where.state == NOTHING:
        return ": too little to say anything; it does not vary enough, or not apart from the rest."
    return f": {unlikely(where)}."


def paragraph(told: Finding, where: Standing, because: str = "") -> str:
    """What is said in full."""
    if told.found:
        return f"{headline(told, where)} {_rise_found(told) if told.exposure == RISE else _days_found(told)}"
    if where.state in (HELD, NOTHING):
        return brief([(told, where)])
    name, over = begun(label(told.exposure)), _over(told)
    points = f"{size(told.points)} {more(told.points)} pain" if tenths(told.points) else "hardly any difference"
    if because:
        ends = fitting(told.low, told.high)
        return f"{name}: no clear effect. {because} That estimate: {points} ({ends}; {NOTICE}) {over}."
    still = f"So {unlikely(where)}, up or down"
    if where.state != RULED_OUT:
        still = f"Still open: {possible(where)}; {tell_weeks(where.weeks)}"
    return (
        f"{name}: no clear effect so far. {begun(over)} it comes to {points}, and anything from "
        f"{fitting(told.low, told.high)} fits your scores ({NOTICE}). {still}."
    )


def _over(told: Finding) -> str:
    return f"{'on a morning' if told.exposure == RISE else 'over the seven mornings'} after {told.example}"


def _rise_found(told: Finding) -> str:
    return (
        f"On a morning after {told.example} your back hurt {size(told.points)} {more(told.points)} than otherwise "
        f"({band(told.low, told.high)}; {NOTICE})."
    )


def _days_found(told: Finding) -> str:
    in_all = f", {abs(told.points):.1f} in all" if told.mornings > 1 else ""
    parts = [
        f"{_mornings(told.mornings, told.in_a_row)} {told.example} your back hurt {size(told.a_morning)} "
        f"{more(told.points)}{in_all} ({band(told.low, told.high)}; {NOTICE}).",
        _delay(told),
        _rest(told),
    ]
    return " ".join(part for part in parts if part)


def _mornings(count: int, in_a_row: bool | None) -> str:
    if in_a_row is False and count < SEVEN:
        return f"On {NUMBERS[count]} of the seven mornings after"
    if count == 1:
        return "On the morning after"
    return f"On each of {'the ' if in_a_row or count == SEVEN else ''}{NUMBERS[count]} mornings after"


def _delay(told: Finding) -> str:
    days, low, high = told.delay_days
    if isnan(days) or told.mornings == 1:
        return ""
    ends = "" if isnan(low) else f" ({low:.1f} to {high:.1f})"
    return f"On average it comes {days:.1f} days later{ends}."


def _rest(told: Finding) -> str:
    if told.rest is None or told.verdict != BETTER:
        return ""
    points, low, high = told.rest
    day = "a rest day" if told.exposure == "load" else f"a day without {label(told.exposure)}"
    return (
        f"Rest went the other way: after {day} it hurt {size(points)} {more(points)} in all ({band(low, high)}) than "
        "after an average day."
    )


def together(group: Sequence[str], *, asked: bool) -> str:
    """What is said of exposures that always come together. asked: whether the first stands for them all."""
    names = [label(exposure) for exposure in group]
    apart = "they cannot be told apart"
    stands = f"{apart}, and what is said of {names[0]} holds for them together" if asked else apart
    return f"{begun(listed(names))} always come together here: {stands}. {_telling_apart(group)}"


def _telling_apart(group: Sequence[str]) -> str:
    one = next((exposure for exposure in group if exposure in TRIALS), None)
    if one is None:
        return "Days with much of one and little of another would tell."
    others = [label(exposure) for exposure in group if exposure != one]
    return f"A self-trial would tell: {TRIALS[one]}, {listed(others)} kept the same."

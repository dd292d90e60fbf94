"""docs/validation/plan.md: each person, their week, and the rules that were decisive for it. Same plans, same page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backstory import catalogue
from backstory.journal.plan_why import objections
from backstory.report import plan_words as words
from backstory.report.plan_markdown import escaped

if TYPE_CHECKING:
    from plan_people import Shown

PAGE = Path(__file__).parents[1] / "docs" / "validation" / "plan.md"
HEAD = """# Ten weeks for ten persons

Written by `python benchmarks/plan_people.py --write`; do not edit.

Ten made-up persons as a coach would describe them, the week that `backstory plan` makes from their journal, and the
rules that shaped it. Each journal goes through the real store; the days are fixed, so that the page stays as it is
until the program plans otherwise. What is judgement in all this: worth, order and demand of the exercises, the loads
to begin with, and most of the rules; [How a week is planned](../planning.md) says how firm each is.

"Kept out" names what a slot of the week could have been filled with, and the first rule that spoke against it.
"""
COMMON = ("R38", "R37")  # told in every plan
NAMES_SHOWN = 5
ALWAYS = ("equipment",)  # shown as a number alone
Json = dict[str, Any]


def page(every: Sequence["Shown"]) -> str:
    """The page."""
    return "\n".join([HEAD, *(section(number, one) for number, one in enumerate(every, 1))])


def section(number: int, one: "Shown") -> str:
    """A person: three lines, the week, what surrounds it, what shaped it."""
    told = "  \n".join(escaped(line) for line in one.told["told"])
    parts = [
        f"## {number}. {one.told['name']}", told, _week(one.plan), _around(one.plan), "What shaped it:",
        "\n".join(f"- {line}" for line in shaped(one)),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _week(plan: Json) -> str:
    lines = ["| day | kind | exercises | minutes |", "| --- | --- | --- | --- |"]
    for session in plan["sessions"]:
        main = "<br>".join(f"{escaped(one['name'])} {escaped(words.work(one, 'kg'))}" for one in session["main"])
        day = words.day(session["date"], short=True)
        lines.append(f"| {day} | {escaped(session['kind'])} | {main} | {words.length(session)} |")
    return "\n".join(lines)


def _around(plan: Json) -> str:
    """Warm-ups, cool-downs and days of rest in a line each day."""
    told = []
    for session in plan["sessions"]:
        day = words.day(session["date"], short=True)
        before, after = (", ".join(part["name"] for part in session[name]) for name in ("warm_up", "cool_down"))
        minutes = [words.around(session[name])[0] for name in ("warm_up", "cool_down")]
        told.append(f"{day}: {minutes[0]} before ({before}), {minutes[1]} after ({after}).")
    rest = [f"{words.day(one['date'], short=True)}: {words.suggestion(one)}." for one in plan["rest_days"]]
    heading = words.other_days(plan["rest_days"])
    return f"Around it. {escaped(' '.join(told))} {heading}. {escaped(' '.join(rest))}"


def shaped(one: "Shown") -> Iterator[str]:
    """What was decisive for this person, a line each."""
    for note in one.plan["notes"]:
        if not any(rule in note for rule in COMMON):
            yield escaped(note)
    yield from (escaped(line) for line in _whys(one))
    yield from (escaped(line) for line in _limits(one.plan))
    yield from (escaped(line) for line in _kept_out(one))
    if text := words.expected(one.plan):
        yield escaped(text)
    for rule in words.broken(one.plan):
        yield escaped(f"Not held: {words.compared(rule)} ({words.graded(rule)})")


def _whys(one: "Shown") -> Iterator[str]:
    """The reasons by rule, each exercise once."""
    by_rule: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for session in one.planned.weeks[0].sessions:
        for chosen in session.session.main:
            for rule, why in chosen.candidate.because:
                by_rule[rule][why][chosen.candidate.name] = None
    for rule, reasons in sorted(by_rule.items()):
        yield f"{rule}. {' '.join(f'{_listed(names)}: {why}.' for why, names in reasons.items())}"


def _limits(plan: Json) -> Iterator[str]:
    """The load of a session, and the sets of a muscle, beside their limits."""
    rules = {rule["id"]: rule for rule in plan["rules"]}
    largest = max((session["load"] for session in plan["sessions"]), default=0.0)
    if rules["R20"]["held"] is None:
        yield f"R20. Largest session {largest:.1f} kNm·reps on the low back; {rules['R20']['limit']}."
    else:
        yield f"R20. Largest session {largest:.1f} of {rules['R20']['limit']} kNm·reps that a session may have."
    yield f"R24. Most sets of a muscle: {rules['R24']['value']}, of {rules['R24']['limit']}."


def _kept_out(one: "Shown") -> Iterator[str]:
    """What could have filled a slot that the week uses, by the rule that kept it out."""
    given, plan = one.planned.given, one.plan
    known = catalogue.load().exercises
    against: dict[str, dict[str, str]] = defaultdict(dict)
    for slot in dict.fromkeys(main["slot"] for session in plan["sessions"] for main in session["main"]):
        for option, objection in objections(given, slot) if slot in given.training.slots else ():
            if objection is not None:
                against[objection.rule][option.exercise] = objection.text
    for rule, found in sorted(against.items()):
        texts = dict.fromkeys(found.values())
        if rule in ALWAYS:
            yield f"Kept out by {rule}: {len(found)} exercises."
        else:
            names = _listed([known[name].name for name in found])
            yield f"Kept out by {rule} ({'; '.join(texts)}): {names}."


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - NAMES_SHOWN} more" if len(every) > NAMES_SHOWN else ""
    return ", ".join(every[:NAMES_SHOWN]) + more

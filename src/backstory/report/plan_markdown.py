"""A plan as Markdown: to keep among one's notes, or to hand to somebody. Names in it are text, whatever they hold."""

import re
from collections.abc import Callable, Sequence

from backstory.report import plan_words as words
from backstory.report.plan_words import Json

Say = Callable[[str], str]
MARK = "# Backstory: "  # what every one of them begins with
SIGNS = re.compile(r"[\\`*_\[\]<>|#~$]|&(?=#?\w+;)|@(?=\w)")
AT_THE_START = re.compile(r"^(?:[-+=](?=\s|$|[-+=])|(\d{1,9})(?=[.)](?:\s|$)))")
ADDRESS = re.compile(r"(?<=\w)(:)(?=//)|(?<=[Ww]{3})(\.)")


def markdown(plan: Json, units: str = "kg", say: Say = str) -> str:
    """The whole plan: notes, sessions with reasons, rest days, what is expected, and the rules with grade and source.

    Meant for CommonMark with tables (GitHub). units: kg or lb; say: turns a sentence into the
    person's language. The same plan gives the same text.
    """
    blocks = [f"{MARK}{escaped(say(words.title(plan)))}", escaped(say(words.summary(plan))), _list(plan["notes"], say)]
    if plan["clashes"]:
        heading = "What cannot all hold" if plan["sessions"] else "No week can hold all of this"
        blocks += [f"## {say(heading)}", _list(words.ways_out(plan), say)]
    for heading, sessions, rest_days in words.by_week(plan):
        level = "###" if heading else "##"
        blocks.append(f"## {say(heading)}" if heading else "")
        for session in sessions:
            kind = escaped(say(words.inert(session["kind"])))
            blocks += [
                f"{level} {say(words.day(session['date']))}: {kind}, {say(words.length(session))}",
                *_session(session, units, say),
            ]
        if rest_days:
            days = [f"{say(words.day(one['date']))}: {say(words.suggestion(one))}" for one in rest_days]
            blocks += [f"{level} {say(words.other_days(rest_days))}", _list(days)]
    blocks += [escaped(say(text)) for text in (words.expected(plan), words.proof(plan))]
    if rules := words.looked_at(plan):
        blocks += [f"## {say('Rules')}", _rules(rules, say)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: object) -> str:
    """Text on one line that Markdown shows as it stands.

    >>> escaped("1. *Squat* | <b>"), escaped("Squat (Barbell)")
    ('1\\\\. \\\\*Squat\\\\* \\\\| \\\\<b\\\\>', 'Squat (Barbell)')
    """
    inert = SIGNS.sub(r"\\\g<0>", words.inert(text))
    inert = ADDRESS.sub(r"\\\g<0>", inert)
    return AT_THE_START.sub(lambda found: f"{found[1]}\\" if found[1] else f"\\{found[0]}", inert)


def _session(session: Json, units: str, say: Say) -> list[str]:
    why = [
        f"{say(words.inert(one['name']))}: {say(words.told(one['why'], units))}"
        for one in session["main"] if one.get("why")
    ]  # fmt: skip
    return [
        _around("Warm-up", session["warm_up"], say),
        _exercises(session["main"], units, say),
        _list(why),
        _around("Cool-down", session["cool_down"], say),
    ]


def _around(label: str, parts: Sequence[Json], say: Say) -> str:
    if not parts:
        return ""
    minutes, what = words.around([{**part, "name": say(words.inert(part["name"]))} for part in parts])
    return f"**{say(label)}**, {minutes}: {escaped(what)}"


def _exercises(main: Sequence[Json], units: str, say: Say) -> str:
    """Columns that are empty for the whole session are left out."""
    head = ("Exercise", "Sets", "Lighter first", "Rest", "In reserve")
    rows = [
        (
            one["name"],
            words.work(one, units),
            words.ramp(one, units),
            words.rest(one),
            "" if one.get("rir") is None else str(one["rir"]),
        )
        for one in main
    ]
    kept = [n for n in range(len(head)) if n < 2 or any(row[n] for row in rows)]
    return _table([head[n] for n in kept], [[row[n] for n in kept] for row in rows], say) if rows else ""


def _rules(rules: Sequence[Json], say: Say) -> str:
    head = ("Rule", "What it says", "Kept", "Here", "Limit", "Held", "Grade", "Source")
    rows = [
        (
            rule["id"],
            rule["text"],
            "always" if rule["hard"] else "if it can be",
            rule["value"],
            rule["limit"],
            "yes" if rule["held"] else "no",
            rule["grade"],
            rule["source"],
        )
        for rule in rules
    ]
    return _table(head, rows, say)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], say: Say) -> str:
    lines = [f"| {' | '.join(map(say, head))} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(escaped(say(words.inert(cell))) for cell in row)} |" for row in rows)])


def _list(lines: Sequence[str], say: Say = str) -> str:
    return "\n".join(f"- {escaped(say(words.inert(line)))}" for line in lines)

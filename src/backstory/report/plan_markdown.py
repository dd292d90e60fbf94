"""A plan as Markdown: to keep among one's notes, or to hand to somebody. Names in it are text, whatever they hold."""

import re
from collections.abc import Sequence

from backstory.report import plan_words as words
from backstory.report.plan_words import Json

MARK = "# Backstory: "  # what every one of them begins with
SIGNS = re.compile(r"[\\`*_\[\]<>|#~$]|&(?=#?\w+;)|@(?=\w)")
AT_THE_START = re.compile(r"^(?:[-+=](?=\s|$|[-+=])|(\d{1,9})(?=[.)](?:\s|$)))")
ADDRESS = re.compile(r"(?<=\w)(:)(?=//)|(?<=[Ww]{3})(\.)")


def markdown(plan: Json, units: str = "kg") -> str:
    """The whole plan: notes, sessions with reasons, rest days, what is expected, and the rules with grade and source.

    Meant for CommonMark with tables (GitHub). units: kg or lb. The same plan gives the same text.
    """
    blocks = [f"{MARK}{escaped(words.title(plan))}", escaped(words.summary(plan)), _list(plan["notes"])]
    if plan["clashes"]:
        heading = "## What cannot all hold" if plan["sessions"] else "## No week can hold all of this"
        blocks += [heading, _list(words.ways_out(plan))]
    for heading, sessions, rest_days in words.by_week(plan):
        level = "###" if heading else "##"
        blocks.append(f"## {heading}" if heading else "")
        for session in sessions:
            kind = escaped(session["kind"])
            blocks += [
                f"{level} {words.day(session['date'])}: {kind}, {words.length(session)}",
                *_session(session, units),
            ]
        if rest_days:
            days = [f"{words.day(one['date'])}: {words.suggestion(one)}" for one in rest_days]
            blocks += [f"{level} {words.other_days(rest_days)}", _list(days)]
    blocks += [escaped(text) for text in (words.expected(plan), words.proof(plan))]
    if rules := words.looked_at(plan):
        blocks += ["## Rules", _rules(rules)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: object) -> str:
    """Text on one line that Markdown shows as it stands.

    >>> escaped("1. *Squat* | <b>"), escaped("Squat (Barbell)")
    ('1\\\\. \\\\*Squat\\\\* \\\\| \\\\<b\\\\>', 'Squat (Barbell)')
    """
    inert = SIGNS.sub(r"\\\g<0>", words.inert(text))
    inert = ADDRESS.sub(r"\\\g<0>", inert)
    return AT_THE_START.sub(lambda found: f"{found[1]}\\" if found[1] else f"\\{found[0]}", inert)


def _session(session: Json, units: str) -> list[str]:
    why = [f"{words.inert(one['name'])}: {words.told(one['why'], units)}" for one in session["main"] if one.get("why")]
    return [
        _around("Warm-up", session["warm_up"]),
        _exercises(session["main"], units),
        _list(why),
        _around("Cool-down", session["cool_down"]),
    ]


def _around(label: str, parts: Sequence[Json]) -> str:
    if not parts:
        return ""
    minutes, what = words.around(parts)
    return f"**{label}**, {minutes}: {escaped(what)}"


def _exercises(main: Sequence[Json], units: str) -> str:
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
    return _table([head[n] for n in kept], [[row[n] for n in kept] for row in rows]) if rows else ""


def _rules(rules: Sequence[Json]) -> str:
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
    return _table(head, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows)])


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)

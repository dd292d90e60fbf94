"""A plan in a terminal: readable at 80 columns, and at 40 on a phone beside the rack."""

from collections.abc import Callable, Sequence

from backstory.report import plan_words as words
from backstory.report.plan_words import Json
from backstory.report.terminal_lines import GLUE, LEAST_WIDTH, Line, columns, glued, padded, wrapped

NAME_MOST, INDENT, DEEPER = 34, "  ", "    "
NO_WEEK = "No week can hold all of this."


def plan_lines(plan: Json, width: int = 80, units: str = "kg", why: bool = False) -> list[Line]:
    """The plan in lines of at most so many columns, each with a style ("bold", "dim" or none).

    units: kg or lb; why: below each exercise, the reason for it.
    """
    width = max(width, LEAST_WIDTH)
    lines = [*wrapped(f"{words.title(plan)}: {_lower(words.summary(plan))}", width, style="bold"), Line()]
    for note in plan["notes"]:
        lines += wrapped(words.inert(note), width, "- ")
    if plan["notes"]:
        lines.append(Line())
    if plan["clashes"]:
        lines += _headed(NO_WEEK if not plan["sessions"] else "What cannot all hold", words.ways_out(plan), width)
    for heading, sessions, rest_days in words.by_week(plan):
        if heading:
            lines += [*wrapped(heading, width, style="bold"), Line()]
        for session in sessions:
            lines += [*_session(session, width, units, why), Line()]
        if rest_days:
            lines += [*_rest_days(rest_days, width), Line()]
    return [*lines, *_end(plan, width)]


def _session(session: Json, width: int, units: str, why: bool) -> list[Line]:
    heading = f"{words.day(session['date'])}: {words.inert(session['kind'])}, {glued(words.length(session))}"
    lines = wrapped(heading, width, style="bold")
    lines += _around("Warm-up", session["warm_up"], width)
    rows = [(words.inert(one["name"]), _asked(one, units)) for one in session["main"]]
    show = _rows(rows, width)
    for one, row in zip(session["main"], rows, strict=True):
        lines += show(*row)
        if one.get("ramp"):
            steps = words.ramp(one, units).split(", ")
            lines += wrapped(f"first {', '.join(map(glued, steps))}", width, DEEPER)
        if why and one.get("why"):
            lines += wrapped(words.told(one["why"], units), width, DEEPER, style="dim")
    return [*lines, *_around("Cool-down", session["cool_down"], width)]


def _asked(one: Json, units: str) -> tuple[str, str, str]:
    """Sets with repetitions and load, break, repetitions in reserve."""
    rest = words.rest(one)
    rir = one.get("rir")
    return words.work(one, units), f"rest {rest}" if rest else "", "" if rir is None else f"RIR {rir}"


def _rows(
    rows: Sequence[tuple[str, tuple[str, str, str]]], width: int
) -> Callable[[str, tuple[str, str, str]], list[Line]]:
    """How the exercises of a session are shown: in columns where they fit, else each name above its numbers."""
    across = max((columns(name) for name, _ in rows if columns(name) <= NAME_MOST), default=0)
    widths = [max((columns(cells[n]) for _, cells in rows), default=0) for n in range(3)]
    if len(INDENT) + across + sum(2 + one for one in widths if one) > width or across == 0:
        return lambda name, cells: [
            *wrapped(name, width, INDENT, DEEPER),
            *wrapped(", ".join(glued(cell) for cell in cells if cell), width, DEEPER),
        ]

    def in_columns(name: str, cells: tuple[str, str, str]) -> list[Line]:
        numbers = "".join(f"  {padded(cell, one)}" for cell, one in zip(cells, widths, strict=True) if one).rstrip()
        if columns(name) <= across:
            return [Line(f"{INDENT}{padded(name, across)}{numbers}")]
        return [*wrapped(name, width, INDENT, DEEPER), Line(f"{INDENT}{' ' * across}{numbers}")]

    return in_columns


def _around(label: str, parts: Sequence[Json], width: int) -> list[Line]:
    if not parts:
        return []
    minutes, what = words.around(parts, GLUE)
    return wrapped(f"{label}, {minutes}: {what}", width, INDENT, DEEPER)


def _rest_days(days: Sequence[Json], width: int) -> list[Line]:
    lines = [Line(words.other_days(days), "bold")]
    for one in days:
        lines += wrapped(words.suggestion(one), width, f"{INDENT}{padded(words.day(one['date'], short=True), 10)}  ")
    return lines


def _end(plan: Json, width: int) -> list[Line]:
    """What is expected, the rules that are not held, and what the shortened word means."""
    lines: list[Line] = []
    for text in (words.expected(plan), words.proof(plan)):
        lines += [*wrapped(text, width), Line()] if text else []
    looked_at, broken = words.looked_at(plan), words.broken(plan)
    if broken and plan["sessions"]:
        lines += _headed("Not held", [f"{words.compared(rule)} ({words.graded(rule)})" for rule in broken], width)
    if looked_at and plan["sessions"]:
        held = len(looked_at) - len(broken)
        lines += wrapped(f"Rules held: {held} of {len(looked_at)}.", width, style="dim")
    if any(one.get("rir") is not None for session in plan["sessions"] for one in session["main"]):
        lines += wrapped(words.RIR, width, style="dim")
    return lines if lines and lines[-1] else lines[:-1]


def _headed(heading: str, points: Sequence[str], width: int) -> list[Line]:
    lines = wrapped(heading, width, style="bold")
    for point in points:
        lines += wrapped(point, width, "- ")
    return [*lines, Line()]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

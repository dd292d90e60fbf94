"""Why an exercise is in the plan, what else there would be, and what to do in its place: in a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from backstory.report import plan_words as words
from backstory.report.terminal_lines import LEAST_WIDTH, Line, columns, padded, wrapped

NAME_MOST, INDENT = 34, "  "
LOAD = "Load: on the low back, of one set."
MOMENT = "Nm: the largest low-back moment of a repetition, reckoned for your height and weight."


def explain_lines(explained: Mapping[str, Any], width: int = 80, units: str = "kg") -> list[Line]:
    """For one exercise of the plan: the rules that put it there, and those that speak against each alternative.

    explained: {"name", "why": [{"rule", "text"}], "alternatives": [{"name", "load", "objection": {"rule", "text"} or
    None}]}; alternatives that nothing speaks against come first, each kind in its order.
    """
    width = max(width, LEAST_WIDTH)
    lines = wrapped(words.inert(explained["name"]), width, style="bold")
    for reason in explained["why"]:
        lines += wrapped(_because(reason, units), width, INDENT)
    if not explained["why"]:
        lines += wrapped("Nothing asked for it in particular.", width, INDENT)
    others = explained["alternatives"]
    if not others:
        return [*lines, *wrapped("There is no other exercise for its place.", width, INDENT)]
    for heading, free in (("In its place there could be", True), ("Not for now", False)):
        rows = [_alternative(one, units) for one in others if (one["objection"] is None) is free]
        lines += [Line(), *wrapped(heading, width, style="bold"), *_table(rows, width)] if rows else []
    known = any(one["load"] is not None for one in others)
    return [*lines, Line(), *wrapped(LOAD, width, style="dim")] if known else lines


def swap_lines(swap: Mapping[str, Any], width: int = 80, units: str = "kg") -> list[Line]:
    """What can be done instead of an exercise, each with its load on the back.

    swap: {"name", "offers": [{"name", "peak_moment_nm", "load_kg", "why"}]}; load_kg None = own body.
    """
    width = max(width, LEAST_WIDTH)
    lines = wrapped(f"Instead of {words.inert(swap['name'])}", width, style="bold")
    if not swap["offers"]:
        return [*lines, *wrapped("There is nothing like it that can be done with what there is.", width, INDENT)]
    rows = []
    for one in swap["offers"]:
        moment = "" if one["peak_moment_nm"] is None else f"{one['peak_moment_nm']:.0f} Nm"
        load = words.weight(one["load_kg"], units) if one["load_kg"] else ""
        rows.append(
            (words.inert(one["name"]), ", ".join(x for x in (load, moment) if x), words.told(one["why"], units))
        )
    lines += _table(rows, width)
    return [*lines, Line(), *wrapped(MOMENT, width, style="dim")] if any("Nm" in row[1] for row in rows) else lines


def _alternative(one: Mapping[str, Any], units: str) -> tuple[str, str, str]:
    load = "" if one["load"] is None else f"load {one['load']:.1f}"
    return words.inert(one["name"]), load, _because(one["objection"], units) if one["objection"] else ""


def _because(reason: Mapping[str, Any], units: str) -> str:
    text = words.told(reason["text"], units).rstrip(".")
    return f"{text} ({words.inert(reason['rule'])})"


def _table(rows: Sequence[tuple[str, str, str]], width: int) -> list[Line]:
    """Name, numbers and reason: side by side where there is room for the reason, else below each other."""
    across = max(columns(name) for name, _, _ in rows)
    numbers = max(columns(cell) for _, cell, _ in rows)
    lines: list[Line] = []
    if across > NAME_MOST or width < len(INDENT) + across + numbers + 30:
        for name, cell, reason in rows:
            lines += wrapped(", ".join(part for part in (name, cell) if part), width, INDENT)
            lines += wrapped(reason, width, 2 * INDENT, style="dim")
        return lines
    for name, cell, reason in rows:
        before = f"{INDENT}{padded(name, across)}  " + (f"{padded(cell, numbers)}  " if numbers else "")
        lines += wrapped(reason, width, before) or [Line(before.rstrip())]
    return lines

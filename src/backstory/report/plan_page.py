"""A plan to print and write on: figures, boxes to tick and to fill; it loads nothing and runs nothing."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from html import escape

from backstory.report import plan_words as words
from backstory.report.plan_still import still
from backstory.report.plan_style import STYLE
from backstory.report.plan_words import Json

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory: {}</title>'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    f"<style>{STYLE.replace('{', '{{').replace('}', '}}')}</style>\n"
)
HELD = {True: "<td>yes</td>", False: '<td class="not">no</td>'}
TICK, BLANK, BOX = ('<span class="tick"></span>', '<span class="blank"></span>', '<span class="box"></span>')
LEGS = f"<span>Symptoms further down the leg than before: yes {TICK} no {TICK}</span>"
MOMENTS = ("before", "worst during", "after", "next morning")


def page(plan: Json, figures: Mapping[str, str], units: str = "kg") -> str:
    """One HTML page that stands alone: no script, nothing from elsewhere; the same values give the same bytes.

    figures: exercise id → SVG, as `figures.figure` draws it; where one is missing, there is none. units: kg or lb. All
    text is escaped. Raises ValueError for a figure that is none.
    """
    stills = {one["exercise"]: "" for session in plan["sessions"] for one in session["main"]}
    stills |= {exercise: still(figures[exercise]) for exercise in stills if exercise in figures}
    weeks = []
    for heading, sessions, rest_days in words.by_week(plan):
        weeks.append(f'<h2 class="week">{heading}</h2>\n' if heading else "")
        weeks += [_session(session, stills, units) for session in sessions]
        weeks.append(_rest_days(rest_days))
    return "".join([
        HEAD.format(_text(words.title(plan))),
        f"<body><main>\n<header>\n<h1>{_text(words.title(plan))}</h1>\n",
        f'<p class="under">{_text(words.summary(plan))}</p>\n{_list(plan["notes"], "notes")}</header>\n',
        _clashes(plan),
        *weeks,
        _end(plan),
        "</main></body></html>\n",
    ])  # fmt: skip


def _session(session: Json, stills: Mapping[str, str], units: str) -> str:
    heading = f"{words.day(session['date'])}: {words.inert(session['kind'])}"
    pain = "".join(f"<span>{moment} {BOX}</span>" for moment in MOMENTS)
    return "".join([
        f'<section class="session">\n<h2>{_text(heading)} <span>{_text(words.length(session))}</span></h2>\n',
        _around("Warm-up", session["warm_up"]),
        *(_exercise(one, stills[one["exercise"]], units) for one in session["main"]),
        _around("Cool-down", session["cool_down"], apart=True),
        f'<div class="pain"><strong>Pain, 0 to 10:</strong>{pain}{LEGS}</div>\n</section>\n',
    ])  # fmt: skip


def _around(label: str, parts: Sequence[Json], apart: bool = False) -> str:
    if not parts:
        return ""
    minutes, what = words.around(parts)
    edge = " exercise plain" if apart else ""
    return f'<p class="around{edge}"><span><strong>{label}, {minutes}:</strong> {_text(what)}</span></p>\n'


def _exercise(one: Json, picture: str, units: str) -> str:
    """What is asked for, why, and a box to tick for each set with room for what was done."""
    rest, rir, first = words.rest(one), one.get("rir"), words.ramp(one, units)
    asked = [f"rest {rest}" if rest else "", "" if rir is None else f"{rir} in reserve"]
    details = "".join(f", {_text(part)}" for part in asked if part)
    return "".join([
        f'<div class="exercise{"" if picture else " plain"}">{picture}<div>\n<h3>{_text(one["name"])}</h3>\n',
        f'<p class="asked"><b>{_text(words.work(one, units))}</b>{details}</p>\n',
        f'<p class="asked">First {_text(first)}</p>\n' if first else "",
        f'<p class="quiet">{_sentence(words.told(one["why"], units))}</p>\n' if one.get("why") else "",
        f'<ul class="sets">{_set(one, units) * one["sets"]}</ul>\n</div></div>\n',
    ])  # fmt: skip


def _set(one: Json, units: str) -> str:
    """Room for load and repetitions; for seconds or minutes where it goes by those, the load where one is asked for."""
    held, minutes, load = one.get("hold_s") is not None, one.get("minutes") is not None, one.get("load_kg")
    seconds = "holds" if (one.get("reps") or 1) > 1 else "s"
    unit = seconds if held else "min" if minutes else "reps"
    weight = f"{BLANK}{_text(units)}" if load or unit == "reps" else ""
    return f"<li>{TICK}{weight}{BLANK}{unit}</li>"


def _rest_days(days: Sequence[Json]) -> str:
    if not days:
        return ""
    rows = "".join(f"<dt>{words.day(one['date'])}</dt><dd>{_text(words.suggestion(one))}</dd>\n" for one in days)
    return _section(words.other_days(days), f'<dl class="rests">\n{rows}</dl>\n')


def _clashes(plan: Json) -> str:
    if not plan["clashes"]:
        return ""
    heading = "What cannot all hold" if plan["sessions"] else "No week can hold all of this"
    return _section(heading, _list(words.ways_out(plan), "ways"))


def _end(plan: Json) -> str:
    told = [text for text in (words.expected(plan), words.proof(plan)) if text]
    rules = words.looked_at(plan)
    table = _rules(rules) if rules else ""
    return _section("What to expect", _list(told, "told")) + _section("Rules, and how sure they are", table)


def _rules(rules: Iterable[Json]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(rule["text"])} ({_text(rule["id"])})</th>'
        f"<td>{_text(rule['value'])}; limit: {_text(rule['limit'])}</td>"
        f"{HELD[bool(rule['held'])]}"
        f"<td>{_text(rule['grade'])}</td><td>{_text(rule['source'])}</td></tr>\n"
        for rule in rules
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Rule", "Here", "Held", "Grade", "Source"))
    return (
        '<div class="scroll" role="region" aria-label="Rules" tabindex="0"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></div>\n"
    )


def _section(heading: str, content: str) -> str:
    return f'<section class="further">\n<h2>{heading}</h2>\n{content}</section>\n' if content else ""


def _list(lines: Sequence[str], name: str) -> str:
    rows = "".join(f"<li>{_text(line)}</li>\n" for line in lines)
    return f'<ul class="{name}">\n{rows}</ul>\n' if rows else ""


def _text(text: object) -> str:
    return escape(words.inert(text))


def _sentence(text: str) -> str:
    return _text(text[:1].upper() + text[1:])

"""A plan to print and write on: figures, boxes to tick and to fill; it loads nothing and runs nothing."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
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
Say = Callable[[str], str]
HEAD = (
    '<!doctype html><html lang="{}"><meta charset="utf-8"><title>Backstory: {}</title>'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    f"<style>{STYLE.replace('{', '{{').replace('}', '}}')}</style>\n"
)
HELD = {True: "<td>{}</td>", False: '<td class="not">{}</td>'}
TICK, BLANK, BOX = ('<span class="tick"></span>', '<span class="blank"></span>', '<span class="box"></span>')
LEGS = "Symptoms further down the leg than before:"
MOMENTS = ("before", "worst during", "after", "next morning")


def page(
    plan: Json, figures: Mapping[str, str], units: str = "kg", say: Say = str, language: str = "en"
) -> str:  # fmt: skip
    """One HTML page that stands alone: no script, nothing from elsewhere; the same values give the same bytes.

    figures: exercise id → SVG, as `figures.figure` draws it; where one is missing, there is none. units: kg or lb;
    say: turns a sentence into the person's language, language: its code. All text is escaped.
    Raises ValueError for a figure that is none.
    """
    stills = {one["exercise"]: "" for session in plan["sessions"] for one in session["main"]}
    stills |= {exercise: still(figures[exercise]) for exercise in stills if exercise in figures}
    weeks = []
    for heading, sessions, rest_days in words.by_week(plan):
        weeks.append(f'<h2 class="week">{_text(heading, say)}</h2>\n' if heading else "")
        weeks += [_session(session, stills, units, say) for session in sessions]
        weeks.append(_rest_days(rest_days, say))
    return "".join([
        HEAD.format(_text(language), _text(words.title(plan), say)),
        f"<body><main>\n<header>\n<h1>{_text(words.title(plan), say)}</h1>\n",
        f'<p class="under">{_text(words.summary(plan), say)}</p>\n{_list(plan["notes"], "notes", say)}</header>\n',
        _clashes(plan, say),
        *weeks,
        _end(plan, say),
        "</main></body></html>\n",
    ])  # fmt: skip


def _session(session: Json, stills: Mapping[str, str], units: str, say: Say) -> str:
    heading = f"{say(words.day(session['date']))}: {say(words.inert(session['kind']))}"
    pain = "".join(f"<span>{_text(moment, say)} {BOX}</span>" for moment in MOMENTS)
    legs = f"<span>{_text(LEGS, say)} {_text('yes', say)} {TICK} {_text('no', say)} {TICK}</span>"
    return "".join([
        f'<section class="session">\n<h2>{_text(heading)} <span>{_text(words.length(session), say)}</span></h2>\n',
        _around("Warm-up", session["warm_up"], say),
        *(_exercise(one, stills[one["exercise"]], units, say) for one in session["main"]),
        _around("Cool-down", session["cool_down"], say, apart=True),
        f'<div class="pain"><strong>{_text("Pain, 0 to 10:", say)}</strong>{pain}{legs}</div>\n</section>\n',
    ])  # fmt: skip


def _around(label: str, parts: Sequence[Json], say: Say, apart: bool = False) -> str:
    if not parts:
        return ""
    minutes, what = words.around([{**part, "name": say(words.inert(part["name"]))} for part in parts])
    edge = " exercise plain" if apart else ""
    return f'<p class="around{edge}"><span><strong>{_text(label, say)}, {minutes}:</strong> {_text(what)}</span></p>\n'


def _exercise(one: Json, picture: str, units: str, say: Say) -> str:
    """What is asked for, why, and a box to tick for each set with room for what was done."""
    rest, rir, first = words.rest(one), one.get("rir"), words.ramp(one, units)
    asked = [f"rest {rest}" if rest else "", "" if rir is None else f"{rir} in reserve"]
    details = "".join(f", {_text(part, say)}" for part in asked if part)
    return "".join([
        f'<div class="exercise{"" if picture else " plain"}">{picture}<div>\n<h3>{_text(one["name"], say)}</h3>\n',
        f'<p class="asked"><b>{_text(words.work(one, units), say)}</b>{details}</p>\n',
        f'<p class="asked">{_text(f"First {first}", say)}</p>\n' if first else "",
        f'<p class="quiet">{_sentence(say(words.told(one["why"], units)))}</p>\n' if one.get("why") else "",
        f'<ul class="sets">{_set(one, units, say) * one["sets"]}</ul>\n</div></div>\n',
    ])  # fmt: skip


def _set(one: Json, units: str, say: Say) -> str:
    """Room for load and repetitions; for seconds or minutes where it goes by those, the load where one is asked for."""
    held, minutes, load = one.get("hold_s") is not None, one.get("minutes") is not None, one.get("load_kg")
    seconds = "holds" if (one.get("reps") or 1) > 1 else "s"
    unit = seconds if held else "min" if minutes else "reps"
    weight = f"{BLANK}{_text(units)}" if load or unit == "reps" else ""
    return f"<li>{TICK}{weight}{BLANK}{_text(unit, say)}</li>"


def _rest_days(days: Sequence[Json], say: Say) -> str:
    if not days:
        return ""
    rows = "".join(
        f"<dt>{_text(words.day(one['date']), say)}</dt><dd>{_text(words.suggestion(one), say)}</dd>\n" for one in days
    )
    return _section(say(words.other_days(days)), f'<dl class="rests">\n{rows}</dl>\n')


def _clashes(plan: Json, say: Say) -> str:
    if not plan["clashes"]:
        return ""
    heading = "What cannot all hold" if plan["sessions"] else "No week can hold all of this"
    return _section(say(heading), _list(words.ways_out(plan), "ways", say))


def _end(plan: Json, say: Say) -> str:
    told = [text for text in (words.expected(plan), words.proof(plan)) if text]
    rules = words.looked_at(plan)
    table = _rules(rules, say) if rules else ""
    return _section(say("What to expect"), _list(told, "told", say)) + _section(
        say("Rules, and how sure they are"), table
    )


def _rules(rules: Iterable[Json], say: Say) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(rule["text"], say)} ({_text(rule["id"])})</th>'
        f"<td>{_text(rule['value'], say)}; {_text('limit', say)}: {_text(rule['limit'], say)}</td>"
        f"{HELD[bool(rule['held'])].format(_text('yes' if rule['held'] else 'no', say))}"
        f"<td>{_text(rule['grade'], say)}</td><td>{_text(rule['source'], say)}</td></tr>\n"
        for rule in rules
    )
    heads = "".join(f'<th scope="col">{_text(name, say)}</th>' for name in ("Rule", "Here", "Held", "Grade", "Source"))
    return (
        f'<div class="scroll" role="region" aria-label="{_text("Rules", say)}" tabindex="0"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></div>\n"
    )


def _section(heading: str, content: str) -> str:
    return f'<section class="further">\n<h2>{_text(heading)}</h2>\n{content}</section>\n' if content else ""


def _list(lines: Sequence[str], name: str, say: Say) -> str:
    rows = "".join(f"<li>{_text(line, say)}</li>\n" for line in lines)
    return f'<ul class="{name}">\n{rows}</ul>\n' if rows else ""


def _text(text: object, say: Say = str) -> str:
    return escape(say(words.inert(text)))


def _sentence(text: str) -> str:
    return _text(text[:1].upper() + text[1:])

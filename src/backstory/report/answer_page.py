"""The whole answer as one page: words, pictures, checks and what studies say; it loads nothing and runs nothing."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape

from backstory.report.answer_figures import RANGE, band_figure, curve_figure, reach_of_curves, timeline_figure
from backstory.report.answer_style import STYLE
from backstory.report.answer_values import AnswerPage, Band, Check, Effect, Fortnight, LagCurve, Timeline, plain
from backstory.report.drawn import drawing

__all__ = ["AnswerPage", "Band", "Check", "Effect", "Fortnight", "LagCurve", "Timeline", "page"]

MARKS = {True: ("✓", "Passed"), False: ("✗", "Not passed"), None: ("–", "Does not apply")}
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory: {title}</title>'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    f"<style>{STYLE.replace('{', '{{').replace('}', '}}')}</style>\n"
)


def page(values: AnswerPage) -> str:
    """One HTML page that stands alone: no script, nothing from elsewhere; the same values give the same bytes.

    All text is escaped. Sections without content are left out.
    """
    with drawing():
        sections = [
            _section("Before there is an answer", _list(values.chances)),
            _section("What your log shows", _effects(values)),
            _section("Pain and load over time", _timeline(values.timeline)),
            _section("Morning by morning", _curves(values.curves)),
            _section("A lighter or a heavier fortnight", _fortnight(values.fortnight)),
            _section("Checks", _checks(values.checks)),
            _section("What studies of many people say", _evidence(values.evidence)),
        ]
    prose = "".join(f"<p>{_text(line)}</p>\n" for line in values.paragraphs)
    foot = "".join(f"<p>{_text(line)}</p>\n" for line in (*values.footnotes, values.versions) if line)
    return "".join([
        HEAD.format(title=_text(values.title)),
        f'<body><main>\n<h1>{_text(values.title)}</h1>\n<p class="sentence">{_text(values.sentence)}</p>\n',
        f'<div class="prose">\n{prose}</div>\n' if prose else "",
        *sections,
        f"<footer>\n{foot}</footer>\n" if foot else "",
        "</main></body></html>\n",
    ])  # fmt: skip


def _section(heading: str, content: str) -> str:
    return f"<section>\n<h2>{heading}</h2>\n{content}</section>\n" if content else ""


def _effects(values: AnswerPage) -> str:
    if not values.effects:
        return ""
    return band_figure(
        values.effects,
        "effects",
        "What is followed by more pain or less",
        [values.effects_note, RANGE.format("The dot")],
    )


def _timeline(timeline: Timeline | None) -> str:
    return timeline_figure(timeline) if timeline and timeline.days else ""


def _curves(curves: Sequence[LagCurve]) -> str:
    if not curves:
        return ""
    reach = reach_of_curves(curves)
    panels = "".join(curve_figure(curve, f"curve-{n}", reach) for n, curve in enumerate(curves))
    return f'<div class="panels">{panels}</div>\n<p class="quiet">{RANGE.format("The line")}</p>\n'


def _fortnight(fortnight: Fortnight | None) -> str:
    if not fortnight:
        return ""
    text = f"<p>{_text(fortnight.text)}</p>\n"
    rows = [(*row, "") for row in fortnight.rows]
    words = ["Pain points a morning, on average over the fortnight.", RANGE.format("The dot")]
    return text + (band_figure(rows, "fortnight", "Pain in a lighter or heavier fortnight", words) if rows else "")


def _checks(checks: Sequence[Check]) -> str:
    """Passed or not in words, with a sign beside them."""
    rows = [
        f'<li><span class="mark" aria-hidden="true">{MARKS[passed][0]}</span><strong>{_text(name)}.</strong> '
        f"{MARKS[passed][1]}. {_text(text)}</li>\n"
        for name, passed, text in checks
    ]
    return f'<ul class="list">\n{"".join(rows)}</ul>\n' if rows else ""


def _evidence(evidence: Sequence[str]) -> str:
    if not evidence:
        return ""
    return f'<p class="quiet">This is about other people, and no part of your own result.</p>\n{_list(evidence)}'


def _list(lines: Sequence[str]) -> str:
    rows = "".join(f"<li>{_text(line)}</li>\n" for line in lines)
    return f'<ul class="list">\n{rows}</ul>\n' if rows else ""


def _text(text: str) -> str:
    return escape(plain(text))

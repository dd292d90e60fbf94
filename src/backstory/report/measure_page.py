"""A measure over time as one page: words, the chart, and a table behind it; it loads nothing and runs nothing."""

from html import escape
from math import isnan

from backstory.report.answer_page import HEAD
from backstory.report.answer_values import plain, shown
from backstory.report.measure_chart import BAND, NARROW, WIDE, inside
from backstory.report.measure_values import MeasureChart, number

GAPS = "No dot: nothing is known of that week, which is not the same as none."


def page(chart: MeasureChart) -> str:
    """One HTML page that stands alone; the same values give the same bytes. All text is escaped."""
    first, *rest = chart.sentences or ("One value so far; a change takes two.",)
    title = _text(chart.name)
    prose = "".join(f"<p>{_text(line)}</p>\n" for line in rest)
    foot = "".join(f"<p>{_text(line)}</p>\n" for line in chart.notes)
    return "".join([
        HEAD.format(title=title),
        f'<body><main>\n<h1>{title}</h1>\n<p class="sentence">{_text(first)}</p>\n',
        f'<div class="prose">\n{prose}</div>\n' if prose else "",
        _figure(chart),
        f"<footer>\n{foot}</footer>\n" if foot else "",
        "</main></body></html>\n",
    ])  # fmt: skip


def _figure(chart: MeasureChart) -> str:
    pictures = "".join(inside(chart, width, kind) for width, kind in ((WIDE, "wide"), (NARROW, "narrow")))
    words = [BAND if chart.band else "", GAPS if len(chart.known) < len(chart.values) else ""]
    caption = "".join(f"<p>{line}</p>" for line in words if line)
    return (
        f"<figure>{pictures}<figcaption>{caption}</figcaption>"
        "<details><summary>The same in numbers</summary>"
        f'<div class="scroll" role="region" aria-label="{_text(chart.name)}: numbers" tabindex="0">'
        f"{_table(chart)}</div></details></figure>\n"
    )


def _table(chart: MeasureChart) -> str:
    head = ("Week of", "Mean") if chart.weekly else ("Day", "Value")
    unit = f" [{chart.unit}]" if chart.unit else ""
    rows = "".join(
        f'<tr><th scope="row">{shown(day)}</th><td>{"not known" if isnan(value) else number(value)}</td></tr>\n'
        for day, value in zip(chart.days, chart.values, strict=True)
    )
    top = f'<th scope="col">{head[0]}</th><th scope="col">{head[1]}{_text(unit)}</th>'
    return f'<table class="days"><thead><tr>{top}</tr></thead><tbody>\n{rows}</tbody></table>'


def _text(text: str) -> str:
    return escape(plain(text))

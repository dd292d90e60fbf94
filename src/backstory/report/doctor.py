"""The page for a doctor or trainer: the same content as PDF (typst) or as HTML; it loads nothing, runs nothing."""

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from math import isnan
from pathlib import Path, PurePath

from backstory.errors import InputError
from backstory.report.answer_values import plain, shown
from backstory.report.doctor_chart import chart, described
from backstory.report.doctor_style import NOTES, print_points, style
from backstory.report.doctor_values import PAPERS, WEEK, DoctorPage, Section
from backstory.report.keeping import write_page

TEMPLATE = Path(__file__).parent / "doctor.typ"
TYPST_PAPERS = {"a4": "a4", "letter": "us-letter"}
KINDS = (".pdf", ".html")
A_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def check_target(path: PurePath, paper: str) -> None:
    """Raise InputError for a file or paper that cannot be."""
    if path.suffix.lower() not in KINDS:
        raise InputError(f"A report is a PDF or a web page: call it {path.stem or 'report'}.pdf or .html.")
    if paper not in PAPERS:
        raise InputError(f"--paper takes {' or '.join(PAPERS)}, not {paper!r}.")


def write_doctor_page(page: DoctorPage, path: Path, paper: str = "a4") -> int | None:
    """Write it whole, readable by its owner alone; by its ending as PDF or HTML. Raises InputError.

    The number of pages of a PDF; None for HTML, which whoever prints it lays out.
    """
    check_target(path, paper)
    if path.suffix.lower() == ".html":
        write_page(path, as_html(page, paper))
        return None
    content = as_pdf(page, paper)
    write_page(path, content)
    return pages(content)


def as_pdf(page: DoctorPage, paper: str = "a4") -> bytes:
    """The same page gives the same bytes, on every machine: typst's own fonts, the page's own date."""
    import typst

    made = datetime(page.made_on.year, page.made_on.month, page.made_on.day, tzinfo=UTC)
    return typst.compile(
        TEMPLATE, format="pdf", ignore_system_fonts=True, sys_inputs=inputs(page, paper), timestamp=made
    )


def inputs(page: DoctorPage, paper: str) -> dict[str, str]:
    """What the template reads: text as JSON, which it never takes for markup, and the chart."""
    values = {
        "paper": TYPST_PAPERS[paper],
        "title": f"Backstory: {plain(page.title)}",
        "heading": plain(page.title),
        "subtitle": subtitle(page),
        "date": [page.made_on.year, page.made_on.month, page.made_on.day],
        "chart": described(page),
        "captions": _plain(page.captions),
        "sections": [
            {"heading": plain(part.heading), "lines": _plain(part.lines), "urgent": part.urgent}
            for part in page.sections
        ],
        "footer": _plain(page.footer),
    }
    return {"data": json.dumps(values, ensure_ascii=False), "chart": chart(page)}


def pages(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(A_PAGE.findall(pdf))


def subtitle(page: DoctorPage) -> str:
    """The days that the page covers."""
    return f"{len(page.weeks)} weeks, {shown(page.first)} to {shown(page.last)}; from the person's own log"


def as_html(page: DoctorPage, paper: str = "a4") -> str:
    """One HTML page that stands alone and prints on one sheet; the same page gives the same bytes. Text is escaped."""
    looks = style(paper, print_points(page, paper))
    digest = b64encode(sha256(looks.encode()).digest()).decode()
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"
    captions = " ".join(_text(line) for line in page.captions)
    return "".join([
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory: {_text(page.title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{looks}</style>\n<body><main>\n",
        f"<header><div><h1>{_text(page.title)}</h1>\n<p>{_text(subtitle(page))}</p></div>\n",
        '<div class="blank"><p>Name <span></span></p><p>Born <span></span></p></div></header>\n',
        f"<figure>{chart(page)}<figcaption>{captions}</figcaption></figure>\n{_weeks(page)}",
        *(_section(part) for part in page.sections),
        f'<section class="notes"><h2>Notes</h2><div class="lines">{"<div></div>" * NOTES}</div></section>\n',
        f"<footer>{''.join(f'<p>{_text(line)}</p>' for line in page.footer)}</footer>\n",
        "</main></body></html>\n",
    ])  # fmt: skip


def _section(part: Section) -> str:
    lines = "".join(
        f"<p><strong>{_text(line)}</strong></p>" if part.urgent and not n else f"<p>{_text(line)}</p>"
        for n, line in enumerate(part.lines)
    )
    return f"<section><h2>{_text(part.heading)}</h2><div>{lines}</div></section>\n"


def _weeks(page: DoctorPage) -> str:
    """The chart's numbers as a table, on the screen alone."""
    rows = []
    for n, week in enumerate(page.weeks):
        scores = [score for score in page.pain[WEEK * n : WEEK * (n + 1)] if not isnan(score)]
        pain = f"{sum(scores) / len(scores):.1f}" if scores else "–"
        load = f"{week.load:,.0f}" if week.days_known else "–"
        day = shown(page.first + timedelta(days=WEEK * n))
        cells = "".join(f"<td>{cell}</td>" for cell in (pain, len(scores), load, week.days_known))
        rows.append(f"<tr><th>{day}</th>{cells}</tr>")
    head = "".join(
        f"<th>{_text(words)}</th>"
        for words in ("Week from", "Mean pain", "Mornings scored", page.load_label, "Days known")
    )
    return (
        "<details><summary>The chart as a table</summary>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></details>\n"
    )


def _plain(lines: Sequence[str]) -> list[str]:
    return [plain(line) for line in lines]


def _text(text: str) -> str:
    return escape(plain(text))

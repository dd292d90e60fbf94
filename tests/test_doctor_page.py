"""The page for a doctor or trainer: one page, names that stay names, nothing cut silently."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import isnan, nan
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.errors import InputError
from backstory.report.answer_values import plain
from backstory.report.doctor import as_html, as_pdf, inputs, pages, write_doctor_page
from backstory.report.doctor_chart import chart, described, tick_step
from backstory.report.doctor_style import PRINTS, print_points
from backstory.report.doctor_values import PAPERS, DoctorPage, Section, Week, few, shortened
from test_answer_page import read

FIRST = date(2026, 8, 29)
SCORES = [nan if n % 5 == 4 or 20 <= n < 30 else float(n % 7) for n in range(84)]
WEEKS = [Week(12.5, 7), Week(0.0, 0), Week(3.0, 2), Week(0.0, 7), *[Week(4.0 + n, 7 if n % 2 else 5) for n in range(8)]]
SMALL = DoctorPage(
    "Back pain and training", date(2026, 11, 20), FIRST, SCORES, WEEKS, "Load, a week [kNm·reps]", ("How to read it.",),
    (Section("Signs noted", ("See a doctor.", "A sign."), urgent=True), Section("Pain", ("Mean 3.",))), ("Footer.",),
)  # fmt: skip
HUGE = replace(
    SMALL,
    sections=[
        Section(f"Section {n}", tuple("W" * 40 + " long words of a line " * 10 for _ in range(3))) for n in range(9)
    ],
)
NASTY = (
    '#panic() $x^2$ *bold* _it_ [a] <script>alert("1")</script> \\ @ref `code` // no /* */ = H \x00\ud800 {sys} 漢字 💪'
)


def text_of(page: DoctorPage) -> str:
    """What stands in the PDF's own elements, as typst sees them."""
    from backstory.report.doctor import TEMPLATE

    found = typst.query(TEMPLATE, "par", ignore_system_fonts=True, sys_inputs=inputs(page, "a4"))
    return " ".join(_strings(json.loads(found)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("page", [SMALL, HUGE, replace(SMALL, sections=())], ids=["small", "huge", "bare"])
def test_a_pdf_has_one_page(page: DoctorPage, paper: str) -> None:
    content = as_pdf(page, paper)
    assert content.startswith(b"%PDF-")
    assert pages(content) == 1


def test_pages_are_counted_and_not_assumed() -> None:
    three = typst.compile(b"one #pagebreak() two #pagebreak() three", format="pdf", ignore_system_fonts=True)
    assert pages(three) == 3


def test_the_same_page_gives_the_same_bytes_and_another_day_others() -> None:
    assert as_pdf(SMALL) == as_pdf(SMALL)
    assert as_html(SMALL) == as_html(SMALL)
    assert as_pdf(SMALL) != as_pdf(replace(SMALL, made_on=date(2026, 11, 21)))
    assert b"CreationDate(D:20261120" in as_pdf(SMALL)


def test_only_fonts_that_come_with_typst_are_in_it() -> None:
    names = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", as_pdf(SMALL)))
    assert names and all(name.startswith((b"Libertinus", b"NewCM", b"DejaVu")) for name in names)


def test_names_are_never_read_as_markup() -> None:
    page = replace(
        SMALL, title=NASTY, load_label=NASTY, captions=(NASTY,), footer=(NASTY,), sections=(Section(NASTY, (NASTY,)),)
    )
    assert pages(as_pdf(page)) == 1
    assert plain(NASTY) in text_of(page)
    reader = read(as_html(page))
    assert "script" not in reader.tags and not [name for name, _ in reader.attributes if name.startswith("on")]
    assert " ".join(reader.texts).count(plain(NASTY)) >= 5


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_words_can_stand_on_it(words: str) -> None:
    page = replace(SMALL, sections=(Section("Pain", (words, words)),), load_label=words)
    assert pages(as_pdf(page)) == 1
    ElementTree.fromstring(chart(page))


def test_html_holds_what_the_pdf_holds() -> None:
    told = " ".join(read(as_html(SMALL)).texts)
    values = json.loads(inputs(SMALL, "a4")["data"])
    for line in [values["subtitle"], *values["captions"], *values["footer"]]:
        assert line in told
    for part in values["sections"]:
        assert part["heading"] in told and all(line in told for line in part["lines"])


def test_html_stands_alone_and_its_policy_allows_its_own_style_only() -> None:
    from base64 import b64encode
    from hashlib import sha256

    text = as_html(SMALL)
    reader = read(text)
    assert not {"script", "link", "img", "iframe", "object", "a", "form", "image"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name in ("style", "src", "href")]
    assert re.findall(r"\w+://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'" in [
        value for _, value in reader.attributes
    ]


def test_what_is_urgent_is_in_bold() -> None:
    assert "<strong>See a doctor.</strong>" in as_html(SMALL)
    assert as_html(SMALL).count("<strong>") == 1


def test_more_words_are_printed_smaller_and_never_larger() -> None:
    growing = [
        replace(SMALL, sections=[Section("S", ("some words of a line " * 10,) * n)]) for n in (1, 10, 20, 40, 80, 400)
    ]
    for paper in PAPERS:
        sizes = [print_points(page, paper) for page in growing]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[0] == PRINTS[0] and sizes[-1] == PRINTS[-1]
        assert f"font-size:{sizes[2]:g}pt" in as_html(growing[2], paper)


def test_the_chart_shows_each_score_and_each_known_week() -> None:
    root = ElementTree.fromstring(chart(SMALL))
    tag = "{http://www.w3.org/2000/svg}"
    assert len(list(root.iter(f"{tag}circle"))) == sum(not isnan(score) for score in SCORES)
    boxes = [box for box in root.iter(f"{tag}rect") if box.attrib["fill"] != "url(#unknown)"]
    assert len(boxes) == sum(week.load > 0 for week in WEEKS)
    dashed = [box for box in boxes if "stroke-dasharray" in box.attrib]
    assert len(dashed) == sum(week.load > 0 and week.days_known < 7 for week in WEEKS)
    heights = [float(box.attrib["height"]) for box in boxes]
    loads = [week.load for week in WEEKS if week.load > 0]
    assert heights == pytest.approx([load * heights[0] / loads[0] for load in loads], abs=0.1)


def test_the_chart_is_black_and_white() -> None:
    paints = re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', chart(SMALL))
    assert paints and all(len(set(paint[1:])) == 1 for paint in paints)


def test_nothing_known_is_said_and_not_drawn_as_none() -> None:
    nothing = replace(SMALL, pain=[nan] * 84, weeks=[Week(0.0, 0)] * 12)
    for words in ("No morning of these weeks has a score.", "No training of these weeks is known."):
        assert words in chart(nothing) and words not in chart(SMALL)
    assert described(nothing).count("not known") == 12
    assert described(SMALL).startswith("Pain by day: 60 of 84 mornings scored, from 0 to 6 of 10.")
    assert "12, not known, at least 3, 0" in described(SMALL)


@given(st.floats(1e-3, 1e9))
def test_three_ticks_reach_the_highest_bar_without_much_room_to_spare(most: float) -> None:
    assert most <= 3 * tick_step(most) * (1 + 1e-9) <= 2.51 * most * (1 + 1e-9)


def test_a_list_is_cut_with_the_number_that_is_left_out() -> None:
    assert few(list("abcdefghi"), 2) == "a, b and 7 more"
    assert few(list("abc"), 3) == "a, b, c"


@given(st.text(max_size=200))
def test_a_name_is_cut_where_it_is_seen_to_be(name: str) -> None:
    cut = shortened(name, 20)
    assert len(cut) <= 20
    assert cut == plain(name) or cut.endswith("…")


def test_days_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="same days"):
        replace(SMALL, pain=SCORES[:80])
    with pytest.raises(ValueError, match="finite"):
        replace(SMALL, pain=[float("inf"), *SCORES[1:]])
    assert SMALL.last == FIRST + timedelta(days=83)


def test_a_file_is_private_and_replaced_only_by_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.pdf"
    assert write_doctor_page(SMALL, path) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="broken"), monkeypatch.context() as broken:
        broken.setattr(typst, "compile", _fails)
        write_doctor_page(replace(SMALL, title="Another"), path)
    assert path.read_bytes() == before
    assert write_doctor_page(replace(SMALL, made_on=date(2026, 11, 21)), path, "letter") == 1
    assert path.read_bytes() != before and list(tmp_path.iterdir()) == [path]


def _fails(*_: object, **__: object) -> bytes:
    raise RuntimeError("broken")


@pytest.mark.parametrize("name", ["thesis.pdf", "mine.html"])
def test_a_file_of_somebody_elses_is_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    theirs = typst.compile(
        b"a thesis", format="pdf", ignore_system_fonts=True, timestamp=datetime(2026, 1, 1, tzinfo=UTC)
    )
    path.write_bytes(theirs)
    with pytest.raises(InputError, match="is there already"):
        write_doctor_page(SMALL, path)
    assert path.read_bytes() == theirs


@pytest.mark.parametrize(("name", "paper"), [("x.txt", "a4"), ("x", "a4"), ("x.pdf", "a5")])
def test_other_endings_and_papers_are_refused(tmp_path: Path, name: str, paper: str) -> None:
    with pytest.raises(InputError, match=r"A report is a PDF|--paper takes"):
        write_doctor_page(SMALL, tmp_path / name, paper)
    assert not list(tmp_path.iterdir())

"""The page of an answer stands alone, says what it was given, and no more."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from math import isnan, nan
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from backstory.report.answer_calendar import calendar
from backstory.report.answer_figures import reach_of_curves
from backstory.report.answer_page import AnswerPage, Fortnight, LagCurve, Timeline, page
from backstory.report.answer_plots import draw_bands, draw_curve, draw_load, draw_pain
from backstory.report.answer_values import plain, points
from backstory.report.drawn import NAMES, drawing

FIRST = date(2026, 1, 3)
VOID = {"meta"}
NEVER = ("damage", "safe", "diagnosis", "risk", "dose", "exposure", "you are clear")
HINGING = LagCurve(
    "Hinging", (0.32, 0.28, 0.2, 0.1, 0.05, 0.02, 0.0), (0.1, 0.12, 0.05, -0.03, -0.06, -0.08, -0.1),
    (0.55, 0.45, 0.36, 0.25, 0.17, 0.12, 0.11), "a day like 14 March 2026",
)  # fmt: skip
EFFECTS = (
    ("Hinging", 0.91, 0.42, 1.43, "followed by more pain"),
    ("Walking", -0.5, -0.95, -0.08, "followed by less pain"),
    ("Sitting", nan, nan, nan, "not enough data"),
)


def line_of(days: int, seed: int = 1) -> Timeline:
    """Training every other day and a score on most mornings; one stretch without either."""
    random = np.random.default_rng(seed)
    pain = np.where(random.random(days) < 0.8, random.integers(0, 8, days), nan)
    load = np.where(np.arange(days) % 2 == 0, random.uniform(5, 40, days).round(1), 0.0)
    pain[days // 3 : days // 3 + 10] = nan
    load[days // 2 : days // 2 + 5] = nan
    return Timeline(
        [FIRST + timedelta(n) for n in range(days)], pain.tolist(), load.tolist(), "load on the low back", "A unit."
    )


FULL = AnswerPage(
    "What your log says",
    "Hinging is followed by more pain.",
    paragraphs=("On each of three mornings it was 0.3 points more.",),
    timeline=line_of(90),
    curves=(HINGING, replace(HINGING, label="Squatting")),
    fortnight=Fortnight("Against a usual fortnight.", (("Half of it", -0.21, -0.36, -0.07),)),
    effects=EFFECTS,
    effects_note="Points over seven mornings.",
    checks=(("first", True, "It held."), ("second", False, "It did not."), ("third", None, "Nothing to look at.")),
    evidence=("Studies say little. (Weak.)",),
    chances=("A large effect by day 90: 4 in 5.",),
    footnotes=("It cannot know what nobody recorded.",),
    versions="Program 1",
)


class Reader(HTMLParser):
    """Whether every element closes, and what the tables, attributes and text hold."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)
        if self.open and self.open[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def pictures(text: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(found) for found in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]


def corners(patch: Patch) -> np.ndarray:
    return np.asarray(patch.get_path().vertices)


def number(cell: str) -> float:
    return float(cell.replace("−", "-").replace(",", ""))


@pytest.fixture(scope="module")
def full() -> str:
    return page(FULL)


def test_everything_closes_and_every_picture_is_svg(full: str) -> None:
    reader = read(full)
    assert reader.tags.count("h1") == 1 and reader.tags.count("main") == 1
    found = pictures(full)
    assert len(found) == 2 + 2 + 2 + 2  # effects, time line and fortnight, each wide and narrow; two curves
    assert all(picture.attrib["role"] == "img" and picture.attrib["aria-label"] for picture in found)
    assert reader.tags.count("figure") == reader.tags.count("figcaption") == reader.tags.count("details") == 5


def test_a_page_is_one_that_may_be_written_over_another(full: str) -> None:
    assert full.startswith('<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory')


def test_nothing_runs_and_nothing_comes_from_elsewhere(full: str) -> None:
    reader = read(full)
    assert not {"script", "link", "img", "iframe", "object", "a", "form", "foreignobject", "image"} & set(reader.tags)
    names = [name for name, _ in reader.attributes]
    assert not [name for name in names if name.startswith("on") or name in ("style", "src", "href", "xlink:href")]
    assert "://" not in full and "@import" not in full
    assert all(link.startswith("#") for link in re.findall(r"url\(([^)]*)\)", full))


def test_its_own_policy_allows_its_own_style_and_nothing_else(full: str) -> None:
    from base64 import b64encode
    from hashlib import sha256

    (style,) = re.findall(r"<style>(.*?)</style>", full, re.DOTALL)
    (policy,) = (value for name, value in read(full).attributes if value.startswith("default-src"))
    assert policy.startswith("default-src 'none'")
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


def test_pictures_use_the_colours_of_the_page_alone(full: str) -> None:
    style, paints = full[: full.index("</style>")], set()
    for picture in pictures(full):
        for element in picture.iter():
            paints |= {element.attrib[name] for name in ("fill", "stroke") if name in element.attrib}
    assert {paint for paint in paints if not paint.startswith("url(#")} <= {
        "none", *(f"var(--{name})" for name in NAMES.values()),
    }  # fmt: skip
    for name in NAMES.values():
        assert style.count(f"--{name}:") == 3, "light, dark and print"


def test_names_inside_pictures_are_each_used_once(full: str) -> None:
    names = re.findall(r' id="([^"]*)"', full)
    assert len(names) == len(set(names)) > 0
    assert set(re.findall(r"url\(#([^)]*)\)", full)) <= set(names)


def test_words_that_people_never_read_are_absent(full: str) -> None:
    said = " ".join([*read(full).texts, *(value for _, value in read(full).attributes)]).lower()
    for word in NEVER:
        assert not re.search(rf"\b{word}", said.replace("'unsafe", "")), word


def test_the_same_values_give_the_same_bytes(full: str) -> None:
    assert page(FULL) == full
    elsewhere = (
        "import hashlib, sys; sys.path.insert(0, 'tests'); import test_answer_page as t; "
        "print(hashlib.sha256(t.page(t.FULL).encode()).hexdigest())"
    )
    from hashlib import sha256
    from pathlib import Path

    root = Path(__file__).parents[1]
    out = subprocess.run([sys.executable, "-c", elsewhere], capture_output=True, text=True, check=True, cwd=root).stdout
    assert out.split() == [sha256(full.encode()).hexdigest()]


NASTY = '<script>alert("1")</script> & $x^2$ \x00\x0b\ud800 \'"> 漢字 עברית 💪 ' + "long " * 40


def test_no_text_breaks_out() -> None:
    curve = replace(HINGING, label=NASTY, example=NASTY)
    nasty = AnswerPage(
        NASTY, NASTY, (NASTY,), replace(line_of(60), load_label=NASTY, unit_note=NASTY), (curve,),
        Fortnight(NASTY, ((NASTY, 0.1, 0.0, 0.2),)), ((NASTY, 0.1, 0.0, 0.2, NASTY),), NASTY, ((NASTY, True, NASTY),),
        (NASTY,), (NASTY,), (NASTY,), NASTY,
    )  # fmt: skip
    text = page(nasty)
    reader = read(text)
    assert "script" not in reader.tags and not [n for n, _ in reader.attributes if n.startswith("on")]
    assert len(pictures(text)) == 7
    assert text.encode() and not re.search("[\x00-\x08\x0b-\x1f]", text)
    labels = [element.text or "" for picture in pictures(text) for element in picture.iter("text")]
    assert sum("$x^2$" in label for label in labels) == 8  # two names, a verdict and an axis, each wide and narrow
    assert reader.tables[0][1][0] == plain(NASTY), "the whole name stands in the table"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_come_out_as_they_went_in(title: str, sentence: str) -> None:
    text = page(AnswerPage(title, sentence))
    reader = read(text)
    assert reader.tags == ["html", "meta", "title", "meta", "meta", "style", "body", "main", "h1", "p"]
    assert plain(" ".join(reader.texts)) == plain(f"Backstory: {title} {plain(title)} {sentence}")


def test_what_is_empty_is_left_out() -> None:
    text = page(AnswerPage("Title", "There is no answer yet.", chances=("A large effect by day 90: 4 in 5.",)))
    assert re.findall("<h2>(.*?)</h2>", text) == ["Before there is an answer"]
    assert "<svg" not in text and "<footer" not in text
    nothing = AnswerPage("Title", "None.", timeline=Timeline([], [], [], "load", ""), fortnight=Fortnight("Same.", ()))
    assert "<svg" not in page(nothing) and "Same." in page(nothing)


def test_checks_say_in_words_how_they_went(full: str) -> None:
    said = plain(" ".join(read(full).texts))
    for words in ("first. Passed. It held.", "second. Not passed. It did not.", "third. Does not apply. Nothing"):
        assert words in said


def test_the_table_behind_each_chart_holds_what_was_given(full: str) -> None:
    effects, days, hinging, squatting, fortnight = read(full).tables
    for row, (name, *values, words) in zip(effects[1:], EFFECTS, strict=True):
        assert row[0] == name and row[4] == words
        assert row[1:4] == [points(float(value)) for value in values]
    assert effects[1][1:4] == ["+0.91", "+0.42", "+1.43"] and effects[3][1:4] == ["–"] * 3
    assert hinging[1:] == squatting[1:]
    np.testing.assert_allclose([[number(c) for c in row[1:]] for row in hinging[1:]], _columns(HINGING))
    assert fortnight[1] == ["Half of it", "−0.21", "−0.36", "−0.07"]
    timeline = FULL.timeline
    assert timeline and len(days) == 1 + len(timeline.days)
    for row, pain, load in zip(days[1:], timeline.pain, timeline.load, strict=True):
        assert row[1] == "not scored" if isnan(pain) else number(row[1]) == pain
        assert row[3] == "not known" if isnan(load) else number(row[3]) == pytest.approx(load, rel=0.005)
    assert days[1][0] == "3 Jan 2026"


def _columns(curve: LagCurve) -> list[tuple[float, float, float]]:
    return list(zip(curve.points, curve.lo90, curve.hi90, strict=True))


def test_dots_and_bars_stand_where_the_numbers_are() -> None:
    known = calendar(line_of(60))
    above, below = Figure().subplots(2)
    start = known.days[0].toordinal()
    dots = corners(draw_pain(above, known).patches[-1])[::2]
    assert [tuple(place) for place in dots] == [(start + n, p) for n, p in enumerate(known.pain) if not isnan(p)]
    bars = corners(draw_load(below, known).patches[-1]).reshape(-1, 5, 2)
    trained = [(start + n, load) for n, load in enumerate(known.load) if load > 0]
    np.testing.assert_allclose(bars[:, 1, 1], [load for _, load in trained])
    np.testing.assert_allclose(bars[:, :4, 0].mean(axis=1), [day for day, _ in trained])
    (hatched,) = [patch for patch in below.patches if patch.get_hatch()]
    spans = corners(hatched).reshape(-1, 5, 2)
    assert spans[:, [0, 2], 0].tolist() == [[start + 29.5, start + 34.5]]


def test_curves_and_bands_are_drawn_as_given() -> None:
    axes = Figure().subplots()
    assert draw_curve(axes, HINGING, reach_of_curves([HINGING])) is axes
    line = axes.lines[-1]
    assert np.asarray(line.get_ydata()).tolist() == list(HINGING.points)
    assert np.asarray(line.get_xdata()).tolist() == list(range(1, 8))
    band = corners(axes.patches[0])
    assert band[:7, 1].tolist() == list(HINGING.lo90) and band[7:14, 1].tolist() == list(HINGING.hi90)[::-1]
    low, high = axes.get_ylim()
    assert low < min(HINGING.lo90) and high > max(HINGING.hi90)
    for narrow in (False, True):
        axes = draw_bands(Figure().subplots(), EFFECTS, narrow=narrow)
        drawn = [np.asarray(line.get_xdata()).tolist() for line in axes.lines]
        assert [0.42, 1.43] in drawn and [-0.95, -0.08] in drawn
        assert [corners(patch)[0].tolist() for patch in axes.patches] == [[0.91, 0], [-0.5, -1]]
        words = {text.get_text() for text in axes.texts}
        assert {"← less pain", "more pain →", "followed by less pain", "Sitting", "not enough data"} <= words


@pytest.mark.parametrize("days", [1, 2, 29, 400, 401, 4018])
def test_every_length_of_time_line_can_be_shown(days: int) -> None:
    timeline = line_of(days)
    text = page(AnswerPage("T", "S", timeline=timeline))
    (table,) = read(text).tables
    assert len(table) == 1 + days and len(pictures(text)) == 2
    assert len(text) < 400 * days + 20_000
    weekly = days > 400
    assert ("week by week" in text) is weekly and (table[0][-1] == "Over the week") is weekly
    if weekly:
        week = [n for n, row in enumerate(table[1:]) if len(row) == 5][10]
        assert timeline.days[week].weekday() == 0
        known = [load for load in timeline.load[week : week + 7] if not isnan(load)]
        assert number(table[1 + week][4]) == pytest.approx(sum(known) / len(known), rel=0.005)


def test_nothing_scored_and_nothing_known_can_be_shown_and_are_not_zero() -> None:
    for pain, load in ((nan, 1.0), (2.0, nan), (nan, nan), (0.0, 0.0)):
        timeline = Timeline([FIRST + timedelta(n) for n in range(40)], [pain] * 40, [load] * 40, "load", "")
        text = page(AnswerPage("T", "S", timeline=timeline))
        assert text.count("<pattern ") == (isnan(pain) or isnan(load)) * 2
        (table,) = read(text).tables
        assert {row[1] for row in table[1:]} == {"not scored" if isnan(pain) else f"{pain:g}"}
        assert {row[3] for row in table[1:]} == {"not known" if isnan(load) else f"{load:g}"}


def test_what_could_not_be_computed_is_drawn_as_nothing() -> None:
    none = (nan,) * 7
    half = replace(HINGING, points=(0.1, nan, 0.2, 0.2, nan, nan, 0.1), lo90=(0.0, nan, *[0.1] * 5))
    text = page(AnswerPage("T", "S", curves=(LagCurve("A", none, none, none, "any day"), half)))
    assert read(text).tables[0][1] == ["1", "–", "–", "–"]
    assert not re.search("nan|inf", text.lower())
    unknown = page(AnswerPage("T", "S", effects=(("Sleep", nan, nan, nan, "not enough data"),)))
    assert "not enough data" in unknown and not re.search("nan|inf", unknown.lower())


@pytest.mark.parametrize(
    ("days", "pain", "load"),
    [
        ([FIRST], [1.0, 2.0], [1.0]),
        ([FIRST, FIRST], [1.0, 1.0], [1.0, 1.0]),
        ([FIRST], [1.0], [float("inf")]),
    ],
)
def test_days_that_cannot_be_are_refused(days: list[date], pain: list[float], load: list[float]) -> None:
    with pytest.raises(ValueError, match=r"length|ascend|finite"):
        Timeline(days, pain, load, "load", "")
    with pytest.raises(ValueError, match="7 mornings"):
        replace(HINGING, points=(0.1,))


def test_a_persons_own_settings_change_nothing(full: str) -> None:
    import matplotlib

    with matplotlib.rc_context({"svg.fonttype": "path", "axes.grid": True, "font.size": 30, "path.simplify": True}):
        assert page(FULL) == full
        with drawing():
            pass
        assert matplotlib.rcParams["svg.fonttype"] == "path"


def test_matplotlib_comes_only_with_a_picture() -> None:
    code = (
        "import sys, backstory.report, backstory.report.answer_page as answer\n"
        "from backstory.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as left:\n    assert not left.code\n"
        "print('matplotlib' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "False"

"""Charts of a measure over time: in a terminal, as a page, alone as SVG."""

import re
from datetime import date, timedelta
from itertools import pairwise
from math import isnan, nan
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.report.measure_chart import alone, inside
from backstory.report.measure_page import page
from backstory.report.measure_values import MeasureChart, number, scale_marks
from backstory.report.terminal_chart import lines

START = date(2026, 1, 5)
scores = st.integers(0, 100).map(lambda tenths: tenths / 10)


def chart(*values: float, **more: object) -> MeasureChart:
    days = [START + timedelta(days=30 * n) for n in range(len(values))]
    given_values: dict[str, object] = {
        "name": "PEG", "scale": "0 to 10, lower is better", "unit": "", "range": (0, 10), "days": days,
        "values": values, "band": (values[0] - 1, values[0] + 1), **more,
    }  # fmt: skip
    return MeasureChart(**given_values)  # type: ignore[arg-type]


def test_a_terminals_dots_stand_at_their_values_and_days() -> None:
    drawn = lines(chart(6, 4, 3), 80)
    assert max(map(len, drawn)) <= 80 and len(drawn) == 13
    rows = {int(line.split("│")[0]): line.split("│")[1] for line in drawn[:11]}
    assert [value for value, row in rows.items() if "●" in row] == [6, 4, 3]
    assert rows[6].index("●") == 0 and len(rows[3]) == rows[3].index("●") + 1 == 75
    assert rows[4].index("●") == 37
    assert drawn[-1].split() == ["2026-01-05", "2026-03-06"]


def test_the_band_shows_what_is_nearer_than_people_notice_and_not_its_ends() -> None:
    rows = {int(line.split("│")[0]): line for line in lines(chart(6, 4, band=(4, 8)))[:11]}
    assert [value for value, row in rows.items() if "░" in row] == [7, 6, 5]
    assert not any("░" in line for line in lines(chart(6, 4, band=None)))
    near_the_end = {int(line.split("│")[0]): line for line in lines(chart(1, 4, band=(-1, 3)))[:11]}
    assert [value for value, row in near_the_end.items() if "░" in row] == [2, 1, 0]


@given(st.lists(scores, min_size=1, max_size=200), st.integers(40, 120))
def test_a_terminals_chart_never_grows_beyond_its_width(values: list[float], width: int) -> None:
    drawn = lines(chart(*values), width)
    assert max(map(len, drawn)) <= width
    assert 1 <= sum(line.count("●") for line in drawn) <= len(values)


@given(
    st.lists(st.floats(0, 14_400, allow_subnormal=False), min_size=1, max_size=20),
    st.sampled_from([("s", (0.0, 14_400.0)), ("h", (0.0, 14_400.0))]),
    st.sampled_from([5, 12]),
)
def test_a_scale_holds_every_value_in_few_round_steps(
    values: list[float], scale: tuple[str, tuple[float, float]], most: int
) -> None:
    marks = scale_marks(chart(*values, unit=scale[0], range=scale[1], band=None), most)
    steps = {round(later - earlier, 6) for earlier, later in pairwise(marks)}
    assert marks[0] <= min(values) and max(values) <= marks[-1] and 2 <= len(marks) <= most + 1 and len(steps) == 1


def test_a_short_scale_is_shown_from_end_to_end() -> None:
    assert scale_marks(chart(5, 5), 5) == [0, 2, 4, 6, 8, 10]
    assert scale_marks(chart(5, 5, range=(0, 24)), 5) == [0, 6, 12, 18, 24]
    assert scale_marks(chart(5, 5, range=(0, 24)), 12)[:3] == [0, 2, 4]


def places(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)]


def test_an_svgs_dots_stand_at_their_values_and_days() -> None:
    drawn = alone(chart(0, 10, 5))
    (x0, low), (x1, high), (x2, middle) = places(drawn)
    assert low > middle > high and middle == pytest.approx((low + high) / 2, abs=0.11)
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.11) and x0 < x1


def test_a_week_of_which_nothing_is_known_breaks_the_line_and_has_no_dot() -> None:
    drawn = inside(chart(3, 4, nan, 5, 6, weekly=True), 704)
    assert len(places(drawn)) == 4 and drawn.count("<polyline") == 2
    text = page(chart(3, nan, 5, weekly=True))
    assert "not the same as none" in text and "<td>not known</td>" in text and "Week of" in text
    assert "not the same as none" not in page(chart(3, 5, weekly=True))


def test_the_band_of_the_noticed_change_is_as_high_as_its_points() -> None:
    drawn = inside(chart(6, 3), 704)
    (tall,) = re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)
    (_, at_six), (_, at_three) = places(drawn)
    assert float(tall) == pytest.approx((at_three - at_six) * 2 / 3, abs=0.2)
    assert "<rect" not in inside(chart(6, 3, band=None), 704) and "Shaded" not in page(chart(6, 3, band=None))


@given(st.lists(st.one_of(scores, st.just(nan)), min_size=1, max_size=30).filter(lambda v: not all(map(isnan, v))))
def test_every_drawing_is_well_formed_and_on_its_sheet(values: list[float]) -> None:
    shown = chart(*values, band=(4, 6), name="<PEG> & co")
    for width in (704, 340):
        drawn = inside(shown, width, "wide")
        ElementTree.fromstring(drawn)
        assert all(0 <= x <= width and 0 <= y <= 320 for x, y in places(drawn))
    root = ElementTree.fromstring(alone(shown))
    told = next(element.text for element in root if element.tag.endswith("desc"))
    first = next(value for value in values if not isnan(value))
    assert told is not None and f"Values: 5 Jan 2026: {'not known' if isnan(values[0]) else number(first)}" in told
    assert f"{'from ' if len(shown.known) > 1 else 'better: '}{number(first)}" in told
    assert page(shown) == page(shown)


def test_the_page_stands_alone_and_tells_everything_without_its_picture() -> None:
    text = page(chart(6, 4.5, sentences=("Since May: 2 less.", "A note."), notes=("Measure: somebody 2009.",)))
    assert not re.search(r"<script|https?://|@import|url\(", text.split("<body>")[1])
    assert "default-src 'none'" in text and "<title>Backstory: PEG</title>" in text
    assert "PEG, 0 to 10, lower is better: 2 values, from 6 to 4.5; the least 4.5, the most 6." in text
    assert re.search(r"5 Jan 2026</th><td>6</td>.*4 Feb 2026</th><td>4.5</td>", text, re.DOTALL)
    for words in ("Since May: 2 less.", "A note.", "Measure: somebody 2009.", "Shaded: too near"):
        assert words in text


def test_on_paper_it_is_black_and_white() -> None:
    for text in (page(chart(6, 4)), alone(chart(6, 4))):
        printed = text.split("@media print")[1].split("}")[0]
        assert set(re.findall(r"#[0-9a-f]{3,6}", printed)) <= {"#000", "#333", "#bbb", "#555", "#ccc", "#fff"}
        assert not re.search(r'(?:fill|stroke)="#', text)


@pytest.mark.parametrize(
    "more", [{"days": [START]}, {"days": [START, START]}, {"values": (nan, nan)}, {"values": (1.0, float("inf"))}]
)
def test_what_cannot_be_drawn_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"a chart needs|days must ascend|must be finite"):
        chart(1, 2, **more)

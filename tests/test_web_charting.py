"""What charts take: plain values, one a place, that hold in an attribute whatever they are called."""

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, PackageLoader

from backstory.web import charting, texts

text = texts.load("en").text


class Found(HTMLParser):
    """The chart that a browser would find."""

    chart = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.chart = dict(attrs).get("data-chart") or self.chart


def test_a_chart_comes_through_its_attribute_whatever_it_says() -> None:
    name = """it's </div><script>alert(1)</script> "quoted" & more"""
    view = charting.view(charting.days(date(2026, 3, 1), 2), charting.panel(charting.bars(name, [1.23456, None])))
    made = charting.chart(text, name, view)
    templates = Environment(loader=PackageLoader("backstory.web"), autoescape=True)
    page = templates.from_string("{% from 'parts/chart.html' import chart %}{{ chart(made) }}").render(made=made)
    found = Found()
    found.feed(page)
    assert json.loads(found.chart) == made
    assert "<script" not in page


def test_what_is_not_known_stays_so_and_digits_nobody_sees_are_left_out() -> None:
    assert charting.dots("", [None, 0.123456])["values"] == [None, 0.123]


@pytest.mark.parametrize("code", ["en", "de"])
def test_words_are_those_of_the_page(code: str) -> None:
    told = texts.load(code)
    view = charting.view(charting.weeks(told.text, date(2026, 3, 2), 3))
    made = charting.chart(told.text, "x", view)
    assert made["words"]["unknown"] == told.text("chart.unknown")
    assert view["x"]["week"].startswith(told.text("chart.week"))

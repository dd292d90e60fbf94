"""The time line of an answer on its calendar: weeks, medians, what is not known, and where the ticks are."""

from datetime import date, timedelta
from math import isnan, nan

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backstory.report.answer_calendar import Bin, calendar, medians, ticks, unknown_spans
from backstory.report.answer_values import Timeline

FIRST = date(2026, 1, 3)


def test_days_left_out_are_not_known() -> None:
    days = [FIRST, FIRST + timedelta(3)]
    known = calendar(Timeline(days, [1.0, 2.0], [5.0, 0.0], "load", ""))
    assert len(known.days) == 4 and unknown_spans(known.bins) == [(FIRST.toordinal() + 1, FIRST.toordinal() + 3)]


def test_a_week_is_known_when_half_of_its_days_are() -> None:
    monday = date(2026, 1, 5)
    days = [monday + timedelta(n) for n in range(420)]
    load = [6.0] * 420
    load[7:11] = [nan] * 4
    load[14:17] = [nan] * 3
    bins = calendar(Timeline(days, [nan] * 420, load, "load", "")).bins
    assert [bar.count for bar in bins] == [7] * 60
    assert [isnan(bar.value) for bar in bins[:4]] == [False, True, False, False] and bins[2].value == 6.0


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 8000), st.integers(4, 12))
def test_ticks_lie_on_the_line_are_few_and_tell_the_year(first: date, length: int, most: int) -> None:
    last = first + timedelta(length)
    marks = ticks(first, last, most)
    days = [day for day, *_ in marks]
    assert 1 <= len(marks) <= most and days == sorted(set(days)) and first <= days[0] and days[-1] <= last
    assert str(days[0].year) in f"{marks[0][1]} {marks[0][2]}"
    assert all(year or len(name) == 3 for _, name, year in marks if not name.isdigit())


@given(st.lists(st.sampled_from([nan, 0.0, 1.0, 5.0, 10.0]), max_size=60))
def test_a_median_is_that_of_the_fortnight_around_it(pain: list[float]) -> None:
    gaps = unknown_spans([Bin(n, 1, score) for n, score in enumerate(pain)], 7)
    for n, found in enumerate(medians(pain)):
        around = [score for score in pain[max(n - 7, 0) : n + 7] if not isnan(score)]
        if len(around) < 4 or any(start <= n < end for start, end in gaps):
            assert isnan(found)
        else:
            assert found == np.median(around)


@given(st.lists(st.booleans(), max_size=40))
def test_spans_cover_what_is_not_known_and_nothing_else(unknown: list[bool]) -> None:
    spans = unknown_spans([Bin(n, 1, nan if gap else 0.0) for n, gap in enumerate(unknown)])
    assert [any(start <= n < end for start, end in spans) for n in range(len(unknown))] == unknown

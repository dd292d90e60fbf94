"""The self-trial's questions and report as data, and the measures that tell whether a day was kept."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from backstory.errors import CatalogueError, InputError
from backstory.journal import Journal
from backstory.journal.trial_log import MEASURES, measured, read_log
from backstory.model import Session, Set
from backstory.questions import find_trial, load_report, load_trials
from backstory.questions.trials import load_report as load_report_from
from backstory.questions.trials import load_trials as load_trials_from

FORBIDDEN = re.compile(r"\b(damage\w*|safe\w*|diagnos\w*|risk\w*|dose\w*|exposure\w*|you are clear)\b", re.IGNORECASE)
DAY = timedelta(days=1)


@pytest.fixture
def logged(journal: Journal) -> Journal:
    day = date(2026, 3, 2)
    sessions = [
        Session("strong", day, (Set("Deadlift (Barbell)", 100.0, 5.0), Set("Plank", duration_s=60.0))),
        Session("strong", day + 2 * DAY, (Set("Squat (Barbell)", 80.0, 5.0, kind="warm-up"),)),
        Session("strong", day + 5 * DAY, (Set("Squat (Barbell)", 80.0, 5.0), Set("Walking", duration_s=600.0))),
        Session("backstory", day + 6 * DAY, title="walk", duration_s=1500.0),
        Session("backstory", day + 7 * DAY, title="Walk", distance_km=2.0),
        Session("backstory", day + 8 * DAY, title="football", duration_s=5400.0),
    ]
    journal.store.save_import("log", "strong", sessions, (), (), datetime(2026, 3, 12, tzinfo=UTC))
    return journal


def test_measures_are_taken_from_the_days_that_can_tell(logged: Journal) -> None:
    day, log = date(2026, 3, 2), read_log(logged)
    found = {name: {(d - day).days: value for d, value in measured(log, name).items()} for name in MEASURES}
    assert found["warm_up"] == {0: 0, 2: 1, 5: 0}
    assert found["rest_days"] == {2: 1, 5: 2}
    assert set(found["load_hinge"]) == {0} and set(found["load_squat"]) == {2, 5}
    assert set(found["load_core"]) == {0, 2, 5} and found["load_core"][0] > 0 == found["load_core"][2]
    walked = found["walking"]
    assert {n: walked[n] for n in (0, 2, 5, 6, 8)} == {0: 0, 2: 0, 5: 10, 6: 25, 8: 0} and 15 < walked[7] < 40
    assert measured(log, "no such measure") == {}


def test_every_measure_of_a_question_is_known_and_its_words_are_for_people() -> None:
    for question in load_trials().values():
        assert question.measure in MEASURES
        assert (question.ways[0].third is None) or question.measure.startswith("load_")
        words = [question.title, question.usual_range, question.background]
        words += [text for way in question.ways for text in (way.name, way.text)]
        assert not FORBIDDEN.search(" ".join(words)), question.id
    assert not FORBIDDEN.search(" ".join(item.heading + item.text for item in load_report()))


def test_a_question_is_found_by_its_title_too() -> None:
    assert find_trial("Two rest days against one between hard sessions").id == "rest-days"
    assert find_trial("HEAVY_hinging").id == "heavy-hinging"
    with pytest.raises(InputError, match="heavy-hinging"):
        find_trial("sleeping upside down")


GOOD = """
[q]
title = "t"
measure = "walking"
usual_range = "u"
background = "b"
a = {name = "a", text = "do", from = 1}
b = {name = "b", text = "do not", to = 0}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "t"', ""),
        ('title = "t"', 'title = ""'),
        ("from = 1", ""),
        ("from = 1", 'from = "1"'),
        ("from = 1", "from = 3, to = 2"),
        ("from = 1", 'third = "upper"'),
        ("from = 1", "from = 1, colour = 2"),
        ("to = 0}", "to = 0"),
        ('name = "b"', "name = 3"),
    ],
)
def test_broken_questions_are_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "trials.toml"
    path.write_text(GOOD)
    assert load_trials_from(path)["q"].ways[0].low == 1
    broken = tmp_path / "broken.toml"
    broken.write_text(GOOD.replace(old, new))
    with pytest.raises(CatalogueError):
        load_trials_from(broken)


@pytest.mark.parametrize("text", ['[[item]]\nnumber = "1"\nheading = "h"', "[[item", "[[item]]\nnumber = 1"])
def test_a_broken_report_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.toml"
    path.write_text(text)
    with pytest.raises(CatalogueError):
        load_report_from(path)

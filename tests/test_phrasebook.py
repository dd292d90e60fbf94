"""The phrasebook: templates and their gaps, closed words, and everything that stands in the data, said in German."""

import re
import time
from typing import Any

import pytest
import tomli

from backstory import catalogue
from backstory.catalogue.training import load_training
from backstory.cause.checks import CHECKS
from backstory.errors import CatalogueError
from backstory.model import (
    AREAS,
    FAMILIES,
    FEELS,
    MOVEMENTS,
    OTHER_LOADS,
    PROFILE_CHOICES,
    SESSION_MOMENTS,
    SET_KINDS,
    SLEEP_POSITIONS,
    TIMES_OF_DAY,
    TRAINED,
    TRIAL_ENDS,
)
from backstory.questions import load_rules, load_trials
from backstory.questions.first_session import load_first_session
from backstory.questions.help_first import URGENCIES, load_help
from backstory.questions.learn import load_pages
from backstory.questions.measure_data import load_measures
from backstory.questions.measure_ways import load_ways
from backstory.questions.movements import load_sensitivities
from backstory.questions.start import STARTS, load_starts
from backstory.questions.studies import KNOWN, load_studies
from backstory.web import phrasebook
from backstory.web.phrasebook import Phrasebook, read

ENGLISH_ONLY = ("peg", "rmdq-24", "psfs")  # questionnaires whose checked versions in other languages are not here
FORBIDDEN = ("schaden", "sicher", "diagnos", "risik", "dosis", "exposition", "entwarnung")
LANGUAGE = {
    "decimal": ",", "thousands": ".", "day": "{day}. {month} {year}", "short_day": "{day}. {month}",
    "months": ["Jan.", "Feb.", "März", *["…"] * 9], "weekdays": ["Montag", *["…"] * 6],
}  # fmt: skip


def book(*pairs: tuple[str, str], **tables: Any) -> Phrasebook:
    phrases = [{"en": english, "de": said} for english, said in pairs]
    return read("de", {"language": LANGUAGE, "joins": {", ": ", ", " and ": " und "}, "phrases": phrases} | tables)


@pytest.fixture(scope="module")
def german() -> Phrasebook:
    """One of its own, since what it misses is counted."""
    return read("de", tomli.loads((phrasebook.FOLDER / "de.toml").read_text(encoding="utf-8")))


def test_gaps_hold_numbers_dates_and_other_phrases() -> None:
    made = book(
        ("On {day} your back hurt {say}.", "Am {day} tat dein Rücken {say} weh."),
        ("about {n} points more", "etwa {n} Punkte mehr"),
    )
    assert made.say("On 3 Mar 2026 your back hurt about 1,234.5 points more.") == (
        "Am 3. März 2026 tat dein Rücken etwa 1.234,5 Punkte mehr weh."
    )
    assert not made.missed


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("since 2026-03-03", "seit 3. März 2026"),
        ("since 3 March", "seit 3. März"),
        ("since Monday 3 March 2026", "seit Montag, 3. März 2026"),
    ],
)
def test_a_date_is_written_as_it_is_there(english: str, said: str) -> None:
    assert book(("since {day}", "seit {day}")).say(english) == said


def test_what_is_known_as_a_whole_comes_before_its_parts_and_more_fixed_text_before_less() -> None:
    made = book(("{say} hurt.", "{say} tut weh."), ("Bending", "Bücken"), ("It helps.", "Es hilft."),
                ("Bending hurt. It helps.", "Beides."), ("{name} hurt", "nie {name}"))  # fmt: skip
    assert made.say("Bending hurt. It helps.") == "Beides."
    assert made.say("It helps. Bending hurt.") == "Es hilft. Bücken tut weh."


def test_a_list_of_what_is_known_is_known_and_keeps_its_commas() -> None:
    made = book(("In {say}.", "In {say}."), ("back, left", "Rücken links"), ("hip", "Hüfte"), ("leg", "Bein"))
    assert made.say("In back, left, hip and leg.") == "In Rücken links, Hüfte und Bein."


def test_what_is_not_known_stays_english_whole_and_is_counted() -> None:
    made = book(("In {say}.", "In {say}."), ("hip", "Hüfte"))
    assert made.say("In hip. In heaven.") == "In Hüfte. In heaven."
    made.say("In heaven.")
    assert made.missed == {"In heaven.": 2}


def test_names_stay_as_they_are_but_for_exercises() -> None:
    made = book(("Most: {name}.", "Meist: {name}."), exercises={"squat": "Kniebeuge"})
    assert made.say("Most: Squat (Barbell), My <own> thing.") == "Meist: Kniebeuge, My <own> thing."
    assert made.exercise("squat") == "Kniebeuge"
    assert made.exercise("no-such") == "no-such"


def test_lines_and_columns_of_a_table_are_kept() -> None:
    made = book(("low load", "wenig"), ("days", "Tage"), ("It is {n}.", "Es ist {n}."))
    assert made.say("- It is 2.\n  low load  3.5 to\n  low load        days") == (
        "- Es ist 2.\n  wenig     3.5 to\n  wenig           Tage"
    )


def test_a_capital_letter_is_kept_and_a_full_stop_may_be_missing() -> None:
    made = book(("days with less", "tage mit weniger"), ("It helps.", "Es hilft."))
    assert made.say("Days with less") == "Tage mit weniger"
    assert made.say("It helps") == "Es hilft"


@pytest.mark.parametrize(
    "pair",
    [("{n} days", "{n2} Tage"), ("{days} days", "{days} Tage"), ("{say}", "{say}"), ("nothing", "")],
)
def test_a_phrase_that_cannot_be_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(CatalogueError):
        book(pair)


def test_a_phrase_that_stands_twice_and_an_exercise_that_is_none_are_refused() -> None:
    with pytest.raises(CatalogueError, match="twice"):
        book(("one", "eins"), ("one", "ein"))
    with pytest.raises(CatalogueError, match="no-such"):
        book(exercises={"no-such": "Nichts"})


def test_english_says_what_the_program_says() -> None:
    english = phrasebook.load("en")
    assert english.say("Next: `backstory load`.") == "Next: `backstory load`."
    assert english.exercise("squat") == "Squat (Barbell)"
    assert english.word("low-back-left") == "Low back left"


def test_every_exercise_has_a_name_of_its_own(german: Phrasebook) -> None:
    known = catalogue.load().exercises
    tables = tomli.loads((phrasebook.FOLDER / "de.toml").read_text(encoding="utf-8"))
    assert tables["exercises"].keys() == known.keys()
    assert len(set(tables["exercises"].values())) == len(known)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("families", FAMILIES), ("areas", AREAS), ("feels", FEELS), ("movements", MOVEMENTS), ("trained", TRAINED),
        ("other_loads", OTHER_LOADS), ("session_moments", SESSION_MOMENTS), ("set_kinds", SET_KINDS),
        ("sleep_positions", SLEEP_POSITIONS), ("times_of_day", TIMES_OF_DAY), ("trial_ends", TRIAL_ENDS),
        ("goals", PROFILE_CHOICES["goal"]), ("sexes", PROFILE_CHOICES["sex"]), ("rhythms", PROFILE_CHOICES["rhythm"]),
        ("urgencies", URGENCIES), ("starts", STARTS), ("known", tuple(KNOWN)),
        ("equipment", tuple(catalogue.load().equipment)), ("slots", tuple(load_training().slots)),
        ("muscles", tuple({m for e in catalogue.load().exercises.values() for m in (*e.primary, *e.secondary)})),
        ("verdicts", ("worse", "better", "no clear effect", "not enough data")),
    ],
)  # fmt: skip
def test_every_closed_list_is_said(german: Phrasebook, table: str, words: tuple[str, ...]) -> None:
    tables = tomli.loads((phrasebook.FOLDER / "de.toml").read_text(encoding="utf-8"))
    assert set(words) <= tables[table].keys()
    assert all(german.word(word, table) == tables[table][word] for word in words)


def test_every_check_has_a_name(german: Phrasebook) -> None:
    tables = tomli.loads((phrasebook.FOLDER / "de.toml").read_text(encoding="utf-8"))
    names = {re.sub("_", " ", check.__name__) for check in CHECKS}
    assert names - {"other exponents"} <= tables["checks"].keys()


def data_texts() -> list[str]:
    """Everything that the data hold for people, but for what waits for a value and what stays English."""
    help_first, starts, parts = load_help(), load_starts(), load_first_session().parts
    measures = load_measures().values()
    texts = [
        *(text for page in load_pages().values() for text in (page.title, page.chapter, page.claim, page.backstory)),
        *(text for page in load_pages().values() for one in page.studies for text in (one.text, one.basis)),
        *(study.sentence for studies in load_studies().values() for study in studies),
        *(text for rule in load_rules().values() for text in (rule.text, rule.grade)),
        *(text for one in help_first.questions.values() for text in (one.question, one.noted, one.told, one.advice)),
        *help_first.texts.values(), *help_first.headings.values(),
        *starts.words.values(), *(text for one in starts.starts.values() for text in (one.title, one.text)),
        *(text for facts in starts.facts.values() for fact in facts for text in (fact.heading, fact.sentence)),
        *(text for one in load_sensitivities().values() for text in (one.name, one.text)),
        *(text for part in parts for move in part.moves for text in (move.how, move.why, move.amount)),
        *(text for one in load_trials().values() for text in (one.title, one.usual_range, one.background)),
        *(text for one in load_trials().values() for way in one.ways for text in (way.name, way.text)),
        *(text for one in measures for text in (one.name, one.how, one.note, one.change_not_known)),
        *(item.text for one in measures if one.id not in ENGLISH_ONLY for item in one.items),
        *(way.before for way in load_ways().values()),
        *(gate.text for gate in load_training().gates),
        *(one.text for one in (*load_training().rest_days.suggestions, *load_training().rest_days.reminders)),
        *(slot.name for slot in load_training().slots.values()),
    ]  # fmt: skip
    return [text for text in texts if text and not re.search(r"\{\w+\}", text)]


def test_everything_in_the_data_is_said_in_german(german: Phrasebook) -> None:
    german.missed.clear()
    for text in data_texts():
        assert german.say(text) != text or text in ("Training", "Stress", "McKenzie"), text
    assert german.missed == {}


def test_citations_stay_and_what_stands_between_them_does_not(german: Phrasebook) -> None:
    assert german.source("Aasa et al. 2015; training practice") == "Aasa et al. 2015; Trainingspraxis"


def test_no_word_that_frightens_and_nothing_formal(german: Phrasebook) -> None:
    tables = tomli.loads((phrasebook.FOLDER / "de.toml").read_text(encoding="utf-8"))
    said = [one["de"] for one in tables["phrases"]]
    for name, table in tables.items():
        said += table.values() if name not in ("phrases", "ui", "language", "joins") else ()
    for text in said:
        assert not [word for word in FORBIDDEN if word in text.casefold()], text
        assert not re.search(r"\b(Ihnen|Ihre?[mnrs]?)\b", text), text


def test_known_sentences_are_said_at_once(german: Phrasebook) -> None:
    sentences = data_texts()[:200]
    for text in sentences:
        german.say(text)
    begun = time.perf_counter()
    for text in sentences:
        german.say(text)
    assert time.perf_counter() - begun < 0.02

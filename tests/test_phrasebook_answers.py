"""The answer in German: every sentence that it can be made of, and a whole one of the demo; nothing stays English."""

from collections.abc import Iterator
from itertools import product
from math import nan
from pathlib import Path

import pytest

from backstory import cause
from backstory.cause import forecasting, fortnight, sentences, telling
from backstory.cause.checks import CHECKS, Check
from backstory.cause.finding import Finding
from backstory.cause.forecasting import Chance
from backstory.cause.fortnight import Fortnight
from backstory.cause.open_questions import FOUND, HELD, NOTHING, OPEN, RULED_OUT, Standing
from backstory.cause.wording import LABELS, TRAINING
from backstory.journal import Journal, open_journal
from backstory.journal.answering import NEXT, UNTIL_THEN
from backstory.journal.demo import Demo, demo
from backstory.journal.doctor import doctor_page
from backstory.journal.looking_back import look_back_on
from backstory.journal.picturing import values_of
from backstory.journal.plan_told import as_json
from backstory.journal.plan_why import explained, swapped
from backstory.journal.plan_wish import Wish
from backstory.journal.planning import given_for
from backstory.journal.reporting import load_report
from backstory.report import plan_words
from backstory.web.phrasebook import Phrasebook
from conftest import NOW
from german import german, missed_in

RISE, SLEEP = "rise", "sleep_h"
EXAMPLES = {
    "load": "a day like 14 March 2026 (2.1 x your usual training day)",
    RISE: "a week with 40% more load on the low back than your usual one",
    SLEEP: "a night like that of 14 March 2026 (7.2 h; your average is 6.5)",
    "sleep_quality": "a night like that of 14 March 2026 (7.0 of 10; your average is 6.5)",
    "steps": "a day like 14 March 2026 (12,345 steps; your average is 8,000)",
    "sitting_h": "a day like 14 March 2026 (9.0 h; your average is 6.5)",
    "unaccustomed_sets": "a day like 14 March 2026 (9.0 sets; your average is 0.5)",
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    return german()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Journal, Demo]]:
    folder = tmp_path_factory.mktemp("demo")
    with open_journal(str(folder / "journal.db"), clock=lambda: NOW) as journal:
        yield journal, demo(journal, folder, 7)


def findings(verdict: str) -> Iterator[Finding]:
    """Every exposure, over one morning to seven, rested or not."""
    for name, (mornings, in_row), sign in product(
        LABELS, ((1, True), (1, False), (3, True), (4, None), (7, True)), (1, -1)
    ):
        of = f"a day like 3 May 2026 (1.2 x your usual day of {LABELS[name]})"
        example = EXAMPLES.get(name, of if name in TRAINING else "a day like 3 May 2026 (3.0; your average is 2.0)")
        low, high = sorted((0.4 * sign, 1.4 * sign))
        rest = (0.5, 0.2, 0.8) if name in TRAINING and sign < 0 else None
        yield Finding(name, verdict, example, 0.9 * sign, low, high, mornings, in_row, (1.9, 1.1, 2.5), rest)


STANDINGS = (
    Standing(FOUND), Standing(HELD), Standing(NOTHING), Standing(RULED_OUT, 0.3, 0.2), Standing(OPEN, 0.8, 0.9, 6),
    Standing(OPEN, 0.8, 0.2, 1), Standing(OPEN, 0.2, 0.8), Standing(OPEN, 0.8, 0.0), Standing(OPEN, 0.0, 0.8, 12),
)  # fmt: skip


@pytest.mark.parametrize("verdict", [cause.WORSE, cause.BETTER])
def test_what_was_found_is_said_in_german(book: Phrasebook, verdict: str) -> None:
    sign = 1 if verdict == cause.WORSE else -1
    found = [one for one in findings(verdict) if one.points * sign > 0]
    texts = [sentences.paragraph(one, Standing(FOUND)) for one in found]
    texts += [sentences.headline(one, Standing(FOUND)) for one in found]
    no_delay = Finding("load", verdict, EXAMPLES["load"], 0.04, -0.02, 0.2, 3, True, (1.9, nan, nan))
    assert missed_in(book, [*texts, sentences.paragraph(no_delay, Standing(FOUND))]) == []


def test_what_was_not_found_is_said_in_german(book: Phrasebook) -> None:
    check = Check("one week", False, "")
    because = [
        telling.lowered(cause.WORSE, failed)[1] for failed in ([check], [check, Check("given in time", False, "")])
    ]
    texts = []
    for told, where in product(findings(cause.UNCLEAR), STANDINGS[1:]):
        texts += [sentences.headline(told, where), sentences.paragraph(told, where), sentences.brief([(told, where)])]
    for told, why in product(list(findings(cause.UNCLEAR))[:40], because):
        texts += [sentences.headline(told, Standing(OPEN), why), sentences.paragraph(told, Standing(OPEN), why)]
    several = [(Finding(name, cause.UNCLEAR), where) for name, where in zip(LABELS, STANDINGS[1:] * 3, strict=False)]
    assert missed_in(book, [*texts, sentences.brief(several)]) == []


def test_what_cannot_be_told_apart_is_said_in_german(book: Phrasebook) -> None:
    groups = [("load_squat", "load_push", "load_pull"), ("load_hinge", "load_squat"), ("load_other", "hard_sets")]
    texts = [sentences.together(group, asked=asked) for group, asked in product(groups, (True, False))]
    assert missed_in(book, texts) == []


def test_what_could_be_found_and_what_a_fortnight_would_bring_is_said_in_german(book: Phrasebook) -> None:
    texts = []
    for main, scores in product(LABELS, (0, 5, 40)):
        rows = [Chance(size, points, day, chance, scores) for size, points in (("a", 0.3), ("b", 0.6))
                for day, chance in ((28, 0.01), (60, 0.42), (180, 0.99))]  # fmt: skip
        texts += forecasting.tell_chances(rows, main)
    for main in TRAINING:
        weeks = [Fortnight(0.7, -0.3, -0.5, -0.1), Fortnight(1.3, 0.3, -0.02, 0.5)]
        texts += [fortnight.tell_fortnights(weeks, main), fortnight.tell_fortnights([], main)]
    assert missed_in(book, texts) == []


def test_what_would_change_it_and_what_comes_next_is_said_in_german(book: Phrasebook) -> None:
    names = (*telling.MENDS, "future training")
    texts = [telling.LIMITS, telling.WEEKLY, UNTIL_THEN, *NEXT.values()]
    for verdict, main in product((cause.WORSE, cause.BETTER, cause.UNCLEAR), LABELS):
        texts += [telling.change_of_mind(verdict, [Check(name, False, "") for name in names[n : n + 2]], main)
                  for n in range(len(names))]  # fmt: skip
        texts.append(telling.change_of_mind(verdict, [], main))
    assert missed_in(book, texts) == []


def test_the_demos_answer_is_said_in_german_whole(book: Phrasebook, shown: tuple[Journal, Demo]) -> None:
    report = shown[1].report
    page = values_of(report)
    assert page.fortnight is not None and page.timeline is not None and len(report.checks) == len(CHECKS)
    texts = [
        report.text, report.sentence, report.verdict, report.next_step, *report.evidence, page.title, page.sentence,
        *page.paragraphs, page.fortnight.text, *(name for name, *_ in page.fortnight.rows), page.effects_note,
        *(text for one in page.checks for text in (one[0], one[2])), *page.footnotes, page.timeline.load_label,
        page.timeline.unit_note, *(text for curve in page.curves for text in (curve.label, curve.example)),
        *(text for one in page.effects for text in (one[0], one[4])), f"Versions: {page.versions}"[10:],
    ]  # fmt: skip
    assert missed_in(book, texts) == []
    assert "followed" not in book.say(report.text) and "your back" not in book.say(report.text)


def test_the_demos_plan_is_said_in_german_with_its_reasons(book: Phrasebook, shown: tuple[Journal, Demo]) -> None:
    journal, made = shown
    told = as_json(made.week)
    main = [one for day in told["sessions"] for one in day["main"]]
    texts = [
        *told["notes"], *(day["kind"] for day in told["sessions"]), *(day["suggestion"] for day in told["rest_days"]),
        *(text for one in main for text in (one["name"], one["why"], plan_words.work(one, "kg"), plan_words.rest(one))),
        *(rule[name] for rule in told["rules"] for name in ("text", "value", "limit", "grade")),
        *map(plan_words.compared, told["rules"]), plan_words.title(told), plan_words.summary(told),
        plan_words.expected(told), *(plan_words.length(day) for day in told["sessions"]),
    ]  # fmt: skip
    for row in explained(made.week):
        texts += [row["name"], *(f"{one['text']} ({one['rule']})" for one in row["why"])]
        texts += [one["objection"]["text"] for one in row["alternatives"] if one["objection"]]
    offers = swapped(given_for(journal, Wish()), "squat")["offers"]
    assert missed_in(book, [*texts, *(text for one in offers for text in (one["name"], one["why"]))]) == []


def test_the_demos_log_looked_back_on_and_for_a_doctor_is_said_in_german(
    book: Phrasebook, shown: tuple[Journal, Demo], tmp_path: Path
) -> None:
    journal, _ = shown
    looked = look_back_on(journal)
    page = doctor_page(journal)
    texts = [line for section in looked.sections for line in section.all_lines]
    texts += [page.title, page.load_label, *page.captions, *page.footer]
    texts += [text for section in page.sections for text in (section.heading, *section.lines)]
    notes = load_report(journal)["notes"]
    assert notes
    assert missed_in(book, [*texts, *(one[name] for one in notes for name in ("text", "says", "grade"))]) == []

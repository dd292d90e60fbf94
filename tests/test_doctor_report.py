"""`backstory report`: what stands on the page of an empty, a small and a ten-year journal, and that it is one page."""

import re
from datetime import UTC, date, datetime, time, timedelta
from math import isnan
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.catalogue import load
from backstory.days.period import period
from backstory.journal import Journal
from backstory.journal.doctor import doctor_page, write_report
from backstory.journal.rhythm import WEEKLY, set_rhythm
from backstory.model import AREAS, FEELS, MOVEMENTS, CheckIn, Limits, Outcome, Session, Set
from backstory.questions.help_first import load_help
from backstory.questions.measure_data import load_measures
from backstory.report.doctor import as_pdf, pages
from backstory.report.doctor_values import PAPERS, DoctorPage
from conftest import NOW, Run

TODAY = NOW.date()
DAY = timedelta(days=1)
FORBIDDEN = r"\b(damag\w*|safe\w*|diagnos\w*|risk\w*|dose\w*|exposure\w*|you are clear)\b"
HEADINGS = [
    "Signs noted", "Pain", "How it feels", "Training", "What the log shows", "Prescribed", "Measures", "Medicines",
    "Sleep, sitting",
]  # fmt: skip


def said(page: DoctorPage, heading: str) -> str:
    (part,) = (part for part in page.sections if part.heading == heading)
    return " ".join(part.lines)


def morning(day: date, pain: float, **more: object) -> CheckIn:
    entered = datetime.combine(day, time(7), UTC)
    return CheckIn(day, pain=pain, when="morning", entered_at=entered, **more)  # type: ignore[arg-type]


def session(day: date, *names: str) -> Session:
    return Session("strong", day, tuple(Set(name, load_kg=60.0, reps=5.0) for name in names))


def keep(journal: Journal, sessions: list[Session], check_ins: list[CheckIn]) -> None:
    journal.store.save_import("log.csv", "strong", sessions, check_ins, [], NOW)


def ten_years(journal: Journal) -> None:
    """Long names, every sign open, many limits, every measure, all of a check-in."""
    random, ids = Random(3), sorted(load().exercises)
    names = [load().exercises[name].name for name in random.sample(ids, 20)]
    names += [f"#panic() $x$ *b* [a] <script> Überzug mit langem Namen auf der schrägen Bank {n}" for n in range(9)]
    days = [TODAY - n * DAY for n in range(3650)]
    keep(
        journal,
        [session(day, *random.choices(names, k=5)) for day in days if day.weekday() in (0, 2, 4)],
        [
            morning(
                day, random.randint(1, 7), where=tuple(random.sample(AREAS, 3)), feels=tuple(random.sample(FEELS, 3)),
                hurts=tuple(random.sample(MOVEMENTS, 3)), leg_symptoms=random.random() < 0.2, sleep_h=7.0, stress=4.0,
                sleep_quality=5.0, sitting_h=8.0, painkiller=random.random() < 0.3, other_load="a-lot",
            )
            for day in days if random.random() < 0.85
        ],
    )  # fmt: skip
    journal.store.save_help_first(dict.fromkeys(load_help().questions, True), None, NOW)
    for n in range(30):
        limits = Limits(TODAY - (300 - n) * DAY, tuple(ids[:20]), (*ids[20:40], "core", "W" * 90), "Dr " + "Wolf-" * 30)
        journal.store.save_entry(limits, NOW)
    for measure in load_measures().values():
        for n in range(12):
            low, high = measure.range
            value = low + (min(high, 99) - low) * random.random()
            journal.store.save_entry(Outcome(TODAY - 30 * n * DAY, measure.id, {}, value), NOW)


def test_an_empty_journal_has_its_page(journal: Journal) -> None:
    page = doctor_page(journal)
    assert [part.heading for part in page.sections] == HEADINGS
    assert "not asked yet" in said(page, "Signs noted")
    assert said(page, "What the log shows") == "There is no answer yet: no morning has a pain score."
    assert len(page.pain) == 84 and all(map(isnan, page.pain)) and not any(week.days_known for week in page.weeks)
    assert "0 of 84 mornings scored" in page.footer[0] and "not a medical device" in page.footer[0]
    assert page.last == TODAY
    assert [pages(as_pdf(page, paper)) for paper in PAPERS] == [1, 1]


def test_a_ten_year_journal_has_one_page_and_says_what_it_leaves_out(journal: Journal) -> None:
    ten_years(journal)
    page = doctor_page(journal)
    assert [pages(as_pdf(page, paper)) for paper in PAPERS] == [1, 1]
    open_now = len(load_help().questions)
    signs = next(part for part in page.sections if part.heading == "Signs noted")
    assert signs.urgent and signs.lines[0] == "What is open asks for emergency help."
    told = len(re.findall(r"RF\d\d", " ".join(signs.lines)))
    assert f"And {open_now - told} more" in said(page, "Signs noted") and told >= 5
    weights = {key: question.weight for key, question in load_help().questions.items()}
    assert {weights[key] for key in re.findall(r"RF\d\d", " ".join(signs.lines))} == {"hard"}
    assert re.search(r"and \d+ more\.", said(page, "Training"))
    assert len(re.findall(r"and 1\d more\.", said(page, "Prescribed"))) == 2
    assert "every core exercise: on" in said(page, "Prescribed"), "what was done against advice is not cut off"
    taken = sum(1 for part in page.sections if part.heading == "Measures" for _ in part.lines) - 1
    assert re.search(r"And \d+ more: ", said(page, "Measures")) and taken >= 5
    assert "and 8 more" in said(page, "How it feels")


def test_no_section_says_what_people_must_never_read(journal: Journal) -> None:
    for fill in (lambda _: None, ten_years):
        fill(journal)
        page = doctor_page(journal)
        words = " ".join([page.title, page.load_label, *page.captions, *page.footer,
                          *(line for part in page.sections for line in (part.heading, *part.lines))])  # fmt: skip
        assert not re.search(FORBIDDEN, words, re.IGNORECASE)


def test_pain_and_load_stand_on_their_own_days(journal: Journal) -> None:
    days = [TODAY - n * DAY for n in range(90)]
    keep(journal, [session(day, "Deadlift (Barbell)") for day in days[::3]], [morning(day, 2.0) for day in days[::2]])
    journal.store.add_check_in(morning(days[1], 9.0), NOW)
    page = doctor_page(journal)
    assert page.pain[-2:] == (9.0, 2.0) and page.first == TODAY - 83 * DAY
    assert [week.days_known for week in page.weeks] == [7] * 12
    assert page.weeks[0].load > 0 and page.load_label.endswith("[kNm·reps]")
    assert "over 43 of 84 mornings" in said(page, "Pain") and "LOINC 72514-3" in said(page, "Pain")
    assert "mean 2.2 (2 to 9)" in said(page, "Pain")


def test_days_after_the_log_are_not_known_and_not_none(journal: Journal) -> None:
    keep(journal, [session(TODAY - n * DAY, "Deadlift (Barbell)") for n in range(20, 100, 2)], [])
    page = doctor_page(journal)
    assert [week.days_known for week in page.weeks][-2:] == [0, 0]
    assert "The log ends on 31 Oct 2026." in said(page, "Training")
    keep(journal, [], [morning(TODAY, 1.0)])
    assert "training known on 64 of 84 days" in doctor_page(journal).footer[0]


def test_without_sets_the_bars_are_effort_and_minutes(journal: Journal) -> None:
    for n in range(0, 60, 3):
        run = Session("by hand", TODAY - n * DAY, duration_s=1800.0, title="run", effort=5.0)
        journal.store.add_session(run, NOW - n * DAY)
    page = doctor_page(journal)
    assert page.load_label.endswith("[effort·min]")
    assert max(week.load for week in page.weeks) == pytest.approx(3 * 150)
    assert "L5/S1" not in said(page, "Training")


def test_the_answer_stands_with_its_range_and_its_limits(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "year.db"
    answer = run("demo", "--folder", tmp_path / "demo", "--journal", place, "--json").json["answer"]
    told = run("report", tmp_path / "r.pdf", "--journal", place, "--json").json
    assert told["path"] == str(tmp_path / "r.pdf") and told["pages"] == 1
    (lines,) = (part["lines"] for part in told["sections"] if part["heading"] == "What the log shows")
    assert answer["text"].splitlines()[0] in lines[0]
    assert re.search(r"\d\.\d in all \(\d\.\d to \d\.\d", lines[0])
    assert "90 % intervals" in lines[-1] and "cannot know what nobody recorded" in lines[-1]
    assert f"{answer['pain_days']} of {answer['days']} mornings scored" in lines[-1]


def test_before_there_is_an_answer_it_says_why(journal: Journal) -> None:
    keep(journal, [session(TODAY, "Deadlift (Barbell)")], [morning(TODAY - n * DAY, 1.0) for n in range(5)])
    assert "There is no answer yet. It takes 23 more scored mornings" in said(
        doctor_page(journal), "What the log shows"
    )


def test_who_is_asked_weekly_and_is_well_is_not_asked_for_scores(journal: Journal) -> None:
    set_rhythm(journal, WEEKLY)
    keep(journal, [], [morning(TODAY - 7 * n * DAY, 0.0) for n in range(5)])
    assert "once a week" in said(doctor_page(journal), "What the log shows")


def test_signs_are_told_with_their_day_until_somebody_had_a_look(journal: Journal) -> None:
    journal.store.save_help_first({"RF14": True, "RF11": True}, None, NOW - 20 * DAY)
    journal.store.save_help_first({"RF26": True}, None, NOW - 2 * DAY)
    page = doctor_page(journal)
    told = said(page, "Signs noted")
    assert page.sections[0].urgent and "asks for a doctor" in page.sections[0].lines[0]
    assert told.index("RF11") < told.index("RF14") < told.index("RF26")
    assert "Open since 31 Oct 2026" in told and "Open since 18 Nov 2026" in told
    assert "nothing on this page is a judgement about illness" in told
    journal.store.save_help_first({}, TODAY, NOW)
    page = doctor_page(journal)
    assert not page.sections[0].urgent
    assert "no sign is open" in said(page, "Signs noted") and "seen by a doctor" in said(page, "Signs noted")


def test_prescribed_exercises_are_counted_from_the_day_they_were_told(journal: Journal) -> None:
    deadlift, bird_dog = load().get("Deadlift (Barbell)"), load().get("Bird Dog")
    for n, keeping in ((60, (bird_dog.id,)), (10, (bird_dog.id, "carry"))):
        journal.store.save_entry(Limits(TODAY - n * DAY, keeping, (deadlift.id,), "Dr #panic()"), NOW)
    days = [TODAY - n * DAY for n in (1, 2, 20, 70)]
    keep(journal, [session(day, "Bird Dog", "Bird Dog", "Deadlift (Barbell)", "Quux") for day in days], [])
    told = said(doctor_page(journal), "Prescribed")
    assert "Last changed on 10 Nov 2026, by “Dr #panic()”." in told
    assert "Bird Dog: on 3 days, 6 sets, last on 19 Nov 2026; every carry exercise: not in the log" in told
    assert f"To avoid: {deadlift.name}: on 3 days, 3 sets, last on 19 Nov 2026." in told
    assert "4 sets under names that are not known" in told
    journal.store.save_entry(Limits(TODAY), NOW)
    assert said(doctor_page(journal), "Prescribed") == "Nothing prescribed holds any more."


def test_measures_show_first_and_last_and_what_people_notice(journal: Journal) -> None:
    for n, value in ((400, 9.0), (60, 6.0), (30, 5.0), (2, 3.0)):
        journal.store.save_entry(Outcome(TODAY - n * DAY, "peg", {}, value), NOW)
    journal.store.save_entry(Outcome(TODAY, "reach", {}, 12.0), NOW)
    told = said(doctor_page(journal), "Measures")
    assert "3 less (6 to 3, 50 %), for the better: a change people notice" in told
    assert "21 Sep 2026 to 18 Nov 2026." in told
    assert "Forward reach: 12 cm on 20 Nov 2026." in told


def test_painkillers_sleep_and_movements_count_the_days_that_say(journal: Journal) -> None:
    rows = [
        morning(TODAY - n * DAY, 2.0, painkiller=n < 4, hurts=("bending",) if n < 3 else (), sleep_h=6.0 + n % 2,
                where=("low-back-left",), leg_symptoms=n == 0)
        for n in range(14)
    ]  # fmt: skip
    keep(journal, [], [*rows, morning(TODAY - 20 * DAY, 1.0)])
    page = doctor_page(journal)
    assert "on 4 of 14 days that say, about 2.0 days a week" in said(page, "Medicines")
    assert said(page, "Sleep, sitting") == "Means: sleep 6.5 h a night (14 nights)."
    felt = said(page, "How it feels")
    assert "Where: left low back (14 days)" in felt and "Hurts on: bending (3 days)" in felt
    assert "Leg symptoms: on 1 of 14 days that say" in felt and "bending-sensitive" in felt
    assert load_help().texts["legs"] not in felt


def test_the_command_writes_both_kinds_and_tells_what_stands_on_them(run: Run, tmp_path: Path) -> None:
    for name, paper, count in (("r.pdf", "a4", 1), ("r.PDF", "Letter", 1), ("r.html", "letter", None)):
        told = run("report", tmp_path / name, "--paper", paper, "--json").json
        assert list(told) == ["path", "pages", "sections"] and told["pages"] == count
        assert [part["heading"] for part in told["sections"]] == HEADINGS
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert "size:letter" in (tmp_path / "r.html").read_text("utf-8")
    shown = run("report", tmp_path / "r.pdf")
    assert shown.code == 0 and shown.out.startswith("Wrote ") and not shown.err


@pytest.mark.parametrize(("name", "paper"), [("r.txt", "a4"), ("r", "a4"), ("r.pdf", "a3"), ("no/folder/r.pdf", "a4")])
def test_what_cannot_be_written_is_one_line(run: Run, tmp_path: Path, name: str, paper: str) -> None:
    ran = run("report", tmp_path / name, "--paper", paper)
    assert ran.code == 2 and not ran.out and len(ran.err.splitlines()) == 1
    assert not list(tmp_path.glob("**/r*"))


def test_the_same_journal_on_the_same_day_gives_the_same_bytes(journal: Journal, tmp_path: Path) -> None:
    keep(journal, [session(TODAY, "Deadlift (Barbell)")], [morning(TODAY, 3.0)])
    for name in ("a.pdf", "b.pdf", "a.html", "b.html"):
        write_report(journal, tmp_path / name, "a4")
    for ending in ("pdf", "html"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


MORNINGS = st.lists(
    st.builds(
        lambda n, pain, words, legs, pill: morning(
            TODAY - n * DAY, pain, hurts=tuple(words), leg_symptoms=legs, painkiller=pill
        ),
        st.integers(0, 40), st.integers(0, 10), st.sets(st.sampled_from(MOVEMENTS)), st.none() | st.booleans(),
        st.none() | st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


@given(MORNINGS)
def test_a_period_counts_days_and_never_more_than_it_has(check_ins: list[CheckIn]) -> None:
    first = TODAY - 20 * DAY
    told = period(check_ins, first, TODAY)
    inside = [check_in for check_in in check_ins if check_in.day >= first]
    scored = {check_in.day for check_in in inside}
    assert {first + n * DAY for n, pain in enumerate(told.pain) if not isnan(pain)} == scored
    assert dict(told.words["hurts"]) == {
        word: len({c.day for c in inside if word in c.hurts})
        for word in MOVEMENTS
        if any(word in c.hurts for c in inside)
    }
    assert list(told.words["hurts"]) == sorted(told.words["hurts"], key=lambda item: (-item[1], item[0]))
    for yes, asked in (told.leg_symptoms, told.painkiller):
        assert 0 <= yes <= asked <= len(scored)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        period([], TODAY, TODAY - DAY)

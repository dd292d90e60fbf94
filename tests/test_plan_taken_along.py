"""A plan as Markdown, calendar and page: what was planned, nothing that breaks out, nothing from elsewhere."""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Event
from markdown_it import MarkdownIt
from markdown_it.token import Token

from backstory import catalogue
from backstory.errors import InputError, NotEnough
from backstory.report import figure
from backstory.report.plan_ics import MARK as CALENDAR_MARK
from backstory.report.plan_ics import calendar
from backstory.report.plan_markdown import MARK, escaped, markdown
from backstory.report.plan_page import page
from backstory.report.plan_still import still
from backstory.report.plan_words import inert
from shown_plans import FLARE, GYM, NO_WEEK, PLANS, SHORT, Plan, renamed
from test_answer_page import NEVER, Reader, read
from test_plan_text import HOSTILE

AT = time(18, 30)
ALL = PLANS | {"none": NO_WEEK}
READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def figures_of(values: Plan) -> dict[str, str]:
    known = catalogue.load().exercises
    ids = {one["exercise"] for session in values["sessions"] for one in session["main"]}
    return {id_: figure(known[id_]) for id_ in sorted(ids)}


FIGURES = figures_of(GYM)


# Markdown


def said_by(source: str) -> tuple[list[str], set[str]]:
    """The texts of a Markdown document as a reader sees them, and the kinds of things in it."""
    texts, kinds = [], set()

    def walk(tokens: list[Token]) -> None:
        for token in tokens:
            kinds.add(token.type)
            if token.type == "inline":
                texts.append("".join(child.content for child in token.children or ()))
                walk(token.children or [])

    walk(READER.parse(source))
    return texts, kinds


@given(HOSTILE)
def test_markdown_shows_any_text_as_it_stands(name: str) -> None:
    for place in ("{}", "- {}", "| a |\n| --- |\n| {} |", "## {}"):
        texts, kinds = said_by(place.format(escaped(name)))
        if inert(name):
            assert texts[-1] == inert(name)
        assert not {"html_block", "html_inline", "link_open", "image", "em_open", "code_inline", "hr"} & kinds
        assert sum(kind in kinds for kind in ("bullet_list_open", "ordered_list_open")) == place.startswith("- ")


@pytest.mark.parametrize(
    "name", ["- a", "1. a", "2) a", "+ a", "---", "# a", "> a", "***", "`a`", "&amp;", "[a](b)", "<a>", "~~a~~", "a\\"]
)
def test_markdown_has_no_signs_that_names_can_give(name: str) -> None:
    texts, kinds = said_by(escaped(name))
    assert texts == [name] and kinds <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}


@given(HOSTILE, st.sampled_from(list(ALL)))
def test_hostile_names_leave_the_shape_of_the_document_alone(name: str, which: str) -> None:
    values = ALL[which]
    texts, kinds = said_by(markdown(renamed(values, name), "lb"))
    plain_kinds = said_by(markdown(renamed(values, "name")))[1]
    assert kinds - {"text_special"} <= plain_kinds
    assert len([text for text in texts if text]) >= (len(texts) - texts.count("")) > 0


@pytest.mark.parametrize("values", PLANS.values(), ids=PLANS)
def test_markdown_holds_each_exercise_as_a_row(values: Plan) -> None:
    source = markdown(values)
    assert source.startswith(MARK) and said_by(source)[1] >= {"table_open", "heading_open"}
    for session in values["sessions"]:
        for one in session["main"]:
            assert re.search(rf"^\| {re.escape(one['name'])} \| ", source, re.MULTILINE)


def test_markdown_tells_rules_with_grade_and_source_and_leaves_out_those_that_do_not_apply() -> None:
    source = markdown(SHORT)
    assert (
        "| R26 | Pulling to pushing, in sets. | if it can be | 0 to 6 sets | 6 | no | grade of R26 | source of"
        in source
    )
    assert "| R18 |" in source and "R20" not in source


def test_markdown_gives_numbers_as_the_terminal_does() -> None:
    row = "| Squat (Barbell) | 3 x 8 @ 132.5 lb | 8 @ 55 lb, 5 @ 82.5 lb, 3 @ 104.5 lb | 2 min | 2 |"
    assert row in markdown(GYM, "lb") and "+4.2 pain points" in markdown(GYM)


# Calendar


def events(content: bytes) -> list[Any]:
    found: Any = Calendar.from_ical(content)
    assert found.errors == [] and found["VERSION"] == "2.0" and "PRODID" in found
    return [part for part in found.walk("VEVENT") if isinstance(part, Event) and not part.errors]


@pytest.mark.parametrize("values", PLANS.values(), ids=PLANS)
def test_a_calendar_holds_each_session_and_rest_day_on_its_day(values: Plan) -> None:
    found = {event["UID"]: event for event in events(calendar(values, AT, 45))}
    assert len(found) == len(values["sessions"]) + len(values["rest_days"])
    for session in values["sessions"]:
        event = found[f"{session['date']}@plan.backstory"]
        assert event.decoded("DTSTART") == datetime.combine(date.fromisoformat(session["date"]), AT)
        assert event.decoded("DTSTART").tzinfo is None, "local time wherever it is read"
        assert event.decoded("DURATION") == timedelta(minutes=session["takes"])
        (alarm,) = event.walk("VALARM")
        assert isinstance(alarm, Alarm) and alarm.decoded("TRIGGER") == timedelta(minutes=-45)
        assert alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] == event["SUMMARY"]
        assert all(one["name"] in event["DESCRIPTION"] for one in session["main"])
    for one in values["rest_days"]:
        event = found[f"{one['date']}@plan.backstory"]
        assert event.decoded("DTSTART") == date.fromisoformat(one["date"])
        assert event.decoded("DTEND") == date.fromisoformat(one["date"]) + timedelta(days=1)
        assert not event.walk("VALARM") and event["TRANSP"] == "TRANSPARENT"


def test_a_summary_names_the_kind_of_session_and_nothing_of_the_back() -> None:
    for values in PLANS.values():
        content = calendar(values, AT, 30)
        kinds = {f"Training: {session['kind']}" for session in values["sessions"]}
        assert {str(event["SUMMARY"]) for event in events(content)} == kinds | {"Rest day"}
        words = content.replace(b"\r\n ", b"").decode().lower()
        assert not [word for word in (*NEVER, "pain", "flare", "(r23)", "your log") if re.search(rf"\b{word}", words)]
        assert all(event["CLASS"] == "PRIVATE" for event in events(content))


def test_a_later_plan_takes_the_place_of_the_one_before_day_by_day() -> None:
    made = datetime(2026, 11, 23, 7, 15, 59, 5, tzinfo=UTC)
    first = {str(event["UID"]): event for event in events(calendar(GYM, AT, 30, made=made))}
    moved = GYM | {
        "sessions": [GYM["sessions"][0], GYM["sessions"][1] | {"date": "2026-11-25"}],
        "rest_days": [
            one | {"date": day} for one, day in zip(GYM["rest_days"], ("2026-11-24", "2026-11-26"), strict=False)
        ],
    }
    later = {str(e["UID"]): e for e in events(calendar(moved, AT, 30, made=made + timedelta(minutes=1)))}
    assert set(later) < set(first)
    assert all(later[uid]["SEQUENCE"] > first[uid]["SEQUENCE"] for uid in later)
    assert later["2026-11-24@plan.backstory"]["SUMMARY"] == "Rest day"


def test_the_same_plan_gives_the_same_calendar_and_one_that_begins_later_a_later_one() -> None:
    assert calendar(GYM, AT, 30) == calendar(GYM, AT, 30)
    assert calendar(GYM, AT, 30).startswith(CALENDAR_MARK)
    (first, *_), (second, *_) = (events(calendar(values, AT, 30)) for values in (GYM, FLARE))
    assert second["SEQUENCE"] > first["SEQUENCE"]


@given(HOSTILE, st.sampled_from(list(PLANS)))
def test_hostile_names_come_back_out_of_a_calendar_as_they_are(name: str, which: str) -> None:
    values = PLANS[which]
    content = calendar(renamed(values, name), AT, 30, "lb")
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "RFC 5545, 3.1"
    found = events(content)
    assert len(found) == len(values["sessions"]) + len(values["rest_days"])
    assert found[0]["SUMMARY"] == f"Training: {inert(name)}"
    assert inert(name) in found[0]["DESCRIPTION"]


def test_a_reminder_can_be_left_out_and_cannot_come_after_the_start() -> None:
    assert b"VALARM" not in calendar(GYM, AT, None) and b"VALARM" in calendar(GYM, AT, 0)
    for minutes in (-1, 100_000):
        with pytest.raises(InputError, match="reminder"):
            calendar(GYM, AT, minutes)


def test_a_plan_without_a_day_makes_no_calendar() -> None:
    with pytest.raises(NotEnough):
        calendar(NO_WEEK, AT, 30)


# Page


def tags_of(text: str) -> Reader:
    reader = read(text)
    assert not {"script", "link", "img", "iframe", "object", "a", "form", "foreignobject", "image"} & set(reader.tags)
    names = [name for name, _ in reader.attributes]
    assert not [name for name in names if name.startswith("on") or name in ("style", "src", "href", "xlink:href")]
    return reader


@pytest.mark.parametrize("values", PLANS.values(), ids=PLANS)
def test_a_page_stands_alone(values: Plan) -> None:
    text = page(values, FIGURES)
    reader = tags_of(text)
    assert "://" not in text and "@import" not in text and "url(" not in text
    assert reader.tags.count("h1") == 1 and reader.tags.count("main") == 1
    assert text.startswith('<!doctype html><html lang="en"><meta charset="utf-8"><title>Backstory')
    assert page(values, FIGURES) == text


def test_its_policy_allows_its_own_style_and_nothing_else() -> None:
    text = page(GYM, FIGURES)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    (policy,) = (value for name, value in read(text).attributes if value.startswith("default-src"))
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{hashed}'"
    assert "size:A4" in style and "prefers-color-scheme:dark" in style and style.count("{") == style.count("}")


def test_on_paper_there_is_no_colour() -> None:
    style = page(GYM, FIGURES).split("</style>")[0]
    printed = style[style.rindex("@media print") :]
    colours = re.findall(r"#([0-9a-f]{3}|[0-9a-f]{6})\b", printed)
    assert colours and all(len({*colour}) == 1 for colour in colours)
    named = set(re.findall(r"(--[a-z]+):", style))
    assert named == set(re.findall(r"(--[a-z]+):", printed)), "each colour has one for paper"


def test_each_set_has_a_box_to_tick_and_room_for_what_was_done() -> None:
    text = page(GYM, FIGURES)
    for session, part in zip(GYM["sessions"], text.split('<section class="session">')[1:], strict=True):
        rows = part.split('<div class="exercise')[1:]
        assert len(rows) == len(session["main"])
        for one, row in zip(session["main"], rows, strict=True):
            ticks = row.split('<div class="pain">')[0].count('class="tick"')
            blanks = row.count('class="blank"')
            assert ticks == one["sets"] and one["name"] in row
            assert blanks == one["sets"] * (2 if one["load_kg"] else 1)
            assert (row.count("<svg") == 1) == (one["exercise"] in FIGURES)
        assert part.count('class="box"') == 4
        assert all(moment in part for moment in ("before", "worst during", "after", "next morning"))


def test_rules_stand_at_the_end_with_grade_and_source() -> None:
    text = page(SHORT, {})
    ((head, *rows),) = read(text).tables
    assert head == ["Rule", "Here", "Held", "Grade", "Source"]
    assert [row[2:] for row in rows] == [
        ["yes", "grade of R18", "source of R18"], ["no", "grade of R26", "source of R26"],
    ]  # fmt: skip
    assert "R20" not in text and text.index("<table") > text.rindex('class="pain"') and "<svg" not in text


@given(HOSTILE, st.sampled_from(list(ALL)))
def test_no_text_breaks_out_of_the_page(name: str, which: str) -> None:
    values = ALL[which]
    text = page(renamed(values, name), {}, "lb")
    assert tags_of(text).tags == tags_of(page(renamed(values, "name" if name else ""), {}, "lb")).tags
    assert text.encode() and not re.search("[\x00-\x08\x0b-\x1f]", text)


def test_a_figure_gives_its_lines_and_nothing_else() -> None:
    drawn = FIGURES["squat"]
    kept = still(drawn)
    assert kept.count("<polyline") == drawn.split('class="still"')[1].count("<polyline") > 10
    hostile = drawn.replace(
        '<g class="still">',
        '<g class="still"><script>1</script><g onclick="x()"><polyline points="&quot;&gt;&lt;b&gt;" style="x"/></g>'
        '<image href="https://example.org/x"/>',
    ).replace("<desc>", "<desc>&lt;b&gt;&quot;")
    reader = tags_of(still(hostile))
    assert set(reader.tags) == {"svg", "g", "polyline"}
    allowed = {"class", "role", "aria-label", "viewbox", "transform", "stroke-width", "points"}
    assert {name for name, _ in reader.attributes} == allowed


@pytest.mark.parametrize("svg", ["", "<p>", "<svg/>", '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'])
def test_what_is_no_figure_is_refused(svg: str) -> None:
    with pytest.raises(ValueError, match="no figure"):
        page(GYM, {"squat": svg})


def test_where_no_week_can_hold_the_page_and_markdown_say_so() -> None:
    for text in (page(NO_WEEK, {}), markdown(NO_WEEK)):
        assert "No week can hold all of this" in text and "10 more minutes on Tuesday." in text


def test_words_that_people_never_read_are_absent() -> None:
    for values in PLANS.values():
        pages: Mapping[str, str] = {"page": " ".join(read(page(values, FIGURES)).texts), "markdown": markdown(values)}
        for said in pages.values():
            assert not [word for word in NEVER if re.search(rf"\b{word}", said.lower())]

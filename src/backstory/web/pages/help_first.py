"""Get help first: the questions screen by screen, what was answered, what is open, and that somebody had a look."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from backstory.errors import InputError, JournalError
from backstory.journal import helping
from backstory.journal.helping import Screen, Told
from backstory.web.forms import ANSWERS, Filled, day_of, several, yes_or_no
from backstory.web.showing import Seen, View, chosen

router = APIRouter()
NONE_OF_THESE = "none"
EMERGENCY = "emergency"


@router.get("/help-first")
def help_first(seen: Seen, again: str = "") -> Response:
    """What stands now; where nothing was asked yet, or again, the first screen."""
    told = helping.told(seen.desk.journal)
    if told.asked_on is None or (again and told.judgement.urgency != EMERGENCY):
        return _screen(seen, 0, helping.answered_today(seen.desk.journal))
    return _standing(seen, told)


@router.post("/help-first")
def answer(seen: Seen, form: Filled) -> Response:
    """The answers to a screen; the next one, or what they ask for. Kept at the end, or as soon as help is needed."""
    number, go = _number(form), chosen(form, "go")
    screens, answers = helping.screens(), _carried(form)
    try:
        answers = _without(answers, screens[number]) if go == "skip" else answers | picked(screens[number], form)
    except InputError:
        if go != "back":
            return _screen(seen, number, answers, ticked=several(form.getlist("yes")), problem=True)
    if helping.judge(answers).urgency == EMERGENCY or (number + 1 == len(screens) and go != "back"):
        return kept(seen, answers)
    return _screen(seen, max(0, number - 1) if go == "back" else number + 1, answers)


@router.post("/help-first/seen")
def somebody_looked(seen: Seen, form: Filled) -> Response:
    """The day of a visit: it ends what was open on it."""
    day = day_of(form.get("day"))
    if day is None:
        raise InputError(seen.text("help.which_day"))
    helping.note(seen.desk.journal, {}, day)
    return seen.go_to("/help-first")


@router.post("/help-first/mistake")
def ticked_by_mistake(seen: Seen) -> Response:
    """Take back what was answered last today."""
    helping.take_back(seen.desk.journal)
    return seen.go_to("/help-first")


def picked(screen: Screen, form: FormData) -> dict[str, bool]:
    """What was ticked on a screen: one by one, or that it is none of these. Raises InputError for neither, and both."""
    yes, ids = several(form.getlist("yes")), {question.id for question in screen.questions}
    ticked = ids & set(yes)
    if bool(ticked) == (NONE_OF_THESE in yes):
        raise InputError("Tick what is true, or that it is none of these.")
    return {question: question in ticked for question in sorted(ids)}


def _number(form: FormData) -> int:
    """Which screen, from 0 on."""
    given = chosen(form, "screen") or ""
    numbers = {str(n): n for n in range(len(helping.screens()))}
    if given not in numbers:
        raise InputError("There is no such screen.")
    return numbers[given]


def _carried(form: FormData) -> dict[str, bool]:
    """Answers to the screens before, as the page sent them along."""
    known = [question.id for screen in helping.screens() for question in screen.questions]
    given = {key: yes_or_no(form.get(key)) for key in known}
    return {key: answer for key, answer in given.items() if answer is not None}


def _without(answers: Mapping[str, bool], screen: Screen) -> dict[str, bool]:
    left = {question.id for question in screen.questions}
    return {key: answer for key, answer in answers.items() if key not in left}


def _screen(seen: View, number: int, answers: Mapping[str, bool], **more: Any) -> Response:
    screen = helping.screens()[number]
    here = {question.id for question in screen.questions}
    yes_no = {answer: word for word, answer in ANSWERS.items()}
    values: dict[str, Any] = {
        "number": number, "count": len(helping.screens()), "screen": screen, "problem": False,
        "carried": {key: yes_no[answer] for key, answer in answers.items() if key not in here},
        "ticked": ticks(screen, answers),
    }  # fmt: skip
    return seen.page("help_screen.html", **values | more)


def ticks(screen: Screen, answers: Mapping[str, bool]) -> tuple[str, ...]:
    """Which boxes of a screen are ticked where it was answered before."""
    here = [question.id for question in screen.questions]
    yes = tuple(key for key in here if answers.get(key))
    return yes or ((NONE_OF_THESE,) if any(key in answers for key in here) else ())


def kept(seen: View, answers: Mapping[str, bool], then: str = "/help-first") -> Response:
    """Note them, and go on; an emergency stops here, and its text is shown even where nothing can be kept."""
    try:
        if answers and answers != helping.answered_today(seen.desk.journal):
            helping.note(seen.desk.journal, answers)
    except JournalError:
        judged = helping.judge(answers)
        if judged.urgency != EMERGENCY:
            raise
        return _standing(seen, Told(judged))
    return seen.go_to("/help-first" if helping.judge(answers).urgency == EMERGENCY else then)


def _standing(seen: View, told: Told) -> Response:
    journal = seen.desk.journal
    return seen.page(
        "emergency.html" if told.judgement.urgency == EMERGENCY else "help_first.html", told=told,
        noted=told.noted, today=journal.today(), may_take_back=told.asked_on == journal.today(),
    )  # fmt: skip

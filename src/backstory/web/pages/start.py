"""First steps: which start, signs that need help at once, who you are, your log; then what that start says."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.datastructures import FormData

from backstory.errors import InputError, NotEnough
from backstory.journal import entering, helping, limits, starting
from backstory.model import MOVEMENTS, PROFILE_CHOICES
from backstory.web.forms import Filled, amount, several
from backstory.web.pages.help_first import EMERGENCY, kept, picked, ticks
from backstory.web.showing import Seen, View, chosen

router = APIRouter(prefix="/start")
STEPS = 4
NUMBERS = ("birth_year", "height_cm", "body_mass_kg")
CHOICES = {name: PROFILE_CHOICES[name] for name in ("sex", "goal")}
LIMITS = ("avoid", "keep", "prescribed_by")
Which = Annotated[str, Query(alias="as", max_length=40)]


@router.get("")
def which(seen: Seen, start: Which = "") -> Response:
    """The three starts, of which one is chosen."""
    return _step(seen, "start.html", 1, start, three=starting.three())


@router.get("/signs")
def signs(seen: Seen, start: Which = "") -> Response:
    """The emergency's questions, on one screen."""
    screen = helping.screens()[0]
    ticked = ticks(screen, helping.answered_today(seen.desk.journal))
    return _step(seen, "start_signs.html", 2, start, screen=screen, ticked=ticked, problem=False)


@router.post("/signs")
def signs_answered(seen: Seen, form: Filled) -> Response:
    """Kept; an emergency ends the first steps."""
    start, screen = _start(form), helping.screens()[0]
    on = f"/start/you?as={start}"
    if chosen(form, "go") == "skip":
        return seen.go_to(on)
    try:
        answers = helping.answered_today(seen.desk.journal) | picked(screen, form)
    except InputError:
        ticked = several(form.getlist("yes"))
        return _step(seen, "start_signs.html", 2, start, screen=screen, ticked=ticked, problem=True)
    return kept(seen, answers, on)


@router.get("/you")
def you(seen: Seen, start: Which = "") -> Response:
    """How the back is now, or what a clinician said, by the start; and a few things that loads are reckoned with."""
    journal = seen.desk.journal
    return _step(
        seen, "start_you.html", 3, start, profile=journal.store.profile(), numbers=NUMBERS, choices=CHOICES,
        movements=MOVEMENTS, told=entering.said_so_far(journal), held=limits.limits(journal), limit_fields=LIMITS,
    )  # fmt: skip


@router.post("/you")
def you_told(seen: Seen, form: Filled) -> Response:
    """Keep what was given; what is empty stays as it was. Raises InputError."""
    journal, start = seen.desk.journal, _start(form)
    typed = {name: (chosen(form, name) or "").replace(",", ".") or None for name in (*NUMBERS, *CHOICES)}
    wanted = limits.Wanted(
        keep=_names(form, "keep"), avoid=_names(form, "avoid"), prescribed_by=chosen(form, "prescribed_by") or ""
    )
    pain = amount(form.get("pain"), seen.text("today.how"))
    entering.profile(journal, typed)
    if wanted.says_something:
        limits.add_limits(journal, wanted)
    starting.first_check_in(journal, pain, several(form.getlist("hurts")))
    return seen.go_to(f"/start/log?as={start}")


@router.get("/log")
def log(seen: Seen, start: Which = "") -> Response:
    """Bring in a log, or begin without one."""
    return _step(seen, "start_log.html", 4, start)


@router.post("/log")
def begun(seen: Seen, form: Filled) -> Response:
    """The start that was chosen holds from now on; the last page, or where files are taken."""
    start = _start(form)
    starting.begin(seen.desk.journal, start)
    return seen.go_to("/import" if chosen(form, "go") == "import" else f"/start/begun?as={start}")


@router.get("/begun")
def begun_with(seen: Seen, start: Which = "") -> Response:
    """What the start says, with its session."""
    if stopped := _stopped(seen):
        return stopped
    said = seen.desk.shelf.get("start", start=known(start))
    return seen.page("start_begun.html", said=said, start=start)


def known(start: str) -> str:
    """A start that there is. Raises NotEnough."""
    if start not in starting.STARTS:
        raise NotEnough("There is no such start.")
    return start


def _start(form: FormData) -> str:
    return known(chosen(form, "as") or starting.NO_PAIN)


def _step(seen: View, template: str, number: int, start: str, **values: Any) -> Response:
    """A step, unless an emergency stands, which stops all of them."""
    given = known(start or starting.NO_PAIN)
    return _stopped(seen) or seen.page(template, number=number, count=STEPS, start=given, **values)


def _stopped(seen: View) -> Response | None:
    urgent = helping.stands(seen.desk.journal).judgement.urgency == EMERGENCY
    return seen.go_to("/help-first") if urgent else None


def _names(form: FormData, field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (chosen(form, field) or "").split(",") if part.strip())

"""What a start says, as people and programs get it."""

from dataclasses import dataclass
from typing import Any

from backstory import catalogue
from backstory.journal.helping import Told
from backstory.model import Limits
from backstory.questions.first_session import Move

FIGURE = "   backstory figure {id} {id}.svg"


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs under a heading; "" = none."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """What a start says; `start` "" = none was chosen yet. `help`: what was answered to help first, None where nothing
    was; `session`: () = none; `next_step`: the one thing to do next, "" in an emergency.
    """

    start: str
    sections: tuple[Section, ...]
    next_step: str
    limits: Limits | None
    help: Told | None
    session: tuple[Move, ...] = ()

    @property
    def text(self) -> str:
        """All of it, as it is read."""
        lines = [line for section in self.sections for line in (section.heading, *section.lines)]
        return "\n".join(line for line in (*lines, self.next_step) if line)

    def as_json(self) -> dict[str, Any]:
        """The command line's contract."""
        return {
            "start": self.start or None,
            "text": self.text,
            "session": [_row(move) for move in self.session],
            "limits": _limits(self.limits),
            "help": self.help.as_json() if self.help else None,
            "next_step": self.next_step,
        }


def session_lines(session: tuple[Move, ...]) -> list[str]:
    """Each exercise with how long, how and why, and below it how to see it move."""
    lines = []
    for number, move in enumerate(session, 1):
        lines.append(f"{number}. {named(move)}, {move.amount}. {move.how} {move.why}")
        lines.append(FIGURE.format(id=move.exercise))
    return lines


def named(move: Move) -> str:
    """An exercise as the catalogue calls it. Raises UnknownExercise."""
    return catalogue.load().get(move.exercise).name


def _row(move: Move) -> dict[str, Any]:
    """Minutes, or repetitions (of each side where `each_side`)."""
    amount = {"minutes": move.minutes} if move.minutes is not None else {"reps": move.reps, "each_side": move.sides}
    return {"exercise": move.exercise, "name": named(move), **amount, "how": move.how, "why": move.why}


def _limits(held: Limits | None) -> dict[str, Any]:
    """Empty where none hold."""
    if held is None:
        return {"keep": [], "avoid": [], "prescribed_by": "", "since": None}
    since = held.day.isoformat()
    return {"keep": [*held.keep], "avoid": [*held.avoid], "prescribed_by": held.prescribed_by, "since": since}

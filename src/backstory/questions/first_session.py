"""A first easy session: which exercises of the data are taken, for whom. Data in `data/first_session.toml`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError
from backstory.model import MOVEMENTS
from backstory.questions.checking import check_choice, check_words, different_words
from backstory.questions.movements import demand_of

DATA = Path(__file__).parent / "data" / "first_session.toml"
RATED = ("collected", "judgement")
WORDS = ("exercise", "rated", "how", "why")
NEEDED = {*WORDS, "hurts_with", "demand"}
MINUTE_S = 60
HURTS_NOW, LIMITS, PREFERENCES = "hurts now", "limits", "preferences"


@dataclass(frozen=True, slots=True)
class Move:
    """One exercise of the session: minutes, or repetitions (of each side where `sides`) of `seconds` each."""

    exercise: str
    how: str
    why: str
    rated: str
    hurts_with: tuple[str, ...]
    demand: Mapping[str, int]
    minutes: float | None = None
    reps: int | None = None
    seconds: float = 0.0
    sides: bool = False

    @property
    def lasts_s(self) -> float:
        """How long it takes [s]."""
        if self.minutes is not None:
            return self.minutes * MINUTE_S
        return (self.reps or 0) * self.seconds * (2 if self.sides else 1)

    @property
    def amount(self) -> str:
        """How long or how often, for people."""
        if self.minutes is not None:
            return f"{self.minutes:g} minute{'' if self.minutes == 1 else 's'}"
        return f"{self.reps} times{', each side' if self.sides else ''}"


@dataclass(frozen=True, slots=True)
class Part:
    """Exercises of which one is taken, the best first."""

    easy: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The session's parts in order, and the time between two exercises [s]."""

    parts: tuple[Part, ...]
    changing_s: float


@dataclass(frozen=True, slots=True)
class Needs:
    """What a first session has to respect.

    most: what an exercise may ask, 0 to 3, by demand; hurts: movements that hurt now; may: whether a clinician's limits
    leave an exercise open, by id; keep: what a clinician wants done, which comes first and is held against nothing but
    those limits; easy: the easier session.
    """

    most: Mapping[str, int]
    hurts: Collection[str]
    may: Callable[[str], bool]
    keep: Collection[str] = ()
    easy: bool = False


@dataclass(frozen=True, slots=True)
class FirstSession:
    """What is taken, how long it lasts [min], and what would have been taken else, with the reason why it is not."""

    moves: tuple[Move, ...]
    minutes: float
    left_out: tuple[tuple[Move, str], ...]


def first_session(needs: Needs, parts: Parts | None = None) -> FirstSession:
    """One exercise a part, where there is one. parts: None = those of the data."""
    given = parts or load_first_session()
    moves: list[Move] = []
    left_out: list[tuple[Move, str]] = []
    for part in given.parts:
        if needs.easy and not part.easy:
            continue
        for move in sorted(part.moves, key=lambda move: move.exercise not in needs.keep):
            reason = against(move, needs)
            if reason is None:
                moves.append(move)
                break
            left_out.append((move, reason))
    seconds = sum(move.lasts_s for move in moves) + given.changing_s * max(0, len(moves) - 1)
    return FirstSession(tuple(moves), seconds / MINUTE_S, tuple(left_out))


def against(move: Move, needs: Needs) -> str | None:
    """What speaks against an exercise: "limits", "hurts now", "preferences"; None = nothing."""
    if not needs.may(move.exercise):
        return LIMITS
    if move.exercise in needs.keep:
        return None
    if set(move.hurts_with) & set(needs.hurts):
        return HURTS_NOW
    asks_more = any(move.demand.get(name, 0) > most for name, most in needs.most.items())
    return PREFERENCES if asks_more else None


@cache
def load_first_session(path: Path = DATA) -> Parts:
    """The parts of the file. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    if tables.keys() != {"changing_s", "parts"} or not isinstance(tables["parts"], list) or not tables["parts"]:
        raise CatalogueError(f"{path.name}: needs exactly changing_s and parts.")
    parts = tuple(_part(f"{path.name}, part {number}", table) for number, table in enumerate(tables["parts"], 1))
    ids = [move.exercise for part in parts for move in part.moves]
    if len(set(ids)) != len(ids):
        raise CatalogueError(f"{path.name}: an exercise stands twice.")
    return Parts(parts, _positive(path.name, "changing_s", tables["changing_s"]))


def _part(where: str, table: Any) -> Part:
    if not isinstance(table, dict) or table.keys() != {"easy", "moves"} or not isinstance(table["easy"], bool):
        raise CatalogueError(f"{where}: needs exactly easy (true or false) and moves.")
    if not isinstance(table["moves"], list) or not table["moves"]:
        raise CatalogueError(f"{where}: needs at least one of moves.")
    return Part(table["easy"], tuple(_move(where, move) for move in table["moves"]))


def _move(where: str, table: Any) -> Move:
    timed, counted = {"minutes"}, {"reps", "seconds"}
    if not isinstance(table, dict) or table.keys() - {"sides"} not in (NEEDED | timed, NEEDED | counted):
        raise CatalogueError(f"{where}: a move needs {', '.join(sorted(NEEDED))}, and minutes or reps with seconds.")
    check_words(where, table, WORDS)
    where = f"{where}, {table['exercise']}"
    check_choice(where, "rated", table["rated"], RATED)
    hurts_with = different_words(where, "hurts_with", table["hurts_with"])
    if not set(hurts_with) <= set(MOVEMENTS) or not isinstance(table.get("sides", False), bool):
        raise CatalogueError(f"{where}: hurts_with names movements of a check-in, and sides is true or false.")
    for name in (timed | counted) & table.keys():
        _positive(where, name, table[name])
    if not isinstance(table.get("reps", 1), int):
        raise CatalogueError(f"{where}: reps must be a whole number.")
    return Move(**{**table, "hurts_with": hurts_with, "demand": demand_of(where, "demand", table["demand"])})


def _positive(where: str, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise CatalogueError(f"{where}: {name} must be a number above 0.")
    return value

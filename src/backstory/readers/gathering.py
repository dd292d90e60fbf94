"""Rows of sets into sessions: what the formats of the gym apps have in common."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from backstory.errors import UnreadableFile
from backstory.model import LIMITS, Problem, Session, Set

MOST_PROBLEMS = 10_000
LOAD_LIMIT_KG, REPS_LIMIT, DISTANCE_LIMIT, SECONDS_LIMIT, RPE_LIMIT = (
    LIMITS[name] for name in ("load_kg", "reps", "distance_km", "duration_s", "rpe")
)

Row = tuple[int, list[str]]
Parse = Callable[[list[str]], tuple[Hashable, Set | None]]


def gather(
    rows: Iterable[Row], parse: Parse, begin: Callable[[list[str]], Session], problems: list[Problem]
) -> tuple[Session, ...]:
    """Sessions in the order of the file.

    parse: a row → the key of its session and its set (None: the row is no set, such as a rest timer);
    begin: a row → its session, without sets. Both raise ValueError, which becomes a problem of that line.
    """
    sessions: dict[Hashable, Session] = {}
    sets: dict[Hashable, list[Set]] = {}
    for line, row in rows:
        try:
            key, one_set = parse(row)
            if key not in sessions:
                sessions[key] = begin(row)
                sets[key] = []
        except ValueError as error:
            leave_out(line, error, problems)
        else:
            if one_set is not None:
                sets[key].append(one_set)
    return tuple(replace(session, sets=tuple(sets[key])) for key, session in sessions.items() if sets[key])


def leave_out(line: int, error: Exception, problems: list[Problem]) -> None:
    """Note that a line could not be taken. Raises UnreadableFile when there are too many of them."""
    if len(problems) >= MOST_PROBLEMS:
        raise UnreadableFile(f"More than {MOST_PROBLEMS:,} lines cannot be read; is this the right file?")
    problems.append(Problem(line, f"This line was left out: {str(error).rstrip('.')}."))

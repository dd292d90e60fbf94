"""Sets of work that a body is not used to."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from backstory.model import Exercise, Session

USED_TO = timedelta(days=42)  # Byrnes et al. 1985: six weeks after a bout of it work still makes less sore; not nine


def unaccustomed_sets(
    sessions: Sequence[Session], exercises: Sequence[Sequence[Exercise | None]] | None = None
) -> list[float | None]:
    """Sets of exercises that were not done in the 42 days before, one value a session [sets]; None = not known.

    Work one is not used to makes sore for some days; the same work does so less for up to six weeks (Byrnes, Clarkson
    et al. 1985, J Appl Physiol 59:710). Not known in the first 42 days of a log, and on the first day after a gap of
    more than 42 days: what was done before, nobody wrote down, and everything would be new. Sessions of one day are
    held against the same days before it, so that their order does not count.

    exercises: one a set, session after session, None = a name that nobody knows, which then stands for itself.
    """
    by_day: dict[date, list[int]] = defaultdict(list)
    for place, session in enumerate(sessions):
        if session.sets:
            by_day[session.day].append(place)
    found: list[float | None] = [0.0] * len(sessions)
    last_done: dict[str, date] = {}
    begun, before = min(by_day, default=None), None
    for day in sorted(by_day):
        known = begun is not None and day - begun >= USED_TO and before is not None and day - before <= USED_TO
        today: set[str] = set()
        for place in by_day[day]:
            done = _done(sessions[place], exercises[place] if exercises is not None else None)
            today.update(done)
            new = sum(name not in last_done or day - last_done[name] > USED_TO for name in done)
            found[place] = float(new) if known else None
        last_done.update(dict.fromkeys(today, day))
        before = day
    return found


def _done(session: Session, exercises: Sequence[Exercise | None] | None) -> list[str]:
    """What each set was a set of: the catalogue's id, else the name in the log."""
    row = exercises if exercises is not None else [None] * len(session.sets)
    return [
        one_set.exercise_name.strip().casefold() if exercise is None else exercise.id
        for one_set, exercise in zip(session.sets, row, strict=True)
    ]

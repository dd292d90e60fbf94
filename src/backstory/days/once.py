"""A training that two apps logged counts once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from backstory.model import Session

UNTIMED = timedelta(hours=1)  # how long a session takes whose duration nobody recorded
LONGEST_SESSION = timedelta(hours=12)
SAME_SETS = 0.5  # of the shorter of two logs of one day: beyond, they are one session


def counted_once(sessions: Sequence[Session]) -> list[Session]:
    """Sessions, in their order, without those that another source logged too; of two, the one with more sets stays."""
    by_day: dict[date, list[Session]] = defaultdict(list)
    dropped: set[int] = set()
    for session in sorted(sessions, key=lambda session: -len(session.sets)):
        if any(same_training(session, other) for other in by_day[session.day]):
            dropped.add(id(session))
        else:
            by_day[session.day].append(session)
    return [session for session in sessions if id(session) not in dropped]


def same_training(a: Session, b: Session) -> bool:
    """Whether two sessions of different sources are one: their times overlap, or most of their sets are the same."""
    if a.source == b.source or a.day != b.day or not (a.sets and b.sets):
        return False
    if a.started_at and b.started_at:
        return a.started_at < b.started_at + _length(b) and b.started_at < a.started_at + _length(a)
    count_a, count_b = (Counter((round(s.load_kg or 0), s.reps) for s in session.sets) for session in (a, b))
    return (count_a & count_b).total() > SAME_SETS * min(count_a.total(), count_b.total())


def _length(session: Session) -> timedelta:
    return min(timedelta(seconds=session.duration_s), LONGEST_SESSION) if session.duration_s else UNTIMED

"""The three starts: pain today, no pain, told by a clinician. What is said, a first session, and one next step."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from backstory import catalogue
from backstory.journal import entering, helping, rhythm
from backstory.journal.feeling import Feeling, feeling
from backstory.journal.helping import Told
from backstory.journal.limits import allowed, limits, told_as
from backstory.journal.opening import Journal
from backstory.journal.started import Section, Started, named, session_lines
from backstory.model import FAMILIES, CheckIn, Limits
from backstory.questions.first_session import HURTS_NOW, LIMITS, PREFERENCES, FirstSession, Needs, first_session
from backstory.questions.help_first import load_help
from backstory.questions.movements import LEG, load_sensitivities, most_allowed, noted_days
from backstory.questions.start import NO_PAIN, PAIN_TODAY, STARTS, TOLD, load_starts

__all__ = ["NO_PAIN", "STARTS", "begin", "first_check_in", "offered", "said_today", "tell", "three"]
NOW = timedelta(days=1)  # what hurt yesterday is taken to hurt today
HURT_LATELY = timedelta(days=14)
NOON = 12
LEGS = "legs"
RHYTHMS = {PAIN_TODAY: rhythm.DAILY, NO_PAIN: rhythm.WEEKLY}
LEFT_OUT = {HURTS_NOW: "session_hurts", LIMITS: "session_limits", PREFERENCES: "session_preferences"}


def first_check_in(journal: Journal, pain: float | None, hurts: tuple[str, ...]) -> CheckIn | None:
    """A check-in by the time of day at which it is given; None where nothing was said. Raises InputError."""
    if pain is None and not hurts:
        return None
    when = "morning" if journal.clock().astimezone().hour < NOON else "evening"
    return entering.check_in(journal, pain=pain, hurts=hurts, when=when)


def said_today(journal: Journal) -> bool:
    """Whether pain was scored today, or a movement named that hurts."""
    said = (c for c in journal.store.check_ins() if c.day == journal.today())
    return any(check_in.pain is not None or check_in.hurts for check_in in said)


def offered(journal: Journal) -> Started:
    """The three starts, of which one is to be chosen."""
    known = load_starts()
    three = [
        Section(f"{number}. {known.starts[key].title}", (known.starts[key].text,))
        for number, key in enumerate(STARTS, 1)
    ]
    which = Section(known.words["which"], ())
    return Started("", (which, *three), known.words["how"], limits(journal), _help(journal))


def three() -> list[dict[str, str]]:
    """The three starts: id, title, text."""
    known = load_starts().starts
    return [{"id": key, "title": known[key].title, "text": known[key].text} for key in STARTS]


def begin(journal: Journal, start: str) -> Started:
    """What a start says, with the session that belongs to it; from now on it is asked as often as that start wants.

    An emergency's text stands alone, and changes nothing.
    """
    told = _help(journal)
    if told is not None and told.judgement.urgency == "emergency":
        return _emergency(start, told, limits(journal))
    changed = start in RHYTHMS and rhythm.set_rhythm(journal, RHYTHMS[start])
    return _tell(journal, start, told, changed)


def tell(journal: Journal, start: str) -> Started:
    """What a start says, for looking at it again; nothing is changed."""
    told = _help(journal)
    if told is not None and told.judgement.urgency == "emergency":
        return _emergency(start, told, limits(journal))
    return _tell(journal, start, told, changed=False)


def _emergency(start: str, told: Told, held: Limits | None) -> Started:
    return Started(start, (Section("", (told.judgement.text,)),), "", held, told)


def _tell(journal: Journal, start: str, told: Told | None, changed: bool) -> Started:
    if start == PAIN_TODAY:
        return _pain_today(journal, told, now_daily=changed)
    return {NO_PAIN: _no_pain, TOLD: _told_by_clinician}[start](journal, told)


def _help(journal: Journal) -> Told | None:
    now = helping.stands(journal)
    return None if now.asked_on is None else Told(now.judgement, now.asked_on, now.open)


def _pain_today(journal: Journal, told: Told | None, now_daily: bool) -> Started:
    words, held, felt = load_starts().words, limits(journal), feeling(journal)
    easy = told is not None and told.judgement.plan != "usual"
    session = first_session(_needs(journal, held, felt, easy))
    legs = load_help().texts["legs"]  # is said already, with what help first asks for
    notes = [*(line for line in felt.described if line != legs), *(preference.text for preference in felt.preferences)]
    sections = [
        Section(words["help_heading"], tuple(_help_lines(journal, told))),
        *_facts(PAIN_TODAY),
        Section(words["notes_heading"] if notes else "", tuple(notes)),
        _session(session, held, easy),
        Section("", (words["now_daily"],) if now_daily else ()),
    ]
    step = words["next_pain" if said_today(journal) else "next_pain_hurts"]
    return Started(PAIN_TODAY, tuple(sections), step, held, told, session.moves)


def _help_lines(journal: Journal, told: Told | None) -> Iterable[str]:
    """What help first asks for; where it is due, that; and always when to have legs and lasting pain looked at."""
    due, texts = helping.due_now(journal), load_help().texts
    if due is not None:
        yield load_starts().words["help_due"].format(due=due)
    yield told.judgement.text if told is not None else f"{texts['legs']} {texts['weeks']}"


def _facts(start: str) -> list[Section]:
    by_heading = groupby(load_starts().facts[start], key=lambda fact: fact.heading)
    return [Section(heading, tuple(fact.sentence for fact in facts)) for heading, facts in by_heading]


def _needs(journal: Journal, held: Limits | None, felt: Feeling, easy: bool) -> Needs:
    now = [c for c in journal.store.check_ins() if c.day >= journal.today() - NOW]
    noted = noted_days(now)
    most = most_allowed(felt.preferences)
    if LEG in noted:
        legs = load_sensitivities()[LEGS].keeps_low
        most = {name: min(most.get(name, limit), legs.get(name, limit)) for name, limit in (most | dict(legs)).items()}
    known = catalogue.load()
    return Needs(
        most=most,
        hurts=frozenset(noted),
        may=lambda exercise: allowed(known.get(exercise), held),
        keep=held.keep if held else (),
        easy=easy,
    )


def _session(session: FirstSession, held: Limits | None, easy: bool) -> Section:
    words, minutes = load_starts().words, round(session.minutes)
    heading = words["session_easy_heading" if easy else "session_heading"].format(minutes=minutes)
    lines = [words["session_stop"], *session_lines(session.moves)] if session.moves else [words["session_none"]]
    for reason, name in LEFT_OUT.items():
        if out := [named(move) for move, why in session.left_out if why == reason]:
            lines.append(words[name].format(exercises=", ".join(out)))
    done = {move.exercise for move in session.moves}
    if keep := [told_as(entry) for entry in (held.keep if held else ()) if entry not in done]:
        lines.append(words["session_keep"].format(exercises=", ".join(keep)))
    return Section(heading if session.moves else "", tuple(lines))


def _no_pain(journal: Journal, told: Told | None) -> Started:
    words = load_starts().words
    scored = [(c.day, c.pain) for c in journal.store.check_ins() if c.pain is not None and c.session is None]
    day, pain = scored[-1] if scored else (date.min, 0.0)
    lately = pain > 0 and day > journal.today() - HURT_LATELY
    hurts = [words["weekly_hurts"].format(pain=f"{pain:g}", day=day.isoformat())] if lately else []
    sections = [
        *_open(told),
        Section(words["weekly_heading"], (*hurts, words["weekly"], words["weekly_why"])),
        Section(words["weekly_instead_heading"], (words["weekly_instead"],)),
        *_facts(NO_PAIN),
        Section("", (words["weekly_if"],)),
    ]
    step = words["next_load" if journal.store.sessions() else "next_import"]
    return Started(NO_PAIN, tuple(sections), step, limits(journal), told)


def _told_by_clinician(journal: Journal, told: Told | None) -> Started:
    words, held = load_starts().words, limits(journal)
    sections = [*_open(told), Section(words["limits_heading"], tuple(_limit_lines(journal, held)))]
    return Started(TOLD, tuple(sections), words["next_limits" if held else "next_told"], held, told)


def _limit_lines(journal: Journal, held: Limits | None) -> Sequence[str]:
    words = load_starts().words
    if held is None:
        ended = [words["limits_ended"]] if journal.store.entries(Limits) else []
        return [*ended, words["limits_none"].format(families=", ".join(FAMILIES))]
    lines = [
        words[name].format(exercises=", ".join(map(told_as, entries)))
        for name, entries in (("limits_keep", held.keep), ("limits_avoid", held.avoid))
        if entries
    ]
    by = "limits_by" if held.prescribed_by else "limits_noted"
    said = words[by].format(day=held.day.isoformat(), by=held.prescribed_by)
    return [*lines, said, words["limits_hold"]]


def _open(told: Told | None) -> list[Section]:
    """What help first holds open, before anything else."""
    if told is None or not told.open:
        return []
    return [Section(load_starts().words["help_heading"], (told.judgement.text,))]

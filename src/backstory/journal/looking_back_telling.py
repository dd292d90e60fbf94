"""A look back in words: what is seen, beside how often it is seen anyway. It never says why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backstory.journal.so_far import CALENDAR_FROM, VARIABILITY_FROM, CalendarDay, SoFar
from backstory.load import Weighed, monday
from backstory.load.firsts import First
from backstory.load.look_back import Jump, News, Resting, Usual

LEAST_JUMP = {"session": 1.1, "week": 1.3}  # R20 and R21: what is worth telling
SHOWN, JUMPS_SHOWN = 6, 3
LABELS = {
    "load": "low-back load", "sets": "sets", "hard_sets": "hard sets", "sessions": "sessions",
    "minutes": "minutes of activities", "km": "kilometres",
}  # fmt: skip
ITEM, ROW = "- ", "  "
NO_ALARM = (
    "That is no alarm. A plan keeps its sessions smaller than such jumps; what is known of them comes from runners "
    "(Frandsen et al. 2025)."
)
NUMBERS = ("none", "one", "two", "three", "four")
CELL, WEEK_CELL = 8, 15  # letters
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CHECK_IN = "`backstory check-in --pain 0..10 --when morning` takes ten seconds"
CALENDAR_READS = (
    "The upper number is the morning's pain, 0 to 10; below it stands what you trained on that day, so what came "
    "before a morning stands to its left, or on the week above. A dot: not scored; a dash: no training; empty: not "
    "known. It is a record and claims nothing."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading ("" = none) and its lines; those that begin with `ROW` are rows of a table, of 80 letters at
    most; with `ITEM`, items of a list."""

    heading: str
    lines: tuple[str, ...]

    @property
    def all_lines(self) -> tuple[str, ...]:
        return (self.heading, *self.lines) if self.heading else self.lines


def intro(log: Sequence[Weighed]) -> Section:
    """What is looked back on."""
    first, last = log[0].day, log[-1].day
    if len(log) == 1:
        return Section("", (f"One session, on {shown(last)}.",))
    span = f"from {shown(first)} to {shown(last)}"
    return Section("", (f"{len(log)} sessions, {span}. All below is counted back from that last day.",))


def usual(found: Sequence[Usual]) -> Section:
    """The range of the person's own weeks."""
    heading = "Your usual week"
    if not found:
        return Section(heading, ("The log holds too few whole weeks for a usual range; it takes four.",))
    weeks = max(one.weeks for one in found)
    width = max(len(LABELS[one.what]) for one in found)
    rows = [f"  {LABELS[one.what]:<{width}}  {_range(one)}{_of(one.weeks, weeks)}" for one in found]
    return Section(heading, (f"Of the last {weeks} whole weeks, eight in ten or more lay within these:", *rows))


def _range(one: Usual) -> str:
    if one.what == "load" and one.middle > 0:
        return f"{one.low / one.middle:.1f} to {one.high / one.middle:.1f} times the middle week's"
    return f"{one.low:,.0f} to {one.high:,.0f}, the middle week {one.middle:,.0f}"


def _of(weeks: int, most: int) -> str:
    return "" if weeks == most else f" ({weeks} weeks known)"


def news(found: News | None) -> Section:
    """What came in the last six weeks."""
    heading = "New in the last six weeks"
    if found is None:
        return Section(heading, ("The log begins too late to say what is new.",))
    lines = []
    if found.away:
        day, days = found.away
        lines.append(f"Training again from {shown(day)} on, after {days} days without a session in the log.")
    lines += _some([f"{one.name}: {_first(one)}." for one in found.firsts])
    lines += _some(
        [
            f"{top.name}: {top.kg:g} kg on {shown(top.day)}, until then {top.before_kg:g} kg at most."
            for top in found.heavier
        ]
    )
    return Section(heading, tuple(lines or ["No exercise that is new to you, and no weight beyond the earlier ones."]))


def _first(one: First) -> str:
    if one.away_days is None:
        return f"on {shown(one.day)}, never before in this log"
    return f"on {shown(one.day)}, for the first time in {one.away_days} days"


def _some(lines: Sequence[str]) -> list[str]:
    """As items of a list; a long one is cut short."""
    cut = SHOWN if len(lines) > SHOWN + 1 else len(lines)
    more = [f"and {len(lines) - cut} more: `backstory look-back --json`"] if cut < len(lines) else []
    return [f"{ITEM}{line}" for line in (*lines[:cut], *more)]


def news_values(found: News | None) -> list[dict[str, Any]]:
    """The same for programs."""
    if found is None:
        return []
    rows: list[dict[str, Any]] = []
    if found.away:
        rows.append({"kind": "return", "date": found.away[0].isoformat(), "name": None, "away_days": found.away[1]})
    rows += [
        {"kind": one.kind, "date": one.day.isoformat(), "name": one.name, "away_days": one.away_days}
        for one in found.firsts
    ]
    return rows + [
        {"kind": "heavier", "date": top.day.isoformat(), "name": top.name, "kg": top.kg, "before_kg": top.before_kg}
        for top in found.heavier
    ]


def jumps(found: Sequence[Jump]) -> Section:
    """The largest jumps of the half year, largest first; told, and no alarm."""
    heading = "Largest jumps in the last half year"
    kinds = (("session", "Sessions, beside the largest of the 30 days before:"),
             ("week", "Weeks, beside the mean of the four before:"))  # fmt: skip
    lines = []
    for kind, title in kinds:
        rows = [_jump(jump) for jump in found if jump.kind == kind]
        lines += [title, *rows[:JUMPS_SHOWN]] if rows else []
    if not lines:
        return Section(heading, ("None: no session and no week stands out from those before it.",))
    return Section(heading, (*lines, NO_ALARM))


def _jump(jump: Jump) -> str:
    """A row. Activities go by what they are called, with their length."""
    day = shown(jump.day) if jump.kind == "session" else f"from {shown(jump.day)}"
    what = f"the {LABELS[jump.what]}" if jump.what in LABELS else f"as long: {jump.what}, {jump.value:.3g} {jump.unit}"
    off = f", {NUMBERS[jump.weeks_off]} of the four without any" if jump.weeks_off else ""
    return f"{ROW}{day:<16}  {jump.ratio:.1f} times {what}{off}"


def balance(rows: Iterable[Mapping[str, Any]]) -> Section:
    """Sets of two kinds, of late and over the half year; nobody knows which balance is right."""
    names = {"pull:push": "Pulling to pushing", "hinge:squat": "Hinging to squatting"}
    lines = [
        f"{names[row['pair']]}: {row['sets'][0]} to {row['sets'][1]} sets in four weeks, {row['half_year']['sets'][0]} "
        f"to {row['half_year']['sets'][1]} in half a year."
        for row in rows
        if sum(row["half_year"]["sets"])
    ]
    return Section("Balance", (*lines, "No study of backs says which balance is right.") if lines else ())


def rest(found: Resting) -> Section:
    """Days in a row, and rest days a week; walks are no training here."""
    lines = []
    if found.longest:
        day, days = found.longest
        longest = f"The longest stretch without one in half a year: {days} days, to {shown(day)}."
        lines.append(longest if days > 1 else "You never trained two days in a row within half a year.")
    if found.weeks:
        had = f"{found.without} of {found.weeks} whole weeks had no rest day"
        if not found.without:
            had = f"Each of {found.weeks} whole weeks had a rest day or more"
        lines.append(f"{had}; the middle week had {found.middle:g}.")
    return Section("Rest days", tuple(lines))


def so_far(early: SoFar) -> Section:
    """Where somebody stands before the first look, by days since the first score."""
    heading = "So far"
    if early.enough:
        return Section(heading, (f"{early.scores} mornings are scored. What they say: `backstory answer`.",))
    if early.day is None:
        return Section(heading, (f"No morning is scored yet. {CHECK_IN}; from day {CALENDAR_FROM} on a calendar stands "
                                 "here.",))  # fmt: skip
    lines = [f"Day {early.day}, {early.scores} morning{'s' if early.scores > 1 else ''} scored."]
    if early.calendar:
        lines += [*_calendar(early.calendar), CALENDAR_READS]
    elif early.day < CALENDAR_FROM:
        lines.append(f"From day {CALENDAR_FROM} on a calendar stands here.")
    else:
        lines.append(f"No morning of the last four weeks is scored. {CHECK_IN}.")
    if early.varies:
        lines.append(varies(early.varies))
    elif early.calendar and early.day < VARIABILITY_FROM:
        lines.append(f"From day {VARIABILITY_FROM} on: how your mornings vary, and how long an answer would take.")
    return Section(heading, (*lines, *early.until_an_answer))


def varies(found: tuple[float, float, float, float | None]) -> str:
    """How mornings vary: lowest, highest and middle score, and the usual step between two mornings."""
    low, middle, high, step = found
    if low == high:
        return f"Every score so far is {low:g}. As long as nothing moves there is nothing to look for."
    moved = f" From one morning to the next they usually move by {step:.2g}." if step else ""
    if step == 0:
        moved = " From one morning to the next they usually stay the same."
    return f"Your scores lie between {low:g} and {high:g}, the middle one is {middle:g}.{moved}"


def _calendar(days: Sequence[CalendarDay]) -> list[str]:
    """Two rows a week, Monday to Sunday: the morning's score, and below it what was trained on that day."""
    rows = [f"  {'Week of':<{WEEK_CELL}}{_cells(WEEKDAYS)}".rstrip()]
    by_day = {one.day: one for one in days}
    start = monday(days[0].day)
    for week in range((days[-1].day - start).days // 7 + 1):
        begins = start + timedelta(weeks=week)
        seven = [by_day.get(begins + timedelta(days=n)) for n in range(7)]
        scores = ["" if one is None else "." if one.pain is None else f"{one.pain:g}" for one in seven]
        called = f"{begins.day} {begins:%b}"
        rows.append(f"  {called:<7}{'pain':<8}{_cells(scores)}".rstrip())
        rows.append(f"  {'':<7}{'trained':<8}{_cells(map(_trained, seven))}".rstrip())
    return rows


def _cells(words: Iterable[str]) -> str:
    return "".join(f"{word:<{CELL}}" for word in words)


def _trained(one: CalendarDay | None) -> str:
    if one is None or (one.sets is None and not one.unlogged):
        return ""
    if one.unlogged:
        return "yes"
    amounts = [f"{one.sets} sets"] if one.sets else []
    if one.minutes and not one.sets:
        amounts = [f"{one.minutes:.0f} min"]
    elif one.minutes:
        amounts = [f"{one.sets}s {one.minutes:.0f}m"]
    return amounts[0] if amounts else "-"


def shown(day: date) -> str:
    """A day as a person writes it."""
    return f"{day.day} {day:%b %Y}"

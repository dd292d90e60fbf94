"""What check-ins can say about kinds of pain: how people often describe such days, and never which part it is.

None is named: what people report hardly tells them apart (Petersen et al. 2017, BMC Musculoskelet Disord 18:188).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError
from backstory.model import CheckIn
from backstory.questions.checking import check_choice, check_words, evidence_of
from backstory.questions.help_first import load_help
from backstory.questions.studies import GRADES, KNOWN

DATA = Path(__file__).parent / "data" / "kinds_of_pain.toml"
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LOOKED_BACK = timedelta(days=28)  # judgement
LASTING_WEEKS = 6
LEGS = ("leg-left", "leg-right")
IN_A_LEG = ("numb", "shooting")
ONSET_DAYS, SETTLED_DAYS = (1, 3), 7  # after work one is not used to: a rule of time, judgement
RISE, SETTLED_WITHIN = 2.0, 1.0  # points on 0-10; 2 is what people notice (Ostelo et al. 2008, Spine 33:90)
Rule = Callable[[Sequence[CheckIn]], set[date]]


@dataclass(frozen=True, slots=True)
class KindOfPain:
    """How people often describe some days, from how many such days on; `grade` and `known` as in Study."""

    id: str
    text: str
    days: int
    grade: str
    source: str
    known: str
    evidence: tuple[str, ...]

    def sentence(self, days: int) -> str:
        """The text with its grade, its source and how that is known, for people."""
        count = f"on {days} day{'s' if days > 1 else ''} of the last {LOOKED_BACK.days}"
        return f"{self.text.format(days=count)} ({self.grade.capitalize()}; {self.source}; {KNOWN[self.known]}.)"


def described(check_ins: Iterable[CheckIn]) -> tuple[str, ...]:
    """What can be said, for people; () = nothing. Something in a leg and pain of six weeks: when to have it looked at.

    Looks at the 28 days up to the last check-in, and for the six weeks at 42.
    """
    given = list(check_ins)
    if not given:
        return ()
    last = max(check_in.day for check_in in given)
    recent = [check_in for check_in in given if check_in.day > last - LOOKED_BACK]
    kinds, six_weeks = load_kinds()
    told = []
    for kind in kinds.values():
        days = len(RULES[kind.id](recent))
        if days >= kind.days:
            told.append(kind.sentence(days))
            if kind.id == "down_the_leg":
                told.append(load_help().texts["legs"])
    return (*told, six_weeks) if hurts_for_weeks(given) else tuple(told)


def hurts_for_weeks(check_ins: Iterable[CheckIn]) -> bool:
    """Whether the back hurt on most scored days of each of the last six weeks."""
    pain = worst_pain(check_ins)
    if not pain:
        return False
    ends = [max(pain) - n * WEEK for n in range(LASTING_WEEKS)]
    weeks = ([p for day, p in pain.items() if end - WEEK < day <= end] for end in ends)
    return all(2 * sum(p > 0 for p in week) > len(week) for week in weeks)


def worst_pain(check_ins: Iterable[CheckIn]) -> dict[date, float]:
    """The highest score of each day; scores about a session are not the day's."""
    worst: dict[date, float] = {}
    for check_in in check_ins:
        if check_in.pain is not None and check_in.session is None:
            worst[check_in.day] = max(check_in.pain, worst.get(check_in.day, 0.0))
    return worst


def _down_the_leg(check_ins: Sequence[CheckIn]) -> set[date]:
    return {c.day for c in check_ins if c.leg_symptoms or {*LEGS, *IN_A_LEG} & {*c.where, *c.feels}}


def _new_work(check_ins: Sequence[CheckIn]) -> set[date]:
    """Days of a lot of other work after which pain rose and settled again."""
    pain = worst_pain(check_ins)
    return {c.day for c in check_ins if c.other_load == "a-lot" and _rose_and_settled(pain, c.day)}


def _rose_and_settled(pain: Mapping[date, float], worked: date) -> bool:
    """Two points above the days before, within three days of the work, and down to them within a week."""
    before = [pain[day] for day in (worked - n * DAY for n in range(3)) if day in pain]
    first, last = ONSET_DAYS
    rising = [worked + n * DAY for n in range(first, last + 1)]
    sore = [day for day in rising if before and pain.get(day, 0.0) >= max(before) + RISE]
    after = (worked + n * DAY for n in range(first, SETTLED_DAYS + 1))
    return bool(sore) and any(day > sore[-1] and pain.get(day, 11.0) <= max(before) + SETTLED_WITHIN for day in after)


def _morning_stiffness(check_ins: Sequence[CheckIn]) -> set[date]:
    return {c.day for c in check_ins if c.when == "morning" and "stiff" in c.feels}


def _ache(check_ins: Sequence[CheckIn]) -> set[date]:
    return {c.day for c in check_ins if "ache" in c.feels}


RULES: Mapping[str, Rule] = {
    "down_the_leg": _down_the_leg, "new_work": _new_work, "morning_stiffness": _morning_stiffness, "ache": _ache,
}  # fmt: skip


@cache
def load_kinds(path: Path = DATA) -> tuple[Mapping[str, KindOfPain], str]:
    """The kinds by id, in the file's order, and what is said after six weeks. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    kinds = tables.get("kinds")
    if tables.keys() != {"six_weeks", "kinds"} or not isinstance(kinds, dict) or kinds.keys() != RULES.keys():
        raise CatalogueError(f"{path.name}: needs exactly six_weeks and kinds, these being {', '.join(RULES)}.")
    check_words(path.name, tables, ("six_weeks",))
    return {key: _kind(f"{path.name}, {key}", key, table) for key, table in kinds.items()}, tables["six_weeks"]


def _kind(where: str, key: str, table: Any) -> KindOfPain:
    if not isinstance(table, dict) or table.keys() != {"text", "days", "grade", "source", "known", "evidence"}:
        raise CatalogueError(f"{where}: needs exactly text, days, grade, source, known, evidence.")
    check_words(where, table, ("text", "grade", "source", "known"))
    check_choice(where, "grade", table["grade"], GRADES)
    if type(table["days"]) is not int or table["days"] < 1:
        raise CatalogueError(f"{where}: days is a whole number from 1 on.")
    return KindOfPain(key, **{**table, "evidence": evidence_of(where, table)})

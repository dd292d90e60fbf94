"""Movements that hurt again and again, as preferences: they pick exercises, and say nothing about why it hurts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError
from backstory.model import MOVEMENTS, CheckIn
from backstory.questions.checking import check_choice, check_words, different_words, evidence_of
from backstory.questions.kinds_of_pain import RULES
from backstory.questions.studies import GRADES, KNOWN

DATA = Path(__file__).parent / "data" / "movements.toml"
PREFERENCES = ("bending", "arching", "load", "legs")
DEMANDS = ("flexion", "extension", "compression", "nerve")
MOST_DEMAND = 3
LEG = "leg"
LOOKED_BACK = timedelta(days=42)  # judgement
LOOKED_BACK_WORDS = "In the last six weeks"
TEXTS = ("name", "text", "grade", "source", "known")


@dataclass(frozen=True, slots=True)
class Preference:
    """What picks exercises: `text` for people, and the most that an exercise may ask, 0 to 3, by demand."""

    id: str
    name: str
    text: str
    most: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A preference as it stands in the data: what has to be noted, on how many days; `known` as in Study."""

    id: str
    name: str
    text: str
    grade: str
    source: str
    known: str
    noted: tuple[str, ...]
    days: int
    keeps_low: Mapping[str, int]
    evidence: tuple[str, ...]

    def after(self, days: Mapping[str, int]) -> Preference | None:
        """The preference that follows from days by movement; None where none was noted often enough."""
        often = [f"{_hurt(word, number)} {days[word]} days" for number, word in enumerate(self._often(days))]
        if not often:
            return None
        basis = f"({self.grade.capitalize()}; {self.source}; {KNOWN[self.known]}.)"
        said = f"{LOOKED_BACK_WORDS} {' and '.join(often)}. {self.text} {basis}"
        return Preference(self.id, self.name, said, self.keeps_low)

    def _often(self, days: Mapping[str, int]) -> list[str]:
        return [word for word in self.noted if days.get(word, 0) >= self.days]


def preferences(check_ins: Iterable[CheckIn], today: date | None = None) -> tuple[Preference, ...]:
    """What follows from movements that hurt on three or more different days of the six weeks up to today.

    today: None = every check-in counts. A preference picks exercises and does nothing else (judgement: no report of
    one's own has been tested for more).
    """
    days = noted_days(c for c in check_ins if today is None or c.day > today - LOOKED_BACK)
    found = (sensitivity.after(days) for sensitivity in load_sensitivities().values())
    return tuple(preference for preference in found if preference is not None)


def noted_days(check_ins: Iterable[CheckIn]) -> dict[str, int]:
    """On how many different days each movement hurt; `leg`: on how many a leg joined in."""
    given = list(check_ins)
    days = {(c.day, movement) for c in given for movement in c.hurts}
    days |= {(day, LEG) for day in RULES["down_the_leg"](given)}
    return dict(Counter(movement for _, movement in days))


def most_allowed(held: Iterable[Preference]) -> dict[str, int]:
    """The most that an exercise may ask, by demand, when all of these hold; what none speaks of is free."""
    most: dict[str, int] = {}
    for preference in held:
        for demand, limit in preference.most.items():
            most[demand] = min(limit, most.get(demand, MOST_DEMAND))
    return most


def _hurt(word: str, number: int) -> str:
    if word == LEG:
        return "you noted something in a leg on"
    return f"{word} hurt on" if number == 0 else f"{word} on"


@cache
def load_sensitivities(path: Path = DATA) -> Mapping[str, Sensitivity]:
    """Every one by its id. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    if tables.keys() != set(PREFERENCES):
        raise CatalogueError(f"{path.name}: needs exactly {', '.join(PREFERENCES)}.")
    return {key: _sensitivity(f"{path.name}, {key}", key, table) for key, table in tables.items()}


def _sensitivity(where: str, key: str, table: Any) -> Sensitivity:
    if not isinstance(table, dict) or table.keys() != {*TEXTS, "noted", "days", "keeps_low", "evidence"}:
        raise CatalogueError(f"{where}: needs exactly {', '.join(TEXTS)}, noted, days, keeps_low, evidence.")
    check_words(where, table, TEXTS)
    check_choice(where, "grade", table["grade"], GRADES)
    noted = different_words(where, "noted", table["noted"])
    if not noted or not set(noted) <= {*MOVEMENTS, LEG}:
        raise CatalogueError(f"{where}: noted must name some of {', '.join((*MOVEMENTS, LEG))}.")
    if type(table["days"]) is not int or table["days"] < 1:
        raise CatalogueError(f"{where}: days is a whole number from 1 on.")
    demand_of(where, "keeps_low", table["keeps_low"])
    if not table["keeps_low"]:
        raise CatalogueError(f"{where}: keeps_low must keep something low.")
    return Sensitivity(key, **{**table, "noted": noted, "evidence": evidence_of(where, table)})


def demand_of(where: str, name: str, value: Any) -> dict[str, int]:
    """What an exercise asks of a back, 0 to 3, by demand. Raises CatalogueError."""
    if not isinstance(value, dict) or not value.keys() <= set(DEMANDS):
        raise CatalogueError(f"{where}: {name} must speak of {', '.join(DEMANDS)}.")
    if not all(type(one) is int and 0 <= one <= MOST_DEMAND for one in value.values()):
        raise CatalogueError(f"{where}: {name} takes whole numbers from 0 to {MOST_DEMAND}.")
    return value

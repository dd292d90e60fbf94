"""How each measure is come by: asked, done, or told every day. Data in `data/measure_ways.toml`, validated on load."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import CatalogueError
from backstory.questions.checking import check_words
from backstory.questions.measure_data import Item, load_measures
from backstory.questions.measures import ROUNDING, find_measure

DATA = Path(__file__).parent / "data" / "measure_ways.toml"
ASKED, DONE, DAILY = "asked", "done", "daily"
WORDS: Mapping[str, tuple[str, ...]] = {ASKED: (), DONE: ("before",), DAILY: ("column", "each", "told_by")}
YES, NO = {"y", "yes", "true", "x"}, {"n", "no", "false"}


@dataclass(frozen=True, slots=True)
class Way:
    """How a measure is come by: `kind` with about how many minutes it takes, and what is said `before` it is done.

    For what is told every day: its `column` there, what a mean is taken over (`each`), and the command (`told_by`).
    """

    kind: str
    minutes: float | None = None
    before: str = ""
    column: str = ""
    each: str = ""
    told_by: str = ""


@cache
def load_ways(path: Path = DATA) -> Mapping[str, Way]:
    """The way of every measure, in the measures' order. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    if tables.keys() != load_measures().keys():
        raise CatalogueError(f"{path.name}: needs a table for each measure and no other.")
    return {key: _way(f"{path.name}, {key}", tables[key]) for key in load_measures()}


def answer_of(item: Item, typed: str) -> float | bool | None:
    """What somebody typed as the answer to an item; None = no answer. Raises ValueError with a sentence for them."""
    word = typed.strip().casefold()
    if not word:
        return None
    if item.least is None or item.most is None:
        if word in YES | NO:
            return word in YES
        raise ValueError("Please type y or n, or Enter alone for no answer.")
    (low, _), (high, _) = item.least, item.most
    try:
        number = float(word.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise ValueError(f"Please type a number from {low:g} to {high:g}, or Enter alone for no answer.")
    return number


def noticed(measure_id: str, before: float, after: float) -> bool | None:
    """Whether people notice such a change; None where that is not known or one of two yardsticks alone is reached.

    For the better by points and by share of the first score, for the worse by points alone, as `measures.change` tells
    it. Raises InputError.
    """
    measure = find_measure(measure_id)
    known = measure.change
    if known is None:
        return None
    points = abs(after - before) >= known.points - ROUNDING
    if known.share is None or (after < before) is not (measure.better == "lower") or before == after:
        return points
    share = abs(after - before) >= known.share * before - ROUNDING
    return points if points == share else None


def unnoticed_band(measure_id: str, first: float) -> tuple[float, float] | None:
    """The ends of what is nearer to the first value than the points people notice, beyond the measure's range too; None
    where those points are not known. Raises InputError.
    """
    known = find_measure(measure_id).change
    return (first - known.points, first + known.points) if known else None


def _way(where: str, table: Any) -> Way:
    if not isinstance(table, dict) or table.get("kind") not in WORDS:
        raise CatalogueError(f"{where}: kind must be one of {', '.join(WORDS)}.")
    words = WORDS[table["kind"]]
    timed = table["kind"] != DAILY
    if table.keys() != {"kind", *words, *(("minutes",) if timed else ())}:
        raise CatalogueError(f"{where}: {table['kind']} needs {', '.join((*words, *(('minutes',) if timed else ())))}.")
    check_words(where, table, words)
    minutes = table.get("minutes")
    if timed and (isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 < minutes <= 60):
        raise CatalogueError(f"{where}: minutes must be a number up to 60.")
    return Way(**table)

"""Which unit a file's weights are in, and what that makes of a number."""

from collections import Counter
from collections.abc import Iterable, Iterator

from backstory.model import MILE_KM, POUND_KG, UnitTaken

TO_KG = {"kg": 1.0, "kgs": 1.0, "lb": POUND_KG, "lbs": POUND_KG}
TO_KM = {
    "km": 1.0,
    "kms": 1.0,
    "mi": MILE_KM,
    "mile": MILE_KM,
    "miles": MILE_KM,
    "m": 1e-3,
    "meters": 1e-3,
    "ft": 3.048e-4,
}

# A bar with pairs of the usual plates: 45 lb + 2 x 25, 45, ...; 20 kg + 2 x 10, 20, ...
POUND_BARS = {"95", "115", "135", "155", "185", "205", "225", "275", "315", "365", "405"}
KILO_BARS = {"30", "40", "50", "60", "70", "80", "90", "100", "110", "120", "130", "140", "160", "180"}


def judge_unit(weights: Iterable[str], given: str | None) -> tuple[str, UnitTaken | None]:
    """The unit of a file that names none, and what to tell the person: the one given, else what the bars look like."""
    if given is not None:
        return given, None
    seen = Counter(text.strip().removesuffix(".0") for text in weights)
    if not seen.keys() - {"", "0"}:
        return "kg", None
    pounds = sum(count for weight, count in seen.items() if weight in POUND_BARS)
    kilos = sum(count for weight, count in seen.items() if weight in KILO_BARS)
    if pounds > kilos:
        common = [weight for weight, _ in seen.most_common() if weight in POUND_BARS]
        unit, why = "lb", f"weights such as {', '.join(common[:3])} are plates in pounds"
    else:
        unit, why = "kg", "its weights do not look like plates in pounds"
    other = "lb" if unit == "kg" else "kg"
    said = f"The file does not name the unit of weight; {unit} was taken, because {why}. If wrong: --units {other}."
    return unit, UnitTaken(1, said, unit)


def without_unit(rows: Iterable[tuple[int, list[str]]], weight: int, unit: int) -> Iterator[str]:
    """The weights of rows that name no unit of their own. weight, unit: columns; unit -1 where there is none."""
    for _, row in rows:
        if len(row) > weight and (unit < 0 or len(row) <= unit or not row[unit].strip()):
            yield row[weight]


def factor(units: dict[str, float], text: str, default: float) -> float:
    """Factor of a unit's name; the default for an empty cell. Raises ValueError for a unit that nobody knows."""
    word = text.strip().casefold()
    if not word:
        return default
    if word not in units:
        raise ValueError(f"{text!r} is not a unit that is known here")
    return units[word]

"""Segments of the body after de Leva (1996, J Biomech 29:1223), scaled by mass and height."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from backstory.errors import InputError
from backstory.model import PROFILE_RANGES

L5S1_SHARE = 0.5  # of the lower trunk's length above the mid-hip: where L5/S1 lies, to the nearest centimetre
ARMS = ("upper_arm", "forearm", "hand")
MASS_KG = PROFILE_RANGES["body_mass_kg"]
HEIGHT_M = tuple(centimetres / 100 for centimetres in PROFILE_RANGES["height_cm"])


@dataclass(frozen=True, slots=True)
class Trunk:
    """What the low back carries: `mass_kg` above L5/S1, its centre `com_m` from L5/S1 along the trunk [m]."""

    mass_kg: float
    com_m: float


def trunk_above_l5s1(sex: str | None, body_mass_kg: float, height_m: float) -> Trunk:
    """Head, arms and trunk above L5/S1, the arms hanging; the mean of both tables where the sex is not known.

    body_mass_kg: 25 to 300 [kg]; height_m: 1.20 to 2.20 [m]. Raises InputError outside.

    >>> trunk = trunk_above_l5s1("male", 75.0, 1.75)
    >>> round(trunk.mass_kg, 1), round(trunk.com_m, 2)
    (41.0, 0.28)
    """
    check_body(body_mass_kg, height_m)
    mass, com = _relative_trunk(table(sex))
    return Trunk(mass * body_mass_kg, com * height_m)


def check_body(body_mass_kg: float, height_m: float) -> None:
    """Raise InputError for a body mass [kg] or height [m] that nobody has."""
    if not MASS_KG[0] <= body_mass_kg <= MASS_KG[1]:
        raise InputError(f"Body mass must be between {MASS_KG[0]:g} and {MASS_KG[1]:g} kg, not {body_mass_kg:g}.")
    if not HEIGHT_M[0] <= height_m <= HEIGHT_M[1]:
        raise InputError(f"Height must be between {HEIGHT_M[0]:.2f} and {HEIGHT_M[1]:.2f} m, not {height_m:.2f}.")


def _relative_trunk(data: dict[str, Any]) -> tuple[float, float]:
    """Mass [body masses] and height of its centre over L5/S1 [body heights]; the arms hang from the trunk's top."""
    lower, middle, upper, head = (data[name] for name in ("lower_trunk", "middle_trunk", "upper_trunk", "head"))
    top = lower["length_m"] * (1 - L5S1_SHARE) + middle["length_m"] + upper["length_m"]
    lower_share = 1 - L5S1_SHARE
    pieces = [
        (lower["mass"] * lower_share, lower["length_m"] * lower_share / 2),
        (middle["mass"], top - upper["length_m"] - middle["com"] * middle["length_m"]),
        (upper["mass"], top - upper["com"] * upper["length_m"]),
        (head["mass"], top + (1 - head["com"]) * head["length_m"]),
    ]
    down = top
    for arm in (data[name] for name in ARMS):
        pieces.append((2 * arm["mass"], down - arm["com"] * arm["length_m"]))
        down -= arm["length_m"]
    mass = sum(piece[0] for piece in pieces)
    return mass, sum(m * z for m, z in pieces) / mass / data["height_m"]


@cache
def table(sex: str | None) -> dict[str, Any]:
    """De Leva's figures for women or men; their mean where the sex is not known."""
    tables = _tables()
    found: dict[str, Any] = tables[sex] if sex is not None else _mean(tables["female"], tables["male"])
    return found


def _mean(one: Any, other: Any) -> Any:
    if isinstance(one, dict):
        return {key: _mean(one[key], other[key]) for key in one}
    if isinstance(one, list):
        return [_mean(a, b) for a, b in zip(one, other, strict=True)]
    return (one + other) / 2


@cache
def _tables() -> dict[str, Any]:
    return tomli.loads((Path(__file__).parent / "de_leva.toml").read_text(encoding="utf-8"))

"""Head, arms and trunk above L5/S1 from joint centres, as a camera or a file gives them (de Leva 1996)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from backstory.body.anthropometry import table
from backstory.body.masspoints import Array, MassPoints, from_rods

TRUNK = ("lower_trunk", "middle_trunk", "upper_trunk")
SIDES = ("r", "l")
CENTRES = ("lumbar", *(f"{joint}_{side}" for joint in ("hip", "shoulder", "elbow", "wrist") for side in SIDES))


def upper_body(
    centres: Mapping[str, Array], sex: str | None, body_mass_kg: float, held: Sequence[tuple[float, Array]] = ()
) -> MassPoints:
    """Everything above L5/S1 as mass points.

    centres: (T, 3) [m] of each of CENTRES; held: (kg, (T, 3)) of each load that the upper body carries. Lengths come
    from the centres themselves, shares of mass and radii of gyration from the table; a trunk segment that L5/S1 cuts
    counts with the part above. The trunk is straight from L5/S1 to between the shoulders.
    """
    data = table(sex)
    middle = {joint: (centres[f"{joint}_r"] + centres[f"{joint}_l"]) / 2 for joint in ("hip", "shoulder")}
    rods = [
        *_trunk(data, centres["lumbar"], middle, body_mass_kg),
        *(rod for side in SIDES for rod in _arm(data, centres, side, body_mass_kg)),
    ]
    com, along, mass, inertia = (list(column) for column in zip(*rods, strict=True))
    points = from_rods(com, along, np.array(mass), np.array(inertia))
    return with_loads(points, held)


def with_loads(points: MassPoints, held: Sequence[tuple[float, Array]]) -> MassPoints:
    """The same with point masses added, each (kg, (T, 3))."""
    if not held:
        return points
    loads = np.array([where for _, where in held]).transpose(2, 0, 1)
    heavy = points.heavy
    position = np.concatenate([points.position[:, :heavy], loads, points.position[:, heavy:]], axis=1)
    weight = np.concatenate([points.weight[:heavy], [kg for kg, _ in held], points.weight[heavy:]])
    return MassPoints(position, weight, heavy + len(held))


Rod = tuple[Array, Array, float, float]


def _trunk(data: Mapping[str, Any], lumbar: Array, middle: Mapping[str, Array], body_mass_kg: float) -> list[Rod]:
    along, above_m = _direction(lumbar, middle["shoulder"])
    _, below_m = _direction(middle["hip"], lumbar)
    scale = (above_m + below_m) / data["mid_shoulder_m"]
    cut, bottom, rods = below_m / scale, 0.0, []
    for name in (*TRUNK, "head"):
        part = data[name]
        top = bottom + part["length_m"]
        share = min(1.0, max(0.0, (top - cut) / part["length_m"]))
        if share > 0:
            whole = top - part["com"] * part["length_m"]
            com = whole if share == 1 else (max(cut, bottom) + top) / 2
            mass = share * part["mass"] * body_mass_kg
            radius = np.mean(part["radii"][:2]) * share * part["length_m"] * scale
            rods.append((lumbar + along * (com - cut) * scale, along, mass, float(mass * radius**2)))
        bottom = top
    return rods


def _arm(data: Mapping[str, Any], centres: Mapping[str, Array], side: str, body_mass_kg: float) -> list[Rod]:
    shoulder, elbow, wrist = (centres[f"{joint}_{side}"] for joint in ("shoulder", "elbow", "wrist"))
    forearm, forearm_m = _direction(elbow, wrist)
    knuckles = wrist + forearm * (forearm_m * data["hand"]["length_m"] / data["forearm"]["length_m"])
    rods = []
    for name, upper, lower in (("upper_arm", shoulder, elbow), ("forearm", elbow, wrist), ("hand", wrist, knuckles)):
        part = data[name]
        along, length_m = _direction(upper, lower)
        mass = part["mass"] * body_mass_kg
        radius = np.mean(part["radii"][:2]) * length_m
        rods.append((upper + part["com"] * (lower - upper), along, mass, float(mass * radius**2)))
    return rods


def _direction(start: Array, end: Array) -> tuple[Array, float]:
    """Unit vectors (T, 3), and the mean length [m]."""
    difference = end - start
    length = np.linalg.norm(difference, axis=-1, keepdims=True)
    return difference / length, float(length.mean())

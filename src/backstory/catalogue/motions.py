"""From a table of a motion and an exercise's parameters to a Motion; whatever breaks a rule is named."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backstory.errors import CatalogueError
from backstory.model import Motion

Angles = dict[str, tuple[float, ...]]
PLAIN = {
    "anchor": str, "held": str, "carried": str, "view": str, "compression": str, "lowers_first": bool,
    "arms_hang": bool, "height": float, "stance": float, "bar_height_m": float, "supported": float,
    "pace_km_h": float, "cadence_per_min": float, "at": list, "part": list, "seconds": list, "pull": list,
    "fixed": list, "scene": list, "angles": dict,
}  # fmt: skip
PARAMETERS = frozenset({
    "held", "stance", "bar_height_m", "part", "seconds", "pull", "supported", "compression", "height", "scene",
    "carried", "fixed", "angles", "lowers_first", "pace_km_h", "cadence_per_min", "view", "trunk_deg", "bench_deg",
    "grip_deg",
})  # fmt: skip
NUMBERS = {
    "height": (-0.1, 1.6), "stance": (0.0, 0.6), "bar_height_m": (0.0, 2.0), "supported": (0.0, 1.0),
    "pace_km_h": (0.1, 60.0), "cadence_per_min": (1.0, 300.0), "trunk_deg": (-180.0, 180.0), "bench_deg": (-45.0, 95.0),
    "grip_deg": (0.0, 90.0),
}  # fmt: skip
WORDS = {"anchor": "anchors", "held": "places", "view": "views"}
SECONDS = (0.1, 60.0)


def read_motion(where: str, name: str, table: Mapping[str, Any], data: Mapping[str, Any]) -> Motion:
    """A motion of `data/motions/`. data: vocabulary, joints and compressions. Raises CatalogueError."""
    for key in ("anchor", "angles"):
        if key not in table:
            raise CatalogueError(f"{where}: {key} is missing.")
    _check(where, table, PLAIN.keys(), data)
    at = tuple(float(value) for value in table.get("at", (0, 1)))
    if len(at) < 2 or at[0] != 0 or at[-1] != 1 or sorted(set(at)) != list(at):
        raise CatalogueError(f"{where}: at must rise from 0 to 1, not {list(at)}.")
    motion = Motion(id=name, anchor=table["anchor"], angles=_angles(where, table["angles"], len(at), data), at=at)
    return _with(where, motion, {key: table[key] for key in table if key not in ("anchor", "angles", "at")}, data)


def specialise(where: str, motion: Motion, parameters: Mapping[str, Any], data: Mapping[str, Any]) -> Motion:
    """A motion with an exercise's own parameters. Raises CatalogueError."""
    if not parameters:
        return motion
    _check(where, parameters, PARAMETERS, data)
    angles = dict(motion.angles)
    for name, values in _angles(where, parameters.get("angles", {}), len(motion.at), data).items():
        angles[name] = values
    if "bench_deg" in parameters:
        angles = _turn(angles, parameters["bench_deg"] - 90.0 - _at_hardest(angles))
    if "trunk_deg" in parameters:
        angles = _lean(where, angles, motion, float(parameters["trunk_deg"]))
    if "grip_deg" in parameters:
        angles["shoulder_abduction"] = (float(parameters["grip_deg"]),) * len(motion.at)
    special = ("angles", "bench_deg", "trunk_deg", "grip_deg")
    rest = {key: value for key, value in parameters.items() if key not in special}
    changed = _with(where, replace(motion, angles=angles), rest, data)
    _check_ranges(where, changed.angles, data)
    return replace(changed, id=f"{motion.id} {sorted(parameters.items())}")


def lean(angles: Mapping[str, tuple[float, ...]]) -> tuple[float, ...]:
    """The trunk's inclination at each keyframe [degrees]: as given, or as flat feet and the legs carry it."""
    count = len(next(iter(angles.values())))
    nothing = (0.0,) * count
    if "trunk" in angles:
        return angles["trunk"]
    hip, knee, ankle, heel = (
        angles.get(f"{name}_r", angles.get(name, nothing)) for name in ("hip", "knee", "ankle", "heel")
    )
    lumbar = angles.get("lumbar", nothing)
    return tuple(hip[k] - knee[k] + ankle[k] + heel[k] + lumbar[k] for k in range(count))


def _at_hardest(angles: Angles) -> float:
    return max(lean(angles), key=abs)


def _lean(where: str, angles: Angles, motion: Motion, trunk_deg: float) -> Angles:
    """The same motion with another lean at its hardest point; between, in proportion to the lean it had."""
    leans = lean(angles)
    hardest = _at_hardest(angles)
    if abs(hardest) < 1:
        raise CatalogueError(f"{where}: trunk_deg needs a motion whose trunk leans.")
    change = trunk_deg - hardest
    leading = "trunk" if "trunk" in angles else "hip"
    changed = dict(angles)
    sided = [name for name in (leading, f"{leading}_r", f"{leading}_l") if name in angles]
    for name in sided or [leading]:
        values = angles.get(name, (0.0,) * len(motion.at))
        changed[name] = tuple(v + change * abs(a / hardest) for v, a in zip(values, leans, strict=True))
    return changed


def _turn(angles: Angles, change: float) -> Angles:
    """The whole trunk turned by `change`, the arms keeping their direction in the room."""
    turned = dict(angles)
    turned["trunk"] = tuple(value + change for value in angles["trunk"])
    for name in ("shoulder", "shoulder_r", "shoulder_l"):
        if name in angles:
            turned[name] = tuple(value + change for value in angles[name])
    return turned


def _with(where: str, motion: Motion, values: Mapping[str, Any], data: Mapping[str, Any]) -> Motion:
    changes: dict[str, Any] = {}
    for key, value in values.items():
        if key == "seconds":
            if len(value) != 3 or not all(SECONDS[0] <= value[k] <= SECONDS[1] for k in (0, 2)) or value[1] < 0:
                raise CatalogueError(f"{where}: seconds must be lowering, pause, lifting, not {value}.")
            changes |= dict(zip(("eccentric_s", "pause_s", "concentric_s"), map(float, value), strict=True))
        elif key == "compression":
            published = data["compressions"][value]
            changes |= {"compression_bw": published["compression_bw"], "compression_by": published["muscles"]}
        elif isinstance(value, list):
            changes[key] = tuple(value)
        else:
            changes[key] = float(value) if PLAIN[key] is float else value
    return replace(motion, **changes)


def _angles(where: str, table: Mapping[str, Any], count: int, data: Mapping[str, Any]) -> Angles:
    angles: Angles = {}
    for name, value in table.items():
        values = value if isinstance(value, list) else [value] * count
        if len(values) != count or not all(_is_number(number) for number in values):
            raise CatalogueError(f"{where}: {name} needs one number, or {count}, one a keyframe.")
        angles[name] = tuple(float(number) for number in values)
    _check_ranges(where, angles, data)
    return angles


def _check_ranges(where: str, angles: Mapping[str, tuple[float, ...]], data: Mapping[str, Any]) -> None:
    for name, values in angles.items():
        limits = data["joints"].get(name) or (data["joints"].get(name[:-2]) if name[-2:] in ("_r", "_l") else None)
        if limits is None or (name[-2:] in ("_r", "_l") and name[:-2] in data["joints"]["middle"]):
            raise CatalogueError(f"{where}: there is no angle {name!r}.")
        for value in values:
            if not limits[0] <= value <= limits[1]:
                raise CatalogueError(f"{where}: {name} of {value:g} degrees is beyond {limits[0]} to {limits[1]}.")


def _check(where: str, table: Mapping[str, Any], allowed: Any, data: Mapping[str, Any]) -> None:
    if unknown := table.keys() - set(allowed):
        raise CatalogueError(f"{where}: {', '.join(sorted(unknown))} is not known here.")
    for key, value in table.items():
        kind = PLAIN.get(key, float)
        good = _is_number(value) if kind is float else isinstance(value, kind)
        if not good:
            raise CatalogueError(f"{where}: {key} must be {'a number' if kind is float else f'a {kind.__name__}'}.")
        if key in NUMBERS and not NUMBERS[key][0] <= value <= NUMBERS[key][1]:
            low, high = NUMBERS[key]
            raise CatalogueError(f"{where}: {key} must be from {low:g} to {high:g}, not {value:g}.")
    vocabulary = data["vocabulary"]
    used = [(key, kind, [table[key]]) for key, kind in WORDS.items() if key in table]
    used += [(key, key, table[key]) for key in ("fixed", "scene") if key in table]
    if "carried" in table and table["carried"] not in ("above", "below"):
        used.append(("carried", "props", table["carried"].split(" and ")))
    if "compression" in table:
        used.append(("compression", "compressions", [table["compression"]]))
    known = {**vocabulary, "compressions": data["compressions"]}
    for key, among, words in used:
        for word in words:
            if word not in known[among]:
                raise CatalogueError(f"{where}: {key} {word!r} is not among the {among}.")
    for key, length in (("part", 2), ("pull", 3)):
        if key in table and (len(table[key]) != length or not all(_is_number(number) for number in table[key])):
            raise CatalogueError(f"{where}: {key} needs {length} numbers.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

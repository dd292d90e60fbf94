"""The model beside published low-back loads. Prints one JSON object; `--write` renews docs/validation/spine.md.

    python benchmarks/spine_published.py [--published FILE.json] [--write]

Every row of the file is shown with its ratio. What the catalogue takes from the literature is marked as an input and
says nothing about the model. The rows' exercises, weights and sentences stand in spine_published.toml.
"""

import argparse
import json
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from backstory import catalogue
from backstory.load import PeakLoad, peak_load
from backstory.load.compression import EXTENSOR_ARM_M
from backstory.model import Exercise, Motion, Person

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "reference" / "spine" / "published_loads.json"
ROWS = Path(__file__).with_suffix(".toml")
PAGE = ROOT / "docs" / "validation" / "spine.md"
GRAVITY = 9.80665
USUAL = Person(None, 75.0, 1.75)
WILKE = Person("male", 70.0, 1.74)
EQUAL = 0.10
RANGE = (0.5, 2.0)


def middle_compression_n(peak: PeakLoad) -> float:
    """Compression with an extensor in the middle of its band: C = a / r + b through both ends of the band."""
    (low, high), (short, long) = peak.compression_band_n, EXTENSOR_ARM_M
    slope = (high - low) / (1 / short - 1 / long)
    return low + slope * (2 / (short + long) - 1 / long)


def exercise_rows(published: Sequence[Mapping[str, Any]], told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    known = catalogue.load()
    for row in published:
        mine = told.get(row["exercise"])
        if mine is None:
            yield {**_row(row, "", None, None), "why": "not in spine_published.toml"}
            continue
        exercise = known.get(mine["exercise"])
        mass = row.get("body_mass_kg", mine.get("body_mass_kg", USUAL.body_mass_kg))
        person = Person(None, mass, row.get("height_m", mine.get("height_m", USUAL.height_m)))
        for kg in mine.get("kg", [row.get("load_kg", 0.0)]):
            peak = peak_load(exercise, person, kg)
            for kind, value in _values(row, mine, kg):
                model = peak.moment_nm if kind == "Nm" else middle_compression_n(peak)
                model /= mass * GRAVITY if kind == "BW" else 1.0
                yield {**_row(row, kind, value, model, kg), **_told(mine, value, model, exercise)}


def _values(row: Mapping[str, Any], mine: Mapping[str, Any], kg: float) -> Iterator[tuple[str, float]]:
    """What was published, one by one: a range's own ends go with the weights that the rows give it."""
    for key, kind in (("moment_nm", "Nm"), ("compression_n", "N"), ("compression_bw", "BW")):
        value = row.get(key)
        if isinstance(value, list):
            ends = [end for end in value if end is not None]
            loads = mine.get("kg", [])
            yield kind, ends[loads.index(kg)] if len(loads) == len(ends) > 1 else sum(ends) / len(ends)
        elif value is not None:
            yield kind, float(value)


def _row(
    row: Mapping[str, Any], kind: str, value: float | None, model: float | None, kg: float = 0.0
) -> dict[str, Any]:
    return {
        "exercise": row["exercise"], "load_kg": kg, "unit": kind, "published": value, "model": model,
        "ratio": model / value if model is not None and value else None, "source": row["source"], "read": row["read"],
        "input": False, "why": "",
    }  # fmt: skip


def _told(mine: Mapping[str, Any], value: float, model: float, exercise: Exercise) -> dict[str, Any]:
    if exercise.motion.compression_bw is not None:
        return {"input": True, "why": "input: the catalogue takes this figure, scaled by body weight"}
    outside = not RANGE[0] <= model / value <= RANGE[1]
    return {"why": mine.get("why", "UNEXPLAINED") if outside else mine.get("note", "")}


def posture_rows(published: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Pressures in the disc beside the model's compression, both in times of relaxed standing."""
    reference = "standing relaxed"
    compression = {name: _posture_n(table) for name, table in told.items()}
    for name, pressure in published["values"].items():
        row = {"exercise": name, "source": published["source"], "read": published["read"]}
        if name not in told:
            yield {**_row(row, "", None, None), "why": "not in spine_published.toml"}
            continue
        value, model = pressure / published["values"][reference], compression[name] / compression[reference]
        outside = not RANGE[0] <= model / value <= RANGE[1]
        why = told[name].get("why", "UNEXPLAINED") if outside else told[name].get("note", "")
        why = "everything is in times of this row" if name == reference else why
        yield {**_row(row, "x standing", value, model, told[name].get("kg", 0.0)), "why": why}


def _posture_n(table: Mapping[str, Any]) -> float:
    angles = {name: (float(value),) * 2 for name, value in table["angles"].items()}
    motion = Motion(
        id=str(table), anchor="pelvis", angles=angles, arms_hang=table.get("arms_hang", False),
        supported=table.get("supported", 0.0), held=table.get("held", "none"), eccentric_s=60.0, concentric_s=60.0,
    )  # fmt: skip
    exercise = Exercise("posture", ("posture",), "other", (), (), (), motion)
    return middle_compression_n(peak_load(exercise, WILKE, table.get("kg", 0.0)))


def order_rows(published: Sequence[Mapping[str, Any]], told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    known = catalogue.load()
    for row in published:
        mine = told.get(row["claim"])
        if mine is None:
            yield {"claim": row["claim"], "holds": None, "moments_nm": {}, "source": row["source"], "read": row["read"]}
            continue
        kg = mine.get("kg", 0.0)
        moments = {name: peak_load(known.get(name), USUAL, kg).moment_nm for name in mine["exercises"]}
        values = list(moments.values())
        if mine["order"] == "equal":
            holds = all(abs(value / values[0] - 1) <= EQUAL for value in values)
        elif mine["order"] == "first is the highest":
            holds = values[0] == max(values)
        else:
            holds = all(a > b for a, b in pairwise(values))
        yield {
            "claim": row["claim"], "holds": holds, "moments_nm": moments, "load_kg": kg, "source": row["source"],
            "read": row["read"],
        }  # fmt: skip


def page(report: Mapping[str, Any]) -> str:
    """docs/validation/spine.md."""
    rows = [
        f"| {row['exercise']}{_kg(row)} | {_figure(row['published'])} | {_figure(row['model'])} | {row['unit']} | "
        f"{'input' if row['input'] else _figure(row['ratio'])} | {row['why']} | {row['source']} ({row['read']}) |"
        for row in (*report["exercises"], *report["postures"])
    ]
    orders = [
        f"| {row['claim']} | {'holds' if row['holds'] else 'does not hold'} | "
        f"{', '.join(f'{name} {value:.0f} Nm' for name, value in row['moments_nm'].items())} | "
        f"{row['source']} ({row['read']}) |"
        for row in report["orders"]
    ]
    text = tomllib.loads(ROWS.read_text(encoding="utf-8"))["page"]
    return "\n".join([
        "# The low back's load: the model beside what was published", "",
        "Written by `make validate`; do not edit.", "", text["before"].strip(), "",
        "| what | published | model | unit | ratio | remark | source (how it was read) |",
        "|---|---|---|---|---|---|---|", *rows, "",
        "## Orders", "", text["orders"].strip(), "",
        "| claim | | model | source (how it was read) |", "|---|---|---|---|", *orders, "", text["after"].strip(), "",
    ])  # fmt: skip


def _kg(row: Mapping[str, Any]) -> str:
    return f", {row['load_kg']:g} kg" if row["load_kg"] else ""


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.2f}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--published", type=Path, default=SHARED)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    published = json.loads(options.published.read_text(encoding="utf-8"))
    told = tomllib.loads(ROWS.read_text(encoding="utf-8"))
    report: dict[str, Any] = {
        "exercises": list(exercise_rows(published["exercises"], told["exercises"])),
        "postures": list(posture_rows(published["intradiscal_pressure_mpa_wilke_1999"], told["postures"])),
        "orders": list(order_rows(published["orders"], told["orders"])),
    }
    compared = [row for row in report["exercises"] + report["postures"] if not row["input"]]
    ratios = [row["ratio"] for row in compared if row["ratio"] is not None]
    report["summary"] = {
        "rows": len(report["exercises"]) + len(report["postures"]),
        "inputs": sum(row["input"] for row in report["exercises"]),
        "inside": sum(RANGE[0] <= ratio <= RANGE[1] for ratio in ratios),
        "outside": sum(not RANGE[0] <= ratio <= RANGE[1] for ratio in ratios),
        "unexplained": sum(row["why"] == "UNEXPLAINED" for row in compared),
        "geometric_mean_ratio": math.exp(sum(math.log(ratio) for ratio in ratios if ratio > 0) / max(1, len(ratios))),
        "orders_hold": all(row["holds"] for row in report["orders"]),
    }
    if options.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(report), encoding="utf-8")
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()

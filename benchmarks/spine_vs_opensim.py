"""Low-back moments beside OpenSim's inverse dynamics on the same motion. Prints one JSON object.

    python benchmarks/spine_vs_opensim.py [--reference FILE.npz ...] [--sex male]

The worst of the files is reported, each file beside it. `joint_centres` is null where a file's centres cannot be used.
OpenSim's own time is measured where its package is installed; otherwise its 0.35 ms a frame is the yardstick.
"""

import argparse
import json
import math
import time
from pathlib import Path
from typing import Any

import numpy as np

from backstory.body.masspoints import Array, from_poses
from backstory.body.upperbody import CENTRES, upper_body
from backstory.load.dynamics import Moments, about_joint_axes, joint_moment

SHARED = Path(__file__).parents[2] / "shared" / "reference" / "spine"
UPPER = ("torso", "humerus", "ulna", "radius", "hand")
LOADS = ("bar", "db")
EDGE = 30  # frames left out at both ends
OPENSIM_US, OPENSIM_COORDINATES, OPENSIM_FRAMES, TIMED_RUNS = 350.0, 33, 300, 20


def part_of(name: str) -> str:
    return name.split("_", maxsplit=1)[0]


def by_poses(data: dict[str, Array], names: list[str]) -> Moments:
    above = [i for i, name in enumerate(names) if part_of(name) in UPPER + LOADS]
    com, rotation = data["com"][:, above], data["R"][:, above]
    points = from_poses(com, rotation, data["mass"][above], data["Idiag"][above])
    moment = joint_moment(points, data["jc_lumbar"].T, float(data["t"][1] - data["t"][0]))
    pelvis, trunk = data["R"][:, names.index("pelvis")], data["R"][:, names.index("torso")]
    return about_joint_axes(moment, pelvis[:, :, 2].T, trunk[:, :, 1].T)


def by_centres(data: dict[str, Array], names: list[str], sex: str | None) -> Moments | None:
    centres = {name: data[f"jc_{name}"] for name in CENTRES if f"jc_{name}" in data}
    if len(centres) < len(CENTRES) or not all(np.isfinite(centre).all() for centre in centres.values()):
        return None
    loads = [i for i, name in enumerate(names) if part_of(name) in LOADS]
    body_mass = float(np.delete(data["mass"], loads).sum())
    held = [(float(data["mass"][i]), data["com"][:, i]) for i in loads]
    points = upper_body(centres, sex, body_mass, held)
    lumbar = centres["lumbar"]
    moment = joint_moment(points, lumbar.T, float(data["t"][1] - data["t"][0]))
    lateral = centres["hip_r"] - centres["hip_l"]
    longitudinal = (centres["shoulder_r"] + centres["shoulder_l"]) / 2 - lumbar
    unit = [(axis / np.linalg.norm(axis, axis=1, keepdims=True)).T for axis in (lateral, longitudinal)]
    return about_joint_axes(moment, *unit)


def compare(found: Moments, data: dict[str, Array]) -> dict[str, float]:
    inner = slice(EDGE, -EDGE)
    wanted = [data[f"lumbar_{name}_moment"][inner] for name in ("extension", "bending", "rotation")]
    got = [moment[inner] for moment in (found.extension, found.bending, found.rotation)]
    peak = np.abs(wanted[0]).max()
    rmse = [100 * float(np.sqrt(np.mean((g - w) ** 2))) / peak for g, w in zip(got, wanted, strict=True)]
    return {
        "rmse_pct_of_peak": max(rmse),
        "extension_rmse_pct_of_peak": rmse[0],
        "peak_error_pct": 100 * abs(float(np.abs(got[0]).max() / peak) - 1),
    }


def us_per_frame(data: dict[str, Array], names: list[str]) -> float:
    by_poses(data, names)
    times = []
    for _ in range(TIMED_RUNS):
        begin = time.perf_counter()
        by_poses(data, names)
        times.append(time.perf_counter() - begin)
    return 1e6 * float(np.median(times)) / len(data["t"])


def opensim_us_per_frame() -> float | None:
    """OpenSim's inverse dynamics a frame, on a chain with as many coordinates as the reference's model has."""
    try:
        import opensim
    except ImportError:
        return None
    model = opensim.ModelFactory.createNLinkPendulum(OPENSIM_COORDINATES)
    state, solver = model.initSystem(), opensim.InverseDynamicsSolver(model)
    count = model.getNumCoordinates()
    times = []
    for frame in range(OPENSIM_FRAMES):
        angles, speeds = (opensim.Vector(count, 0.1 * f(0.06 * frame)) for f in (math.sin, math.cos))
        begin = time.perf_counter()
        state.setTime(0.01 * frame)
        state.setQ(angles)
        state.setU(speeds)
        solver.solve(state, speeds)
        times.append(time.perf_counter() - begin)
    return 1e6 * float(np.median(times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, nargs="+", default=sorted(SHARED.glob("kin_*.npz")))
    parser.add_argument("--sex", choices=("female", "male"), default="male")
    options = parser.parse_args()
    if not options.reference:
        parser.error(f"there is nothing in {SHARED.name}/; name reference files with --reference")
    files: dict[str, Any] = {}
    for path in options.reference:
        with np.load(path) as archive:
            data = {key: archive[key] for key in archive.files}
        names = [str(name) for name in data["names"]]
        centres = by_centres(data, names, options.sex)
        files[path.name] = {
            "segment_poses": compare(by_poses(data, names), data),
            "joint_centres": None if centres is None else compare(centres, data),
            "us_per_frame": us_per_frame(data, names),
        }
    theirs = opensim_us_per_frame()
    ours = max(file["us_per_frame"] for file in files.values())
    result = {
        "segment_poses": worst([file["segment_poses"] for file in files.values()]),
        "joint_centres": worst([file["joint_centres"] for file in files.values()]),
        "us_per_frame": ours,
        "ratio_to_opensim": (theirs or OPENSIM_US) / ours,
        "opensim_us_per_frame": theirs or OPENSIM_US,
        "opensim_measured_here": theirs is not None,
        "files": files,
    }
    print(json.dumps(result, indent=1))


def worst(results: list[dict[str, float] | None]) -> dict[str, float] | None:
    usable = [result for result in results if result is not None]
    return {key: max(result[key] for result in usable) for key in usable[0]} if usable else None


if __name__ == "__main__":
    main()

"""docs/validation/answer.md and its pictures, from what benchmarks/calibration.py found. Same result, same page."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import calibration_pictures
import calibration_tables as tables
from calibration_targets import WORDS, Result

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGE, STORED, PICTURES = Path("validation/answer.md"), Path("validation/answer.json"), Path("pictures")
DIGITS = 5  # that are kept
SECTIONS = (  # heading, words, part, table, picture
    ("Bands", "bands", "cells", tables.bands, "coverage"),
    ("Bands, column by column", "each", "cells", tables.each_column, ""),
    ("False claims in one look", "false_claims", "cells", tables.false_claims, ""),
    ("Looking every week", "weekly", "weekly", tables.weekly, ""),
    ("What is found", "power", "cells", tables.power, "power"),
    ("The obvious analyses", "naive", "naive", tables.naive, "claims"),
    ("The rise over the usual", "rise", "rise", tables.rise, ""),
    ("What the model does not expect", "hard", "hard", tables.hard, ""),
    ("Sleep under a strong hidden stress", "stress", "stress", tables.stress, ""),
    ("The self-trial", "trial", "trial", tables.trial, ""),
    ("Time", "speed", "speed", tables.speed, ""),
)


def rounded(value: Any) -> Any:
    """The same with figures of a few digits: more are noise."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, Mapping):
        return {name: rounded(inside) for name, inside in value.items()}
    return [rounded(inside) for inside in value] if isinstance(value, (list, tuple)) else value


def page(result: Result) -> str:
    """The page."""
    words = WORDS["page"]
    parts = [
        "# How far an answer can be trusted", "Written by `make validate`; do not edit.", *unusual(result),
        words["before"], words["simulators"], people(result), "## What was to be reached, and what was",
        tables.targets(result), words["targets"],
    ]  # fmt: skip
    for heading, key, part, table, picture in SECTIONS:
        if result["parts"].get(part):
            parts += [f"## {heading}", words[key]]
            if picture and calibration_pictures.shown(result, picture):
                parts.append(f"![{calibration_pictures.LABELS[picture]}](../pictures/answer-{picture}.svg)")
            parts.append(table(result))
    constants = {name: listed(value) for name, value in result["versions"].items()}
    parts += [
        "## What it does badly", words["badly"], tables.badly(result),
        "## What was set by looking at simulations",
        words["set"].format(seed=result["options"]["seed"], **constants), "## Again", words["again"],
    ]  # fmt: skip
    return "\n\n".join(part.strip() for part in parts) + "\n"


def unusual(result: Result) -> Iterator[str]:
    """Told at the top where the page was made with other options than `make validate` takes."""
    if result["unusual"]:
        told = ", ".join(f"`{name}` {listed(value)}" for name, value in sorted(result["unusual"].items()))
        yield f"**Not the usual page.** It was made with other options than `make validate` takes: {told}."


def people(result: Result) -> str:
    """How many there were, and of which program."""
    options, versions = result["options"], result["versions"]
    return (
        f"In each cell {options['without']} persons have no effect, and {options['having']} one of about "
        f"{options['points']:g} points; where fewer were asked, the table says so. Seed {options['seed']}; Backstory "
        f"{versions['program']}, model {versions['model']}; {sum(result['seconds'].values()) / 60:.0f} minutes on "
        f"{options['processes']} processes."
    )


def listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)


def write(result: Result, folder: Path = DOCS) -> None:
    """The page, what it is written from, and its pictures, into the folder of the documentation."""
    kept = rounded(result)
    for path in (PAGE, STORED, PICTURES / "answer.svg"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / STORED).write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")
    (folder / PAGE).write_text(page(kept), encoding="utf-8")
    for name, picture in calibration_pictures.pictures(kept).items():
        (folder / PICTURES / f"answer-{name}.svg").write_text(picture, encoding="utf-8")

"""What was to be reached (calibration.toml), what was reached, and whether that will do."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Result = Mapping[str, Any]
Named = tuple[str, dict[str, float]]  # where, figure

FILE = Path(__file__).with_name("calibration.toml")
WORDS: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
USUAL_POINTS = (0.8, 0.9)
GROUPS = ("without", "with")


def rows_of(result: Result, part: str, target: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a part that a target speaks of."""
    for row in result["parts"].get(part, []):
        if all(row.get(name) == target[name] for name in ("simulator", "days") if name in target):
            yield row


def coverage(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    """Each column's bands, in each cell."""
    for row in rows_of(result, "cells", target):
        for group in GROUPS:
            for name, figure in row.get(group, {}).get("covers_each", {}).items():
                yield f"{name}, {group} effect, {row['days']} days, {beside(row['harmless'])}", figure


def rise_coverage(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    for row in rows_of(result, "rise", target):
        yield f"{acting(row['acts'])}, {row['days']} days", row["covers"]


def false_claims(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    for row in rows_of(result, "cells", target):
        if "without" in row:
            yield f"{row['days']} days, {beside(row['harmless'])}", row["without"]["one_look"]["false_claims"]


def weekly_false_claims(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    for row in rows_of(result, "weekly", target):
        yield beside(row["harmless"]), row["weekly"]["false_claims_ever"]


def power_one_look(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _of_load_alone(result, target, lambda row: row["one_look"]["power"])


def power_weekly(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _of_load_alone(result, target, lambda row: row["weekly"]["power"])


def error(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _of_load_alone(result, target, lambda row: row["rmse"])


def wrong_sign(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    for row in rows_of(result, "cells", target):
        if "with" in row:
            where = f"{row['simulator']} simulator, {row['days']} days, {beside(row['harmless'])}"
            yield where, row["with"]["one_look"]["wrong_sign"]


def off_by(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    """What is told of the load minus the truth."""
    for row in rows_of(result, "cells", target):
        if "with" in row:
            yield f"{row['simulator']} simulator, {row['days']} days, {beside(row['harmless'])}", row["with"]["bias"]


def load_coverage(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _with_effect(result, target, "load")


def shared_coverage(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _with_effect(result, target, "steps")


def spread_coverage(result: Result, _target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _hard(result, "spread")


def wandering_coverage(result: Result, _target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _hard(result, "wandering")


def stress_coverage(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    for row in rows_of(result, "stress", target):
        yield f"{row['days']} days", row["covers"]


def time_known(result: Result, _target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _timed(result, unknown=False)


def time_unknown(result: Result, _target: Mapping[str, Any]) -> Iterator[Named]:
    yield from _timed(result, unknown=True)


def ten_thousand(result: Result, _target: Mapping[str, Any]) -> Iterator[Named]:
    for row in result["parts"].get("speed", {}).get("at_once", []):
        yield questions(row["questions"]), {"value": row["ten_thousand_s"]}


def two_processes(result: Result, _target: Mapping[str, Any]) -> Iterator[Named]:
    for row in result["parts"].get("speed", {}).get("at_once", []):
        yield questions(row["questions"]), {"value": row["ratio"]}


def trial_coverage(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    for row in rows_of(result, "trial", target):
        yield f"{row['points']:g} points", as_figure(row["band_covers"])


def trial_false_claims(result: Result, target: Mapping[str, Any]) -> Iterator[Named]:
    for row in rows_of(result, "trial", target):
        if "false_claims" in row:
            yield "at the end", as_figure(row["false_claims"])
        if "false_claims_with_early_looks" in row:
            yield "with early looks", as_figure(row["false_claims_with_early_looks"])


FIGURES: dict[str, Callable[[Result, Mapping[str, Any]], Iterator[Named]]] = {
    function.__name__: function
    for function in (
        coverage, rise_coverage, false_claims, weekly_false_claims, power_one_look, power_weekly, error, wrong_sign,
        off_by, load_coverage, shared_coverage, spread_coverage, wandering_coverage, stress_coverage,
        time_known, time_unknown, ten_thousand, two_processes, trial_coverage, trial_false_claims,
    )
}  # fmt: skip


def applies(result: Result, target: Mapping[str, Any]) -> bool:
    """Whether a target was set for persons like these."""
    low, high = USUAL_POINTS
    options = result["options"]
    return not target.get("usual") or (low <= options["points"] <= high and options["variability"] == 1.0)


def met(figure: Mapping[str, float], target: Mapping[str, Any]) -> bool:
    """Whether a figure lies where it was to lie."""
    return bool(target.get("least", float("-inf")) <= figure["value"] <= target.get("most", float("inf")))


def beside(harmless: int) -> str:
    """A cell's columns in words."""
    return {0: "load alone", 1: "beside 1"}.get(harmless, f"beside {harmless}")


def acting(what: str) -> str:
    return {"nothing": "nothing acts", "rise": "the rise acts", "load": "the load acts"}[what]


def questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def as_figure(share: Mapping[str, float]) -> dict[str, float]:
    """A share of benchmarks/trial.py as a figure."""
    return {"value": share["share"], "mc_error": share["mc_error"]}


def _of_load_alone(
    result: Result, target: Mapping[str, Any], figure: Callable[[dict[str, Any]], dict[str, float]]
) -> Iterator[Named]:
    for row in rows_of(result, "cells", target):
        if row["harmless"] == 0 and "with" in row:
            yield f"{row['days']} days", figure(row["with"])


def _with_effect(result: Result, target: Mapping[str, Any], column: str) -> Iterator[Named]:
    """Bands of one column beside a load that acts."""
    for row in rows_of(result, "cells", target):
        figure = row.get("with", {}).get("covers_each", {}).get(column)
        if figure:
            yield f"{row['simulator']} simulator, {row['days']} days, {beside(row['harmless'])}", figure


def _hard(result: Result, what: str) -> Iterator[Named]:
    for row in result["parts"].get("hard", []):
        if row["what"] == what:
            yield f"{row['days']} days", row["covers"]


def _timed(result: Result, *, unknown: bool) -> Iterator[Named]:
    for row in result["parts"].get("speed", {}).get("one_by_one", []):
        if row["questions"] == 3 and bool(row["unknown_share"]) == unknown:
            yield questions(3), row["ms_median"]

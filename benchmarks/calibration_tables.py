"""The tables of docs/validation/answer.md: each figure with its error, beside what was to be reached."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from calibration_targets import FIGURES, GROUPS, WORDS, Result, acting, applies, as_figure, beside, met, questions

Figure = Mapping[str, float]
COVERAGE = (0.88, 0.95)
PLACES = {"error": 3, "two_processes": 2}
COLUMNS = ("load", "steps", "sleep_h", "sitting_h", "gardening")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(figure: Figure | None) -> str:
    """A share with its error."""
    if not figure or math.isnan(figure["value"]):
        return ""
    return f"{100 * figure['value']:.1f} ± {100 * figure['mc_error']:.1f}"


def number(figure: Figure | None, places: int = 2) -> str:
    """Points, milliseconds and the like with their error, where there is one."""
    if not figure or math.isnan(figure["value"]):
        return ""
    error = f" ± {figure['mc_error']:.{places}f}" if "mc_error" in figure else ""
    return f"{figure['value']:.{places}f}{error}".replace("-", "−")


def judged(figure: Figure | None) -> str:
    """A share of bands, and the word for one that is off."""
    if not figure or math.isnan(figure["value"]):
        return ""
    low, high = COVERAGE
    word = " narrow" if figure["value"] < low else " wide" if figure["value"] > high else ""
    return percent(figure) + word


def targets(result: Result) -> str:
    """What was to be reached, what was, met or missed."""
    rows = []
    for target in WORDS["target"]:
        found = list(FIGURES[target["figures"]](result, target))
        if found:
            rows.append(
                [target["what"], span(found, _shown(target)), *_verdict(result, target, [one for _, one in found])]
            )
    return table(["", "reached", "to reach", ""], rows)


def badly(result: Result) -> str:
    """What it does badly, with figures."""
    items = []
    for item in WORDS["badly"]:
        found = list(FIGURES[item["figures"]](result, item))
        told: Callable[[Figure], str] = number if item["figures"] == "off_by" else lambda figure: f"{percent(figure)} %"
        if found:
            items.append("- " + item["words"].strip().format(found=span(found, told)).replace("\n", "\n  "))
    return "\n".join(items)


def span(found: Sequence[tuple[str, Figure]], told: Callable[[Figure], str]) -> str:
    """The lowest and the highest, and where they are."""
    ordered = sorted(found, key=lambda one: one[1]["value"])
    if len(ordered) == 1:
        return told(ordered[0][1])
    return " to ".join(f"{told(figure)} ({where})" for where, figure in (ordered[0], ordered[-1]))


def _shown(target: Mapping[str, Any]) -> Callable[[Figure], str]:
    if target.get("most", target.get("least")) <= 1.0 and target["figures"] != "error":
        return lambda figure: f"{percent(figure)} %"
    return lambda figure: number(figure, PLACES.get(target["figures"], 1))


def _verdict(result: Result, target: Mapping[str, Any], figures: Sequence[Figure]) -> tuple[str, str]:
    if not applies(result, target):
        return "not set for these persons", ""
    shares = _shown(target)({"value": 0.0, "mc_error": 0.0}).endswith("%")
    ends = [target.get("least"), target.get("most")]
    told = [f"{100 * end:g}" if shares else f"{end:g}" for end in ends if end is not None]
    limit = " to ".join(told) if len(told) == 2 else ("at least " if ends[0] is not None else "at most ") + told[0]
    missed = sum(not met(figure, target) for figure in figures)
    word = "met" if not missed else "missed" if len(figures) == 1 else f"missed in {missed} of {len(figures)}"
    return limit + (" %" if shares else ""), word


def bands(result: Result) -> str:
    """Cells: the load's bands, all columns', the column that is worst off on either side."""
    rows = []
    for row in result["parts"]["cells"]:
        for group in (group for group in GROUPS if group in row):
            each = row[group]["covers_each"]
            told = [name for name in each if not math.isnan(each[name]["value"])]
            ordered = sorted(told, key=lambda name: each[name]["value"]) if len(told) > 1 else []
            ends = [f"{judged(each[name])} ({name})" for name in ordered[:1] + ordered[-1:]] or ["", ""]
            rows.append([*_cell(row), group, judged(each["load"]), judged(row[group]["covers"]), *ends])
    return table([*CELL, "effect", "load, %", "all, %", "lowest, %", "highest, %"], rows)


CELL = ("simulator", "days", "columns")


def _cell(row: Mapping[str, Any]) -> list[str]:
    return [row["simulator"], str(row["days"]), beside(row["harmless"])]


def each_column(result: Result) -> str:
    """The cells with the most columns, one by one."""
    most = max(row["harmless"] for row in result["parts"]["cells"])
    rows = [
        [row["simulator"], str(row["days"]), group, *(judged(row[group]["covers_each"].get(name)) for name in COLUMNS)]
        for row in result["parts"]["cells"] if row["harmless"] == most for group in GROUPS if group in row
    ]  # fmt: skip
    return table(["simulator", "days", "effect", *COLUMNS], rows)


def false_claims(result: Result) -> str:
    """Without an effect, of any kind; with one, about the columns beside."""
    rows = []
    for row in result["parts"]["cells"]:
        told = [row.get(group, {}).get(rule, {}).get("false_claims") for group in GROUPS for rule in RULES]
        answered = row.get("without", row.get("with", {})).get("answered")
        rows.append([*_cell(row), *(percent(figure) for figure in told), percent(answered)])
    head = ["without an effect, one look", "weekly rule", "beside an effect, one look", "weekly rule"]
    return table([*CELL, *(f"{name}, %" for name in head), "enough data, %"], rows)


RULES = ("one_look", "weekly")


def weekly(result: Result) -> str:
    """Ever, and at the first look."""
    rows = [
        [row["simulator"], beside(row["harmless"]), str(row["people"]), str(row["looks"])]
        + [percent(row[rule][when]) for rule in RULES[::-1] for when in ("false_claims_ever", "at_first_look")]
        for row in result["parts"]["weekly"]
    ]
    head = ["weekly rule, ever, %", "at the first look, %", "one-look rule, ever, %", "at the first look, %"]
    return table(["simulator", "columns", "persons", "looks", *head], rows)


def power(result: Result) -> str:
    """What is found of the effect, and how far off."""
    known = {(row["simulator"], row["days"]): row["methods"] for row in result["parts"].get("known", [])}
    rows = []
    for row in (row for row in result["parts"]["cells"] if "with" in row):
        told, oracle = row["with"], known.get((row["simulator"], row["days"]), {})
        best = next((figures.get("power") for figures in oracle.values()), None)
        rows.append([
            *_cell(row), f"{told['true_points']:.2f}", percent(told["one_look"]["power"]),
            percent(told["weekly"]["power"]), percent(best), percent(told["one_look"]["wrong_sign"]),
            number(told["bias"]), number(told["rmse"]),
        ])  # fmt: skip
    head = ["truth", "found, one look, %", "weekly, %", "who knows, %", "wrong sign, %", "off by", "RMSE"]
    return table([*CELL, *head], rows)


def naive(result: Result) -> str:
    """The obvious analyses, and the answer on the same persons."""
    cells = {(row["simulator"], row["days"]): row for row in result["parts"].get("cells", []) if not row["harmless"]}
    rows = []
    for row in result["parts"]["naive"]:
        where = [row["simulator"], str(row["days"])]
        for name, told in row["methods"].items():
            rows.append([*where, name, *(percent(told.get(key)) for key in CLAIMED), number(told.get("rmse"))])
        ours = cells.get((row["simulator"], row["days"]), {})
        for rule, name in (("one_look", "**Backstory, one look**"), ("weekly", "**Backstory, weekly**")):
            told = ours.get("with", {}).get(rule, {}) | ours.get("without", {}).get(rule, {})
            error = number(ours.get("with", {}).get("rmse"))
            rows.append([*where, name, *(percent(told.get(key)) for key in CLAIMED), error])
    head = ["false claims, %", "found, %", "wrong sign, %", "RMSE"]
    return table(["simulator", "days", "analysis", *head], rows)


CLAIMED = ("false_claims", "power", "wrong_sign")


def rise(result: Result) -> str:
    """Bands of the rise, and of the load beside it."""
    rows = []
    for row in result["parts"]["rise"]:
        told = [row["one_look"].get("false_claims"), row["one_look"].get("power")]
        rows.append([
            row["simulator"], str(row["days"]), acting(row["acts"]), str(row["people"]), judged(row["covers"]),
            judged(row["covers_each"]["load"]), *(percent(figure) for figure in told), number(row["bias"]),
        ])  # fmt: skip
    head = ["the rise's bands, %", "the load's, %", "false claims of the rise, %", "found, %", "off by"]
    return table(["simulator", "days", "", "persons", *head], rows)


def hard(result: Result) -> str:
    """What is hard for the model."""
    rows = []
    for row in result["parts"]["hard"]:
        told = row["one_look"]
        rows.append([
            row["what"], str(row["days"]), str(row["people"]), judged(row["covers"]),
            percent(told.get("false_claims")), percent(told.get("power")), number(row["bias"]),
        ])  # fmt: skip
    return table(["", "days", "persons", "bands, %", "false claims, one look, %", "found, %", "off by"], rows)


def stress(result: Result) -> str:
    """Sleep, which does nothing."""
    rows = [
        [str(row["days"]), str(row["people"]), judged(row["covers"]), percent(row["false_claims"]),
         percent(row["false_claims_weekly"])]
        for row in result["parts"]["stress"]
    ]  # fmt: skip
    return table(["days", "persons", "sleep's bands, %", "false claims of sleep, one look, %", "weekly rule, %"], rows)


def trial(result: Result) -> str:
    """Self-trials, without a difference and with one."""
    rows = []
    for row in result["parts"]["trial"]:
        claims = ("false_claims", "false_claims_with_early_looks") if not row["points"] else ("", "")
        told = [percent(as_figure(row[name])) if name in row else "" for name in (*claims, "claimed_worse")]
        covers = percent(as_figure(row["band_covers"]))
        rows.append([f"{row['points']:g}", str(row["days"]), str(row["people"]), covers, *told, f"{row['rmse']:.2f}"])
    head = ["bands, %", "false claims, %", "with early looks, %", "told worse, %", "RMSE"]
    return table(["points", "days", "trials", *head], rows)


def speed(result: Result) -> str:
    """A person's time, and many persons'."""
    told = result["parts"]["speed"]
    one = [
        [questions(row["questions"]), f"{100 * row['unknown_share']:.0f}", number(row["ms_median"], 1),
         number(row["ms_p95"], 1)]
        for row in told["one_by_one"]
    ]  # fmt: skip
    many = [
        [questions(row["questions"]), str(row["people"]), *(f"{each:.0f}" for each in row["persons_per_s"].values()),
         f"{row['ratio']:.2f}", f"{row['ten_thousand_s']:.0f}{' (reckoned)' if row['extrapolated'] else ''}"]
        for row in told["at_once"]
    ]  # fmt: skip
    first = table(["asked", "loads unknown, %", "median [ms]", "95th percentile [ms]"], one)
    head = ["persons", "a second, 1 process", "2 processes", "times as fast", "10,000 on 2 [s]"]
    return f"{first}\n\n{table(['asked', *head], many)}"

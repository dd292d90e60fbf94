"""Charts of a measure over time, handed from its values to the report."""

from math import nan
from pathlib import Path

from backstory.journal.measuring import History, Reading
from backstory.questions.measure_data import Measure
from backstory.questions.measure_ways import load_ways, unnoticed_band
from backstory.questions.studies import KNOWN
from backstory.report import write_page
from backstory.report.measure_chart import alone
from backstory.report.measure_page import page
from backstory.report.measure_values import MeasureChart
from backstory.report.terminal_chart import lines

UNITS = {"s": "seconds", "h": "hours", "cm": "centimetres", "effort·min": "effort x minutes"}


def terminal(shown: History, width: int) -> list[str]:
    """The chart in lines of at most so many letters; none where there are not two values."""
    return lines(chart(shown), width) if len(shown.known) > 1 else []


def write_measure(shown: History, page_to: Path | None = None, svg_to: Path | None = None) -> None:
    """Write a page, a chart, or both, readable by their owner alone. Raises InputError."""
    drawn = chart(shown)
    if page_to is not None:
        write_page(page_to, page(drawn))
    if svg_to is not None:
        write_page(svg_to, alone(drawn))


def chart(shown: History) -> MeasureChart:
    """What the charts show."""
    measure, first = shown.measure, shown.known[0].value
    assert first is not None
    return MeasureChart(
        name=measure.name,
        scale=scale(measure),
        unit=measure.unit,
        range=measure.range,
        days=[reading.day for reading in shown.readings],
        values=[nan if reading.value is None else reading.value for reading in shown.readings],
        band=unnoticed_band(measure.id, first),
        weekly=shown.weekly,
        sentences=tell(shown),
        notes=sources(measure),
    )


def tell(shown: History) -> list[str]:
    """What lies between the values, in sentences; what to know when reading them."""
    measure, known = shown.measure, shown.known
    told = []
    if shown.change:
        told.append(_since(shown, known[0], shown.change))
    if shown.latest_change and len(known) > 2:
        told.append(_since(shown, known[-2], shown.latest_change))
    if shown.weekly:
        told.append(f"Means of weeks, Monday to Sunday, over every {load_ways()[measure.id].each} that was told.")
    return [*told, *(text for text in (told and measure.change_not_known, measure.note) if text)]


def sources(measure: Measure) -> list[str]:
    """Who made the measure and who says which change people notice, and how that is known."""
    known = measure.change
    told = [f"Measure: {measure.source} ({KNOWN[measure.known]})."]
    return told + ([f"What people notice: {known.source} ({KNOWN[known.known]})."] if known else [])


def _since(shown: History, before: Reading, change: str) -> str:
    """The change without the measure's name and without its source, which stand elsewhere."""
    known, day = shown.measure.change, f"{before.day.day} {before.day:%B %Y}"
    ending = f" ({known.source}; {KNOWN[known.known]}.)" if known else f" {shown.measure.change_not_known}"
    words = change.removeprefix(f"{shown.measure.name}: ").removesuffix(ending)
    return f"Since {'the week of ' if shown.weekly else ''}{day}: {words}"


def scale(measure: Measure) -> str:
    """What its numbers mean."""
    low, high = measure.range
    ends = f"in {UNITS[measure.unit]}" if measure.unit else f"{low:g} to {high:g}"
    return ends if measure.better == "neither" else f"{ends}, {measure.better} is better"

"""The page for a doctor or trainer: twelve weeks out of the journal, what was found, and what the person told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan, nan
from pathlib import Path, PurePath
from typing import Any

import pandas as pd

from backstory import __version__, catalogue, cause
from backstory.days import DayTable
from backstory.days.period import Period, period
from backstory.errors import NotEnough
from backstory.journal import doctor_telling as tell
from backstory.journal import doctor_training as training
from backstory.journal import helping
from backstory.journal.loading import day_table
from backstory.journal.opening import Journal
from backstory.load import EXPOSURE_UNITS
from backstory.model import shown
from backstory.report.doctor import as_html, as_pdf, check_target, write_doctor_page
from backstory.report.doctor_values import WEEK, DoctorPage, Section, Week

WEEKS = 12
DAY = timedelta(days=1)
TITLE, SIGNS = "Back pain and training", "Signs noted"
MAIN, WITHOUT_SETS = "load", "other_training"
LABELS = {MAIN: "Load on the low back, a week", WITHOUT_SETS: "Training by effort and minutes, a week"}
CAPTIONS = (
    "Above: a circle is a morning's score, the line the middle score of 14 days. Below: seven days a bar; dashed: not "
    "all of those days are known, and it was at least this much. Hatched: not known, which is not the same as none."
)
ORIGIN = "From the person's own log; wellness software, not a medical device."


@dataclass(frozen=True, slots=True)
class Written:
    """What was written. pages: of a PDF; None for HTML."""

    path: Path
    pages: int | None
    sections: tuple[Section, ...]

    def as_json(self) -> dict[str, Any]:
        """The command line's contract."""
        sections = [{"heading": part.heading, "lines": list(part.lines)} for part in self.sections]
        return {"path": str(self.path), "pages": self.pages, "sections": sections}


def write_report(journal: Journal, path: Path, paper: str) -> Written:
    """Write the page as PDF or HTML, by its ending. Raises InputError, JournalError."""
    check_target(path, paper)  # before anything is computed
    page = doctor_page(journal)
    return Written(path, write_doctor_page(page, path, paper), tuple(page.sections))


def report_bytes(journal: Journal, name: PurePath, paper: str) -> bytes:
    """The page as the bytes of a PDF or HTML file, by the name's ending. Raises InputError."""
    check_target(name, paper)
    page = doctor_page(journal)
    return as_pdf(page, paper) if name.suffix.lower() == ".pdf" else as_html(page, paper).encode()


def doctor_page(journal: Journal) -> DoctorPage:
    """Everything on the page; of an empty journal, too. The last day is today."""
    last = journal.today()
    first = last - (WEEK * WEEKS - 1) * DAY
    told = period(journal.store.check_ins(), first, last)
    days = _days(journal)
    column = _column(days, first, last)
    loads = _loads(days, column, first, last)
    urgent = helping.asks_for_a_doctor(journal)
    parts: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        (SIGNS, lambda: tell.signs(journal)),
        ("Pain", lambda: tell.pain(told)),
        ("How it feels", lambda: tell.feels(journal, told)),
        ("Training", lambda: training.trained(journal, told, loads, column, days.log_ends if days else None)),
        ("What the log shows", lambda: training.found(journal)),
        ("Prescribed", lambda: training.prescribed(journal, first, last)),
        ("Measures", lambda: tell.measures(journal, last)),
        ("Medicines", lambda: tell.medicines(told)),
        ("Sleep, sitting", lambda: tell.averages(told)),
    )
    return DoctorPage(
        title=TITLE,
        made_on=last,
        first=first,
        pain=told.pain,
        weeks=[_week(loads[n : n + WEEK]) for n in range(0, len(loads), WEEK)],
        load_label=f"{LABELS[column]} [{EXPOSURE_UNITS[column]}]",
        captions=(CAPTIONS,),
        sections=[Section(heading, tuple(lines()), heading == SIGNS and urgent) for heading, lines in parts],
        footer=_footer(told, loads, last),
    )


def _days(journal: Journal) -> DayTable | None:
    """None where the journal is empty."""
    try:
        return day_table(journal)
    except NotEnough:
        return None


def _column(days: DayTable | None, first: date, last: date) -> str:
    """What the bars show: the load of sets, or where these weeks have none, other training."""
    if days is None:
        return MAIN
    weeks = days.table.loc[pd.Timestamp(first) : pd.Timestamp(last)]
    return WITHOUT_SETS if not (weeks[MAIN] > 0).any() and (weeks[WITHOUT_SETS] > 0).any() else MAIN


def _loads(days: DayTable | None, column: str, first: date, last: date) -> list[float]:
    """One value a day; nan = not known."""
    index = pd.date_range(first, last)
    return [nan] * len(index) if days is None else [float(x) for x in days.table[column].reindex(index)]


def _week(loads: list[float]) -> Week:
    known = [load for load in loads if not isnan(load)]
    return Week(sum(known), len(known))


def _footer(told: Period, loads: list[float], made_on: date) -> tuple[str, ...]:
    scored, known = (sum(not isnan(value) for value in values) for values in (told.pain, loads))
    return (
        f"{ORIGIN} Coverage: {scored} of {len(told.pain)} mornings scored; training known on {known} of {len(loads)} "
        "days.",
        f"Made on {shown(made_on)} by Backstory {__version__}, model {cause.VERSION}, catalogue "
        f"{catalogue.load().version}.",
    )  # fmt: skip

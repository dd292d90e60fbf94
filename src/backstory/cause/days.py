"""The days that `explain` is given: what they must be, and whether there are enough of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from backstory.cause.design import varies
from backstory.errors import InputError

LEAST_SCORED, LEAST_TRAINING = 28, 8


def checked(days: pd.DataFrame, outcome: str, exposures: Sequence[str]) -> pd.DataFrame:
    """The days asked about, sorted and without gaps in the calendar. Raises InputError."""
    if not exposures:
        raise InputError("There is nothing to ask about: the days hold no column beside the outcome.")
    if absent := [name for name in (outcome, *exposures) if name not in days.columns]:
        raise InputError(f"The days have no column {', '.join(map(repr, absent))}.")
    if len(set(exposures)) < len(exposures) or outcome in exposures:
        raise InputError("Each column can be asked about once, and not the outcome itself.")
    if days.empty:
        raise InputError("There are no days.")
    try:
        index = _dates(days.index)
        table = days[[outcome, *exposures]].astype(float).set_axis(index).sort_index()
    except (TypeError, ValueError) as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(f"The days must be indexed by date and hold numbers: {why}.") from None
    if table.index.hasnans or table.index.has_duplicates:
        raise InputError("Each day may stand once, and must have a date.")
    values = table.to_numpy()
    if np.isinf(values).any():
        raise InputError("A value is infinite.")
    if (values[:, 0] < 0).any() or (values[:, 0] > 10).any():
        raise InputError(f"{outcome} must lie between 0 and 10.")
    whole = len(table) == (index.max() - index.min()).days + 1
    return table if whole else table.asfreq("D")


def _dates(index: pd.Index) -> pd.DatetimeIndex:
    found = index if isinstance(index, pd.DatetimeIndex) else pd.to_datetime(index, format="ISO8601")
    return pd.DatetimeIndex(found).tz_localize(None).normalize()


def what_is_missing(table: pd.DataFrame, outcome: str, main: str) -> list[str]:
    """What it still takes until there can be an answer, as words; [] when there is enough."""
    scored, trained = int(table[outcome].notna().sum()), int((table[main] > 0).sum())
    missing = []
    if scored < LEAST_SCORED:
        missing.append(f"{LEAST_SCORED - scored} more scored mornings ({scored} of {LEAST_SCORED})")
    if trained < LEAST_TRAINING:
        missing.append(f"{LEAST_TRAINING - trained} more training days ({trained} of {LEAST_TRAINING})")
    if not missing and not varies(table[outcome]):
        missing.append("mornings that differ: every score is the same")
    return missing

"""The days that `explain` is given: what they must be, and whether there are enough of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from backstory.cause.design import columns, varies
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
        values, index = columns(days, [outcome, *exposures]), _dates(days.index)
    except (TypeError, ValueError) as error:
        why = str(error).splitlines()[0].rstrip(".")
        raise InputError(f"The days must be indexed by date and hold numbers: {why}.") from None
    if index.hasnans or index.has_duplicates:
        raise InputError("Each day may stand once, and must have a date.")
    if np.isinf(values).any():
        raise InputError("A value is infinite.")
    if (values[:, 0] < 0).any() or (values[:, 0] > 10).any():
        raise InputError(f"{outcome} must lie between 0 and 10.")
    if not index.is_monotonic_increasing:
        order = index.argsort()
        values, index = values[order], index[order]
    table = pd.DataFrame(values, index, [outcome, *exposures])
    return table if len(table) == (index[-1] - index[0]).days + 1 else table.asfreq("D")


def _dates(index: pd.Index) -> pd.DatetimeIndex:
    found = index if isinstance(index, pd.DatetimeIndex) else pd.to_datetime(index, format="ISO8601")
    naive = found if found.tz is None else found.tz_localize(None)
    return naive if naive.is_normalized else naive.normalize()


def what_is_missing(table: pd.DataFrame, outcome: str, main: str) -> list[str]:
    """What it still takes until there can be an answer, as words; [] when there is enough."""
    pain, load = columns(table, [outcome, main]).T
    scored, trained = int((~np.isnan(pain)).sum()), int((load > 0).sum())
    missing = []
    if scored < LEAST_SCORED:
        missing.append(f"{LEAST_SCORED - scored} more scored mornings ({scored} of {LEAST_SCORED})")
    if trained < LEAST_TRAINING:
        missing.append(f"{LEAST_TRAINING - trained} more training days ({trained} of {LEAST_TRAINING})")
    if not missing and not varies(pain):
        missing.append("mornings that differ: every score is the same")
    return missing

"""Where a format's fields stand in a file's header, whatever the app's version or language calls them."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

MISSING = -1  # points at the empty cell that `fit` appends to every row


def locate(header: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Column of each field [from 0], by any of its lower-case names; MISSING where the file has none of them."""
    columns = {name.strip().casefold(): index for index, name in reversed(list(enumerate(header)))}
    return {field: next((columns[n] for n in known if n in columns), MISSING) for field, known in names.items()}


def has(header: Sequence[str], names: Mapping[str, Sequence[str]], *fields: str) -> bool:
    """Whether a header holds all of these fields."""
    where = locate(header, names)
    return all(where[field] != MISSING for field in fields)


def picker(where: Mapping[str, int], *fields: str) -> Callable[[list[str]], tuple[str, ...]]:
    """Takes these fields (two or more), in this order, out of a row made by `fit`."""
    return itemgetter(*(where[field] for field in fields))


def fit(row: list[str], width: int, needed: int) -> list[str]:
    """A row as long as the header, with an empty cell at the end for what the file does not have.

    needed: cells that must be there; apps leave out empty ones at the end. Raises ValueError.
    """
    if len(row) == width:
        row.append("")
        return row
    if len(row) < needed:
        raise ValueError(f"it has {len(row)} cells where the header has {width}")
    if len(row) > width:
        if any(row[width:]):
            raise ValueError(f"it has {len(row)} cells where the header has {width}")
        row = row[:width]
    return row + [""] * (width - len(row) + 1)

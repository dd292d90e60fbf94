"""The journal on disk: tables, migrations, saving and loading of the model's dataclasses."""

from backstory.store import rewriting
from backstory.store.backup import export, export_into, restore
from backstory.store.changing import Changed, change, last_change, remove, undo
from backstory.store.entries import entry_of
from backstory.store.helping import asked_of
from backstory.store.opening import open_store
from backstory.store.recorded import (
    DAYS,
    KINDS,
    MOMENTS,
    OF_TABLE,
    Asked,
    Found,
    Place,
    local_day,
    look,
    place_of,
    row_of,
    searched_here,
    sets_of,
)
from backstory.store.saving import check_in_of
from backstory.store.store import Saved, Store
from backstory.store.ticking import TickedSet, source_of_set, tick_set, ticked
from backstory.store.trials import trial_of

__all__ = [
    "DAYS", "KINDS", "MOMENTS", "OF_TABLE", "Asked", "Changed", "Found", "Place", "Saved", "Store", "TickedSet",
    "asked_of", "change", "check_in_of", "entry_of", "export", "export_into", "last_change", "local_day", "look",
    "open_store", "place_of", "remove", "restore", "rewriting", "row_of", "searched_here", "sets_of", "source_of_set",
    "tick_set", "ticked", "trial_of", "undo",
]  # fmt: skip

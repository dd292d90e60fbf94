"""The journal on disk: tables, migrations, saving and loading of the model's dataclasses."""

from backstory.store.backup import export, export_into, restore
from backstory.store.changing import Changed, change, last_change, remove, undo
from backstory.store.opening import open_store
from backstory.store.store import Saved, Store
from backstory.store.ticking import TickedSet, source_of_set, tick_set, ticked

__all__ = [
    "Changed", "Saved", "Store", "TickedSet", "change", "export", "export_into", "last_change", "open_store", "remove",
    "restore", "source_of_set", "tick_set", "ticked", "undo",
]  # fmt: skip

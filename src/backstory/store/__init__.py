"""The journal on disk: tables, migrations, saving and loading of the model's dataclasses."""

from backstory.store.backup import export, restore
from backstory.store.opening import open_store
from backstory.store.store import Saved, Store

__all__ = ["Saved", "Store", "export", "open_store", "restore"]

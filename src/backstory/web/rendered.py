"""Pages as they were shown last: one of the same values is not rendered anew, which takes most of a page's time."""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import Any

MOST_PAGES = 64


@dataclass(slots=True)
class Rendered:
    """The least used are thrown out first. Values are told apart by their pickled bytes, which are never read back."""

    _pages: "OrderedDict[bytes, str]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, frame: tuple[object, ...], values: Mapping[str, Any], render: Callable[[], str]) -> str:
        """The page of these values in this frame: whatever else it shows."""
        try:
            key = blake2b(pickle.dumps((frame, values), pickle.HIGHEST_PROTOCOL)).digest()
        except (TypeError, AttributeError, pickle.PicklingError):  # a generator, or the like: no two are the same
            return render()
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        page = render()
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        return page

    def forget(self) -> None:
        """Drop everything, such as after the journal was deleted."""
        with self._lock:
            self._pages.clear()

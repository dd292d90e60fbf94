"""One file a use: fetch from the store, call the pure rooms, hand values from one to the next, save. No maths."""

from backstory.journal.opening import Journal, open_journal

__all__ = ["Journal", "open_journal"]

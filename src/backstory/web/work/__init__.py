"""One file a kind of work that takes longer than a page may: `make(journal, **given)` gives plain values."""

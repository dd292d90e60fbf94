"""One file a kind of long work: `do(location, tell, **given)` gives plain values and tells on the way how far it is."""

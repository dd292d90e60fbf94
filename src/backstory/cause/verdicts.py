"""The four things that can be said of an exposure."""

WORSE, BETTER, UNCLEAR, TOO_LITTLE = "worse", "better", "no clear effect", "not enough data"

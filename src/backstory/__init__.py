"""Does working out hurt your back? Ask your own log."""

__version__ = "0.1.0"

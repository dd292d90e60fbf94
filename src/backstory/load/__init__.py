"""What sets, sessions and days do to the low back."""

from backstory.load.looking import Spike, balance, monday, muscle_sets, spikes
from backstory.load.moment import PeakLoad, peak_load, set_load
from backstory.load.summing import EXPOSURE_UNITS, SessionLoad, session_load

__all__ = [
    "EXPOSURE_UNITS", "PeakLoad", "SessionLoad", "Spike", "balance", "monday", "muscle_sets", "peak_load",
    "session_load", "set_load", "spikes",
]  # fmt: skip

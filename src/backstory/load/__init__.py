"""What sets, sessions and days do to the low back."""

from backstory.load.looking import (
    Spike,
    Weighed,
    balance,
    break_s,
    monday,
    monotony,
    most_repeated,
    muscle_sets,
    side_of,
    spikes,
)
from backstory.load.notes import Note, notes
from backstory.load.pauses import Pause, pauses
from backstory.load.peak import MOMENT_BAND, PeakLoad, course, peak_load
from backstory.load.sets import SetLoads, endurance_minutes, set_loads
from backstory.load.summing import EXPOSURE_UNITS, SessionLoad, session_loads

__all__ = [
    "EXPOSURE_UNITS", "MOMENT_BAND", "Note", "Pause", "PeakLoad", "SessionLoad", "SetLoads", "Spike", "Weighed",
    "balance", "break_s", "course", "endurance_minutes", "monday", "monotony", "most_repeated", "muscle_sets", "notes",
    "pauses", "peak_load", "session_loads", "set_loads", "side_of", "spikes",
]  # fmt: skip

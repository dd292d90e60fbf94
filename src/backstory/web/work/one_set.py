"""What one set of an exercise would do to the low back, beside the hardest of a usual training day."""

from typing import Any

from backstory.journal import Journal


def make(journal: Journal, exercise: str, load_kg: float, reps: int) -> dict[str, Any]:
    """The command line's contract, and `usual_nm`. Raises UnknownExercise, InputError."""
    from backstory.journal.loading import usual_peak_nm, weigh_set

    found, person, peak = weigh_set(journal, exercise, load_kg, reps)
    return {
        "exercise": found.id, "name": found.name, "load_kg": load_kg, "reps": reps, "factor": found.load_factor,
        "peak_moment_nm": peak.moment_nm, "peak_moment_nm_band": list(peak.moment_band_nm),
        "peak_compression_n_band": list(peak.compression_band_n), "impulse_nms": peak.impulse_nms,
        "usual_nm": usual_peak_nm(journal), "assumed": list(person.assumed),
        "source": f"the motion's dynamics for {person.body_mass_kg:g} kg and {person.height_m:.2f} m; segments de Leva "
        "1996, compression Cholewicki 1991; bands are judgement",
    }  # fmt: skip

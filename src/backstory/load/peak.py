"""One set in full: what a person sees who asks about it."""

from dataclasses import dataclass, replace

import numpy as np

from backstory.body.anthropometry import check_body
from backstory.errors import InputError
from backstory.load.compression import EXTENSOR_ARM_M, FLEXOR_ARM_M, disc_compression
from backstory.load.repetition import BODY, LOAD, repetitions
from backstory.load.sets import impulse, moment_sizes
from backstory.model import Exercise, Person

QUICKEST = 0.5  # of the motion's own time; beyond, a weight would have to fall faster than it can
MOMENT_BAND = 0.5  # half-width of the band as a share of the moment: judgement, unmeasured


@dataclass(frozen=True, slots=True)
class PeakLoad:
    """The hardest point of one set [Nm, N, Nms]; bands are (low, high)."""

    moment_nm: float
    moment_band_nm: tuple[float, float]
    compression_band_n: tuple[float, float]
    impulse_nms: float | None


def peak_load(
    exercise: Exercise,
    person: Person,
    load_kg: float,
    reps: float | None = None,
    tempo_s: tuple[float, float, float] | None = None,
) -> PeakLoad:
    """Moment, compression and impulse of a set, with bands.

    load_kg: the weight as it is logged [kg]; tempo_s: lowering, pause and lifting [s], instead of the motion's own.
    Raises InputError for a body that nobody has and for a tempo that nobody can.
    """
    check_body(person.body_mass_kg, person.height_m)
    motion = exercise.motion
    if tempo_s is not None:
        down, pause, up = tempo_s
        if down < QUICKEST * motion.eccentric_s or up < QUICKEST * motion.concentric_s:
            least = f"{QUICKEST * motion.eccentric_s:.1f} s and {QUICKEST * motion.concentric_s:.1f} s"
            raise InputError(f"{exercise.name} cannot be lowered and lifted in less than about {least}.")
        motion = replace(motion, eccentric_s=down, pause_s=pause, concentric_s=up)
    known = repetitions([motion], person.sex, person.height_m)[motion.id]
    body_kg, moved_kg = np.array([person.body_mass_kg]), np.array([load_kg * exercise.load_factor])
    sizes = moment_sizes(known, body_kg, moved_kg)
    way, frame = np.unravel_index(int(sizes[0].argmax()), sizes[0].shape)
    moment = float(sizes[0, way, frame])
    extension, axial = (
        float(part[BODY] * body_kg[0] + part[LOAD] * moved_kg[0])
        for part in (known.moment[:, 0, way, frame], known.axial[:, frame])
    )
    published = motion.compression_bw is not None
    arms = EXTENSOR_ARM_M if published or extension >= 0 else FLEXOR_ARM_M
    compression = [max(0.0, float(disc_compression(moment, axial, 0.0, arm))) for arm in reversed(arms)]
    return PeakLoad(
        moment,
        (moment * (1 - MOMENT_BAND), moment * (1 + MOMENT_BAND)),
        (compression[0], compression[1]),
        None if reps is None else float(reps * impulse(sizes, known.seconds)[0]),
    )


def course(exercise: Exercise, person: Person, load_kg: float, steps: int) -> list[float]:
    """Size of the low-back moment at `steps` + 1 even times of one repetition, there and back [Nm]."""
    motion = exercise.motion
    known = repetitions([motion], person.sex, person.height_m)[motion.id]
    sizes = moment_sizes(known, np.array([person.body_mass_kg]), np.array([load_kg * exercise.load_factor]))[0]
    first, last = (0, 1) if motion.lowers_first else (1, 0)
    there, back = known.seconds[[0, 2]][[first, last]]
    pause = float(known.seconds[1])
    time = np.linspace(0.0, there + pause + back, steps + 1)
    way = np.linspace(0.0, 1.0, sizes.shape[1])
    going = np.interp(time / there, way, sizes[first])
    coming = np.interp(1 - (time - there - pause) / back, way, sizes[last])
    return [float(value) for value in np.where(time <= there + pause, going, coming)]

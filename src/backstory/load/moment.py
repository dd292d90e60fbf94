"""The low-back moment of a set, from the hardest point of its exercise. First cut: static, in the side view.

Everything else in Backstory knows this file by `set_load` and `peak_load` alone.
"""

from dataclasses import dataclass
from math import cos, radians, sin

from backstory.body import trunk_above_l5s1
from backstory.model import Exercise, Person, Set, SetLoad

GRAVITY = 9.80665  # m/s2
EXTENSOR_ARM_M = (0.05, 0.07)  # Cholewicki et al. 1991, Med Sci Sports Exerc 23:1179
LINE_OF_ACTION = radians(5)  # the extensors' pull against the disc's normal; same source
MOMENT_BAND = 0.5  # half-width of the band as a share of the moment: judgement, unmeasured
REPETITION_S = 3.0  # one repetition, down and up: judgement
MEAN_OF_PEAK = 0.5  # a raised cosine from upright to the hardest point and back


@dataclass(frozen=True, slots=True)
class PeakLoad:
    """The hardest point of one set [Nm, N, Nms]; bands are (low, high)."""

    moment_nm: float
    moment_band_nm: tuple[float, float]
    compression_band_n: tuple[float, float]
    impulse_nms: float | None


def peak_moment(exercise: Exercise, person: Person, load_kg: float) -> float:
    """Static extension moment about L5/S1 at the hardest point [Nm].

    M = (1 - s) g (m d sin theta + m_load l H): m and d mass and centre of the trunk, head and arms above L5/S1
    (de Leva 1996, J Biomech 29:1223), theta the trunk's inclination, l the load's lever in body heights H, s the share
    that a support takes over. Statics: Winter 2009, Biomechanics and Motor Control of Human Movement, ch. 5.

    load_kg: the weight as it is logged [kg]. Raises InputError for a body out of range.
    """
    trunk = trunk_above_l5s1(person.sex, person.body_mass_kg, person.height_m)
    from_trunk = trunk.mass_kg * trunk.com_m * sin(radians(exercise.trunk_deg))
    from_load = load_kg * exercise.load_factor * exercise.lever * person.height_m
    return max(0.0, (1 - exercise.supported) * GRAVITY * (from_trunk + from_load))


def disc_compression(moment_nm: float, weight_n: float, inclination_rad: float, arm_m: float) -> float:
    """Compression of the L5/S1 disc by one extensor muscle [N].

    C = (M / r) cos 5 deg + W cos phi   (Cholewicki et al. 1991, Med Sci Sports Exerc 23:1179)

    moment_nm: extension moment about L5/S1 [Nm]; weight_n: weight above the disc, load included [N]; inclination_rad:
    disc's normal against the vertical [rad]; arm_m: muscle's moment arm r [m].

    >>> round(disc_compression(200.0, 450.0, 0.5, 0.06))
    3716
    """
    return moment_nm / arm_m * cos(LINE_OF_ACTION) + weight_n * cos(inclination_rad)


def peak_load(exercise: Exercise, person: Person, load_kg: float, reps: float | None = None) -> PeakLoad:
    """Moment, compression and impulse of a set, with bands. Raises InputError for a body out of range."""
    moment = peak_moment(exercise, person, load_kg)
    band = (moment * (1 - MOMENT_BAND), moment * (1 + MOMENT_BAND))
    above_kg = trunk_above_l5s1(person.sex, person.body_mass_kg, person.height_m).mass_kg
    weight_n = (1 - exercise.supported) * GRAVITY * max(0.0, above_kg + load_kg * exercise.load_factor)
    inclination = radians(exercise.trunk_deg)
    compression = tuple(
        max(0.0, disc_compression(moment, weight_n, inclination, arm)) for arm in reversed(EXTENSOR_ARM_M)
    )
    impulse = None if reps is None else reps * REPETITION_S * MEAN_OF_PEAK * moment
    return PeakLoad(moment, band, (compression[0], compression[1]), impulse)


def set_load(exercise: Exercise, person: Person, one_set: Set) -> SetLoad | None:
    """What a logged set did to the low back; None where the log does not say how much was lifted or how often.

    A hold of so many seconds counts as the repetitions that take as long; endurance counts its minutes.
    """
    if exercise.endurance:
        minutes = one_set.duration_s and one_set.duration_s / 60
        return SetLoad(exercise.family, 0.0, 0.0, endurance_min=minutes) if minutes else None
    load_kg = one_set.load_kg
    if load_kg is None:
        if exercise.needs_load:
            return None
        load_kg = 0.0
    reps = one_set.reps
    if reps is None:
        if one_set.duration_s is None:
            return None
        reps = one_set.duration_s / REPETITION_S
    return SetLoad(exercise.family, peak_moment(exercise, person, load_kg), reps)

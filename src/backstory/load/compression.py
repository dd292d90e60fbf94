"""Compression of the L5/S1 disc from the moment about it: a band, since nobody's muscle arm is known."""

from math import radians

import numpy as np

from backstory.body.masspoints import Array

EXTENSOR_ARM_M = (0.05, 0.07)  # Cholewicki et al. 1991, Med Sci Sports Exerc 23:1179
# Rectus abdominis at L5/S1, lying and standing: Jorgensen et al. 2005, Clin Biomech 20:242 (abstract)
FLEXOR_ARM_M = (0.068, 0.098)
LINE_OF_ACTION = radians(5)  # the extensors' pull against the disc's normal; same source


def disc_compression(
    moment_nm: Array | float, weight_n: Array | float, inclination_rad: Array | float, arm_m: float = 0.06
) -> Array:
    """Compression of the L5/S1 disc by one muscle [N].

    C = (M / r) cos 5 deg + W cos phi   (Cholewicki et al. 1991, Med Sci Sports Exerc 23:1179)

    moment_nm: (...,) size of the moment about L5/S1 [Nm]; weight_n: (...,) weight above the disc, load included [N];
    inclination_rad: (...,) disc's normal against the vertical [rad]; arm_m: muscle's moment arm r [m], 0.05 to 0.07.

    >>> round(float(disc_compression(200.0, 450.0, 0.5)))
    3716
    """
    return np.asarray(moment_nm / arm_m * np.cos(LINE_OF_ACTION) + weight_n * np.cos(inclination_rad))

"""A body in numbers: segment masses, lengths and centres of mass."""

from backstory.body.anthropometry import Trunk, trunk_above_l5s1

__all__ = ["Trunk", "trunk_above_l5s1"]

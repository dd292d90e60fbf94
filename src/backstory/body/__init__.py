"""A body in numbers: segment masses, lengths and centres of mass; a moving one as mass points."""

from backstory.body.anthropometry import Trunk, trunk_above_l5s1
from backstory.body.masspoints import MassPoints, from_poses, from_rods
from backstory.body.upperbody import CENTRES, upper_body, with_loads

__all__ = ["CENTRES", "MassPoints", "Trunk", "from_poses", "from_rods", "trunk_above_l5s1", "upper_body", "with_loads"]

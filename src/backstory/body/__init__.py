"""A body in numbers: segment masses, lengths and centres of mass.

What needs numpy is imported from its own module: `kinematics` (joint angles → poses), `masspoints` (a moving body as
its dynamics need it), `upperbody` (joint centres → mass points).
"""

from backstory.body.anthropometry import Trunk, trunk_above_l5s1

__all__ = ["Trunk", "trunk_above_l5s1"]

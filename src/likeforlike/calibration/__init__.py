"""How often the lab is wrong, tried on its own records."""

from likeforlike.calibration.calibrate import calibrate
from likeforlike.calibration.certificate import Certificate

__all__ = ["Certificate", "calibrate"]

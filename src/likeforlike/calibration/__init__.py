"""How often the lab is wrong, tried on its own records."""

from likeforlike.calibration.calibrate import calibrate
from likeforlike.calibration.certificate import Certificate
from likeforlike.calibration.files import current_certificate, read_certificate, write_certificate

__all__ = ["Certificate", "calibrate", "current_certificate", "read_certificate", "write_certificate"]

"""Criminal careers in which reoffending follows the Offender Group Reconviction Scale."""

from likeforlike.synthetic.careers.model import Careers

__all__ = ["Careers"]

"""Labs: departments' services as folders of TOML and SQL."""

from likeforlike.labs.definition import Lab
from likeforlike.labs.read import installed_labs, load_lab

__all__ = ["Lab", "installed_labs", "load_lab"]

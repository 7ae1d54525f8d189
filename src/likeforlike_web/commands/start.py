"""Django with the settings of one zone, or a sentence about what is missing."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Literal

from likeforlike.errors import InputProblem

Zone = Literal["front", "desk", "vault"]
MISSING = "The service's libraries are not installed: install them with `pip install 'likeforlike[web]'`."
NEEDED = ("django", "allauth", "pyrage", "whitenoise")


def require_libraries() -> None:
    """Refuse to go on without the libraries of the service.

    Raises
    ------
    InputProblem
        They are not installed.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise InputProblem(MISSING)


def start_django(zone: Zone) -> None:
    """Load the settings of a zone; the environment must hold them."""
    require_libraries()
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = f"likeforlike_web.settings.{zone}"
    django.setup()

"""What every page shows: the service's name, and what the person may go to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

NAME = "Like for Like"


def service(request: HttpRequest) -> dict[str, Any]:
    """The service's name for the base template."""
    return {"service_name": NAME, "path": request.path}

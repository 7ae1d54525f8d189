"""What every page shows: the service's name, and what the person may go to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def service(request: HttpRequest) -> dict[str, Any]:
    """The site: its name and its links, for the base template."""
    return {"service": settings.SITE, "path": request.path}

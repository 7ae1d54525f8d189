"""The published head of the record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from likeforlike_web.audit.verify import head


@require_safe
def tree_head(request: HttpRequest) -> HttpResponse:
    """How many events there are and the head of their tree: whoever keeps it can see later that nothing was changed."""
    size, value = head()
    return JsonResponse({"tree_size": size, "root_hash": value, "hash": "sha256", "tree": "RFC 6962"})

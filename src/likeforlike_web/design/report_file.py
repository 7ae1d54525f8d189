"""A file of a report as an answer: the page opens, everything else is taken away."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Container

from django.http import HttpResponse

from likeforlike_web.design.headers import CSP

STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
OFFERED: tuple[tuple[str, str], ...] = (
    ("report.html", "Report"),
    ("report.pdf", "Report as PDF"),
    ("summary/summary.pdf", "One-page summary (PDF)"),
    ("annex/annex.pdf", "Technical annex (PDF)"),
    ("tables.ods", "Tables (ODS)"),
    ("tables.xlsx", "Tables (XLSX)"),
    ("results.json", "Results for machines (JSON)"),
)
"""Files that a page names, and what it calls them."""


def offered(names: Container[str]) -> list[tuple[str, str]]:
    """Those of `OFFERED` that are there."""
    return [(name, title) for name, title in OFFERED if name in names]


def file_response(name: str, content: bytes, reference: str) -> HttpResponse:
    """A file of a report, by its name within it."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = HttpResponse(
        content, content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    )
    if name.endswith(".html"):
        response.headers[CSP] = report_policy(content)
    else:
        short = name.rsplit("/", 1)[-1]
        response.headers["Content-Disposition"] = f'attachment; filename="{reference}-{short}"'
    return response


def report_policy(page: bytes) -> str:
    """A policy that lets a report's own style sheet through, by its hash, and nothing else."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"
        for style in STYLE.findall(page)
    )
    styles = hashes or "'none'"
    return f"default-src 'none'; style-src {styles}; img-src data:; frame-ancestors 'none'; base-uri 'none'"

"""The report's page as a PDF that assistive software can read: PDF/UA-1, from the same HTML."""

from __future__ import annotations

from likeforlike.errors import InputProblem

VARIANT = "pdf/ua-1"
MISSING = (
    "The PDF needs Pango and a font, which this machine lacks: on Debian or Ubuntu type "
    "'sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core', or leave PDF out "
    "with --format."
)


def pdf_bytes(html: str) -> bytes:
    """The page as a PDF; equal pages give equal bytes on one machine.

    Raises
    ------
    InputProblem
        The machine lacks a library that lays out text.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        raise InputProblem(MISSING) from None
    only_what_is_inside = URLFetcher(allowed_protocols={"data"})
    content: bytes = HTML(string=html, url_fetcher=only_what_is_inside).write_pdf(pdf_variant=VARIANT)
    return content

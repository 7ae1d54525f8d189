"""A page of HTML as a PDF that assistive software can read: PDF/UA-1."""

from __future__ import annotations

import json
import sys
from base64 import b64encode

from likeforlike.errors import InputProblem

VARIANT = "pdf/ua-1"
CANNOT = 2
WARM_UP = "<html lang='en'><title>-</title><p>-</p></html>"
"""Libraries and fonts are loaded for it while the page is still being made."""
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


def main() -> None:
    """Pages in, as a list in JSON, and their PDFs out; or why not in a sentence, and exit code `CANNOT`."""
    try:
        pdf_bytes(WARM_UP)
        pdfs = [b64encode(pdf_bytes(page)).decode() for page in json.load(sys.stdin)]
    except InputProblem as problem:
        sys.stderr.write(str(problem))
        sys.exit(CANNOT)
    json.dump(pdfs, sys.stdout)


if __name__ == "__main__":
    main()

"""From a release to every format, beside a browser that prints the same page.

.venv/bin/python bench/formats.py            seven runs of each
.venv/bin/python bench/formats.py --quick    one run of each
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from likeforlike.labs import load_lab
from likeforlike.report.example import example_release
from likeforlike.report.formats import FORMATS
from likeforlike.report.write import report_files
from report import Claim, median, write_results

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LIMIT = 6.0


def timed(what: str, runs: int, work: Callable[[], int]) -> dict[str, object]:
    """Median seconds, and the bytes that came of it."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        size = work()
        seconds.append(time.perf_counter() - began)
    return {"what": what, "runs": runs, "seconds": median(seconds), "bytes": size}


def browser_prints(html: bytes) -> int:
    """The same page as a tagged PDF by a browser: without PDF/UA's metadata, and never the same bytes twice."""
    browser = next(found for name in BROWSERS if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(html)
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/profile",
        ]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return pdf.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    runs = 1 if quick else 7
    release, lab = example_release("justice"), load_lab("justice")

    def written(*formats: str) -> int:
        return sum(len(content) for content in report_files(release, lab, formats=formats).values())

    html = report_files(release, lab, formats=["html"])["report.html"]
    every = timed("every format", runs, lambda: written(*FORMATS))
    page = timed("the page and its charts", runs, lambda: written("html", "svg"))
    ours = timed("the page and its PDF", runs, lambda: written("html", "pdf"))
    data = [name for name in FORMATS if name not in ("html", "pdf", "svg", "summary", "annex")]
    plain = timed("tables and JSON alone", runs, lambda: written(*data))
    peer = timed("Chromium prints the page that is there", runs, lambda: browser_prints(html))
    claims = [
        Claim(
            "from the example release to every format, libraries loaded",
            f"≤ {LIMIT:g} s",
            f"{every['seconds']:.1f} s",
            every["seconds"] <= LIMIT,
        ),
        Claim(
            "the page's PDF, beside Chromium's of the same page",
            "reported",
            f"{ours['seconds'] - page['seconds']:.1f} s against {peer['seconds']:.1f} s",
            ok=True,
        ),
    ]
    write_results("formats", [every, page, ours, plain, peer], claims, quick=quick)


if __name__ == "__main__":
    main()

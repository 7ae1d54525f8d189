"""Reports of the example releases, each made once in a test run."""

from __future__ import annotations

from functools import cache

from likeforlike.disclosure.release import Release
from likeforlike.labs import load_lab
from likeforlike.labs.definition import Lab
from likeforlike.report.formats import FORMATS
from likeforlike.report.write import report_files
from support.releases import EXAMPLES

QUICK = tuple(name for name in FORMATS if name not in ("pdf", "summary", "annex"))
"""Every format but those with a PDF, which takes seconds to lay out."""


@cache
def justice() -> Lab:
    return load_lab("justice")


@cache
def example(name: str) -> Release:
    return EXAMPLES[name](justice())


@cache
def example_files(name: str) -> dict[str, bytes]:
    return report_files(example(name), justice(), formats=QUICK)


@cache
def example_pdf(name: str) -> bytes:
    return report_files(example(name), justice(), formats=["pdf"])["report.pdf"]


@cache
def example_beside(name: str) -> dict[str, bytes]:
    """The summary and the annex."""
    return report_files(example(name), justice(), formats=["summary", "annex"])


def reworded(lab: Lab, changes: dict[str, str], without: str = "") -> Lab:
    """The lab with some sentences changed or added, and one taken out."""
    sentences = {k: v for k, v in (dict(lab.wording.sentence) | changes).items() if k != without}
    return lab.model_copy(update={"wording": lab.wording.model_copy(update={"sentence": sentences})})

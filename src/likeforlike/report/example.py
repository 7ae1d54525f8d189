"""Example releases: what a lab's report looks like, of people who were made up."""

from __future__ import annotations

import json

from likeforlike.disclosure.release import Release
from likeforlike.errors import InputProblem
from likeforlike.report.read import example, examples

OF_THE_FILE = ("schema", "schema_version")


def example_release(lab: str) -> Release:
    """The example of a lab.

    Raises
    ------
    InputProblem
        The lab has none.
    """
    if lab not in examples():
        raise InputProblem(f"There is no example of the lab '{lab}': choose from {', '.join(examples())}.")
    told = json.loads(example(lab))
    return Release.model_validate({name: value for name, value in told.items() if name not in OF_THE_FILE})

"""Libraries for tests: folders of releases with known figures, and tables of published results."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from likeforlike.disclosure.relative import with_relative
from likeforlike.disclosure.release import Release
from likeforlike.report.results import results_json
from support.releases import lower_release
from support.reports import justice

PROGRAMMES = (
    ("Bridge Street", -6.0, -10.0, -2.0, 400, "2021-03-31"),
    ("Second Chance", -3.0, -9.0, 3.0, 210, "2022-03-31"),
    ("Open Door", 1.0, -6.0, 8.0, 150, "2022-09-30"),
    ("New Start", -8.0, -13.0, -3.0, 320, "2023-06-30"),
)
"""Name, difference, limits, people, vintage."""


def release_of(name: str, estimate: float, low: float, high: float, n: int, vintage: str) -> Release:
    """A release whose first headline measure has these figures."""
    base = lower_release(justice())
    first, *others = base.measures
    figures = {"difference": estimate, "conf_low": low, "conf_high": high, "n_treatment": n}
    figures |= {"treatment": first.comparison + estimate}
    significant = high < 0 or low > 0
    direction = ("lower" if high < 0 else "higher") if significant else "undetermined"
    row = with_relative(
        first.model_copy(update=figures | {"significant": significant, "direction": direction})
    )
    made = base.provenance.model_copy(update={"vintage": date.fromisoformat(vintage)})
    programme = base.programme.model_copy(update={"name": name})
    return base.model_copy(update={"measures": (row, *others), "provenance": made, "programme": programme})


def put(release: Release, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "results.json").write_bytes(results_json(release))


def library_of_releases(folder: Path) -> Path:
    """Four releases, each in a folder of its own."""
    for number, programme in enumerate(PROGRAMMES):
        put(release_of(*programme), folder / f"release-{number}")
    return folder


def table_of(folder: Path, *lines: str, name: str = "results.csv") -> Path:
    """A CSV table with these lines."""
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file

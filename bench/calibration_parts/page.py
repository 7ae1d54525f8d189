"""Writes `docs/methods/calibration.md`: every estimator's error rates, from `bench/results/calibration.json`.

.venv/bin/python bench/calibration_parts/page.py
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "methods" / "calibration.md"
HEAD = """# How often each estimator is wrong

Worlds with known truth: ten covariates, a logistic score, a rate of about a third, 100 to 10 comparison people for
each participant, and an effect of nothing or of 15% of events prevented. {replications:,} worlds a cell, of which
each estimator saw the same. *Strength* is the standard deviation of the logit of the true score. *Misspecified*
worlds bend with squares and products that the analyst does not know of: no estimator can be right there, and the
table says by how much they are not.

Figures as Morris, White & Crowther 2019, *Statistics in Medicine* 38(11); after ± the Monte Carlo error. Bias and
standard errors are in percentage points, of worlds without an effect; coverage is of both kinds of world. *Radius* is
the primary estimate. `bench/calibration.py` makes the figures, `bench/calibration_parts/page.py` this page.
"""
COLUMNS = (
    "| estimator | bias | empirical SE | model SE | coverage | false positives | power |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def page(rows: list[dict[str, float | str]]) -> str:
    """The page as text."""
    order = sorted(rows, key=lambda r: (r["term"] != "well specified", r["size"], r["strength"], r["method"]))
    parts = [HEAD.format(replications=max(int(r["replications"]) for r in rows))]
    for (term, size, strength), members in groupby(
        order, key=lambda r: (r["term"], r["size"], r["strength"])
    ):
        heading = f"## {size:,} participants, strength {strength:g}, {term}"
        parts.append("\n".join([heading, "", COLUMNS, *(_row(r) for r in members)]) + "\n")
    return "\n".join(parts)


def _row(row: dict[str, float | str]) -> str:
    def points(figure: str, decimals: int = 2) -> str:
        return f"{100 * row[figure]:.{decimals}f} ± {100 * row[f'{figure}_error']:.{decimals}f}"

    cells = [points("bias"), points("empirical_se"), f"{100 * row['model_se']:.2f}"]
    cells += [points(figure, 1) for figure in ("coverage", "false_positives", "power")]
    return f"| {row['method']} | {' | '.join(cells)} |"


if __name__ == "__main__":
    results = json.loads((ROOT / "bench" / "results" / "calibration.json").read_text(encoding="utf-8"))
    PAGE.write_text(page(results["rows"]), encoding="utf-8")

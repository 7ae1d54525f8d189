"""Optimal suppression of tables of counts: its time, what it hides, and whether the attacker finds anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

import numpy as np

from likeforlike.disclosure.cells.audit import audit_hidden
from likeforlike.disclosure.cells.axis import Axis
from likeforlike.disclosure.cells.cells import Cells, cross_table
from likeforlike.disclosure.cells.sensitive import too_few
from likeforlike.disclosure.cells.suppress import Protection, suppress
from report import median

THRESHOLD = 10
SIZES = ((4, 3), (6, 4), (8, 5), (9, 6), (10, 7), (12, 8))
MANY = 24
Row = dict[str, Any]


def made_up(rows: int, columns: int, seed: int) -> Cells:
    """A table as a lab's breakdowns are: a sixth of the cells below the threshold, most far above it."""
    draw = np.random.default_rng([rows, columns, seed])
    counts = draw.poisson(np.exp(draw.normal(3.3, 0.9, size=(rows, columns))))
    axes = [Axis.of(name, [str(i) for i in range(n)]) for name, n in (("row", rows), ("column", columns))]
    return cross_table(counts, axes)


def hide(cells: Cells, threshold: int = THRESHOLD) -> Row:
    """One table: seconds, cells hidden, and how many the attacker can tell too much of."""
    sensitive = too_few(cells.values, threshold)
    protection = Protection.below(cells.values, sensitive, threshold)
    began = time.perf_counter()
    hidden = suppress(cells, protection)
    seconds = time.perf_counter() - began
    given_away = audit_hidden(cells, protection, hidden)
    return {
        "seconds": seconds,
        "sensitive": int(sensitive.sum()),
        "hidden": int(hidden.sum()),
        "people hidden": int(cells.values[hidden].sum()),
        "given away": len(given_away),
    }


def timed(rows: int, columns: int, runs: int) -> Row:
    """Medians over as many tables of one size, and the slowest."""
    found = [hide(made_up(rows, columns, seed)) for seed in range(runs)]
    return {
        "what": f"optimal suppression, {rows} × {columns}",
        "tables": runs,
        "seconds": median([each["seconds"] for each in found]),
        "slowest": max(each["seconds"] for each in found),
        "sensitive": median([each["sensitive"] for each in found]),
        "hidden": median([each["hidden"] for each in found]),
        "given away": sum(each["given away"] for each in found),
    }


def two_in_each_line(cells: Cells, sensitive: np.ndarray) -> np.ndarray:
    """The common rule, without an attacker: where a line has one hidden cell, hide its smallest other."""
    hidden, lines = sensitive.copy(), (abs(cells.relations).toarray() > 0)
    while (lone := np.flatnonzero(lines @ hidden.astype(int) == 1)).size:
        others = np.flatnonzero(lines[lone[0]] & ~hidden)
        hidden[others[np.argmin(cells.values[others])]] = True
    return hidden


def many() -> list[Row]:
    """Two dozen tables from 4 × 3 to 12 × 8, as GaussSuppression was asked."""
    every = [made_up(*size, seed) for seed, size in zip(range(MANY), cycle(SIZES), strict=False)]
    ways = {
        "Like for Like": suppress,
        "two hidden in each line": lambda c, p: two_in_each_line(c, p.sensitive),
    }
    return [
        {"what": f"{MANY} tables of our own, 4 × 3 to 12 × 8", "way": way, **_all(every, f)}
        for way, f in ways.items()
    ]


def _all(every: list[Cells], way: Callable[[Cells, Protection], np.ndarray]) -> Row:
    hidden, broken = 0, 0
    for cells in every:
        protection = Protection.below(cells.values, too_few(cells.values, THRESHOLD), THRESHOLD)
        found = way(cells, protection)
        hidden += int(found.sum())
        broken += bool(audit_hidden(cells, protection, found))
    return {"hidden": hidden, "tables with a cell given away": broken}


PUBLISHED = {
    "GaussSuppression's z1, up to 3 hidden": (
        np.array(
            [
                (11, 7, 5, 13, 9, 12, 6, 9),
                (11, 1, 8, 2, 14, 9, 4, 3),
                (55, 29, 35, 17, 63, 24, 22, 38),
                (36, 18, 25, 13, 52, 22, 8, 15),
            ]
        ),
        4,
        {"hidden": 6, "people hidden": 35},
    ),
    "sdcTable's counts by sex, up to 9 hidden": (
        np.array([(18, 2), (14, 19), (12, 10), (11, 14)]),
        10,
        {"hidden": 4, "people hidden": 45},
    ),
}
"""Counts, threshold, and what GaussSuppression 1.2.3 hid: written down when it was tried, not run here (of the second
its cells were; their people follow)."""
RECORDED = {
    "what": f"{MANY} other tables, 4 × 3 to 12 × 8",
    "way": "GaussSuppression 1.2.3, recorded",
    "hidden": 463,
    "tables with a cell given away": 21,
}
"""In the same trial an optimal pattern hid 500 cells of the same tables and gave none away."""


def beside_gauss() -> list[Row]:
    """Hidden cells of published examples, ours measured and theirs as recorded."""
    rows: list[Row] = []
    for what, (counts, threshold, theirs) in PUBLISHED.items():
        axes = [
            Axis.of(name, [str(i) for i in range(n)])
            for name, n in zip(("row", "column"), counts.shape, strict=True)
        ]
        ours = hide(cross_table(counts, axes), threshold)
        kept = {key: ours[key] for key in ("hidden", "people hidden", "given away")}
        rows.append({"what": what, "way": "Like for Like", **kept})
        rows.append({"what": what, "way": "GaussSuppression 1.2.3, recorded", **theirs})
    return [*rows, *many(), RECORDED]

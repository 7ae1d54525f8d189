"""Disclosure control: the time of optimal suppression and of the ledger, and what others catch and pass.

GaussSuppression is an R package that is not installed here: its figures are those written down when it was tried.
ACRO pins an old pandas, so that it runs in an environment of its own; where that cannot be made, its verdicts are as
recorded too. Rows of either kind say so.

    .venv/bin/python bench/disclosure.py            medians over 15 and 5 tables, and the ledger
    .venv/bin/python bench/disclosure.py --quick    fewer tables
"""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from disclosure_parts.ask_acro import ENVIRONMENT, acro_says
from disclosure_parts.our_cases import SAFE, our_cases
from disclosure_parts.tables import beside_gauss, timed
from report import Claim, write_results

SMALL, LARGE = (12, 8, 0.3), (30, 20, 3.0)
"""Rows, columns, and the seconds that they may take."""


def suppression(quick: bool) -> tuple[list[dict[str, Any]], list[Claim]]:
    rows, claims = [], []
    for (height, width, most), runs in ((SMALL, 5 if quick else 15), (LARGE, 3 if quick else 5)):
        row = timed(height, width, runs)
        rows.append(row)
        told = f"{row['seconds']:.2f} s, slowest {row['slowest']:.2f} s"
        claims.append(Claim(row["what"], f"≤ {most:g} s", told, row["slowest"] <= most))
    found = sum(row["given away"] for row in rows)
    claims.append(Claim("cells given away by our patterns", "0", str(found), found == 0))
    return rows, claims


def hidden_cells() -> tuple[list[dict[str, Any]], list[Claim]]:
    rows = beside_gauss()
    pairs = [(ours, theirs) for ours, theirs in pairwise(rows) if "people hidden" in ours]
    pairs = [(ours, theirs) for ours, theirs in pairs if ours["what"] == theirs["what"]]
    fine = all(ours["people hidden"] <= theirs["people hidden"] for ours, theirs in pairs)
    told = ", ".join(f"{ours['people hidden']} against {theirs['people hidden']}" for ours, theirs in pairs)
    return rows, [Claim("people hidden in published tables", "no more than GaussSuppression", told, fine)]


def beside_acro(environment: Path) -> tuple[list[dict[str, Any]], list[Claim]]:
    theirs, name = acro_says(environment)
    ours = our_cases()
    rows = [
        {"what": what, "Like for Like": verdict, "because": why, name: theirs[what]}
        for what, (verdict, why) in ours.items()
    ]
    unsafe = [what for what in ours if what not in SAFE]
    stopped = sum(ours[what][0] == "stopped" for what in unsafe)
    passed = sum(theirs[what] == "pass" for what in unsafe)
    kept = all(ours[what][0] == "pass" for what in SAFE)
    return rows, [
        Claim(
            "disclosive outputs stopped",
            f"all {len(unsafe)}",
            f"{stopped}; {name} passes {passed}",
            stopped == len(unsafe),
        ),
        Claim("safe outputs passed", f"all {len(SAFE)}", "all" if kept else "not all", kept),
    ]


def ledger(quick: bool) -> tuple[list[dict[str, Any]], list[Claim]]:
    """Rows of the ledger's own bench, where it is."""
    if find_spec("disclosure_parts.ledger") is None:
        return [{"what": "the ledger", "result": "its bench is not here"}], []
    from disclosure_parts.ledger import measured

    return measured(quick=quick)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument(
        "--acro", type=Path, default=ENVIRONMENT, help="where ACRO's environment is or will be"
    )
    given = parser.parse_args()
    rows, claims = [], []
    for told, held in (
        suppression(given.quick),
        hidden_cells(),
        beside_acro(given.acro),
        ledger(given.quick),
    ):
        rows += told
        claims += held
    write_results("disclosure", rows, claims, quick=given.quick)


if __name__ == "__main__":
    main()

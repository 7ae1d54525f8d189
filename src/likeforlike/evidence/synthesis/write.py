"""Writes a synthesis to a folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from likeforlike.evidence.meta.pool import Pooled
from likeforlike.evidence.pages.page import page_html
from likeforlike.evidence.pages.write import write_page
from likeforlike.evidence.synthesis.context import context_of
from likeforlike.evidence.synthesis.page import make_page
from likeforlike.evidence.synthesis.synthesise import Synthesis


def write_synthesis(synthesis: Synthesis, out: str | Path) -> Path:
    """Write the page, its charts, its tables as CSV and everything as JSON; the same synthesis gives the same bytes.

    Raises
    ------
    InputProblem
        The folder cannot be written to.
    """
    context = context_of(synthesis)
    page = make_page(context)
    return write_page("synthesis", page, context.text, synthesis.to_dict(), tables(synthesis), out)


def synthesis_page(synthesis: Synthesis) -> bytes:
    """The page by itself, with its pictures and its style in it."""
    context = context_of(synthesis)
    return page_html(make_page(context), context.text).encode()


def tables(synthesis: Synthesis) -> dict[str, pl.DataFrame]:
    """Every table by its name; those without rows are left out."""
    results = synthesis.library.results
    found = {
        "results": synthesis.to_frame(),
        "methods": pl.DataFrame(
            [
                _row({"method": name}, getattr(synthesis, name))
                for name in ("pooled", "hartung_knapp", "conventional", "dersimonian_laird", "fixed")
            ]
        ),
        "heterogeneity": pl.DataFrame([asdict(synthesis.heterogeneity)]),
        "cumulative": pl.DataFrame(
            [_row({"programme": r.about.programme, "when": r.when}, p) for r, p in synthesis.by_time]
        ),
        "leave_one_out": pl.DataFrame(
            [
                _row({"without": r.about.programme}, p)
                for r, p in zip(results, synthesis.leave_one_out, strict=False)
            ]
        ),
        "groups": pl.DataFrame(
            [
                _row({"grouping": g.name, "group": level.name, "results": level.count}, level.pooled)
                for g in synthesis.groupings
                for level in g.levels
            ]
        ),
        "left_out": pl.DataFrame(
            [
                {"programme": x.about.programme, "why": x.why, "significant": x.significant}
                for x in synthesis.library.left_out
            ],
            schema={"programme": pl.String, "why": pl.String, "significant": pl.Boolean},
        ),
        "unpublished": pl.DataFrame([asdict(r) for r in synthesis.library.unpublished]),
    }
    return {name: frame for name, frame in found.items() if frame.height}


def _row(named: dict[str, Any], pooled: Pooled) -> dict[str, Any]:
    """Tidy columns; the t distribution's degrees of freedom are not for a table."""
    return named | {
        "estimate": pooled.estimate,
        "std_error": pooled.std_error,
        "conf_low": pooled.conf_low,
        "conf_high": pooled.conf_high,
        "p_value": pooled.p_value,
    }

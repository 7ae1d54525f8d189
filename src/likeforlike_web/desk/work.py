"""What an analyst reads of a finished analysis, page by page in the order in which data flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from likeforlike.labs import Lab
from likeforlike_web.desk.read import flow, table
from likeforlike_web.desk.shown import Column as C
from likeforlike_web.desk.shown import Shown, count, percent, probability, shown, significant, three

EXACT = "These are exact figures of the vault. They are not for publication."


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the work."""

    title: str
    tables: Callable[[Path, Lab], list[Shown]]


def _linkage(study: Path, lab: Lab) -> list[Shown]:
    quality = (
        *(C("group", "Group"), C("level", ""), C("submitted", "On the list", count)),
        *(C("linked", "Found", count), C("share_linked", "Share found", percent)),
        *(
            C("expected_precision", "Right links", percent),
            C("expected_recall", "Found of those there", percent),
        ),
    )
    thresholds = (
        *(C("threshold", "Threshold", three), C("chosen", "Chosen"), C("linked", "Found", count)),
        *(
            C("expected_precision", "Right links", percent),
            C("expected_recall", "Found of those there", percent),
        ),
    )
    agreement = (C("field", "Field"), C("level", "Level of agreement", count), C("pairs", "Links", count))
    return [
        shown("How well people were found", table(study, "linkage/quality"), quality),
        shown("Other thresholds", table(study, "linkage/thresholds"), thresholds),
        shown(
            "Why people were not found",
            table(study, "linkage/unlinked"),
            (C("reason", "Reason"), C("participants", "People", count)),
        ),
        shown("How linked records agree", table(study, "linkage/agreement"), agreement),
    ]


def _flow(study: Path, lab: Lab) -> list[Shown]:
    columns = (C("reason", "Step"), C("lost", "Lost", count), C("remaining", "Left", count))
    names = {"participants": "People on the list", "pool": "People to compare with"}
    return [
        shown(title, pl.DataFrame(steps) if (steps := flow(study, side)) else None, columns)
        for side, title in names.items()
    ]


def _comparison(study: Path, lab: Lab) -> list[Shown]:
    people = (C("side", "Group"), C("people", "People", count), C("effective", "Effective people", count))
    balance = (
        *(
            C("label", "Characteristic"),
            C("level", ""),
            C("mean_matched_treated", "Participants", significant),
        ),
        *(C("mean_comparison", "Comparison", significant), C("smd_before", "Difference before", three)),
        *(C("smd_after", "Difference after", three), C("light", "Light")),
    )
    worst = (
        *(C("subgroup", "Group"), C("matched", "Matched", count), C("covariate", "Characteristic")),
        *(C("level", ""), C("worst_smd", "Largest difference", three), C("light", "Light")),
    )
    beyond = (C("term", "Characteristic"), C("kind", "Of"), C("smd_after", "Difference after", three))
    return [
        shown("Groups", table(study, "diagnostics/people"), people),
        shown("Balance", table(study, "matching/balance"), balance, "Standardised mean differences."),
        shown("Worst balance within groups", table(study, "diagnostics/worst"), worst),
        shown("Squares and interactions", table(study, "diagnostics/beyond"), beyond),
    ]


def _estimates(study: Path, lab: Lab) -> list[Shown]:
    labels = _labels(lab)
    main = (
        *(C("term", "Measure"), C("n", "Participants", count), C("events_treated", "With it", count)),
        *(
            C("mean_treated", "Participants’ figure", significant),
            C("mean_comparison", "Comparison", significant),
        ),
        *(C("estimate", "Difference", significant), C("conf_low", "From", significant)),
        *(C("conf_high", "To", significant), C("p_value", "p", probability)),
    )
    others = (
        *(
            C("term", "Measure"),
            C("method", "Way"),
            C("scale", "Scale"),
            C("estimate", "Estimate", significant),
        ),
        *(
            C("conf_low", "From", significant),
            C("conf_high", "To", significant),
            C("p_value", "p", probability),
        ),
    )
    thresholds = (
        *(C("threshold", "Threshold", three), C("term", "Measure"), C("estimate", "Difference", significant)),
        *(
            C("conf_low", "From", significant),
            C("conf_high", "To", significant),
            C("n", "Participants", count),
        ),
    )
    return [
        shown("Every measure", _named(table(study, "estimates/frame"), labels), main),
        shown("Other ways of estimating", _named(table(study, "beside/frame"), labels), others),
        shown("With other links", _named(table(study, "sensitivity/frame"), labels), thresholds),
    ]


def _checks(study: Path, lab: Lab) -> list[Shown]:
    labels = _labels(lab)
    columns = (C("title", "Question"), C("term", "Measure"), C("verdict", "Answer"), C("summary", "In words"))
    return [shown("Checks of robustness", _named(table(study, "checks/frame"), labels), columns)]


def _labels(lab: Lab) -> dict[str, str]:
    said = lab.outcomes.over(lab.head.follow_up.months).measure
    return {measure.name: _capital(measure.label) for measure in said}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(frame: pl.DataFrame | None, labels: dict[str, str]) -> pl.DataFrame | None:
    return None if frame is None else frame.with_columns(pl.col("term").replace(labels))


WORK: dict[str, Page] = {
    "linkage": Page("Linkage", _linkage),
    "flow": Page("Who was analysed", _flow),
    "comparison": Page("Comparison group", _comparison),
    "estimates": Page("Estimates", _estimates),
    "checks": Page("Checks", _checks),
}

"""Ever less of a release, for where the whole of it would with earlier answers tell of a few people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from likeforlike.disclosure.measures import GIVEN_AWAY
from likeforlike.disclosure.release import BalanceRow, MeasureRow, Release, RuleRecord, sub_group_target
from likeforlike.disclosure.sub_analyses import NOT_OFFERED

FIGURES = (
    *("n_treatment", "n_comparison", "treatment", "comparison", "difference", "conf_low", "conf_high"),
    *("p_value", "p_adjusted", "number_needed", "relative_low", "relative_high", "detectable"),
)
OF_BALANCE = ("treatment", "comparison_before", "comparison_after", "smd_before", "smd_after")


def lesser(release: Release) -> Iterator[tuple[str, Release]]:
    """What is left out, and the release without it; each time less is left."""
    if any(told.status == "shown" for told in release.sub_analyses):
        rates = without_sub_group_means(release)
        if rates != release:
            yield "Of sub-groups, figures that are no rates", rates
        release = without_sub_groups(release)
        yield "Sub-groups", release
    rates = only_rates(release)
    if rates != release:
        yield "Whatever is no rate", rates


def without_sub_group_means(release: Release) -> Release:
    """Of every sub-group the rates alone."""
    told = tuple(
        part.model_copy(update={"inside": _rates(part.inside), "rest": _rates(part.rest)})
        for part in release.sub_analyses
    )
    return release.model_copy(update={"sub_analyses": told})


def without_sub_groups(release: Release) -> Release:
    """The same release with no sub-group offered."""
    names = {told.label for told in release.sub_analyses}
    rules = tuple(rule for rule in release.rules if rule.target not in map(sub_group_target, names))
    gone = tuple(
        RuleRecord(
            rule="Sub-group", target=sub_group_target(told.label), action="withheld", reason=NOT_OFFERED
        )
        for told in release.sub_analyses
    )
    told = tuple(
        told.model_copy(update={"status": "not_offered", "inside": (), "rest": ()})
        for told in release.sub_analyses
    )
    return release.model_copy(update={"sub_analyses": told, "rules": (*rules, *gone)})


def only_rates(release: Release) -> Release:
    """The rates, their curves, the flow and how many were found: no mean, and nothing about the time before."""
    measures = _rates(release.measures)
    told = {row.name for row in measures if not row.withheld}
    hidden = {row.statistical_label for row in measures if row.withheld}
    rules = tuple(
        RuleRecord(rule="Figures", target=rule.target, action="withheld", reason=GIVEN_AWAY)
        if rule.target in hidden
        else rule
        for rule in release.rules
    )
    return release.model_copy(
        update={
            "measures": measures,
            "rules": rules,
            "balance": tuple(map(_hidden, release.balance)),
            "checks": tuple(row for row in release.checks if row.measure in told),
            "others": tuple(row for row in release.others if row.measure in told),
            "trials": tuple(row for row in release.trials if row.measure in told),
            "overlap": (),
            "lost": (),
        }
    )


def _rates(rows: Iterable[MeasureRow]) -> tuple[MeasureRow, ...]:
    """Rates as they are, everything else withheld; corrected p-values go with it, for one can be another's."""
    rows = tuple(rows)
    if all(row.kind == "rate" or row.withheld for row in rows):
        return rows
    nothing = dict.fromkeys(FIGURES) | {"significant": False, "doubt": "", "direction": "undetermined"}
    return tuple(
        row.model_copy(update={"p_adjusted": None})
        if row.kind == "rate" or row.withheld
        else row.model_copy(update={**nothing, "withheld": GIVEN_AWAY})
        for row in rows
    )


def _hidden(row: BalanceRow) -> BalanceRow:
    return row.model_copy(update=dict.fromkeys(OF_BALANCE) | {"light": "hidden"})

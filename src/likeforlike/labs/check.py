"""Whether the files of a lab agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Column, DisclosureProfile, Lab, Measure, QualityGroup, Typical

RESERVED = ("participant", "row")
UNITS = ("event_id", "person_id", "index_date", "treated", "score", "weight")
"""Columns that every unit of a match has."""


def check_lab(lab: Lab) -> None:
    """Check every name that one file of a lab uses from another.

    Raises
    ------
    LabProblem
        A name is used that nothing declares, or declared twice; or two numbers contradict each other.
    """
    columns = [c.name for c in lab.columns.column]
    tables = {t.name: [c.name for c in t.column] for t in lab.records.table}
    fields = [f.name for f in lab.linkage.field]
    covariates = [c.name for c in lab.covariates.covariate]
    head = lab.head

    _unique("columns.toml", "column", columns)
    _unique("records.toml", "table", tables)
    _unique("linkage.toml", "field", fields)
    _unique("covariates.toml", "covariate", covariates)
    if lab.history is not None:
        told, known = [t.measure for t in lab.history.typical], {m.name: m.kind for m in lab.outcomes.measure}
        _unique("history.toml", "typical", told)
        _known("history.toml", "typical.measure", told, known)
        for each in lab.history.typical:
            _typical(each, known[each.measure])
    _unique("outcomes.toml", "measure", [m.name for m in lab.outcomes.measure])

    for asked in lab.columns.column:
        _column(asked)
    for rule in lab.columns.any_of:
        _known("columns.toml", "any_of.columns", rule.columns, columns)
    _known("columns.toml", "rule.column", [r.column for r in lab.columns.rule], columns)
    _known("columns.toml", "same_person", lab.columns.same_person, columns)
    for name, table in ((t.name, t) for t in lab.records.table):
        _unique("records.toml", f"{name}.column", tables[name])
        _known("records.toml", f"{name}.key", table.key, tables[name])
        for column in table.column:
            if column.references:
                target, _, key = column.references.partition(".")
                _known("records.toml", f"{name}.{column.name}.references", [target], tables)
                _known("records.toml", f"{name}.{column.name}.references", [key], tables[target])
    _known("linkage.toml", "table", [lab.linkage.table], tables)
    _known("linkage.toml", "person", [lab.linkage.person], tables[lab.linkage.table])
    _known("linkage.toml", "field.cohort", [f.cohort for f in lab.linkage.field], columns)
    _known("linkage.toml", "field.records", [f.records for f in lab.linkage.field], tables[lab.linkage.table])
    _known("linkage.toml", "comparison.field", [c.field for c in lab.linkage.comparison], fields)
    swapped = [c.swapped_with for c in lab.linkage.comparison if c.swapped_with]
    _known("linkage.toml", "comparison.swapped_with", swapped, fields)
    _known("linkage.toml", "identifier", lab.linkage.identifier, fields)
    _known("linkage.toml", "identifier_checks", lab.linkage.identifier_checks, fields)
    _known("linkage.toml", "groups", lab.linkage.groups, columns)
    for group in lab.linkage.staff_groups:
        _quality_group(group, columns, tables)
    _known("lab.toml", "follow_up.start_column", [head.follow_up.start_column], columns)
    _known("lab.toml", "follow_up.anchor.column", [a.column for a in head.follow_up.anchor], columns)
    _known("lab.toml", "matching.exact", head.matching.exact, covariates)
    controls = lab.negative_controls.negative_control
    _unique("negative_controls.toml", "negative_control", [c.name for c in controls])
    for control in controls:
        _known("negative_controls.toml", "negative_control.without", control.without, covariates)
    taken = [*UNITS, *covariates]
    _apart("outcomes.toml", "measure", lab.outcomes.measure, taken)
    _apart("negative_controls.toml", "negative_control", [c.measure for c in controls], taken)
    _not_above(lab.disclosure, "hide_below", "minimum_analysed")
    _not_above(lab.disclosure, "hide_below", "band_below")
    _queries(lab)


def _queries(lab: Lab) -> None:
    """What a query may not use, and that something is answered by them."""
    if not any(m.headline for m in lab.outcomes.measure):
        raise LabProblem("outcomes.toml: no measure has headline = true: mark at least one.")
    # what is known before follow-up cannot depend on how long that lasts
    for name, text in (("events", lab.sql.events), ("covariates", lab.sql.covariates)):
        for parameter in ("months", "settle_months"):
            if re.search(rf"\${parameter}\b", text):
                raise LabProblem(
                    f"sql/{name}.sql uses '${parameter}', the length of follow-up, and so could return the outcome to "
                    "matching: take it out, and keep it to sql/outcomes.sql."
                )


def _apart(file: str, table: str, measures: Iterable[Measure], taken: list[str]) -> None:
    """Outcomes are put beside covariates, so that no column of one may be called like one of the other."""
    for measure in measures:
        for key in ("column", "event", "base"):
            name = getattr(measure, key)
            if name in taken:
                raise LabProblem(
                    f"{file}: the key '{table}.{key}' of '{measure.name}' names '{name}', which is a covariate or a "
                    "column of the lab's own: choose another name, there and in its query."
                )


def _typical(told: Typical, kind: str) -> None:
    """What a typical figure must hold, by the kind of its measure."""
    needed = {"frequency": "dispersion", "time": "spread"}.get(kind)
    if needed and getattr(told, needed) is None:
        raise LabProblem(
            f"history.toml: the key 'typical.{needed}' is missing for the measure '{told.measure}': add it."
        )
    if kind == "rate" and told.mean >= 1:
        raise LabProblem(
            f"history.toml: the key 'typical.mean' is wrong for '{told.measure}': a rate lies between 0 and 1."
        )


def _column(column: Column) -> None:
    if column.name in RESERVED:
        raise LabProblem(
            f"columns.toml: a column cannot be called '{column.name}': the lab uses this name itself."
        )
    if column.kind == "choice" and not column.choices:
        raise LabProblem(f"columns.toml: the column '{column.name}' is a choice without 'choices': add them.")
    for key, pattern in (("pattern", column.pattern), *(("canonical", c[0]) for c in column.canonical)):
        try:
            re.compile(pattern)
        except re.error:
            raise LabProblem(
                f"columns.toml: '{key}' of the column '{column.name}' is not a regular expression: mend it."
            ) from None


def _not_above(profile: DisclosureProfile, key: str, limit: str) -> None:
    low, high = getattr(profile, key), getattr(profile, limit)
    if low > high:
        raise LabProblem(
            f"disclosure.toml: '{key}' is {low:,}, above '{limit}' ({high:,}): make it at most that."
        )


def _known(file: str, key: str, names: Iterable[str], declared: Iterable[str]) -> None:
    declared = list(declared)
    for name in names:
        if name not in declared:
            known = ", ".join(declared)
            raise LabProblem(
                f"{file}: the key '{key}' names '{name}', which is not declared: use one of {known}."
            )


def _unique(file: str, key: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise LabProblem(f"{file}: '{name}' is declared twice in '{key}': remove one.")
        seen.add(name)


def _quality_group(group: QualityGroup, columns: list[str], tables: dict[str, list[str]]) -> None:
    key = f"staff_groups '{group.label}'"
    if (group.column is None) == (group.recorded is None):
        raise LabProblem(f"linkage.toml: {key} needs either 'column' or 'recorded': give one of them.")
    if group.column is not None:
        _known("linkage.toml", key, [group.column], columns)
    if group.recorded is not None:
        table, _, column = group.recorded.partition(".")
        _known("linkage.toml", key, [table], tables)
        _known("linkage.toml", key, [column], tables[table])
    if (group.by == "age") != bool(group.ages):
        raise LabProblem(f"linkage.toml: {key} needs 'ages' if, and only if, it is by age.")
    if group.recorded is not None and group.by == "age":
        raise LabProblem(
            f"linkage.toml: {key} cannot be by age of what is recorded: use a provider's column."
        )

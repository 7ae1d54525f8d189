"""What a statistician wants to know: the estimand, the definitions, the formulas and their sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from likeforlike.labs.definition import Covariate, Measure
from likeforlike.report.sections.context import Context
from likeforlike.report.sections.table import PageTable, page_table


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the method; formula and source may be missing."""

    heading: str
    text: str
    formula: str
    source: str


@dataclass(frozen=True, slots=True)
class Annex:
    """The estimand and what it assumes, the definitions in two tables, and the steps in the order of the flow."""

    estimand: str
    assumption: str
    definitions: PageTable
    characteristics: PageTable
    steps: tuple[Step, ...]


def annex(context: Context) -> Annex:
    """The parts of the annex that the report does not have."""
    text, by_lot = context.text, context.words.by_lot
    match = context.release.match
    about = "_by_lot" if by_lot else "_overlap" if match is not None and match.method == "overlap" else ""
    return Annex(
        estimand=text(f"annex.estimand{about}"),
        assumption=text("annex.assumption_by_lot" if by_lot else "annex.assumption"),
        definitions=_definitions(context),
        characteristics=_characteristics(context),
        steps=tuple(_step(name, context) for name in _names(context)),
    )


def _definitions(context: Context) -> PageTable:
    text = context.text
    columns = [
        text(f"annex.definitions.{name}") for name in ("measure", "kind", "counts", "better", "events")
    ]
    estimated = {row.name for row in context.release.measures}
    measures = context.lab.outcomes.over(context.release.follow_up_months).measure
    rows = [_definition(measure, context) for measure in measures if measure.name in estimated]
    return page_table(text("annex.definitions.caption"), columns, rows, [4])


def _definition(measure: Measure, context: Context) -> tuple[str, ...]:
    text = context.text
    told = (measure.kind, "some" if measure.descriptive else "everyone", measure.better)
    fewest = str(measure.minimum_events or context.text("shared.nothing"))
    return measure.statistical_label, *(text(f"annex.definitions.{name}") for name in told), fewest


def _characteristics(context: Context) -> PageTable:
    text, covariates = context.text, context.lab.covariates
    columns = [text(f"annex.characteristics.{name}") for name in ("name", "group", "form")]
    rows = [(c.label, c.group, _form(c, context)) for c in covariates.covariate]
    labels = {c.name: c.label for c in covariates.covariate}
    for pair in covariates.interaction:
        first, second = (labels[name] for name in pair.of)
        name = text("annex.characteristics.together", first=first, second=second)
        rows.append((name, text("shared.nothing"), text("annex.characteristics.interaction")))
    return page_table(text("annex.characteristics.caption"), columns, rows)


def _form(covariate: Covariate, context: Context) -> str:
    if covariate.knots:
        return context.text("annex.characteristics.spline", knots=str(covariate.knots))
    form = f"powers_{covariate.powers}" if covariate.powers > 1 else covariate.kind
    return context.text(f"annex.characteristics.{form}")


def _names(context: Context) -> Iterator[str]:
    """The steps that this study went through."""
    match, by_lot = context.release.match, context.words.by_lot
    yield "linking"
    if not by_lot:
        yield "start"
    if match is not None and not by_lot:
        yield from (match.method,) if match.method == "entropy" else ("score", match.method)
    yield "balance"
    yield "effect_trial" if by_lot else "effect"
    yield "places" if match is not None and match.place else "few"
    yield from ("several", "size", "share")


def _step(name: str, context: Context) -> Step:
    heading, said, formula, source = (
        context.text(f"annex.step.{name}.{part}") for part in ("heading", "text", "formula", "source")
    )
    return Step(heading, said, formula, context.text("annex.method.source", source=source) if source else "")

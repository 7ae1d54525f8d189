"""A lab described in plain words: for providers, and for its data-protection impact assessment."""

from __future__ import annotations

from collections.abc import Iterable

from likeforlike.labs.definition import Lab


def describe_lab(lab: Lab) -> str:
    """The lab as a page of Markdown; every statement is read from its files."""
    parts = [
        *_service(lab),
        *_list(lab),
        *_linking(lab),
        *_comparison(lab),
        *_measures(lab),
        *_leaving(lab),
        *_assessment(lab),
    ]
    return "\n".join(parts) + "\n"


def _service(lab: Lab) -> list[str]:
    head, limits = lab.head, lab.head.cohort
    return [
        f"# {head.title}",
        "",
        f"{head.about} It is run by {head.department}; this describes version {head.version}.",
        "",
        f"A request holds {limits.minimum:,} to {limits.maximum:,} {head.noun.plural}. Each is followed for "
        f"{head.follow_up.months} months, and up to {head.follow_up.settle_months} months "
        "more for outcomes to be settled.",
        "",
    ]


def _list(lab: Lab) -> list[str]:
    rows = [
        (c.label, "needed" if c.required else "if you have it", c.guidance, c.example)
        for c in lab.columns.column
    ]
    any_of = [f"Each row also {rule.message}." for rule in lab.columns.any_of]
    return ["## What a list holds", "", *_table(("column", "", "what", "example"), rows), "", *any_of]


def _linking(lab: Lab) -> list[str]:
    labels = {c.name: c.label for c in lab.columns.column}
    used = ", ".join(labels[field.cohort] for field in lab.linkage.field)
    numbers = ", ".join(
        labels[field.cohort] for field in lab.linkage.field if field.name in lab.linkage.identifier
    )
    lines = [
        "## How people are found in the records",
        "",
        f"By {used}. A pair counts as the same person from a probability of {lab.linkage.threshold:g}.",
    ]
    if numbers:
        lines.append(
            f"Numbers that name one person are tried first: {numbers}; they count only where "
            "names do not speak against them."
        )
    return [*lines, ""]


def _comparison(lab: Lab) -> list[str]:
    rows = [(c.group, c.label) for c in lab.covariates.covariate]
    reasons = [f"- {e.reason}" for e in lab.head.follow_up.exclusion]
    return [
        "## Whom they are compared with",
        "",
        "People in the records who did not take part and were alike in the following, as "
        "known at the index date. Whether a "
        "covariate depends on anything later is tested before every study.",
        "",
        *_table(("group", "covariate"), rows),
        "",
        *(["Nobody is analysed who is:", "", *reasons, ""] if reasons else []),
    ]


def _measures(lab: Lab) -> list[str]:
    said = lab.outcomes.over(lab.head.follow_up.months).measure
    rows = [
        (m.label, {"rate": "share of people", "frequency": "number per person", "time": m.unit}[m.kind],
         "headline" if m.headline else "", {"lower": "fewer or less", "higher": "more"}[m.better])
        for m in said
    ]  # fmt: skip
    return ["## What is measured", "", *_table(("people who", "as", "", "better"), rows), ""]


def _leaving(lab: Lab) -> list[str]:
    rules = lab.disclosure
    return [
        "## What leaves, and what never does",
        "",
        f"- Nothing is said of fewer than {rules.minimum_analysed} participants or "
        f"{rules.minimum_comparison} people compared with them.",
        f"- Numbers from 1 to {rules.hide_below - 1} are hidden; others are rounded to "
        f"the nearest {rules.nearest}.",
        f"- A rate with fewer than {rules.band_below} people on either side of it is withheld.",
        "- No name, date of birth, number or row about a person leaves. The provider "
        "does not learn who was found.",
        f"- A refusal says only: {rules.refusal}",
        f"- The rules start from the profile '{rules.profile}' and are never weaker.",
        "",
    ]


def _assessment(lab: Lab) -> list[str]:
    rows = [
        (
            f"{table.name}.{column.name}",
            column.meaning.rstrip("."),
            "refers to a person" if _personal(lab, table.name, column.name) else "",
        )
        for table in lab.records.table
        for column in table.column
    ]
    sent = [(c.label, "personal" if c.personal else "not about the person") for c in lab.columns.column]
    return [
        "## For the data-protection impact assessment",
        "",
        "Personal data that the provider sends:",
        "",
        *_table(("column", "kind"), sent),
        "",
        "Personal data that the department uses; other columns of its tables are not read:",
        "",
        *_table(("column", "what it holds", ""), rows),
        "",
        "- Purpose: aggregate statistics about a programme; no decision about a person is made from them.",
        "- The list is encrypted while it arrives and opened only where the records are.",
        "- Outcomes are opened only after the comparison is fixed and sealed.",
        "- Tokens in the ledger are kept so that later answers cannot be subtracted; "
        "they are personal data in the lab's hands.",
        "- How long lists and results are kept is the service's setting, not the lab's.",
    ]


def _personal(lab: Lab, table: str, column: str) -> bool:
    return table == lab.linkage.table and column in {
        lab.linkage.person,
        *(f.records for f in lab.linkage.field),
    }


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]

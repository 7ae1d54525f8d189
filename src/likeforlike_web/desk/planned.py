"""A plan in words, for the page that shows it."""

from __future__ import annotations

from likeforlike.labs import Lab
from likeforlike.plan import Plan


def plan_facts(plan: Plan, lab: Lab) -> list[tuple[str, str]]:
    """What the plan fixes, a line each."""
    measures = {measure.name: measure.label for measure in lab.outcomes.over(plan.months).measure}
    covariates = {covariate.name: covariate.label for covariate in lab.covariates.covariate}
    facts = [
        ("Headline measures", [measures[name] for name in plan.headline]),
        ("Other measures", [measures[name] for name in plan.measures if name not in plan.headline]),
        ("Covariates", [covariates[name] for name in plan.covariates]),
        ("Interactions", [" with ".join(pair) for pair in plan.interactions]),
        ("Followed for", [f"{plan.months} months"]),
        ("Matching", [f"{name}: {value}" for name, value in plan.matching.model_dump().items() if value]),
        ("Sub-groups", [group.label for group in plan.sub_groups]),
        ("Place of clusters", [plan.place] if plan.place else []),
        ("Other thresholds of linkage", [f"{share:g}" for share in plan.thresholds]),
        ("Checks", list(plan.checks) if plan.checks is not None else ["all"]),
        ("Seed", [str(plan.seed)]),
    ]
    return [(title, "\n".join(values)) for title, values in facts if values]

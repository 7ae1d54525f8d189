"""What a plan, or the lab's own trials, may add to a release."""

from __future__ import annotations

from likeforlike.disclosure.release import CheckRow, SubAnalysis, TrialRow
from likeforlike.labs.definition import Lab
from support.release_figures import LOWER, OPEN, measure_row


def sub_analysis(
    lab: Lab, name: str, label: str, kind: str = "people", *, hidden: bool = False
) -> SubAnalysis:
    """A sub-group whose headline measures are shown; one is hidden if asked, and then no p-value is corrected."""
    declared = [m for m in lab.outcomes.over(lab.head.follow_up.months).measure if m.headline]
    counts = {"n_treatment": 520, "n_comparison": 20110}
    inside = {m.name: LOWER[m.name] | counts for m in declared}
    rest = {m.name: OPEN[m.name] | counts for m in declared}
    nothing = {"withheld": "Too few people to show this.", "n_treatment": None, "n_comparison": None}
    parts = {}
    for part, figures in (("inside", inside), ("rest", rest)):
        rows = [measure_row(m, **figures[m.name]) for m in declared]
        if hidden:
            parts[part] = (*rows[:-1], measure_row(declared[-1], **nothing))
            continue
        parts[part] = tuple(
            row.model_copy(update={"p_adjusted": min(2 * (row.p_value or 0), 1)}) for row in rows
        )
    return SubAnalysis.model_validate(
        {"name": name, "label": label, "kind": kind, "status": "shown", **parts}
    )


def check_rows(lab: Lab) -> tuple[CheckRow, ...]:
    """Every verdict on a measure."""
    measure = lab.outcomes.get("reoffended").over(lab.head.follow_up.months)
    asked = {
        "holds": "Do other defensible ways of comparing find the same?",
        "weakened": "Does the result lean on one covariate?",
        "overturned": "Does the comparison find an effect where there can be none?",
        "not_applicable": "Does the result hang on how alike people must be?",
    }
    return tuple(
        CheckRow.model_validate(
            {
                "check": f"check_{verdict}",
                "title": title,
                "measure": measure.name,
                "label": measure.statistical_label,
                "verdict": verdict,
            }
        )
        for verdict, title in asked.items()
    )


def trial_rows(lab: Lab) -> tuple[TrialRow, ...]:
    """Weak and strong choice for two measures; one had no programme with an effect."""
    rows = []
    for name, effect in (("reoffended", -5.2), ("reoffences", None)):
        measure = lab.outcomes.get(name).over(lab.head.follow_up.months)
        for strength, alarms in (("weak", 4.9), ("strong", 6.1)):
            row = {
                "measure": name,
                "label": measure.statistical_label,
                "unit": measure.unit,
                "size": 1000,
                "strength": strength,
                "replications": 1200,
                "coverage": 94.6,
                "coverage_error": 0.7,
                "false_positives": alarms,
                "false_positives_error": 0.6,
                "effect": effect,
                "power": None if effect is None else 71.3,
                "power_error": None if effect is None else 1.3,
            }
            rows.append(TrialRow.model_validate(row))
    return tuple(rows)

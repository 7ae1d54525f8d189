"""Does the comparison find an effect where there can be none? Lipsitch, Tchetgen Tchetgen & Cohen 2010.

A negative control is something that the programme cannot have changed, such as offending in the year before the
index date. What is nearly the same as the control is held out of the score, so that being alike on it is news.
Epidemiology 21(3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from likeforlike.checks.again import without_covariates
from likeforlike.checks.beside import COLUMNS, side_by_side
from likeforlike.checks.check import Finding, Verdict, about_everyone
from likeforlike.checks.empirical_null import FEWEST, fit_null
from likeforlike.checks.evidence import Evidence
from likeforlike.checks.verdicts import known
from likeforlike.estimates.difference import Difference
from likeforlike.estimates.multiplicity import holm
from likeforlike.labs.definition import Lab, Measure
from likeforlike.labs.definition import Outcomes as Measures

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Control:
    """A negative control and what is held out of the score for it."""

    measure: Measure
    """A column of `query`, with its words; never descriptive."""
    without: tuple[str, ...] = ()
    """Covariates that say nearly the same."""


@dataclass(frozen=True, slots=True)
class NegativeControl:
    """`weakened` where any control is significant after Holm's correction (Holm 1979), else `holds`.

    `overturned` where a significant control of the measure's own kind differs the same way and at least as much as
    the effect itself. With twenty controls or more of the measure's kind, the p-value is also held against the null
    that they show, and the verdict is `weakened` where the effect is significant only without it.
    """

    query: str = ""
    """For the rows of `chosen` (`event_id, person_id, index_date`): one row each with the controls' columns."""
    controls: tuple[Control, ...] = ()
    name: str = "negative_control"
    title: str = "Does the comparison find an effect where there can be none?"

    def applies_to(self, measure: Measure) -> bool:
        return about_everyone(measure)

    def __call__(self, evidence: Evidence) -> Finding:
        term = evidence.measure.name
        found = self._differences(evidence)
        if not found or not known(evidence.found):
            said = "There is no negative control that could be estimated."
            return Finding(self.name, term, "not_applicable", said)
        adjusted = holm([d.p_value for d in found.values()])
        labels = {c.measure.name: c.measure.statistical_label for c in self.controls}
        table = side_by_side({labels[name]: d for name, d in found.items()}, evidence.found)
        table = table.select("item", *COLUMNS, pl.Series("p_adjusted", adjusted))
        figures = {"controls": float(len(found)), "p_adjusted": float(np.fmin.reduce(adjusted))}
        alike = {c.measure.name for c in self.controls if c.measure.kind == evidence.measure.kind}
        beyond = self._calibrated(evidence, [d for name, d in found.items() if name in alike], figures)
        flagged = [(n, d) for (n, d), p in zip(found.items(), adjusted, strict=True) if p < SIGNIFICANT]
        if any(name in alike and as_much(d, evidence.found) for name, d in flagged):
            verdict: Verdict = "overturned"
        else:
            verdict = "weakened" if flagged or not beyond else "holds"
        if flagged:
            said = (
                f"The groups differ where the programme can have changed nothing: '{labels[flagged[0][0]]}'."
            )
        elif not beyond:
            said = "Held against what the negative controls show, the effect is not significant."
        else:
            said = "The groups do not differ where the programme can have changed nothing."
        return Finding(self.name, term, verdict, said, figures, table)

    def _differences(self, evidence: Evidence) -> dict[str, Difference]:
        """What the study finds of each control; one match serves all that hold out the same."""
        study = evidence.study
        found: dict[str, Difference] = {}
        for without in dict.fromkeys(control.without for control in self.controls):
            plan = without_covariates(study.plan, without)
            measures = tuple(c.measure for c in self.controls if c.without == without)
            names = tuple(measure.name for measure in measures)
            if plan.covariates:
                lab = self._lab(study.lab, measures)
                made = study.with_outcomes_of(lab, names, plan, "Once more for the negative controls")
                found |= made.differences if made else {}
        return {name: difference for name, difference in found.items() if known(difference)}

    def _lab(self, lab: Lab, measures: tuple[Measure, ...]) -> Lab:
        """The lab with controls for its measures, so that outcomes are opened and estimated as ever."""
        sql = lab.sql.model_copy(update={"outcomes": self.query})
        return lab.model_copy(update={"sql": sql, "outcomes": Measures(measure=measures)})

    def _calibrated(self, evidence: Evidence, found: Sequence[Difference], figures: dict[str, float]) -> bool:
        """Add the calibrated p-value; whether the effect, if significant, is so beside it too."""
        errors = np.array([d.std_error for d in found])
        if len(found) < FEWEST:
            return True
        null = fit_null(np.array([d.estimate for d in found]), errors)
        own = null.calibrated_p(evidence.found.estimate, evidence.found.std_error)
        figures |= {"null_mean": null.mean, "null_sd": null.sd, "p_calibrated": own}
        return not evidence.found.p_value < SIGNIFICANT <= own


def as_much(control: Difference, effect: Difference) -> bool:
    """Whether a control differs the same way as the effect and at least as much."""
    same = control.estimate * effect.estimate > 0
    return same and abs(control.estimate) >= abs(effect.estimate)

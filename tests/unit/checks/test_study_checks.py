"""Checks that look at a whole study, on one with no effect and one with a large effect."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from likeforlike.checks.again import with_matching, without_covariates
from likeforlike.checks.caliper_sensitivity import CaliperSensitivity
from likeforlike.checks.leave_one_out import LeaveOneOut
from likeforlike.checks.mantel_haenszel import MantelHaenszel, strata_of
from likeforlike.checks.negative_control import Control, NegativeControl
from likeforlike.checks.omitted_variable import OmittedVariable
from likeforlike.checks.panel import SPECIFICATIONS
from likeforlike.checks.prognostic_balance import PrognosticBalance
from likeforlike.checks.rosenbaum import Rosenbaum
from likeforlike.checks.specifications import SpecificationPanel
from likeforlike.labs.definition import Measure
from support.checked_world import COVARIATES, finished_study

YEAR_BEFORE = """
select
    c.event_id,
    count(d.disposal_id) > 0 as year_before,
    count(d.disposal_id) as times_before
from chosen c
left join disposals d on d.person_id = c.person_id
    and d.disposal_date < c.index_date
    and d.disposal_date >= c.index_date - to_months($months)
group by c.event_id
"""
BEFORE = Measure(
    name="year_before", label="offended in the year before", statistical_label="Offending in the year before",
    kind="rate", column="year_before", better="lower", unit="percentage points",
)  # fmt: skip
CONTROL = Control(BEFORE, without=("previous_sanctions",))


@pytest.fixture(scope="module")
def strong():
    return finished_study(effect=-0.45)


@pytest.fixture(scope="module")
def nothing():
    return finished_study()


def test_a_plan_without_a_covariate_names_it_nowhere(nothing):
    plan = with_matching(nothing.plan, exact=("sex",)).model_copy(
        update={"interactions": (("sex", "age_at_index"),)}
    )
    fewer = without_covariates(plan, ["sex"])
    assert fewer.covariates == ("age_at_index", "previous_sanctions")
    assert fewer.interactions == fewer.matching.exact == ()


def test_leaving_out_each_covariate(strong):
    finding = LeaveOneOut()(strong.evidence())
    assert finding.verdict in {"holds", "weakened"}
    assert finding.table.height == len(COVARIATES)
    assert finding.figures["made"] == len(COVARIATES)
    assert finding.figures["lowest"] <= finding.figures["highest"] < 0
    assert "changes the estimate the most" in finding.summary


def test_one_covariate_cannot_be_left_out(nothing):
    evidence = nothing.evidence()
    alone = replace(
        evidence, study=replace(evidence.study, matched=replace(nothing.matched, covariates=("sex",)))
    )
    assert LeaveOneOut()(alone).verdict == "not_applicable"


def test_the_plan_s_own_calliper_gives_the_plan_s_own_estimate(nothing):
    evidence = nothing.evidence()
    table = CaliperSensitivity((0.2, 0.5))(evidence).table
    assert table["item"].to_list() == ["0.2", "0.5"]
    assert table["change"][0] == pytest.approx(0, abs=1e-12)
    assert table["n"][1] >= table["n"][0]


def test_callipers_do_not_matter_to_weights(nothing):
    evidence = nothing.evidence()
    weighted = replace(evidence.study, plan=with_matching(nothing.plan, method="odds"))
    assert CaliperSensitivity()(replace(evidence, study=weighted)).verdict == "not_applicable"


def test_an_effect_before_the_programme_is_bias(strong):
    finding = NegativeControl(YEAR_BEFORE, (CONTROL,))(strong.evidence())
    assert finding.verdict in {"holds", "weakened"}
    assert finding.table["item"].to_list() == ["Offending in the year before"]
    assert finding.figures["controls"] == 1


def test_groups_that_differed_before_are_flagged(strong):
    """Participants are made to look as if they had offended less in the year before."""
    query = YEAR_BEFORE.replace("count(d.disposal_id) > 0 as", "any_value(c.person_id) >= 'p095' as")
    finding = NegativeControl(query, (CONTROL,))(strong.evidence())
    assert finding.verdict == "overturned"
    assert "can have changed nothing" in finding.summary


def test_twenty_controls_make_an_empirical_null(strong):
    columns = "\n".join(f", hash(c.person_id || '{i}') % 100 < 30 as control_{i}" for i in range(20))
    query = f"select c.event_id {columns} from chosen c"
    controls = tuple(
        Control(
            BEFORE.model_copy(
                update={"name": f"c{i}", "column": f"control_{i}", "statistical_label": f"Control {i}"}
            )
        )
        for i in range(20)
    )
    figures = NegativeControl(query, controls)(strong.evidence()).figures
    assert figures["controls"] == 20
    assert abs(figures["null_mean"]) < 0.1
    assert figures["p_calibrated"] < 0.01


def test_without_controls_there_is_nothing_to_say(strong):
    assert NegativeControl()(strong.evidence()).verdict == "not_applicable"


def test_prognostic_balance_of_a_match(nothing):
    finding = PrognosticBalance()(nothing.evidence())
    assert abs(finding.figures["smd"]) < abs(finding.figures["smd_unweighted"])


def test_prognostic_balance_needs_people(nothing):
    evidence = nothing.evidence()
    few = evidence.units["treated"].to_numpy() | (np.arange(evidence.units.height) % 20 == 0)
    less = replace(evidence, units=evidence.units.filter(few), outcome=evidence.outcome[few])
    assert PrognosticBalance()(less).verdict == "not_applicable"


def test_strata_hold_everybody(strong):
    evidence = strong.evidence()
    strata = strata_of(evidence)
    assert strata.treated.sum() == evidence.treated.sum()
    assert strata.treated_events.sum() == evidence.outcome[evidence.treated].sum()
    assert (strata.comparison_events <= strata.comparison + 1e-9).all()
    assert len(strata.treated) > 1


@pytest.mark.parametrize("check", [Rosenbaum(), MantelHaenszel()])
def test_a_large_effect_bears_some_hidden_bias(strong, check):
    finding = check(strong.evidence())
    assert finding.verdict == "holds"
    assert finding.figures["gamma"] > 1.2
    assert finding.table["p_upper"].is_sorted()
    assert finding.table["p_lower"][0] == pytest.approx(finding.table["p_upper"][0])


@pytest.mark.parametrize("check", [Rosenbaum(), MantelHaenszel(), OmittedVariable()])
def test_no_effect_has_nothing_to_explain_away(nothing, check):
    assert check(nothing.evidence()).verdict == "not_applicable"


@pytest.mark.parametrize("check", [Rosenbaum(), MantelHaenszel(), OmittedVariable()])
def test_what_takes_people_for_independent_is_silent_where_places_took_part(strong, check):
    evidence = strong.evidence()
    placed = replace(evidence.study, plan=strong.plan.model_copy(update={"place": "sex"}))
    finding = check(replace(evidence, study=placed))
    assert (finding.verdict, finding.figures) == ("not_applicable", {})
    assert "independent" in finding.summary
    assert check(evidence).verdict != "not_applicable"


def test_counts_are_paired_by_signed_ranks(strong):
    assert Rosenbaum()(strong.evidence("reoffences")).figures["gamma"] > 1


def test_omitted_cause_is_held_against_each_group(strong):
    finding = OmittedVariable()(strong.evidence())
    groups = {c.group for c in strong.matched.lab.covariates.covariate if c.name in COVARIATES}
    assert set(finding.table["item"]) == groups
    assert finding.figures["robustness_value_interval"] < finding.figures["robustness_value"] < 1
    assert finding.figures["times_to_doubt"] == finding.table["times_to_doubt"].min()


def test_the_panel_leaves_out_what_the_plan_does_anyway(strong):
    some = {name: SPECIFICATIONS[name] for name in ("radius", "regression", "unweighted")}
    finding = SpecificationPanel(some)(strong.evidence())
    assert finding.table["item"].to_list() == ["Linear regression", "Unweighted, nothing taken into account"]
    assert finding.figures["ways"] == 1
    assert finding.verdict == "holds"


def test_every_way_of_the_panel_finds_a_large_effect(strong):
    finding = SpecificationPanel(SPECIFICATIONS)(strong.evidence())
    assert finding.table.drop_nulls("estimate").height == len(SPECIFICATIONS) - 1
    assert finding.figures["same_sign"] == 1
    assert finding.table.filter(pl.col("counted") == 1).height == finding.figures["ways"]

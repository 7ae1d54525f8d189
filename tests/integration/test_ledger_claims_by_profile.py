"""Whatever the profile: what the ledger takes a release to say has the exact number in it."""

from dataclasses import replace

import pytest

import likeforlike as lfl
from likeforlike.disclosure import release
from likeforlike.disclosure.ledger.claims import IN_RECORDS, with_all_said
from likeforlike.disclosure.ledger.of_study import ANALYSED, SUBMITTED, Asked
from likeforlike.estimates import estimate_effects
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.linkage.written import in_standard_form
from likeforlike.outcomes import open_outcomes


@pytest.mark.parametrize("name", ["opensafely", "nhs-hes", "ons-10-5", "census-drb"])
def test_claims_hold_the_truth(register, cohort, name):
    rules = DisclosureProfile.model_validate({"profile": name})
    cohort = replace(cohort, lab=cohort.lab.model_copy(update={"disclosure": rules}))
    plan = lfl.Plan.of_lab(cohort.lab)
    study = lfl.plan_study(cohort, register, lfl.Programme(provider="One"), plan)
    links = lfl.link(cohort, register)
    sample = lfl.follow_up(links, register)
    matched = lfl.match(sample, plan)
    estimates = estimate_effects(
        matched, open_outcomes(matched, register), plan.measures, headline=plan.headline
    )
    told = release(study, links, matched, estimates, {})
    asked = Asked(study, links, in_standard_form(cohort, register), b"k" * 32, sample, matched, None)
    claims = with_all_said(asked, told, estimates).claims
    (rate,) = [c for c in claims if c.group == ANALYSED and c.statistic == "reoffended"]
    exact = estimates.frame.filter(term="reoffended").row(0, named=True)
    assert rate.low <= exact["events_treated"] <= rate.high < matched.treated
    assert rate.high > rate.low
    found = [c for c in claims if c.group == SUBMITTED and c.statistic == IN_RECORDS]
    assert all(c.low <= links.frame.height <= c.high for c in found)

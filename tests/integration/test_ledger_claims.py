"""What the ledger takes a release to say holds the truth: every claim's range has the exact number in it."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

import likeforlike as lfl
from likeforlike.disclosure import release
from likeforlike.disclosure.ledger.claims import with_all_said
from likeforlike.disclosure.ledger.files import Ledger
from likeforlike.disclosure.ledger.lesser import without_sub_groups
from likeforlike.disclosure.ledger.of_study import ANALYSED, FOLLOWED, FOUND, SUBMITTED, Asked
from likeforlike.disclosure.ledger.submission import as_sent_of
from likeforlike.estimates import estimate_effects
from likeforlike.linkage.written import in_standard_form
from likeforlike.outcomes import open_outcomes
from likeforlike.sub_groups import analyse_sub_groups

KEY = b"k" * 32


@pytest.fixture(scope="module")
def known(register, cohort):
    lab = cohort.lab
    men = {"name": "young", "label": "Under 30", "where": "age_at_index < 30"}
    plan = lfl.Plan.of_lab(lab).changed({"sub_groups": [men]}, lab)
    study = lfl.plan_study(cohort, register, lfl.Programme(provider="One"), plan)
    links = lfl.link(cohort, register)
    sample = lfl.follow_up(links, register)
    matched = lfl.match(sample, plan)
    outcomes = open_outcomes(matched, register)
    estimates = estimate_effects(matched, outcomes, plan.measures, headline=plan.headline)
    groups = analyse_sub_groups(sample, register, plan)
    told = release(study, links, matched, estimates, {}, sub_groups=groups)
    asked = Asked(study, links, in_standard_form(cohort, register), KEY, sample, matched, groups)
    return asked, told, estimates


def test_groups_are_the_people_of_each_stage(known, cohort):
    asked, *_ = known
    submission = asked.with_nothing_said()
    sizes = dict(zip(submission.groups, submission.people.sizes, strict=True))
    assert sizes[SUBMITTED] == cohort.people.height
    assert sizes[FOUND] == asked.links.frame.height
    assert sizes[FOLLOWED] == asked.sample.participants
    assert sizes[ANALYSED] == asked.matched.treated
    assert sizes["young, inside"] + sizes["young, rest"] == sizes[FOLLOWED]
    assert submission.claims == ()
    kinds = dict(zip(submission.groups, submission.kinds, strict=True))
    assert (kinds[FOUND], kinds[FOLLOWED], kinds["young, inside"], kinds[ANALYSED]) == (
        "counted", "list", "list", "analysed",
    )  # fmt: skip


def test_rows_as_sent_are_what_is_written_whoever_was_found(known, cohort):
    asked, *_ = known
    one = asked.with_nothing_said()
    nobody = replace(asked, links=replace(asked.links, frame=asked.links.frame.clear())).with_nothing_said()
    for group in (FOUND, FOLLOWED):
        rows = one.groups[as_sent_of(group)]
        assert len(rows) == asked.written["written"].n_unique() > 0.95 * cohort.people.height
        assert (rows == nobody.groups[as_sent_of(group)]).all()
        assert not np.isin(rows, one.persons).any()
    assert as_sent_of("young, inside") not in one.groups  # who is young is known to the records


def test_a_measure_of_some_says_how_many_of_all_had_both(known):
    asked, told, estimates = known
    based = {m.name for m in asked.links.cohort.lab.outcomes.measure if m.base and m.kind == "rate"}
    exact = {row["term"]: row for row in estimates.frame.iter_rows(named=True)}
    claims = {c.statistic: c for c in with_all_said(asked, told, estimates).claims if c.group == ANALYSED}
    shown = {row.name for row in told.measures if row.treatment is not None} & based
    assert shown
    for name in shown:
        assert claims[name].low <= exact[name]["events_treated"] <= claims[name].high < exact[name]["n"]


def test_what_is_not_offered_is_not_asked(known):
    asked, told, estimates = known
    left = with_all_said(asked, without_sub_groups(told), estimates)
    assert not [name for name in left.groups if "young" in name]
    assert [name for name in with_all_said(asked, told, estimates).groups if "young" in name]


def test_another_spelling_decides_nothing_by_whether_there_is_a_record(register, cohort, tmp_path):
    """A5: whether two spellings are one person is known to the records; no answer may depend on it."""
    plan = lfl.Plan.of_lab(cohort.lab)
    linked = set(lfl.link(cohort, register).frame["participant"])
    people = cohort.people["participant"].to_list()
    with_record = next(p for p in people if p in linked)
    without = next(p for p in people if p not in linked)
    changed = pl.col("surname").str.replace("^(..)", "${1}e")
    outcomes = set()
    for target in (with_record, without):
        spelt = replace(
            cohort,
            people=cohort.people.with_columns(
                pl.when(participant=target).then(changed).otherwise("surname").alias("surname")
            ),
        )
        asked = []
        for each in (cohort, spelt):
            study = lfl.plan_study(each, register, lfl.Programme(provider="One"), plan)
            links = lfl.link(each, register)
            sample = lfl.follow_up(links, register)
            asked.append(
                Asked(study, links, in_standard_form(each, register), KEY, sample).with_nothing_said()
            )
        ledger = Ledger.at(tmp_path / str(target))
        ledger.enter(asked[0], b"first", date(2026, 1, 1))
        outcomes.add(ledger.decide(asked[1]).outcome)
    assert outcomes == {"refuse"}


def test_every_claim_about_the_outcome_holds_the_exact_number(known):
    asked, told, estimates = known
    submission = with_all_said(asked, told, estimates)
    about = {claim.group: claim for claim in submission.claims if claim.statistic == "reoffended"}
    assert {ANALYSED, f"{ANALYSED}, young, inside", f"{ANALYSED}, young, rest"} <= set(about)
    exact = estimates.frame.filter(term="reoffended")["events_treated"].item()
    claim = about[ANALYSED]
    assert claim.low <= exact <= claim.high < asked.matched.treated
    for part in ("inside", "rest"):
        people = asked.sub_groups.members.filter("analysed", "treated", sub_group="young", part=part)
        claim = about[f"{ANALYSED}, young, {part}"]
        row = asked.sub_groups.frame.filter(term="reoffended", sub_group="young", part=part).row(
            0, named=True
        )
        assert row["n"] == people.height
        assert claim.low <= row["events_treated"] <= claim.high


def test_claims_about_linkage_hold_how_many_were_found(known):
    asked, told, estimates = known
    shown = told.model_copy(
        update={"linkage": tuple(row.model_copy(update={"found_percent": 92}) for row in told.linkage)}
    )
    claims = [c for c in with_all_said(asked, shown, estimates).claims if c.statistic.startswith("found")]
    assert {c.group for c in claims} >= {
        SUBMITTED,
        f"{SUBMITTED}, gender male",
        f"{SUBMITTED}, gender female",
    }


def test_people_who_were_not_found_are_known_by_what_the_list_says(known, cohort):
    asked, *_ = known
    nobody = replace(asked, links=replace(asked.links, frame=asked.links.frame.clear()))
    submission = nobody.with_nothing_said()
    written = asked.written["written"].n_unique()
    assert len(submission.groups[SUBMITTED]) == written > 0.95 * cohort.people.height
    shuffled = replace(nobody, written=asked.written.with_columns(pl.col("written").reverse()))
    assert (shuffled.with_nothing_said().groups[SUBMITTED] == submission.groups[SUBMITTED]).all()


def test_sub_groups_can_be_left_out_and_the_rest_still_leaves(known):
    _, told, *_ = known
    left = without_sub_groups(told)
    assert [part.status for part in left.sub_analyses] == ["not_offered"]
    assert left.measures == told.measures
    assert type(left).model_validate(left.model_dump()) == left

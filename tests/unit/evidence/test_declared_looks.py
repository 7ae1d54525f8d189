"""Looks that were declared before the first: limits, what a refused or empty look spends, claims that do not reach."""

import numpy as np
import pytest

from likeforlike.evidence.looks.declared import WITHOUT_LIMIT, Looks
from likeforlike.evidence.looks.exits import exit_chances
from likeforlike.evidence.looks.limits import equal_looks, spending_limits
from likeforlike.evidence.looks.marked import marked, z_of
from support.reports import example


def test_limits_as_people_join():
    plan = Looks(of=4, people=1000)
    told = plan.limits([250, 500, 750, 1000])
    exact = spending_limits([0.25, 0.5, 0.75, 1.0], "obrien_fleming")
    assert all(0 <= mine - theirs < 0.01 for mine, theirs in zip(told, exact, strict=True))
    assert plan.planned() == told
    assert told[-1] == pytest.approx(equal_looks(4, "obrien_fleming")[-1], abs=0.03)


def test_the_level_of_all_looks_together_is_kept_whatever_their_sizes():
    random = np.random.default_rng(1)
    for shape in ("obrien_fleming", "pocock"):
        for _ in range(20):
            sizes = sorted(random.choice(np.arange(20, 999), 4, replace=False).tolist())
            plan = Looks(of=5, people=1000, shape=shape)
            limits = plan.limits([*sizes, 1000])
            assert exit_chances(limits, [*(s / 1000 for s in sizes), 1.0]).sum() <= 0.05


def test_a_look_that_knows_no_more_claims_nothing_and_spends_nothing():
    plan = Looks(of=6, people=1000)
    first, same, fewer, more = plan.limits([300, 300, 280, 600])
    assert (same, fewer) == (WITHOUT_LIMIT, WITHOUT_LIMIT)
    assert (first, more) == plan.limits([300, 600])


def test_the_last_look_uses_what_is_left_though_people_are_missing():
    plan = Looks(of=3, people=1000)
    assert plan.share(600, 3) == 1.0
    assert plan.limits([200, 400, 600])[-1] < Looks(of=9, people=1000).limits([200, 400, 600])[-1]
    assert (plan.over([200, 400]), plan.over([200, 400, 600]), plan.over([1000])) == (False, True, True)


def test_a_claim_that_one_look_would_make_falls_at_an_early_one():
    release = example("lower")
    z = z_of(release.measures[0])
    assert release.measures[0].significant
    told = marked(release, Looks(of=5, people=100_000))
    row = told.looks[0]
    assert (row.look, row.of, row.analysed) == (1, 5, release.match.treated)
    assert abs(z) < row.limit
    assert not row.beyond
    first = told.measures[0]
    assert (first.significant, first.doubt, first.direction) == (False, "looks", "undetermined")
    assert first.difference == release.measures[0].difference
    assert not any(m.significant and abs(z_of(m)) < row.limit for m in told.measures)


def test_a_claim_beyond_the_limit_stands():
    release = example("lower")
    z = abs(z_of(release.measures[0]))
    told = marked(release, Looks(of=2, people=release.match.treated))
    assert told.looks[0].share == 100
    assert told.looks[0].limit == 1.96
    assert told.looks[0].beyond == (z >= 1.96)
    assert told.measures[0].significant == (z >= 1.96)


def test_a_refused_look_has_no_figure_and_spends_nothing():
    plan = Looks(of=5, people=4000)
    refused = marked(example("refused"), plan)
    assert refused.looks[0].model_dump(exclude={"vintage"}) == {
        "look": 1, "of": 5, "status": "refused", "analysed": None,
        "share": None, "limit": None, "z": None, "beyond": False,
    }  # fmt: skip
    after = marked(example("lower"), plan, refused.looks)
    alone = marked(example("lower"), plan)
    assert [row.look for row in after.looks] == [1, 2]
    assert after.looks[1].limit == alone.looks[0].limit


def test_nothing_else_of_a_release_changes():
    release = example("full")
    told = marked(release, Looks(of=4, people=10_000))
    gone = {"looks", "rules", "measures", "sub_analyses"}
    assert told.model_dump(exclude=gone) == release.model_dump(exclude=gone)
    assert told.rules[:-1] == release.rules

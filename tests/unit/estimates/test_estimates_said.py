"""What staff read of the estimates: no figure that is not known, and p-values as they are written."""

from dataclasses import replace

import polars as pl
import pytest

from likeforlike.estimates import estimate_effects
from likeforlike.estimates.estimate import Estimates
from likeforlike.matching import match
from likeforlike.outcomes import open_outcomes
from support.matched_world import matched_world
from support.regional_world import plan_with, regional_world

WORLD = regional_world()
MATCHED = match(WORLD.sample(), WORLD.plan)
FOUND = estimate_effects(
    MATCHED, open_outcomes(MATCHED, WORLD.engine), WORLD.plan.measures, headline=WORLD.plan.headline
)


def said(**figures) -> str:
    frame = FOUND.frame.head(1).with_columns(**{k: pl.lit(v, pl.Float64) for k, v in figures.items()})
    return replace(FOUND, frame=frame).summary()


@pytest.mark.parametrize(
    ("p_value", "written"),
    [
        (0.0, "p < 0.001"),
        (0.00049, "p < 0.001"),
        (0.0009999, "p < 0.001"),
        (0.001, "p = 0.001"),
        (0.25, "p = 0.250"),
    ],
)
def test_a_small_p_value_is_not_nought(p_value, written):
    assert said(p_value=p_value, p_adjusted=0.5).endswith(f"{written}, corrected for several: p = 0.500")


def test_the_corrected_p_value_is_there_for_claims_alone():
    lines = dict(zip(WORLD.plan.measures, FOUND.summary().splitlines(), strict=True))
    assert {name for name, line in lines.items() if "corrected for several" in line} == set(
        WORLD.plan.headline
    )


@pytest.mark.parametrize("reoffended", [True, False])
def test_nobody_or_everybody_reoffending_gives_sentences_without_unknown_figures(reoffended):
    matched, engine = matched_world(reoffended=reoffended)
    found: Estimates = estimate_effects(matched, open_outcomes(matched, engine))
    told = found.summary()
    assert "nan" not in told
    assert "no result, because " in told
    assert ("fewer than two people of one group are counted" in told) == (not reoffended)


def test_too_few_places_are_named_as_the_reason():
    world = regional_world(regions=2)
    matched = match(world.sample(), plan_with(place="region"))
    told = estimate_effects(matched, open_outcomes(matched, world.engine), ("reoffended",)).summary()
    assert told.endswith("no result, because too few places of similar size are behind it (2 in one group)")

"""Coefficients, errors, Mahalanobis neighbours and signed ranks of R's packages on LaLonde's data."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from likeforlike.checks.rosenbaum import signed_rank_bounds
from likeforlike.estimates.abadie_imbens import matched_pairs_effect
from likeforlike.estimates.difference import Difference
from likeforlike.estimates.weighted import weighted_means
from likeforlike.matching.design import Design
from likeforlike.matching.kernel import epanechnikov
from likeforlike.matching.likelihood import plain
from likeforlike.matching.nearest import nearest
from likeforlike.matching.radius import radius
from likeforlike.matching.score import fit_score
from likeforlike.matching.weighting import att_odds

DATA = Path(__file__).parents[1] / "data"
GOLDEN = json.loads((DATA / "matching_golden.json").read_text())
PUBLISHED = {entry["id"]: entry["value"] for entry in GOLDEN["published_references"]}
EXPERIMENT = pl.read_csv(DATA / "nsw_dw.csv", infer_schema_length=None)
BY_R = GOLDEN["lalonde_matchit_R"]
LALONDE = pl.read_csv(DATA / "lalonde_matchit.csv", infer_schema_length=None)
TREATED, EARNED = (LALONDE["treat"] == 1).to_numpy(), LALONDE["re78"].to_numpy().astype(float)
NAMES = ("age", "educ", "racehispan", "racewhite", "married", "nodegree", "re74", "re75")
X = (
    LALONDE.with_columns(racehispan=pl.col("race") == "hispan", racewhite=pl.col("race") == "white")
    .select(pl.col(NAMES).cast(pl.Float64))
    .to_numpy()
)
MATRIX = np.column_stack([np.ones(len(X)), X])
DESIGN = Design.of(MATRIX, ("(Intercept)", *NAMES))


def test_coefficients_and_errors_of_the_score_are_those_of_glm():
    score = fit_score(DESIGN, TREATED)
    information = plain(DESIGN, TREATED, np.ones(len(X), dtype=bool))(score.coefficients).information()
    assert score.coefficients == pytest.approx(list(BY_R["ps_coef"].values()), rel=1e-6)
    assert np.sqrt(np.diag(np.linalg.inv(information))) == pytest.approx(
        list(BY_R["ps_se"].values()), rel=1e-6
    )
    signed = np.where(TREATED, score.logit, -score.logit)
    assert 2 * np.log1p(np.exp(-signed)).sum() == pytest.approx(BY_R["ps_deviance"], abs=1e-8)


def mahalanobis() -> tuple[np.ndarray, np.ndarray]:
    """Nearest others by the covariance of everyone, ties all taken, as R's `Matching` has them."""
    gap = X[TREATED][:, None] - X[~TREATED][None]
    distance = np.round(np.einsum("ijk,kl,ijl->ij", gap, np.linalg.inv(np.cov(X.T)), gap), 10)
    return np.nonzero(distance <= distance.min(axis=1, keepdims=True))


def test_mahalanobis_neighbours():
    told = BY_R["Matching_mahal_M1"]
    found = matched_pairs_effect(EARNED[TREATED], EARNED[~TREATED], *mahalanobis())
    assert (found.estimate, found.std_error) == pytest.approx((told["att"], told["se_AI"]), abs=1e-6)


def test_mahalanobis_neighbours_with_what_is_left_between_them_taken_off():
    told = BY_R["Matching_mahal_M1_biasadj"]
    own, other = mahalanobis()
    root = np.sqrt(1 / np.bincount(own)[own])
    near = np.column_stack([np.ones(len(other)), X[~TREATED][other]])
    slope = np.linalg.lstsq(near * root[:, None], EARNED[~TREATED][other] * root, rcond=None)[0][1:]
    found = matched_pairs_effect(
        EARNED[TREATED] - X[TREATED] @ slope, EARNED[~TREATED] - X[~TREATED] @ slope, own, other
    )
    assert (found.estimate, found.std_error) == pytest.approx((told["att"], told["se_AI"]), abs=1e-6)


@pytest.mark.parametrize("place", range(5))
def test_signed_ranks_of_neighbours_beside_rbounds(place):
    told = GOLDEN["other_R"]["rbounds_psens_lalonde"]
    score = LALONDE["ps"].to_numpy()
    own, other = nearest(score[TREATED], score[~TREATED], replace=False).pairs
    bounds = signed_rank_bounds(EARNED[TREATED][own] - EARNED[~TREATED][other], told["Gamma"][place])
    assert bounds == pytest.approx((told["lower"][place], told["upper"][place]), abs=6e-5)


def plain_difference(people: pl.DataFrame, others: pl.DataFrame) -> Difference:
    earned = [frame["re78"].cast(pl.Float64).to_numpy() for frame in (people, others)]
    return weighted_means(*earned, *(np.ones(len(values)) for values in earned), "HC2").difference()


def test_the_experiment_itself():
    """`DW-experimental`: Dehejia & Wahba 1999, table 2."""
    told = GOLDEN["dehejia_wahba"]["experimental_benchmark_nsw_dw"]
    treated, others = EXPERIMENT.filter(treat=1), EXPERIMENT.filter(treat=0)
    found = plain_difference(treated, others)
    assert (treated.height, others.height) == (told["n_t"], told["n_c"])
    assert found.estimate == pytest.approx(told["diff"], abs=1e-6)
    assert found.estimate == pytest.approx(PUBLISHED["DW-experimental"]["diff"], abs=1e-6)
    assert found.std_error == pytest.approx(told["se_hc2_equals_welch"], abs=1e-6)
    assert found.std_error == pytest.approx(PUBLISHED["DW-experimental"]["se_hc2"], abs=1e-6)


@pytest.mark.parametrize("pool", ["psid_controls", "psid_controls2", "psid_controls3"])
def test_how_wrong_it_is_not_to_match(pool):
    others = pl.read_csv(DATA / f"{pool}.csv", infer_schema_length=None)
    found = plain_difference(EXPERIMENT.filter(treat=1), others)
    assert found.estimate == pytest.approx(PUBLISHED["DW-raw-pools"][pool], abs=1e-6)


def test_lalondes_own_experiment():
    people = pl.read_csv(DATA / "nsw.csv", infer_schema_length=None)
    found = plain_difference(people.filter(treat=1), people.filter(treat=0))
    assert found.estimate == pytest.approx(PUBLISHED["Lalonde-experimental"]["diff"], abs=1e-6)


def test_errors_of_people_drawn_anew_within_each_group():
    """The same people drawn 400 times: within four Monte Carlo errors of 2,000 draws by another program."""
    told = GOLDEN["lalonde_kernel_radius_weighting_python"]["bootstrap_B2000_refit_ps_stratified"]
    rng, groups = np.random.default_rng(5), (np.flatnonzero(TREATED), np.flatnonzero(~TREATED))
    found = {name: [] for name in ("epan06", "radius01", "ipw")}
    treated = np.arange(len(X)) < len(groups[0])
    for _ in range(400):
        drawn = np.concatenate([rng.choice(group, len(group)) for group in groups])
        logit = fit_score(Design.of(MATRIX[drawn], DESIGN.terms), treated).logit
        score = 1 / (1 + np.exp(-logit))
        earned, own, others = EARNED[drawn], score[treated], score[~treated]
        for name, weights in (
            ("epan06", epanechnikov(own, others, 0.06)),
            ("radius01", radius(own, others, 0.01)),
            ("ipw", att_odds(logit[treated], logit[~treated])),
        ):
            ours = np.average(earned[treated], weights=weights.treated)
            found[name].append(ours - np.average(earned[~treated], weights=weights.pool))
    for name, effects in found.items():
        error = np.hypot(told[name]["mc_se_of_se"], np.std(effects) / np.sqrt(2 * 400))
        assert abs(np.std(effects) - told[name]["se"]) < 4 * error
